package main

import "math"

// powerCases prepares x**y for an x that is no positive number: bad are those lanes. base
// is x, or |x|, or 1 where there is no logarithm; mend makes the result for x of the one
// for base. Both stand beside the road. Numbers below least, but 0, and infinite y are for
// the Go loop.
func (g *gen) powerCases(x, y vec, bad op, least float64) (base vec, mend func(r vec)) {
	base = g.copyOf(x)
	g.aside(bad, func() {
		a := g.abs(x)
		if least > 0 {
			g.bailSmall(a, least)
		}
		g.bailIf(g.where(g.abs(y), isEqual, math.Inf(1)))
		g.put(base, a, bad)
		g.putNumber(base, 1, g.where(a, isEqual, 0.0))
		g.putNumber(base, 1, g.where(a, isNotLess, math.Inf(1)))
	})
	return base, func(r vec) {
		g.aside(bad, func() {
			a, up, down := g.abs(x), g.where(y, isGreater, 0.0), g.where(y, isLess, 0.0)
			zero, infinite := g.where(a, isEqual, 0.0), g.where(a, isEqual, math.Inf(1))
			g.putNumber(r, 0, g.both(zero, up))
			g.putNumber(r, 0, g.both(infinite, down))
			g.putNumber(r, math.Inf(1), g.both(zero, down))
			g.putNumber(r, math.Inf(1), g.both(infinite, up))

			n, half := g.rounded(y, toZero), g.mul(y, 0.5)
			odd := g.both(g.where(n, isEqual, y), g.where(g.rounded(half, toZero), isNotZero, half))
			g.put(r, g.flip(r, x), odd)
			g.putNumber(r, math.NaN(), g.both(g.both(g.where(x, isLess, 0.0), g.where(a, isLess, math.Inf(1))), g.where(n, isNotZero, y)))
			g.putNumber(r, math.NaN(), g.both(g.where(x, isNaN, x), g.where(y, isNotZero, 0.0)))
		})
	}
}
