package main

import (
	"math"
)

// power returns x**y = e**(y log x), the logarithm to about 2**-66.
func (g *gen) power(x, y vec) vec {
	const least = 0x1p-1022
	bad := g.either(g.where(x, isAtLeast^4, least), g.where(x, isNotLess, math.Inf(1)))
	base, mend := g.powerCases(x, y, bad, least)
	l := g.logParts(base, nil, baseE, true)
	p := g.mul(y, l.hi)
	pl := g.fma(y, l.lo, g.fms(y, l.hi, p))
	g.bailUnless(g.abs(p), isLess, 708)
	e, r := g.expTable(p)
	r = g.add(g.fnma(e.n, 16*ln2By16Low, r), pl)
	v := g.scale(g.expSum(e, g.mul(r, g.poly(r, polyExp1))), e.n)
	mend(v)
	return v
}

// root returns √(a.hi + a.lo), rootOf that of a number that is not 0.
func (g *gen) root(a pair) pair {
	s := g.rootOf(a)
	g.put(s.lo, g.none(), g.where(a.hi, isEqual, 0.0))
	return s
}

func (g *gen) rootOf(a pair) pair {
	s := g.fresh()
	g.do(g.ps("VSQRT"), a.hi, s)
	e := g.mul(g.add(g.fnma(s, s, a.hi), a.lo), g.reciprocal(s))
	return pair{s, g.mul(e, 0.5)}
}

// square returns x² exactly.
func (g *gen) square(x vec) pair {
	q := g.mul(x, x)
	return pair{q, g.fms(x, x, q)}
}

// norm returns x² + y². What is so great or so small that a part of it is lost is for the Go
// loop, and so is NaN; of 0 there is nothing to lose.
func (g *gen) norm(x, y vec) pair {
	_, high := g.normRange()
	s := g.normBelow(x, y)
	g.bailUnless(s.hi, isLess, high)
	return s
}

// normRange is where no part of a norm is lost.
func (g *gen) normRange() (low, high float64) {
	if g.size == 4 {
		return 0x1p-100, 0x1p120
	}
	return 0x1p-800, 0x1p1000
}

// normBelow is norm, but that it leaves great ones and NaN to its caller.
func (g *gen) normBelow(x, y vec) pair {
	low, _ := g.normRange()
	p, q := g.square(x), g.square(y)
	s := g.twoSum(p.hi, q.hi)
	g.bailIf(g.both(g.where(s.hi, isLess, low), g.where(g.or(x, y), isNotZero, g.none())))
	return pair{s.hi, g.add(s.lo, g.add(p.lo, q.lo))}
}

// hypot returns √(x² + y²).
func (g *gen) hypot(x, y vec) vec {
	_, high := g.normRange()
	n := g.normBelow(x, y)
	s := g.root(n)
	r := g.add(s.hi, s.lo)
	great := g.where(n.hi, isNotLess, high)
	g.aside(great, func() {
		a, b := g.abs(x), g.abs(y)
		_, more := g.minMax(a, b)
		g.bailIf(g.both(g.where(n.hi, isAtLeast, high), g.where(more, isLess, math.Inf(1))))
		g.putInfinite(r, a, b)
	})
	return r
}

// putInfinite replaces the lanes of r where a or b is infinite, be the other NaN.
func (g *gen) putInfinite(r, a, b vec) {
	g.putNumber(r, math.Inf(1), g.where(a, isEqual, math.Inf(1)))
	g.putNumber(r, math.Inf(1), g.where(b, isEqual, math.Inf(1)))
}

// shortHypot is hypot for float32, whose squares float64 holds exactly.
func (g *gen) shortHypot(x, y vec) vec {
	a, b := g.abs(x), g.abs(y)
	n, r := g.fma(a, a, g.mul(b, b)), g.fresh()
	g.VSQRTPD(n, r)
	g.aside(g.where(n, isNotLess, math.Inf(1)), func() { g.putInfinite(r, a, b) })
	return r
}
