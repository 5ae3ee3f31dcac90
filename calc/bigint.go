package calc

import (
	"math"
	"math/big"
	"strings"
)

// maxIntDigits is CPython's bound on conversions between int and text.
const maxIntDigits = 4300

// newInt gives an integer its one form.
func newInt(z *big.Int) Value {
	if z.IsInt64() {
		return Int(z.Int64())
	}
	return &BigInt{z}
}

// bigOf is the value of an Int or a BigInt; it must not be changed.
func bigOf(v Value) *big.Int {
	switch v := v.(type) {
	case Int:
		return big.NewInt(int64(v))
	case *BigInt:
		return v.z
	case Bool:
		return big.NewInt(int64(boolInt(v)))
	}
	return new(big.Int)
}

// chargeBits counts an integer of so many bits, and the work of making it.
func (in *Interp) chargeBits(bits float64) {
	if bits/8 > float64(in.limits.MaxBytes) || bits > 1<<36 {
		throw(excMemoryError, "")
	}
	in.charge(int(bits/8) + 24)
	in.stepN(int(bits / 1024))
}

// chargeLong counts the work of a division, a root or a common divisor of integers
// of so many bits, which takes the product of the two lengths.
func (in *Interp) chargeLong(a, b int) {
	in.stepN(int(min(float64(a)*float64(b)/1e5, 1e15)))
}

// bigOp computes with integers of any size.
func (in *Interp) bigOp(op binOp, a, b *big.Int) Value {
	z := new(big.Int)
	switch op {
	case opAdd:
		in.chargeBits(float64(max(a.BitLen(), b.BitLen())))
		return newInt(z.Add(a, b))
	case opSub:
		in.chargeBits(float64(max(a.BitLen(), b.BitLen())))
		return newInt(z.Sub(a, b))
	case opMul:
		la, lb := float64(a.BitLen()), float64(b.BitLen())
		in.chargeBits(la + lb)
		in.stepN(int(min(la*lb/1e5, 1e15)))
		return newInt(z.Mul(a, b))
	case opDiv:
		if b.Sign() == 0 {
			throw(excZeroDivisionError, "division by zero")
		}
		return Float(bigQuoFloat(a, b))
	case opFloorDiv, opMod, opDivMod:
		if b.Sign() == 0 {
			if op == opMod {
				throw(excZeroDivisionError, "integer modulo by zero")
			}
			throw(excZeroDivisionError, "integer division or modulo by zero")
		}
		in.chargeBits(float64(a.BitLen() + b.BitLen()))
		in.chargeLong(a.BitLen(), b.BitLen())
		r := new(big.Int)
		z.QuoRem(a, b, r)
		if r.Sign() != 0 && r.Sign() != b.Sign() {
			z.Sub(z, big.NewInt(1))
			r.Add(r, b)
		}
		switch op {
		case opFloorDiv:
			return newInt(z)
		case opMod:
			return newInt(r)
		}
		return newTuple(newInt(z), newInt(r))
	case opPow:
		return in.bigPow(a, b)
	case opAnd:
		return newInt(z.And(a, b))
	case opOr:
		return newInt(z.Or(a, b))
	case opXor:
		return newInt(z.Xor(a, b))
	case opLsh, opRsh:
		if b.Sign() < 0 {
			throw(excValueError, "negative shift count")
		}
		if op == opRsh {
			if !b.IsInt64() || b.Int64() > int64(a.BitLen()) {
				if a.Sign() < 0 {
					return Int(-1)
				}
				return Int(0)
			}
			return newInt(z.Rsh(a, uint(b.Int64())))
		}
		if a.Sign() == 0 {
			return Int(0)
		}
		n, _ := new(big.Float).SetInt(b).Float64()
		in.chargeBits(float64(a.BitLen()) + n)
		return newInt(z.Lsh(a, uint(b.Int64())))
	}
	throw(excTypeError, "unsupported operand type(s) for %s: 'int' and 'int'", op)
	return nil
}

func (in *Interp) bigPow(a, b *big.Int) Value {
	if b.Sign() < 0 {
		if a.Sign() == 0 {
			throw(excZeroDivisionError, "0.0 cannot be raised to a negative power")
		}
		return in.floatPow(intToFloat(newInt(a)), intToFloat(newInt(b)))
	}
	if a.IsInt64() && (a.Int64() == 0 || a.Int64() == 1 || a.Int64() == -1) {
		switch {
		case b.Sign() == 0:
			return Int(1)
		case a.Int64() == -1 && b.Bit(0) == 0:
			return Int(1)
		}
		return newInt(a)
	}
	n, _ := new(big.Float).SetInt(b).Float64()
	bits := float64(a.BitLen()) * n
	in.chargeBits(bits)
	in.stepN(int(min(bits*bits/1e5, 1e15)))
	return newInt(new(big.Int).Exp(a, b, nil))
}

// bigQuoFloat divides integers with one rounding.
func bigQuoFloat(a, b *big.Int) float64 {
	if a.BitLen()-b.BitLen() < -1100 {
		if (a.Sign() < 0) != (b.Sign() < 0) && a.Sign() != 0 {
			return math.Copysign(0, -1)
		}
		return 0
	}
	if a.BitLen()-b.BitLen() > 1025 {
		throw(excOverflowError, "integer division result too large for a float")
	}
	f, _ := new(big.Rat).SetFrac(a, b).Float64()
	if math.IsInf(f, 0) {
		throw(excOverflowError, "integer division result too large for a float")
	}
	return f
}

func bigUnary(op unaryOp, v *BigInt) Value {
	switch op {
	case opNeg:
		return newInt(new(big.Int).Neg(v.z))
	case opInvert:
		return newInt(new(big.Int).Not(v.z))
	}
	return v
}

// intText writes an integer in decimal, within CPython's bound.
func intText(z *big.Int) string {
	if z.BitLen() > maxIntDigits*33/10 {
		if s := z.BitLen(); float64(s) > float64(maxIntDigits)*3.3219280948873626+1 {
			throw(excValueError, "Exceeds the limit (%d digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit", maxIntDigits)
		}
		if text := z.String(); len(strings.TrimPrefix(text, "-")) > maxIntDigits {
			throw(excValueError, "Exceeds the limit (%d digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit", maxIntDigits)
		}
	}
	return z.String()
}

func (v *BigInt) repr(*Interp) string { return intText(v.z) }
