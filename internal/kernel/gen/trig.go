package main

// bailTrig leaves vectors with finite arguments beyond the limit to the Go loop.
func (g *gen) bailTrig(x vec, limit float64) {
	a := g.abs(x)
	g.bailIfFinite(g.where(a, isAtLeast, limit), a)
}

// reduceTrig returns x - n*π/2 and t, whose low bits are those of n.
func (g *gen) reduceTrig(x vec) (r pair, t vec) {
	t = g.fma(x, twoByPi, g.set(roundMagic))
	n := g.sub(t, roundMagic)
	h := g.fnma(n, halfPi1, x) // exact: the two are close
	hi := g.sub(h, g.mul(n, halfPi2))
	lo := g.fnma(n, halfPi2, g.sub(h, hi)) // the latter is exact
	return pair{hi, g.fnma(n, halfPi3, lo)}, t
}

// sinParts and cosParts are the sine and cosine of |r| ≤ π/4, q = r².
func (g *gen) sinParts(r pair, q vec) pair {
	// r + (r³S + rl(1 - r²/2))
	cube := g.mul(g.mul(q, r.hi), g.poly(q, polySin))
	lo := g.fma(r.lo, g.fma(q, -0.5, g.set(1)), cube)
	return pair{r.hi, lo}
}

func (g *gen) cosParts(r pair, q vec) pair {
	// 1 - r²/2 + (r⁴C - r*rl)
	half := g.mul(q, 0.5)
	w := g.sub(g.set(1), half)
	e := g.sub(g.sub(g.set(1), w), half)
	lo := g.fma(g.mul(q, q), g.poly(q, polyCos), g.fnma(r.hi, r.lo, e))
	return pair{w, lo}
}

func (g *gen) sinCos(cosine bool) func(vec) vec {
	return func(x vec) vec {
		g.bailTrig(x, 0x1p30)
		r, t := g.reduceTrig(x)
		if cosine { // one quadrant further
			t = g.addInt(t, uint64(1))
		}
		q := g.mul(r.hi, r.hi)
		s, c := g.sinParts(r, q), g.cosParts(r, q)
		y, z := g.add(s.hi, s.lo), g.add(c.hi, c.lo)
		g.put(y, z, g.bit(t, 0))
		// bit 1 of the quadrant is the sign
		out := g.flip(y, g.shift("VPSLL", t, 62))
		if !cosine {
			return g.small(out, x, 0x1p-28)
		}
		return out
	}
}
