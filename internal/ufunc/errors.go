package ufunc

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

func (p *Plan) fail(kind error, format string, args ...any) error {
	return nderr.New(p.Table.Name, kind, format, args...)
}

// refuseBool is the error of minus on bools, for which NumPy has other words.
func (p *Plan) refuseBool(in *[3]dtype.DType) error {
	asked := p.DType.IsValid() && p.DType.Kind() == dtype.KindBool && (p.Op == kernel.Subtract || p.Op == kernel.Negative)
	for i := range p.NIn {
		if in[i].Kind() != dtype.KindBool && !asked {
			return nil
		}
	}
	if p.DType.IsValid() && !asked {
		return nil
	}
	switch p.Op {
	case kernel.Sign, kernel.Positive, kernel.Gcd, kernel.Lcm:
		if p.NIn == 2 {
			p.Ops[1].DType = in[1]
		}
		return p.noLoop(in)
	case kernel.Subtract:
		return p.fail(nderr.ErrType, "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.")
	case kernel.Negative:
		return p.fail(nderr.ErrType, "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.")
	}
	return nil
}

// noLoop is the error when no entry takes the inputs: an UFuncTypeError for the
// operations whose loops NumPy promotes by one common dtype, else a TypeError.
func (p *Plan) noLoop(in *[3]dtype.DType) error {
	text := ""
	for i := range p.NIn {
		if !in[i].IsNumeric() {
			text = "dtype"
		}
	}
	switch p.Op {
	case kernel.Absolute, kernel.Negative, kernel.Positive, kernel.Sign:
		return p.fail(nderr.ErrCasting, "ufunc '%s' did not contain a loop with signature matching types %s -> None", p.Table.Name, className(&p.Ops[0]))
	case kernel.Fmax, kernel.Fmin, kernel.Gcd, kernel.Lcm, kernel.Maximum, kernel.Minimum, kernel.Multiply, kernel.Subtract, kernel.Add:
		if text == "" {
			return p.noLoopClasses()
		}
		return p.fail(nderr.ErrCasting, "ufunc '%s' did not contain a loop with signature matching types (%s, %s) -> None",
			p.Table.Name, p.Ops[0].DType.Repr(), p.Ops[1].DType.Repr())
	}
	if comparison(p.Op) {
		return p.noLoopClasses()
	}
	return p.fail(nderr.ErrType, "ufunc '%s' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''", p.Table.Name)
}

func (p *Plan) noLoopClasses() error {
	return p.fail(nderr.ErrCasting, "ufunc '%s' did not contain a loop with signature matching types (%s, %s) -> None",
		p.Table.Name, className(&p.Ops[0]), className(&p.Ops[1]))
}

func (p *Plan) noSignature() error {
	switch p.Op {
	case kernel.Absolute, kernel.Negative, kernel.Positive, kernel.Sign:
		if p.DType.IsValid() {
			return p.fail(nderr.ErrCasting, "ufunc '%s' did not contain a loop with signature matching types %s -> %s",
				p.Table.Name, className(&p.Ops[0]), className(&operand.Operand{DType: p.DType}))
		}
	}
	return p.fail(nderr.ErrType, "No loop matching the specified signature and casting was found for ufunc %s", p.Table.Name)
}

func (p *Plan) cannotCastInput(i int) error {
	which, from := "input", p.Ops[i].DType
	if p.NIn > 1 {
		which += " " + string(rune('0'+i))
		if w := p.Ops[i].Weak; w == dtype.WeakComplex && p.LoopIn[i].IsFloat() {
			from = dtype.PromoteWeak(w, p.LoopIn[i]) // what it becomes beside others
		}
	}
	return p.fail(nderr.ErrCasting, "Cannot cast ufunc '%s' %s from %s to %s with casting rule '%s'",
		p.Table.Name, which, from.Repr(), p.LoopIn[i].Repr(), p.Casting)
}

func (p *Plan) cannotCastOutput(i int) error {
	which := "output"
	if p.NOut > 1 { // NumPy counts the operands
		which += " " + string(rune('0'+p.NIn+i))
	}
	return p.fail(nderr.ErrCasting, "Cannot cast ufunc '%s' %s from %s to %s with casting rule '%s'",
		p.Table.Name, which, p.LoopOut[i].Repr(), p.Ops[p.NIn+i].DType.Repr(), p.Casting)
}

// overflow is the error of a weak integer that its dtype cannot hold.
func overflow(o *operand.Operand, d dtype.DType) error {
	return nderr.New("", nderr.ErrOverflow, "Python integer %s out of bounds for %s", loop.ReadNumber(o.Ptr, o.DType).Text(), d.Name())
}

// className prints the Python class of an operand's dtype.
func className(o *operand.Operand) string {
	switch o.Weak {
	case dtype.WeakInt:
		return "<class 'numpy.dtypes._PyLongDType'>"
	case dtype.WeakFloat:
		return "<class 'numpy.dtypes._PyFloatDType'>"
	case dtype.WeakComplex:
		return "<class 'numpy.dtypes._PyComplexDType'>"
	}
	name := o.DType.Kind().String()
	switch name[0] {
	case 'u':
		name = "UInt" + name[4:]
	default:
		name = string(name[0]-'a'+'A') + name[1:]
	}
	return "<class 'numpy.dtypes." + name + "DType'>"
}
