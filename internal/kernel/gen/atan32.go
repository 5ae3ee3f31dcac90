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
