package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// The short ways of subscripts that are one array: a mask over the whole of an array or over
// its first axis, or places on that. They give what the three steps of subscript.go would
// give, without a list of offsets between.

// quickPick is Pick by one array; nil for any other subscript, and for a mistake.
func (a *Array) quickPick(index []Idx) *Array {
	if len(index) != 1 || index[0].arr == nil || len(a.lay.Shape) == 0 {
		return nil
	}
	by := index[0].arr
	switch {
	case by.dtype == dtype.Bool && len(by.lay.Shape) == 1 && (len(a.lay.Shape) > 1 || !a.flags.Has(CContiguous)):
		return a.takeTrue("index", by)
	case by.dtype == dtype.Bool && sameShape(a, by) && a.ItemSize() > 0:
		return a.compress("index", by)
	}
	if !by.dtype.IsInteger() || !a.dense1() {
		return nil
	}
	return a.takeFirst("index", by.densePlaces("index"), nil)
}

// compress returns the items of a, in C order, where mask, a bool array of a's
// shape, is true.
func (a *Array) compress(op string, mask *Array) *Array {
	mask.use(op)
	m := indexing.NewMask(mask.bits(op))
	src := a
	if a.NDim() != 1 || !a.flags.Has(CContiguous) {
		src = a.flat(op)
	}
	var out *Array
	if n := m.Count(); n > 0 && a.dtype.IsNumeric() {
		out = dense(a.dtype, []int{n}, n, buffer.Late)
	}
	if out == nil {
		out = alloc(op, a.dtype, []int{m.Count()}, C, false)
	}
	if out.Size() > 0 {
		work(op, nil, func() error {
			return m.Compress(out.ptr(), src.ptr(), src.ItemSize())
		}, src, mask)
	}
	mask.done(op)
	return out
}

// takeTrue returns the parts of a along its first axis at which a mask of few items is true;
// nil if the way is longer.
func (a *Array) takeTrue(op string, mask *Array) *Array {
	if !a.dense1() || mask.lay.Shape[0] != a.lay.Shape[0] {
		return nil
	}
	room := trueRooms.Get().(*trueRoom)
	defer trueRooms.Put(room)
	places, few := mask.fewPlaces(op, room)
	if !few || len(places) == 0 {
		return nil
	}
	shape := [1]int{len(places)}
	return a.takeAt(op, as64(places), shape[:], nil, nil)
}

// as64 returns places as what they are, numbers of 64 bits.
func as64(places []int) []int64 {
	return unsafe.Slice((*int64)(unsafe.Pointer(unsafe.SliceData(places))), len(places))
}

// bits returns the items of a bool array in C order, where they are or in a copy.
// A map is copied: it may fault, or change between the two passes of a mask.
func (a *Array) bits(op string) []byte {
	if !a.flags.Has(CContiguous) || a.mapped() {
		a = a.copied(op, dtype.Bool, C)
	}
	return unsafe.Slice((*byte)(a.ptr()), a.Size())
}

// dense1 tells whether the parts of a along its first axis lie dense in C order.
func (a *Array) dense1() bool {
	return len(a.lay.Shape) > 0 && a.Size() > 0 && a.ItemSize() > 0 && layout.IsC(a.lay.Shape[1:], a.lay.Strides[1:], a.ItemSize())
}

// densePlaces returns an integer array as dense native int64, a copy of a map.
func (a *Array) densePlaces(op string) *Array {
	if p := a.asPlaces(op); p.plain() {
		return p
	}
	return a.Copy(C)
}

// takeFirst returns the parts of a at places on its first axis, nil if places are
// not dense int64 or the parts do not lie dense in C order. They go to into, if it
// is not nil: a plain array of the result's dtype and shape.
func (a *Array) takeFirst(op string, places, into *Array) *Array {
	if places.dtype != dtype.Int64 || !places.plain() || places.Size() == 0 || !a.dense1() {
		return nil
	}
	if len(places.lay.Shape)+len(a.lay.Shape)-1 > layout.MaxDims {
		return nil
	}
	r := a.takeAt(op, items[int64](places), places.lay.Shape, into, places)
	places.done(op)
	return r
}

// takeAt is takeFirst for places of the given shape, which are the items of by unless
// that is nil.
func (a *Array) takeAt(op string, at []int64, shape []int, into, by *Array) *Array {
	n, rest := a.lay.Shape[0], a.lay.Shape[1:]
	outside := func(bad int) {
		if by != nil {
			by.done(op)
		}
		checkPlace(op, at[bad], n, 0)
	}
	size := layout.Size(rest) * a.ItemSize()
	out := into
	if out != nil {
		out.mutate(op)
		if bad := indexing.Outside(at, n); bad >= 0 { // nothing is written then
			outside(bad)
		}
		if !out.buf.Pin() {
			out.use(op)
		}
		defer out.buf.UnsafeUnpin()
	} else if len(rest) == 0 && a.dtype.IsNumeric() {
		out = allocLate(op, a.dtype, shape)
	} else {
		var room [2 * inlineDims]int
		out = alloc(op, a.dtype, append(append(room[:0], shape...), rest...), C, false)
	}
	bad := -1
	if a.mapped() {
		work(op, nil, func() error {
			bad = indexing.Take(out.ptr(), a.ptr(), size, a.lay.Strides[0], n, at, out.buf.Cold())
			return nil
		}, a)
	} else {
		bad = indexing.Take(out.ptr(), a.ptr(), size, a.lay.Strides[0], n, at, out.buf.Cold())
	}
	a.done(op)
	if bad >= 0 {
		outside(bad)
	}
	return out
}

// quickSetPick is SetPick by one array, into an array of numbers; false for any other
// subscript, and for a mistake.
func (a *Array) quickSetPick(val *Array, index []Idx) bool {
	if len(index) != 1 || index[0].arr == nil || len(a.lay.Shape) == 0 || !a.dtype.IsNumeric() {
		return false
	}
	if by := index[0].arr; by.dtype != dtype.Bool {
		return by.dtype.IsInteger() && a.putFirst("index", by, val)
	}
	return a.expand("index", index[0].arr, val)
}

// putFirst assigns val to the parts of a at places on its first axis: a number, one
// part, or one for each place. It reports whether it did it.
func (a *Array) putFirst(op string, places, val *Array) bool {
	if !a.dense1() || places.Size() == 0 {
		return false
	}
	rest, by := a.lay.Shape[1:], places.lay.Shape
	v := val.lay.Shape
	each := len(v) == len(by)+len(rest) && slices.Equal(v[:len(by)], by) && slices.Equal(v[len(by):], rest)
	if !each && !loop.BroadcastsTo(v, rest) {
		return false
	}
	places.use(op)
	val.use(op)
	places = places.densePlaces(op)
	if places.meets(a) {
		places = places.Copy()
	}
	n, at := a.lay.Shape[0], items[int64](places)
	if bad := indexing.Outside(at, n); bad >= 0 {
		places.done(op)
		checkPlace(op, at[bad], n, 0)
	}
	part := layout.Size(rest) * a.ItemSize()
	step := part
	switch {
	case !each:
		step = 0
		val = val.copiedTo(op, a.dtype, rest)
	case val.dtype != a.dtype || val.meets(a) || !val.flags.Has(CContiguous) || val.mapped():
		val = val.copied(op, a.dtype, C)
	}
	if !a.mapped() {
		if !a.buf.Pin() {
			a.use(op)
		}
		err := indexing.Put(a.ptr(), val.ptr(), part, a.lay.Strides[0], step, n, at)
		a.buf.UnsafeUnpin()
		val.done(op)
		places.done(op) // before err, as in work
		must(op, err)
		return true
	}
	work(op, a, func() error {
		return indexing.Put(a.ptr(), val.ptr(), part, a.lay.Strides[0], step, n, at)
	}, val, places)
	return true
}

// expand assigns val, one number or as many as are true, to the items of a, a dense
// array, where mask, a bool array of its shape, is true. It reports whether it did it.
func (a *Array) expand(op string, mask, val *Array) bool {
	if !a.flags.Has(CContiguous) || !sameShape(a, mask) || val.NDim() > 1 {
		return false
	}
	mask.use(op)
	val.use(op)
	bits := mask.bits(op)
	if mask.meets(a) {
		bits = slices.Clone(bits)
	}
	m := indexing.NewMask(bits)
	step := a.ItemSize()
	switch {
	case val.Size() == 1:
		step = 0
	case val.Size() != m.Count():
		return false
	}
	if step == 0 || val.dtype != a.dtype || val.meets(a) || !val.flags.Has(CContiguous) || val.mapped() {
		val = val.copied(op, a.dtype, C)
	}
	if m.Count() > 0 {
		work(op, a, func() error {
			return m.Expand(a.ptr(), val.ptr(), a.ItemSize(), step)
		}, val, mask)
	}
	mask.done(op)
	return true
}
