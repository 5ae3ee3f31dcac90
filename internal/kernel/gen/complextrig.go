package main

import "math"

// The hyperbolic and circular functions of complex numbers are products of those of the
// parts, which are pairs of magnitudes with signs beside them.

// product returns a*b.
func (g *gen) product(a, b pair) pair {
	p := g.mul(a.hi, b.hi)
	return pair{p, g.fma(a.lo, b.hi, g.fma(a.hi, b.lo, g.fms(a.hi, b.hi, p)))}
}

// quotient returns a/b.
func (g *gen) quotient(a, b pair) vec {
	q := g.div(a.hi, b.hi)
	rest := g.fnma(q, b.lo, g.add(g.fnma(q, b.hi, a.hi), a.lo))
	return g.fma(rest, g.reciprocal(b.hi), q)
}

// circle returns the magnitudes of the sine and the cosine of y, and vectors that have
// their signs; of y + low if that is not nil.
func (g *gen) circle(y vec, low *vec) (sin, cos pair, ofSin, ofCos vec) {
	a := g.abs(y)
	g.bailUnless(a, isLess, 0x1p30)
	g.bailSmall(a, 0x1p-900) // a product with it could lose its low part
	r, t := g.reduceTrig(y)
	if low != nil {
		r = g.fastTwoSum(r.hi, g.add(r.lo, *low))
	}
	q := g.mul(r.hi, r.hi)
	s, c := g.sinParts(r, q), g.cosParts(r, q)
	s, c = g.fastTwoSum(g.abs(s.hi), g.flip(s.lo, r.hi)), g.fastTwoSum(c.hi, c.lo)
	odd := g.bit(t, 0)
	sin, cos = pair{g.blend(odd, c.hi, s.hi), g.blend(odd, c.lo, s.lo)}, pair{g.blend(odd, s.hi, c.hi), g.blend(odd, s.lo, c.lo)}
	// bit 1 of the quadrant is the sign
	ofSin = g.flip(g.shift("VPSLL", t, 62), g.blend(odd, g.none(), r.hi))
	ofCos = g.flip(g.shift("VPSLL", g.addInt(t, uint64(1)), 62), g.blend(odd, r.hi, g.none()))
	return sin, cos, ofSin, ofCos
}

// hyperbola returns the hyperbolic sine and cosine of |x|, or of most where that is less,
// times 2**-k. Below 1/4 the sine is a polynomial.
func (g *gen) hyperbola(x vec, most float64) (sin, cos pair, k vec) {
	a := g.abs(x)
	g.bailUnless(a, isLess, math.Inf(1))
	g.bailSmall(a, 0x1p-900)
	a = g.arg2("VMIN", a, most)
	e, n := g.powerPair(a, false)
	e = g.fastTwoSum(e.hi, e.lo)
	k = g.rounded(n, toFloor)
	inv := pair{hi: g.div(g.set(1), e.hi)}
	inv.lo = g.mul(inv.hi, g.fnma(inv.hi, e.lo, g.fnma(inv.hi, e.hi, g.set(1))))
	down := g.arg2("VMAX", g.mul(k, -2), -200.0)
	inv = pair{g.scaleBy(inv.hi, down), g.scaleBy(inv.lo, down)} // at most 1
	k = g.sub(k, 1)
	cos = g.fastTwoSum(e.hi, inv.hi)
	cos.lo = g.add(cos.lo, g.add(e.lo, inv.lo))
	sin = g.fastTwoSum(e.hi, g.negated(inv.hi))
	sin.lo = g.add(sin.lo, g.sub(e.lo, inv.lo))
	few := g.where(a, isLess, 0.25)
	q, up := g.mul(a, a), g.scaleBy(a, g.sub(g.none(), k))
	g.put(sin.hi, up, few)
	g.put(sin.lo, g.mul(g.mul(up, q), g.poly(q, polySinh)), few)
	return g.fastTwoSum(sin.hi, sin.lo), cos, k
}

// scaled returns a*b * 2**k.
func (g *gen) scaled(a, b pair, k vec) vec {
	p := g.product(a, b)
	return g.scaleBy(g.add(p.hi, p.lo), k)
}

// beyondProducts is from where on the exponential and the hyperbolic functions are infinite
// even times the least sine; AVX2 scales by no more.
const beyondProducts = 1400

// complexSinh returns sinh x cos y, cosh x sin y.
func (g *gen) complexSinh(z []vec) []vec {
	x, y := z[0], z[1]
	sh, ch, k := g.hyperbola(x, beyondProducts)
	s, c, ofSin, ofCos := g.circle(y, nil)
	return []vec{g.flip(g.flip(g.scaled(sh, c, k), ofCos), x), g.flip(g.scaled(ch, s, k), ofSin)}
}

// complexCosh returns cosh x cos y, sinh x sin y.
func (g *gen) complexCosh(z []vec) []vec {
	x, y := z[0], z[1]
	sh, ch, k := g.hyperbola(x, beyondProducts)
	s, c, ofSin, ofCos := g.circle(y, nil)
	return []vec{g.flip(g.scaled(ch, c, k), ofCos), g.flip(g.flip(g.scaled(sh, s, k), ofSin), x)}
}

// complexTanh returns sinh x cosh x and sin y cos y, both over sinh² x + cos² y.
func (g *gen) complexTanh(z []vec) []vec {
	x, y := z[0], z[1]
	sh, ch, k := g.hyperbola(x, 400)
	s, c, ofSin, ofCos := g.circle(y, nil)
	down := g.mul(k, -2)
	p, q := g.product(sh, sh), g.product(c, c)
	d := g.twoSum(p.hi, g.scaleBy(q.hi, down))
	d = g.fastTwoSum(d.hi, g.add(d.lo, g.add(p.lo, g.scaleBy(q.lo, down))))
	re := g.flip(g.quotient(g.product(sh, ch), d), x)
	im := g.scaleBy(g.quotient(g.product(s, c), d), down)
	return []vec{re, g.flip(g.flip(im, ofSin), ofCos)}
}

// ofTurned returns the circular function that is -i times the hyperbolic one of iz, which
// is odd.
func ofTurned(f func(z []vec) []vec) func(z []vec) []vec {
	return func(z []vec) []vec {
		r := f([]vec{z[1], z[0]})
		return []vec{r[1], r[0]}
	}
}

// complexCos returns cosh(iz).
func (g *gen) complexCos(z []vec) []vec { return g.complexCosh([]vec{g.negated(z[1]), z[0]}) }
