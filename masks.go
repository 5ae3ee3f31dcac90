package nd

import (
	"math"
	"math/bits"
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/layout"
)

// Compress returns the slices of a along an axis (with Axis; else items in C
// order) at which cond, a 1-d array, is not zero. cond may be shorter than the
// axis. The result is a copy.
func (a *Array) Compress(cond *Array, opts ...Option) *Array {
	const op = "compress"
	if cond.NDim() != 1 {
		fail(op, ErrValue, "condition must be a 1-d array")
	}
	return a.take(op, cond.trueList(op), opts)
}

// Extract returns the items of a, in C order, where cond, which has as many
// items, is not zero. The result is a 1-d copy.
func Extract(cond, a *Array) *Array {
	const op = "extract"
	return a.take(op, cond.trueList(op), nil)
}

// Place assigns the items of values, repeated, to the places where mask is true,
// one after another in C order, in place. mask has as many items as a; values must cast to
// a's dtype as safe.
func (a *Array) Place(mask, values *Array) {
	const op = "place"
	a.mutate(op)
	if mask.Size() != a.Size() {
		fail(op, ErrValue, "place: mask and data must be the same size")
	}
	values.castsSafely(op, a.dtype)
	room := trueRooms.Get().(*trueRoom)
	defer trueRooms.Put(room)
	places := mask.truePlaces(op, room)
	if values.Size() == 0 && len(places) > 0 {
		fail(op, ErrValue, "Cannot insert from an empty array!")
	}
	a.putAt(op, places, nil, values)
}

// PutMask assigns to every place where mask is true the item of values at the
// same flat place, values being repeated, in place. values must cast to a's dtype as safe.
func (a *Array) PutMask(mask, values *Array) {
	const op = "putmask"
	a.mutateOut(op)
	if mask.Size() != a.Size() {
		fail(op, ErrValue, "putmask: mask and data must be the same size")
	}
	values.castsSafely(op, a.dtype)
	if a.copyTrue(op, values, mask) {
		return
	}
	switch values.Size() {
	case 0:
		return
	case 1:
		values = values.flat(op)
	case a.Size():
		values = values.shapedLike(op, a)
	default:
		values = Resize(values, a.lay.Shape...)
	}
	assignWhere(op, a, values, mask.shapedLike(op, a))
}

// castsSafely panics unless a's items are cast to dt as safe.
func (a *Array) castsSafely(op string, dt dtype.DType) {
	if a.dtype == dt || dtype.CanCast(a.dtype, dt, dtype.Safe) {
		return
	}
	what := "array data"
	if a.NDim() == 0 {
		what = "scalar"
	}
	fail(op, ErrType, "Cannot cast %s from %s to %s according to the rule 'safe'", what, a.dtype.Repr(), dt.Repr())
}

// shapedLike returns the items of a, which are as many as those of b, in b's shape.
func (a *Array) shapedLike(op string, b *Array) *Array {
	if sameShape(a, b) {
		return a
	}
	return a.flat(op).reshaped(b.lay.Shape)
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
	if s.out != nil && !slices.Equal(s.out.lay.Shape, shape) {
		fail(op, ErrType, "choose: invalid shape for output array.")
	}
	idx := a.placesFor(op).across(op, dtype.Int64, shape)
	which := items[int64](idx)
	if s.mode != ModeRaise {
		which = slices.Clone(which)
		for i, k := range which {
			which[i] = int64(s.mode.place(op, k, len(choices), 0))
		}
	}
	out := alloc(op, dt, shape, C, !dt.IsNumeric())
	from, wide := make([]indexing.Choice, len(choices)), make([]*Array, len(choices))
	for k, c := range choices {
		if c.weak != dtype.NotWeak { // it wraps around like an item
			c = c.view(c.dtype, c.lay)
		}
		one := c.Size() == 1
		if one {
			wide[k] = c.inMemory(op, dt)
		} else {
			wide[k] = c.across(op, dt, shape)
			from[k].Step = dt.ItemSize()
		}
		from[k].Ptr = wide[k].ptr()
	}
	bad := indexing.Choose(out.ptr(), dt.ItemSize(), which, from)
	for _, c := range append(wide, idx) {
		c.done(op)
	}
	if bad >= 0 {
		fail(op, ErrValue, "invalid entry in choice array")
	}
	return handed(op, s.out, out)
}

// across returns a broadcast to shape as items that inMemory returns: a itself if it is
// that.
func (a *Array) across(op string, dt dtype.DType, shape []int) *Array {
	if slices.Equal(a.lay.Shape, shape) {
		return a.inMemory(op, dt)
	}
	return a.copiedTo(op, dt, shape)
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
	var dt dtype.DType
	if err := Try(func() { dt = commonDType(op, append(slices.Clone(choices), last)) }); err != nil {
		fail(op, ErrType, "Choicelist and default value do not have a common dtype: %s", err.(*Error).Msg)
	}
	shape, err := layout.Broadcast(shapes...)
	must(op, err)
	out := last.copiedTo(op, dt, shape)
	for i := len(conds) - 1; i >= 0; i-- {
		out.PutMask(conds[i].copiedTo(op, dtype.Bool, shape), choices[i].copiedTo(op, dt, shape))
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
			p = p.trueList("ix_")
		}
		lay := layout.Layout{Shape: slices.Repeat([]int{1}, len(places)), Strides: make([]int, len(places)), Offset: p.lay.Offset}
		lay.Shape[k], lay.Strides[k] = p.lay.Shape[0], p.lay.Strides[0]
		out[k] = p.view(p.dtype, lay)
	}
	return out
}

// UnravelIndex returns, for flat C-order places in an array of the given shape,
// the places on its axes: one int64 array an axis, of the shape of indices. A place
// outside the array, or one counted from its end, is ErrValue.
func UnravelIndex(indices *Array, shape ...int) []*Array {
	const op = "unravel_index"
	if !indices.dtype.IsInteger() {
		fail(op, ErrType, "only int indices permitted")
	}
	n := int64(spanOf(op, shape, "dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported."))
	left := indices.copied(op, dtype.Int64, C) // what of each place the axes so far leave
	flat := items[int64](left)
	for _, p := range flat {
		if uint64(p) >= uint64(n) {
			fail(op, ErrValue, "index %d is out of bounds for array with size %d", p, n)
		}
	}
	out := make([]*Array, len(shape))
	for k := len(shape) - 1; k > 0; k-- {
		out[k] = alloc(op, dtype.Int64, indices.lay.Shape, C, false)
		divideAll(flat, items[int64](out[k])[:len(flat)], uint64(shape[k]), n)
	}
	if len(out) > 0 {
		out[0] = left
	}
	return out
}

// spanOf returns the number of items of a shape, and panics with the words tooLarge if no
// place among them is an int, or a length is negative.
func spanOf(op string, shape []int, tooLarge string) int {
	n, err := layout.CheckedSize(shape, 1)
	if err != nil {
		fail(op, ErrValue, "%s", tooLarge)
	}
	return n
}

// divideAll divides the numbers of x, which are at least 0 and less than most, by d
// and writes the remainders to rest.
//
// Source: the multiplication by the rounded-up inverse, exact for numbers below 2³², of
// Lemire, Kaser and Kurz, "Faster remainder by direct computation", 2019.
func divideAll(x, rest []int64, d uint64, most int64) {
	if d <= 1 { // 0 where there are no numbers
		clear(rest)
		return
	}
	if most > math.MaxUint32 {
		for i, v := range x {
			q := uint64(v) / d
			x[i], rest[i] = int64(q), v-int64(q*d)
		}
		return
	}
	inverse := math.MaxUint64/d + 1
	for i, v := range x {
		q, _ := bits.Mul64(uint64(v), inverse)
		x[i], rest[i] = int64(q), v-int64(q*d)
	}
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
	spanOf(op, shape, "invalid dims: array size defined by dims is larger than the maximum possible size.")
	shapes := make([][]int, len(places))
	for k, p := range places {
		shapes[k] = p.lay.Shape
	}
	to, err := layout.Broadcast(shapes...)
	must(op, err)
	out := alloc(op, dtype.Int64, to, C, false)
	if out.Size() > 0 && slices.Contains(shape, 0) {
		fail(op, ErrValue, "cannot unravel if shape has zero entries (is empty).")
	}
	flat := items[int64](out)
	for k, p := range places {
		wide, n := p.across(op, dtype.Int64, to), int64(shape[k])
		for i, v := range items[int64](wide)[:len(flat)] {
			if uint64(v) >= uint64(n) {
				if s.mode == ModeRaise {
					wide.done(op)
					fail(op, ErrValue, "invalid entry in coordinates array")
				}
				v = int64(s.mode.place(op, v, shape[k], k))
			}
			if k == 0 {
				flat[i] = v
			} else {
				flat[i] = flat[i]*n + v
			}
		}
		wide.done(op)
	}
	if len(places) == 0 {
		clear(flat)
	}
	return out
}
