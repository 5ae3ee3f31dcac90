// Package ufunc chooses the loop of an elementwise operation for the dtypes at
// hand and runs it over operands of any layout: call, reduce, accumulate,
// reduceat, at.
//
// Terms. A plan is one call being prepared: the operation, its operands, the
// entry of the kernel table that was chosen. An operand is direct when its items
// can be handed to the kernel in place: of the loop's kind, native, aligned, one
// after another; constant when one item stands for all; otherwise it passes
// through blocks of scratch.
package ufunc

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

// maxOps is three inputs and two outputs.
const maxOps = 5

// Plan is one call. Borrow it, set the operands and options, Resolve, Broadcast,
// give it outputs, Run, Return. It is pooled so that a call allocates nothing
// but its result.
type Plan struct {
	Op        kernel.Op
	Table     *kernel.Table
	NIn, NOut int

	Ops     [maxOps]operand.Operand // inputs, then outputs
	HasOut  [2]bool
	Cold    bool // the one output is a fresh block, in no cache
	Where   operand.Operand
	Masked  bool
	Initial operand.Operand // of a reduction, 0-d; Ptr nil when not given
	Casting dtype.Casting
	DType   dtype.DType // the dtype= option; invalid when not given

	Entry   *kernel.Entry
	LoopIn  [3]dtype.DType
	LoopOut [2]dtype.DType
	own     kernel.Entry // the entry of text operands, made for the call
	one     bool         // of the second operand the entry reads one item for all

	Shape   []int // broadcast shape, after Broadcast
	dims    [loop.MaxDims]int
	ones    [loop.MaxDims]int // the shape of a reduction's accumulators
	steps   [loop.MaxDims]int // the strides of its output, as spread, or those of a fresh one
	scratch *loop.Scratch
	passes  [maxOps]pass
	number  [3][2]uint64 // room for the numbers of SetNumber
	copies  int          // short copies that lie in blocks of the scratch,
	copied  [4][4]int    // and their strides: inputs and mask
}

var plans = sync.Pool{New: func() any { return new(Plan) }}

// Borrow returns a plan for op with no operands set.
func Borrow(op kernel.Op) *Plan {
	p := plans.Get().(*Plan)
	t := kernel.Lookup(op)
	p.Op, p.Table, p.NIn, p.NOut = op, t, t.NIn, t.NOut
	p.HasOut = [2]bool{}
	p.Masked, p.Cold, p.one = false, false, false
	p.Casting = dtype.SameKind
	p.DType = dtype.DType{}
	return p
}

// Return gives the plan back and forgets its operands, so that it keeps no
// memory alive.
func (p *Plan) Return() {
	p.Ops = [maxOps]operand.Operand{}
	p.Where, p.Initial = operand.Operand{}, operand.Operand{}
	p.own = kernel.Entry{}
	p.Shape = nil
	p.copies = 0
	if p.scratch != nil {
		p.scratch.Return()
		p.scratch = nil
	}
	plans.Put(p)
}

// SetNumber makes input i the weak number whose first size bytes are at v.
func (p *Plan) SetNumber(i int, d dtype.DType, w dtype.Weak, v unsafe.Pointer) {
	q := unsafe.Pointer(&p.number[i])
	copy(unsafe.Slice((*byte)(q), 16), unsafe.Slice((*byte)(v), d.ItemSize()))
	p.Ops[i] = operand.Operand{Ptr: q, DType: d, Weak: w}
}

// SetOut gives output i.
func (p *Plan) SetOut(i int, o operand.Operand) {
	p.Ops[p.NIn+i] = o
	p.HasOut[i] = true
}

// Broadcast finds the common shape of the inputs, the mask and the given
// outputs. An output is never stretched.
func (p *Plan) Broadcast() error {
	nd := 0
	for i := range p.NIn {
		nd = max(nd, len(p.Ops[i].Shape))
	}
	if p.Masked {
		nd = max(nd, len(p.Where.Shape))
	}
	for i := range p.NOut {
		if p.HasOut[i] {
			nd = max(nd, len(p.Ops[p.NIn+i].Shape))
		}
	}
	shape := p.dims[:nd]
	for i := range shape {
		shape[i] = 1
	}
	ok := true
	for i := range p.NIn + p.NOut {
		if i < p.NIn || p.HasOut[i-p.NIn] {
			ok = ok && stretch(shape, p.Ops[i].Shape)
		}
	}
	if p.Masked {
		ok = ok && stretch(shape, p.Where.Shape)
	}
	if !ok {
		return p.cannotBroadcast()
	}
	p.Shape = shape
	for i := range p.NOut {
		if !p.HasOut[i] {
			continue
		}
		o := &p.Ops[p.NIn+i]
		if o.ReadOnly {
			return p.fail(nderr.ErrReadOnly, "output array is read-only")
		}
		if !equal(o.Shape, shape) {
			return p.fail(nderr.ErrShape, "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s",
				layout.ShapeString(o.Shape), layout.ShapeString(shape))
		}
	}
	return nil
}

func (p *Plan) cannotBroadcast() error {
	msg := "operands could not be broadcast together with shapes "
	for i := range p.NIn + p.NOut {
		if i < p.NIn || p.HasOut[i-p.NIn] {
			msg += layout.ShapeString(p.Ops[i].Shape) + " "
		}
	}
	if p.Masked {
		msg += layout.ShapeString(p.Where.Shape) + " "
	}
	return p.fail(nderr.ErrShape, "%s", msg)
}

// stretch broadcasts shape with s, in place.
func stretch(shape, s []int) bool {
	off := len(shape) - len(s)
	for i, d := range s {
		switch t := &shape[off+i]; {
		case *t == 1:
			*t = d
		case d != 1 && d != *t:
			return false
		}
	}
	return true
}

func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Strides returns the strides of a fresh output of the given item size in order 'C', 'F',
// or 'K', that in which the inputs lie. The plan lends them until it is asked again.
func (p *Plan) Strides(order byte, size int) []int {
	strides := p.Steps(len(p.Shape))
	if product(p.Shape) == 0 {
		clear(strides)
		return strides
	}
	switch order {
	case 'F':
		for i, d := range p.Shape {
			strides[i] = size
			size *= d
		}
		return strides
	case 'K':
		if p.inputsAreC() {
			break
		}
		n := &p.scr().Nest
		n.Reset(p.Shape)
		for i := range p.NIn {
			n.Add(p.Ops[i].Shape, p.Ops[i].Strides)
		}
		if p.Masked {
			n.Add(p.Where.Shape, p.Where.Strides)
		}
		n.Sort()
		for i := range n.N {
			strides[len(strides)-1-n.Perm[i]] = size
			size *= n.Shape[i]
		}
		return strides
	}
	for i := len(p.Shape) - 1; i >= 0; i-- {
		strides[i] = size
		size *= p.Shape[i]
	}
	return strides
}

func (p *Plan) inputsAreC() bool {
	for i := range p.NIn {
		o := &p.Ops[i]
		if len(o.Shape) > 1 && !ascending(o.Shape, o.Strides) {
			return false
		}
	}
	return true
}

// ascending reports whether strides do not grow towards the last axis, so that a
// walk in C order is a walk in K order.
func ascending(shape, strides []int) bool {
	last := -1
	for i := len(shape) - 1; i >= 0; i-- {
		s := strides[i]
		if shape[i] == 1 || s == 0 {
			continue
		}
		if s < 0 {
			s = -s
		}
		if s < last {
			return false
		}
		last = s
	}
	return true
}

// Steps returns room for the strides of n axes, which the plan lends until Return.
func (p *Plan) Steps(n int) []int { return p.steps[:n] }

func (p *Plan) scr() *loop.Scratch {
	if p.scratch == nil {
		p.scratch = loop.Borrow()
	}
	return p.scratch
}
