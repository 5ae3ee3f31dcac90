package elementary

import "math"

// Cbrt returns the cube root of x.
func Cbrt(x float64) float64 {
	if x == 0 || x-x != 0 {
		return x
	}
	m, k := math.Frexp(x)
	third := k / 3
	m = math.Ldexp(m, k-3*third)
	// One step of Newton's method from a good root, with the residue in dd.
	r := math.Cbrt(m)
	cube := product(r, r).mulFloat(r)
	e := dd{m, 0}.sub(cube)
	return roundScaled(r, e.hi/mul(3*r, r), third)
}

// Hypot returns √(x² + y²) without overflow or underflow on the way. An
// infinity beside a NaN gives +infinity, as in C99.
func Hypot(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	switch {
	case math.IsInf(x, 1) || math.IsInf(y, 1):
		return math.Inf(1)
	case x != x || y != y:
		return math.NaN()
	case x == 0 || y == 0:
		return x + y
	}
	if x < y {
		x, y = y, x
	}
	if x < 0x1p500 && y > 0x1p-450 { // the squares and their errors are in range
		p, pe := twoProd(x, x)
		q, qe := twoProd(y, y)
		s, e := fastTwoSum(p, q)
		r := math.Sqrt(s)
		return r + (math.FMA(-r, r, s)+(e+pe+qe))/(r+r)
	}
	r, k := hypotDD(x, y)
	return roundScaled(r.hi, r.lo, k)
}

// hypotDD returns √(x² + y²) as a number near 1 times 2**k, for finite x and y
// that are not both zero.
func hypotDD(x, y float64) (dd, int) {
	_, k := math.Frexp(max(math.Abs(x), math.Abs(y)))
	x, y = math.Ldexp(x, -k), math.Ldexp(y, -k)
	return product(x, x).add(product(y, y)).sqrt(), k
}

// Hypot32 is Hypot of two float32, whose squares float64 holds exactly.
func Hypot32(x, y float32) float32 {
	a, b := float64(x), float64(y)
	if math.IsInf(a, 0) || math.IsInf(b, 0) {
		return float32(math.Inf(1))
	}
	return float32(math.Sqrt(mul(a, a) + mul(b, b)))
}
