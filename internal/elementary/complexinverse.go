package elementary

import "math"

// The inverse functions follow W. Kahan, "Branch cuts for complex elementary
// functions", in The State of the Art in Numerical Analysis (1987), in the first
// quadrant; symmetry gives the others.

// asinQuadrant returns asin(x + iy) and acos's real part for finite x, y ≥ 0.
func asinQuadrant(x, y float64) (re, im, acos dd) {
	if x == 0 && y == 0 {
		return dd{}, dd{}, halfPi
	}
	if max(x, y) > 0x1p200 {
		_, k := math.Frexp(max(x, y))
		sx, sy := dd{math.Ldexp(x, -k), 0}, dd{math.Ldexp(y, -k), 0}
		return atanDD(sx, sy), logAbs(x, y).add(dd{ln2Hi, ln2Lo}), atanDD(sy, sx)
	}
	a1, b1 := sqrtDD(sum(1, x), y) // √(1+z)
	a2, b2 := sqrtDD(sum(1, -x), y)
	b2 = b2.neg() // √(1-z)
	prod := a1.mul(a2).sub(b1.mul(b2))
	im = asinhDD(b1.mul(a2).sub(a1.mul(b2)))
	return atanDD(dd{x, 0}, prod), im, atanDD(a2, a1).scale(2)
}

// ComplexAsin returns the principal arcsine.
func ComplexAsin(x, y float64) (re, im float64) {
	if math.IsInf(x, 0) && y != y {
		return nan, math.Inf(1)
	}
	v, u := ComplexAsinh(-y, x)
	return u, -v
}

// ComplexAsinh returns the principal inverse hyperbolic sine.
func ComplexAsinh(x, y float64) (re, im float64) {
	ax, ay := math.Abs(x), math.Abs(y)
	inf := math.Inf(1)
	switch {
	case finite(x) && finite(y):
		if max(ax, ay) < 0x1p-30 {
			return x, y
		}
		v, u, _ := asinQuadrant(ay, ax)
		re, im = u.ldexp(0), v.ldexp(0)
	case math.IsInf(x, 0):
		re = inf
		switch {
		case y != y:
			im = nan
		case math.IsInf(y, 0):
			im = math.Pi / 4
		}
	case math.IsInf(y, 0):
		re, im = inf, halfPiHi
		if x != x {
			return inf, nan
		}
	case x != x && y == 0:
		return x, y
	default:
		return nan, nan
	}
	return math.Copysign(re, x), math.Copysign(im, y)
}

// ComplexAcos returns the principal arccosine.
func ComplexAcos(x, y float64) (re, im float64) {
	inf := math.Inf(1)
	switch {
	case finite(x) && finite(y):
		_, v, a := asinQuadrant(math.Abs(x), math.Abs(y))
		if x < 0 {
			a = pi.sub(a)
		}
		re, im = a.ldexp(0), v.ldexp(0)
	case math.IsInf(x, 0):
		switch {
		case y != y:
			return nan, -inf
		case math.IsInf(y, 0) && x > 0:
			re = math.Pi / 4
		case math.IsInf(y, 0):
			re = 3 * math.Pi / 4
		case x < 0:
			re = math.Pi
		}
		im = inf
	case math.IsInf(y, 0):
		re, im = halfPiHi, inf
		if x != x {
			re = nan
		}
	case x == 0:
		return halfPiHi, nan
	default:
		return nan, nan
	}
	return re, math.Copysign(im, -math.Copysign(1, y))
}

// ComplexAcosh returns the principal inverse hyperbolic cosine.
func ComplexAcosh(x, y float64) (re, im float64) {
	u, v := ComplexAcos(x, y)
	switch {
	case u != u && v != v:
		return nan, nan
	case v != v: // arccosine of 0 + NaN i
		return nan, u
	case u != u:
		return math.Abs(v), nan
	}
	return math.Abs(v), math.Copysign(u, y)
}

// atanhQuadrant returns atanh(x + iy) for finite x, y ≥ 0.
func atanhQuadrant(x, y float64) (re, im float64) {
	switch {
	case y == 0 && x == 1:
		return math.Inf(1), 0
	case y == 0 && x < 1:
		return Atanh(x), 0
	case x == 0:
		return 0, Atan(y)
	case max(x, y) > 0x1p200: // x/(x² + y²)
		h := Hypot(x, y)
		return x / h / h, halfPiHi
	}
	a, b, q := sum(1, -x), sum(1, x), product(y, y)
	d := a.mul(a).add(q)
	re = log1pDD(dd{4 * x, 0}.div(d)).scale(0.25).ldexp(0)
	c := a.mul(b).sub(q)
	if c.hi >= 0 {
		return re, atanDD(dd{2 * y, 0}, c).scale(0.5).ldexp(0)
	}
	return re, turn(dd{2 * y, 0}, c.neg(), true).scale(0.5).ldexp(0)
}

// ComplexAtanh returns the principal inverse hyperbolic tangent.
func ComplexAtanh(x, y float64) (re, im float64) {
	switch {
	case finite(x) && finite(y):
		if max(math.Abs(x), math.Abs(y)) < 0x1p-30 {
			return x, y
		}
		re, im = atanhQuadrant(math.Abs(x), math.Abs(y))
	case math.IsInf(y, 0):
		im = halfPiHi
	case math.IsInf(x, 0):
		im = halfPiHi
		if y != y {
			im = nan
		}
	case x == 0:
		return x, nan
	default:
		return nan, nan
	}
	return math.Copysign(re, x), math.Copysign(im, y)
}

// ComplexAtan returns the principal arctangent.
func ComplexAtan(x, y float64) (re, im float64) {
	v, u := ComplexAtanh(-y, x)
	return u, -v
}
