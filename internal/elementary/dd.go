package elementary

import "math"

// dd is the unevaluated sum hi + lo, |lo| at most half a unit in the last place
// of hi.
type dd struct{ hi, lo float64 }

// mul returns x*y rounded, never fused with what follows.
func mul(x, y float64) float64 { return float64(x * y) }

// twoSum returns the sum and its rounding error, exactly.
func twoSum(a, b float64) (s, e float64) {
	s = a + b
	t := s - a
	return s, (a - (s - t)) + (b - t)
}

// fastTwoSum is twoSum for |a| ≥ |b|.
func fastTwoSum(a, b float64) (s, e float64) {
	s = a + b
	return s, b - (s - a)
}

// twoProd returns the product and its rounding error, exactly.
func twoProd(a, b float64) (p, e float64) {
	p = mul(a, b)
	return p, math.FMA(a, b, -p)
}

func norm(hi, lo float64) dd {
	s, e := fastTwoSum(hi, lo)
	return dd{s, e}
}

func (a dd) neg() dd { return dd{-a.hi, -a.lo} }

func (a dd) float() float64 { return a.hi + a.lo }

// scale returns a times a power of two.
func (a dd) scale(p float64) dd { return dd{a.hi * p, a.lo * p} }

func (a dd) add(b dd) dd {
	s, e := twoSum(a.hi, b.hi)
	t, f := twoSum(a.lo, b.lo)
	s, e = fastTwoSum(s, e+t)
	return norm(s, e+f)
}

func (a dd) sub(b dd) dd { return a.add(b.neg()) }

func (a dd) mul(b dd) dd {
	p, e := twoProd(a.hi, b.hi)
	return norm(p, e+(mul(a.hi, b.lo)+mul(a.lo, b.hi)))
}

func (a dd) mulFloat(b float64) dd {
	p, e := twoProd(a.hi, b)
	return norm(p, e+mul(a.lo, b))
}

func (a dd) div(b dd) dd {
	q := a.hi / b.hi
	p, e := twoProd(q, b.hi)
	r := (a.hi - p) - e + a.lo - mul(q, b.lo)
	return norm(q, r/b.hi)
}

func (a dd) sqrt() dd {
	if a.hi <= 0 {
		return dd{}
	}
	s := math.Sqrt(a.hi)
	p, e := twoProd(s, s)
	return norm(s, ((a.hi-p)-e+a.lo)/(s+s))
}

// sum returns a + b exactly, as a dd.
func sum(a, b float64) dd {
	s, e := twoSum(a, b)
	return dd{s, e}
}

// product returns a * b exactly, as a dd.
func product(a, b float64) dd {
	p, e := twoProd(a, b)
	return dd{p, e}
}

// pow2 returns 2**k for a normal exponent.
func pow2(k int) float64 { return math.Float64frombits(uint64(k+1023) << 52) }

// roundScaled returns (hi + lo) * 2**k rounded once, where hi is within a few
// binades of 1.
func roundScaled(hi, lo float64, k int) float64 {
	switch {
	case k > 1100:
		return math.Copysign(math.Inf(1), hi)
	case k > 1000:
		return (hi + lo) * pow2(1000) * pow2(k-1000)
	case k >= -1000:
		return (hi + lo) * pow2(k)
	case k < -1200:
		return math.Copysign(0, hi)
	}
	// The last place of the result may be worth more than that of hi. Adding and
	// subtracting a number whose last place is that one rounds there.
	m := math.Abs(hi)
	last := -1074 - k // weight of the smallest subnormal in units of hi
	if last < -51 || m*pow2(k+1000) >= 0x1p-20 {
		return (hi + lo) * pow2(k+1000) * 0x1p-1000
	}
	big := pow2(last + 52)
	if m >= big { // already normal
		return (hi + lo) * pow2(k+1000) * 0x1p-1000
	}
	s, e := fastTwoSum(big, math.Copysign(m, 1))
	if hi < 0 {
		lo = -lo
	}
	r := (s + (e + lo)) - big
	return math.Copysign(r*pow2(k+1000)*0x1p-1000, hi)
}
