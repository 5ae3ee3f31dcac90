package nd

import (
	"math"
	"slices"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// Delete returns a copy of a without the slices at the given places along axis;
// negative places count from the end, and a place given twice goes once.
func Delete(a *Array, axis int, places ...int) *Array {
	const op = "delete"
	axis = normAxis(op, axis, a.NDim())
	n := a.lay.Shape[axis]
	gone := make([]bool, n)
	for _, i := range places {
		if i < -n || i >= n {
			fail(op, ErrIndex, "index %d is out of bounds for axis %d with size %d", i, axis, n)
		}
		if i < 0 {
			i += n
		}
		gone[i] = true
	}
	if len(places) != 1 {
		stay := make([]bool, n)
		for i := range stay {
			stay[i] = !gone[i]
		}
		index := make([]Idx, axis+1)
		index[axis] = By(overMask(stay))
		return a.Pick(index...)
	}
	return a.keep(op, axis, gone)
}

// keep returns a copy of a without the slices along axis that are gone, in a's
// memory order C or F.
func (a *Array) keep(op string, axis int, gone []bool) *Array {
	shape := slices.Clone(a.lay.Shape)
	for _, g := range gone {
		if g {
			shape[axis]--
		}
	}
	out := alloc(op, a.dtype, shape, a.cOrF(), true)
	at := 0
	for from := 0; from < len(gone); {
		if gone[from] {
			from++
			continue
		}
		to := from
		for to < len(gone) && !gone[to] {
			to++
		}
		copyInto(op, out.between(axis, at, at+to-from), a.between(axis, from, to))
		at += to - from
		from = to
	}
	return out
}

// cOrF returns the memory order of a copy that NumPy makes with order 'F' for a
// Fortran array, 'C' for any other.
func (a *Array) cOrF() Order {
	if a.flags.FNC() {
		return F
	}
	return C
}

// between returns the slices lo…hi-1 along axis as a view.
func (a *Array) between(axis, lo, hi int) *Array {
	lay := a.lay.Clone()
	lay.Shape[axis] = hi - lo
	if hi > lo {
		lay.Offset += lo * lay.Strides[axis]
	}
	return a.view(a.dtype, lay)
}

// Insert returns a copy of a with values put before the given places along axis.
// With one place, values broadcast to the slices that go there (any number of
// them along axis); with several, one slice goes before each. values are cast to
// a's dtype.
func Insert[T Operand](a *Array, axis int, places []int, values T) *Array {
	const op = "insert"
	axis = normAxis(op, axis, a.NDim())
	n := a.lay.Shape[axis]
	at := slices.Clone(places)
	for k, i := range at {
		if i < -n || i > n {
			fail(op, ErrIndex, "index %d is out of bounds for axis %d with size %d", i, axis, n)
		}
		if i < 0 {
			at[k] = i + n
		}
	}
	vals := asArray(values)
	count := len(at)
	if count == 1 {
		count = 1
		if vals.NDim() == a.NDim() {
			count = vals.lay.Shape[axis]
		}
	}
	shape := slices.Clone(a.lay.Shape)
	shape[axis] += count
	out := alloc(op, a.dtype, shape, a.cOrF(), true)
	isNew := roomFor[bool](op, n+count)
	var targets []int
	if len(at) == 1 {
		for i := range count {
			isNew[at[0]+i] = true
			targets = append(targets, at[0]+i)
		}
	} else {
		order := make([]int, len(at))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(x, y int) int { return at[x] - at[y] })
		targets = make([]int, len(at))
		for i, k := range order {
			targets[k] = at[k] + i
			isNew[at[k]+i] = true
		}
	}
	from := 0
	for to := 0; to < len(isNew); to++ {
		if isNew[to] {
			continue
		}
		copyInto(op, out.between(axis, to, to+1), a.between(axis, from, from+1))
		from++
	}
	wide := slices.Clone(a.lay.Shape)
	wide[axis] = count
	cast := alloc(op, a.dtype, wide, C, true)
	copyInto(op, cast, vals)
	for i, to := range targets {
		copyInto(op, out.between(axis, to, to+1), cast.between(axis, i, i+1))
	}
	return out
}

// PadMode says with what Pad surrounds an array.
type PadMode uint8

// The modes of Pad.
const (
	PadConstant  PadMode = iota // one value
	PadEdge                     // the nearest item
	PadReflect                  // mirrored, the edge item once
	PadSymmetric                // mirrored, the edge item twice
	PadWrap                     // from the other end
)

// Pad returns a copy of a surrounded by width[k][0] items before and
// width[k][1] after along axis k; one pair serves all axes. value counts for
// PadConstant.
func Pad[T Operand](a *Array, width [][2]int, mode PadMode, value T) *Array {
	const op = "pad"
	a.use(op)
	if len(width) == 1 {
		width = slices.Repeat(width, a.NDim())
	}
	if len(width) != a.NDim() {
		fail(op, ErrValue, "operands could not be broadcast together with remapped shapes [original->remapped]: (%d,2) and requested shape (%d,2)", len(width), a.NDim())
	}
	shape := slices.Clone(a.lay.Shape)
	for k, w := range width {
		if w[0] < 0 || w[1] < 0 {
			fail(op, ErrValue, "index can't contain negative values")
		}
		if w[0] > math.MaxInt-w[1] || shape[k] > math.MaxInt-w[0]-w[1] {
			fail(op, ErrValue, "Maximum allowed dimension exceeded")
		}
		if mode != PadConstant && shape[k] == 0 && w[0]+w[1] > 0 {
			fail(op, ErrValue, "can't extend empty axis %d using modes other than 'constant' or 'empty'", k)
		}
		shape[k] += w[0] + w[1]
	}
	n, err := layout.CheckedSize(shape, a.ItemSize())
	must(op, err)
	must(op, buffer.CheckRoom(n*a.ItemSize())) // before the axes that come first are padded
	out := alloc(op, a.dtype, shape, a.cOrF(), !a.dtype.IsNumeric())
	if n == 0 {
		return out
	}
	lay := out.lay.Clone() // where a stands, and then what is done
	for k, w := range width {
		lay.Shape[k] = a.lay.Shape[k]
		lay.Offset += w[0] * lay.Strides[k]
	}
	copyFresh(op, out.view(out.dtype, lay), a)
	v := asArray(value)
	for k, w := range width {
		// part is from:to along axis k, counted from where a begins, of what is done along
		// the axes before and of a along those behind.
		part := func(from, to int) *Array {
			p := lay.Clone()
			p.Shape[k] = to - from
			p.Offset += from * p.Strides[k]
			return out.view(out.dtype, p)
		}
		d := a.lay.Shape[k]
		for _, side := range [2][2]int{{-w[0], 0}, {d, d + w[1]}} {
			if mode == PadConstant {
				copyFresh(op, part(side[0], side[1]), v)
				continue
			}
			for i := side[0]; i < side[1]; i++ {
				from := mode.source(i, d)
				copyInto(op, part(i, i+1), part(from, from+1))
			}
		}
		lay.Shape[k] = shape[k]
		lay.Offset -= w[0] * lay.Strides[k]
	}
	return out
}

// overPlaces returns an int64 array over places, which may be empty.
func overPlaces(places []int64) *Array {
	if len(places) == 0 {
		return Empty(dtype.Int64, 0)
	}
	return Of(places)
}

// overMask returns a bool array over mask, which may be empty.
func overMask(mask []bool) *Array {
	if len(mask) == 0 {
		return Empty(dtype.Bool, 0)
	}
	return Of(mask)
}

// source returns which item of an axis of length n stands at place i, where i
// may lie outside.
func (m PadMode) source(i, n int) int {
	mod := func(i, n int) int { return ((i % n) + n) % n }
	switch {
	case m == PadEdge:
		return min(max(i, 0), n-1)
	case m == PadWrap:
		return mod(i, n)
	case m == PadSymmetric:
		if i = mod(i, 2*n); i >= n {
			i = 2*n - 1 - i
		}
		return i
	case n == 1:
		return 0
	}
	if i = mod(i, 2*n-2); i >= n {
		i = 2*n - 2 - i
	}
	return i
}

// Block joins a nested list of arrays as NumPy's block does for two levels: the
// arrays of a row side by side along the last axis, the rows below each other
// along the one before.
func Block(rows [][]*Array) *Array {
	joined := make([]*Array, len(rows))
	for i, row := range rows {
		if len(row) == 0 {
			fail("block", ErrValue, "List at arrays[%d] cannot be empty", i)
		}
		joined[i] = Concatenate(atLeastAll(row, 2), Axis(-1))
	}
	return Concatenate(joined, Axis(-2))
}
