package nd

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way to build an expression: where the operands are native numbers in C order,
// some with gaps or stretched, the loop is looked up (quick.go, quick_mixed.go) and the
// result is in C order. Whatever does not fit goes the long way, which also finds mistakes.

// frame returns the operand whose shape is that of the result, nil if the way is longer.
func (e *Lazy) frame() *Lazy {
	var w *Lazy
	for _, x := range e.inputs() {
		if x.flags&(lazyEager|lazyOrdered) != lazyOrdered || !x.dtype.IsNative() {
			return nil
		}
		if !x.isNumber() && (w == nil || len(x.lay.Shape) > len(w.lay.Shape) || len(x.lay.Shape) == len(w.lay.Shape) && x.Size() > w.Size()) {
			w = x
		}
	}
	if w == nil {
		return nil
	}
	for _, x := range e.inputs() {
		if x != w && !x.isNumber() && !loop.BroadcastsTo(x.lay.Shape, w.lay.Shape) {
			return nil
		}
	}
	return w
}

// likeCall is quickCall for operands of one dtype and shape, one of which may be a number.
func (e *Lazy) likeCall() bool {
	w, x := e.args[0], e.args[1]
	if w.isNumber() && x != nil {
		w, x = x, w
	}
	order := w.flags & (lazyC | lazyTurned)
	if both := order | lazyShort; order == 0 || w.flags&both != both || w.isNumber() || e.args[2] != nil {
		return false
	}
	k, steps := w.dtype.Kind(), w.steps+1
	if x != nil {
		if x.isNumber() {
			var ok bool
			if e.bits, ok = x.numberAs(k); !ok {
				return false
			}
		} else if x.flags&order == 0 || x.flags&lazyShort == 0 || x.dtype != w.dtype || x.lay != w.lay && !equalShape(x.lay.Shape, w.lay.Shape) {
			return false
		}
		steps += x.steps
		e.wide = x.wide
	}
	l := ufunc.LoopOf(e.op, k)
	if l == nil || l.Out.ItemSize() > w.dtype.ItemSize() || steps > shortSteps {
		return false
	}
	e.through(l.Entry)
	e.dtype, e.lay = l.Out, w.lay
	e.flags |= order | w.flags&lazyOrdered | lazyShort
	e.steps, e.wide = steps, max(e.wide, w.wide)
	return true
}

// quickCall is call without options; false if the way is longer.
func (e *Lazy) quickCall() bool {
	if e.likeCall() {
		return true
	}
	w := e.frame()
	if w == nil {
		return false
	}
	var out dtype.DType
	if l := e.sameLoop(w.dtype.Kind()); l != nil {
		e.through(l.Entry)
		out = l.Out
	} else if m := e.mixedLoop(); m != nil {
		e.entry, out = m.Entry, m.Out
	} else {
		return false
	}
	if out.ItemSize() > w.dtype.ItemSize() && !countable(w.lay.Shape) {
		return false
	}
	e.take(out, w)
	return true
}

// countable reports whether items of any size may have the shape.
func countable(shape []int) bool {
	_, err := layout.CheckedSize(shape, 16)
	return err == nil
}

// take gives e its dtype, and a layout in C order with the shape of w.
func (e *Lazy) take(dt dtype.DType, w *Lazy) {
	e.dtype, e.lay = dt, w.lay
	e.flags |= lazyC | lazyOrdered
	e.shorten()
}

// sameLoop returns the loop for operands that are all of kind k, or numbers that it holds, of
// which e has the last as bits; nil if there is none.
func (e *Lazy) sameLoop(k dtype.Kind) *ufunc.Loop {
	for _, x := range e.inputs() {
		if x.isNumber() {
			var ok bool
			if e.bits, ok = x.numberAs(k); !ok {
				return nil
			}
		} else if x.dtype.Kind() != k {
			return nil
		}
	}
	return ufunc.LoopOf(e.op, k)
}

// through makes t the loop of e, or of a power by a number, which bits are, the loop that t
// has for that very exponent. bits are that item then.
func (e *Lazy) through(t *kernel.Entry) {
	e.entry = t
	if e.op != kernel.Power || t.Number == nil || !e.args[1].isNumber() {
		return
	}
	setItem(unsafe.Pointer(&e.bits), e.bits, dtype.OfKind(t.In[1]).ItemSize())
	if n := t.Number(unsafe.Pointer(&e.bits)); n != nil {
		e.entry = n
		e.flags |= lazyOne
	}
}

// mixedLoop returns the loop for one or two operands that are cast, one of which may be a
// number beside integers.
func (e *Lazy) mixedLoop() *ufunc.Mixed {
	var of [2]dtype.Kind
	for i := range of {
		x, other := e.args[i], e.args[1-i]
		if x == nil {
			of[i] = of[0]
			continue
		}
		of[i] = x.dtype.Kind()
		if !x.isNumber() {
			continue
		}
		k := other.dtype.Kind()
		if k > dtype.KindUint64 || x.dtype != dtype.Int64 && x.dtype != dtype.Float64 {
			return nil
		}
		if x.dtype == dtype.Int64 && k != dtype.KindBool {
			of[i] = k
			if _, ok := x.numberAs(k); !ok {
				return nil
			}
		}
	}
	if m := ufunc.MixedOf(e.op, of[0], of[1]); m != nil && m.Fuses {
		return m
	}
	return nil
}

// numberAs is numberBits of a Go number.
func (e *Lazy) numberAs(k dtype.Kind) (bits itemWords, ok bool) {
	p := e.item()
	switch e.dtype {
	case dtype.Int64:
		return numberBits(int(*(*int64)(p)), k)
	case dtype.Float64:
		return numberBits(*(*float64)(p), k)
	case dtype.Bool:
		return numberBits(*(*bool)(p), k)
	case dtype.Complex128:
		return numberBits(*(*complex128)(p), k)
	}
	return bits, false
}

// quickWhere is where for operands of one dtype, and numbers that it holds; false if the
// way is longer.
func (e *Lazy) quickWhere() bool {
	w := e.frame()
	if w == nil {
		return false
	}
	a, b := e.args[1], e.args[2]
	if a.isNumber() {
		a, b = b, a
	}
	switch {
	case a.dtype == b.dtype && a.isNumber() == b.isNumber():
	case b.isNumber() && !a.isNumber():
		if _, ok := b.numberAs(a.dtype.Kind()); !ok {
			return false
		}
	default:
		return false
	}
	if a.dtype.ItemSize() > w.dtype.ItemSize() && !countable(w.lay.Shape) {
		return false
	}
	e.take(a.dtype, w)
	return true
}

// quickFold is a reduction of all items without options, nil if the way is longer.
func (e *Lazy) quickFold(op kernel.Op) *Lazy {
	if !e.foldable() {
		return nil
	}
	f := ufunc.FoldOf(op, e.dtype.Kind())
	if f == nil {
		return nil
	}
	return e.reduction(lazyFold, op, f.Out)
}

// foldable reports whether e's items are native and are folded in the order of memory.
func (e *Lazy) foldable() bool {
	return e.flags&(lazyC|lazyTurned) != 0 && e.flags&lazyEager == 0 && e.dtype.IsNative()
}

// quickMean is Mean without options, nil if the way is longer.
func (e *Lazy) quickMean() *Lazy {
	if !e.foldable() {
		return nil
	}
	switch k := e.dtype.Kind(); {
	case k == dtype.KindFloat64 || k == dtype.KindFloat32:
		return e.reduction(lazyMean, kernel.Add, e.dtype)
	case k <= dtype.KindUint64:
		return e.reduction(lazyMean, kernel.Add, dtype.Float64)
	}
	return nil
}

// lazyAxes is a reduction along axes, one object.
type lazyAxes struct {
	Lazy
	layout layout.Layout
	dims   [2 * inlineDims]int
	axes   [inlineDims]int
	more   lazyMore
}

// quickAxes is a reduction whose only options name axes or keep them, nil if the way is
// longer.
func (e *Lazy) quickAxes(form lazyForm, op kernel.Op, s *settings) *Lazy {
	shape := e.lay.Shape
	if e.flags&(lazyEager|lazyC) != lazyC || !e.dtype.IsNative() || s.given&^(optAxis|optKeepDims) != 0 || len(shape) > inlineDims || len(s.axes) > len(shape) {
		return nil
	}
	dt := dtype.Float64
	switch f := ufunc.FoldOf(op, e.dtype.Kind()); {
	case f == nil || form == lazyMean && e.dtype.Kind() == dtype.KindFloat16:
		return nil
	case form == lazyFold || !e.dtype.IsInteger() && e.dtype != dtype.Bool:
		dt = f.Out
	}
	var folded [inlineDims]bool
	for i := range shape {
		folded[i] = s.axes == nil
	}
	for _, k := range s.axes {
		if k < 0 {
			k += len(shape)
		}
		if k < 0 || k >= len(shape) || folded[k] {
			return nil
		}
		folded[k] = true
	}
	r := new(lazyAxes)
	r.form, r.op, r.args[0], r.dtype, r.lay = form, op, e, dt, &r.layout
	r.flags = lazyC | lazyOrdered
	to := r.dims[:0]
	for i, d := range shape {
		switch {
		case !folded[i]:
			to = append(to, d)
		case s.keepDims:
			to = append(to, 1)
		}
	}
	r.layout.Shape = to
	r.Lazy.more = &r.more
	r.more.fold = *s
	if s.axes != nil {
		r.more.fold.axes = append(r.axes[:0], s.axes...)
	}
	return &r.Lazy
}

// reduction returns the reduction of all items of e, which are native and in C order.
func (e *Lazy) reduction(form lazyForm, op kernel.Op, dt dtype.DType) *Lazy {
	return &Lazy{form: form, op: op, args: [3]*Lazy{e}, dtype: dt, lay: &noAxes, flags: lazyC | lazyOrdered | e.flags&lazyShort, steps: e.steps + 1, wide: e.wide}
}

// shorten marks e, which is in C order, if lazy_run.go can compute it.
func (e *Lazy) shorten() {
	steps, wide, rows := 1, uint8(e.dtype.ItemSize()), false
	for i, x := range e.inputs() {
		if x.flags&lazyShort == 0 && (x.form < lazyFold || x.args[0].flags&lazyShort == 0) {
			return
		}
		steps += int(x.steps)
		wide = max(wide, x.wide)
		if e.form == lazyCall {
			wide = max(wide, uint8(dtype.OfKind(e.entry.In[i]).ItemSize()))
		}
		switch {
		case x.isNumber() || len(x.lay.Shape) == 0:
		case x.form >= lazyFold:
			rows = true
		case x.form != lazyLeaf:
			if x.lay != e.lay && !equalShape(x.lay.Shape, e.lay.Shape) {
				return // a part with fewer items
			}
		case x.flags&lazyC == 0 || x.lay != e.lay && !equalShape(x.lay.Shape, e.lay.Shape):
			rows = true
		}
	}
	if steps > shortSteps || rows && len(e.lay.Shape) > 2 || !e.dtype.IsNative() {
		return
	}
	e.flags |= lazyShort
	e.steps, e.wide = uint8(steps), wide
}
