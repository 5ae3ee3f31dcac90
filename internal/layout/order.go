package layout

import (
	"cmp"
	"slices"
)

// KStrides returns the strides of a dense copy, with items of item bytes, that keeps
// the order of the axes in memory of an array with items of from bytes (NumPy's order
// 'K'): the axes sorted by the size of their strides, without gaps and without negative
// strides. Ties keep C order.
func KStrides(shape, strides []int, from, item int) []int {
	switch {
	case len(shape) <= 1 || IsC(shape, strides, from):
		return CStrides(shape, item)
	case IsF(shape, strides, from):
		return FStrides(shape, item)
	}
	return PermStrides(shape, KOrder(strides), item)
}

// KOrder returns the axes of an array sorted by the size of their strides, the
// slowest first; ties keep C order. Unlike in Order, an axis of stride 0 is the
// fastest.
func KOrder(strides []int) []int { return AppendKOrder(nil, strides) }

// AppendKOrder is KOrder with the result in the room of room, which is empty.
func AppendKOrder(room, strides []int) []int {
	perm := slices.Grow(room, len(strides))[:len(strides)]
	for k := range perm {
		perm[k] = k
	}
	slices.SortStableFunc(perm, func(a, b int) int { return abs(strides[b]) - abs(strides[a]) })
	return perm
}

// PermStrides returns the strides of a dense block whose axes lie in memory in
// the order perm, the slowest first. perm names each axis of shape once.
func PermStrides(shape, perm []int, item int) []int {
	s := make([]int, len(shape))
	if Size(shape) == 0 {
		return s
	}
	step := item
	for k := len(perm) - 1; k >= 0; k-- {
		s[perm[k]] = step
		step *= shape[perm[k]]
	}
	return s
}

// Order returns the axes of shape in the order in which operands with these
// strides are best walked, the slowest first. It is also the order in which
// NumPy lays out the outputs that an operation allocates in order 'K'.
//
// The sort is NumPy's (nditer): an insertion sort from C order. A faster axis
// moves inwards past another when some operand asks for it and none objects;
// an operand that is broadcast along either axis has no opinion, and a stride
// along an axis of length 1 counts as 0.
func Order(shape []int, strides ...[]int) []int {
	perm := make([]int, len(shape))
	order(perm, shape, strides)
	return perm
}

func order(perm, shape []int, strides [][]int) {
	// Sorted from the innermost axis outwards, so that the order of the
	// insertions, on which the outcome depends when operands disagree, is
	// NumPy's.
	last := len(shape) - 1
	for k := range perm {
		perm[k] = last - k
	}
	insert(perm, len(strides), func(op, axis, other int) vote {
		in, out := weight(shape, strides[op], other), weight(shape, strides[op], axis)
		switch {
		case in == 0 || out == 0:
			return abstain
		case in <= out:
			return stay
		}
		return pass
	})
	slices.Reverse(perm)
}

// vote is what one operand says of an axis that might move past another.
type vote uint8

const (
	abstain vote = iota
	stay
	pass
)

// insert is the insertion sort of both orders: an axis moves to the front past
// another when some operand asks for it and none objects, and past those on
// which nobody has an opinion if there is a reason further on.
func insert(perm []int, operands int, opinion func(op, axis, other int) vote) {
	for i := 1; i < len(perm); i++ {
		axis, place := perm[i], i
		for j := i - 1; j >= 0; j-- {
			sum := abstain
			for op := range operands {
				switch v := opinion(op, axis, perm[j]); {
				case v == stay:
					sum = stay
				case v == pass && sum == abstain:
					sum = pass
				}
			}
			if sum == stay {
				break
			}
			if sum == pass {
				place = j
			}
		}
		copy(perm[place+1:i+1], perm[place:i])
		perm[place] = axis
	}
}

func weight(shape, strides []int, axis int) int {
	if shape[axis] == 1 {
		return 0
	}
	return abs(strides[axis])
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}

// IsDense reports whether the items fill one piece of memory without gaps, with
// all axes walked forwards, in whatever order of the axes.
func IsDense(shape, strides []int, item int) bool {
	if Size(shape) == 0 {
		return true
	}
	perm := make([]int, len(shape))
	for k := range perm {
		perm[k] = k
	}
	slices.SortFunc(perm, func(a, b int) int { return cmp.Compare(strides[b], strides[a]) })
	step := item
	for _, k := range slices.Backward(perm) {
		if shape[k] == 1 {
			continue
		}
		if strides[k] != step {
			return false
		}
		step *= shape[k]
	}
	return true
}
