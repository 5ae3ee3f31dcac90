package nd

import (
	"sync/atomic"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

// Where is np.where(cond, x, y): the items of x where the receiver is not zero,
// those of y elsewhere, all three broadcast together. The dtype is that to which
// x and y promote; a Go integer beyond it wraps around, as in NumPy.
func (cond *Array) Where[X, Y Operand](x X, y Y) *Array {
	if r := quickWhere(cond, x, y); r != nil {
		return r
	}
	a, b := asArray(x), asArray(y)
	dt := commonOf("where", a, b)
	if !cond.dtype.IsNumeric() { // text and raw memory have a loop for their truth alone
		if !dtype.CanCast(cond.dtype, dtype.Bool, dtype.Unsafe) {
			fail("where", ErrType, "Iterator operand 1 dtype could not be cast from %s to dtype('bool') according to the rule 'unsafe'", cond.dtype.Repr())
		}
		cond = cond.AsType(dtype.Bool)
	}
	cond.use("where")
	out := whereOut(dt, cond, a, b)
	if !dt.IsNumeric() || !dt.IsNative() {
		copyInto("where", out, b)
		assignWhere("where", out, a, cond)
		return out
	}
	a.use("where")
	b.use("where")
	to, c, yes, no := out.operand(), cond.operand(), a.operand(), b.operand()
	if out.Size() > 0 {
		work("where", nil, func() error { return ufunc.Choose(to, c, yes, no) }, cond, a, b)
	}
	return out
}

// quickWhere is the short way of Where; nil if there is none.
func quickWhere[X, Y Operand](cond *Array, x X, y Y) *Array {
	a, _ := any(x).(*Array)
	b, _ := any(y).(*Array)
	if a == nil && b == nil {
		return nil
	}
	if r := plainWhere(cond, a, b); r != nil {
		return r
	}
	c, arrays := rowCalls.Get().(*rowCall), [3]*Array{cond, a, b}
	ok := c.sides[0].of(cond) && c.sides[0].kind == dtype.KindBool
	if a == nil { // the array comes before the number beside it
		ok = ok && bindSide(c, kernel.Maximum, 2, b, y, 0) && bindSide(c, kernel.Maximum, 1, a, x, 2)
	} else {
		ok = ok && bindSide(c, kernel.Maximum, 1, a, x, 0) && bindSide(c, kernel.Maximum, 2, b, y, 1)
	}
	ok = ok && c.sides[1].swap|c.sides[2].swap == 0
	var r *Array
	if ok {
		if r = c.call(choiceOf(c.sides[1].kind, c.sides[2].kind), &arrays, nil)[0]; r != nil {
			for _, z := range arrays {
				if z != nil {
					z.done("where")
				}
			}
		}
	}
	c.end()
	return r
}

// plainWhere is quickWhere for dense operands of one shape, x and y of one dtype.
func plainWhere(cond, x, y *Array) *Array {
	if !cond.plain() || !x.plain() || !y.plain() || cond.dtype != dtype.Bool || x.dtype != y.dtype || !x.dtype.IsNumeric() || !x.dtype.IsNative() ||
		!sameShape(cond, x) || !sameShape(cond, y) {
		return nil
	}
	n, size := x.Size(), x.ItemSize()
	if n == 0 || n*size > quickMost {
		return nil
	}
	r := dense(x.dtype, x.lay.Shape, n, buffer.Soon)
	if r == nil {
		return nil
	}
	kernel.Choose(r.ptr(), cond.ptr(), x.ptr(), y.ptr(), size, n)
	for _, z := range [...]*Array{cond, x, y} {
		z.done("where")
	}
	return r
}

// choices are the loops of Where by the kinds of what is chosen from.
var choices [dtype.KindBytes][dtype.KindBytes]atomic.Pointer[ufunc.Mixed]

// choiceOf returns the loop that chooses between items of the kinds j and k.
func choiceOf(j, k dtype.Kind) *ufunc.Mixed {
	if m := choices[j][k].Load(); m != nil {
		return m
	}
	d, err := dtype.Promote(dtype.OfKind(j), dtype.OfKind(k))
	if err != nil {
		return nil
	}
	size := d.ItemSize()
	m := &ufunc.Mixed{NIn: 3, NOut: 1, Size: [3]int{1, size, size}, Outs: [2]dtype.DType{d}}
	m.Entry = ufunc.ChoiceOf(d)
	for i, from := range [...]dtype.Kind{j, k} {
		if from != d.Kind() {
			m.Cast[1+i] = kernel.Cast(from, d.Kind())
		}
	}
	choices[j][k].Store(m)
	return m
}

// whereOut returns the result of Where to be written. It lies as the operands do.
func whereOut(dt dtype.DType, cond, a, b *Array) *Array {
	var room [2 * inlineDims]int
	shape, err := layout.AppendBroadcast(room[:0], cond.lay.Shape, a.lay.Shape, b.lay.Shape)
	must("where", err)
	if len(shape) == 1 && shape[0] > 0 && dt.IsNumeric() {
		return alloc("where", dt, shape, C, false)
	}
	var strides [3][]int
	for i, o := range []*Array{cond, a, b} {
		strides[i], err = layout.BroadcastStrides(o.lay.Shape, o.lay.Strides, shape)
		must("where", err)
	}
	n, err := layout.CheckedSize(shape, dt.ItemSize())
	must("where", err)
	return allocStrides("where", dt, shape, layout.PermStrides(shape, layout.Order(shape, strides[:]...), dt.ItemSize()), n, !dt.IsNumeric())
}

// AssignWhere writes src into a where mask is true: np.copyto(a, src, where=mask).
// src and mask are broadcast to a's shape. Option: Casting (default SameKind).
func (a *Array) AssignWhere[T Operand](src T, mask *Array, opts ...Option) {
	if len(opts) == 0 && quickAssignWhere(a, src, mask) {
		return
	}
	s := gather("copyto", optCasting, opts)
	v := asArray(src)
	from := v.dtype
	if v.weak != dtype.NotWeak {
		from = dtype.PromoteWeak(v.weak, a.dtype)
	}
	if !dtype.CanCast(from, a.dtype, s.casting) {
		fail("copyto", ErrType, "Cannot cast array data from %s to %s according to the rule '%s'", v.dtype.Repr(), a.dtype.Repr(), s.casting)
	}
	assignWhere("copyto", a, v, mask)
}

func assignWhere(op string, dst, src, mask *Array) {
	dst.mutate(op)
	src.use(op)
	mask.use(op)
	d, s, m := dst.operand(), src.operand(), mask.operand()
	work(op, dst, func() error { return loop.AssignWhere(d, s, m) }, src, mask)
}

// commonOf returns the dtype to which two operands promote, weak numbers taking
// the other's. It panics with ErrPromotion if there is none, as for a number
// other than a bool beside text.
func commonOf(op string, a, b *Array) dtype.DType {
	switch {
	case a.weak != dtype.NotWeak && b.weak != dtype.NotWeak:
		d, err := dtype.Promote(a.dtype, b.dtype)
		must(op, err)
		return d
	case b.weak != dtype.NotWeak:
		a, b = b, a
		fallthrough
	case a.weak != dtype.NotWeak:
		d, err := dtype.ResultType(a.weak, b.dtype)
		must(op, err)
		return d
	}
	d, err := dtype.Promote(a.dtype, b.dtype)
	must(op, err)
	return d
}
