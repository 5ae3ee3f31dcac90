package nd

import (
	"math"
	"runtime"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
)

// Repeat repeats each item: with Axis(k) each slice along axis k, without the
// items in C order. repeats is an integer, or an integer array with one number
// an item. The result is a fresh copy in C order.
func (a *Array) Repeat[T Operand](repeats T, opts ...Option) *Array {
	const op = "repeat"
	a.use(op)
	s := gather(op, optAxis, opts)
	src, axis := a, 0
	if s.axes != nil {
		axis = normAxis(op, oneAxis(op, s.axes), max(a.NDim(), 1)) // a 0-d array has one as well
	}
	if a.NDim() == 0 || len(s.axes) == 0 && a.NDim() != 1 {
		src = a.flat(op)
	}
	if r, ok := any(repeats).(int); ok && src.Size() > 0 && src.NDim() < layout.MaxDims {
		return src.repeated(op, int64(r), axis)
	}
	reps := asArray(repeats)
	if !dtype.CanCast(reps.dtype, dtype.Int64, dtype.Safe) {
		fail(op, ErrType, "Cannot cast array data from %s to %s according to the rule 'safe'", reps.dtype.Repr(), dtype.Int64.Repr())
	}
	if r := src.repeatEach(op, reps); r != nil {
		return r
	}
	n := src.lay.Shape[axis]
	if reps.NDim() > 1 {
		fail(op, ErrValue, "object too deep for desired array")
	}
	if reps.Size() == 1 && src.Size() > 0 && src.NDim() < layout.MaxDims {
		return src.repeated(op, reps.AsType(dtype.Int64).reshaped0().At[int64](), axis)
	}
	if reps.Size() != 1 && reps.Size() != n {
		fail(op, ErrValue, "operands could not be broadcast together with shape (%d,) (%d,)", n, reps.Size())
	}
	if reps.Size() == 1 {
		reps = reps.reshaped0()
	}
	wide := reps.copiedTo(op, dtype.Int64, []int{n})
	total := 0
	for _, r := range items[int64](wide) {
		if r < 0 && reps.Size() == 1 {
			fail(op, ErrValue, "negative dimensions are not allowed")
		}
		if r < 0 {
			fail(op, ErrValue, "repeats may not contain negative values.")
		}
		if r > int64(math.MaxInt-total) {
			fail(op, ErrValue, "Maximum allowed dimension exceeded")
		}
		total += int(r)
	}
	shape := slices.Clone(src.lay.Shape)
	shape[axis] = total
	out := alloc(op, src.dtype, shape, C, !src.dtype.IsNumeric())
	if out.Size() == 0 {
		return out
	}
	dense := src
	if !src.flags.Has(CContiguous) {
		dense = src.Copy(C)
	}
	run, rows := layout.Size(shape[axis+1:])*src.ItemSize(), layout.Size(shape[:axis])
	work(op, out, func() error {
		for j := range rows {
			kernel.RepeatEach(unsafe.Add(out.ptr(), j*total*run), unsafe.Add(dense.ptr(), j*n*run), run, items[int64](wide), total)
		}
		return nil
	}, dense)
	return spend(out, unless(src, dense), wide)
}

// repeated repeats each slice of items along an axis r times.
func (a *Array) repeated(op string, r int64, axis int) *Array {
	n := a.lay.Shape[axis]
	if r < 0 {
		fail(op, ErrValue, "negative dimensions are not allowed")
	}
	if r > int64(math.MaxInt/n) {
		fail(op, ErrValue, "Maximum allowed dimension exceeded")
	}
	var room [2 * inlineDims]int
	shape := append(room[:0], a.lay.Shape...)
	shape[axis] *= int(r)
	out := alloc(op, a.dtype, shape, C, !a.dtype.IsNumeric())
	if out.Size() == 0 || a.repeatFew(op, out, int(r), axis) {
		return out
	}
	// The result seen with an axis more, that of the copies.
	split := slices.Insert(slices.Clone(a.lay.Shape), axis+1, int(r))
	to := out.reshapedView(split)
	if run := to.lay.Strides[axis+1]; run < repeatRun && r < repeatMost {
		for k := range int(r) { // runs of single items are slow, items at a distance are not
			copyFresh(op, to.Slice(append(slices.Repeat([]Idx{All}, axis+1), I(k))...), a)
		}
		return out
	}
	from := layout.Layout{Shape: split, Strides: slices.Insert(slices.Clone(a.lay.Strides), axis+1, 0), Offset: a.lay.Offset}
	copyFresh(op, to, a.view(a.dtype, from))
	return out
}

// Up to repeatMost copies of slices of less than repeatRun bytes are written copy by copy.
const (
	repeatRun  = 64
	repeatMost = 32
)

// repeatFew is repeated for few numbers that lie dense, or on one axis: all first copies
// are written, then all second ones. It reports whether it did it.
func (a *Array) repeatFew(op string, out *Array, r, axis int) bool {
	if r >= repeatMost || out.NBytes() > quickMost || !a.dtype.IsNumeric() || !a.buf.Plain() {
		return false
	}
	run, rows := layout.Size(a.lay.Shape[axis+1:])*a.ItemSize(), layout.Size(a.lay.Shape[:axis+1])
	step := run
	switch {
	case a.flags.Has(CContiguous):
	case a.NDim() == 1:
		step = a.lay.Strides[0]
	default:
		return false
	}
	for k := range r {
		kernel.Copy(unsafe.Add(out.ptr(), k*run), r*run, a.ptr(), step, run, rows)
	}
	a.done(op)
	return true
}

// repeatEach is Repeat of few items on one axis, each as often as its own number says; nil
// where the way is longer, or a mistake.
func (a *Array) repeatEach(op string, reps *Array) *Array {
	if a.NDim() != 1 || !sameShape(a, reps) || reps.dtype != dtype.Int64 || !reps.plain() || a.Size() == 0 || a.Size() > fewTrue || a.ItemSize() == 0 {
		return nil
	}
	room := trueRooms.Get().(*trueRoom)
	defer trueRooms.Put(room)
	places := room.places[:0]
	for i, r := range items[int64](reps) {
		if r < 0 || r > int64(fewTrue-len(places)) {
			return nil
		}
		for range r {
			places = append(places, i)
		}
	}
	reps.done(op)
	if len(places) == 0 {
		return nil
	}
	shape := [1]int{len(places)}
	return a.takeAt(op, as64(places), shape[:], nil, nil)
}

// Tile lays copies of a side by side: reps[k] times along axis k. If reps has
// more numbers than a has axes, a gets new ones in front; if fewer, reps gets
// ones in front. The result is a copy in C order, or in a's own if nothing is
// repeated; of an array without items, which has nothing to copy, it is a view,
// read-only where a is.
func (a *Array) Tile(reps ...int) *Array {
	const op = "tile"
	a.use(op)
	d := max(len(reps), a.NDim())
	reps = slices.Concat(slices.Repeat([]int{1}, d-len(reps)), reps)
	src := a
	for src.NDim() < d {
		src = src.insertAxis(0)
	}
	if !slices.ContainsFunc(reps, func(r int) bool { return r != 1 }) {
		return src.Copy(K)
	}
	// The result seen with two axes for each of a's: copies and items.
	shape, split, from := make([]int, d), make([]int, 2*d), make([]int, 2*d)
	for k, r := range reps {
		if r < 0 && src.Size() > 0 {
			fail(op, ErrValue, "negative dimensions are not allowed")
		}
		n := src.lay.Shape[k]
		shape[k], split[2*k], split[2*k+1] = r*n, r, n
		from[2*k], from[2*k+1] = 0, src.lay.Strides[k]
	}
	if src.Size() == 0 {
		return src.Reshape(shape...)
	}
	out := alloc(op, a.dtype, shape, C, !a.dtype.IsNumeric())
	if out.Size() == 0 {
		return out
	}
	if 2*d > layout.MaxDims {
		fail(op, ErrValue, "maximum supported dimension for an ndarray is currently %d, found %d", layout.MaxDims, 2*d)
	}
	copyFresh(op, out.reshapedView(split), src.view(src.dtype, layout.Layout{Shape: split, Strides: from, Offset: src.lay.Offset}))
	return out
}

// reshapedView returns a dense C-ordered array's items under another shape.
func (a *Array) reshapedView(shape []int) *Array {
	return a.view(a.dtype, layout.Layout{Shape: shape, Strides: layout.CStrides(shape, a.ItemSize()), Offset: a.lay.Offset})
}

// Roll moves the items shift places along the axes that Axis names, those that
// fall off one end coming in at the other; without Axis in C order over all. The
// result is a copy in a's memory order.
func (a *Array) Roll(shift int, opts ...Option) *Array {
	const op = "roll"
	a.use(op)
	s := gather(op, optAxis, opts)
	if !s.has(optAxis) {
		by, axis := [1]int{shift}, [1]int{}
		flat := a
		if a.NDim() != 1 {
			flat = a.flat(op)
		}
		return flat.RollAxes(by[:], axis[:]).reshaped(a.lay.Shape)
	}
	shifts := slices.Repeat([]int{shift}, len(s.axes))
	return a.RollAxes(shifts, s.axes)
}

// RollAxes rolls several axes, each by its own shift.
func (a *Array) RollAxes(shifts, axes []int) *Array {
	const op = "roll"
	if len(shifts) != len(axes) {
		fail(op, ErrValue, "'shift' and 'axis' should be scalars or 1D sequences")
	}
	var room [2 * inlineDims]int
	by := append(room[:0], make([]int, a.NDim())...)
	for i, axis := range axes {
		k := normAxis(op, axis, a.NDim())
		if n := a.lay.Shape[k]; n > 0 {
			by[k] = (by[k] + shifts[i]%n) % n
		}
	}
	out := allocLike(op, a.dtype, a, K, !a.dtype.IsNumeric())
	if out.Size() == 0 {
		return out
	}
	if len(axes) == 1 && out.NBytes() <= quickMost {
		axis := normAxis(op, axes[0], a.NDim())
		n := a.lay.Shape[axis]
		cut := ((by[axis] % n) + n) % n
		out.copySlices(op, axis, cut, a, 0, n-cut)
		out.copySlices(op, axis, 0, a, n-cut, cut)
		return out
	}
	// Each axis falls into two pieces that change places: 2^ndim blocks, of
	// which those of length 0 are left out.
	var blocks func(k int, from, to layout.Layout)
	shift := slices.Clone(by)
	blocks = func(k int, from, to layout.Layout) {
		if k == a.NDim() {
			copyFresh(op, out.view(out.dtype, to), a.view(a.dtype, from))
			return
		}
		n := a.lay.Shape[k]
		cut := ((shift[k] % n) + n) % n
		for _, piece := range [2][3]int{{0, cut, n - cut}, {n - cut, 0, cut}} { // from, to, length
			if piece[2] == 0 {
				continue
			}
			f, t := from.Clone(), to.Clone()
			f.Shape[k], t.Shape[k] = piece[2], piece[2]
			f.Offset += piece[0] * f.Strides[k]
			t.Offset += piece[1] * t.Strides[k]
			blocks(k+1, f, t)
		}
	}
	blocks(0, a.lay, out.lay)
	return out
}

// Resize returns a copy of the items of a in C order under a new shape: cut off,
// or repeated from the start, as the size demands; zeros if a has no items.
func Resize(a *Array, shape ...int) *Array {
	const op = "resize"
	for _, n := range shape {
		if n < 0 {
			fail(op, ErrValue, "all elements of `new_shape` must be non-negative")
		}
	}
	have := a.Size()
	dt := a.dtype
	if have > 0 {
		dt = commonDType(op, []*Array{a})
	}
	out := alloc(op, dt, shape, C, true)
	n := out.Size()
	if n == 0 || have == 0 {
		return out
	}
	have = min(have, n)
	copyInto(op, out.flat(op).span(0, have), a.flat(op).span(0, have))
	all, _ := out.RawSpan()
	for done := have * out.ItemSize(); done < len(all); { // the rest repeats what is there
		done += copy(all[done:], all[:done])
	}
	runtime.KeepAlive(out)
	return out
}
