package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// The elementary functions on float32 lanes, sixteen with AVX-512, eight with
// AVX2. Where one rounding too many would reach the result, a value is a pair.

// roundMagic32 added to a small number leaves its nearest integer in the low bits.
const roundMagic32 = 0x1.8p23

// scaleBy returns v * 2**n for an integral n beyond the exponents of lanes by
// not more than their precision.
func (g *gen) scaleBy(v, n vec) vec {
	r := g.fresh()
	if g.width == 64 {
		g.do(g.ps("VSCALEF"), n, v, r)
		return r
	}
	// in two steps, of which the first neither overflows nor rounds
	if g.size == 8 {
		power := func(n vec) vec {
			return g.addInt(g.shift("VPSLL", g.add(n, roundMagic), 52), uint64(1023<<52))
		}
		half := g.sub(g.fma(n, 0.5, g.set(roundMagic)), roundMagic)
		return g.mul(g.mul(v, power(half)), power(g.sub(n, half)))
	}
	i := g.fresh()
	g.VCVTPS2DQ(n, i)
	half := g.shift("VPSRA", i, 1)
	power := func(i vec) vec { return g.shift("VPSLL", g.addInt(i, uint64(127)), 23) }
	return g.mul(g.mul(v, power(half)), power(g.subInt(i, half)))
}

// exp32 returns e**x: n*log(2) is taken away, the rest is a polynomial.
func (g *gen) exp32(x vec) vec {
	x = g.clamp(x, -104, 89) // 0 and infinity from there on
	n := g.sub(g.fma(x, math.Log2E, g.set(roundMagic32)), roundMagic32)
	r := g.fnma(n, ln2Low32, g.fnma(n, ln2High32, x))
	return g.scaleBy(g.poly(r, polyExp32), n)
}

// exp232 returns 2**x.
func (g *gen) exp232(x vec) vec {
	x = g.clamp(x, -151, 129)
	n := g.sub(g.add(x, roundMagic32), roundMagic32)
	return g.scaleBy(g.poly(g.sub(x, n), polyExp232), n)
}

// split32 returns m and k with x = m * 2**k, m within [3/4, 3/2), for a positive
// finite x.
func (g *gen) split32(x vec) (m, k vec) {
	if g.width == 64 {
		m, k = g.fresh(), g.fresh()
		km := g.fresh()
		g.VGETMANTPS(operand.U8(0xb), x, m)
		g.VGETEXPPS(x, k)
		g.VGETEXPPS(m, km)
		return m, g.sub(k, km)
	}
	tiny := g.where(x, isLess, 0x1p-126)
	y := g.copyOf(x)
	g.put(y, g.mul(x, 0x1p24), tiny)
	const origin = 0x3f400000 // 3/4
	e := g.shift("VPSRA", g.subInt(y, uint64(origin)), 23)
	m = g.subInt(y, g.shift("VPSLL", e, 23))
	k = g.fresh()
	g.VCVTDQ2PS(e, k)
	return m, g.sub(k, g.and(tiny.(vec), g.bitsOf(24)))
}

// logTail32 returns log(1+r) - r for r within [-1/4, 1/2], or where p holds.
func (g *gen) logTail32(r vec, p []float64) vec {
	q := g.mul(r, r)
	return g.mul(q, g.fma(r, g.poly(r, p), g.set(-0.5)))
}

// log32 returns, for AVX2, the logarithm of x: k*log(2) + log(m), what the first sum rounds
// off added to the smaller terms.
func (g *gen) log32(x vec) vec {
	m, k := g.split32(x)
	r := g.sub(m, 1)
	tail := g.fma(k, ln2Low32, g.logTail32(r, polyLog32))
	s := g.fma(k, ln2High32, r)
	rest := g.sub(r, g.fnma(k, ln2High32, s)) // exact, both
	return g.logEdges(g.add(s, g.add(tail, rest)), x)
}

// base32 is base for float32; ln2 times an exponent is exact.
type base32 struct{ ln2, ln2Low, factor, factorLow float64 }

var (
	base2By32  = base32{1, 0, log2e32, log2e32Low}
	base10By32 = base32{log10High32, log10Low32, log10e32, log10e32Low}
)

// logTo32 returns the logarithm to another base, for AVX2.
func (g *gen) logTo32(b base32) func(vec) vec {
	return func(x vec) vec {
		m, k := g.split32(x)
		up := g.where(m, isGreater, math.Sqrt2) // or k and log(m) cancel too much
		g.put(m, g.mul(m, 0.5), up)
		g.put(k, g.add(k, 1), up)
		r := g.sub(m, 1)
		first := g.mul(r, b.factor)
		tail := g.fma(g.logTail32(r, polyLogRoot32), b.factor, g.fma(r, b.factorLow, g.fms(r, g.set(b.factor), first)))
		if b.ln2Low != 0 {
			tail = g.fma(k, b.ln2Low, tail)
		}
		s := g.fma(k, b.ln2, first)
		rest := g.sub(first, g.fnma(k, b.ln2, s))
		return g.logEdges(g.add(s, g.add(tail, rest)), x)
	}
}

// log1p32 is log32 of the sum 1 + x in two parts, for AVX2.
func (g *gen) log1p32(x vec) vec {
	u := g.twoSum(x, g.set(1))
	m, k := g.split32(u.hi)
	i, zero := g.fresh(), g.none()
	g.VCVTPS2DQ(g.sub(g.set(127), k), i)
	g.VPMAXSD(zero, i, i)
	low := g.mul(u.lo, g.shift("VPSLL", i, 23))
	r := g.fastTwoSum(g.sub(m, 1), low)
	tail := g.add(g.fma(k, ln2Low32, g.logTail32(r.hi, polyLog32)), r.lo)
	s := g.fma(k, ln2High32, r.hi)
	rest := g.sub(r.hi, g.fnma(k, ln2High32, s)) // exact, both
	return g.withSign(g.logEdges(g.add(s, g.add(tail, rest)), u.hi), x)
}
