package main

// reduceTrig32 returns x - n*π/2 and t, whose low bits are those of n.
func (g *gen) reduceTrig32(x vec) (r pair, t vec) {
	t = g.fma(x, twoByPi, g.set(roundMagic32))
	n := g.sub(t, roundMagic32)
	h := g.fnma(n, halfPi32[0], x) // exact: the two are close
	hi := g.sub(h, g.mul(n, halfPi32[1]))
	lo := g.fnma(n, halfPi32[1], g.sub(h, hi)) // the latter is exact
	return pair{hi, g.fnma(n, halfPi32[2], lo)}, t
}

const trigLimit32 = 0x1p17 // beyond, n is not always the nearest

func (g *gen) sinCos32(cosine bool) func(vec) vec {
	return func(x vec) vec {
		g.bailTrig(x, trigLimit32)
		r, t := g.reduceTrig32(x)
		if cosine { // one quadrant further
			t = g.addInt(t, uint64(1))
		}
		q := g.mul(r.hi, r.hi)
		s := g.add(r.hi, g.fma(g.mul(q, r.hi), g.poly(q, polySin32), r.lo))
		// 1 - q/2 + (what that rounds off - r*rl + r⁴C)
		half := g.mul(q, 0.5)
		w := g.sub(g.set(1), half)
		e := g.fnma(r.hi, r.lo, g.sub(g.sub(g.set(1), w), half))
		c := g.add(w, g.fma(g.mul(q, q), g.poly(q, polyCos32), e))
		g.put(s, c, g.bit(t, 0))
		y := g.flip(s, g.shift("VPSLL", t, 30)) // bit 1 of the quadrant is the sign
		if !cosine {
			return g.small(y, x, 0x1p-13)
		}
		return y
	}
}
