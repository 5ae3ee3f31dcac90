package main

import (
	"math"
	"slices"

	"github.com/mmcloughlin/avo/operand"
)

// The elementary functions on float64 lanes, eight with AVX-512, four with AVX2.
//
// Most are reduced to a table of sixteen entries, which two registers of AVX-512
// hold for VPERMI2PD, and a short polynomial. Where an error would reach the
// result, a value is the unevaluated sum of two registers (type pair).

const roundMagic = 0x1.8p52

// expReduced is e**x as (table + low) * (1 + r + q) * 2**floor(n).
type expReduced struct{ table, low, r, q, n vec }

// expTable takes n, a multiple of 1/16, from x: e**x = (table + low) * e**r * 2**floor(n),
// where r is less than the first step leaves, by n times the low part of log(2).
func (g *gen) expTable(x vec) (e expReduced, first vec) {
	t := g.fma(x, math.Log2E, g.set(roundMagic/16))
	e.n = g.sub(t, roundMagic/16)
	first = g.fnma(e.n, 16*ln2By16, x)
	e.table, e.low = g.lookup(t, "tableExp", tableExp[:]), g.lookup(t, "tableExpLow", tableExpLow[:])
	return e, first
}

// expSteps reduces x to n*log(2) + r.
func (g *gen) expSteps(x vec) expReduced {
	e, r := g.expTable(x)
	e.r = g.fnma(e.n, 16*ln2By16Low, r)
	rl := g.fnma(e.n, 16*ln2By16Low, g.sub(r, e.r)) // what rounding r cut off
	e.q = g.fma(g.mul(e.r, e.r), g.poly(e.r, polyExp), rl)
	return e
}

// scale returns v * 2**floor(n).
func (g *gen) scale(v, n vec) vec {
	if g.width < 64 {
		return g.scaleBy(v, g.rounded(n, toFloor))
	}
	r := g.fresh()
	g.do(g.ps("VSCALEF"), n, v, r)
	return r
}

// exp returns e**x.
func (g *gen) exp(x vec) vec {
	e, r := g.expTable(g.clamp(x, -800, 800))
	r = g.fnma(e.n, 16*ln2By16Low, r)
	return g.scale(g.expSum(e, g.mul(r, g.poly(r, polyExp1))), e.n)
}

// expSum returns (table + low) * (1 + q).
func (g *gen) expSum(e expReduced, q vec) vec { return g.add(e.table, g.fma(e.table, q, e.low)) }

// exp2 returns 2**x.
func (g *gen) exp2(x vec) vec {
	x = g.clamp(x, -1200, 1200)
	t := g.add(x, roundMagic/16)
	n := g.sub(t, roundMagic/16)
	r := g.sub(x, n)
	e := expReduced{table: g.lookup(t, "tableExp", tableExp[:]), low: g.lookup(t, "tableExpLow", tableExpLow[:])}
	return g.scale(g.expSum(e, g.mul(r, g.poly(r, polyExp2))), n)
}

// expm1 returns twice (s - 1/2) + s*r + ..., s being half of the power at a table's
// point.
func (g *gen) expm1(x vec) vec {
	e := g.expSteps(g.clamp(x, -800, 800))
	k := g.sub(e.n, 1)
	s, sl := g.scale(e.table, k), g.scale(e.low, k)
	a := g.sub(s, 0.5) // exact from 1/2 on
	low := g.sub(s, g.add(a, 0.5))
	m := g.mul(s, e.r)
	ml := g.fms(s, e.r, m)
	b := g.fastTwoSum(a, m) // a is 0, or greater than m
	low = g.add(g.add(low, b.lo), g.add(ml, g.fma(s, e.q, g.fma(sl, e.r, sl))))
	y := g.add(b.hi, low)
	y = g.add(y, y)
	// infinite s makes NaN of low
	g.putNumber(y, math.Inf(1), g.where(x, isGreater, 709.79))
	return g.small(y, x, 0x1p-54)
}

// tanh returns n/(n+1), n half of e**(2x) - 1 as a pair, and makes the quotient's remainder
// good. Of the points at multiples of log(2)/32 that of 0 has the two thirds of
// a step that follow, not half: what is added to the next is well below n there.
func (g *gen) tanh(x vec) vec {
	a := g.arg2("VMIN", g.set(20), g.abs(x))
	t := g.add(g.fma(a, 2*math.Log2E, g.set(-1.0/96)), roundMagic/16)
	at := g.sub(t, roundMagic/16)
	r := g.fnma(at, 8*ln2By16, a) // exact
	rest := g.fnma(at, 8*ln2By16Low, g.lookup(t, "tableTanhRest", tableTanhRest[:]))
	low := g.fnma(at, 8*ln2By16Low, r)
	rest = g.fma(g.mul(low, low), g.poly(low, polyTanh), rest)
	s := g.addInt(g.lookup(t, "tableTanh", tableTanh[:]), g.shift("VPSLL", t, 48))
	half := g.fma(s, 0.5, g.set(-0.5)) // exact, and 0 or greater than what follows
	first := g.fma(s, r, half)
	n := g.fastTwoSum(first, g.fma(s, rest, g.fma(s, r, g.sub(half, first))))
	d := g.add(n.hi, 1)
	less, more := g.minMax(n.hi, g.set(1))
	dl := g.add(g.sub(less, g.sub(d, more)), n.lo)
	inv := g.reciprocal(d)
	if g.width == 64 {
		inv = g.fma(g.fnma(d, inv, g.set(1)), inv, inv)
	}
	y := g.mul(n.hi, inv)
	left := g.add(g.fnma(y, d, n.hi), g.fnma(y, dl, n.lo))
	return g.withSign(g.fma(left, inv, y), x)
}

// getMantissa puts x times a power of two, within [3/4, 3/2), into m; NaN for a
// negative x.
func (g *gen) getMantissa(x, m vec) { g.VGETMANTPD(operand.U8(0xb), x, m) }

// base is a base of logarithms.
type base struct {
	name             string
	table, low       [16]float64
	ln2, ln2Low      float64
	factor, factorLo float64
}

var (
	baseE  = base{"E", tableLogE, tableLogELow, ln2ByE, ln2ByELow, 1, 0}
	base2  = base{"2", tableLog2, tableLog2Low, ln2By2, ln2By2Low, factor2, factor2Low}
	base10 = base{"10", tableLog10, tableLog10Low, ln2By10, ln2By10Low, factor10, factor10Low}
)

// logParts returns log(x + xl), x positive and finite; xl may be nil.
func (g *gen) logParts(x vec, xl *vec, b base, precise bool) pair {
	m, k := g.split(x)
	c, t := g.inverse(m)
	r := g.fms(m, c, 1.0) // exact
	var rl *vec
	if xl != nil {
		// the low part on the scale of r
		low := g.scale(*xl, g.sub(g.none(), k))
		sum := g.fastTwoSum(r, g.mul(low, c)) // r is 0, or greater, or nothing beside the table's
		r, rl = sum.hi, &sum.lo
	}
	return g.logSeries(k, t, r, rl, b, precise)
}

// split returns m within [3/4, 3/2) and k with x = m * 2**k; with AVX-512 NaN
// for a negative x.
func (g *gen) split(x vec) (m, k vec) {
	if g.size == 4 {
		return g.split32(x)
	}
	if g.width < 64 {
		return g.splitBits(x)
	}
	m, k = g.fresh(), g.fresh()
	km := g.fresh()
	g.getMantissa(x, m)
	g.VGETEXPPD(x, k)
	g.VGETEXPPD(m, km)
	return m, g.sub(k, km)
}

// splitBits is split by the bits of a float64.
func (g *gen) splitBits(x vec) (m, k vec) {
	const bias, upFrom = 1023, 1 << 51 // half of a binade, above which the exponent is one more
	tiny := g.where(x, isLess, 0x1p-1022)
	y := g.copyOf(x)
	g.put(y, g.mul(x, 0x1p54), tiny)
	e := g.shift("VPSRL", g.addInt(y, uint64(upFrom)), 52)
	m = g.addInt(g.subInt(y, g.shift("VPSLL", e, 52)), uint64(bias<<52))
	k = g.sub(g.or(e, g.bitsOf(0x1p52)), 0x1p52+bias)
	return m, g.sub(k, g.and(tiny.(vec), g.bitsOf(54)))
}

// inverse returns 1/m rounded to a multiple of 1/16, of 1/32 for float32, and its
// place in tables.
func (g *gen) inverse(m vec) (c, at vec) {
	magic := float64(roundMagic / 16)
	if g.size == 4 {
		magic = roundMagic32 / 32
	}
	at = g.add(g.reciprocal(m), magic)
	return g.sub(at, magic), at
}

// logSeries32 is logSeries of float32, to base e.
func (g *gen) logSeries32(k, t, r, rl vec) pair {
	a := g.fma(k, ln2High32, g.lookup(t, "tablePower", tablePower[:]))
	low := g.fma(k, ln2Low32, g.lookup(t, "tablePowerLow", tablePowerLow[:]))
	s := g.fastTwoSum(a, r)
	return pair{s.hi, g.fma(g.mul(r, r), g.poly(r, polyPower), g.add(g.add(s.lo, low), rl))}
}

// logSeries returns k*log(2) + log(16/t) + log(1 + r + rl); rl may be nil.
func (g *gen) logSeries(k, t, r vec, rl *vec, b base, precise bool) pair {
	if g.size == 4 {
		return g.logSeries32(k, t, r, *rl)
	}
	a := g.fma(k, b.ln2, g.lookup(t, "tableLog"+b.name, b.table[:])) // exact
	low := g.lookup(t, "tableLogLow"+b.name, b.low[:])
	if b.ln2Low != 0 {
		low = g.fma(k, b.ln2Low, low)
	}
	q := g.mul(r, r)
	p := g.poly(r, times(polyLog, b.factor))
	if precise { // log(1+r) = r - r²/2 + r³p, the square in two parts
		if rl != nil {
			low = g.add(low, g.fnma(*rl, r, *rl))
		}
		lo := g.fma(g.mul(q, r), p, g.mul(g.fms(r, r, q), -0.5))
		s := g.fastTwoSum(a, r)
		u := g.fastTwoSum(s.hi, g.mul(q, -0.5))
		return g.fastTwoSum(u.hi, g.add(g.add(s.lo, u.lo), g.add(lo, low)))
	}
	w := g.fma(r, p, -0.5*b.factor) // the rest is q*w
	if b.factor == 1 {
		s := g.fastTwoSum(a, r)
		low = g.add(s.lo, low)
		if rl != nil {
			low = g.add(low, *rl)
		}
		return pair{s.hi, g.fma(q, w, low)}
	}
	first := g.mul(r, b.factor)
	tail := g.fma(q, w, g.fma(r, b.factorLo, g.fms(r, b.factor, first)))
	s := g.fastTwoSum(a, first)
	return pair{s.hi, g.add(s.lo, g.add(tail, low))}
}

// times returns a polynomial times a number.
func times(c []float64, by float64) []float64 {
	c = slices.Clone(c)
	for i := range c {
		c[i] *= by
	}
	return c
}

// logEdges gives y what the logarithm of x is where there is none in the series:
// zeros -inf, +inf itself, NaN and negative numbers NaN.
func (g *gen) logEdges(y, x vec) vec {
	if g.width == 64 {
		g.do(g.ps("VFIXUPIMM"), operand.U8(0), g.setBits(0x03530422), x, y)
		return y
	}
	g.putNumber(y, math.NaN(), g.where(x, isLess, 0.0))
	g.putNumber(y, math.Inf(-1), g.where(x, isEqual, 0.0))
	g.put(y, x, g.where(x, isNotLess, math.Inf(1))) // infinity and NaN
	return y
}

func (g *gen) log(b base) func(vec) vec {
	return func(x vec) vec {
		p := g.logParts(x, nil, b, false)
		return g.logEdges(g.add(p.hi, p.lo), x)
	}
}

func (g *gen) log1p(x vec) vec {
	u := g.twoSum(x, g.set(1))
	p := g.logParts(u.hi, &u.lo, baseE, false)
	return g.withSign(g.logEdges(g.add(p.hi, p.lo), u.hi), x)
}
