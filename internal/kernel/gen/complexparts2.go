package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The parts of complex numbers in lanes of two vectors of AVX2.

// some loads a vector, or those lanes of it that k has; putSome stores them.
func (g *gen) some(m mem, k op) vec {
	r := g.fresh()
	if k == nil {
		g.VMOVUPS(m, r)
	} else {
		g.do(g.ps("VMASKMOV"), m, k, r)
	}
	return r
}

func (g *gen) putSome(r vec, m mem, k op) {
	if k == nil {
		g.VMOVUPS(r, m)
	} else {
		g.do(g.ps("VMASKMOV"), r, k, m)
	}
}

// halvesOf returns the lower halves of x and y, and the upper ones.
func (g *gen) halvesOf(x, y vec) (low, high vec) {
	low, high = g.fresh(), g.fresh()
	g.VPERM2F128(operand.U8(0x20), y, x, low)
	g.VPERM2F128(operand.U8(0x31), y, x, high)
	return low, high
}

// itemParts2 is itemParts for AVX2.
func (g *gen) itemParts2(f function, m mem, n reg.GPVirtual) []vec {
	re, im := g.fresh(), g.fresh()
	if f.wide {
		x, high := g.some(m, g.lanes), g.XMM()
		g.VEXTRACTF128(operand.U8(1), x, high)
		for i, r := range []vec{re, im} {
			part := g.XMM()
			g.VSHUFPS(operand.U8(0x88+0x55*i), high, x.AsX(), part)
			g.VCVTPS2PD(part, r)
		}
		return []vec{re, im}
	}
	j, k := g.pairMasks(n)
	a, b := g.halvesOf(g.some(m, j), g.some(m.Offset(32), k))
	if g.size == 4 {
		g.VSHUFPS(operand.U8(0x88), b, a, re)
		g.VSHUFPS(operand.U8(0xdd), b, a, im)
	} else {
		g.VUNPCKLPD(b, a, re)
		g.VUNPCKHPD(b, a, im)
	}
	return []vec{re, im}
}

// putParts2 is putParts for AVX2.
func (g *gen) putParts2(f function, re, im vec, m mem, n reg.GPVirtual) {
	if f.wide {
		x, y, high, r := g.XMM(), g.XMM(), g.XMM(), g.fresh()
		g.VCVTPD2PSY(re, x)
		g.VCVTPD2PSY(im, y)
		g.VUNPCKHPS(y, x, high)
		g.VUNPCKLPS(y, x, x)
		g.VINSERTF128(operand.U8(1), high, x.AsY(), r)
		g.putSome(r, m, g.lanes)
		return
	}
	low, high := g.fresh(), g.fresh()
	g.do(g.ps("VUNPCKL"), im, re, low)
	g.do(g.ps("VUNPCKH"), im, re, high)
	low, high = g.halvesOf(low, high)
	j, k := g.pairMasks(n)
	g.putSome(low, m, j)
	g.putSome(high, m.Offset(32), k)
}
