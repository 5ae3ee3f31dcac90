package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

func powerTables() []heldTable {
	return []heldTable{{"tablePower", tablePower[:]}, {"tablePowerLow", tablePowerLow[:]},
		{"tableExp32", tableExp32[:]}, {"tableExp32Low", tableExp32Low[:]}}
}

// bailPower32 takes positive finite x and finite y.
func (g *gen) bailPower32(x, y vec) {
	if g.width == 64 {
		const nan, zero, infinite, negative = 0x81, 0x06, 0x18, 0x40
		k, l := g.K(), g.K()
		g.VFPCLASSPSZ(operand.U8(nan|zero|infinite|negative), x, k)
		g.VFPCLASSPSZ(operand.U8(nan|infinite), y, l)
		g.KORW(k, l, l)
		g.bailIf(l)
		return
	}
	bad := g.or(g.where(x, isGreater^4, 0.0).(vec), g.where(x, isNotLess, math.Inf(1)))
	g.bailIf(g.or(bad, g.where(g.abs(y), isNotLess, math.Inf(1))))
}

// reciprocal returns 1/x to about 12 bits.
func (g *gen) reciprocal(x vec) vec {
	r := g.fresh()
	switch {
	case g.width == 64:
		g.do(g.ps("VRCP14"), x, r)
	case g.size == 8:
		r = g.div(g.set(1), x)
	default:
		g.VRCPPS(x, r)
	}
	return r
}

// power32 returns e**(y log(x)), the logarithm to about 2**-32 of itself as a
// pair: k*log(2) + log(32/j) + log(1+r).
func (g *gen) power32(x, y vec) vec {
	g.bailPower32(x, y)
	m, k := g.split32(x)
	j := g.add(g.reciprocal(m), roundMagic32/32)
	r := g.fms(m, g.sub(j, roundMagic32/32), 1.0) // exact
	a := g.fma(k, ln2High32, g.lookup(j, "tablePower", tablePower[:]))
	low := g.fma(k, ln2Low32, g.lookup(j, "tablePowerLow", tablePowerLow[:]))
	s := g.fastTwoSum(a, r)
	q := g.mul(r, r)
	low = g.fma(g.fms(r, r, q), -0.5, g.add(low, s.lo))
	l := g.fastTwoSum(s.hi, g.fma(q, g.poly(r, polyPower), low))
	p := g.mul(y, l.hi)
	return g.expPairOf32(p, g.fma(y, l.lo, g.fms(y, l.hi, p)))
}

// expPairOf32 returns e**(p+pl); p may be beyond the exponents and infinite.
func (g *gen) expPairOf32(p, pl vec) vec {
	j := g.fma(p, math.Log2E, g.set(roundMagic32/16))
	n := g.sub(j, roundMagic32/16)
	// where that overflows anything will do for the rest that is not NaN
	r := g.add(g.fnma(n, ln2High32, p), g.fnma(n, ln2Low32, pl))
	r = g.arg2("VMAX", g.arg2("VMIN", r, 1.0), -1.0)
	t := g.mul(r, g.poly(r, polyExpBy16))
	e := g.lookup(j, "tableExp32", tableExp32[:])
	v := g.add(e, g.fma(e, t, g.lookup(j, "tableExp32Low", tableExp32Low[:])))
	if g.width == 64 {
		s := g.fresh()
		g.VSCALEFPS(n, v, s) // rounds n down
		return s
	}
	f := g.fresh()
	g.VROUNDPS(operand.U8(9), g.clamp(n, -160, 140), f)
	return g.scaleBy(v, f)
}
