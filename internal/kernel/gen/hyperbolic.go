package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// The hyperbolic sine and cosine of both lanes.

// expSplit returns e**a = (e + v) * 2**k, a at least 0: e from a table, k integral.
func (g *gen) expSplit(a vec) (e, v, k vec) {
	var n vec
	if g.size == 8 {
		parts, r := g.expTable(a)
		r = g.fnma(parts.n, 16*ln2By16Low, r)
		e, n = parts.table, parts.n
		v = g.fma(e, g.mul(r, g.poly(r, polyExp1)), parts.low)
	} else {
		j := g.fma(a, math.Log2E, g.set(roundMagic32/16))
		n = g.sub(j, roundMagic32/16)
		r := g.fnma(n, ln2Low32, g.fnma(n, ln2High32, a))
		e = g.lookup(j, "tableExp32", tableExp32[:])
		v = g.fma(e, g.mul(r, g.poly(r, polyExpBy16)), g.lookup(j, "tableExp32Low", tableExp32Low[:]))
	}
	k = g.fresh()
	const floor = 9
	if g.width == 64 {
		g.do(g.ps("VRNDSCALE"), operand.U8(floor), n, k)
	} else {
		g.do(g.ps("VROUND"), operand.U8(floor), n, k)
	}
	return e, v, k
}

// halves returns e**a = (e + v) * 2**k and e**-a = inv * 2**k, for half of which
// k is one less.
func (g *gen) halves(a vec) (e, v, inv, k vec) {
	e, v, k = g.expSplit(a)
	down := g.mul(k, -2)
	if g.width < 64 { // scaleBy goes not much below the least exponent
		down = g.arg2("VMAX", down, -120.0)
	}
	inv = g.div(g.scaleBy(g.set(1), down), g.add(e, v))
	return e, v, inv, g.sub(k, 1)
}

// hyperbolicMost is where both functions have long been infinite.
func (g *gen) hyperbolicMost() float64 {
	if g.size == 4 {
		return 91
	}
	return 720
}

func (g *gen) cosh(x vec) vec {
	e, v, inv, k := g.halves(g.arg2("VMIN", g.set(g.hyperbolicMost()), g.abs(x)))
	s := g.fastTwoSum(e, inv) // inv is at most 1
	return g.scaleBy(g.add(s.hi, g.add(s.lo, v)), k)
}

// sinh is a polynomial below 1.
func (g *gen) sinh(x vec) vec {
	a := g.arg2("VMIN", g.set(g.hyperbolicMost()), g.abs(x))
	e, v, inv, k := g.halves(a)
	y := g.scaleBy(g.add(e, g.sub(v, inv)), k)
	q, p := g.mul(a, a), polySinh
	if g.size == 4 {
		p = polySinh32
	}
	g.put(y, g.fma(g.mul(q, a), g.perLane(g.splitPoly, g.poly)(q, p), a), g.where(a, isLess, 1.0))
	return g.withSign(y, x)
}
