package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// cbrt returns the cube root of x = M * 8**k, M within [1/2, 4): with r near
// 1/cbrt(M) and h = 1 - Mr³ it is Mr² * (1-h)**(-2/3).
func (g *gen) cbrt(x vec) vec {
	big, r, k := g.cbrtStart(x)
	r = g.and(r, ^uint64(1<<27-1)) // the square is exact
	r2 := g.mul(r, r)
	y := g.mul(big, r2)
	yl := g.fms(big, r2, y)
	h := g.fnma(yl, r, g.fnma(y, r, g.set(1)))
	w := g.mul(h, g.poly(h, []float64{2. / 3, 5. / 9, 40. / 81}))
	return g.cbrtEnd(g.add(y, g.fma(y, w, yl)), k, x)
}

// shortCbrt is cbrt for the precision of float32.
func (g *gen) shortCbrt(x vec) vec {
	big, r, k := g.cbrtStart(x)
	y := g.mul(big, g.mul(r, r))
	h := g.fnma(y, r, g.set(1))
	return g.cbrtEnd(g.fma(g.mul(y, 2./3), h, y), k, x)
}

// cbrtStart returns M, nearly 1/cbrt(M), and k.
func (g *gen) cbrtStart(x vec) (big, r, k vec) {
	m, e := g.fresh(), g.fresh()
	g.VGETMANTPD(operand.U8(4), x, m) // of |x|, within [1, 2)
	g.VGETEXPPD(x, e)
	k = g.sub(g.fma(e, 1./3, g.set(roundMagic)), roundMagic)
	j := g.fnma(k, 3.0, e) // -1, 0 or 1
	down, up := math.Cbrt(2), math.Cbrt(0.5)
	third := g.fma(j, g.fma(j, (down+up)/2-1, g.set((up-down)/2)), 1.0) // 2**(-j/3)
	return g.scale(m, j), g.mul(third, g.poly(m, polyCbrt)), k
}

// cbrtEnd scales, and puts the sign, and zeros, infinities and NaN.
func (g *gen) cbrtEnd(y, k, x vec) vec {
	y = g.withSign(g.scale(y, k), x)
	g.VFIXUPIMMPD(operand.U8(0), g.setBits(0x00110122), x, y)
	return y
}
