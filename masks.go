package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// truth returns a as a dense bool array: every item that is not zero is true.
func (a *Array) truth(op string) *Array {
	a.use(op)
	if a.dtype == dtype.Bool && a.flags.Has(CContiguous) {
		return a
	}
	b := Empty(dtype.Bool, a.lay.Shape...)
	copyInto(op, b, a)
	return b
}

// NonZero returns the places of the items that are not zero, one int64 array an
// axis, in C order. It panics for a 0-d array.
func (a *Array) NonZero() []*Array {
	if a.NDim() == 0 {
		fail("nonzero", ErrValue, "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.")
	}
	if a.NDim() == 1 {
		list := a.truth("nonzero").truePlacesFlat("nonzero")
		return []*Array{list.view(list.dtype, list.lay)}
	}
	rows := a.truth("nonzero").argwhere()
	out := make([]*Array, a.NDim())
	for k := range out {
		lay := layout.Layout{Shape: rows.lay.Shape[:1], Strides: rows.lay.Strides[:1], Offset: rows.lay.Offset + k*rows.lay.Strides[1]}
		out[k] = rows.view(dtype.Int64, lay)
	}
	return out
}

// ArgWhere returns the places of the items that are not zero as the rows of an
// int64 array of shape (count, ndim), in C order.
func (a *Array) ArgWhere() *Array {
	rows := a.truth("argwhere").argwhere()
	if a.NDim() < 2 {
		return rows
	}
	// NumPy's is a transpose of the index arrays.
	cols := Empty(dtype.Int64, rows.lay.Shape[1], rows.lay.Shape[0])
	t := cols.view(dtype.Int64, layout.Layout{Shape: rows.lay.Shape, Strides: []int{cols.lay.Strides[1], cols.lay.Strides[0]}})
	copyInto("argwhere", t, rows)
	return t
}

// argwhere returns the places of the true items of a dense bool array as rows.
func (a *Array) argwhere() *Array {
	cols := a.trueIndices("nonzero")
	n := 1 // a 0-d array has one item and no axes
	if len(cols) > 0 {
		n = cols[0].Size()
	} else if !a.Item[bool]() {
		n = 0
	}
	rows := Empty(dtype.Int64, n, len(cols))
	for k, c := range cols {
		lay := layout.Layout{Shape: []int{n}, Strides: rows.lay.Strides[:1], Offset: k * 8}
		copyInto("nonzero", rows.view(dtype.Int64, lay), c)
	}
	return rows
}

// FlatNonZero returns the places in C order of the items that are not zero.
func (a *Array) FlatNonZero() *Array { return a.flat("flatnonzero").NonZero()[0] }

// Compress returns the slices of a along an axis (with Axis; else items in C
// order) at which cond, a 1-d array, is not zero. cond may be shorter than the
// axis. The result is a copy.
func (a *Array) Compress(cond *Array, opts ...Option) *Array {
	const op = "compress"
	if cond.NDim() != 1 {
		fail(op, ErrValue, "condition must be a 1-d array")
	}
	return a.Take(cond.truth(op).trueIndices(op)[0], opts...)
}

// Extract returns the items of a, in C order, where cond, which has as many
// items, is not zero. The result is a 1-d copy.
func Extract(cond, a *Array) *Array {
	return a.Take(cond.truth("extract").flat("extract").trueIndices("extract")[0])
}

// Place assigns the items of values, repeated, to the places where mask is true,
// one after another in C order, in place. mask has as many items as a.
func (a *Array) Place(mask, values *Array) {
	const op = "place"
	a.mutate(op)
	if mask.Size() != a.Size() {
		fail(op, ErrValue, "place: mask and data must be the same size")
	}
	places := mask.truePlaces(op)
	if values.Size() == 0 && len(places) > 0 {
		fail(op, ErrValue, "Cannot insert from an empty array!")
	}
	a.putAt(op, places, values)
}

// PutMask assigns to every place where mask is true the item of values at the
// same flat place, values being repeated, in place.
func (a *Array) PutMask(mask, values *Array) {
	const op = "putmask"
	a.mutate(op)
	if mask.Size() != a.Size() {
		fail(op, ErrValue, "putmask: mask and data must be the same size")
	}
	places := mask.truePlaces(op)
	if values.Size() == 0 || len(places) == 0 {
		return
	}
	at := make([]int64, len(places))
	for i, p := range places {
		at[i] = int64(p % values.Size())
	}
	a.putAt(op, places, values.Take(Of(at)))
}

// truePlaces returns the flat C-order places of the items that are not zero.
func (a *Array) truePlaces(op string) []int {
	cols := a.truth(op).flat(op).trueIndices(op)
	places := make([]int, 0, cols[0].Size())
	for _, i := range items[int64](cols[0]) {
		places = append(places, int(i))
	}
	return places
}

// Choose builds an array whose item at a position comes from choices[i], where i
// is the index array's item there; everything broadcasts. Mode tells what
// happens to an i outside choices: ErrValue, "invalid entry in choice array".
func (a *Array) Choose(choices []*Array, opts ...Option) *Array {
	const op = "choose"
	s := gather(op, optMode|optOut, opts)
	if len(choices) == 0 {
		fail(op, ErrValue, "0-length sequence.")
	}
	shapes := [][]int{a.lay.Shape}
	for _, c := range choices {
		c.use(op)
		shapes = append(shapes, c.lay.Shape)
	}
	dt := commonDType(op, choices)
	shape, err := layout.Broadcast(shapes...)
	must(op, err)
	idx := Empty(dtype.Int64, shape...)
	copyInto(op, idx, a.placesFor(op))
	which := items[int64](idx)
	for i, c := range which {
		if s.mode == ModeRaise && (c < 0 || c >= int64(len(choices))) {
			fail(op, ErrValue, "invalid entry in choice array")
		}
		which[i] = int64(s.mode.place(op, c, len(choices), 0))
	}
	out := Empty(dt, shape...)
	wide := Empty(dt, shape...)
	for k, c := range choices {
		var places []int
		for i, w := range which {
			if w == int64(k) {
				places = append(places, i)
			}
		}
		if len(places) == 0 {
			continue
		}
		copyInto(op, wide, c)
		at := make([]int64, len(places))
		for i, p := range places {
			at[i] = int64(p)
		}
		out.putAt(op, places, wide.Take(Of(at)))
	}
	if s.out != nil {
		copyInto(op, s.out, out)
		return s.out
	}
	return out
}

// Select builds an array from the first of conds that is true at each position,
// taking the item of the choice of the same number, or def where none is true.
// Everything broadcasts; the result has the choices' and def's common dtype.
func Select[T Operand](conds, choices []*Array, def T) *Array {
	const op = "select"
	if len(conds) != len(choices) {
		fail(op, ErrValue, "list of cases must be same length as list of conditions")
	}
	if len(conds) == 0 {
		fail(op, ErrValue, "select with an empty condition list is not possible")
	}
	last := asArray(def)
	shapes := [][]int{last.lay.Shape}
	for i, c := range conds {
		if c.dtype != dtype.Bool {
			fail(op, ErrType, "invalid entry %d in condlist: should be boolean ndarray", i)
		}
		shapes = append(shapes, c.lay.Shape, choices[i].lay.Shape)
	}
	dt := commonDType(op, append(slices.Clone(choices), last))
	shape, err := layout.Broadcast(shapes...)
	must(op, err)
	out := Empty(dt, shape...)
	copyInto(op, out, last)
	for i := len(conds) - 1; i >= 0; i-- {
		mask := Empty(dtype.Bool, shape...)
		copyInto(op, mask, conds[i])
		wide := Empty(dt, shape...)
		copyInto(op, wide, choices[i])
		out.PutMask(mask, wide)
	}
	return out
}

// Ix returns index arrays that select the grid of the given places: the k-th has
// length 1 on all axes but k. Bool arrays stand for the places of their true
// items.
func Ix(places ...*Array) []*Array {
	out := make([]*Array, len(places))
	for k, p := range places {
		if p.NDim() != 1 {
			fail("ix_", ErrValue, "Cross index must be 1 dimensional")
		}
		if p.dtype == dtype.Bool {
			p = p.truth("ix_").trueIndices("ix_")[0]
		}
		lay := layout.Layout{Shape: slices.Repeat([]int{1}, len(places)), Strides: make([]int, len(places)), Offset: p.lay.Offset}
		lay.Shape[k], lay.Strides[k] = p.lay.Shape[0], p.lay.Strides[0]
		out[k] = p.view(p.dtype, lay)
	}
	return out
}

// UnravelIndex returns, for flat C-order places in an array of the given shape,
// the places on its axes: one int64 array an axis, of the shape of indices.
func UnravelIndex(indices *Array, shape ...int) []*Array {
	const op = "unravel_index"
	if !indices.dtype.IsInteger() {
		fail(op, ErrType, "only int indices permitted")
	}
	flat := Empty(dtype.Int64, indices.lay.Shape...)
	copyInto(op, flat, indices)
	n := layout.Size(shape)
	out := make([]*Array, len(shape))
	for k := range out {
		out[k] = Empty(dtype.Int64, indices.lay.Shape...)
	}
	for i, p := range items[int64](flat) {
		if p < -int64(n) || p >= int64(n) {
			fail(op, ErrValue, "index %d is out of bounds for array with size %d", p, n)
		}
		if p < 0 {
			p += int64(n)
		}
		for k := len(shape) - 1; k >= 0; k-- {
			items[int64](out[k])[i] = p % int64(shape[k])
			p /= int64(shape[k])
		}
	}
	return out
}

// RavelMultiIndex is the reverse of UnravelIndex: one array of places an axis,
// broadcast together, become flat C-order places. Mode tells what happens to a
// place outside its axis: ErrValue, "invalid entry in coordinates array".
func RavelMultiIndex(places []*Array, shape []int, opts ...Option) *Array {
	const op = "ravel_multi_index"
	s := gather(op, optMode, opts)
	if len(places) != len(shape) {
		fail(op, ErrValue, "parameter multi_index must be a sequence of length %d", len(shape))
	}
	shapes := make([][]int, len(places))
	for k, p := range places {
		shapes[k] = p.lay.Shape
	}
	to, err := layout.Broadcast(shapes...)
	must(op, err)
	out := Zeros(dtype.Int64, to...)
	if out.Size() > 0 && slices.Contains(shape, 0) {
		fail(op, ErrValue, "cannot unravel if shape has zero entries (is empty).")
	}
	flat := items[int64](out)
	for k, p := range places {
		wide := Empty(dtype.Int64, to...)
		copyInto(op, wide, p)
		for i, v := range items[int64](wide) {
			if s.mode == ModeRaise && (v < 0 || v >= int64(shape[k])) {
				fail(op, ErrValue, "invalid entry in coordinates array")
			}
			flat[i] = flat[i]*int64(shape[k]) + int64(s.mode.place(op, v, shape[k], k))
		}
	}
	return out
}
