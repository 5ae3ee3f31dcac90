package main

// tan returns the tangent: t = r + r³T, or in odd quadrants -1/t. It serves both
// lanes.
func (g *gen) tan(x vec) vec {
	reduce, limit, tiny, poly := g.reduceTrig, float64(0x1p30), 0x1p-28, polyTan
	if g.size == 4 {
		reduce, limit, tiny, poly = g.reduceTrig32, trigLimit32, 0x1p-13, polyTan32
	}
	g.bailTrig(x, limit)
	r, n := reduce(x)
	q := g.mul(r.hi, r.hi)
	ql := g.fms(r.hi, r.hi, q)
	p := g.mul(r.hi, g.perLane(g.splitPoly, g.poly)(q, poly))
	t := g.fastTwoSum(r.hi, g.fma(q, p, g.fma(ql, p, r.lo)))
	t.lo = g.fma(g.mul(t.hi, t.hi), r.lo, t.lo) // rl counts 1 + t² times
	inv := g.div(g.set(1), t.hi)
	e := g.fnma(inv, t.lo, g.fnma(inv, t.hi, g.set(1)))
	y := g.add(t.hi, t.lo)
	g.put(y, g.fma(inv, e, inv), g.bit(n, 0))
	return g.small(g.flip(y, g.shift("VPSLL", n, 8*g.size-1)), x, tiny)
}

// perLane returns the first of two ways of evaluating a polynomial for float64,
// the second for float32.
func (g *gen) perLane(long, short func(vec, []float64) vec) func(vec, []float64) vec {
	if g.size == 8 {
		return long
	}
	return short
}
