package elementary

import "math"

// Pow returns x**y, with the special cases of C99's pow.
func Pow(x, y float64) float64 {
	if y, ok := powEdge(x, y); ok {
		return y
	}
	sign := 1.0
	if x < 0 {
		if math.Trunc(y) != y {
			return math.NaN()
		}
		if odd(y) {
			sign = -1
		}
	}
	l := logDD(math.Abs(x))
	switch p := mul(l.hi, y); {
	case p > 710:
		return math.Copysign(math.Inf(1), sign)
	case p < -746:
		return math.Copysign(0, sign)
	}
	p := l.mulFloat(y)
	hi, lo, k := expParts(p.hi, p.lo)
	return sign * roundScaled(hi, lo, k)
}

func powEdge(x, y float64) (float64, bool) {
	switch {
	case y == 0 || x == 1:
		return 1, true
	case x != x || y != y:
		return math.NaN(), true
	case y == 1:
		return x, true
	case x == 0 || math.IsInf(x, 0):
		// The magnitude is 0 or infinite, the sign that of x for an odd y.
		r := math.Inf(1)
		if (x == 0) == (y > 0) {
			r = 0
		}
		if odd(y) {
			r = math.Copysign(r, x)
		}
		return r, true
	case math.IsInf(y, 0):
		switch a := math.Abs(x); {
		case a == 1:
			return 1, true
		case (a > 1) == (y > 0):
			return math.Inf(1), true
		}
		return 0, true
	}
	return 0, false
}

// odd reports whether y is an odd integer.
func odd(y float64) bool {
	a := math.Abs(y)
	return a < 1<<53 && math.Trunc(a) == a && uint64(a)&1 == 1
}
