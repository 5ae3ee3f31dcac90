package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

// boolItems makes a resolved logical operation work on bools throughout, as
// accumulate and reduceat need, whose items are also accumulators.
func (p *Plan) boolItems() {
	if p.logical() {
		p.LoopIn[0], p.LoopIn[1] = dtype.Bool, dtype.Bool
	}
}

// Accumulate writes the partial folds of Ops[0] along an axis into out, which
// has the operand's shape: out[i] = op(out[i-1], a[i]).
func (p *Plan) Accumulate(out operand.Operand, axis int) error {
	p.boolItems()
	a, d := p.Ops[0], p.LoopOut[0]
	if p.Entry.In[0] != p.Entry.In[1] {
		return p.fail(nderr.ErrType, "the resolved dtypes are not compatible with %s.accumulate. Resolved (%s, %s, %s)", p.Table.Name, d.Repr(), p.LoopIn[1].Repr(), d.Repr())
	}
	if a.Size() == 0 {
		return nil
	}
	acc := out
	if !usable(&out, d) || loop.Overlap(&out, &a) && !loop.SameItems(&out, &a) {
		acc = fresh(out.Shape, d)
	}
	if p.runWords(acc, a, axis) {
		return p.accumulated(out, acc)
	}
	if usable(&a, d) {
		p.scan(acc, a, axis)
		return p.accumulated(out, acc)
	}
	// The items are cast into the accumulators, which then are folded in place: in
	// pieces that stay in the cache where there is one long lane.
	n := a.Shape[axis]
	if len(a.Shape) > 1 || n <= castPiece {
		if err := loop.Assign(acc, a); err != nil {
			return err
		}
		p.scan(acc, acc, axis)
	} else {
		for lo := 0; lo < n; lo += castPiece {
			m := min(castPiece, n-lo)
			if err := loop.Assign(slice(acc, axis, lo, m), slice(a, axis, lo, m)); err != nil {
				return err
			}
			from := max(lo-1, 0) // the last fold of the piece before
			part := slice(acc, axis, from, lo+m-from)
			p.scan(part, part, axis)
		}
	}
	return p.accumulated(out, acc)
}

// runWords is the sum or the product of integers or bools in 64 bits side by side: they
// are converted as they are read, from a block in the cache where they do not lie side by
// side. It reports whether it is that.
func (p *Plan) runWords(acc, a operand.Operand, axis int) bool {
	k, d := a.DType.Kind(), p.LoopOut[0].Kind()
	run, start := kernel.RunningFoldOf(p.Op, k)
	if run == nil || d != dtype.KindInt64 && d != dtype.KindUint64 || acc.Strides[axis] != 8 {
		return false
	}
	n, step, size := a.Shape[axis], a.Strides[axis], a.DType.ItemSize()
	swapped := !a.DType.IsNative()
	piece := loop.BlockBytes / size
	w := p.lanes(acc, a, axis)
	for {
		o, x := unsafe.Add(acc.Ptr, w.Off[0]), unsafe.Add(a.Ptr, w.Off[1])
		fold := start
		if step == size && !swapped && uintptr(x)&uintptr(size-1) == 0 {
			run(o, x, n, fold, false)
		} else {
			for lo := 0; lo < n; lo += piece {
				m, from, b := min(piece, n-lo), unsafe.Add(x, lo*step), p.scr().Block(0)
				if step != size {
					kernel.Copy(b, size, from, step, size, m)
					from = b
				}
				if swapped {
					kernel.ByteSwap(b, from, size, m)
				} else if step == size {
					kernel.Copy(b, size, from, size, size, m)
				}
				fold = run(unsafe.Add(o, 8*lo), b, m, fold, false)
			}
		}
		if !w.Next(0) {
			return true
		}
	}
}

// castPiece is how many items are cast before they are folded.
const castPiece = 2048

// accumulated brings the accumulators to where the result belongs, if they are not.
func (p *Plan) accumulated(out, acc operand.Operand) error {
	if acc.Ptr == out.Ptr {
		return nil
	}
	return loop.Assign(out, acc)
}

// lanes walks the starts of the lanes along an axis.
func (p *Plan) lanes(acc, a operand.Operand, axis int) *loop.Nest {
	w := &p.scr().Nest
	w.Reset(a.Shape)
	w.Add(a.Shape, acc.Strides)
	w.Add(a.Shape, a.Strides)
	along := len(a.Shape) - 1 - axis
	w.Shape[along], w.Stride[0][along], w.Stride[1][along] = 1, 0, 0
	w.Sort()
	w.Flip()
	w.Coalesce()
	return w
}

// scan is an accumulate on native operands, lane by lane, or row by row where rows are
// long. The first items may be where they belong already.
func (p *Plan) scan(acc, a operand.Operand, axis int) {
	n := a.Shape[axis]
	da, sa := acc.Strides[axis], a.Strides[axis]
	size := p.LoopOut[0].ItemSize()
	w := p.lanes(acc, a, axis)
	f := p.Entry.Binary
	if w.Shape[0] >= 8 && w.Stride[0][0] == size && w.Stride[1][0] == size {
		for {
			o, x := unsafe.Add(acc.Ptr, w.Off[0]), unsafe.Add(a.Ptr, w.Off[1])
			if o != x {
				kernel.Copy(o, size, x, size, size, w.Shape[0])
			}
			for i := 1; i < n; i++ {
				f(unsafe.Add(o, i*da), unsafe.Add(o, (i-1)*da), unsafe.Add(x, i*sa), w.Shape[0])
			}
			if !w.Next(1) {
				return
			}
		}
	}
	for {
		o, x := unsafe.Add(acc.Ptr, w.Off[0]), unsafe.Add(a.Ptr, w.Off[1])
		if o != x {
			kernel.Copy(o, size, x, size, size, 1)
		}
		if run := p.Entry.Accumulate; run != nil {
			run(o, da, x, sa, n)
		} else {
			for i := 1; i < n; i++ {
				f(unsafe.Add(o, i*da), unsafe.Add(o, (i-1)*da), unsafe.Add(x, i*sa), 1)
			}
		}
		if !w.Next(0) {
			return
		}
	}
}

// ReduceAt folds stretches of Ops[0] along an axis: item k of out is the fold of
// places index[k] up to index[k+1] (the end, for the last), or the one item
// a[index[k]] where the next index is not greater. out has the operand's shape
// but for len(index) places along the axis; every index is inside.
func (p *Plan) ReduceAt(out operand.Operand, axis int, index []int) error {
	p.boolItems()
	a := p.Ops[0]
	n := a.Shape[axis]
	acc, d := out, p.LoopOut[0]
	if !usable(&out, d) || loop.Overlap(&out, &a) {
		acc = fresh(out.Shape, d)
	}
	if !usable(&a, p.LoopIn[1]) {
		c := fresh(a.Shape, p.LoopIn[1])
		if err := loop.Assign(c, a); err != nil {
			return err
		}
		a = c
	}
	step, stride, size := acc.Strides[axis], a.Strides[axis], d.ItemSize()
	w := p.lanes(acc, a, axis)
	e := p.folding()
	short := w.Size() == 1 && p.sameKinds() && e != nil && e.Reduce != nil // of one lane, whose number counts
	for k, i := range index {
		if w.Empty() {
			break
		}
		j := n
		if k+1 < len(index) {
			j = index[k+1]
		}
		if short && j-i <= pairLeaf {
			to, first := unsafe.Add(acc.Ptr, k*step), unsafe.Add(a.Ptr, i*stride)
			copy(unsafe.Slice((*byte)(to), size), unsafe.Slice((*byte)(first), size))
			if j > i+1 {
				e.Reduce(to, unsafe.Add(first, stride), stride, j-i-1)
			}
			continue
		}
		if !p.sameKinds() {
			if err := loop.Assign(slice(acc, axis, k, 1), slice(a, axis, i, 1)); err != nil {
				return err
			}
		}
		// The rest of each lane is one run, whatever lies densest in memory.
		for {
			to, first := unsafe.Add(acc.Ptr, w.Off[0]+k*step), unsafe.Add(a.Ptr, w.Off[1]+i*stride)
			if p.sameKinds() {
				kernel.Copy(to, w.Stride[0][0], first, w.Stride[1][0], size, w.Shape[0])
			}
			for l := 0; l < w.Shape[0] && j > i+1; l++ {
				p.foldRun(unsafe.Add(to, l*w.Stride[0][0]), unsafe.Add(first, l*w.Stride[1][0]+stride), stride, j-i-1)
			}
			if !w.Next(1) {
				break
			}
		}
	}
	if acc.Ptr == out.Ptr {
		return nil
	}
	return loop.Assign(out, acc)
}
