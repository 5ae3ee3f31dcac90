package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// truths writes the logical operations on numbers of a size: what is not zero is
// true, NaN too.
func truths(g *gen, s int) {
	l := intLetter[s]
	ints := func(op string) []use { return uses1(op, intKinds[s]...) }
	g.logicals("Int"+l, s, ints, func(g *gen, v reg.VecVirtual, not bool) op {
		code, k := "VPTESTM", g.K()
		if not {
			code = "VPTESTNM"
		}
		g.do(code+l, v, v, k)
		return k
	}, func(g *gen, v, zero reg.VecVirtual) { g.do("VPCMPEQ"+l, zero, v, v) })
	k, ok := floatKinds[s]
	if !ok {
		return
	}
	p := "P" + floatLetter[s]
	floats := func(op string) []use { return uses1(op, k) }
	g.logicals(k, s, floats, func(g *gen, v reg.VecVirtual, not bool) op {
		k := g.K()
		g.do("VFPCLASS"+p+"Z", operand.U8(6), v, k) // 0 and -0
		if !not {
			g.KNOTQ(k, k)
		}
		return k
	}, func(g *gen, v, zero reg.VecVirtual) { g.do("VCMP"+p, operand.U8(0), zero, v, v) })
}

// logicals writes the four operations from the mask of the lanes that are true, or
// not, and from lanes of ones where an item is zero.
func (g *gen) logicals(kind string, s int, uses func(op string) []use, mask func(g *gen, v reg.VecVirtual, not bool) op, isZero func(g *gen, v, zero reg.VecVirtual)) {
	for _, o := range []struct{ name, op, sign, masks, lanes string }{
		{"logicalAnd", "LogicalAnd", "&&", "KANDQ", "VPOR"},
		{"logicalOr", "LogicalOr", "||", "KORQ", "VPAND"},
		{"logicalXor", "LogicalXor", "!=", "KXORQ", "VPXOR"},
	} {
		g.bools(o.name+kind, "dst[i] = a[i] != 0 "+o.sign+" (b[i] != 0)", 2, s, test{
			mask: func(g *gen, v []reg.VecVirtual) op {
				x, y := mask(g, v[0], false), mask(g, v[1], false)
				g.do(o.masks, x, y, x)
				return x
			},
			wide: func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
				zero := set(0)
				isZero(g, v[0], zero)
				isZero(g, v[1], zero)
				g.do(o.lanes, v[1], v[0], v[0])
				return v[0]
			}, not: o.op != "LogicalXor"}, uses(o.op)...)
	}
	g.bools("logicalNot"+kind, "dst[i] = a[i] == 0", 1, s, test{
		mask: func(g *gen, v []reg.VecVirtual) op { return mask(g, v[0], true) },
		wide: func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
			isZero(g, v[0], set(0))
			return v[0]
		}}, uses("LogicalNot")...)
}
