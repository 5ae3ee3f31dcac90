package main

import "github.com/mmcloughlin/avo/operand"

// Items of another size or kind than the lanes of AVX2.

// item2 is item for such.
func (g *gen) item2(f function, i int, m mem) vec {
	r := g.fresh()
	bytes := f.size
	if f.integers(i) {
		bytes = f.ints
	}
	if bytes == g.size {
		x := g.some(m, g.lanes)
		if bytes == 4 {
			g.VCVTDQ2PS(x, r)
			return r
		}
		const most = 1 << 20 // and the numbers beyond
		for _, limit := range []int64{most, -most} {
			k, l := g.fresh(), g.setBits(uint64(limit))
			if limit > 0 {
				g.VPCMPGTQ(l, x, k)
			} else {
				g.VPCMPGTQ(x, l, k)
			}
			g.put(x, l, k)
		}
		return g.sub(g.addInt(x, g.bitsOf(roundMagic)), roundMagic)
	}
	half := g.XMM()
	if g.lanes == nil {
		g.VMOVUPS(m, half)
	} else {
		g.VMASKMOVPS(m, g.lanesOfHalf(), half)
	}
	g.do(map[bool]string{true: "VCVTDQ2PD", false: "VCVTPS2PD"}[f.integers(i)], half, r)
	return r
}

// putItem2 is putItem for such; integers have four bytes.
func (g *gen) putItem2(f function, i int, r vec, m mem) {
	if g.size == 4 {
		x := g.fresh()
		g.VCVTPS2DQ(r, x)
		g.putSome(x, m, g.lanes)
		return
	}
	half := g.XMM()
	g.do(map[bool]string{true: "VCVTPD2DQY", false: "VCVTPD2PSY"}[f.integers(i)], r, half)
	if g.lanes == nil {
		g.VMOVUPS(half, m)
	} else {
		g.VMASKMOVPS(half, g.lanesOfHalf(), m)
	}
}

// lanesOfHalf is the mask of the lanes that exist for items of half the bytes.
func (g *gen) lanesOfHalf() vec {
	high, k := g.XMM(), g.XMM()
	lanes := g.lanes.(vec)
	g.VEXTRACTF128(operand.U8(1), lanes, high)
	g.VSHUFPS(operand.U8(0x88), high, lanes.AsX(), k)
	return k
}
