package calc

import (
	"math"
	"math/big"

	"github.com/stride-go/nd/internal/elementary"
)

// The module math.
var _ = later(func() {
	m := newModule("math")
	m.dict["pi"] = Float(math.Pi)
	m.dict["e"] = Float(math.E)
	m.dict["tau"] = Float(2 * math.Pi)
	m.dict["inf"] = Float(math.Inf(1))
	m.dict["nan"] = Float(quietNaN)

	// A function of a finite number that gives NaN has left its domain; one that
	// gives infinity has overflowed.
	unary := func(name string, f func(float64) float64, mayOverflow bool) {
		m.def(name, "x, /", func(in *Interp, a []Value) Value {
			x := in.toFloat(a[0])
			r := f(x)
			if math.IsNaN(r) && !math.IsNaN(x) {
				throw(excValueError, "math domain error")
			}
			if math.IsInf(r, 0) && !math.IsInf(x, 0) {
				if mayOverflow {
					throw(excOverflowError, "math range error")
				}
				throw(excValueError, "math domain error")
			}
			return Float(r)
		})
	}
	for name, f := range map[string]func(float64) float64{
		"sin": elementary.Sin, "cos": elementary.Cos, "tan": elementary.Tan, "asin": elementary.Asin, "acos": elementary.Acos,
		"atan": elementary.Atan, "tanh": elementary.Tanh, "asinh": elementary.Asinh, "acosh": elementary.Acosh,
		"atanh": elementary.Atanh, "sqrt": math.Sqrt, "log1p": elementary.Log1p, "cbrt": elementary.Cbrt,
		"fabs": math.Abs, "erf": math.Erf, "erfc": math.Erfc,
		"degrees": func(x float64) float64 { return x * (180 / math.Pi) },
		"radians": func(x float64) float64 { return x * (math.Pi / 180) },
	} {
		unary(name, f, false)
	}
	for name, f := range map[string]func(float64) float64{
		"exp": elementary.Exp, "exp2": elementary.Exp2, "expm1": elementary.Expm1, "sinh": elementary.Sinh, "cosh": elementary.Cosh,
	} {
		unary(name, f, true)
	}
	m.def("gamma", "x, /", func(in *Interp, a []Value) Value {
		x := in.toFloat(a[0])
		if math.IsInf(x, -1) || x <= 0 && x == math.Floor(x) {
			throw(excValueError, "math domain error")
		}
		r := math.Gamma(x)
		if math.IsInf(r, 0) && !math.IsInf(x, 0) {
			throw(excOverflowError, "math range error")
		}
		return Float(r)
	})
	m.def("lgamma", "x, /", func(in *Interp, a []Value) Value {
		x := in.toFloat(a[0])
		if x <= 0 && x == math.Floor(x) && !math.IsInf(x, 0) {
			throw(excValueError, "math domain error")
		}
		r, _ := math.Lgamma(x)
		return Float(r)
	})
	for name, f := range map[string]func(float64) float64{"floor": math.Floor, "ceil": math.Ceil, "trunc": math.Trunc} {
		m.def(name, "x, /", func(in *Interp, a []Value) Value {
			if x, ok := in.asIndex(a[0]); ok {
				return x
			}
			if f, ok := in.tryAttr(a[0], "__"+name+"__"); ok {
				return in.call(f, nil, nil)
			}
			x, ok := in.asFloat(a[0])
			if !ok {
				if name == "trunc" {
					throw(excTypeError, "type %s doesn't define __trunc__ method", a[0].Type().tpName())
				}
				throw(excTypeError, "must be real number, not %s", a[0].Type().tpName())
			}
			return floatToInt(f(x))
		})
	}
	m.def("log", "x, base=?, /", func(in *Interp, a []Value) Value {
		r := in.logOf(a[0], elementary.Log, math.Ln2)
		if a[1] == nil {
			return Float(r)
		}
		b := in.logOf(a[1], elementary.Log, math.Ln2)
		if b == 0 {
			throw(excZeroDivisionError, "float division by zero")
		}
		return Float(r / b)
	})
	m.def("log2", "x, /", func(in *Interp, a []Value) Value { return Float(in.logOf(a[0], elementary.Log2, 1)) })
	m.def("log10", "x, /", func(in *Interp, a []Value) Value { return Float(in.logOf(a[0], elementary.Log10, math.Log10(2))) })
	for name, f := range map[string]func(x, y float64) float64{
		"atan2": elementary.Atan2, "copysign": math.Copysign, "nextafter": math.Nextafter,
		"remainder": math.Remainder,
	} {
		m.def(name, "x, y, /", func(in *Interp, a []Value) Value {
			x, y := in.toFloat(a[0]), in.toFloat(a[1])
			r := f(x, y)
			if math.IsNaN(r) && !math.IsNaN(x) && !math.IsNaN(y) {
				throw(excValueError, "math domain error")
			}
			return Float(r)
		})
	}
	m.def("fmod", "x, y, /", func(in *Interp, a []Value) Value {
		x, y := in.toFloat(a[0]), in.toFloat(a[1])
		r := math.Mod(x, y)
		if math.IsNaN(r) && !math.IsNaN(x) && !math.IsNaN(y) {
			throw(excValueError, "math domain error")
		}
		return Float(r)
	})
	m.def("pow", "x, y, /", func(in *Interp, a []Value) Value {
		x, y := in.toFloat(a[0]), in.toFloat(a[1])
		r := elementary.Pow(x, y)
		switch {
		case math.IsNaN(r) && !math.IsNaN(x) && !math.IsNaN(y):
			throw(excValueError, "math domain error")
		case math.IsInf(r, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0):
			if x == 0 {
				throw(excValueError, "math domain error")
			}
			throw(excOverflowError, "math range error")
		}
		return Float(r)
	})
	m.def("hypot", "*coordinates", func(in *Interp, a []Value) Value {
		items := a[0].(*Tuple).items
		h := 0.0
		for i, v := range items {
			if i == 0 {
				h = math.Abs(in.toFloat(v))
			} else {
				h = elementary.Hypot(h, in.toFloat(v))
			}
		}
		return Float(h)
	})
	m.def("isnan", "x, /", func(in *Interp, a []Value) Value { return Bool(math.IsNaN(in.toFloat(a[0]))) })
	m.def("isinf", "x, /", func(in *Interp, a []Value) Value { return Bool(math.IsInf(in.toFloat(a[0]), 0)) })
	m.def("isfinite", "x, /", func(in *Interp, a []Value) Value {
		x := in.toFloat(a[0])
		return Bool(!math.IsNaN(x) && !math.IsInf(x, 0))
	})
	m.def("isclose", "a, b, *, rel_tol=1e-09, abs_tol=0.0", func(in *Interp, a []Value) Value {
		x, y, rel, abs := in.toFloat(a[0]), in.toFloat(a[1]), in.toFloat(a[2]), in.toFloat(a[3])
		if rel < 0 || abs < 0 {
			throw(excValueError, "tolerances must be non-negative")
		}
		if x == y {
			return Bool(true)
		}
		if math.IsInf(x, 0) || math.IsInf(y, 0) {
			return Bool(false)
		}
		d := math.Abs(x - y)
		return Bool(d <= math.Abs(rel*y) || d <= math.Abs(rel*x) || d <= abs)
	})
	m.def("modf", "x, /", func(in *Interp, a []Value) Value {
		x := in.toFloat(a[0])
		if math.IsInf(x, 0) {
			return newTuple(Float(math.Copysign(0, x)), Float(x))
		}
		i := math.Trunc(x)
		return newTuple(Float(math.Copysign(x-i, x)), Float(i))
	})
	m.def("frexp", "x, /", func(in *Interp, a []Value) Value {
		f, e := math.Frexp(in.toFloat(a[0]))
		return newTuple(Float(f), Int(e))
	})
	m.def("ldexp", "x, i, /", func(in *Interp, a []Value) Value {
		x, e := in.toFloat(a[0]), in.toIndex(a[1])
		r := math.Ldexp(x, max(min(e, 5000), -5000))
		if math.IsInf(r, 0) && !math.IsInf(x, 0) {
			throw(excOverflowError, "math range error")
		}
		return Float(r)
	})
	m.def("ulp", "x, /", func(in *Interp, a []Value) Value {
		x := math.Abs(in.toFloat(a[0]))
		if math.IsInf(x, 0) || math.IsNaN(x) {
			return Float(x)
		}
		if x == math.MaxFloat64 {
			return Float(x - math.Nextafter(x, 0))
		}
		return Float(math.Nextafter(x, math.Inf(1)) - x)
	})
	m.def("fsum", "seq, /", func(in *Interp, a []Value) Value { return Float(in.fsum(in.listOf(a[0]))) })
	m.def("prod", "iterable, /, *, start=1", func(in *Interp, a []Value) Value {
		p := a[1]
		for it := in.iterate(a[0]); ; {
			v, ok := it.Next(in)
			if !ok {
				return p
			}
			in.step()
			p = in.binary(opMul, p, v)
		}
	})
	m.def("dist", "p, q, /", func(in *Interp, a []Value) Value {
		p, q := in.listOf(a[0]), in.listOf(a[1])
		if len(p) != len(q) {
			throw(excValueError, "both points must have the same number of dimensions")
		}
		h := 0.0
		for i := range p {
			h = elementary.Hypot(h, in.toFloat(p[i])-in.toFloat(q[i]))
		}
		return Float(h)
	})
	wholeArg := func(in *Interp, v Value) *big.Int {
		x, ok := in.asIndex(v)
		if !ok {
			throw(excTypeError, "'%s' object cannot be interpreted as an integer", v.Type().tpName())
		}
		return bigOf(x)
	}
	m.def("gcd", "*integers", func(in *Interp, a []Value) Value {
		g := new(big.Int)
		for _, v := range a[0].(*Tuple).items {
			x := wholeArg(in, v)
			in.chargeLong(g.BitLen(), x.BitLen())
			g = new(big.Int).GCD(nil, nil, g, new(big.Int).Abs(x))
		}
		return newInt(g)
	})
	m.def("lcm", "*integers", func(in *Interp, a []Value) Value {
		l := big.NewInt(1)
		for _, v := range a[0].(*Tuple).items {
			x := new(big.Int).Abs(wholeArg(in, v))
			if x.Sign() == 0 {
				return Int(0)
			}
			in.chargeLong(l.BitLen(), x.BitLen())
			g := new(big.Int).GCD(nil, nil, l, x)
			in.chargeBits(float64(l.BitLen() + x.BitLen()))
			l = new(big.Int).Mul(l, new(big.Int).Quo(x, g))
		}
		return newInt(l)
	})
	m.def("factorial", "n, /", func(in *Interp, a []Value) Value {
		z := wholeArg(in, a[0])
		if z.Sign() < 0 {
			throw(excValueError, "factorial() not defined for negative values")
		}
		if !z.IsInt64() || z.Int64() > 1_000_000 {
			throw(excOverflowError, "factorial() argument should not exceed 1000000")
		}
		in.chargeBits(float64(z.Int64()) * float64(z.BitLen()))
		in.stepN(int(z.Int64()))
		return newInt(new(big.Int).MulRange(1, max(z.Int64(), 1)))
	})
	m.def("isqrt", "n, /", func(in *Interp, a []Value) Value {
		z := wholeArg(in, a[0])
		if z.Sign() < 0 {
			throw(excValueError, "isqrt() argument must be nonnegative")
		}
		in.chargeLong(z.BitLen(), z.BitLen())
		return newInt(new(big.Int).Sqrt(z))
	})
	for name, ordered := range map[string]bool{"comb": false, "perm": true} {
		m.def(name, "n, k, /", func(in *Interp, a []Value) Value {
			n, k := wholeArg(in, a[0]), wholeArg(in, a[1])
			if n.Sign() < 0 {
				throw(excValueError, "n must be a non-negative integer")
			}
			if k.Sign() < 0 {
				throw(excValueError, "k must be a non-negative integer")
			}
			if k.Cmp(n) > 0 {
				return Int(0)
			}
			if !n.IsInt64() || k.Int64() > 1_000_000 && ordered || n.Int64() > 1<<40 {
				throw(excOverflowError, "arguments of %s() are too large", name)
			}
			if ordered {
				in.chargeBits(float64(k.Int64()) * float64(n.BitLen()))
				if k.Sign() == 0 {
					return Int(1)
				}
				return newInt(new(big.Int).MulRange(n.Int64()-k.Int64()+1, n.Int64()))
			}
			small := min(k.Int64(), n.Int64()-k.Int64())
			bits := min(float64(small)*float64(n.BitLen()), float64(n.Int64()))
			in.chargeBits(bits)
			in.stepN(int(float64(small) * max(1, bits/4096))) // a product and a quotient a step
			return newInt(new(big.Int).Binomial(n.Int64(), k.Int64()))
		})
	}
})

// logOf is a logarithm of a number of any size.
func (in *Interp) logOf(v Value, f func(float64) float64, unit float64) float64 {
	if b, ok := v.(*BigInt); ok {
		if b.z.Sign() <= 0 {
			throw(excValueError, "math domain error")
		}
		if shift := b.z.BitLen() - 1000; shift > 0 {
			top := bigToFloat(new(big.Int).Rsh(b.z, uint(shift)))
			return f(top) + float64(shift)*unit
		}
	}
	x := in.toFloat(v)
	if x <= 0 {
		throw(excValueError, "math domain error")
	}
	return f(x)
}

// fsum adds without loss: Shewchuk's partial sums.
func (in *Interp) fsum(items []Value) float64 {
	var partials []float64
	special := 0.0
	for _, v := range items {
		in.step()
		x := in.toFloat(v)
		if math.IsInf(x, 0) || math.IsNaN(x) {
			special += x
			if math.IsNaN(special) && !math.IsNaN(x) {
				throw(excValueError, "-inf + inf in fsum")
			}
			partials = append(partials, quietNaN)
			continue
		}
		kept := partials[:0]
		for _, y := range partials {
			if math.Abs(x) < math.Abs(y) {
				x, y = y, x
			}
			hi := x + y
			lo := y - (hi - x)
			if lo != 0 {
				kept = append(kept, lo)
			}
			x = hi
		}
		partials = append(kept, x)
	}
	sum := new(big.Float).SetPrec(2200)
	for _, p := range partials {
		if math.IsNaN(p) {
			return special
		}
		if math.IsInf(p, 0) {
			throw(excOverflowError, "intermediate overflow in fsum")
		}
		sum.Add(sum, big.NewFloat(p))
	}
	f, _ := sum.Float64()
	return f
}
