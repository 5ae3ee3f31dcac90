package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// The elementary functions for float32, still on float64 lanes: short
// polynomials and no low parts, for errors near 2**-33.

// shortExpSteps is expSteps without the low parts.
func (g *gen) shortExpSteps(x vec) expReduced {
	t := g.fma(x, log2By16, g.set(roundMagic))
	n := g.sub(t, roundMagic)
	r := g.fnma(n, ln2By16, x)
	e := expReduced{n: n, table: g.lookup(t, "tableExp", tableExp)}
	e.r = g.fnma(n, ln2By16Low, r)
	e.q = g.mul(g.mul(e.r, e.r), g.poly(e.r, shortExp))
	return e
}

func (g *gen) shortExp(x vec) vec {
	e := g.shortExpSteps(g.clamp(x, -200, 200))
	return g.scaled(g.fma(e.table, g.add(e.r, e.q), e.table), e.n, 0)
}

func (g *gen) shortExp2(x vec) vec {
	x = g.clamp(x, -300, 300)
	t := g.add(x, roundMagic/16)
	n := g.sub(t, roundMagic/16)
	r := g.mul(g.sub(x, n), math.Ln2)
	y, s := g.lookup(t, "tableExp", tableExp), g.ZMM()
	g.VSCALEFPD(n, g.fma(y, g.fma(g.mul(r, r), g.poly(r, shortExp), r), y), s)
	return s
}

// shortHalf returns (e**x - 1)/2.
func (g *gen) shortHalf(x vec) vec {
	e := g.shortExpSteps(x)
	s := g.scaled(e.table, e.n, -1)
	return g.fma(s, g.add(e.r, e.q), g.sub(s, 0.5))
}

func (g *gen) shortExpm1(x vec) vec {
	h := g.shortHalf(g.clamp(x, -200, 200))
	return g.small(g.add(h, h), x, 0x1p-40)
}

func (g *gen) shortTanh(x vec) vec {
	a := g.clamp(g.abs(x), -15, 15)
	h := g.shortHalf(g.add(a, a))
	return g.small(g.withSign(g.div(h, g.add(h, 1.0)), x), x, 0x1p-40)
}

func (g *gen) shortSinh(x vec) vec {
	h := g.shortHalf(g.clamp(g.abs(x), -200, 200))
	y := g.add(h, g.div(h, g.fma(h, g.set(2), 1.0)))
	return g.small(g.withSign(y, x), x, 0x1p-40)
}

func (g *gen) shortCosh(x vec) vec {
	h := g.add(g.shortHalf(g.clamp(g.abs(x), -200, 200)), 0.5)
	return g.add(h, g.div(g.set(0.25), h))
}

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
	a := g.fma(k, b.ln2, g.lookup(t, "tableLog"+b.name, b.table))
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

func (g *gen) shortReduce(x vec) (r, t vec) {
	t = g.fma(x, twoByPi, g.set(roundMagic))
	n := g.sub(t, roundMagic)
	return g.fnma(n, halfPi2, g.fnma(n, halfPi1, x)), t
}

func (g *gen) shortSinCos(cosine bool) func(vec) vec {
	return func(x vec) vec {
		g.bailTrig(x)
		r, t := g.shortReduce(x)
		if cosine {
			s := g.ZMM()
			g.VPADDQ_BCST(g.const64(1), t, s)
			t = s
		}
		q := g.mul(r, r)
		y := g.fma(g.mul(q, r), g.poly(q, shortSin), r)
		z := g.fma(q, g.fma(q, g.poly(q, shortCos), -0.5), g.set(1))
		g.put(y, z, g.bit(t, 0))
		sign, out := g.ZMM(), g.ZMM()
		g.VPSLLQ(operand.U8(62), t, sign)
		g.VPANDQ_BCST(g.const64(1<<63), sign, sign)
		g.VPXORQ(sign, y, out)
		if !cosine {
			return g.small(out, x, 0x1p-40)
		}
		return out
	}
}

func (g *gen) shortTan(x vec) vec {
	g.bailTrig(x)
	r, t := g.shortReduce(x)
	q := g.mul(r, r)
	s := g.fma(g.mul(q, r), g.poly(q, shortSin), r)
	c := g.fma(q, g.fma(q, g.poly(q, shortCos), -0.5), g.set(1))
	odd := g.bit(t, 0)
	num, den := g.copyOf(s), g.copyOf(c)
	g.put(num, c, odd)
	g.put(den, s, odd)
	sign, out := g.ZMM(), g.ZMM()
	g.VPSLLQ(operand.U8(63), t, sign)
	g.VPXORQ(sign, g.div(num, den), out)
	return g.small(out, x, 0x1p-40)
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
	y := g.add(g.lookup(at, "tableAtan", tableAtan), g.fma(g.mul(z, q), g.poly(z, shortAtan), q))
	g.put(y, g.sub(g.set(halfPi1), y), big)
	g.put(y, g.set(halfPi1), g.where(a, isGreater, 0x1p60))
	return g.small(g.withSign(y, x), x, 0x1p-40)
}

// shortPower is power for float32.
func (g *gen) shortPower(x, y vec) vec {
	g.bailPower(x)
	p := g.mul(y, g.shortLogOf(x, nil, baseE))
	g.bailUnless(g.abs(p), isLess, 150)
	e := g.shortExpSteps(p)
	return g.scaled(g.fma(e.table, g.add(e.r, e.q), e.table), e.n, 0)
}

func (g *gen) shortHypot(x, y vec) vec {
	a, b := g.abs(x), g.abs(y)
	g.bailUnless(a, isLess, math.Inf(1))
	g.bailUnless(b, isLess, math.Inf(1))
	r := g.ZMM()
	g.VSQRTPD(g.fma(a, a, g.mul(b, b)), r)
	return r
}
