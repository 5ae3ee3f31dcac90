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
// loop's dtype. One kernel call does it all; quick_mixed.go has other dtypes. Whatever does not fit goes the long
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
func sameShape(a, b *Array) bool {
	s, t := a.lay.Shape, b.lay.Shape
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
	case len(opts) > 1 || opts[0].kind != optOut || opts[0].arr == nil:
		return nil, false
	}
	return opts[0].arr, true
}

// quickOut returns the output of a call on a and the number of items, nil if the
// call must go the long way.
func quickOut(l *ufunc.Loop, a, out *Array) (*Array, int) {
	n := 1
	for _, d := range a.lay.Shape {
		n *= d
	}
	if n == 0 || n*a.dtype.ItemSize() > quickMost {
		return nil, 0
	}
	if out == nil {
		fill := buffer.Soon
		switch {
		case l.Late:
			fill = buffer.Late
		case l.Entry.Streams:
			fill = buffer.Streamed
		}
		return dense(l.Out, a.lay.Shape, n, fill), n
	}
	if out.dtype != l.Out || out.flags&Writeable == 0 || !out.plain() || !sameShape(a, out) {
		return nil, 0
	}
	return out, n
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
	r, n := quickOut(l, a, out)
	if r == nil || out != nil && !apart(out, a, n) {
		return nil
	}
	if out != nil && !out.buf.Pin() {
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
	r, n := quickOut(l, a, out)
	if r == nil || out != nil && !(apart(out, a, n) && apart(out, b, n)) {
		return nil
	}
	if check := l.Entry.Check; check != nil && check(a.ptr(), b.ptr(), n) != nil {
		return nil
	}
	if out != nil && !out.buf.Pin() {
		return nil
	}
	l.Entry.Binary(r.ptr(), a.ptr(), b.ptr(), kernel.ColdCount(staysCold(l, r, out), n))
	if out != nil {
		out.buf.UnsafeUnpin()
	}
	a.doneOp(op)
	b.doneOp(op)
	return r
}

// smallBlock is the length up to which a fresh block lies beside its header,
// tinyBlock that of a single item.
const (
	smallBlock = 64
	tinyBlock  = 16
)

// A header, its Buffer and a small block are one object for the allocator, so
// that a small result costs one allocation.
type (
	owner1 struct {
		header1
		buf buffer.Buffer
	}
	owner4 struct {
		header4
		buf buffer.Buffer
	}
	tinyOwner struct {
		owner1
		block [tinyBlock / 8]uint64
	}
	smallOwner1 struct {
		owner1
		block [smallBlock / 8]uint64
	}
	smallOwner4 struct {
		owner4
		block [smallBlock / 8]uint64
	}
)

// newOwner returns a zero header with room for ndim ≤ inlineDims axes over a fresh
// block of n bytes, nil if there is no memory.
func newOwner(ndim, n int, fill buffer.Fill) *Array {
	switch {
	case ndim > 1 && n > smallBlock:
		o := new(owner4)
		o.axes(ndim, o.dims[:])
		o.Array.buf = &o.buf
		if o.buf.Init(n, fill) != nil {
			return nil
		}
		return &o.Array
	case ndim > 1:
		o := new(smallOwner4)
		o.axes(ndim, o.dims[:])
		o.Array.buf = &o.buf
		o.buf.UnsafeInitAt(unsafe.Pointer(&o.block), n)
		return &o.Array
	case n > smallBlock:
		o := new(owner1)
		o.axes(ndim, o.dims[:])
		o.Array.buf = &o.buf
		if o.buf.Init(n, fill) != nil {
			return nil
		}
		return &o.Array
	case n > tinyBlock:
		o := new(smallOwner1)
		o.axes(ndim, o.dims[:])
		o.Array.buf = &o.buf
		o.buf.UnsafeInitAt(unsafe.Pointer(&o.block), n)
		return &o.Array
	}
	o := new(tinyOwner)
	o.axes(ndim, o.dims[:])
	o.Array.buf = &o.buf
	o.buf.UnsafeInitAt(unsafe.Pointer(&o.block), n)
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
