package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Complex numbers whose parts are in lanes of two vectors. The vectors in
// memory are called low and high, after the numbers in them.

// pairMasks returns masks of the lanes of low and high that exist if there are n numbers;
// nil for all.
func (g *gen) pairMasks(n reg.GPVirtual) (low, high op) {
	if g.lanes == nil {
		return nil, nil
	}
	if g.width < 64 {
		m := g.bytesAt(g.family+"PairLanes", 128, func(i int) int { return map[bool]int{true: 0xff}[i < 64] })
		from, less, j, k := g.GP64(), g.GP64(), g.fresh(), g.fresh()
		g.LEAQ(m.Offset(64), from)
		g.IMUL3Q(operand.U8(2*g.size), n, less)
		g.SUBQ(less, from)
		g.VMOVDQU(mem{Base: from}, j)
		g.VMOVDQU(mem{Base: from, Disp: 32}, k)
		return j, k
	}
	lanes, k := g.GP64(), g.K()
	g.LEAQ(mem{Base: n, Index: n, Scale: 1}, lanes)
	low = g.tailMask(lanes)
	g.KSHIFTRQ(operand.U8(64/g.size), low, k)
	return low, k
}

// chosen returns the lanes of x and y, counted through, that index names.
func (g *gen) chosen(name string, x, y vec, index func(lane int) int) vec {
	r := g.fresh()
	g.VMOVUPS(g.bytesAt(fmt.Sprintf("%s%s%d", g.family, name, g.size), 64, func(i int) int {
		if i%g.size > 0 {
			return 0
		}
		return index(i / g.size)
	}), r)
	g.do(g.ps("VPERMI2"), y, x, r)
	return r
}

// itemParts loads complex numbers, n of them where only some lanes exist, and returns their
// parts. Of float32 in lanes of float64 a number is a lane of integers.
func (g *gen) itemParts(f function, m mem, n reg.GPVirtual) []vec {
	if g.width < 64 {
		return g.itemParts2(f, m, n)
	}
	if f.wide {
		x := g.load(64, 8, m, g.lanes)
		part := func(x vec) vec {
			half, r := g.YMM(), g.fresh()
			g.VPMOVQD(x, half)
			g.VCVTPS2PD(half, r)
			return r
		}
		return []vec{part(x), part(g.shift("VPSRL", x, 32))}
	}
	k, j := g.pairMasks(n)
	x, y := g.load(64, g.size, m, k), g.load(64, g.size, m.Offset(64), j)
	return []vec{g.chosen("Reals", x, y, func(i int) int { return 2 * i }), g.chosen("Imags", x, y, func(i int) int { return 2*i + 1 })}
}

// putParts stores complex numbers by their parts.
func (g *gen) putParts(f function, re, im vec, m mem, n reg.GPVirtual) {
	if g.width < 64 {
		g.putParts2(f, re, im, m, n)
		return
	}
	if f.wide {
		part := func(x vec) vec {
			half, r := g.YMM(), g.fresh()
			g.VCVTPD2PS(x, half)
			g.VPMOVZXDQ(half, r)
			return r
		}
		g.store(64, 8, g.or(part(re), g.shift("VPSLL", part(im), 32)), m, g.lanes)
		return
	}
	lanes := 64 / g.size
	k, j := g.pairMasks(n)
	g.store(64, g.size, g.chosen("Low", re, im, func(i int) int { return i/2 + i%2*lanes }), m, k)
	g.store(64, g.size, g.chosen("High", re, im, func(i int) int { return (lanes+i)/2 + i%2*lanes }), m.Offset(64), j)
}
