package main

// angle32 returns the arctangent of y/x, both at least 0, as t + c: the smaller
// is divided by the greater, and π/2 takes it away where y was the greater.
func (g *gen) angle32(y, x vec) (t, c vec) {
	steep := g.where(y, isGreater, x)
	less, more := g.minMax(x, y)
	t = g.div(less, more)
	rest := g.mul(g.fnma(t, more, less), g.reciprocal(more))
	q := g.mul(t, t)
	c = g.fma(g.mul(q, t), g.poly(q, polyAtan32), rest)
	v, w := g.around(g.set(halfPi32[0]), g.set(halfPi32[1]), t, c)
	g.put(t, v, steep)
	g.put(c, w, steep)
	return t, c
}

// around returns base + low - (t + c) as a pair; base is 0 or the greatest.
func (g *gen) around(base, low, t, c vec) (v, w vec) {
	v = g.sub(base, t)
	return v, g.add(g.sub(g.sub(base, v), t), g.sub(low, c))
}

func (g *gen) arctan32(x vec) vec {
	t, c := g.angle32(g.arg2("VMIN", g.set(0x1p64), g.abs(x)), g.set(1))
	return g.withSign(g.add(t, c), x)
}

func (g *gen) arctan232(y, x vec) vec {
	ay, ax := g.abs(y), g.abs(x)
	g.bailIf(g.where(x, isNaN, y))
	_, more := g.minMax(ax, ay)
	g.bailUnless(more, isAtLeast, 0x1p-100)
	g.bailUnless(more, isLess, 0x1p100)
	t, c := g.angle32(ay, ax)
	v, w := g.around(g.set(2*halfPi32[0]), g.set(2*halfPi32[1]), t, c)
	s := g.add(t, c)
	g.put(s, g.add(v, w), g.negative(x))
	return g.withSign(s, y)
}

// arcTerms32 returns what arcsin and arccos have in common, for a = |x|: a mask
// of a above 1/2, and t + c, the arcsine of a, or there twice the arcsine of
// √((1-a)/2).
func (g *gen) arcTerms32(a vec) (big op, t, c vec) {
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
	c = g.fma(g.mul(z, s), g.poly(z, polyAsin32), low)
	g.put(s, g.add(s, s), big)
	g.put(c, g.add(c, c), big)
	return big, s, c
}

func (g *gen) arcsin32(x vec) vec {
	big, t, c := g.arcTerms32(g.abs(x))
	v, w := g.around(g.set(halfPi32[0]), g.set(halfPi32[1]), t, c)
	y := g.add(t, c)
	g.put(y, g.add(v, w), big)
	return g.withSign(y, x)
}

// arccos32 is π/2 - arcsin(x) for |x| up to 1/2, t + c above, and π - (t + c) below.
func (g *gen) arccos32(x vec) vec {
	big, t, c := g.arcTerms32(g.abs(x))
	y := g.add(t, c)
	base, low := g.set(halfPi32[0]), g.set(halfPi32[1])
	g.putNumber(base, 2*halfPi32[0], big)
	g.putNumber(low, 2*halfPi32[1], big)
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
