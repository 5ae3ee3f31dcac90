package dtype

// castFlexible is castLevel where a string or raw memory is involved and neither
// dtype has parts. A target without a size stands for one of fitting size.
func castFlexible(from, to DType) (Casting, bool) {
	open := to.size == 0
	fits := func(room bool, otherwise Casting) (Casting, bool) {
		if open || room {
			return Safe, true
		}
		return otherwise, true
	}
	switch {
	case to.IsNumeric(), from.kind == KindVoid && to.kind != KindVoid, from.kind == KindStr && to.kind == KindBytes:
		return Unsafe, true
	case from.kind == to.kind:
		if open || from.size == to.size {
			if from.order == to.order {
				return No, true
			}
			return Equiv, true
		}
		return fits(from.size < to.size, SameKind)
	case to.kind == KindVoid:
		return fits(from.size <= to.size, Unsafe)
	}
	return fits(from.characters() <= to.characters(), SameKind)
}

// characters is the number of characters that the item's text can take: the
// length of a string, and for a number that of its longest decimal text.
func (d DType) characters() int {
	switch d.kind {
	case KindBytes:
		return int(d.size)
	case KindStr:
		return int(d.size) / 4
	case KindBool:
		return 5
	case KindInt8:
		return 4
	case KindUint8:
		return 3
	case KindInt16:
		return 6
	case KindUint16:
		return 5
	case KindInt32:
		return 11
	case KindUint32:
		return 10
	case KindInt64:
		return 21
	case KindUint64:
		return 20
	case KindFloat16, KindFloat32, KindFloat64:
		return 32
	}
	return 64
}
