package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

func powerTables() []heldTable {
	return []heldTable{{"tablePower", tablePower[:]}, {"tablePowerLow", tablePowerLow[:]},
		{"tableExp32", tableExp32[:]}, {"tableExp32Low", tableExp32Low[:]}}
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
	g.bailUnless(g.abs(y), isLess, math.Inf(1))
	bad := g.either(g.where(x, isGreater^4, 0.0), g.where(x, isNotLess, math.Inf(1)))
	base, mend := g.powerCases(x, y, bad, 0)
	m, k := g.split32(base)
	j := g.add(g.reciprocal(m), roundMagic32/32)
	r := g.fms(m, g.sub(j, roundMagic32/32), 1.0) // exact
	a := g.fma(k, ln2High32, g.lookup(j, "tablePower", tablePower[:]))
	low := g.fma(k, ln2Low32, g.lookup(j, "tablePowerLow", tablePowerLow[:]))
	s := g.fastTwoSum(a, r)
	q := g.mul(r, r)
	low = g.fma(g.fms(r, r, q), -0.5, g.add(low, s.lo))
	l := g.fastTwoSum(s.hi, g.fma(q, g.poly(r, polyPower), low))
	p := g.mul(y, l.hi)
	v := g.expPairOf32(p, g.fma(y, l.lo, g.fms(y, l.hi, p)))
	mend(v)
	return v
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
