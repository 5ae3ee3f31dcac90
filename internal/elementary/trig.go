package elementary

import (
	"math"
	"math/bits"
)

// reduce returns x - q*π/2 within about [-π/4, π/4], and q modulo 4.
func reduce(x float64) (r dd, q int) {
	switch a := math.Abs(x); {
	case a < math.Pi/4:
		return dd{x, 0}, 0
	case a < 0x1p20:
		n := math.RoundToEven(mul(x, 2/math.Pi))
		p, e := twoProd(n, halfPiNext)
		hi, lo := twoSum(math.FMA(-n, halfPiHead, x), -p) // the first step is exact
		return norm(hi, lo-e-mul(n, halfPiRest)), int(n) & 3
	case a < 0x1p27:
		n := math.RoundToEven(mul(x, 2/math.Pi))
		p, e := twoProd(n, halfPiHi)
		r = sum(x-p, -e) // the difference is exact: the two are close
		r = r.sub(product(n, halfPiMid))
		return r.sub(dd{mul(n, halfPiLo), 0}), int(n) & 3
	}
	return reduceLarge(x)
}

// reduceLarge multiplies the 53 bits of x with those 192 bits of 2/π that
// decide the quadrant and 190 bits of the fraction.
func reduceLarge(x float64) (r dd, q int) {
	b := math.Float64bits(x)
	exp := int(b>>52&0x7ff) - 1075 // |x| = m * 2**exp
	m := b&(1<<52-1) | 1<<52

	// The first bit wanted has weight 2 after the scaling: bit exp-1 after the
	// point of 2/π, counted from 1. The table has 64 zeros in front.
	at := exp - 2 + 64
	word, off := at/64, uint(at%64)
	var w [3]uint64 // most significant first
	for i := range w {
		w[i] = twoOverPi[word+i]<<off | twoOverPi[word+i+1]>>(64-off)
	}
	// m * w modulo 2**192
	h2, l2 := bits.Mul64(m, w[2])
	h1, l1 := bits.Mul64(m, w[1])
	l1, c := bits.Add64(l1, h2, 0)
	l0 := m*w[0] + h1 + c

	q = int(l0 >> 62)
	f := [3]uint64{l0<<2 | l1>>62, l1<<2 | l2>>62, l2 << 2} // the fraction
	neg := f[0]>>63 == 1
	if neg { // round to the nearest quadrant
		q++
		var bw uint64
		f[2], bw = bits.Sub64(0, f[2], 0)
		f[1], bw = bits.Sub64(0, f[1], bw)
		f[0], _ = bits.Sub64(0, f[0], bw)
	}
	lead := 0
	for f[0]>>63 == 0 && lead < 190 {
		n := uint(max(1, bits.LeadingZeros64(f[0])))
		if n > 63 {
			n = 63
		}
		f[0] = f[0]<<n | f[1]>>(64-n)
		f[1] = f[1]<<n | f[2]>>(64-n)
		f[2] <<= n
		lead += int(n)
	}
	hi := float64(f[0]>>11) * 0x1p-53
	lo := float64(f[0]<<53>>11|f[1]>>22) * 0x1p-106
	r = norm(hi, lo).scale(pow2(-lead)).mul(dd{halfPiHi, halfPiMid})
	if neg {
		r = r.neg()
	}
	if b>>63 == 1 {
		return r.neg(), -q & 3
	}
	return r, q & 3
}

// table returns the nearest table entry to |r|, and what is left of |r|.
func nearest(r dd) (t *[4]float64, d, e float64, neg bool) {
	if r.hi < 0 {
		r, neg = r.neg(), true
	}
	k := math.RoundToEven(r.hi * 64)
	d, e = twoSum(r.hi-k/64, r.lo)
	return &sinCosTable[int(k)], d, e, neg
}

// series returns cos(d) - 1 and sin(d) - d for |d| ≤ 1/128.
func series(d float64) (c, s float64) {
	q := mul(d, d)
	c = mul(q, -1.0/2+mul(q, 1.0/24+mul(q, -1.0/720)))
	s = mul(mul(d, q), -1.0/6+mul(q, 1.0/120+mul(q, -1.0/5040)))
	return c, s
}

// sinReduced returns the sine of r, |r| ≤ 0.8, by the addition theorem around a
// multiple of 1/64.
func sinReduced(r dd) dd {
	t, d, e, neg := nearest(r)
	c, s := series(d)
	p, pe := twoProd(t[2], d)
	hi, lo := twoSum(t[0], p)
	lo += pe + (t[1] + mul(t[3], d) + mul(t[2], e+s) + mul(t[0], c-mul(d, e)))
	if neg {
		return norm(hi, lo).neg()
	}
	return norm(hi, lo)
}

func cosReduced(r dd) dd {
	t, d, e, _ := nearest(r)
	c, s := series(d)
	p, pe := twoProd(-t[0], d)
	hi, lo := twoSum(t[2], p)
	lo += pe + (t[3] - mul(t[1], d) - mul(t[0], e+s) + mul(t[2], c-mul(d, e)))
	return norm(hi, lo)
}

// sinQuadrant returns sin(r + q*π/2).
func sinQuadrant(r dd, q int) dd {
	var v dd
	if q&1 == 0 {
		v = sinReduced(r)
	} else {
		v = cosReduced(r)
	}
	if q&2 != 0 {
		return v.neg()
	}
	return v
}

// sinCosDD returns the sine and cosine of a finite x.
func sinCosDD(x float64) (s, c dd) {
	r, q := reduce(x)
	return sinQuadrant(r, q), sinQuadrant(r, q+1)
}

// Sin returns the sine of x.
func Sin(x float64) float64 {
	switch {
	case x-x != 0:
		return math.NaN()
	case math.Abs(x) < 0x1p-27:
		return x
	}
	r, q := reduce(x)
	return sinQuadrant(r, q).float()
}

// Cos returns the cosine of x.
func Cos(x float64) float64 {
	if x-x != 0 {
		return math.NaN()
	}
	r, q := reduce(x)
	return sinQuadrant(r, q+1).float()
}

// Tan returns the tangent of x.
func Tan(x float64) float64 {
	switch {
	case x-x != 0:
		return math.NaN()
	case math.Abs(x) < 0x1p-27:
		return x
	}
	s, c := sinCosDD(x)
	return s.div(c).float()
}
