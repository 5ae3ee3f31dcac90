package main

// quarter returns the middle of the quarter of a binade in which a is, its place
// in tables, and a mask: below 1/8 the middle is 0, and from 8 on, where the mask
// is, it stands for infinity.
func (g *gen) quarter(a vec) (c, at vec, infinite op) {
	const leading, middle = 0x7ffc_0000_0000_0000, 0x0002_0000_0000_0000
	at = g.shift("VPSRL", g.clamp(a, 1.0/16, 15), 50)
	c = g.or(g.and(a, uint64(leading)), uint64(middle))
	g.put(c, g.none(), g.where(a, isLess, 0.125))
	return c, at, g.where(a, isAtLeast, 8.0)
}

// arctanFrom returns the arctangent of the middle at that place, plus that of t,
// plus low if that is not nil.
func (g *gen) arctanFrom(at, t vec, low vec) pair {
	q := g.mul(t, t)
	l := g.lookup(at, "tableArctanLow", tableArctanLow[:])
	if low != nil {
		l = g.add(l, low)
	}
	tail := g.fma(g.mul(t, q), g.splitPoly(q, polyArctan), l)
	s := g.fastTwoSum(g.lookup(at, "tableArctan", tableArctan[:]), t) // where that is 0, t
	return pair{s.hi, g.add(s.lo, tail)}
}

// arctan adds to the arctangent of c, the middle of a quarter of a binade, that
// of (a-c)/(1+ca), which is -1/a where c is infinite.
func (g *gen) arctan(x vec) vec {
	a := g.abs(x)
	c, at, infinite := g.quarter(a)
	num, den := g.sub(a, c), g.fma(a, c, 1.0)
	g.putNumber(num, -1, infinite)
	g.put(den, a, infinite)
	s := g.arctanFrom(at, g.div(num, den), nil)
	return g.withSign(g.add(s.hi, s.lo), x)
}

// arctan2 does the same with (y-cx)/(x+cy), c from y/x by a rough reciprocal.
func (g *gen) arctan2(y, x vec) vec {
	ay, ax := g.abs(y), g.abs(x)
	less, more := g.minMax(ax, ay)
	g.bailNaN(x, y)
	g.bailRange(more, less)
	c, at, infinite := g.quarter(g.mul(ay, g.reciprocal(ax)))
	num, den := g.fnma(c, ax, ay), g.fma(c, ay, ax)
	g.putOf("VSUB", num, g.none(), ax, infinite)
	g.put(den, ay, infinite)
	t := g.div(num, den)
	rest := g.mul(g.fnma(t, den, num), g.reciprocal(den))
	return g.withSign(g.turned(g.arctanFrom(at, t, rest), g.negative(x)), y)
}

// turned returns π - a in the lanes of k, a in the others.
func (g *gen) turned(a pair, k op) vec {
	f := g.fastTwoSum(g.set(2*halfPi1), g.sub(g.none(), a.hi))
	y := g.add(a.hi, a.lo)
	g.put(y, g.add(f.hi, g.add(f.lo, g.sub(g.set(2*halfPi2), a.lo))), k)
	return y
}

func arctanTables() []heldTable {
	return []heldTable{{"tableArctan", tableArctan[:]}, {"tableArctanLow", tableArctanLow[:]}}
}
