package ufunc

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

var minusInf = math.Inf(-1)

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
		if least := p.pays(n); least > 0 {
			return p.spreadWhole(n, least)
		}
		return p.kernel([maxOps]unsafe.Pointer{p.Ops[0].Ptr, p.Ops[1].Ptr, p.Ops[2].Ptr, p.Ops[3].Ptr, p.Ops[4].Ptr}, n)
	}
	if p.wide() {
		p.Cold = false
		return p.runWide()
	}
	if axis, least := p.spreadAxis(); axis >= 0 {
		return p.spreadWalk(axis, least)
	}
	return p.walk()
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
	if n := len(in.Shape); p.copies < len(p.copied) && n <= len(p.copied[0]) && in.Size()*in.DType.ItemSize() <= loop.BlockBytes {
		s := p.scr()
		c, err := loop.CopyTo(*in, s.Block(copyBlock+p.copies), p.copied[p.copies][:n], s)
		p.copies++
		*in = c
		return err
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

// wide reports whether some item is larger than a block: a very long string.
func (p *Plan) wide() bool {
	for i := range p.NIn + p.NOut {
		if p.loopDType(i).ItemSize() > loop.BlockBytes {
			return true
		}
	}
	return false
}

// runWide casts the operands whole, because a block would not hold one item.
func (p *Plan) runWide() error {
	out := p.Ops[p.NIn]
	for i := range p.NIn + p.NOut {
		t := fresh(p.Shape, p.loopDType(i))
		if i < p.NIn {
			if err := loop.Assign(t, p.Ops[i]); err != nil {
				return err
			}
		}
		p.Ops[i] = t
	}
	n, _ := p.whole()
	at := [maxOps]unsafe.Pointer{p.Ops[0].Ptr, p.Ops[1].Ptr, p.Ops[2].Ptr, p.Ops[3].Ptr, p.Ops[4].Ptr}
	if p.Masked {
		n = product(p.Shape)
	}
	if err := p.kernel(at, n); err != nil {
		return err
	}
	if p.Masked {
		return loop.AssignWhere(out, p.Ops[p.NIn], p.Where)
	}
	return loop.Assign(out, p.Ops[p.NIn])
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
	p.apply(&at, n)
	return nil
}

// apply calls the loop on n items. Where it would wait for the lines of a cold
// output, the output bypasses the caches.
func (p *Plan) apply(at *[maxOps]unsafe.Pointer, n int) {
	if p.Cold && p.NOut == 1 && !dear(p.Op, p.Entry.In[0]) {
		p.applyCold(*at, n)
	} else {
		p.Entry.Apply(at, n)
	}
}

func (p *Plan) applyCold(at [maxOps]unsafe.Pointer, n int) {
	e, k := p.Entry, p.NIn
	if e.Streams {
		e.Apply(&at, kernel.ColdCount(true, n))
		return
	}
	var size [maxOps]int
	for i := range k + 1 {
		size[i] = p.loopDType(i).ItemSize()
	}
	kernel.InColdBlocks(at[k], size[k], n, func(to unsafe.Pointer, first, n int) {
		part := at
		for i := range k {
			part[i] = unsafe.Add(at[i], first*size[i])
		}
		part[k] = to
		e.Apply(&part, n)
	})
}

func product(s []int) int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}
