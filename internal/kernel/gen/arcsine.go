package main

// The arcsine and the arccosine of both lanes.

// arcConstants are π/2 as a sum, and the arcsine's polynomial.
type arcConstants struct {
	halfPi, halfPiLow float64
	asin              []float64
}

func (g *gen) arcs() arcConstants {
	if g.size == 4 {
		return arcConstants{halfPi32[0], halfPi32[1], polyAsin32}
	}
	return arcConstants{halfPi1, halfPi2, polyAsin}
}

// arcTerms returns what arcsin and arccos have in common, for a = |x|: a mask
// of a above 1/2, and t + c, the arcsine of a, or there twice the arcsine of
// √((1-a)/2).
func (g *gen) arcTerms(a vec, k arcConstants) (big op, t, c vec) {
	big = g.where(a, isGreater, 0.5)
	z, t := g.mul(a, a), g.copyOf(a)
	half := g.fnma(a, 0.5, g.set(0.5)) // exact
	root := g.fresh()
	g.do(g.ps("VSQRT"), half, root)
	rest := g.mul(g.fnma(root, root, half), g.reciprocal(g.arg2("VMAX", root, 0x1p-60)))
	low := g.none()
	g.put(low, rest, big)
	g.put(z, half, big)
	g.put(t, g.add(root, root), big)
	return big, t, g.fma(g.mul(z, t), g.perLane(g.splitPoly, g.poly)(z, k.asin), low)
}

func (g *gen) arcsin(x vec) vec {
	k := g.arcs()
	big, t, c := g.arcTerms(g.abs(x), k)
	v, w := g.around(g.set(k.halfPi), g.set(k.halfPiLow), t, c)
	y := g.add(t, c)
	g.put(y, g.add(v, w), big)
	return g.withSign(y, x)
}

// arccos is π/2 - arcsin(x) for |x| up to 1/2, t + c above, and π - (t + c) below.
func (g *gen) arccos(x vec) vec {
	k := g.arcs()
	big, t, c := g.arcTerms(g.abs(x), k)
	base, low := g.set(k.halfPi), g.set(k.halfPiLow)
	g.putNumber(base, 2*k.halfPi, big)
	g.putNumber(low, 2*k.halfPiLow, big)
	up := g.where(x, isGreater, 0.5)
	g.put(base, g.none(), up)
	g.put(low, g.none(), up)
	// t + c is taken away where x is within (0, 1/2] and below -1/2
	turn := g.copyOf(x)
	g.put(turn, g.negated(x), big)
	v, w := g.around(base, low, g.flip(t, turn), g.flip(c, turn))
	return g.add(v, w)
}

// negated returns -x.
func (g *gen) negated(x vec) vec { return g.arg2("VXOR", x, g.sign()) }
