package main

// angle32 returns the arctangent of y/x, both at least 0, as t + c: the angle from
// the nearest of the axes and the line between them. So the quotient and with it c
// stay small, and c's roundings do not reach the result.
func (g *gen) angle32(y, x vec) (t, c vec) {
	less, more := g.minMax(x, y)
	steep := g.where(y, isGreater, x)
	middle := g.where(less, isGreater, g.mul(more, 0.5463)) // the tangent of 1/2
	num := g.copyOf(y)
	g.putOf("VSUB", num, g.none(), x, steep)
	g.putOf("VSUB", num, y, x, middle) // exact
	g.putOf("VADD", more, x, y, middle)
	t = g.div(num, more)
	rest := g.mul(g.fnma(t, more, num), g.reciprocal(more))
	q := g.mul(t, t)
	c = g.fma(g.mul(q, t), g.poly(q, polyAtan32), rest)
	base := g.none()
	g.putNumber(base, halfPi32[0], steep)
	g.putNumber(base, halfPi32[0]/2, middle)
	v := g.add(base, t)
	return v, g.add(g.add(g.sub(base, v), t), g.fma(base, halfPi32[1]/halfPi32[0], c))
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
