package elementary

import "math"

// sinhDD returns sinh(x) for |x| ≤ 300.
func sinhDD(x float64) dd {
	if math.Abs(x) < 1.0/4 {
		// x + x³/6 + x⁵/120 + …
		q, e := twoProd(x, x)
		c := dd{q, e}.mulFloat(x).div(dd{6, 0})
		p := mul(mul(mul(x, q), q), 1.0/120+mul(q, 1.0/5040+mul(q, 1.0/362880+mul(q, 1.0/39916800+
			mul(q, 1.0/6227020800+mul(q, 1.0/1307674368000))))))
		return dd{x, 0}.add(dd{c.hi, c.lo + p})
	}
	e := expDD(dd{x, 0})
	return e.sub(dd{1, 0}.div(e)).scale(0.5)
}

// coshDD returns cosh(x) for |x| ≤ 300.
func coshDD(x float64) dd {
	e := expDD(dd{x, 0})
	return e.add(dd{1, 0}.div(e)).scale(0.5)
}

// halfExp returns e**x / 2 for a large x.
func halfExp(x float64) float64 {
	if x > 711 {
		return math.Inf(1)
	}
	hi, lo, k := expParts(x, 0)
	return roundScaled(hi, lo, k-1)
}

// Sinh returns the hyperbolic sine of x.
func Sinh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a < 0x1p-27:
		return x
	case a > 40:
		return math.Copysign(halfExp(a), x)
	}
	return sinhDD(x).float()
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x:
		return x
	case a > 40:
		return halfExp(a)
	}
	return coshDD(x).float()
}

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a < 0x1p-27:
		return x
	case a > 22:
		return math.Copysign(1, x)
	}
	m := expm1DD(2 * x)
	return m.div(m.add(dd{2, 0})).float()
}

// asinhDD returns asinh(x) for 0 ≤ x.
func asinhDD(x dd) dd {
	if x.hi > 0x1p30 {
		return logScaled(x.hi, x.lo).add(dd{ln2Hi, ln2Lo})
	}
	// log(1 + x + x²/(1 + √(1+x²)))
	q := x.mul(x)
	r := dd{1, 0}.add(q).sqrt()
	return log1pDD(x.add(q.div(r.add(dd{1, 0}))))
}

// Asinh returns the inverse hyperbolic sine of x.
func Asinh(x float64) float64 {
	a := math.Abs(x)
	if x-x != 0 || a < 0x1p-27 {
		return x
	}
	return math.Copysign(asinhDD(dd{a, 0}).float(), x)
}

// Acosh returns the inverse hyperbolic cosine of x.
func Acosh(x float64) float64 {
	switch {
	case !(x >= 1):
		return math.NaN()
	case math.IsInf(x, 1):
		return x
	case x > 0x1p30:
		return logDD(x).add(dd{ln2Hi, ln2Lo}).float()
	}
	// log(1 + t + √(t(t+2))), t = x - 1
	t := x - 1
	return log1pDD(dd{t, 0}.add(sum(t, 2).mulFloat(t).sqrt())).float()
}

// Atanh returns the inverse hyperbolic tangent of x.
func Atanh(x float64) float64 {
	a := math.Abs(x)
	switch {
	case x != x || a > 1:
		return math.NaN()
	case a == 1:
		return math.Copysign(math.Inf(1), x)
	case a < 0x1p-27:
		return x
	}
	return math.Copysign(log1pDD(dd{2 * a, 0}.div(sum(1, -a))).scale(0.5).float(), x)
}
