package main

import "github.com/mmcloughlin/avo/operand"

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

// complexPower returns e**(w log z). Integers from 0 to 99 are powers by multiplication, if
// all lanes have such; the Go loop takes those that some lanes have, and negative ones, and
// results of which a part is below unsure times what it is the difference of.
func (g *gen) complexPower(unsure float64, float32s bool) func(z []vec) []vec {
	return func(z []vec) []vec {
		c, d := z[2], z[3]
		whole := g.both(g.where(d, isEqual, 0.0), g.where(g.rounded(c, toZero), isEqual, c))
		re, out, stored := g.fresh(), g.fresh(), g.label("stored")
		some := g.both(whole, g.where(g.abs(c), isLess, 100.0))
		if g.lanes != nil {
			some = g.both(some, g.lanes)
		}
		g.aside(some, func() {
			small := g.both(whole, g.both(g.where(c, isLess, 100.0), g.where(c, isAtLeast, 0.0)))
			g.bailIf(g.not(small))
			g.complexPowerInt(z[0], z[1], c, re, out, float32s)
			g.jump("JMP", stored)
		})
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
		g.VMOVAPD(g.flip(g.scaled(e, cos, n), ofCos), re)
		g.VMOVAPD(im, out)
		g.Label(stored)
		return []vec{re, out}
	}
}

// complexPowerInt makes re and im the power of x + iy by an integer that is not negative, as the
// Go loop does: 1 times the first factor is that itself up to the third power.
func (g *gen) complexPowerInt(x, y, c, re, im vec, float32s bool) {
	step := func(v vec) vec { return g.stepTo(v, float32s) }
	multiply := func(a, b, x, y vec) (re, im vec) {
		p := func(x, y vec) vec { return step(g.mul(x, y)) }
		return step(g.sub(p(a, x), p(b, y))), step(g.add(p(a, y), p(b, x)))
	}
	loop, done := g.label("power"), g.label("powers")
	bits, sx, sy := g.add(c, 0x1p52), g.copyOf(x), g.copyOf(y)
	bits = g.and(bits, uint64(1<<52-1))
	g.VMOVAPD(g.set(1), re)
	g.VMOVAPD(g.none(), im)
	start := g.where(c, isLess, 4.0)
	g.Label(loop)
	odd := g.bit(bits, 0)
	a, b := multiply(re, im, sx, sy)
	first := g.both(start, odd)
	g.do(map[bool]string{true: "KANDNB", false: "VANDNPD"}[g.width == 64], start, odd, start) // no longer
	g.put(re, a, odd)
	g.put(im, b, odd)
	g.put(re, sx, first)
	g.put(im, sy, first)
	g.VPSRLQ(operand.U8(1), bits, bits)
	g.test(g.where(bits, isNotZero, 0.0))
	g.jump("JEQ", done)
	a, b = multiply(sx, sy, sx, sy)
	g.VMOVAPD(a, sx)
	g.VMOVAPD(b, sy)
	g.jump("JMP", loop)
	g.Label(done)
	zero := g.both(g.where(g.or(x, y), isEqual, 0.0), g.where(c, isGreater, 0.0))
	g.put(re, g.none(), zero)
	g.put(im, g.none(), zero)
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
	unsure := 0x1p-40
	if g.short {
		unsure = 0x1p-18
	}
	g.bailInverse(g.abs(x), g.abs(y))
	p, q := pair{hi: x}.added(g, pair{hi: g.set(2)}).by(g, x), g.squareOf(y)
	u := p.added(g, q)
	g.bailUnless(u.hi, isAtLeast, -0.999)
	// where they cancel each other, what the sum leaves out decides
	g.bailIf(g.where(g.abs(u.hi), isLess, g.mul(g.add(g.abs(p.hi), q.hi), unsure)))
	l := g.logOfMore(u)
	im := g.angleOf(pair{hi: y}, pair{hi: x}.added(g, pair{hi: g.set(1)}))
	return []vec{g.mul(g.add(l.hi, l.lo), 0.5), g.withSign(im, y)}
}
