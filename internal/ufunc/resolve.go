package ufunc

import (
	"sync/atomic"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

// Resolve chooses the loop: weak operands take the dtype they meet (NEP 50), then
// the first entry to which every input casts safely is taken. It checks that
// inputs and given outputs may be cast under p.Casting, and that a weak integer
// fits the dtype it takes.
func (p *Plan) Resolve() error {
	var in [3]dtype.DType
	text := false
	for i := range p.NIn {
		in[i] = p.Ops[i].DType
		text = text || !in[i].IsNumeric()
	}
	if text {
		return p.resolveText()
	}
	p.adopt(&in)
	if err := p.refuseBool(&in); err != nil {
		return err
	}
	p.divideWhole(&in)
	truth := p.logicalMix(&in)
	e := p.firstSafe(&in)
	if p.DType.IsValid() && (e == nil || dtype.OfKind(e.Out[0]) != p.DType.Native()) {
		e = p.withOutput(&in, p.DType.Kind())
		if e == nil {
			return p.noSignature()
		}
	}
	if e == nil {
		return p.noLoop(&in)
	}
	p.setEntry(e)
	if p.Op == kernel.Power {
		p.shortPower()
	}
	if !truth {
		if err := p.checkInputs(); err != nil {
			return err
		}
	}
	for i := range p.NOut {
		if o := &p.Ops[p.NIn+i]; p.HasOut[i] && o.DType != p.LoopOut[i] && !dtype.CanCast(p.LoopOut[i], o.DType, p.Casting) {
			return p.cannotCastOutput(i)
		}
	}
	return nil
}

func (p *Plan) setEntry(e *kernel.Entry) {
	p.Entry = e
	for i := range p.NIn {
		p.LoopIn[i] = dtype.OfKind(e.In[i])
	}
	for i := range p.NOut {
		p.LoopOut[i] = dtype.OfKind(e.Out[i])
	}
}

// adopt gives the weak operands of in the dtypes they take in this company.
func (p *Plan) adopt(in *[3]dtype.DType) {
	var strong dtype.DType
	weak := false
	for i := range p.NIn {
		if p.Ops[i].Weak != dtype.NotWeak {
			weak = true
			continue
		}
		if !strong.IsValid() {
			strong = in[i].Native()
		} else if strong != in[i] {
			if d, err := dtype.Promote(strong, in[i]); err == nil {
				strong = d
			}
		}
	}
	if !weak || !strong.IsValid() {
		return // every operand has its own dtype, or its default one
	}
	for i := range p.NIn {
		o := &p.Ops[i]
		if o.Weak == dtype.NotWeak {
			continue
		}
		d := dtype.PromoteWeak(o.Weak, strong)
		switch {
		case o.Weak == dtype.WeakInt && d.IsInteger() && comparison(p.Op):
			// Compared exactly: a number outside the dtype keeps its own.
			if !weakFits(o, d.Kind()) {
				d = o.DType
			}
		case p.Op == kernel.Ldexp && o.Weak <= dtype.WeakInt:
			// Exponents are integers of their own; a whole mantissa takes the first loop.
			d = dtype.Int64
			if i == 0 && !(o.Weak == dtype.WeakInt && in[1].Kind() == dtype.KindBool) {
				d = dtype.Bool
			}
		}
		in[i] = d
	}
}

// weakFits reports whether the weak integer o is in the range of kind k.
func weakFits(o *operand.Operand, k dtype.Kind) bool {
	n := loop.ReadNumber(o.Ptr, o.DType)
	if o.DType.Kind() == dtype.KindUint64 && n.I < 0 { // above the largest int64
		return k == dtype.KindUint64
	}
	return loop.Fits(n.I, k)
}

// checkInputs refuses the numbers of the program that do not fit the loop, then
// the arrays that may not be cast to it.
func (p *Plan) checkInputs() error {
	for i := range p.NIn {
		if p.Ops[i].Weak > dtype.WeakBool {
			if err := p.checkWeak(i); err != nil {
				return err
			}
		}
	}
	for i := range p.NIn {
		o, d := &p.Ops[i], p.LoopIn[i]
		from := o.DType
		if o.Weak > dtype.WeakBool {
			if from = dtype.PromoteWeak(o.Weak, d); p.Casting <= dtype.Equiv && from == d {
				continue
			}
		}
		if from != d && !dtype.CanCast(from, d, p.Casting) {
			return p.cannotCastInput(i)
		}
	}
	return nil
}

func (p *Plan) checkWeak(i int) error {
	o := &p.Ops[i]
	d := p.LoopIn[i]
	switch {
	case p.Casting == dtype.Equiv && d != o.Weak.DType() && d == dtype.PromoteWeak(o.Weak, d) && !(comparison(p.Op) && d.IsInteger()):
		return p.fail(nderr.ErrType, "cannot cast Python %s to %s under the casting rule '%s'", [...]string{
			dtype.WeakInt: "int", dtype.WeakFloat: "float", dtype.WeakComplex: "complex"}[o.Weak], d.Name(), p.Casting)
	case o.Weak == dtype.WeakInt && d.IsInteger() && !weakFits(o, d.Kind()):
		return overflow(o, d)
	}
	return nil
}

// firstSafe returns the first entry to which all of in cast safely.
func (p *Plan) firstSafe(in *[3]dtype.DType) *kernel.Entry {
	k := in[0].Kind()
	for i := 1; i < p.NIn; i++ {
		if in[i].Kind() != k {
			return searchSafe(p.Table, in)
		}
	}
	known := &uniform[p.Op][k]
	if e := known.Load(); e != nil {
		return e
	}
	e := searchSafe(p.Table, in)
	known.Store(e)
	return e
}

// uniform remembers what searchSafe found for inputs of one kind.
var uniform [kernel.NumOps][dtype.NumKinds]atomic.Pointer[kernel.Entry]

func searchSafe(t *kernel.Table, in *[3]dtype.DType) *kernel.Entry {
next:
	for i := range t.Entries {
		e := &t.Entries[i]
		for k := range t.NIn {
			if in[k].Kind() != e.In[k] && !dtype.CanCast(in[k], dtype.OfKind(e.In[k]), dtype.Safe) {
				continue next
			}
		}
		return e
	}
	return nil
}

// withOutput returns the entry whose output is of kind k: the one with all inputs
// of that kind, else the first to whose inputs the operands may be cast.
func (p *Plan) withOutput(in *[3]dtype.DType, k dtype.Kind) *kernel.Entry {
	t := p.Table
next:
	for i := range t.Entries {
		e := &t.Entries[i]
		if e.Out[0] != k {
			continue
		}
		for j := range t.NIn {
			if e.In[j] != k {
				continue next
			}
		}
		return e
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		ok := e.Out[0] == k
		for j := 0; j < t.NIn && ok; j++ {
			ok = dtype.CanCast(in[j], dtype.OfKind(e.In[j]), p.Casting)
		}
		if ok {
			return e
		}
	}
	return nil
}

// logicalMix makes a logical operation on two different kinds one of bools, to
// which every number may be cast, and reports whether it did.
func (p *Plan) logicalMix(in *[3]dtype.DType) bool {
	if p.NIn != 2 || !p.logical() || p.DType.IsValid() && p.DType.Kind() != dtype.KindBool || in[0].Kind() == in[1].Kind() && p.Ops[0].Weak == dtype.NotWeak && p.Ops[1].Weak == dtype.NotWeak {
		return false
	}
	in[0], in[1] = dtype.Bool, dtype.Bool
	return true
}

// divideWhole makes the true division of whole numbers one of float64, whatever
// their width.
func (p *Plan) divideWhole(in *[3]dtype.DType) {
	if p.Op == kernel.Divide && in[0].Kind() <= dtype.KindUint64 && in[1].Kind() <= dtype.KindUint64 {
		in[0], in[1] = dtype.Float64, dtype.Float64
	}
}

func comparison(op kernel.Op) bool {
	switch op {
	case kernel.Equal, kernel.NotEqual, kernel.Less, kernel.LessEqual, kernel.Greater, kernel.GreaterEqual:
		return true
	}
	return false
}
