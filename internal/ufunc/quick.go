package ufunc

import (
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Loop is what Resolve would choose for strong operands of one native kind, where
// that is a loop of that very kind with one result.
type Loop struct {
	Entry *kernel.Entry
	Out   dtype.DType
	Late  bool // there is much work between two stores
	One   bool // of the second operand the loop reads one item for all
}

// known holds what LoopOf found; noLoop where there is nothing to find.
var known [kernel.NumOps][dtype.KindBytes]atomic.Pointer[Loop]

var noLoop Loop

// LoopWith is LoopOf for an operation on items of kind k and one number, at b.
func LoopWith(op kernel.Op, k dtype.Kind, b unsafe.Pointer) (l Loop, ok bool) {
	p := LoopOf(op, k)
	if p == nil {
		return l, false
	}
	l = *p
	if l.Entry.Number != nil {
		if e := l.Entry.Number(b); e != nil {
			return Loop{Entry: e, Out: l.Out, One: true}, true
		}
	}
	return l, l.Entry.Check == nil
}

// LoopOf returns the loop of op for operands of kind k, nil if the way to it is
// longer.
func LoopOf(op kernel.Op, k dtype.Kind) *Loop {
	if k >= dtype.KindBytes {
		return nil
	}
	l := known[op][k].Load()
	if l == nil {
		l = findLoop(op, k)
		known[op][k].Store(l)
	}
	if l == &noLoop {
		return nil
	}
	return l
}

func findLoop(op kernel.Op, k dtype.Kind) *Loop {
	d := dtype.OfKind(k)
	p := Borrow(op)
	defer p.Return()
	for i := range p.NIn {
		p.Ops[i].DType = d
	}
	if p.NOut != 1 || p.Resolve() != nil || p.Entry == &p.own {
		return &noLoop
	}
	for i := range p.NIn {
		if p.LoopIn[i] != d {
			return &noLoop
		}
	}
	return &Loop{Entry: p.Entry, Out: p.LoopOut[0], Late: p.late()}
}

// late tells whether there is much work between two stores of the loop.
func (p *Plan) late() bool {
	return dear(p.Op, p.Entry.In[0]) || p.Op == kernel.Sqrt || p.Op == kernel.Divide
}
