package main

import "math"

// The hyperbolic sine and cosine of float32 with AVX-512. With a = n*log(2) + r, n
// a multiple of 1/32, the sine is sinh(n log 2) cosh(r) + cosh(n log 2) sinh(r), and
// the cosine likewise; 2**n and 2**-n are made from tables by adding to exponents.

// powerParts are a quarter of 2**n ± 2**-n as a sum and a difference, r² and twice
// sinh(r).
type powerParts struct{ up, down, sum, diff, q, s vec }

func powerPartTables() []heldTable {
	return []heldTable{{"tablePowerUp", tablePowerUp[:]}, {"tablePowerDown", tablePowerDown[:]}, {"tablePowerRest", tablePowerRest[:]}}
}

func (g *gen) powerParts(a vec) (p powerParts) {
	t := g.fma(a, math.Log2E, g.set(roundMagic32/32))
	n := g.sub(t, roundMagic32/32)
	r := g.fnma(n, ln2Low32, g.fnma(n, ln2High32, a))
	r = g.add(r, g.lookup(t, "tablePowerRest", tablePowerRest[:]))
	e := g.shift("VPSLL", t, 23-5)
	p.up = g.addInt(g.lookup(t, "tablePowerUp", tablePowerUp[:]), e)
	p.down = g.fresh() // or next to 0, where the exponent does not reach
	g.VPSUBUSW(e, g.lookup(t, "tablePowerDown", tablePowerDown[:]), p.down)
	p.sum, p.diff = g.add(p.up, p.down), g.sub(p.up, p.down)
	p.q = g.mul(r, r)
	p.s = g.mul(r, g.fma(p.q, 1./3, g.set(2)))
	return p
}

// most32 is an argument of which both functions are infinite.
const most32 = 90

func (g *gen) coshByPoint(x vec) vec {
	p := g.powerParts(g.arg2("VMIN", g.set(most32), g.abs(x)))
	rest := g.add(g.sub(p.up, p.sum), p.down)
	return g.fma(p.sum, 2.0, g.fma(rest, 2.0, g.fma(p.diff, p.s, g.mul(p.sum, p.q))))
}

// sinhByPoint is a polynomial below 1/2.
func (g *gen) sinhByPoint(x vec) vec {
	a := g.arg2("VMIN", g.set(most32), g.abs(x))
	p := g.powerParts(a)
	rest := g.sub(g.sub(p.up, p.diff), p.down)
	y := g.fma(p.diff, 2.0, g.fma(rest, 2.0, g.fma(p.sum, p.s, g.mul(p.diff, p.q))))
	q := g.mul(a, a)
	g.put(y, g.fma(g.mul(q, a), g.poly(q, polySinhHalf32), a), g.where(a, isLess, 0.5))
	return g.withSign(y, x)
}
