package nd

import (
	"math"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// Where is np.where(cond, x, y): the items of x where the receiver is not zero,
// those of y elsewhere, all three broadcast together. The dtype is that to which
// x and y promote.
func (cond *Array) Where[X, Y Operand](x X, y Y) *Array {
	a, b := asArray(x), asArray(y)
	dt := commonOf("where", a, b)
	cond.use("where")
	out := quickWhereOut(dt, cond, a, b)
	if out == nil {
		out = whereOut(dt, cond, a, b)
	} else if quickWhere(out, cond, a, b) {
		return out
	}
	if !dt.IsNumeric() || !dt.IsNative() || !cond.dtype.IsNumeric() {
		copyInto("where", out, b)
		assignWhere("where", out, a, cond)
		return out
	}
	a.use("where")
	b.use("where")
	to, c, yes, no := out.operand(), cond.operand(), a.operand(), b.operand()
	if out.Size() > 0 {
		work("where", nil, func() error { return loop.Choose(to, c, yes, no) }, cond, a, b)
	}
	return out
}

// quickWhereOut returns the result of Where to be written where all operands but
// numbers are of one shape and in C order, else nil.
func quickWhereOut(dt dtype.DType, cond, a, b *Array) *Array {
	if !dt.IsNumeric() || !cond.flags.Has(CContiguous) {
		return nil
	}
	for _, o := range [...]*Array{a, b} {
		if o.NDim() > 0 && !(sameShape(o, cond) && o.flags.Has(CContiguous)) {
			return nil
		}
	}
	n := cond.Size()
	if n == 0 || n > math.MaxInt/dt.ItemSize() {
		return nil
	}
	return dense(dt, cond.lay.Shape, n, buffer.Soon)
}

// quickWhere is the rest of Where for a short result of quickWhereOut, operands of its
// dtype and numbers. It reports whether it did it.
func quickWhere(out, cond, a, b *Array) bool {
	if out.NBytes() > loop.BlockBytes || cond.dtype != dtype.Bool || !cond.plain() || !out.dtype.IsNative() {
		return false
	}
	var kinds [2]dtype.Kind
	var still [2]bool
	for i, o := range [...]*Array{a, b} {
		kinds[i], still[i] = o.dtype.Kind(), o.NDim() == 0
		fits := o.weak == dtype.NotWeak || out.dtype.IsFloat() && o.weak != dtype.WeakComplex || out.dtype.IsComplex() ||
			o.weak == dtype.WeakInt && o.dtype == dtype.Int64 && loop.Fits(*(*int64)(o.ptr()), out.dtype.Kind())
		if !o.buf.Plain() || !o.dtype.IsNative() || o.flags&Aligned == 0 || !fits || !still[i] && o.dtype != out.dtype {
			return false
		}
	}
	loop.ChooseShort(out.ptr(), cond.ptr(), out.dtype, out.Size(), a.ptr(), b.ptr(), kinds, still)
	cond.done("where")
	a.done("where")
	b.done("where")
	return true
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
// the other's.
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
		if d := dtype.PromoteWeak(a.weak, b.dtype); d.IsValid() {
			return d
		}
	}
	d, err := dtype.Promote(a.dtype, b.dtype)
	must(op, err)
	return d
}
