package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/layout"
)

// The short ways of advanced subscripts: one mask over the whole of an array, and
// one array of places on its first axis. They give what the three steps of
// subscript.go would give, without a list of offsets between.

// quickPick is Pick for those; nil for any other subscript, and for a mistake.
func (a *Array) quickPick(index []Idx) *Array {
	if len(index) != 1 || index[0].arr == nil || len(a.lay.Shape) == 0 {
		return nil
	}
	by := index[0].arr
	if by.dtype == dtype.Bool {
		if !sameShape(a, by) || a.ItemSize() == 0 {
			return nil
		}
		return a.compress("index", by)
	}
	return a.takeFirst("index", by)
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
		}, src)
	}
	mask.done(op)
	return out
}

// bits returns the items of a bool array in C order, where they are or in a copy.
// A map is copied: it may fault, or change between the two passes of a mask.
func (a *Array) bits(op string) []byte {
	if !a.flags.Has(CContiguous) || a.mapped() {
		c := Empty(dtype.Bool, a.lay.Shape...)
		copyInto(op, c, a)
		a = c
	}
	return unsafe.Slice((*byte)(a.ptr()), a.Size())
}

// takeFirst returns the parts of a at places on its first axis, nil if places are
// not dense int64 or the parts do not lie dense in C order.
func (a *Array) takeFirst(op string, places *Array) *Array {
	if places.dtype != dtype.Int64 || !places.plain() || a.Size() == 0 || places.Size() == 0 {
		return nil
	}
	rest := layout.Layout{Shape: a.lay.Shape[1:], Strides: a.lay.Strides[1:]}
	if !layout.IsC(rest.Shape, rest.Strides, a.ItemSize()) {
		return nil
	}
	size := layout.Size(rest.Shape) * a.ItemSize()
	if size == 0 || len(places.lay.Shape)+len(rest.Shape) > layout.MaxDims {
		return nil
	}
	n := a.lay.Shape[0]
	var out *Array
	if len(rest.Shape) == 0 && a.dtype.IsNumeric() {
		out = dense(a.dtype, places.lay.Shape, places.Size(), buffer.Late)
	}
	if out == nil {
		out = alloc(op, a.dtype, slices.Concat(places.lay.Shape, rest.Shape), C, false)
	}
	at := items[int64](places)
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
	places.done(op)
	if bad >= 0 {
		checkPlace(op, at[bad], n, 0)
	}
	return out
}

// quickSetPick is SetPick for one mask over the whole of a dense array, and a
// value of one item or of as many as are true. It reports whether it did it.
func (a *Array) quickSetPick(val *Array, index []Idx) bool {
	const op = "index"
	if len(index) != 1 || index[0].arr == nil || index[0].arr.dtype != dtype.Bool || len(a.lay.Shape) == 0 ||
		!a.flags.Has(CContiguous) || !a.dtype.IsNumeric() || !sameShape(a, index[0].arr) || val.NDim() > 1 {
		return false
	}
	mask := index[0].arr
	mask.use(op)
	val.use(op)
	bits := mask.bits(op)
	if mask.buf == a.buf {
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
	if step == 0 || val.dtype != a.dtype || val.buf == a.buf || !val.flags.Has(CContiguous) || val.mapped() {
		c := Empty(a.dtype, val.lay.Shape...)
		copyInto(op, c, val)
		val = c
	}
	if m.Count() > 0 {
		work(op, a, func() error {
			return m.Expand(a.ptr(), val.ptr(), a.ItemSize(), step)
		}, val)
	}
	mask.done(op)
	return true
}
