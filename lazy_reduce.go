package nd

import (
	"runtime"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/fuse"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/ufunc"
)

const lazyFoldOptions = optAxis | optKeepDims | optDType | optInitial | optWhere

// Sum is the sum of the items of e, as Array.Sum. Options of the reductions: Axis,
// KeepDims, DType, Initial, Where; Out is Eval's.
//
// A reduction of all items is computed block by block with the rest of the
// expression, and one that leaves the slowest axis in memory slab by slab along
// it. Others (over the slowest axis, with Initial or Where, into Out) compute the
// items first, in one pass, and then fold that array.
func (e *Lazy) Sum(opts ...Option) *Lazy { return e.reduced(kernel.Add, "sum", opts) }

// Prod is the product of the items, as Array.Prod. Floats are multiplied one after
// another, on one core.
func (e *Lazy) Prod(opts ...Option) *Lazy { return e.reduced(kernel.Multiply, "prod", opts) }

// Max is the greatest item, as Array.Max.
func (e *Lazy) Max(opts ...Option) *Lazy { return e.reduced(kernel.Maximum, "max", opts) }

// Min is the least item, as Array.Min.
func (e *Lazy) Min(opts ...Option) *Lazy { return e.reduced(kernel.Minimum, "min", opts) }

// AnyTrue tells whether some item is not zero, as Array.AnyTrue. It stops at the
// first block that decides.
func (e *Lazy) AnyTrue(opts ...Option) *Lazy { return e.reduced(kernel.LogicalOr, "any", opts) }

// AllTrue tells whether no item is zero, as Array.AllTrue.
func (e *Lazy) AllTrue(opts ...Option) *Lazy { return e.reduced(kernel.LogicalAnd, "all", opts) }

// Mean is the arithmetic mean of the items, as Array.Mean. Options: Axis,
// KeepDims, DType, Where.
func (e *Lazy) Mean(opts ...Option) *Lazy {
	if len(opts) == 0 {
		if m := e.quickMean(); m != nil {
			return m
		}
	}
	s := gather("mean", lazyFoldOptions&^optInitial, opts)
	if m := e.quickAxes(lazyMean, kernel.Add, &s); m != nil {
		return m
	}
	t := s
	t.dtype = meanDType(e.dtype, s.dtype)
	m := e.folded(kernel.Add, &t)
	m.form, m.more = lazyMean, &lazyMore{fold: s}
	e.header().counts(&s, s.keepDims) // which minds the axes of a scalar
	if !s.dtype.IsValid() && e.dtype.Kind() == dtype.KindFloat16 {
		m.lay = &layout.Layout{Shape: m.lay.Shape, Strides: layout.KStrides(m.lay.Shape, m.lay.Strides, m.dtype.ItemSize(), 2)}
		m.dtype = dtype.Float16
	}
	return m
}

func (e *Lazy) reduced(op kernel.Op, name string, opts []Option) *Lazy {
	if len(opts) == 0 {
		if r := e.quickFold(op); r != nil {
			return r
		}
	}
	s := gather(name, lazyFoldOptions, opts)
	if r := e.quickAxes(lazyFold, op, &s); r != nil {
		return r
	}
	return e.folded(op, &s)
}

// folded builds a reduction and finds its mistakes.
func (e *Lazy) folded(op kernel.Op, s *settings) *Lazy {
	p := ufunc.Borrow(op)
	p.Ops[0] = e.operand()
	p.Ops[0].Weak = dtype.NotWeak
	name := s.opOr(p.Table.Name)
	h := e.header()
	axes := h.folded(name, s.axes)
	must(name, p.ResolveReduce(s.dtype.Native(), dtype.DType{}))
	dt := p.LoopOut[0]
	if s.dtype.IsValid() {
		dt = s.dtype.Native()
	}
	p.Return()
	if e.Size() == 0 || s.initial != nil || s.where != nil {
		// What is wrong with no items, an initial value or a mask shows on an
		// array of the same shape that has no memory of its own.
		t := *s
		reduce(op, Zeros(e.dtype).BroadcastTo(e.lay.Shape...), &t)
	}
	shape, strides, _ := h.reducedLayout(name, dt, axes, s.keepDims, s.where)
	return &Lazy{form: lazyFold, op: op, args: [3]*Lazy{e}, more: &lazyMore{fold: *s}, dtype: dt, flags: e.flags & lazyEager,
		lay: &layout.Layout{Shape: shape, Strides: strides}}
}

// settings returns those of a reduction.
func (e *Lazy) settings() settings {
	if e.more == nil {
		return gather("", 0, nil)
	}
	return e.more.fold
}

// evalFold computes a reduction into out, or a fresh array if out is nil.
func (v *evaluation) evalFold(e *Lazy, out *Array) *Array {
	if r := e.evalAxes(out); r != nil {
		return r
	}
	s, x := e.settings(), e.args[0]
	s.out = out
	fold := func(op kernel.Op, s *settings) *Array {
		if r := v.foldFused(op, x, s); r != nil {
			return r
		}
		return reduce(op, v.array(x), s)
	}
	if e.form == lazyMean {
		h := x.header()
		t := h.meanSettings(&s)
		return h.meanOf(fold(kernel.Add, &t), &s)
	}
	return fold(e.op, &s)
}

// evalAxes is evalFold of an array, or of a few items, which are computed first; nil for
// others.
func (e *Lazy) evalAxes(out *Array) *Array {
	a := e.args[0].array
	if a == nil {
		a = e.args[0].quickEval(nil)
	}
	if a == nil {
		return nil
	}
	s := e.settings()
	if s.out = out; e.form == lazyMean {
		return a.mean(&s)
	}
	return reduce(e.op, a, &s)
}

// foldFused folds all items of x without an array of them. It returns nil if that
// cannot be done.
func (v *evaluation) foldFused(op kernel.Op, x *Lazy, s *settings) *Array {
	if x.apart(x.Size()) || x.Size() == 0 || s.where != nil || s.initial != nil || v.known(x) != nil {
		return nil
	}
	name, h := s.opOr(op.String()), x.header()
	axes := h.folded(name, s.axes)
	for i, f := range axes {
		if !f && x.lay.Shape[i] != 1 {
			return v.foldSlabs(op, x, s, axes)
		}
	}
	p := ufunc.Borrow(op)
	p.Ops[0] = x.operand()
	var given dtype.DType
	if s.out != nil {
		given = s.out.dtype
	}
	must(name, p.ResolveReduce(s.dtype.Native(), given))
	f := fuse.Fold{Op: op, Entry: p.Entry, Items: p.LoopIn[1].Kind(), Runs: x.dtype != p.LoopIn[1]}
	d := p.LoopOut[0]
	p.Return()
	if !f.Fused() {
		return nil
	}
	out := s.out
	if out == nil {
		dt := d
		if s.dtype.IsValid() {
			dt = s.dtype.Native()
		}
		shape, strides, n := h.reducedLayout(name, dt, axes, s.keepDims, nil)
		out = allocStrides(name, dt, shape, strides, n, false)
	} else {
		if !out.flags.Has(Writeable) {
			fail(name, ErrReadOnly, "output array is read-only")
		}
		checkReduced(name, op.String(), out, h, axes, s.keepDims)
	}
	b := v.builder(x)
	defer b.leave()
	var acc [2]uint64
	at := unsafe.Pointer(&acc) // invariant: no item is larger than 16 bytes
	must(name, b.prog.Fold(&f, b.as(x, x.dtype), x.lay.Shape, layout.Order(h.lay.Shape, h.lay.Strides), at))
	b.done(name)
	o := out.operand()
	work(name, out, func() error { return loop.Assign(o, operand.Operand{Ptr: at, DType: d}) })
	return out
}

// foldSlabs folds axes of x slab by slab along its slowest axis, if that axis is
// left. It returns nil if that cannot be done.
//
// A slab has the strides of the whole array and at least two places along the
// slowest axis, so the engine orders and joins the axes inside it as those of the
// whole: every sum is cut into the same runs.
func (v *evaluation) foldSlabs(op kernel.Op, x *Lazy, s *settings, axes []bool) *Array {
	lay := x.layout()
	shape, strides := lay.Shape, lay.Strides
	perm := layout.Order(shape, strides)
	for shape[perm[0]] == 1 {
		perm = append(perm[1:], perm[0])
	}
	slow := perm[0]
	row := x.Size() / shape[slow]
	if axes[slow] || s.out != nil || row > 1<<20 || x.Size() < 1<<15 || !x.dtype.IsNative() {
		return nil
	}
	name, h := s.opOr(op.String()), x.header()
	resolved := func(shape []int, items unsafe.Pointer) *ufunc.Plan {
		p := ufunc.Borrow(op)
		p.Ops[0] = operand.Operand{Ptr: items, DType: x.dtype, Shape: shape, Strides: strides}
		must(name, p.ResolveReduce(s.dtype.Native(), dtype.DType{}))
		return p
	}
	p := resolved(shape, nil)
	d := p.LoopOut[0]
	p.Return()
	if s.dtype.IsValid() && s.dtype.Native() != d {
		return nil
	}
	to, steps, n := h.reducedLayout(name, d, axes, s.keepDims, nil)
	out := allocStrides(name, d, to, steps, n, false)
	full := out.spread(make([]int, len(shape)), shape, axes)
	b := v.builder(x)
	defer b.leave()
	must(name, b.prog.Slabs(b.as(x, x.dtype), shape, perm, func(items unsafe.Pointer, first, count int) error {
		part := append([]int(nil), shape...)
		part[slow] = count
		p, o := resolved(part, items), full
		o.Ptr, o.Shape = unsafe.Add(o.Ptr, first*o.Strides[slow]), part
		err := p.Reduce(o, axes)
		p.Return()
		return err
	}))
	b.done(name)
	runtime.KeepAlive(out)
	return out
}
