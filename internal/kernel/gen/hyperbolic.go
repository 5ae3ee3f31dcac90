package main

import "math"

// hyperbolicParts are the parts of e**±a/2 = (T ± ...) at the multiple n of
// log(2)/16 nearest to a, half their sum and difference, and what is left of a.
type hyperbolicParts struct {
	sinh, cosh pair // of n
	r, low     vec  // a - n*log(2)
	sinhR      vec  // sinh(r) - r
	coshR      vec  // cosh(r) - 1
}

func (g *gen) hyperbolic(a vec) (h hyperbolicParts) {
	t := g.fma(a, math.Log2E, g.set(roundMagic/16))
	n := g.sub(t, roundMagic/16)
	first := g.fnma(n, 16*ln2By16, a)
	h.r = g.fnma(n, 16*ln2By16Low, first)
	h.low = g.fnma(n, 16*ln2By16Low, g.sub(first, h.r))
	half := func(t, n vec) (hi, lo vec) { // 2**n/2
		k := g.sub(n, 1)
		return g.scale(g.lookup(t, "tableExp", tableExp[:]), k), g.scale(g.lookup(t, "tableExpLow", tableExpLow[:]), k)
	}
	p, pl := half(t, n)
	m, ml := half(g.sub(g.set(roundMagic/16), n), g.sub(g.none(), n))
	h.cosh = g.fastTwoSum(p, m)
	h.cosh.lo = g.add(h.cosh.lo, g.add(pl, ml))
	h.sinh.hi = g.sub(p, m)
	h.sinh.lo = g.add(g.sub(g.sub(p, h.sinh.hi), m), g.sub(pl, ml))
	q := g.mul(h.r, h.r)
	h.sinhR = g.mul(g.mul(q, h.r), g.poly(q, polySinh))
	h.coshR = g.mul(q, g.poly(q, polyCosh))
	return h
}

// hyperbolicLimit is where sinh and cosh become infinite.
const hyperbolicLimit = 710.4758600739439

// sinh returns sinh(n)*cosh(r) + cosh(n)*sinh(r).
func (g *gen) sinh(x vec) vec {
	a := g.arg2("VMIN", g.set(720), g.abs(x))
	h := g.hyperbolic(a)
	m := g.mul(h.cosh.hi, h.r)
	ml := g.fms(h.cosh.hi, h.r, m)
	s := g.fastTwoSum(h.sinh.hi, m) // that is 0, or the greater one
	low := g.fma(h.sinh.hi, h.coshR, g.fma(h.cosh.lo, h.r, h.sinh.lo))
	low = g.add(s.lo, g.add(ml, g.fma(h.cosh.hi, g.add(h.sinhR, h.low), low)))
	y := g.add(s.hi, low)
	g.putNumber(y, math.Inf(1), g.where(a, isGreater, hyperbolicLimit))
	return g.withSign(y, x)
}

// cosh returns cosh(n)*cosh(r) + sinh(n)*sinh(r).
func (g *gen) cosh(x vec) vec {
	a := g.arg2("VMIN", g.set(720), g.abs(x))
	h := g.hyperbolic(a)
	low := g.fma(h.sinh.hi, g.add(h.r, h.sinhR), g.fma(h.cosh.hi, h.coshR, h.cosh.lo))
	y := g.add(h.cosh.hi, low)
	g.putNumber(y, math.Inf(1), g.where(a, isGreater, hyperbolicLimit))
	return y
}
