package dtype

// promoted is the promotion lattice of the numeric kinds (NEP 50 for two typed
// operands): the smallest kind that holds both. It follows from four rules.
//
//   - Within a class the larger wins; bool gives way to anything.
//   - Signed with unsigned: the smallest signed kind wider than the unsigned one,
//     or float64 where there is none.
//   - Integer with float: an integer of 1, 2, 4 or 8 bytes counts as float16,
//     float32, float64, float64.
//   - Anything with complex: the complex of the promoted real parts.
var promoted = promotionTable()

func promotionTable() (t [KindComplex128 + 1][KindComplex128 + 1]Kind) {
	for a := KindBool; a <= KindComplex128; a++ {
		for b := KindBool; b <= KindComplex128; b++ {
			t[a][b] = promoteKinds(a, b)
		}
	}
	return t
}

func promoteKinds(a, b Kind) Kind {
	if a > b {
		a, b = b, a
	}
	ca, cb := a.Class(), b.Class()
	switch {
	case ca == 'b':
		return b
	case cb == 'c':
		real := promoteKinds(realKind(a), realKind(b))
		if real <= KindFloat32 {
			return KindComplex64
		}
		return KindComplex128
	case ca == cb:
		return b // kinds of one class are numbered by size
	case cb == 'f':
		return max(floatFor(a), b)
	}
	signed, unsigned := a, b
	if ca == 'u' {
		signed, unsigned = b, a
	}
	if signed > unsigned { // a signed kind precedes the unsigned one of its size
		return signed
	}
	if unsigned == KindUint64 {
		return KindFloat64
	}
	return unsigned + 1 // the next kind is signed and twice as wide
}

// realKind is the kind of a complex number's parts; other kinds are their own.
func realKind(k Kind) Kind {
	switch k {
	case KindComplex64:
		return KindFloat32
	case KindComplex128:
		return KindFloat64
	}
	return k
}

// floatFor is the float kind that an integer kind counts as.
func floatFor(k Kind) Kind {
	switch kinds[k].size {
	case 1:
		return KindFloat16
	case 2:
		return KindFloat32
	}
	return KindFloat64
}
