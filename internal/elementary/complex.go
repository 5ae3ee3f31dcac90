package elementary

import "math"

// The functions of a complex number x + iy take and return the two parts. The
// special cases are those of C99's annex G; where that leaves a sign open, the
// sign is glibc's, which NumPy shows on Linux. Finite results are formed in
// double-double arithmetic, so that each part is accurate, not just the modulus.

var nan = math.NaN()

func finite(x float64) bool { return x-x == 0 }

func zero(sign float64) float64 { return math.Copysign(0, sign) }

// ldexp returns a * 2**k rounded once.
func (a dd) ldexp(k int) float64 {
	if m := math.Abs(a.hi); m > 0x1p-400 && m < 0x1p400 && -500 < k && k < 500 {
		return a.float() * pow2(k)
	}
	m, e := math.Frexp(a.hi)
	if m == 0 || !finite(m) {
		return m
	}
	return roundScaled(m, math.Ldexp(a.lo, -e), k+e)
}

// expScaled returns e**x as a number near 1 times 2**k, for any finite x; what
// lies far beyond overflow is still that far beyond.
func expScaled(x dd) (dd, int) {
	if math.Abs(x.hi) > 2000 {
		x = dd{math.Copysign(2000, x.hi), 0}
	}
	hi, lo, k := expParts(x.hi, x.lo)
	return norm(hi, lo), k
}

// ComplexExp returns exp(x + iy).
func ComplexExp(x, y float64) (re, im float64) {
	switch {
	case finite(x) && finite(y):
		if y == 0 {
			return Exp(x), y
		}
		s, c := sinCosDD(y)
		e, k := expScaled(dd{x, 0})
		return e.mul(c).ldexp(k), e.mul(s).ldexp(k)
	case x != x:
		if y == 0 {
			return x, y
		}
		return nan, nan
	case finite(x):
		return nan, nan
	case !finite(y):
		if x < 0 {
			return 0, zero(y)
		}
		return x, nan
	case x < 0:
		return zero(Cos(y)), zero(Sin(y))
	case y == 0:
		return x, y
	}
	return math.Copysign(x, Cos(y)), math.Copysign(x, Sin(y))
}

// ComplexExp2 returns 2**(x + iy).
func ComplexExp2(x, y float64) (re, im float64) {
	if !finite(x) || !finite(y) || y == 0 || math.Abs(x) > 3000 {
		return ComplexExp(x*math.Ln2, y*math.Ln2)
	}
	s, c := sinCosOf(dd{ln2Hi, ln2Lo}.mulFloat(y))
	n := math.RoundToEven(x * 128)
	r := product(x-n/128, ln2Hi)
	hi, lo, k := expTable(int(n), r.hi, r.lo+mul(x-n/128, ln2Lo))
	return norm(hi, lo).mul(c).ldexp(k), norm(hi, lo).mul(s).ldexp(k)
}

// sinCosOf returns the sine and cosine of a dd.
func sinCosOf(a dd) (s, c dd) {
	s, c = sinCosDD(a.hi)
	t, u := dd{a.lo, 0}, dd{1, 0}
	if math.Abs(a.lo) > 0x1p-40 {
		t, u = sinCosDD(a.lo)
	}
	return s.mul(u).add(c.mul(t)), c.mul(u).sub(s.mul(t))
}

// ComplexExpm1 returns exp(x + iy) - 1.
func ComplexExpm1(x, y float64) (re, im float64) {
	if !finite(x) || !finite(y) || x > 600 || x < -40 {
		s := Sin(y / 2)
		return mul(Expm1(x), Cos(y)) - mul(2*s, s), Exp(x) * Sin(y)
	}
	if y == 0 {
		return Expm1(x), y
	}
	// of the half angle: e**x - 1 - 2s²e**x and 2sc e**x
	s, c := sinCosDD(y / 2)
	m := dd{x, 0}
	if x != 0 {
		m = expm1DD(x)
	}
	t := m.add(dd{1, 0}).mul(s).scale(2)
	return m.sub(t.mul(s)).float(), t.mul(c).float()
}

// logAbs returns the logarithm of |x + iy| for finite parts, not both 0.
func logAbs(x, y float64) dd {
	_, k := math.Frexp(max(math.Abs(x), math.Abs(y)))
	if k < 200 && k > -200 {
		k = 0
	}
	x, y = math.Ldexp(x, -k), math.Ldexp(y, -k)
	s := product(x, x).add(product(y, y))
	var l dd
	if s.hi > 0.5 && s.hi < 2 { // what is left of 1 decides
		l = log1pDD(dd{-1, 0}.add(s)).scale(0.5)
	} else {
		l = logScaled(s.hi, s.lo).scale(0.5)
	}
	if k == 0 {
		return l
	}
	return l.add(sum(mul(float64(k), ln2Head), mul(float64(k), ln2Tail)))
}

// logOf returns the real part of a logarithm, times a constant.
func logOf(x, y float64, unit dd) float64 {
	switch {
	case math.IsInf(x, 0) || math.IsInf(y, 0):
		return math.Inf(1)
	case x != x || y != y:
		return nan
	case x == 0 && y == 0:
		return math.Inf(-1)
	}
	return logAbs(x, y).mul(unit).float()
}

// ComplexLog returns the principal logarithm.
func ComplexLog(x, y float64) (re, im float64) { return logOf(x, y, dd{1, 0}), Atan2(y, x) }

// ComplexLog2 returns the principal binary logarithm.
func ComplexLog2(x, y float64) (re, im float64) {
	return logOf(x, y, dd{log2eHi, log2eLo}), angle(y, dd{x, 0}, dd{log2eHi, log2eLo})
}

// ComplexLog10 returns the principal decimal logarithm.
func ComplexLog10(x, y float64) (re, im float64) {
	return logOf(x, y, dd{log10eHi, log10eLo}), angle(y, dd{x, 0}, dd{log10eHi, log10eLo})
}

// ComplexLog1p returns log(1 + x + iy).
func ComplexLog1p(x, y float64) (re, im float64) {
	big := max(math.Abs(x), math.Abs(y))
	if !(big < 0x1p200) {
		return logOf(x+1, y, dd{1, 0}), Atan2(y, x+1)
	}
	// |1+z|² - 1 = x (2+x) + y²
	u := sum(2, x).mulFloat(x).add(product(y, y))
	if u.hi < -0.75 { // 1+x is exact, and its square all there is
		re = logOf(1+x, y, dd{1, 0})
	} else {
		re = log1pDD(u).scale(0.5).float()
	}
	return re, angle(y, sum(1, x), dd{1, 0})
}

// angle returns the imaginary part of a logarithm, times a constant.
func angle(y float64, x, unit dd) float64 {
	a := argument(y, x)
	if a.hi == 0 {
		return a.hi // with its sign, which a sum would lose
	}
	return a.mul(unit).float()
}

// argument returns the angle of the vector (x, y). Where Atan2 has a special
// case, it is that one.
func argument(y float64, x dd) dd {
	if y == 0 && (x.hi > 0 || x.hi == 0 && !math.Signbit(x.hi)) || !finite(x.hi) || !finite(y) {
		return dd{Atan2(y, x.hi), 0}
	}
	t := halfPi
	_, ey := math.Frexp(y)
	_, ex := math.Frexp(x.hi)
	switch {
	case y == 0 || x.hi < 0 && ex-ey > 500:
		t = pi
	case x.hi == 0 || ey-ex > 500:
	case ex-ey > 500:
		t = dd{math.Abs(y) / x.hi, 0}
	default:
		left := x.hi < 0
		if left {
			x = x.neg()
		}
		t = turn(dd{math.Ldexp(math.Abs(y), -ex), 0}, dd{math.Ldexp(x.hi, -ex), math.Ldexp(x.lo, -ex)}, left)
	}
	if math.Signbit(y) {
		return t.neg()
	}
	return t
}

// ComplexSqrt returns the square root with a real part that is not negative.
func ComplexSqrt(x, y float64) (re, im float64) {
	switch {
	case x == 0 && y == 0:
		return 0, y
	case math.IsInf(y, 0):
		return math.Inf(1), y
	case x != x:
		return nan, nan
	case math.IsInf(x, 1):
		if y != y {
			return x, y
		}
		return x, zero(y)
	case math.IsInf(x, -1):
		if y != y {
			return nan, math.Inf(1)
		}
		return 0, math.Copysign(math.Inf(1), y)
	case y != y:
		return nan, nan
	}
	_, k := math.Frexp(max(math.Abs(x), math.Abs(y)))
	k &^= 1
	a, b := sqrtDD(dd{math.Ldexp(x, -k), 0}, math.Ldexp(math.Abs(y), -k))
	return a.ldexp(k / 2), math.Copysign(b.ldexp(k/2), y)
}

// sqrtDD returns the square root of x + iy for y ≥ 0, in the first quadrant,
// where the squares of x and y are in range.
func sqrtDD(x dd, y float64) (re, im dd) {
	d := x.mul(x).add(product(y, y)).sqrt()
	if x.hi >= 0 {
		re = d.add(x).scale(0.5).sqrt()
		if re.hi == 0 {
			return dd{}, dd{}
		}
		return re, dd{y / 2, 0}.div(re)
	}
	im = d.sub(x).scale(0.5).sqrt()
	return dd{y / 2, 0}.div(im), im
}

// ComplexPow returns (a + ib)**(c + id) for a base that is not 0.
func ComplexPow(a, b, c, d float64) (re, im float64) {
	if !finite(a) || !finite(b) || !finite(c) || !finite(d) {
		x, y := ComplexLog(a, b)
		x, y = mulC99(c, d, x, y)
		if a == a && b == b && c == c && d == d {
			x, y = madeNaN(x), madeNaN(y)
		}
		return ComplexExp(x, y)
	}
	l := logAbs(a, b)
	t := argument(b, dd{a, 0})
	r, phi := l.mulFloat(c).sub(t.mulFloat(d)), l.mulFloat(d).add(t.mulFloat(c))
	if !finite(r.hi) || !finite(phi.hi) {
		return ComplexExp(r.hi, phi.hi)
	}
	e, k := expScaled(r)
	if phi.hi == 0 { // a sum of floats has the sign that NumPy's zero has
		return e.ldexp(k), mul(l.hi, d) + mul(t.hi, c)
	}
	s, cos := sinCosOf(phi)
	return e.mul(cos).ldexp(k), e.mul(s).ldexp(k)
}

// madeNaN gives a NaN that an operation made, as of Inf·0, the sign that x86
// gives it; other processors make positive ones, and the sign decides that of a
// zero later.
func madeNaN(x float64) float64 {
	if x != x {
		return math.Copysign(x, -1)
	}
	return x
}

// mulC99 is annex G's product: an infinity times what is not zero stays one.
func mulC99(a, b, c, d float64) (re, im float64) {
	re, im = mul(a, c)-mul(b, d), mul(a, d)+mul(b, c)
	if re == re || im == im {
		return re, im
	}
	box := func(x float64) float64 {
		if math.IsInf(x, 0) {
			return math.Copysign(1, x)
		}
		return zero(x)
	}
	clean := func(x float64) float64 {
		if x != x {
			return zero(x)
		}
		return x
	}
	again := false
	if math.IsInf(a, 0) || math.IsInf(b, 0) {
		a, b, c, d, again = box(a), box(b), clean(c), clean(d), true
	}
	if math.IsInf(c, 0) || math.IsInf(d, 0) {
		a, b, c, d, again = clean(a), clean(b), box(c), box(d), true
	}
	if again {
		inf := math.Inf(1)
		re, im = inf*(mul(a, c)-mul(b, d)), inf*(mul(a, d)+mul(b, c))
	}
	return re, im
}
