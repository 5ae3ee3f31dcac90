package main

// Powers and logarithms of complex numbers to other bases: the logarithm as a pair of pairs.

// by returns a*x, added the sum of two pairs; a low part that is nil is 0. Short pairs have
// none.
func (a pair) by(g *gen, x vec) pair {
	p := pair{hi: g.mul(a.hi, x)}
	if g.short {
		return p
	}
	if p.lo = g.fms(a.hi, x, p.hi); a.lo != nil {
		p.lo = g.fma(a.lo, x, p.lo)
	}
	return p
}

func (a pair) added(g *gen, b pair) pair {
	if g.short {
		return pair{hi: g.add(a.hi, b.hi)}
	}
	s := g.twoSum(a.hi, b.hi)
	switch {
	case a.lo == nil && b.lo == nil:
	case a.lo == nil:
		s.lo = g.add(s.lo, b.lo)
	case b.lo == nil:
		s.lo = g.add(s.lo, a.lo)
	default:
		s.lo = g.add(s.lo, g.add(a.lo, b.lo))
	}
	return s
}

// each returns the pair of f of the parts.
func (a pair) each(f func(x vec) vec) pair {
	r := pair{hi: f(a.hi)}
	if a.lo != nil {
		r.lo = f(a.lo)
	}
	return r
}

// turn returns a, of which both parts change their sign with x.
func (a pair) turn(g *gen, x vec) pair { return a.each(func(v vec) vec { return g.flip(v, x) }) }

// chosenOf returns a in the lanes of k, b in the others.
func (g *gen) chosenOf(k op, a, b pair) pair {
	r := pair{hi: g.blend(k, a.hi, b.hi)}
	if a.lo == nil && b.lo != nil {
		a.lo = g.none()
	}
	if a.lo != nil {
		r.lo = g.blend(k, a.lo, b.lo)
	}
	return r
}

// argument is arctan2 as a pair, see there.
func (g *gen) argument(y, x pair) pair {
	ay, ax := y.turn(g, y.hi), x.turn(g, x.hi)
	if !g.short {
		less, more := g.minMax(ax.hi, ay.hi)
		g.bailNaN(x.hi, y.hi)
		g.bailRange(more, less)
	}
	c, at, infinite := g.quarter(g.mul(ay.hi, g.reciprocal(ax.hi)))
	num := g.chosenOf(infinite, ax.each(g.negated), ay.added(g, ax.by(g, g.negated(c))))
	den := g.chosenOf(infinite, ay, ax.added(g, ay.by(g, c)))
	t := g.quotientOf(num, den)
	a := g.arctanFrom(at, t.hi, t.lo)
	a = g.fastTwoSum(a.hi, a.lo)
	f := g.fastTwoSum(g.set(2*halfPi1), g.negated(a.hi))
	f.lo = g.add(f.lo, g.sub(g.set(2*halfPi2), a.lo))
	return g.chosenOf(g.negative(x.hi), f, a).turn(g, y.hi)
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
		l, t := g.logOfNorm(g.norm(z[0], z[1])), g.argument(pair{hi: z[1]}, pair{hi: z[0]})
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
		im := g.product(g.argument(pair{hi: z[1]}, pair{hi: z[0]}), b.unit(g))
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
	t := g.argument(pair{hi: y}, g.twoSum(x, g.set(1)))
	return []vec{g.add(l.hi, l.lo), g.withSign(g.abs(g.add(t.hi, t.lo)), y)}
}
