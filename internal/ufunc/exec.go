package ufunc

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// mode is how an operand reaches the kernel.
type mode uint8

const (
	direct   mode = iota // in place
	constant             // one item, filled into a block once
	blocked              // moved through a block
)

// blocks of an operand's own, then two for its mover.
func blockOf(i int) int { return i }

var minusInf = math.Inf(-1)

const moverBlock = maxOps + 1

// Run computes into the outputs, all of which have been given. The result is as
// if every input had been copied before the first item is written.
func (p *Plan) Run() error {
	for _, d := range p.Shape {
		if d == 0 {
			return nil
		}
	}
	if err := p.separate(); err != nil {
		return err
	}
	if n, ok := p.whole(); ok {
		return p.kernel([maxOps]unsafe.Pointer{p.Ops[0].Ptr, p.Ops[1].Ptr, p.Ops[2].Ptr, p.Ops[3].Ptr, p.Ops[4].Ptr}, n)
	}
	return p.runNest()
}

// separate copies the inputs that an output overlaps in another way than item
// for item.
func (p *Plan) separate() error {
	for i := range p.NOut {
		out := &p.Ops[p.NIn+i]
		for k := range p.NIn {
			if err := p.separateFrom(out, &p.Ops[k]); err != nil {
				return err
			}
		}
		if p.Masked {
			if err := p.separateFrom(out, &p.Where); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Plan) separateFrom(out, in *operand.Operand) error {
	if !loop.Overlap(out, in) || loop.SameItems(out, in) {
		return nil
	}
	c, err := loop.CopyToTemp(*in, p.scr())
	if err == nil {
		*in = c
	}
	return err
}

// whole reports whether all operands are direct and lie in C order over the same
// shape, so that one kernel call does all, and how many items there are.
func (p *Plan) whole() (int, bool) {
	if p.Masked {
		return 0, false
	}
	for i := range p.NIn + p.NOut {
		o := &p.Ops[i]
		if o.DType != p.loopDType(i) || !equal(o.Shape, p.Shape) ||
			uintptr(o.Ptr)&uintptr(o.DType.Alignment()-1) != 0 || !layout.IsC(o.Shape, o.Strides, o.DType.ItemSize()) {
			return 0, false
		}
	}
	n := 1
	for _, d := range p.Shape {
		n *= d
	}
	return n, true
}

func (p *Plan) loopDType(i int) dtype.DType {
	if i < p.NIn {
		return p.LoopIn[i]
	}
	return p.LoopOut[i-p.NIn]
}

// kernel calls the entry's loop on n items.
func (p *Plan) kernel(at [maxOps]unsafe.Pointer, n int) error {
	e := p.Entry
	if e.Check != nil {
		if err := e.Check(at[0], at[1], n); err != nil {
			return err
		}
	}
	switch {
	case e.Binary != nil:
		e.Binary(at[2], at[0], at[1], n)
	case e.Unary != nil:
		e.Unary(at[1], at[0], n)
	case e.Ternary != nil:
		e.Ternary(at[3], at[0], at[1], at[2], n)
	case e.Unary2 != nil:
		e.Unary2(at[1], at[2], at[0], n)
	case e.Binary2 != nil:
		e.Binary2(at[2], at[3], at[0], at[1], n)
	}
	return nil
}

// runNest walks the operands, block by block.
func (p *Plan) runNest() error {
	s := p.scr()
	n := &s.Nest
	n.Reset(p.Shape)
	// Outputs lead, so that they are written in the order of memory.
	ops := p.NIn + p.NOut
	var num [maxOps + 1]int
	for i := p.NIn; i < ops; i++ {
		num[i] = n.Add(p.Ops[i].Shape, p.Ops[i].Strides)
	}
	for i := range p.NIn {
		num[i] = n.Add(p.Ops[i].Shape, p.Ops[i].Strides)
	}
	if p.Masked {
		num[ops] = n.Add(p.Where.Shape, p.Where.Strides)
	}
	n.Sort()
	n.Flip()
	n.Coalesce()

	var modes [maxOps]mode
	inner, most, allDirect := n.Shape[0], loop.BlockBytes, true
	for i := range ops {
		o, d := &p.Ops[i], p.loopDType(i)
		most = min(most, loop.BlockBytes/d.ItemSize())
		modes[i] = p.modeOf(n, num[i], o, d, i < p.NIn)
		if modes[i] != direct {
			m, err := p.moverOf(i)
			if err != nil {
				return err
			}
			p.movers[i] = m
			allDirect = allDirect && modes[i] == constant
		}
	}
	var mask loop.Mover
	if p.Masked {
		var err error
		if mask, err = loop.NewMover(dtype.Bool, p.Where.DType); err != nil {
			return err
		}
	}

	// Short inner axes are taken several rows at a time.
	rows := 1
	if n.N > 1 && inner*2 <= most && (!allDirect || inner < 32) {
		rows = min(n.Shape[1], most/inner)
		for i := range ops {
			if modes[i] == direct && rows > 1 {
				m, err := p.moverOf(i)
				if err != nil {
					return err
				}
				modes[i], p.movers[i] = blocked, m
			}
		}
	}
	for i := range p.NIn {
		if modes[i] == constant {
			b, d := s.Block(blockOf(i)), p.LoopIn[i]
			if err := p.movers[i].Move(b, d.ItemSize(), p.Ops[i].Ptr, 0, min(most, n.Shape[0]*rows), s, moverBlock); err != nil {
				return err
			}
		}
	}

	var at [maxOps]unsafe.Pointer
	step := func(row, rows, col, cols int) error {
		for i := range p.NIn {
			switch modes[i] {
			case direct:
				at[i] = unsafe.Add(p.Ops[i].Ptr, n.Off[num[i]]+col*n.Stride[num[i]][0])
			case constant:
				at[i] = s.Block(blockOf(i))
			case blocked:
				at[i] = s.Block(blockOf(i))
				k, size := num[i], p.LoopIn[i].ItemSize()
				for r := range rows {
					src := unsafe.Add(p.Ops[i].Ptr, n.Off[k]+col*n.Stride[k][0]+(row+r)*n.Stride[k][1])
					if err := p.movers[i].Move(unsafe.Add(at[i], r*cols*size), size, src, n.Stride[k][0], cols, s, moverBlock); err != nil {
						return err
					}
				}
			}
		}
		for i := p.NIn; i < ops; i++ {
			if modes[i] == direct {
				at[i] = unsafe.Add(p.Ops[i].Ptr, n.Off[num[i]]+col*n.Stride[num[i]][0])
			} else {
				at[i] = s.Block(blockOf(i))
			}
		}
		if p.Masked {
			return p.masked(n, num, &modes, &mask, at, row, rows, col, cols)
		}
		if err := p.kernel(at, rows*cols); err != nil {
			return err
		}
		for i := p.NIn; i < ops; i++ {
			if modes[i] == direct {
				continue
			}
			k, size := num[i], p.LoopOut[i-p.NIn].ItemSize()
			for r := range rows {
				dst := unsafe.Add(p.Ops[i].Ptr, n.Off[k]+col*n.Stride[k][0]+(row+r)*n.Stride[k][1])
				if err := p.movers[i].Move(dst, n.Stride[k][0], unsafe.Add(at[i], r*cols*size), size, cols, s, moverBlock); err != nil {
					return err
				}
			}
		}
		return nil
	}

	if rows > 1 {
		for {
			for r := 0; r < n.Shape[1]; r += rows {
				if err := step(r, min(rows, n.Shape[1]-r), 0, inner); err != nil {
					return err
				}
			}
			if !n.Next(2) {
				return nil
			}
		}
	}
	if allDirect && !p.Masked && !p.anyConstant(&modes) {
		most = inner
	}
	for {
		for c := 0; c < inner; c += most {
			if err := step(0, 1, c, min(most, inner-c)); err != nil {
				return err
			}
		}
		if !n.Next(1) {
			return nil
		}
	}
}

func (p *Plan) anyConstant(modes *[maxOps]mode) bool {
	for i := range p.NIn {
		if modes[i] == constant {
			return true
		}
	}
	return false
}

// moverOf returns the mover between operand i and its block.
func (p *Plan) moverOf(i int) (loop.Mover, error) {
	if i < p.NIn {
		return loop.NewMover(p.LoopIn[i], p.Ops[i].DType)
	}
	return loop.NewMover(p.Ops[i].DType, p.LoopOut[i-p.NIn])
}

// modeOf decides how operand o, number k of the nest, reaches a loop on items d.
func (p *Plan) modeOf(n *loop.Nest, k int, o *operand.Operand, d dtype.DType, input bool) mode {
	st := &n.Stride[k]
	still := true
	bits := uintptr(o.Ptr) + uintptr(n.Off[k])
	for i := range n.N {
		still = still && st[i] == 0
		bits |= uintptr(st[i])
	}
	if input && still && product(p.Shape) > 1 {
		return constant
	}
	if o.DType == d && bits&uintptr(d.Alignment()-1) == 0 && (st[0] == d.ItemSize() || n.Shape[0] == 1) {
		return direct
	}
	return blocked
}

func product(s []int) int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

// masked calls the kernel on each run of true mask items of the block, and
// writes those runs alone.
func (p *Plan) masked(n *loop.Nest, num [maxOps + 1]int, modes *[maxOps]mode, mask *loop.Mover, at [maxOps]unsafe.Pointer, row, rows, col, cols int) error {
	s := p.scratch
	ops := p.NIn + p.NOut
	m, k := s.Block(maxOps), num[ops]
	for r := range rows {
		src := unsafe.Add(p.Where.Ptr, n.Off[k]+col*n.Stride[k][0]+(row+r)*n.Stride[k][1])
		if err := mask.Move(unsafe.Add(m, r*cols), 1, src, n.Stride[k][0], cols, s, moverBlock); err != nil {
			return err
		}
	}
	for r := range rows {
		on := unsafe.Slice((*byte)(unsafe.Add(m, r*cols)), cols)
		for i := 0; i < cols; {
			if on[i] == 0 {
				i++
				continue
			}
			j := i + 1
			for j < cols && on[j] != 0 {
				j++
			}
			run := at
			for q := range ops {
				run[q] = unsafe.Add(at[q], (r*cols+i)*p.loopDType(q).ItemSize())
			}
			if err := p.kernel(run, j-i); err != nil {
				return err
			}
			for q := p.NIn; q < ops; q++ {
				if modes[q] == direct {
					continue
				}
				o, size := num[q], p.LoopOut[q-p.NIn].ItemSize()
				dst := unsafe.Add(p.Ops[q].Ptr, n.Off[o]+(col+i)*n.Stride[o][0]+(row+r)*n.Stride[o][1])
				if err := p.movers[q].Move(dst, n.Stride[o][0], run[q], size, j-i, s, moverBlock); err != nil {
					return err
				}
			}
			i = j
		}
	}
	return nil
}
