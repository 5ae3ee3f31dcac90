package ufunc

import (
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/parallel"
)

// A long call is cut into parts that all cores take. Every item is computed the
// same way whatever part it is in: parts begin at multiples of 64 items.

// dear tells whether an operation takes much longer than its memory.
func dear(op kernel.Op, k dtype.Kind) bool {
	switch op {
	case kernel.Arccos, kernel.Arccosh, kernel.Arcsin, kernel.Arcsinh, kernel.Arctan, kernel.Arctan2, kernel.Arctanh, kernel.Cbrt,
		kernel.Cos, kernel.Cosh, kernel.Exp, kernel.Exp2, kernel.Expm1, kernel.FloatPower, kernel.Hypot, kernel.Log, kernel.Log10,
		kernel.Log1p, kernel.Log2, kernel.Logaddexp, kernel.Logaddexp2, kernel.Power, kernel.Sin, kernel.Sinh, kernel.Tan, kernel.Tanh,
		kernel.Gcd, kernel.Lcm, kernel.Remainder, kernel.Fmod, kernel.Divmod, kernel.FloorDivide:
		return true
	}
	return k == dtype.KindFloat16
}

// pays returns the least number of items of a part of a call on n items, 0 if it
// should stay on one goroutine.
func (p *Plan) pays(n int) int {
	if p.Entry == &p.own || parallel.Threads() == 1 {
		return 0 // text, or nobody to help
	}
	size := p.LoopOut[0].ItemSize()
	for i := range p.NIn {
		size = max(size, p.LoopIn[i].ItemSize())
	}
	least := parallel.LeastBytes / size
	switch {
	case dear(p.Op, p.Entry.In[0]):
		least = parallel.LeastDear
	case n*p.LoopOut[0].ItemSize() >= 2*kernel.StreamBytes:
		least = kernel.StreamBytes / p.LoopOut[0].ItemSize()
	}
	if parallel.Split(n, least) <= 1 {
		return 0
	}
	return least
}

// spreadWhole is the one kernel call of operands that are direct, in parts.
func (p *Plan) spreadWhole(n, least int) error {
	var at [maxOps]unsafe.Pointer
	var size [maxOps]int
	for i := range p.NIn + p.NOut {
		at[i], size[i] = p.Ops[i].Ptr, p.loopDType(i).ItemSize()
	}
	if p.Entry.Check != nil {
		if err := p.Entry.Check(at[0], at[1], n); err != nil {
			return err
		}
	}
	ops := p.NIn + p.NOut
	parallel.For(n, least, func(lo, hi int) {
		part := at
		for i := range ops {
			part[i] = unsafe.Add(at[i], lo*size[i])
		}
		p.apply(&part, hi-lo)
	})
	return nil
}

// spreadAxis returns the axis along which a walk may be cut, -1 for none.
func (p *Plan) spreadAxis() (axis, least int) {
	if p.Entry == &p.own || p.Entry.Check != nil || p.NOut != 1 {
		return -1, 0
	}
	return loop.SpreadAxis(&p.Ops[p.NIn])
}

// spreadWalk is a walk in parts, each a plan of its own.
func (p *Plan) spreadWalk(axis, least int) error {
	var failed atomic.Pointer[error]
	back := axis - len(p.Shape) // counted from the last, which operands have in common
	parallel.For(p.Shape[axis], least, func(lo, hi int) {
		q := Borrow(p.Op)
		q.Entry, q.LoopIn, q.LoopOut, q.Masked, q.Cold, q.one = p.Entry, p.LoopIn, p.LoopOut, p.Masked, p.Cold, p.one
		for i := range p.NIn + p.NOut {
			q.Ops[i] = loop.Part(p.Ops[i], back, lo, hi)
		}
		if p.Masked {
			q.Where = loop.Part(p.Where, back, lo, hi)
		}
		q.Shape = append(q.dims[:0], p.Shape...)
		q.Shape[axis] = hi - lo
		if err := q.walk(); err != nil {
			failed.CompareAndSwap(nil, &err)
		}
		q.Return()
	})
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// foldAll is fold, in parts on all cores if that pays: cut along an axis that is
// not folded, so that each accumulator is one part's alone. The order in which an
// accumulator meets its items does not change.
func (p *Plan) foldAll(acc, a operand.Operand, folded []bool) error {
	axis := -1
	for i, d := range a.Shape {
		if !folded[i] && d > 1 && (axis < 0 || abs(a.Strides[i]) > abs(a.Strides[axis])) {
			axis = i
		}
	}
	size := a.DType.ItemSize()
	n := a.Size() * size
	if axis < 0 || n < 2*parallel.LeastFolded || p.Entry == &p.own || p.Masked || parallel.Threads() == 1 {
		return p.fold(acc, a)
	}
	least := max(2, parallel.LeastFolded*a.Shape[axis]/n)
	if parallel.Split(a.Shape[axis], least) <= 1 {
		return p.fold(acc, a)
	}
	return p.spreadFold(acc, a, axis, least)
}

func (p *Plan) spreadFold(acc, a operand.Operand, axis, least int) error {
	var failed atomic.Pointer[error]
	back := axis - len(a.Shape)
	cut := func(lo, hi int) {
		q := Borrow(p.Op)
		q.Entry, q.LoopIn, q.LoopOut, q.Initial = p.Entry, p.LoopIn, p.LoopOut, p.Initial
		if err := q.fold(loop.Part(acc, back, lo, hi), loop.Part(a, back, lo, hi)); err != nil {
			failed.CompareAndSwap(nil, &err)
		}
		q.Return()
	}
	parallel.For(a.Shape[axis], least, cut)
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func abs(x int) int { return max(x, -x) }
