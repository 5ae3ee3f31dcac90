package main

import (
	"math"
)

// The elementary functions for float32, still on float64 lanes: short
// polynomials and no low parts, for errors near 2**-33.

func (g *gen) shortLogOf(x vec, rl *vec, b base) vec {
	m, k, km, c := g.ZMM(), g.ZMM(), g.ZMM(), g.ZMM()
	g.getMantissa(x, m)
	g.VGETEXPPD(x, k)
	g.VGETEXPPD(m, km)
	k = g.sub(k, km)
	g.VRCP14PD(m, c)
	t := g.add(c, roundMagic/16)
	c = g.sub(t, roundMagic/16)
	r := g.fms(m, c, 1.0)
	if rl != nil {
		s := g.ZMM()
		g.VSCALEFPD(g.sub(g.zero(64), k), *rl, s)
		r = g.fma(s, c, r)
	}
	q := g.mul(r, r)
	v := g.fma(q, g.fma(r, g.poly(r, shortLog), -0.5), r)
	a := g.fma(k, b.ln2, g.lookup(t, "tableLog"+b.name, b.table[:]))
	if b.factor == 1 {
		return g.add(a, v)
	}
	return g.fma(v, b.factor, a)
}

func (g *gen) shortLog(b base) func(vec) vec {
	return func(x vec) vec { return g.logEdges(g.shortLogOf(x, nil, b), x) }
}

func (g *gen) shortLog1p(x vec) vec {
	u := g.twoSum(x, g.set(1))
	return g.small(g.logEdges(g.shortLogOf(u.hi, &u.lo, baseE), u.hi), x, 0x1p-40)
}

func (g *gen) shortArctan(x vec) vec {
	a := g.abs(x)
	big := g.where(a, isGreater, 1.0)
	t, inv := g.copyOf(a), g.ZMM()
	g.VRCP14PD(a, inv)
	g.put(t, inv, big)
	at := g.add(t, roundMagic/8)
	c := g.sub(at, roundMagic/8)
	one := g.set(1)
	num, den := g.sub(a, c), g.fma(a, c, one)
	g.put(num, g.fnma(a, c, one), big)
	g.put(den, g.add(a, c), big)
	q := g.div(num, den)
	z := g.mul(q, q)
	y := g.add(g.lookup(at, "tableAtan", tableAtan[:]), g.fma(g.mul(z, q), g.poly(z, shortAtan), q))
	g.put(y, g.sub(g.set(halfPi1), y), big)
	g.put(y, g.set(halfPi1), g.where(a, isGreater, 0x1p60))
	return g.small(g.withSign(y, x), x, 0x1p-40)
}

func (g *gen) shortHypot(x, y vec) vec {
	a, b := g.abs(x), g.abs(y)
	g.bailUnless(a, isLess, math.Inf(1))
	g.bailUnless(b, isLess, math.Inf(1))
	r := g.ZMM()
	g.VSQRTPD(g.fma(a, a, g.mul(b, b)), r)
	return r
}
