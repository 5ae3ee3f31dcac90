package elementary

import "math"

// ComplexSinh returns sinh(x + iy) = sinh x cos y + i cosh x sin y.
func ComplexSinh(x, y float64) (re, im float64) {
	switch {
	case finite(x) && finite(y):
		switch {
		case y == 0:
			return Sinh(x), y
		case x == 0:
			return math.Copysign(x, x*Cos(y)), Sin(y)
		}
		s, c := sinCosDD(y)
		sh, ch, k := sinhCosh(x)
		return sh.mul(c).ldexp(k), ch.mul(s).ldexp(k)
	case finite(y): // x is not
		switch {
		case y == 0:
			return x, y
		case x != x:
			return nan, nan
		}
		return math.Copysign(x, x*Cos(y)), math.Copysign(math.Inf(1), Sin(y))
	case x == 0:
		return x, nan
	case math.IsInf(x, 0):
		return math.Inf(1), nan
	}
	return nan, nan
}

// ComplexCosh returns cosh(x + iy) = cosh x cos y + i sinh x sin y.
func ComplexCosh(x, y float64) (re, im float64) {
	switch {
	case finite(x) && finite(y):
		switch {
		case y == 0:
			return Cosh(x), zero(x) * math.Copysign(1, y)
		case x == 0:
			return Cos(y), math.Copysign(x, x*Sin(y))
		}
		s, c := sinCosDD(y)
		sh, ch, k := sinhCosh(x)
		return ch.mul(c).ldexp(k), sh.mul(s).ldexp(k)
	case finite(y):
		switch {
		case y == 0 && x != x:
			return x, y
		case y == 0:
			return math.Abs(x), zero(x) * math.Copysign(1, y)
		case x != x:
			return nan, nan
		}
		return math.Copysign(math.Inf(1), Cos(y)), math.Copysign(math.Inf(1), x*Sin(y))
	case x == 0:
		return nan, 0
	case math.IsInf(x, 0):
		return math.Inf(1), nan
	}
	return nan, nan
}

// sinhCosh returns both, times 2**-k.
func sinhCosh(x float64) (sh, ch dd, k int) {
	if math.Abs(x) <= 40 {
		return sinhDD(x), coshDD(x), 0
	}
	e, k := expScaled(dd{math.Abs(x), 0})
	return e.scale(math.Copysign(1, x)), e, k - 1
}

// ComplexTanh returns tanh(x + iy).
func ComplexTanh(x, y float64) (re, im float64) {
	switch {
	case finite(x) && finite(y):
		switch {
		case y == 0:
			return Tanh(x), y
		case x == 0:
			return x, Tan(y)
		}
		s, c := sinCosDD(y)
		if math.Abs(x) > 22 {
			e, k := expScaled(dd{-2 * math.Abs(x), 0})
			return math.Copysign(1, x), e.mul(s).mul(c).scale(4).ldexp(k)
		}
		// (sinh x cosh x + i sin y cos y) / (sinh² x + cos² y)
		sh, ch := sinhDD(x), coshDD(x)
		d := sh.mul(sh).add(c.mul(c))
		return sh.mul(ch).div(d).ldexp(0), s.mul(c).div(d).ldexp(0)
	case math.IsInf(x, 0):
		if finite(y) {
			return math.Copysign(1, x), math.Copysign(0, Sin(y)*Cos(y))
		}
		return math.Copysign(1, x), zero(y)
	case y == 0:
		return nan, y
	case x == 0:
		return x, nan
	}
	return nan, nan
}

// The circular functions are the hyperbolic ones of iz.

// ComplexSin returns sin(x + iy).
func ComplexSin(x, y float64) (re, im float64) {
	u, v := ComplexSinh(-y, x)
	if v != v && math.IsInf(u, 0) {
		return v, math.Inf(1)
	}
	return v, -u
}

// ComplexCos returns cos(x + iy).
func ComplexCos(x, y float64) (re, im float64) { return ComplexCosh(-y, x) }

// ComplexTan returns tan(x + iy).
func ComplexTan(x, y float64) (re, im float64) {
	u, v := ComplexTanh(-y, x)
	return v, -u
}
