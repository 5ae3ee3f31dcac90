package nd

import (
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way of a call: every operand is C-contiguous, aligned, native, of one
// dtype and one shape, no option but Out is given, and the result is of the
// loop's dtype. One kernel call does it all; quick_mixed.go has other dtypes,
// quick_rows.go a few items of other layouts. Whatever does not fit goes the long
// way through a plan, which also finds the words for mistakes; so the conditions
// here only ever ask whether to be quick.

// quickMost is the number of bytes of one operand up to which a call stays on one
// thread.
const quickMost = 256 << 10

// plain tells whether a kernel can take a's items as they lie.
func (a *Array) plain() bool {
	return a != nil && a.flags&(CContiguous|Aligned) == CContiguous|Aligned && a.weak == dtype.NotWeak && a.buf.Plain()
}

// sameShape tells whether a and b have equal shapes.
func sameShape(a, b *Array) bool { return equalShape(a.lay.Shape, b.lay.Shape) }

func equalShape(s, t []int) bool {
	if len(s) != len(t) {
		return false
	}
	for i, d := range s {
		if t[i] != d {
			return false
		}
	}
	return true
}

// onlyOut returns the one output that opts name, nil for no options. ok is false
// if there is anything else among them.
func onlyOut(opts []Option) (out *Array, ok bool) {
	switch {
	case len(opts) == 0:
		return nil, true
	case len(opts) > 1 || opts[0].kind != optOut || opts[0].arr == nil || opts[0].num != 0:
		return nil, false
	}
	return opts[0].arr, true
}

// onlyOuts is onlyOut for up to two outputs.
func onlyOuts(opts []Option) (outs [2]*Array, ok bool) {
	outs[0], ok = onlyOut(opts)
	if !ok && len(opts) == 1 && opts[0].kind == optOut && opts[0].num == 2 {
		outs, _ = opts[0].outs()
		return outs, true
	}
	return outs, ok
}

// quickOut returns the output of a call on a, and on b unless that is nil, whose items have
// size bytes at most, and the number of items: out, which is pinned then, or a fresh array.
// It is nil if the call must go the long way.
func quickOut(l *ufunc.Loop, a, b, out *Array, size int) (*Array, int) {
	n := 1
	for _, d := range a.lay.Shape {
		n *= d
	}
	switch {
	case n == 0 || n*size > quickMost:
		return nil, 0
	case out == nil:
		return dense(l.Out, a.lay.Shape, n, freshFill(l.Entry, l.Late)), n
	case out.dtype != l.Out || out.flags&Writeable == 0 || !out.plain() || !sameShape(a, out) ||
		!apart(out, a, n) || b != nil && !apart(out, b, n) || !out.buf.Pin():
		return nil, 0
	}
	return out, n
}

// freshFill says how a loop fills a fresh result; late if it works long between two stores.
func freshFill(e *kernel.Entry, late bool) buffer.Fill {
	switch {
	case late:
		return buffer.Late
	case e.Streams:
		return buffer.Streamed
	}
	return buffer.Soon
}

// staysCold tells whether a loop brings a fresh result that is cold past the caches.
func staysCold(l *ufunc.Loop, r, out *Array) bool {
	return out == nil && l.Entry.Streams && r.buf.Cold()
}

// apart tells whether the n items of out and a lie in different bytes, or are the
// same items one by one.
func apart(out, a *Array, n int) bool {
	p, q, size := out.addr(), a.addr(), a.dtype.ItemSize()
	if p == q {
		return out.dtype.ItemSize() == size
	}
	return p+uintptr(n*out.dtype.ItemSize()) <= q || q+uintptr(n*size) <= p
}

// quick1 is the short way of a call with one operand; nil if there is none.
func quick1(op kernel.Op, a *Array, opts []Option) *Array {
	out, ok := onlyOut(opts)
	if !ok || !a.plain() || !a.dtype.IsNative() {
		return nil
	}
	l := ufunc.LoopOf(op, a.dtype.Kind())
	if l == nil {
		return quickMixed(op, a, nil, out)
	}
	r, n := quickOut(l, a, nil, out, a.dtype.ItemSize())
	if r == nil {
		return nil
	}
	l.Entry.Unary(r.ptr(), a.ptr(), kernel.ColdCount(staysCold(l, r, out), n))
	if out != nil {
		out.buf.UnsafeUnpin()
	}
	a.doneOp(op)
	return r
}

// quick2 is the short way of a call with two operands.
func quick2(op kernel.Op, a, b *Array, opts []Option) *Array {
	out, ok := onlyOut(opts)
	if !ok || !a.plain() || !b.plain() || !a.dtype.IsNative() || !b.dtype.IsNative() || !sameShape(a, b) {
		return nil
	}
	var l *ufunc.Loop
	if a.dtype == b.dtype {
		l = ufunc.LoopOf(op, a.dtype.Kind())
	}
	if l == nil {
		return quickMixed(op, a, b, out)
	}
	r, n := quickOut(l, a, b, out, a.dtype.ItemSize())
	if r == nil {
		return nil
	}
	check := l.Entry.Check
	ok = check == nil || check(a.ptr(), b.ptr(), n) == nil
	if ok {
		l.Entry.Binary(r.ptr(), a.ptr(), b.ptr(), kernel.ColdCount(staysCold(l, r, out), n))
	}
	if out != nil {
		out.buf.UnsafeUnpin()
	}
	if !ok {
		return nil
	}
	a.doneOp(op)
	b.doneOp(op)
	return r
}

// A header, its Buffer and a small block are one object for the allocator, so that a
// small result costs one allocation.
type (
	owner1 struct {
		header1
		buf buffer.Buffer
	}
	owner4 struct {
		header4
		buf buffer.Buffer
	}
	small1[B any] struct {
		owner1
		block B
	}
	small4[B any] struct {
		owner4
		block B
	}
)

// The lengths of blocks that lie beside their header, the last the longest that the
// allocator serves as fast as it does smaller ones.
type (
	words2  [2]uint64
	words8  [8]uint64
	words16 [16]uint64
)

const longestBeside = int(unsafe.Sizeof(words16{}))

// newOwner returns a zero header with room for ndim ≤ inlineDims axes over a fresh
// block of n bytes, nil if there is no memory.
func newOwner(ndim, n int, fill buffer.Fill) *Array {
	if n > longestBeside {
		return apartOwner(ndim, n, fill)
	}
	if ndim > 1 {
		if n <= len(words8{})*8 {
			return newSmall4[words8](ndim, n)
		}
		return newSmall4[words16](ndim, n)
	}
	switch {
	case n <= len(words2{})*8:
		return newSmall1[words2](ndim, n)
	case n <= len(words8{})*8:
		return newSmall1[words8](ndim, n)
	}
	return newSmall1[words16](ndim, n)
}

// newSmall1 is newOwner for up to one axis and a block that fits into B.
func newSmall1[B any](ndim, n int) *Array {
	o := new(small1[B])
	o.axes(ndim, o.dims[:])
	o.Array.buf = &o.buf
	o.buf.UnsafeInitAt(unsafe.Pointer(&o.block), n)
	return &o.Array
}

// newSmall4 is newOwner for more axes and a block that fits into B.
func newSmall4[B any](ndim, n int) *Array {
	o := new(small4[B])
	o.axes(ndim, o.dims[:])
	o.Array.buf = &o.buf
	o.buf.UnsafeInitAt(unsafe.Pointer(&o.block), n)
	return &o.Array
}

// apartOwner is newOwner for a block that is an object of its own.
func apartOwner(ndim, n int, fill buffer.Fill) *Array {
	if ndim > 1 {
		o := new(owner4)
		o.axes(ndim, o.dims[:])
		o.Array.buf = &o.buf
		if o.buf.Init(n, fill) != nil {
			return nil
		}
		return &o.Array
	}
	o := new(owner1)
	o.axes(ndim, o.dims[:])
	o.Array.buf = &o.buf
	if o.buf.Init(n, fill) != nil {
		return nil
	}
	return &o.Array
}

// dense makes an array of n > 0 items of a numeric dtype in C order.
// It returns nil where the long way is needed: many axes, or no memory.
//
// It is newArray for a layout that follows from the shape alone: the strides are
// those of a dense block of that length, so the invariants hold by construction.
func dense(dt dtype.DType, shape []int, n int, fill buffer.Fill) *Array {
	if len(shape) > inlineDims {
		return nil
	}
	size := dt.ItemSize()
	a := newOwner(len(shape), n*size, fill)
	if a == nil {
		return nil
	}
	a.dtype = dt
	a.flags = OwnData | Writeable | CContiguous | Aligned
	long := 0
	for k := len(shape) - 1; k >= 0; k-- {
		d := shape[k]
		a.lay.Shape[k], a.lay.Strides[k] = d, size
		size *= d
		if d > 1 {
			long++
		}
	}
	if long < 2 {
		a.flags |= FContiguous
	}
	return a
}

// denseF is dense in Fortran order.
func denseF(dt dtype.DType, shape []int, n int, fill buffer.Fill) *Array {
	a := dense(dt, shape, n, fill)
	if a == nil {
		return nil
	}
	size := dt.ItemSize()
	for k, d := range shape {
		a.lay.Strides[k] = size
		size *= d
	}
	if a.flags&FContiguous == 0 {
		a.flags ^= CContiguous | FContiguous
	}
	return a
}
