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
func (g *gen) arcTerms(a vec) (big op, t, c vec) {
	k := g.arcs()
	big = g.where(a, isGreater, 0.5)
	z, s := g.mul(a, a), g.copyOf(a)
	half := g.fnma(a, 0.5, g.set(0.5)) // exact
	root := g.fresh()
	g.do(g.ps("VSQRT"), half, root)
	inv := g.reciprocal(g.arg2("VMAX", root, 0x1p-60))
	rest := g.mul(g.mul(g.fnma(root, root, half), inv), 0.5)
	low := g.none()
	g.put(low, rest, big)
	g.put(z, half, big)
	g.put(s, root, big)
	c = g.fma(g.mul(z, s), g.perLane(g.splitPoly, g.poly)(z, k.asin), low)
	g.put(s, g.add(s, s), big)
	g.put(c, g.add(c, c), big)
	return big, s, c
}

func (g *gen) arcsin(x vec) vec {
	big, t, c := g.arcTerms(g.abs(x))
	v, w := g.around(g.set(g.arcs().halfPi), g.set(g.arcs().halfPiLow), t, c)
	y := g.add(t, c)
	g.put(y, g.add(v, w), big)
	return g.withSign(y, x)
}

// arccos is π/2 - arcsin(x) for |x| up to 1/2, t + c above, and π - (t + c) below.
func (g *gen) arccos(x vec) vec {
	big, t, c := g.arcTerms(g.abs(x))
	y := g.add(t, c)
	base, low := g.set(g.arcs().halfPi), g.set(g.arcs().halfPiLow)
	g.putNumber(base, 2*g.arcs().halfPi, big)
	g.putNumber(low, 2*g.arcs().halfPiLow, big)
	t0, c0 := g.copyOf(t), g.copyOf(c)
	// within 1/2, the sign of x; outside, the result where x is positive is t + c
	sx := g.flip(t0, x)
	cx := g.flip(c0, x)
	g.put(sx, t, big)
	g.put(cx, c, big)
	v, w := g.around(base, low, sx, cx)
	r := g.add(v, w)
	g.put(r, y, g.where(x, isGreater, 0.5))
	return r
}
