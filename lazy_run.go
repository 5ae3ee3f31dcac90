package nd

import (
	"runtime"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way to compute an expression: few items, a result in C order, and operands that
// lie so, are stretched to it, or are single items. The values are computed one after
// another, each whole, by the loops of single operations. A program (package fuse) would
// take longer to make than the items. What does not fit, and every mistake, is left to it.

const (
	shortSteps  = 24        // operations
	shortItems  = 16 << 10  // of a value,
	shortBytes  = 16 << 10  // of one, or
	shortRoomed = 112 << 10 // of all
)

// shortRun is one such computation.
type shortRun struct {
	items  int
	shape  []int
	order  Flags // CContiguous or FContiguous: how the items follow on one another
	known  int   // values of the nodes that have been computed
	nodes  [shortSteps]*Lazy
	at     [shortSteps]unsafe.Pointer
	arrays []*Array // that were read
	parts  []part   // that were computed into arrays
	memory []uint64 // where values lie,
	used   int      // so many bytes
}

var shortRuns = sync.Pool{New: func() any { return new(shortRun) }}

// leave gives the run back; it keeps no operand alive.
func (r *shortRun) leave() {
	clear(r.nodes[:r.known])
	clear(r.at[:r.known])
	clear(r.arrays)
	clear(r.parts)
	r.parts = r.parts[:0]
	r.shape, r.arrays, r.known, r.used = nil, r.arrays[:0], 0, 0
	shortRuns.Put(r)
}

// item returns the address of the item of a number, or of an array's first.
func (e *Lazy) item() unsafe.Pointer {
	if e.array == nil {
		return unsafe.Pointer(&e.bits)
	}
	return e.array.ptr()
}

// isShort reports whether so many items are few for e.
func (e *Lazy) isShort(items int) bool {
	size := items * int(e.wide)
	return items <= shortItems && (size <= shortBytes || size*int(e.steps) <= shortRoomed)
}

// quickEval is Eval of a short expression into out, or a fresh array if out is nil. It
// returns nil if the way is longer.
func (e *Lazy) quickEval(out *Array) *Array {
	if e.flags&lazyShort == 0 || e.form == lazyLeaf {
		return nil
	}
	n := e.Size()
	if !e.isShort(n) {
		return nil
	}
	a, order := out, e.order()
	switch {
	case out == nil && order == FContiguous:
		a = denseF(e.dtype, e.lay.Shape, n, buffer.Soon)
	case out == nil:
		a = dense(e.dtype, e.lay.Shape, n, buffer.Soon)
	case out.dtype != e.dtype || out.flags&(Writeable|Aligned|order) != Writeable|Aligned|order || !out.buf.Plain() || !equalShape(out.lay.Shape, e.lay.Shape) || !out.buf.Pin():
		return nil
	default:
		defer out.buf.UnsafeUnpin() // a part may panic
	}
	if a == nil {
		return nil
	}
	r := shortRuns.Get().(*shortRun)
	r.items, r.shape, r.order = n, e.lay.Shape, order
	to := a.ptr()
	p := r.value(e, to)
	if p != nil && p != to {
		size := e.dtype.ItemSize()
		kernel.Copy(to, size, p, size, size, n)
	}
	for _, x := range r.arrays {
		if !x.buf.StillOpen() {
			name := e.name()
			r.leave()
			x.use(name)
		}
	}
	r.leave()
	runtime.KeepAlive(e)
	if p == nil {
		return nil
	}
	return a
}

// order returns how the items of e, which is short, follow on one another.
func (e *Lazy) order() Flags {
	if e.flags&lazyTurned != 0 {
		return FContiguous
	}
	return CContiguous
}

// take returns room for n bytes.
func (r *shortRun) take(n int) unsafe.Pointer {
	n = (n + 63) &^ 63
	if r.used+n > len(r.memory)*8 {
		r.memory = make([]uint64, max(2*len(r.memory), n/8, 512)) // the values so far are held by those who use them
		r.used = 0
	}
	p := unsafe.Add(unsafe.Pointer(unsafe.SliceData(r.memory)), r.used)
	r.used += n
	return p
}

// value returns the address of the value of an operation, nil if the way is longer. It may
// lie at to, if that is not nil.
func (r *shortRun) value(e *Lazy, to unsafe.Pointer) unsafe.Pointer {
	for i := range r.known {
		if r.nodes[i] == e {
			return r.at[i]
		}
	}
	var p unsafe.Pointer
	switch e.form {
	case lazyCall:
		p = r.call(e, to)
	case lazyCast:
		p = r.cast(e, to)
	case lazyWhere:
		p = r.where(e, to)
	default:
		p = r.fold(e)
	}
	if r.known < shortSteps {
		r.nodes[r.known], r.at[r.known] = e, p
		r.known++
	}
	return p
}

// operand returns the address of an operand's items, or of its only one; nil if the way is
// longer.
func (r *shortRun) operand(x *Lazy) (p unsafe.Pointer, one bool) {
	switch x.form {
	case lazyLeaf:
		return r.leaf(x)
	case lazyFold, lazyMean:
		if x.flags&lazyShort == 0 {
			return r.axes(x)
		}
		return r.value(x, nil), true
	}
	return r.value(x, nil), len(x.lay.Shape) == 0
}

// axes is operand of a reduction along axes.
func (r *shortRun) axes(x *Lazy) (p unsafe.Pointer, one bool) {
	for _, y := range r.parts {
		if y.e == x {
			return r.laid(y.a)
		}
	}
	a := x.evalAxes(nil)
	if a == nil {
		return nil, false
	}
	r.parts = append(r.parts, part{x, a})
	return r.laid(a)
}

// leaf is operand of an array or a number.
func (r *shortRun) leaf(x *Lazy) (p unsafe.Pointer, one bool) {
	if x.array == nil {
		return unsafe.Pointer(&x.bits), true
	}
	return r.laid(x.array)
}

// laid returns the address of the items of a as the result has them, or of the only one.
func (r *shortRun) laid(a *Array) (p unsafe.Pointer, one bool) {
	if !a.buf.Plain() {
		return nil, false
	}
	r.arrays = append(r.arrays, a)
	if a.flags&(Aligned|r.order) == Aligned|r.order {
		if len(a.lay.Shape) == 0 {
			return a.ptr(), true
		}
		if equalShape(a.lay.Shape, r.shape) {
			return a.ptr(), false
		}
	}
	if r.order != CContiguous {
		return nil, false
	}
	s, ok := a.side()
	rows, cols := 1, r.items
	if len(r.shape) == 2 {
		rows, cols = r.shape[0], r.shape[1]
	}
	if !ok || len(r.shape) > 2 || !s.fits(rows, cols) {
		return nil, false
	}
	size := a.ItemSize()
	p = r.take(r.items * size)
	s.pack(p, s.p, size, rows, cols)
	return p, false
}

// as is operand of items of kind k, one for each item of the result unless one is set.
func (r *shortRun) as(x *Lazy, k dtype.Kind, mayOne bool) (p unsafe.Pointer, one bool) {
	p, one = r.operand(x)
	if p == nil {
		return nil, false
	}
	if from := x.dtype.Kind(); from != k {
		n := r.items
		if one {
			n = 1
		}
		q := r.take(n * dtype.OfKind(k).ItemSize())
		kernel.Cast(from, k)(q, p, n)
		p = q
	}
	if one && !mayOne && r.items > 1 {
		return r.fill(p, dtype.OfKind(k).ItemSize()), false
	}
	return p, one
}

// fill returns the item at p once for each item of the result.
func (r *shortRun) fill(p unsafe.Pointer, size int) unsafe.Pointer {
	q := r.take(r.items * size)
	kernel.Fill(q, p, size, r.items)
	return q
}

// target returns to if e may write its items there while it reads its operands, else room.
func (r *shortRun) target(e *Lazy, to unsafe.Pointer) unsafe.Pointer {
	size := e.dtype.ItemSize()
	if to == nil {
		return r.take(r.items * size)
	}
	for _, x := range e.inputs() {
		for x.form == lazyCast { // to the dtype that the items have: they lie where they lay
			x = x.args[0]
		}
		if x.form != lazyLeaf || x.array == nil {
			continue
		}
		p, item, n := uintptr(x.array.ptr()), x.array.ItemSize(), x.array.Size()
		lo := uintptr(to)
		if p == lo && item == size && n == r.items || lo+uintptr(r.items*size) <= p || p+uintptr(n*item) <= lo {
			continue
		}
		return r.take(r.items * size)
	}
	return to
}

func (r *shortRun) call(e *Lazy, to unsafe.Pointer) unsafe.Pointer {
	t := e.entry
	a, _ := r.as(e.args[0], t.In[0], false)
	if a == nil {
		return nil
	}
	var b, c unsafe.Pointer
	if x := e.args[1]; x != nil {
		var one bool
		if b, one = r.as(x, t.In[1], t.Binary != nil); b == nil {
			return nil
		}
		if one && r.items > 1 && e.flags&lazyOne == 0 {
			var n *kernel.Entry
			if t.Number != nil && e.op != kernel.Power && (x.isNumber() || t.In[1] <= dtype.KindUint64) {
				n = t.Number(b)
			}
			if n != nil {
				t = n
			} else {
				b = r.fill(b, dtype.OfKind(t.In[1]).ItemSize())
			}
		}
	}
	if x := e.args[2]; x != nil {
		if c, _ = r.as(x, t.In[2], false); c == nil {
			return nil
		}
	}
	if t.Check != nil && t.Check(a, b, r.items) != nil {
		return nil
	}
	to = r.target(e, to)
	switch {
	case t.Binary != nil:
		t.Binary(to, a, b, r.items)
	case t.Unary != nil:
		t.Unary(to, a, r.items)
	default:
		t.Ternary(to, a, b, c, r.items)
	}
	return to
}

func (r *shortRun) cast(e *Lazy, to unsafe.Pointer) unsafe.Pointer {
	x, k := e.args[0], e.dtype.Kind()
	if x.dtype.Kind() == k || len(x.lay.Shape) == 0 {
		p, _ := r.as(x, k, false)
		return p
	}
	p, _ := r.operand(x)
	if p == nil {
		return nil
	}
	to = r.target(e, to)
	kernel.Cast(x.dtype.Kind(), k)(to, p, r.items)
	return to
}

func (r *shortRun) where(e *Lazy, to unsafe.Pointer) unsafe.Pointer {
	k := e.dtype.Kind()
	cond, _ := r.as(e.args[0], dtype.KindBool, false)
	if cond == nil {
		return nil
	}
	a, _ := r.as(e.args[1], k, false)
	if a == nil {
		return nil
	}
	b, _ := r.as(e.args[2], k, false)
	if b == nil {
		return nil
	}
	to = r.target(e, to)
	kernel.Choose(to, cond, a, b, e.dtype.ItemSize(), r.items)
	return to
}

// fold computes a reduction of all items.
func (r *shortRun) fold(e *Lazy) unsafe.Pointer {
	x, items, shape, order := e.args[0], r.items, r.shape, r.order
	n := x.Size()
	if !e.isShort(n) {
		return nil
	}
	r.items, r.shape, r.order = n, x.lay.Shape, x.order()
	p, _ := r.operand(x)
	r.items, r.shape, r.order = items, shape, order
	if p == nil {
		return nil
	}
	to, k := r.take(16), x.dtype.Kind()
	switch {
	case e.form == lazyFold:
		ufunc.FoldOf(e.op, k).Do(to, p, n)
	case k == dtype.KindFloat32:
		ufunc.FoldOf(e.op, k).Do(to, p, n)
		*(*float32)(to) = float32(float64(*(*float32)(to)) / float64(n))
	case k == dtype.KindFloat64:
		ufunc.FoldOf(e.op, k).Do(to, p, n)
		*(*float64)(to) /= float64(n)
	default:
		*(*float64)(to) = ufunc.FloatSum(k, p, n) / float64(n)
	}
	return to
}
