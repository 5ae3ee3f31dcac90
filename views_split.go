package nd

import (
	"math"

	"github.com/stride-go/nd/internal/layout"
)

// Split cuts an axis, the first if none is given, into equal pieces, or before
// each of a list of places, where places outside are moved to the edge. The
// pieces are views. ErrValue if the pieces would not be equal, ErrZeroDivision
// for none, ErrIndex if there is no such axis.
func (a *Array) Split[S OneOrMany](sections S, axis ...int) []*Array {
	return a.split("split", sections, axis)
}

// split is Split for any form of the argument.
func (a *Array) split(op string, sections any, axis []int) []*Array {
	if n, ok := sections.(int); ok {
		if n == 0 {
			fail(op, ErrZeroDivision, "integer modulo by zero")
		}
		if total := a.lay.Shape[a.splitAxis(op, axis)]; total%n != 0 {
			fail(op, ErrValue, "array split does not result in an equal division")
		}
	}
	return a.arraySplit(op, sections, axis)
}

// ArraySplit is Split for pieces that need not be equal: of n items in k pieces
// the first n%k pieces have one more than the others. ErrValue unless k > 0.
func (a *Array) ArraySplit[S OneOrMany](sections S, axis ...int) []*Array {
	return a.arraySplit("array_split", sections, axis)
}

func (a *Array) arraySplit(op string, sections any, axis []int) []*Array {
	a.use(op)
	k := a.splitAxis(op, axis)
	total := a.lay.Shape[k]
	var cuts []int // the pieces lie between neighbouring cuts
	switch s := sections.(type) {
	case int:
		if s <= 0 {
			fail(op, ErrValue, "number sections must be larger than 0.")
		}
		cuts = roomFor[int](op, min(s, math.MaxInt-1)+1)[:1]
		for i := range s {
			n := total / s
			if i < total%s {
				n++
			}
			cuts = append(cuts, cuts[i]+n)
		}
	case []int:
		cuts = append(append([]int{0}, s...), total)
	}
	out := roomFor[*Array](op, len(cuts)-1)
	for i := range out {
		out[i] = a.along(op, k, R(cuts[i], cuts[i+1]))
	}
	return out
}

// splitAxis reads the optional axis of the split family.
func (a *Array) splitAxis(op string, axis []int) int {
	k := optional(op, "axis", axis, 0)
	if n := a.NDim(); k < -n || k >= n {
		fail(op, ErrIndex, "tuple index out of range")
	} else if k < 0 {
		k += n
	}
	return k
}

// HSplit is Split along the second axis, or the first of a 1-d array. The pieces
// are views. ErrValue for a 0-d array.
func (a *Array) HSplit[S OneOrMany](sections S) []*Array {
	if a.NDim() == 0 {
		fail("hsplit", ErrValue, "hsplit only works on arrays of 1 or more dimensions")
	}
	return a.split("hsplit", sections, []int{min(1, a.NDim()-1)})
}

// VSplit is Split along the first axis. The pieces are views. ErrValue for an
// array of fewer than two axes.
func (a *Array) VSplit[S OneOrMany](sections S) []*Array {
	if a.NDim() < 2 {
		fail("vsplit", ErrValue, "vsplit only works on arrays of 2 or more dimensions")
	}
	return a.split("vsplit", sections, []int{0})
}

// DSplit is Split along the third axis. The pieces are views. ErrValue for an
// array of fewer than three axes.
func (a *Array) DSplit[S OneOrMany](sections S) []*Array {
	if a.NDim() < 3 {
		fail("dsplit", ErrValue, "dsplit only works on arrays of 3 or more dimensions")
	}
	return a.split("dsplit", sections, []int{2})
}

// Unstack cuts an axis, the first if none is given, into its places, each
// without the axis. They are views. ErrValue for a 0-d array, ErrAxis if there is
// no such axis.
func (a *Array) Unstack(axis ...int) []*Array {
	const op = "unstack"
	a.use(op)
	if a.NDim() == 0 {
		fail(op, ErrValue, "Input array must be at least 1-d.")
	}
	k := namedAxis(op, "source", optional(op, "axis", axis, 0), a.NDim())
	items := make([]layout.Item, k+1)
	out := roomFor[*Array](op, a.lay.Shape[k])
	for i := range out {
		items[k] = I(i).item
		out[i] = a.subscript(op, items)
	}
	return out
}
