package main

// tan returns the tangent, in odd quadrants -1/tan(r), as a quotient of pairs: of
// polynomials, of which the first terms are r and 1. It serves both lanes.
func (g *gen) tan(x vec) vec {
	reduce, limit, n, d := g.reduceTrig, float64(0x1p30), polyTanNum, polyTanDen
	if g.size == 4 {
		reduce, limit, n, d = g.reduceTrig32, trigLimit32, polyTanNum32, polyTanDen32
	}
	g.bailTrig(x, limit)
	r, t := reduce(x)
	q := g.mul(r.hi, r.hi)
	// what r and its square leave out, of which num/den takes so much
	ql := g.fma(g.add(r.lo, r.lo), r.hi, g.fms(r.hi, r.hi, q))
	low := g.fma(g.mul(r.hi, ql), 0.38, r.lo)
	w := g.mul(q, g.poly(q, n))
	num := pair{hi: g.fma(r.hi, w, r.hi)}
	num.lo = g.add(g.fma(r.hi, w, g.sub(r.hi, num.hi)), low)
	w = g.poly(q, d)
	den := pair{hi: g.fma(q, w, 1.0)}
	den.lo = g.fma(q, w, g.sub(g.set(1), den.hi))
	odd := g.bit(t, 0)
	over, under := pair{g.blend(odd, den.hi, num.hi), g.blend(odd, den.lo, num.lo)}, pair{g.blend(odd, num.hi, den.hi), g.blend(odd, num.lo, den.lo)}
	y := g.div(over.hi, under.hi)
	e := g.fnma(y, under.lo, g.add(g.fnma(y, under.hi, over.hi), over.lo))
	y = g.fma(e, g.reciprocal(under.hi), y)
	y = g.flip(y, g.shift("VPSLL", t, 8*g.size-1))
	g.put(y, x, g.where(x, isEqual, 0.0))
	return y
}

// perLane returns the first of two ways of evaluating a polynomial for float64,
// the second for float32.
func (g *gen) perLane(long, short func(vec, []float64) vec) func(vec, []float64) vec {
	if g.size == 8 {
		return long
	}
	return short
}
