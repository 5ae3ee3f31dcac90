package main

import "math"

// The inverse functions of complex numbers follow T. E. Hull, T. F. Fairgrieve and P. T. P.
// Tang, "Implementing the Complex Arcsine and Arccosine Functions Using Exception
// Handling", ACM Trans. Math. Softw. 23 (1997), in the first quadrant: there they are made of
// sums of what is not negative. Those of complex64 have float64 lanes that need no low parts.

// productOf, squareOf, quotientOf and rootOfSum are operations on pairs; on short ones as
// below.
func (g *gen) productOf(a, b pair) pair {
	if g.short {
		return pair{hi: g.mul(a.hi, b.hi)}
	}
	return g.product(a, b)
}

func (g *gen) squareOf(x vec) pair {
	if g.short {
		return pair{hi: g.mul(x, x)}
	}
	return g.square(x)
}

func (g *gen) quotientOf(a, b pair) pair {
	q := pair{hi: g.div(a.hi, b.hi)}
	if g.short {
		return q
	}
	rest := g.fnma(q.hi, b.hi, a.hi)
	if a.lo != nil {
		rest = g.add(rest, a.lo)
	}
	q.lo = g.mul(g.fnma(q.hi, b.lo, rest), g.reciprocal(b.hi))
	return q
}

func (g *gen) rootOfSum(a pair) pair {
	if g.short {
		s := g.fresh()
		g.VSQRTPD(a.hi, s)
		return pair{hi: s}
	}
	return g.root(a)
}

// bailInverse leaves parts of which squares are lost, infinities and NaN to the Go loop.
func (g *gen) bailInverse(parts ...vec) {
	for _, a := range parts {
		if g.short {
			g.bailUnless(a, isLess, math.Inf(1))
			continue
		}
		g.bailUnless(a, isLess, 0x1p200)
		g.bailSmall(a, 0x1p-400)
	}
}

// logOfMore returns log(1 + u).
func (g *gen) logOfMore(u pair) pair {
	n := g.twoSum(u.hi, g.set(1))
	if u.lo != nil {
		n.lo = g.add(n.lo, u.lo)
	}
	return g.logParts(n.hi, &n.lo, baseE, false)
}

// angleOf returns the angle of the vector (x, y), y not negative.
func (g *gen) angleOf(y, x pair) vec {
	a := g.argument(y, x)
	return g.abs(g.add(a.hi, a.lo))
}

// complexArc returns, for r = |z+1| and s = |z-1|, of which a is the mean, the logarithm of
// a + √(a²-1) and the angle of x and √(a²-x²), from either of them. With e = r - |x+1| and
// f = s - |x-1|, twice a-1 and twice a-x are e + f and e + s + |x-1|; beyond 1, the other way.
func (g *gen) complexArc(cosine bool) func(z []vec) []vec {
	return func(z []vec) []vec {
		x, y := g.abs(z[0]), g.abs(z[1])
		g.bailInverse(x, y)
		up, down := pair{hi: x}.added(g, pair{hi: g.set(1)}), pair{hi: x}.added(g, pair{hi: g.set(-1)})
		q := g.squareOf(y)
		r, s := g.rootOfSum(g.productOf(up, up).added(g, q)), g.rootOfSum(g.productOf(down, down).added(g, q))
		past := s.added(g, down.turn(g, down.hi))
		e, f := g.quotientOf(q, r.added(g, up)), g.quotientOf(q, past)
		f = g.chosenOf(g.where(past.hi, isEqual, 0.0), pair{hi: g.none()}, f)
		near, far := e.added(g, f), e.added(g, past)
		inside := g.where(x, isLess, 1.0)
		more, rest := g.chosenOf(inside, near, far), g.chosenOf(inside, far, near)
		h := g.rootOfSum(g.productOf(more, more.added(g, pair{hi: g.set(4)})))
		half := func(x vec) vec { return g.mul(x, 0.5) }
		l := g.logOfMore(more.added(g, h).each(half))
		im := g.add(l.hi, l.lo)
		w := g.rootOfSum(g.productOf(rest, rest.added(g, pair{hi: g.mul(x, 4)})))
		if cosine {
			return []vec{g.angleOf(w, pair{hi: g.add(z[0], z[0])}), g.withSign(im, g.negated(z[1]))}
		}
		return []vec{g.withSign(g.angleOf(pair{hi: g.add(x, x)}, w), z[0]), g.withSign(im, z[1])}
	}
}

// complexArccosh is i times the arccosine or -i times it, so that the real part is not negative.
func (g *gen) complexArccosh(z []vec) []vec {
	r := g.complexArc(true)(z)
	return []vec{g.abs(r[1]), g.withSign(r[0], z[1])}
}

// complexArctanh returns a quarter of log(1 + 4x/((1-x)² + y²)), and half of the angle of
// (1-x)(1+x) - y² and 2y.
func (g *gen) complexArctanh(z []vec) []vec {
	x, y := g.abs(z[0]), g.abs(z[1])
	g.bailInverse(x, y)
	one := pair{hi: g.set(1)}
	a, b, q := one.added(g, pair{hi: g.negated(x)}), one.added(g, pair{hi: x}), g.squareOf(y)
	d := g.productOf(a, a).added(g, q)
	g.bailUnless(d.hi, isGreater, 0) // the pole
	l := g.logOfMore(g.quotientOf(pair{hi: g.mul(x, 4)}, d))
	im := g.angleOf(pair{hi: g.add(y, y)}, g.productOf(a, b).added(g, q.each(g.negated)))
	return []vec{g.withSign(g.mul(g.add(l.hi, l.lo), 0.25), z[0]), g.withSign(g.mul(im, 0.5), z[1])}
}
