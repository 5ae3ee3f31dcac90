package elementary

import "math"

// expParts returns e**(x + xl) as (hi + lo) * 2**k with hi in [1, 2], to about
// 2**-68. |x| is below 1000 and xl is small beside it.
func expParts(x, xl float64) (hi, lo float64, k int) {
	n := math.RoundToEven(mul(x, log2eHi*128))
	r, e := twoSum(math.FMA(-n, ln2By128Head, x), -mul(n, ln2By128Mid)) // the first step is exact
	e += xl - math.FMA(n, ln2By128Mid, -mul(n, ln2By128Mid))
	return expTable(int(n), r, e)
}

// expTable returns 2**(n/128) * e**(r + e) for |r| below ln 2/256.
func expTable(n int, r, e float64) (hi, lo float64, k int) {
	t := &exp2Table[n&127]
	q := e + mul(e, r) + mul(mul(r, r), 1.0/2+mul(r, 1.0/6+mul(r, 1.0/24+mul(r, 1.0/120+mul(r, 1.0/720)))))
	p, pe := twoProd(t[0], r)
	hi, lo = fastTwoSum(t[0], p)
	lo += pe + t[1] + mul(t[0], q) + mul(t[1], r)
	return hi, lo, n >> 7
}

// expDD returns e**x for |x| ≤ 700.
func expDD(x dd) dd {
	hi, lo, k := expParts(x.hi, x.lo)
	return norm(hi, lo).scale(pow2(k))
}

// Exp returns e**x.
func Exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 709.8:
		return math.Inf(1)
	case x < -745.2:
		return 0
	}
	return roundScaled(expParts(x, 0))
}

// Exp2 returns 2**x.
func Exp2(x float64) float64 {
	switch {
	case x != x:
		return x
	case x >= 1024:
		return math.Inf(1)
	case x <= -1080:
		return 0
	}
	n := math.RoundToEven(x * 128)
	r := product(x-n/128, ln2Hi)
	return roundScaled(expTable(int(n), r.hi, r.lo+mul(x-n/128, ln2Lo)))
}

// Expm1 returns e**x - 1, accurate near zero.
func Expm1(x float64) float64 {
	switch {
	case x != x || x == 0:
		return x
	case x > 709.8:
		return math.Inf(1)
	case x < -40:
		return -1
	case x > 600:
		return Exp(x)
	}
	return expm1DD(x).float()
}

// expm1DD returns e**x - 1 for -40 ≤ x ≤ 600.
func expm1DD(x float64) dd {
	if math.Abs(x) < 1.0/16 {
		// x + x²/2 + x³(1/6 + x/24 + …)
		q, e := twoProd(x, x)
		p := 1.0/6 + mul(x, 1.0/24+mul(x, 1.0/120+mul(x, 1.0/720+mul(x, 1.0/5040+
			mul(x, 1.0/40320+mul(x, 1.0/362880+mul(x, 1.0/3628800+mul(x, 1.0/39916800))))))))
		hi, lo := fastTwoSum(x, q/2)
		return norm(hi, lo+(e/2+mul(mul(q, x), p)))
	}
	return expDD(dd{x, 0}).add(dd{-1, 0})
}
