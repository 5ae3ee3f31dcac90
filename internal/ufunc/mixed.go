package ufunc

import (
	"sync/atomic"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Mixed is what Resolve would choose for strong operands of native kinds that may be cast
// to those of the loop.
type Mixed struct {
	Loop
	NIn, NOut int
	Cast      [3]kernel.Unary // of each operand to the loop's kind, nil for none
	Size      [3]int          // bytes of an item of the loop
	Outs      [2]dtype.DType
	Fuses     bool // an expression may take the loop as it is
}

var (
	mixtures  [kernel.NumOps][dtype.KindBytes][dtype.KindBytes]atomic.Pointer[Mixed]
	noMixture Mixed
)

// MixedOf returns the loop of op for operands of the kinds j and k; for one of kind j, or one
// of kind j and two of kind k, where op has so many. It is nil if the way is longer.
func MixedOf(op kernel.Op, j, k dtype.Kind) *Mixed {
	if j >= dtype.KindBytes || k >= dtype.KindBytes {
		return nil
	}
	m := mixtures[op][j][k].Load()
	if m == nil {
		m = findMixed(op, j, k)
		mixtures[op][j][k].Store(m)
	}
	if m == &noMixture {
		return nil
	}
	return m
}

func findMixed(op kernel.Op, j, k dtype.Kind) *Mixed {
	p := Borrow(op)
	defer p.Return()
	kinds := [...]dtype.Kind{j, k, k}
	for i, kind := range kinds {
		p.Ops[i].DType = dtype.OfKind(kind)
	}
	if p.Resolve() != nil || p.Entry == &p.own {
		return &noMixture
	}
	m := &Mixed{Loop: Loop{Entry: p.Entry, Out: p.LoopOut[0], Late: p.late()}, NIn: p.NIn, NOut: p.NOut, Outs: p.LoopOut}
	m.Fuses = p.NIn <= 2 && p.NOut == 1 && !p.logical() && op != kernel.Ldexp && p.Entry.Check == nil
	for i, d := range p.LoopIn[:p.NIn] {
		if d.Kind() >= dtype.KindBytes {
			return &noMixture
		}
		if m.Size[i] = d.ItemSize(); d.Kind() != kinds[i] {
			m.Cast[i] = kernel.Cast(kinds[i], d.Kind())
		}
	}
	return m
}
