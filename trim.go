package nd

import (
	"slices"
	"strings"
)

// TrimZeros returns a view of a without the zeros around its other items, along
// all axes or those given by Axis: the smallest box that holds all items that
// are not zero, and is empty if there are none. ends is "fb" to trim at both
// ends, "f" only in front, "b" only behind. Options: Axis. ErrValue for other
// ends. (nd.TrimZeros, the constant, is a way of printing floats.)
func (a *Array) TrimZeros(ends string, opts ...Option) *Array {
	const op = "trim_zeros"
	a.use(op)
	s := gather(op, optAxis, opts)
	ends = strings.ToLower(ends)
	if !slices.Contains([]string{"fb", "bf", "f", "b"}, ends) {
		fail(op, ErrValue, "unexpected character(s) in `trim`: '%s'", ends)
	}
	axes := make([]int, a.NDim())
	for k := range axes {
		axes[k] = k
	}
	if s.axes != nil {
		axes = normTuple(op, "axis", s.axes, a.NDim())
	}
	if len(axes) == 0 {
		return a
	}
	places := a.ArgWhere()
	index := make([]Idx, a.NDim())
	for k, n := range a.lay.Shape {
		index[k] = All
		if !slices.Contains(axes, k) {
			continue
		}
		if places.Size() == 0 {
			index[k] = R(0, 0)
			continue
		}
		column := places.along(op, 1, I(k))
		first, last := int(column.Min().Item[int64]()), int(column.Max().Item[int64]())+1
		if !strings.Contains(ends, "f") {
			first = 0
		}
		if !strings.Contains(ends, "b") {
			last = n
		}
		index[k] = R(first, last)
	}
	return a.Slice(index...)
}
