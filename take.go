package nd

import (
	"runtime"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/parallel"
)

// IndexMode says what Take, Put, Choose and RavelMultiIndex do with a place outside
// the axis.
type IndexMode uint8

// The index modes.
const (
	ModeRaise IndexMode = iota // panic with ErrIndex; negative places count from the end (Choose and RavelMultiIndex: ErrValue, for these too)
	ModeWrap                   // wrap around
	ModeClip                   // move to the nearer end; negative places become 0
)

// Mode sets the index mode; the default is ModeRaise.
func Mode(m IndexMode) Option { return Option{kind: optMode, num: float64(m)} }

// Take returns the items of a at the given places along an axis: with Axis(k)
// the result has the axes of indices in place of axis k; without, the items are
// those of a in C order and the result has the shape of indices. The result is a
// fresh C-ordered copy. Mode tells what happens to places outside.
func (a *Array) Take(indices *Array, opts ...Option) *Array { return a.take("take", indices, opts) }

// take is Take for a call of the name op.
func (a *Array) take(op string, indices *Array, opts []Option) *Array {
	a.use(op)
	s := gather(op, optAxis|optMode|optOut, opts)
	src := a
	if s.given == 0 && a.flags.Has(CContiguous) && a.Size() > 0 {
		line := a
		if a.NDim() != 1 {
			line = a.flat(op)
		}
		if r := line.takeFirst(op, indices, nil); r != nil {
			return r
		}
	}
	axis := 0
	if s.axes != nil {
		axis = normAxis(op, oneAxis(op, s.axes), max(a.NDim(), 1)) // a 0-d array has one as well
	} else if a.NDim() != 1 {
		src = a.flat(op)
	}
	if src.NDim() == 0 {
		src = src.view(src.dtype, layout.Layout{Shape: []int{1}, Strides: []int{src.ItemSize()}, Offset: src.lay.Offset})
	}
	n := src.lay.Shape[axis]
	idx := s.mode.inside(indices.placesFor(op), n)
	sel := selections.Get().(*selection)
	defer sel.release()
	sel.index, sel.at = idx.lay.Shape, 0
	sel.rest = layout.Layout{Shape: src.lay.Shape[axis+1:], Strides: src.lay.Strides[axis+1:]}
	shape := append(append(append(sel.list(listDense), src.lay.Shape[:axis]...), sel.index...), sel.rest.Shape...)
	if s.out != nil && !slices.Equal(s.out.lay.Shape, shape) {
		fail(op, ErrValue, "output array does not match result of ndarray.take")
	}
	if axis == 0 {
		into := s.out
		if into != nil && (into.dtype != src.dtype || !into.plain() || into.meets(src) || into.meets(idx)) {
			into = nil
		}
		if r := src.takeFirst(op, idx, into); r != nil {
			return handed(op, s.out, r)
		}
	}
	if n == 0 && layout.Size(shape) > 0 {
		fail(op, ErrIndex, "cannot do a non-empty take from an empty axes.")
	}
	if layout.Size(src.lay.Shape[:axis]) == 0 || n == 0 && s.mode == ModeClip { // nothing is taken, so no place is looked at
		idx = idx.view(idx.dtype, layout.Layout{Shape: []int{0}, Strides: []int{0}})
	}
	sel.index, sel.start = idx.lay.Shape, 0
	sel.arrays = append(sel.room.arrays[:0], place{arr: idx, axis: axis})
	sel.strides = append(sel.list(listStrides), src.lay.Strides[axis])
	src.locate(op, sel)
	out := alloc(op, src.dtype, shape, C, false)
	if out.Size() > 0 && src.ItemSize() > 0 {
		runs := sel.merged(sel.rest).At(sel.places)
		count, step, even := evenly(src.lay.Shape[:axis], src.lay.Strides[:axis])
		var leads []int // where they are not even
		if !even {
			leads = appendOffsets(sel.room.leads[:0], src.lay.Shape[:axis], src.lay.Strides[:axis])
			for i := range leads {
				leads[i] += src.lay.Offset
			}
		}
		chunk := out.NBytes() / count
		part := func(lo, hi int) {
			if to := unsafe.Add(out.ptr(), lo*chunk); even {
				indexing.GatherEvenly(to, src.buf.Pointer(), src.ItemSize(), src.lay.Offset+lo*step, step, hi-lo, runs)
			} else {
				indexing.Gather(to, src.buf.Pointer(), src.ItemSize(), leads[lo:hi], runs)
			}
		}
		if out.NBytes() <= quickMost && !src.mapped() {
			part(0, count)
			src.done(op)
		} else {
			work(op, nil, func() error {
				parallel.For(count, indexing.TakePart(chunk), part)
				return nil
			}, src)
		}
		runtime.KeepAlive(sel.kept)
	}
	return handed(op, s.out, out)
}

// evenly returns how many items some axes have, and the bytes from each to the next in C
// order; false if these are not the same everywhere.
func evenly(shape, strides []int) (count, step int, ok bool) {
	count = 1
	for i, n := range slices.Backward(shape) {
		switch {
		case n == 1:
		case count == 1:
			step = strides[i]
		case strides[i] != count*step:
			return layout.Size(shape), 0, false
		}
		count *= n
	}
	return count, step, true
}

// handed returns the result r, or out with r's items where the caller gave it.
func handed(op string, out, r *Array) *Array {
	if out == nil || out == r {
		return r
	}
	copyInto(op, out, r)
	return out
}

// inside returns the places idx with those outside an axis of n items moved onto it
// as the mode says; ModeRaise leaves them to be found.
func (m IndexMode) inside(idx *Array, n int) *Array {
	switch {
	case m == ModeRaise || n == 0: // of an empty axis NumPy wraps without end
		return idx
	case m == ModeClip:
		return idx.Clip(0, n-1)
	}
	return idx.Remainder(n)
}

// normAxis checks an axis and counts it from the start.
func normAxis(op string, axis, ndim int) int {
	k, err := layout.NormAxis(axis, ndim)
	must(op, err)
	return k
}

// flat returns the items in C order as a 1-d array: a view if they lie so, else
// a copy.
func (a *Array) flat(op string) *Array {
	if !a.flags.Has(CContiguous) {
		a = a.copied(op, a.dtype, C)
	}
	return a.view(a.dtype, layout.Layout{Shape: []int{a.Size()}, Strides: []int{a.ItemSize()}, Offset: a.lay.Offset})
}

// placesFor returns indices as native int64, as take, put and choose accept
// them: integers and bools, not floats.
func (a *Array) placesFor(op string) *Array {
	a.use(op)
	if !a.dtype.IsInteger() && a.dtype.Kind() != dtype.KindBool {
		fail(op, ErrType, "Cannot cast array data from %s to %s according to the rule 'safe'", a.dtype.Repr(), dtype.Int64.Repr())
	}
	if a.dtype.Kind() == dtype.KindUint64 {
		fail(op, ErrType, "Cannot cast array data from %s to %s according to the rule 'safe'", a.dtype.Repr(), dtype.Int64.Repr())
	}
	return a.asPlaces(op)
}

// place returns where place i of an axis of length n is by the mode.
func (m IndexMode) place(op string, i int64, n, axis int) int {
	switch {
	case m == ModeRaise || m == ModeWrap && n == 0: // where NumPy does not come back
		return checkPlace(op, i, n, axis)
	case i >= 0 && i < int64(n):
		return int(i)
	case m == ModeClip && i < 0:
		return 0
	case m == ModeClip:
		return n - 1
	}
	if i %= int64(n); i < 0 {
		i += int64(n)
	}
	return int(i)
}

// Put assigns values, repeated as often as needed, to the places of a counted in
// C order, in place. Mode tells what happens to places outside; with ModeRaise
// all are checked before anything is written.
func (a *Array) Put[T Operand](indices *Array, values T, opts ...Option) {
	const op = "put"
	a.mutateOut(op)
	s := gather(op, optMode, opts)
	vals := asArray(values)
	if a.Size() == 0 && indices.Size() > 0 {
		fail(op, ErrIndex, "cannot replace elements of an empty array")
	}
	idx := s.mode.inside(indices.placesFor(op), a.Size())
	if !idx.plain() || idx.meets(a) {
		idx = idx.Copy()
	}
	places := items[int64](idx)
	if bad := indexing.Outside(places, a.Size()); bad >= 0 {
		idx.done(op)
		checkPlace(op, places[bad], a.Size(), 0)
	}
	a.putAt(op, places, idx, vals)
}

// putAt assigns values, repeated, to items of a counted in C order, negative places
// from the end. The places, which are the items of by unless that is nil, are known to be
// there.
func (a *Array) putAt[P int | int64](op string, places []P, by, vals *Array) {
	if vals.Size() == 0 || len(places) == 0 {
		return
	}
	cast := vals
	if vals.dtype != a.dtype || !vals.plain() || a.meets(vals) {
		cast = vals.copied(op, a.dtype, C)
	}
	item, n := a.ItemSize(), vals.Size()
	work(op, a, func() error {
		if a.flags.Has(CContiguous) {
			step, run := item, n
			if n == 1 {
				step, run = 0, len(places)
			}
			for lo := 0; lo < len(places); lo += run {
				if err := indexing.Put(a.ptr(), cast.ptr(), item, item, step, a.Size(), places[lo:min(len(places), lo+run)]); err != nil {
					return err
				}
			}
			return nil
		}
		for i, p := range places {
			if p < 0 {
				p += P(a.Size())
			}
			if uint64(p) >= uint64(a.Size()) {
				return &Error{Op: op, Err: ErrChanged, Msg: "the places were changed while they were read"}
			}
			indexing.Move(a.buf.Pointer(), a.offsetOf(int(p)), cast.ptr(), i%n*item, item)
		}
		return nil
	}, cast, by)
}

// offsetOf returns the block offset of the item at a flat C-order place.
func (a *Array) offsetOf(place int) int {
	off := a.lay.Offset
	for k := len(a.lay.Shape) - 1; k >= 0; k-- {
		off += place % a.lay.Shape[k] * a.lay.Strides[k]
		place /= a.lay.Shape[k]
	}
	return off
}

// TakeAlongAxis returns, along axis, the item at the place that indices holds at
// the same position of the other axes, which broadcast. It is what ArgSort and
// ArgMax with KeepDims are made for. The result is a copy.
func (a *Array) TakeAlongAxis(indices *Array, axis int) *Array {
	return a.Pick(a.alongItems("take_along_axis", indices, axis)...)
}

// PutAlongAxis assigns values, broadcast to indices, to the places that
// TakeAlongAxis would read, in place.
func (a *Array) PutAlongAxis[T Operand](indices *Array, values T, axis int) {
	a.SetPick(values, a.alongItems("put_along_axis", indices, axis)...)
}

func (a *Array) alongItems(op string, indices *Array, axis int) []Idx {
	if !indices.dtype.IsInteger() {
		fail(op, ErrIndex, "`indices` must be an integer array")
	}
	if indices.NDim() != a.NDim() {
		fail(op, ErrValue, "`indices` and `arr` must have the same number of dimensions")
	}
	axis = normAxis(op, axis, a.NDim())
	items := make([]Idx, a.NDim())
	for k, n := range a.lay.Shape {
		if k == axis {
			items[k] = By(indices)
			continue
		}
		shape := slices.Repeat([]int{1}, a.NDim())
		shape[k] = n
		items[k] = By(Arange(n).reshaped(shape))
	}
	return items
}
