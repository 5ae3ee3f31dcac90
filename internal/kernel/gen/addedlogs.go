package main

import "math"

// addedLogs returns log(e**x + e**y), or the same to base 2, by the steps of the Go loop:
// the greater argument and log(1 + e**-|x-y|), to which each step is rounded, for float32
// to its precision. Where the sum cancels, a last place of the logarithm may be many of the
// result's: vectors of which one could be rounded otherwise are left to the Go loop there.
func (g *gen) addedLogs(base2, float32s bool) func(x, y vec) vec {
	return func(x, y vec) vec {
		step := func(v vec) vec { return g.stepTo(v, float32s) }
		same, stored := math.Ln2, g.label("stored")
		if base2 {
			same = 1
		}
		out, equal := g.add(x, g.stepOf(same, float32s)), g.where(x, isEqual, y)
		g.jumpIfAll(equal, stored)
		d := step(g.sub(x, y))
		p, n := g.powerPair(g.or(d, g.sign()), base2)
		e := step(g.scale(g.add(p.hi, p.lo), n))
		u := g.fastTwoSum(g.set(1), e)
		l := g.logParts(u.hi, &u.lo, baseE, !float32s)
		tail := step(g.add(l.hi, l.lo))
		if base2 {
			tail = step(g.mul(tail, g.stepOf(math.Log2E, float32s)))
		}
		r := g.add(g.blend(g.where(d, isGreater, 0.0), x, y), tail)
		if !float32s {
			cancels := g.where(g.abs(r), isLess, g.mul(tail, 4))
			g.bailIf(g.both(cancels, g.uncertain(p, 0x1p-62)))
			g.bailIf(g.both(cancels, g.uncertain(l, 0x1p-61)))
		}
		g.put(out, r, g.where(x, isNotZero, y))
		g.Label(stored)
		return out
	}
}

// stepTo rounds to the precision of the items.
func (g *gen) stepTo(v vec, float32s bool) vec {
	if !float32s {
		return v
	}
	r := g.fresh()
	g.VCVTPS2PD(g.narrowed(v), r)
	return r
}

// stepOf is a constant in the precision of the items.
func (g *gen) stepOf(v float64, float32s bool) float64 {
	if float32s {
		return float64(float32(v))
	}
	return v
}

const ln2Low = 0x1.abc9e3b39803fp-56 // of log(2) - math.Ln2

// powerPair returns p and n with e**x = p * 2**floor(n), to about 2**-64, or 2**x. The low
// part may be as great as 2**-11.
func (g *gen) powerPair(x vec, base2 bool) (p pair, n vec) {
	var e expReduced
	if x = g.clamp(x, -beyondProducts, beyondProducts); base2 {
		t := g.add(x, roundMagic/16)
		e.n = g.sub(t, roundMagic/16)
		e.table, e.low = g.lookup(t, "tableExp", tableExp[:]), g.lookup(t, "tableExpLow", tableExpLow[:])
		r := g.sub(x, e.n)
		e.r = g.mul(r, math.Ln2)
		e.q = g.fma(g.mul(e.r, e.r), g.poly(e.r, polyExp), g.fma(r, ln2Low, g.fms(r, g.set(math.Ln2), e.r)))
	} else {
		e = g.expSteps(x)
	}
	m := g.mul(e.table, e.r)
	s := g.fastTwoSum(e.table, m)
	low := g.fma(e.table, e.q, g.fma(e.low, e.r, e.low))
	return pair{s.hi, g.add(s.lo, g.add(g.fms(e.table, e.r, m), low))}, e.n
}

// uncertain returns a mask of the lanes in which a pair would be rounded to another number
// if it were off by that part of itself.
func (g *gen) uncertain(p pair, by float64) op {
	off := g.mul(p.hi, by)
	return g.where(g.add(p.hi, g.sub(p.lo, off)), isNotZero, g.add(p.hi, g.add(p.lo, off)))
}
