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
	for i := 1; i < len(perm); i++ {
		axis, place := perm[i], i
		for j := i - 1; j >= 0; j-- {
			known, swap := false, false
			for n, s := range strides {
				if shapes[n][axis] == 1 || shapes[n][perm[j]] == 1 {
					continue
				}
				if abs(s[axis]) <= abs(s[perm[j]]) {
					swap = false
				} else if !known {
					swap = true
				}
				known = true
			}
			if known {
				if !swap {
					break
				}
				place = j
			}
		}
		copy(perm[place+1:i+1], perm[place:i])
		perm[place] = axis
	}
	return perm
}
