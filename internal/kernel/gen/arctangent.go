package main

// arctan adds to the arctangent of c, the middle of a quarter of a binade, that
// of (x-c)/(1+cx). Below 1/8 c is 0, from 8 on it is infinite and the quotient
// -1/x.
func (g *gen) arctan(x vec) vec {
	const leading, middle = 0x7ffc_0000_0000_0000, 0x0002_0000_0000_0000
	a := g.abs(x)
	j := g.shift("VPSRL", g.clamp(a, 1.0/16, 15), 50)
	c := g.or(g.and(a, uint64(leading)), uint64(middle))
	g.put(c, g.none(), g.where(a, isLess, 0.125))
	num, den := g.sub(a, c), g.fma(a, c, 1.0)
	big := g.where(a, isAtLeast, 8.0)
	g.putNumber(num, -1, big)
	g.put(den, a, big)
	t := g.div(num, den)
	q := g.mul(t, t)
	low := g.lookup(j, "tableArctanLow", tableArctanLow[:])
	tail := g.fma(g.mul(t, q), g.splitPoly(q, polyArctan), low)
	s := g.fastTwoSum(g.lookup(j, "tableArctan", tableArctan[:]), t) // where that is 0, t
	return g.withSign(g.add(s.hi, g.add(s.lo, tail)), x)
}

func arctanTables() []heldTable {
	return []heldTable{{"tableArctan", tableArctan[:]}, {"tableArctanLow", tableArctanLow[:]}}
}
