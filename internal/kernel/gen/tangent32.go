package main

import "github.com/mmcloughlin/avo/operand"

// tan32 returns the tangent as r + r³P(r²), in odd quadrants -1 over that: its
// reciprocal from the instruction's 14 bits by one step of Newton's method.
func (g *gen) tan32(x vec) vec {
	a := g.abs(x)
	g.bailIfFinite(g.where(a, isAtLeast, trigLimit32), a)
	r, t := g.reduceTrig32(a)
	q := g.mul(r.hi, r.hi)
	// what r.hi and its square leave out, the latter times about the slope of tan(r)/r over it
	ql := g.fma(g.add(r.lo, r.lo), r.hi, g.fms(r.hi, r.hi, q))
	low := g.fma(g.mul(r.hi, ql), 0.55, r.lo)
	z := g.fma(g.mul(q, r.hi), g.poly(q, polyTan32), low)
	s := g.add(r.hi, z)
	inv := g.fresh()
	g.VRCP14PS(s, inv)
	e := g.fnma(z, inv, g.fnma(r.hi, inv, g.set(1)))
	odd := g.shift("VPSLL", t, 31)
	y := g.fma(inv, e, inv)
	// y where odd, s elsewhere
	const choose = 0xca
	all := g.shift("VPSRA", odd, 31)
	g.VPTERNLOGD(operand.U8(choose), s, y, all)
	return g.flip(all, g.arg2("VXOR", x, odd))
}
