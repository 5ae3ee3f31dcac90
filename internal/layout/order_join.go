package layout

// JoinOrder returns the axes of several arrays that are to be joined, the
// slowest first: the order in which NumPy lays out the result. It is an
// insertion sort from C order in which a slower axis moves outwards past another
// when some array asks for it and none objects; an array has an opinion on two
// axes if it is longer than 1 along both.
func JoinOrder(shapes, strides [][]int) []int {
	perm := make([]int, len(shapes[0]))
	for k := range perm {
		perm[k] = k
	}
	insert(perm, len(strides), func(op, axis, other int) vote {
		switch {
		case shapes[op][axis] == 1 || shapes[op][other] == 1:
			return abstain
		case abs(strides[op][axis]) <= abs(strides[op][other]):
			return stay
		}
		return pass
	})
	return perm
}
