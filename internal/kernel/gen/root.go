package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// cbrt returns, for float64 and for AVX2, the cube root of x = M * 8**k, M within [1/2, 4): with r near
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
	if g.width == 64 {
		return g.edges(y, x, 0x00110122)
	}
	g.put(y, x, g.where(x, isEqual, 0.0))
	g.put(y, x, g.where(g.abs(x), isNotLess, math.Inf(1)))
	return y
}

// cbrt32 is cbrt with r² and r³ from tables, for float32 with AVX-512. M and r³ have the
// sign of x.
func (g *gen) cbrt32(x vec) vec {
	e, big := g.fresh(), g.fresh()
	g.VGETEXPPS(x, e)
	t := g.fma(e, 1./3, g.set(roundMagic32))
	g.VSCALEFPS(g.fnma(t, 3.0, g.set(3*roundMagic32)), x, big)
	at := g.shift("VPSRL", big, 20)
	r2, r3 := g.lookup(at, "tableCbrt", tableCbrt[:]), g.lookup(at, "tableCbrtCube", tableCbrtCube[:])
	y := g.mul(big, r2)
	yl := g.fms(big, r2, y)
	h := g.fnma(g.withSign(r3, x), big, g.set(1))
	y = g.add(y, g.fma(y, g.mul(h, g.poly(h, polyCbrtRest32)), yl))
	y = g.addInt(y, g.shift("VPSLL", t, 23)) // the exponent of a root is far from the ends
	return g.edges(y, x, 0x00110122)
}

// cbrtStart returns M, nearly 1/cbrt(M), and k.
func (g *gen) cbrtStart(x vec) (big, r, k vec) {
	var m, e vec
	magic, p := float64(roundMagic), polyCbrtMiddle
	if g.size == 4 {
		magic, p = roundMagic32, polyCbrtMiddle32
	}
	if g.width == 64 {
		m, e = g.fresh(), g.fresh()
		g.VGETMANTPD(operand.U8(4), x, m) // of |x|, within [1, 2)
		g.VGETEXPPD(x, e)
		p = polyCbrt
	} else {
		m, e = g.split(g.abs(x))
	}
	k = g.sub(g.fma(e, 1./3, g.set(magic)), magic)
	j := g.fnma(k, 3.0, e) // -1, 0 or 1
	down, up := math.Cbrt(2), math.Cbrt(0.5)
	third := g.fma(j, g.fma(j, (down+up)/2-1, g.set((up-down)/2)), 1.0) // 2**(-j/3)
	r = g.mul(third, g.poly(m, p))
	if g.width == 64 {
		return g.scaleBy(m, j), r, k
	}
	return g.mul(m, g.fma(j, g.fma(j, 0.25, g.set(0.75)), 1.0)), r, k // times 2**j
}
