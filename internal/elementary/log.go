package elementary

import "math"

// logDD returns log(x) for a finite positive x, to about 2**-66 of itself.
func logDD(x float64) dd { return logScaled(x, 0) }

// log1pSeries returns log(1 + r + e) for |r| ≤ 1/128 and a tiny e, added to base.
func log1pSeries(base dd, r, e float64) dd {
	q, qe := twoProd(r, r)
	p := 1.0/3 + mul(r, -1.0/4+mul(r, 1.0/5+mul(r, -1.0/6+mul(r, 1.0/7+mul(r, -1.0/8+mul(r, 1.0/9+mul(r, -1.0/10)))))))
	s, e1 := twoSum(base.hi, r)
	s, e2 := twoSum(s, -q/2)
	return norm(s, e1+e2+(base.lo+(e-mul(e, r))-qe/2+mul(mul(q, r), p)))
}

// logScaled returns log(x + xl) for a finite positive x and a small xl.
func logScaled(x, xl float64) dd {
	k := 0
	if x < 0x1p-1022 {
		x, xl, k = x*0x1p54, xl*0x1p54, -54
	}
	b := math.Float64bits(x)
	i := int(b >> 45 & 127)
	exp := int(b>>52) - 1023
	if i >= 53 { // from √2 on
		exp++
	}
	k += exp
	m := math.Float64frombits(b - uint64(exp)<<52)
	if xl != 0 {
		xl = math.Ldexp(xl, -exp)
	}
	t := &logTable[i]
	p, e := twoProd(m, t[0])
	s, se := twoSum(mul(float64(k), ln2Head), t[1])
	return log1pSeries(dd{s, se + (mul(float64(k), ln2Tail) + t[2])}, p-1, e+mul(xl, t[0]))
}

// log1pDD returns log(1 + u) for 1 + u positive.
func log1pDD(u dd) dd {
	if math.Abs(u.hi) < 1.0/128 {
		return log1pSeries(dd{}, u.hi, u.lo)
	}
	s := dd{1, 0}.add(u)
	return logScaled(s.hi, s.lo)
}

// logEdge answers for what has no logarithm in dd; ok is false for the rest.
func logEdge(x float64) (y float64, ok bool) {
	switch {
	case x != x || x > math.MaxFloat64:
		return x, true
	case x < 0:
		return math.NaN(), true
	case x == 0:
		return math.Inf(-1), true
	}
	return 0, false
}

// Log returns the natural logarithm of x.
func Log(x float64) float64 {
	if y, ok := logEdge(x); ok {
		return y
	}
	return logDD(x).float()
}

// Log2 returns the binary logarithm of x, exact for powers of two.
func Log2(x float64) float64 {
	if y, ok := logEdge(x); ok {
		return y
	}
	return logDD(x).mul(dd{log2eHi, log2eLo}).float()
}

// Log10 returns the decimal logarithm of x, exact for powers of ten.
func Log10(x float64) float64 {
	if y, ok := logEdge(x); ok {
		return y
	}
	return logDD(x).mul(dd{log10eHi, log10eLo}).float()
}

// Log1p returns log(1 + x), accurate near zero.
func Log1p(x float64) float64 {
	switch {
	case x != x || x > math.MaxFloat64 || math.Abs(x) < 0x1p-54:
		return x
	case x < -1:
		return math.NaN()
	case x == -1:
		return math.Inf(-1)
	}
	return log1pDD(dd{x, 0}).float()
}
