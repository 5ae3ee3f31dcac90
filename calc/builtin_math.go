package calc

import (
	"fmt"
	"math"
	"math/big"
	"strconv"

	"github.com/stride-go/nd/internal/elementary"
)

// asFloat converts a real number of any kind.
func (in *Interp) asFloat(v Value) (float64, bool) {
	switch x := v.(type) {
	case Float:
		return float64(x), true
	case Int, *BigInt:
		return intToFloat(x), true
	case Bool:
		return float64(boolInt(x)), true
	case floater:
		return x.float(in)
	}
	if x, ok := v.(indexer); ok {
		if n, ok := x.index(in); ok {
			return intToFloat(n), true
		}
	}
	return 0, false
}

func (in *Interp) toFloat(v Value) float64 {
	f, ok := in.asFloat(v)
	if !ok {
		throw(excTypeError, "must be real number, not %s", v.Type().tpName())
	}
	return f
}

var _ = later(func() {
	define("abs", "x, /", func(in *Interp, a []Value) Value { return in.abs(a[0]) })
	define("divmod", "x, y, /", func(in *Interp, a []Value) Value { return in.binary(opDivMod, a[0], a[1]) })
	for name, base := range map[string]int{"hex": 16, "oct": 8, "bin": 2} {
		define(name, "number, /", func(in *Interp, a []Value) Value {
			x, ok := in.asIndex(a[0])
			if !ok {
				throw(excTypeError, "'%s' object cannot be interpreted as an integer", a[0].Type().tpName())
			}
			z := bigOf(x)
			sign := ""
			if z.Sign() < 0 {
				sign = "-"
			}
			in.charge(z.BitLen())
			return Str(sign + map[int]string{16: "0x", 8: "0o", 2: "0b"}[base] + new(big.Int).Abs(z).Text(base))
		})
	}
	define("pow", "base, exp, mod=None", func(in *Interp, a []Value) Value {
		if a[2] == Value(None) {
			return in.binary(opPow, a[0], a[1])
		}
		return in.powMod(a[0], a[1], a[2])
	})
	define("round", "number, ndigits=None", func(in *Interp, a []Value) Value { return in.round(a[0], a[1]) })
	define("sum", "iterable, /, start=0", func(in *Interp, a []Value) Value {
		total := a[1]
		switch total.(type) {
		case Str:
			throw(excTypeError, "sum() can't sum strings [use ''.join(seq) instead]")
		case Bytes:
			throw(excTypeError, "sum() can't sum bytes [use b''.join(seq) instead]")
		}
		for it := in.iterate(a[0]); ; {
			in.step()
			v, ok := it.Next(in)
			if !ok {
				return total
			}
			total = in.binary(opAdd, total, v)
		}
	})
	for name, op := range map[string]cmpOp{"min": cmpLT, "max": cmpGT} {
		define(name, "*args, key=None, default=?", func(in *Interp, a []Value) Value {
			args := a[0].(*Tuple).items
			var it Iterator
			switch len(args) {
			case 0:
				throw(excTypeError, "%s expected at least 1 argument, got 0", name)
			case 1:
				it = in.iterate(args[0])
			default:
				if a[2] != nil {
					throw(excTypeError, "Cannot specify a default for %s() with multiple positional arguments", name)
				}
				it = a[0].(*Tuple).iterate(in)
			}
			var best, bestKey Value
			for {
				in.step()
				v, ok := it.Next(in)
				if !ok {
					break
				}
				k := v
				if a[1] != Value(None) {
					k = in.call(a[1], []Value{v}, nil)
				}
				if best == nil || in.truth(in.compareOp(op, k, bestKey)) {
					best, bestKey = v, k
				}
			}
			if best == nil {
				if a[2] == nil {
					throw(excValueError, "%s() arg is an empty sequence", name)
				}
				return a[2]
			}
			return best
		})
	}
})

func (in *Interp) abs(v Value) Value {
	switch x := v.(type) {
	case Bool:
		return boolInt(x)
	case Int:
		if x < 0 {
			return intUnary(opNeg, x)
		}
		return x
	case *BigInt:
		return newInt(new(big.Int).Abs(x.z))
	case Float:
		return Float(math.Abs(float64(x)))
	case Complex:
		h := elementary.Hypot(real(x), imag(x))
		if math.IsInf(h, 0) && !math.IsInf(real(x), 0) && !math.IsInf(imag(x), 0) {
			throw(excOverflowError, "absolute value too large")
		}
		return Float(h)
	}
	if m, ok := in.tryAttr(v, "__abs__"); ok {
		return in.call(m, nil, nil)
	}
	throw(excTypeError, "bad operand type for abs(): '%s'", v.Type().tpName())
	return nil
}

func (in *Interp) powMod(base, exp, mod Value) Value {
	x, xok := in.asIndex(base)
	y, yok := in.asIndex(exp)
	m, mok := in.asIndex(mod)
	if !xok || !yok || !mok {
		throw(excTypeError, "pow() 3rd argument not allowed unless all arguments are integers")
	}
	z, n, k := bigOf(m), bigOf(y), bigOf(x)
	if z.Sign() == 0 {
		throw(excValueError, "pow() 3rd argument cannot be 0")
	}
	abs := new(big.Int).Abs(z)
	if n.Sign() < 0 {
		inv := new(big.Int).ModInverse(k, abs)
		if inv == nil {
			throw(excValueError, "base is not invertible for the given modulus")
		}
		k, n = inv, new(big.Int).Neg(n)
	}
	in.stepN(int(min(float64(n.BitLen())*float64(z.BitLen())*float64(z.BitLen())/1e5, 1e15)))
	r := new(big.Int).Exp(new(big.Int).Mod(k, abs), n, abs)
	if z.Sign() < 0 && r.Sign() != 0 {
		r.Add(r, z)
	}
	return newInt(r)
}

// round is the function round: to even, correctly for decimals.
func (in *Interp) round(v, digits Value) Value {
	switch x := v.(type) {
	case Bool:
		return in.round(boolInt(x), digits)
	case Int, *BigInt:
		if digits == Value(None) {
			return x
		}
		n := in.toIndex(digits)
		if n >= 0 {
			return x
		}
		if n < -100000 {
			return Int(0)
		}
		unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-n)), nil)
		q, r := new(big.Int).DivMod(bigOf(x), unit, new(big.Int))
		twice := new(big.Int).Lsh(r, 1)
		if c := twice.Cmp(unit); c > 0 || c == 0 && q.Bit(0) == 1 {
			q.Add(q, big.NewInt(1))
		}
		return newInt(q.Mul(q, unit))
	case Float:
		f := float64(x)
		if digits == Value(None) {
			return floatToInt(roundChecked(f))
		}
		n := in.toIndex(digits)
		if math.IsNaN(f) || math.IsInf(f, 0) || f == 0 || n > 323 {
			return x
		}
		if n < -308 {
			return Float(math.Copysign(0, f))
		}
		return Float(roundDecimal(f, n))
	}
	if m, ok := in.tryAttr(v, "__round__"); ok {
		if digits == Value(None) {
			return in.call(m, nil, nil)
		}
		return in.call(m, []Value{digits}, nil)
	}
	throw(excTypeError, "type %s doesn't define __round__ method", v.Type().tpName())
	return nil
}

func roundChecked(f float64) float64 {
	if math.IsNaN(f) {
		throw(excValueError, "cannot convert float NaN to integer")
	}
	if math.IsInf(f, 0) {
		throw(excOverflowError, "cannot convert float infinity to integer")
	}
	return math.RoundToEven(f)
}

// roundDecimal rounds the exact binary value to n decimals, halves to even.
func roundDecimal(f float64, n int) float64 {
	if n >= 0 {
		r, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'f', n, 64), 64)
		return r
	}
	z, _ := new(big.Float).SetFloat64(math.Abs(f)).Int(nil)
	frac := math.Abs(f) - math.Floor(math.Abs(f))
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-n)), nil)
	q, r := new(big.Int).DivMod(z, unit, new(big.Int))
	c := new(big.Int).Lsh(r, 1).Cmp(unit)
	if c > 0 || c == 0 && (frac > 0 || q.Bit(0) == 1) {
		q.Add(q, big.NewInt(1))
	}
	out := bigToFloat(q.Mul(q, unit))
	if math.IsInf(out, 0) {
		throw(excOverflowError, "rounded value too large to represent")
	}
	return math.Copysign(out, f)
}

// hash is a number that is equal for equal values; it is not CPython's for text.
func (in *Interp) hash(v Value) Value {
	const m = 1<<61 - 1
	if b, ok := v.(*BigInt); ok {
		h := new(big.Int).Rem(b.z, big.NewInt(m)).Int64()
		if h == -1 {
			h = -2
		}
		return Int(h)
	}
	switch k := in.hashKey(v).(type) {
	case Int:
		h := k % m
		if h == -1 {
			h = -2
		}
		return h
	case Value:
		return Int(in.id(k) >> 4)
	default:
		h := uint64(14695981039346656037)
		for _, c := range []byte(fmt.Sprintf("%T%v", k, k)) {
			h = (h ^ uint64(c)) * 1099511628211
		}
		return Int(h >> 3)
	}
}
