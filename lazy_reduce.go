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
// expression. One that leaves axes, or has an option Initial or Where, computes
// the items first, in one pass, and then folds that array.
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
	s := gather("mean", lazyFoldOptions&^optInitial, opts)
	t := s
	t.dtype = meanDType(e.dtype, s.dtype)
	m := e.folded(kernel.Add, &t)
	m.form, m.fold = lazyMean, s
	e.header().count(&s, s.keepDims) // which minds the axes of a scalar
	if !s.dtype.IsValid() && e.dtype.Kind() == dtype.KindFloat16 {
		m.dtype = dtype.Float16
		m.lay.Strides = layout.KStrides(m.lay.Shape, m.lay.Strides, 2)
	}
	return m
}

func (e *Lazy) reduced(op kernel.Op, name string, opts []Option) *Lazy {
	s := gather(name, lazyFoldOptions, opts)
	return e.folded(op, &s)
}

// folded builds a reduction and finds its mistakes.
func (e *Lazy) folded(op kernel.Op, s *settings) *Lazy {
	p := ufunc.Borrow(op)
	p.Ops[0] = e.operand()
	p.Ops[0].Weak = dtype.NotWeak
	name := p.Table.Name
	h := e.header()
	axes := h.folded(name, s.axes)
	must(name, p.ResolveReduce(s.dtype.Native(), dtype.DType{}))
	dt := p.LoopOut[0]
	if s.dtype.IsValid() {
		dt = s.dtype
	}
	p.Return()
	if e.Size() == 0 || s.initial != nil || s.where != nil {
		// What is wrong with no items, an initial value or a mask shows on an
		// array of the same shape that has no memory of its own.
		t := *s
		reduce(op, Zeros(e.dtype).BroadcastTo(e.lay.Shape...), &t)
	}
	shape, strides, _ := h.reducedLayout(name, dt, axes, s.keepDims, s.where)
	return &Lazy{form: lazyFold, op: op, name: name, args: []*Lazy{e}, fold: *s, dtype: dt, eager: e.eager,
		lay: layout.Layout{Shape: shape, Strides: strides}}
}

// evalFold computes a reduction into out, or a fresh array if out is nil.
func (v *evaluation) evalFold(e *Lazy, out *Array) *Array {
	s, x := e.fold, e.args[0]
	s.out = out
	fold := func(op kernel.Op, s *settings) *Array {
		if r := v.foldFused(op, x, s); r != nil {
			return r
		}
		return reduce(op, v.array(x), s)
	}
	if e.form == lazyMean {
		return x.header().meanBy(&s, func(t *settings) *Array { return fold(kernel.Add, t) })
	}
	return fold(e.op, &s)
}

// foldFused folds all items of x without an array of them. It returns nil if that
// cannot be done.
func (v *evaluation) foldFused(op kernel.Op, x *Lazy, s *settings) *Array {
	if x.apart(x.Size()) || x.Size() == 0 || s.where != nil || s.initial != nil || v.done[x] != nil {
		return nil
	}
	name, h := op.String(), x.header()
	axes := h.folded(name, s.axes)
	for i, f := range axes {
		if !f && x.lay.Shape[i] != 1 {
			return nil
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
			dt = s.dtype
		}
		shape, strides, n := h.reducedLayout(name, dt, axes, s.keepDims, nil)
		out = allocStrides(name, dt, shape, strides, n, false)
	} else {
		if !out.flags.Has(Writeable) {
			fail(name, ErrReadOnly, "output array is read-only")
		}
		checkReduced(name, out, h, axes, s.keepDims)
	}
	b := v.builder(x)
	var acc [2]uint64
	at := unsafe.Pointer(&acc) // invariant: no item is larger than 16 bytes
	must(name, b.prog.Fold(&f, b.as(x, x.dtype), x.lay.Shape, layout.Order(x.lay.Shape, x.lay.Strides), at))
	runtime.KeepAlive(b)
	o := out.operand()
	must(name, protect(out.mapped(), func() error { return loop.Assign(o, operand.Operand{Ptr: at, DType: d}) }))
	return out
}
