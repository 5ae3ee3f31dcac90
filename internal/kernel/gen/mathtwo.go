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
	low, high := 0x1p-800, 0x1p1000
	if g.size == 4 {
		low, high = 0x1p-100, 0x1p120
	}
	p, q := g.square(x), g.square(y)
	s := g.twoSum(p.hi, q.hi)
	g.bailUnless(s.hi, isLess, high)
	g.bailIf(g.both(g.where(s.hi, isLess, low), g.where(g.or(x, y), isNotZero, g.none())))
	return pair{s.hi, g.add(s.lo, g.add(p.lo, q.lo))}
}

// hypot returns √(x² + y²).
func (g *gen) hypot(x, y vec) vec {
	r := g.root(g.norm(x, y))
	return g.add(r.hi, r.lo)
}

// shortHypot is hypot for float32, whose squares float64 holds exactly.
func (g *gen) shortHypot(x, y vec) vec {
	a, b := g.abs(x), g.abs(y)
	g.bailUnless(a, isLess, math.Inf(1))
	g.bailUnless(b, isLess, math.Inf(1))
	r := g.ZMM()
	g.VSQRTPD(g.fma(a, a, g.mul(b, b)), r)
	return r
}
