package elementary

import "math"

// The arcsine and the arccosine follow T. E. Hull, T. F. Fairgrieve and P. T. P. Tang,
// "Implementing the Complex Arcsine and Arccosine Functions Using Exception Handling", ACM
// Trans. Math. Softw. 23 (1997), in the first quadrant; symmetry gives the others.

// arcTerms returns, for finite x, y ≥ 0, the imaginary part of asin(x + iy) and two numbers
// of which the angle is the real part. With r = |z+1|, s = |z-1| and a their mean those
// are log(a + √(a²-1)), and x and √(a²-x²): of e = r - |x+1| and f = s - |x-1| twice a-1 is
// e + f and twice a-x is e + s + |x-1|, or beyond 1 the other way.
func arcTerms(x, y float64) (im, side, w dd) {
	if m := max(x, y); m > 0x1p200 {
		_, k := math.Frexp(m)
		return logAbs(x, y).add(dd{ln2Hi, ln2Lo}), dd{math.Ldexp(x, -k), 0}, dd{math.Ldexp(y, -k), 0}
	}
	up, down := sum(x, 1), sum(x, -1)
	side = dd{2 * x, 0}
	if x < 1 {
		down = down.neg()
	}
	if y < 0x1p-400 { // the square is lost
		v := up.mul(down).sqrt()
		switch {
		case x < 1:
			return dd{y, 0}.div(v), side, v.scale(2)
		case x == 1:
			v = dd{y, 0}.sqrt()
			return v, side, v.scale(2)
		}
		return log1pDD(v.add(down)), side, dd{y, 0}.div(v).mul(side)
	}
	q := product(y, y)
	r, s := up.mul(up).add(q).sqrt(), down.mul(down).add(q).sqrt()
	far := s.add(down)
	e, f := q.div(r.add(up)), q.div(far)
	more, rest := e.add(f), e.add(far)
	if x >= 1 {
		more, rest = rest, more
	}
	im = log1pDD(more.add(more.mul(more.add(dd{4, 0})).sqrt()).scale(0.5))
	return im, side, rest.mul(rest.add(dd{4 * x, 0})).sqrt()
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
		u, side, w := arcTerms(ay, ax)
		re, im = u.ldexp(0), atanDD(side, w).ldexp(0)
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
		v, side, w := arcTerms(math.Abs(x), math.Abs(y))
		re, im = turn(w, side, x < 0).ldexp(0), v.ldexp(0)
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
	case x == 1 && y < 0x1p-400: // the square is lost
		return dd{ln2Hi, ln2Lo}.sub(logDD(y)).scale(0.5).ldexp(0), math.Pi / 4
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
