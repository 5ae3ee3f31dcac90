package dtype

// ResultType returns the common dtype of several operands, of which the weak
// numbers count as one of the highest class among them: NumPy's result_type. With
// no operands the weak number's own dtype results.
//
// It is not a fold of Promote, which would depend on the order. The operand with
// the highest type number is promoted with each of the others, and the results
// with one another: int16, uint16 and float16 give float32, though int16 with
// uint16 alone is an int32. Strings get the room that the neediest operand asks
// for. Concatenating, stacking, where, select and choose go by it; building an
// array from scalars of several dtypes folds Promote.
func ResultType(weak Weak, operands ...DType) (DType, error) {
	if len(operands) == 0 {
		if weak == NotWeak {
			return DType{}, valueError("result_type", "at least one array or dtype is required")
		}
		return weak.DType(), nil
	}
	d, err := promoteAll(operands)
	if err != nil || weak == NotWeak {
		return d, err
	}
	if r := PromoteWeak(weak, d); r.IsValid() {
		return r, nil
	}
	return DType{}, promotionError("The DType %s could not be promoted by %s. This means that no common DType exists for the given inputs. For example they cannot be stored in a single array unless the dtype is `object`. The full list of DTypes is: (%[1]s, %[2]s)", d.class(), weak.class())
}

// class is how Python prints the class of a weak number's dtype.
func (w Weak) class() string {
	switch w {
	case WeakInt:
		return "<class 'numpy.dtypes._PyLongDType'>"
	case WeakFloat:
		return "<class 'numpy.dtypes._PyFloatDType'>"
	case WeakComplex:
		return "<class 'numpy.dtypes._PyComplexDType'>"
	}
	return Bool.class()
}

func promoteAll(ds []DType) (DType, error) {
	numeric, text, unicode, n := true, true, false, 0
	chief := ds[0]
	for _, d := range ds {
		numeric = numeric && d.IsNumeric()
		text = text && d.IsValid() && d.kind != KindVoid
		unicode = unicode || d.kind == KindStr
		if text {
			n = max(n, d.characters())
		}
		if typeNumber(d.kind) > typeNumber(chief.kind) {
			chief = d
		}
	}
	switch {
	case numeric:
		k := chief.kind
		for _, d := range ds {
			k = promoted[k][promoted[chief.kind][d.kind]]
		}
		return plain(k), nil
	case text && unicode:
		return Str(min(n, maxItem/4)), nil
	case text:
		return Bytes(n), nil
	}
	d, err := Promote(ds[0], ds[0])
	for _, next := range ds[1:] {
		if err != nil {
			break
		}
		d, err = Promote(d, next)
	}
	return d, err
}

// typeNumber orders the kinds as NumPy numbers its types: float16 came last.
func typeNumber(k Kind) int {
	if k == KindFloat16 {
		return int(NumKinds)
	}
	return int(k)
}
