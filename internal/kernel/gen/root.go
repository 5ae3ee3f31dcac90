package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// cbrt returns, for both lanes, the cube root of x = M * 8**k, M within [1/2, 4): with r near
// 1/cbrt(M) and h = 1 - Mr³ it is Mr² * (1-h)**(-2/3).
func (g *gen) cbrt(x vec) vec {
	big, r, k := g.cbrtStart(x)
	few := ^uint64(1<<27 - 1)
	if g.size == 4 {
		few = 1<<32 - 1<<12
	}
	r = g.and(r, few) // the square is exact
	r2 := g.mul(r, r)
	y := g.mul(big, r2)
	yl := g.fms(big, r2, y)
	h := g.fnma(yl, r, g.fnma(y, r, g.set(1)))
	p := []float64{2. / 3, 5. / 9, 40. / 81}
	if g.size == 4 {
		p = p[:2]
	}
	y = g.withSign(g.scaleBy(g.add(y, g.fma(y, g.mul(h, g.poly(h, p)), yl)), k), x)
	// zeros, infinities and NaN are their own roots
	g.do(g.ps("VFIXUPIMM"), operand.U8(0), g.setBits(0x00110122), x, y)
	return y
}

// cbrtStart returns M, nearly 1/cbrt(M), and k.
func (g *gen) cbrtStart(x vec) (big, r, k vec) {
	m, e := g.fresh(), g.fresh()
	g.do(g.ps("VGETMANT"), operand.U8(4), x, m) // of |x|, within [1, 2)
	g.do(g.ps("VGETEXP"), x, e)
	magic, p := float64(roundMagic), polyCbrt
	if g.size == 4 {
		magic, p = roundMagic32, polyCbrt32
	}
	k = g.sub(g.fma(e, 1./3, g.set(magic)), magic)
	j := g.fnma(k, 3.0, e) // -1, 0 or 1
	down, up := math.Cbrt(2), math.Cbrt(0.5)
	third := g.fma(j, g.fma(j, (down+up)/2-1, g.set((up-down)/2)), 1.0) // 2**(-j/3)
	return g.scaleBy(m, j), g.mul(third, g.poly(m, p)), k
}
