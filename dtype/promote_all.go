package dtype

// PromoteAll returns the dtype to which all of dts may be cast safely, as
// NumPy's result_type finds it: the most general class present (bool, integer,
// float, complex, bytes, str, void) leads, and each of the others is promoted
// with it. So int8, uint8 and float16 give float16, although int8 and uint8
// alone give int16. One numeric dtype becomes native.
func PromoteAll(dts ...DType) (DType, error) {
	lead := 0
	for i, d := range dts {
		if generality(d.kind) > generality(dts[lead].kind) {
			lead = i
		}
	}
	out, err := Promote(dts[lead], dts[lead])
	for i, d := range dts {
		if err != nil {
			return DType{}, err
		}
		if i != lead {
			var pair DType
			if pair, err = Promote(dts[lead], d); err == nil {
				out, err = Promote(out, pair)
			}
		}
	}
	return out, err
}

// generality orders kinds by class, and the numbers of a class by size.
func generality(k Kind) int {
	class := 0
	switch k {
	case KindBool:
	case KindFloat16, KindFloat32, KindFloat64:
		class = 2
	case KindComplex64, KindComplex128:
		class = 3
	case KindBytes:
		class = 4
	case KindStr:
		class = 5
	case KindVoid:
		class = 6
	default:
		class = 1
	}
	return class<<8 | int(k)
}
