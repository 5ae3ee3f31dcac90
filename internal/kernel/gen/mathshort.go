package main

import "math"

// shortHypot is hypot for float32, whose squares float64 holds exactly.
func (g *gen) shortHypot(x, y vec) vec {
	a, b := g.abs(x), g.abs(y)
	g.bailUnless(a, isLess, math.Inf(1))
	g.bailUnless(b, isLess, math.Inf(1))
	r := g.ZMM()
	g.VSQRTPD(g.fma(a, a, g.mul(b, b)), r)
	return r
}
