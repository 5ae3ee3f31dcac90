package main

import "math"

// The inverse hyperbolic functions of both lanes: logarithms of pairs.

// logBeyond is where the logarithm of 2a stands for those of sums with a.
const logBeyond = 0x1p30

// logOfSum returns log(n), or log(2a) in the lanes where a is beyond the limit.
func (g *gen) logOfSum(n pair, a vec) vec {
	big := g.where(a, isGreater, logBeyond)
	g.put(n.hi, a, big)
	g.put(n.lo, g.none(), big)
	m, k := g.split(n.hi)
	low := g.scale(n.lo, g.sub(g.none(), k))
	g.put(k, g.add(k, 1), big)
	c, at := g.inverse(m)
	r := g.fastTwoSum(g.fms(m, c, 1.0), g.mul(low, c))
	p := g.logSeries(k, at, r.hi, &r.lo, baseE, false)
	return g.logEdges(g.add(p.hi, p.lo), n.hi)
}

// arcsinh returns log(a + √(1+a²)), below 1/8 a polynomial.
func (g *gen) arcsinh(x vec) vec {
	a := g.abs(x)
	q := g.square(a)
	s := g.twoSum(q.hi, g.set(1))
	s = g.rootOf(pair{s.hi, g.add(s.lo, q.lo)})
	n := g.fastTwoSum(s.hi, a)
	n.lo = g.add(n.lo, s.lo)
	y, p := g.logOfSum(n, a), polyAsinh
	if g.size == 4 {
		p = p[:4]
	}
	g.put(y, g.fma(g.mul(a, q.hi), g.poly(q.hi, p), a), g.where(a, isLess, 0.125))
	return g.withSign(y, x)
}

// arccosh returns log(1 + t + √(t(t+2))), t = x - 1.
func (g *gen) arccosh(x vec) vec {
	t, w := g.sub(x, 1), g.fastTwoSum(x, g.set(1))
	v := g.mul(t, w.hi)
	s := g.root(pair{v, g.fma(t, w.lo, g.fms(t, w.hi, v))})
	u := g.fastTwoSum(s.hi, t)
	n := g.twoSum(u.hi, g.set(1))
	n.lo = g.add(n.lo, g.add(u.lo, s.lo))
	y := g.logOfSum(n, x)
	g.putNumber(y, math.NaN(), g.where(x, isLess, 1.0))
	return y
}

// arctanh returns log(n/d)/2, n = 1 + a and d = 1 - a: from c near d/n in few
// bits, log(1/c) and the logarithm of 1 + r = cn/d.
func (g *gen) arctanh(x vec) vec {
	a := g.abs(x)
	n, d := pair{hi: g.add(a, 1)}, pair{hi: g.sub(g.set(1), a)}
	inv := g.div(g.set(1), d.hi)
	m, k := g.split(g.mul(n.hi, inv))
	c, at := g.inverse(m)
	s := g.scale(c, g.sub(g.none(), k))
	p := g.mul(n.hi, s)
	num := g.sub(p, d.hi) // exact: the two are close
	r := g.mul(num, inv)
	rest := g.add(g.fnma(r, d.hi, num), g.fms(n.hi, s, p))
	n.lo = g.sub(a, g.sub(n.hi, 1))
	rest = g.fma(n.lo, s, rest)
	// that counts 1/(1+r) times, and d.lo 1+r times
	d.lo = g.sub(g.sub(g.set(1), d.hi), a)
	low := g.mul(g.sub(g.fnma(rest, r, rest), d.lo), inv)
	l := g.logSeries(k, at, r, &low, baseE, false)
	y := g.mul(g.add(l.hi, l.lo), 0.5)
	g.putNumber(y, math.Inf(1), g.where(a, isEqual, 1.0))
	tiny := 0x1p-27 // below which r is no greater than what n and d leave out
	if g.size == 4 {
		tiny = 0x1p-13
	}
	g.put(y, a, g.where(a, isLess, tiny))
	return g.withSign(y, x)
}
