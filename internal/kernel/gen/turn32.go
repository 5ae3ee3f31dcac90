package main

// arctanByTurn returns, with AVX-512, the arctangent of float32 as that of a
// number near a, from a table, and of (a cos - sin)/(a sin + cos), the angle between
// the two. Below 1/8 the first is 0, and the quotient exact; from 8 on it is π/2.
func (g *gen) arctanByTurn(x vec) vec {
	a := g.arg2("VMIN", g.set(0x1p64), g.abs(x))
	at := g.shift("VPSRL", g.clamp(a, 1.0/16, 15), 21)
	c, s := g.lookup(at, "tableTurnCos", tableTurnCos[:]), g.lookup(at, "tableTurnSin", tableTurnSin[:])
	t := g.div(g.fms(a, c, s), g.fma(a, s, c))
	q := g.mul(t, t)
	tail := g.fma(g.mul(q, t), g.poly(q, polyTurn32), g.lookup(at, "tableTurnLow", tableTurnLow[:]))
	return g.withSign(g.add(g.lookup(at, "tableTurnAngle", tableTurnAngle[:]), g.add(t, tail)), x)
}

func turnTables() []heldTable {
	return []heldTable{{"tableTurnCos", tableTurnCos[:]}, {"tableTurnSin", tableTurnSin[:]},
		{"tableTurnAngle", tableTurnAngle[:]}, {"tableTurnLow", tableTurnLow[:]}}
}
