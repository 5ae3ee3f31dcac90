package calc

import (
	"math"
	"math/big"

	"github.com/stride-go/nd/internal/elementary"
)

// asNumber reports whether v is one of the language's numbers; a bool becomes
// an int.
func asNumber(v Value) (Value, bool) {
	switch v := v.(type) {
	case Int, *BigInt, Float, Complex:
		return v, true
	case Bool:
		return boolInt(v), true
	}
	return nil, false
}

// numberOp computes with two numbers of any kind; nil when the operator does
// not exist for them.
func (in *Interp) numberOp(op binOp, x, y Value) Value {
	_, xc := x.(Complex)
	_, yc := y.(Complex)
	if xc || yc {
		return in.complexOp(op, toComplex(x), toComplex(y))
	}
	xf, xIsF := x.(Float)
	yf, yIsF := y.(Float)
	if xIsF || yIsF {
		if !xIsF {
			xf = Float(intToFloat(x))
		}
		if !yIsF {
			yf = Float(intToFloat(y))
		}
		if op >= opMatMul && op != opDivMod {
			return nil
		}
		return in.floatOp(op, float64(xf), float64(yf))
	}
	a, aok := x.(Int)
	b, bok := y.(Int)
	if aok && bok {
		if op == opMatMul {
			return nil
		}
		return in.intOp(op, a, b)
	}
	if op == opMatMul {
		return nil
	}
	return in.bigOp(op, bigOf(x), bigOf(y))
}

func toComplex(v Value) complex128 {
	switch v := v.(type) {
	case Complex:
		return complex128(v)
	case Float:
		return complex(float64(v), 0)
	}
	return complex(intToFloat(v), 0)
}

// intToFloat rounds an integer to the nearest float.
func intToFloat(v Value) float64 {
	switch v := v.(type) {
	case Int:
		return float64(v)
	case *BigInt:
		f := bigToFloat(v.z)
		if math.IsInf(f, 0) {
			throw(excOverflowError, "int too large to convert to float")
		}
		return f
	}
	return 0
}

func bigToFloat(z *big.Int) float64 {
	f, _ := new(big.Float).SetInt(z).Float64()
	return f
}

// floatOp computes with floats as CPython does.
func (in *Interp) floatOp(op binOp, a, b float64) Value {
	switch op {
	case opAdd:
		return Float(a + b)
	case opSub:
		return Float(a - b)
	case opMul:
		return Float(a * b)
	case opDiv:
		if b == 0 {
			throw(excZeroDivisionError, "float division by zero")
		}
		return Float(a / b)
	case opFloorDiv:
		if b == 0 {
			throw(excZeroDivisionError, "float floor division by zero")
		}
		q, _ := floatDivMod(a, b)
		return Float(q)
	case opMod:
		if b == 0 {
			throw(excZeroDivisionError, "float modulo")
		}
		_, r := floatDivMod(a, b)
		return Float(r)
	case opDivMod:
		if b == 0 {
			throw(excZeroDivisionError, "float divmod()")
		}
		q, r := floatDivMod(a, b)
		return newTuple(Float(q), Float(r))
	case opPow:
		return in.floatPow(a, b)
	}
	throw(excTypeError, "unsupported operand type(s) for %s: 'float' and 'float'", op)
	return nil
}

// floatDivMod is CPython's floor division: the remainder has b's sign.
func floatDivMod(a, b float64) (q, r float64) {
	r = math.Mod(a, b)
	q = (a - r) / b
	if r != 0 {
		if (b < 0) != (r < 0) {
			r += b
			q--
		}
	} else {
		r = math.Copysign(0, b)
	}
	if q != 0 {
		f := math.Floor(q)
		if q-f > 0.5 {
			f++
		}
		q = f
	} else {
		q = math.Copysign(0, a/b)
	}
	return q, r
}

func (in *Interp) floatPow(a, b float64) Value {
	if a == 0 && b < 0 {
		throw(excZeroDivisionError, "0.0 cannot be raised to a negative power")
	}
	if a < 0 && !math.IsInf(a, 0) && !math.IsInf(b, 0) && b == b && b != math.Floor(b) {
		return in.complexOp(opPow, complex(a, 0), complex(b, 0))
	}
	r := elementary.Pow(a, b)
	if math.IsInf(r, 0) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
		throw(excOverflowError, "(34, 'Numerical result out of range')")
	}
	return Float(r)
}

// intOp computes with small integers and falls back to big ones on overflow.
func (in *Interp) intOp(op binOp, a, b Int) Value {
	switch op {
	case opAdd:
		if c := a + b; (c > a) == (b > 0) {
			return c
		}
	case opSub:
		if c := a - b; (c < a) == (b > 0) {
			return c
		}
	case opMul:
		if a == 0 || b == 0 {
			return Int(0)
		}
		if c := a * b; c/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64) {
			return c
		}
	case opDiv:
		if b == 0 {
			throw(excZeroDivisionError, "division by zero")
		}
		const exact = 1 << 53
		if -exact <= a && a <= exact && -exact <= b && b <= exact {
			return Float(float64(a) / float64(b))
		}
	case opFloorDiv, opMod, opDivMod:
		if b == 0 {
			if op == opMod {
				throw(excZeroDivisionError, "integer modulo by zero")
			}
			throw(excZeroDivisionError, "integer division or modulo by zero")
		}
		if b == -1 {
			if op == opMod {
				return Int(0)
			}
			break
		}
		q, r := a/b, a%b
		if r != 0 && (r < 0) != (b < 0) {
			q--
			r += b
		}
		switch op {
		case opFloorDiv:
			return q
		case opMod:
			return r
		}
		return newTuple(q, r)
	case opAnd:
		return a & b
	case opOr:
		return a | b
	case opXor:
		return a ^ b
	case opLsh:
		if b < 0 {
			throw(excValueError, "negative shift count")
		}
		if a == 0 {
			return Int(0)
		}
		if b < 63 {
			if c := a << b; c>>b == a {
				return c
			}
		}
	case opRsh:
		if b < 0 {
			throw(excValueError, "negative shift count")
		}
		return a >> min(b, 63)
	case opMatMul:
		throw(excTypeError, "unsupported operand type(s) for @: 'int' and 'int'")
	}
	return in.bigOp(op, big.NewInt(int64(a)), big.NewInt(int64(b)))
}

func intUnary(op unaryOp, v Int) Value {
	switch op {
	case opNeg:
		if v == math.MinInt64 {
			return newInt(new(big.Int).Neg(big.NewInt(int64(v))))
		}
		return -v
	case opInvert:
		return ^v
	}
	return v
}

// complexOp computes with complex numbers as CPython does.
func (in *Interp) complexOp(op binOp, a, b complex128) Value {
	switch op {
	case opAdd:
		return Complex(a + b)
	case opSub:
		return Complex(a - b)
	case opMul:
		return Complex(complex(real(a)*real(b)-imag(a)*imag(b), real(a)*imag(b)+imag(a)*real(b)))
	case opDiv:
		if b == 0 {
			throw(excZeroDivisionError, "complex division by zero")
		}
		return Complex(complexQuo(a, b))
	case opPow:
		return Complex(complexPow(a, b))
	}
	return nil
}

// complexQuo divides by Smith's method, as CPython does.
func complexQuo(a, b complex128) complex128 {
	br, bi := real(b), imag(b)
	if math.Abs(br) >= math.Abs(bi) {
		ratio := bi / br
		den := br + bi*ratio
		return complex((real(a)+imag(a)*ratio)/den, (imag(a)-real(a)*ratio)/den)
	}
	if math.Abs(bi) >= math.Abs(br) {
		ratio := br / bi
		den := br*ratio + bi
		return complex((real(a)*ratio+imag(a))/den, (imag(a)*ratio-real(a))/den)
	}
	return complex(quietNaN, quietNaN)
}

func complexPow(a, b complex128) complex128 {
	if imag(b) == 0 && real(b) == math.Floor(real(b)) && math.Abs(real(b)) <= 100 {
		n := int(real(b))
		mul := func(x, y complex128) complex128 {
			return complex(real(x)*real(y)-imag(x)*imag(y), real(x)*imag(y)+imag(x)*real(y))
		}
		pos := n
		if pos < 0 {
			pos = -pos
		}
		r, p := complex128(1), a
		for mask := 1; mask > 0 && pos >= mask; mask <<= 1 {
			if pos&mask != 0 {
				r = mul(r, p)
			}
			p = mul(p, p)
		}
		if n < 0 {
			if r == 0 {
				throw(excZeroDivisionError, "0.0 to a negative or complex power")
			}
			return complexQuo(1, r)
		}
		return r
	}
	if b == 0 {
		return 1
	}
	if a == 0 {
		if imag(b) != 0 || real(b) < 0 {
			throw(excZeroDivisionError, "0.0 to a negative or complex power")
		}
		return 0
	}
	vabs := elementary.Hypot(real(a), imag(a))
	length := elementary.Pow(vabs, real(b))
	at := elementary.Atan2(imag(a), real(a))
	phase := at * real(b)
	if imag(b) != 0 {
		length /= elementary.Exp(at * imag(b))
		phase += imag(b) * elementary.Log(vabs)
	}
	r := complex(length*elementary.Cos(phase), length*elementary.Sin(phase))
	if math.IsInf(real(r), 0) || math.IsInf(imag(r), 0) {
		throw(excOverflowError, "complex exponentiation")
	}
	return r
}
