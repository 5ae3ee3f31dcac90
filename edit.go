package nd

import (
	"math"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
)

// runLeast is how many slices lie between two places, on average, for copying them run
// by run to pay.
const runLeast = 64

// Delete returns a copy of a without the slices at the given places along axis;
// negative places count from the end, and a place given twice goes once.
func Delete(a *Array, axis int, places ...int) *Array {
	const op = "delete"
	axis = normAxis(op, axis, a.NDim())
	n := a.lay.Shape[axis]
	named := axis
	if len(places) > 1 {
		named = 0 // NumPy looks for many in the mask
	}
	gone := placesFromStart(op, places, named, n, n-1)
	slices.Sort(gone)
	gone = slices.Compact(gone)
	// NumPy picks by a mask unless there is one place; the picked axis is the slowest then.
	inOrder := axis == 0 && a.flags.Has(CContiguous)
	if len(places) != 1 && !(inOrder && len(gone)*runLeast <= n) {
		return a.Pick(axisIndex(axis, By(maskWithout(n, gone)))...)
	}
	shape := slices.Clone(a.lay.Shape)
	shape[axis] -= len(gone)
	out := alloc(op, a.dtype, shape, a.cOrF(), !a.dtype.IsNumeric())
	from := 0
	for i, to := range append(gone, n) {
		out.copySlices(op, axis, from-i, a, from, to-from)
		from = to + 1
	}
	return out
}

// placesFromStart returns places on an axis of length n, none behind last, counted from
// its start.
func placesFromStart(op string, places []int, axis, n, last int) []int {
	at := slices.Clone(places)
	for k, i := range at {
		if i < -n || i > last {
			fail(op, ErrIndex, "index %d is out of bounds for axis %d with size %d", i, axis, n)
		}
		if i < 0 {
			at[k] = i + n
		}
	}
	return at
}

// maskWithout returns n bools that are false at the given places.
func maskWithout(n int, places []int) *Array {
	mask := slices.Repeat([]bool{true}, n)
	for _, i := range places {
		mask[i] = false
	}
	return Of(mask)
}

// axisIndex returns the subscript that is it on an axis and whole on those before.
func axisIndex(axis int, it Idx) []Idx {
	index := make([]Idx, axis+1)
	index[axis] = it
	return index
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
	var room room
	lay := room.copied(a.lay)
	lay.Shape[axis] = hi - lo
	if hi > lo {
		lay.Offset += lo * lay.Strides[axis]
	}
	return a.view(a.dtype, lay)
}

// copySlices copies n slices of a along axis, from place from on, to those of the fresh out
// from place to on.
func (out *Array) copySlices(op string, axis, to int, a *Array, from, n int) {
	if n == 0 || a.dtype != out.dtype || !a.dtype.IsNumeric() || !a.plain() || !out.plain() || a.Size() == 0 || out.NBytes() > quickMost {
		copyInto(op, out.between(axis, to, to+n), a.between(axis, from, from+n))
		return
	}
	one := layout.Size(a.lay.Shape[axis+1:]) * a.ItemSize()
	kernel.Copy(unsafe.Add(out.ptr(), to*one), out.lay.Shape[axis]*one, unsafe.Add(a.ptr(), from*one), a.lay.Shape[axis]*one, n*one, layout.Size(a.lay.Shape[:axis]))
	a.done(op)
}

// Insert returns a copy of a with values put before the given places along axis.
// With one place, values broadcast to the slices that go there (any number of
// them along axis); with several, one slice goes before each. values are cast to
// a's dtype.
func Insert[T Operand](a *Array, axis int, places []int, values T) *Array {
	const op = "insert"
	axis = normAxis(op, axis, a.NDim())
	n := a.lay.Shape[axis]
	at := placesFromStart(op, places, axis, n, n)
	vals := asArray(values)
	count := len(at)
	if k := axis + vals.NDim() - a.NDim(); count == 1 && k >= 0 {
		count = vals.lay.Shape[k]
	}
	shape := slices.Clone(a.lay.Shape)
	shape[axis] += count
	out := alloc(op, a.dtype, shape, a.cOrF(), !a.dtype.IsNumeric())
	old := func(lo, hi, before int) { out.copySlices(op, axis, lo+before, a, lo, hi-lo) }
	if len(at) == 1 {
		i := at[0]
		old(0, i, 0)
		copyInto(op, out.between(axis, i, i+count), vals)
		old(i, n, count)
		return out
	}
	order := make([]int, count)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return at[x] - at[y] })
	targets := make([]int, count)
	for i, k := range order {
		targets[k] = at[k] + i
	}
	out.SetPick(vals, axisIndex(axis, Ints(targets...))...)
	if count*runLeast > n {
		out.SetPick(a, axisIndex(axis, By(maskWithout(n+count, targets)))...)
		return out
	}
	from := 0
	for i, k := range order {
		old(from, at[k], i)
		from = at[k]
	}
	old(from, n, count)
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
// PadConstant. It panics with ErrValue for widths that are negative or not one pair an
// axis, and for an empty axis under a mode that copies items.
func Pad[T Operand](a *Array, width [][2]int, mode PadMode, value T) *Array {
	const op = "pad"
	a.use(op)
	if mode > PadWrap {
		fail(op, ErrValue, "mode PadMode(%d) is not supported", mode)
	}
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
