package main

import "math"

// Fractions and exponents with AVX2, which has the bits alone.

// exponentOf returns the exponent's bits of a number as one.
func (g *gen) exponentOf(x vec) vec {
	if g.size == 4 {
		e := g.fresh()
		g.VCVTDQ2PS(g.and(g.shift("VPSRL", x, 23), uint64(0xff)), e)
		return e
	}
	return g.sub(g.or(g.and(g.shift("VPSRL", x, 52), uint64(0x7ff)), g.bitsOf(0x1p52)), 0x1p52)
}

// hasNone returns a mask of what has no exponent: zeros, infinities and NaN.
func (g *gen) hasNone(x vec) op {
	return g.either(g.where(x, isEqual, 0.0), g.where(g.abs(x), isNotLess, math.Inf(1)))
}

func (g *gen) frexp2(x vec) []vec {
	least, up, bias := math.Ldexp(1, -1022), 54, 1022
	if g.size == 4 {
		least, up, bias = math.Ldexp(1, -126), 24, 126
	}
	tiny, y := g.where(g.abs(x), isLess, least), g.copyOf(x)
	g.put(y, g.mul(x, math.Ldexp(1, up)), tiny)
	e := g.sub(g.sub(g.exponentOf(y), float64(bias)), g.and(tiny.(vec), g.bitsOf(float64(up))))
	m := g.or(g.and(y, ^g.bitsOf(math.Inf(1))), g.bitsOf(0.5))
	none := g.hasNone(x)
	g.put(m, x, none)
	g.put(e, g.none(), none)
	return []vec{m, e}
}

// ldexp2 adds to the exponent of a float64. Results that are not normal are for the Go loop;
// rounded to float32 all are right.
func (g *gen) ldexp2(toFloat32 bool) func(x, n vec) vec {
	return func(x, n vec) vec {
		none := g.hasNone(x)
		if toFloat32 {
			n = g.clamp(n, -600, 600)
		} else {
			from := g.exponentOf(x)
			to := g.add(from, n)
			bad := g.either(g.where(from, isEqual, 0.0), g.either(g.where(to, isLess, 1.0), g.where(to, isGreater, 2046.0)))
			g.bailIf(g.both(bad, g.not(none)))
		}
		r := g.addInt(x, g.shift("VPSLL", g.add(n, roundMagic), 52))
		g.put(r, x, none)
		return r
	}
}
