package main

// Powers and logarithms of complex numbers to other bases: the logarithm as a pair of pairs.

// by returns a*x, added the sum of two pairs.
func (a pair) by(g *gen, x vec) pair {
	p := g.mul(a.hi, x)
	return pair{p, g.fma(a.lo, x, g.fms(a.hi, x, p))}
}

func (a pair) added(g *gen, b pair) pair {
	s := g.twoSum(a.hi, b.hi)
	return pair{s.hi, g.add(s.lo, g.add(a.lo, b.lo))}
}

// turn returns a, of which both parts change their sign with x.
func (a pair) turn(g *gen, x vec) pair { return pair{g.flip(a.hi, x), g.flip(a.lo, x)} }

// argument is arctan2 as a pair, of x that is one: see there.
func (g *gen) argument(y vec, x pair) pair {
	ay, ax := g.abs(y), x.turn(g, x.hi)
	less, more := g.minMax(ax.hi, ay)
	g.bailNaN(x.hi, y)
	g.bailRange(more, less)
	c, at, infinite := g.quarter(g.mul(ay, g.reciprocal(ax.hi)))
	num := pair{ay, g.none()}.added(g, ax.by(g, g.negated(c)))
	den := ax.added(g, pair{ay, g.none()}.by(g, c))
	for _, v := range [][2]vec{{num.hi, g.negated(ax.hi)}, {num.lo, g.negated(ax.lo)}, {den.hi, ay}, {den.lo, g.none()}} {
		g.put(v[0], v[1], infinite)
	}
	t := g.div(num.hi, den.hi)
	rest := g.mul(g.fnma(t, den.lo, g.add(g.fnma(t, den.hi, num.hi), num.lo)), g.reciprocal(den.hi))
	a := g.arctanFrom(at, t, &rest)
	a = g.fastTwoSum(a.hi, a.lo)
	left := g.negative(x.hi)
	f := g.fastTwoSum(g.set(2*halfPi1), g.negated(a.hi))
	f.lo = g.add(f.lo, g.sub(g.set(2*halfPi2), a.lo))
	return pair{g.blend(left, f.hi, a.hi), g.blend(left, f.lo, a.lo)}.turn(g, y)
}

// logOfNorm returns half of the logarithm of a norm.
func (g *gen) logOfNorm(n pair) pair {
	n = g.fastTwoSum(n.hi, n.lo)
	g.bailUnless(n.hi, isAtLeast, 0x1p-800) // 0
	l := g.logParts(n.hi, &n.lo, baseE, true)
	return pair{g.mul(l.hi, 0.5), g.mul(l.lo, 0.5)}
}

// complexPower returns e**(w log z). Integers below 100 are for the Go loop, which
// multiplies, and so are results of which a part is below unsure times what it is the
// difference of.
func (g *gen) complexPower(unsure float64) func(z []vec) []vec {
	return func(z []vec) []vec {
		c, d := z[2], z[3]
		whole := g.both(g.where(d, isEqual, 0.0), g.where(g.rounded(c, toZero), isEqual, c))
		g.bailIf(g.both(whole, g.where(g.abs(c), isLess, 100.0)))
		l, t := g.logOfNorm(g.norm(z[0], z[1])), g.argument(z[1], pair{z[0], g.none()})
		r := l.by(g, c).added(g, t.by(g, g.negated(d)))
		x, y := l.by(g, d), t.by(g, c)
		phi := x.added(g, y)
		sum := g.add(x.hi, y.hi) // with the sign of a zero
		least := g.mul(g.add(g.abs(x.hi), g.abs(y.hi)), unsure)
		g.bailUnless(g.abs(r.hi), isLess, 1024)
		e, n := g.powerPair(r.hi, false)
		e = g.fastTwoSum(e.hi, g.fma(e.hi, r.lo, e.lo))
		n = g.rounded(n, toFloor)
		sin, cos, ofSin, ofCos := g.circle(phi.hi, &phi.lo)
		less, _ := g.minMax(sin.hi, cos.hi)
		g.bailIf(g.where(less, isLess, least))
		im := g.flip(g.scaled(e, sin, n), ofSin)
		g.put(im, sum, g.where(sum, isEqual, 0.0))
		return []vec{g.flip(g.scaled(e, cos, n), ofCos), im}
	}
}

// unit is 1/log(base).
func (b base) unit(g *gen) pair { return pair{g.set(b.factor), g.set(b.factorLo)} }

// complexLogTo returns the logarithm to a base.
func (g *gen) complexLogTo(b base) func(z []vec) []vec {
	return func(z []vec) []vec {
		n := g.norm(z[0], z[1])
		g.bailUnless(g.abs(g.sub(n.hi, 1)), isAtLeast, 0x1p-40) // what a pair leaves out decides
		re := g.product(g.logOfNorm(n), b.unit(g))
		im := g.product(g.argument(z[1], pair{z[0], g.none()}), b.unit(g))
		return []vec{g.add(re.hi, re.lo), g.withSign(g.abs(g.add(im.hi, im.lo)), z[1])}
	}
}

// complexLog1p returns half of log(1 + u), u = x(2+x) + y², and the angle of 1+x and y.
func (g *gen) complexLog1p(z []vec) []vec {
	x, y := z[0], z[1]
	g.bailUnless(g.abs(x), isLess, 0x1p400)
	g.bailUnless(g.abs(y), isLess, 0x1p400)
	g.bailSmall(g.abs(x), 0x1p-400)
	g.bailSmall(g.abs(y), 0x1p-400)
	p, q := g.twoSum(x, g.set(2)).by(g, x), g.square(y)
	u := p.added(g, q)
	u = g.fastTwoSum(u.hi, u.lo)
	g.bailUnless(u.hi, isAtLeast, -0.999)
	// where they cancel each other, what pairs leave out decides
	g.bailIf(g.where(g.abs(u.hi), isLess, g.mul(g.add(g.abs(p.hi), q.hi), 0x1p-40)))
	n := g.twoSum(g.set(1), u.hi)
	n.lo = g.add(n.lo, u.lo)
	l := g.logOfNorm(n)
	t := g.argument(y, g.twoSum(x, g.set(1)))
	return []vec{g.add(l.hi, l.lo), g.withSign(g.abs(g.add(t.hi, t.lo)), y)}
}
