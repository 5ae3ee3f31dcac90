package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Masks of the first lanes, of which a vector is not full.

// tailMask sets k to the n low bits, n below 64.
func (g *gen) tailMask(n reg.GPVirtual) op {
	m := g.GP64()
	g.MOVQ(operand.I32(-1), m)
	g.BZHIQ(n, m, m)
	k := g.K()
	g.KMOVQ(m, k)
	return k
}

// firstLanes returns a mask of the first n of the lanes of elementary functions.
func (g *gen) firstLanes(n reg.GPVirtual) op {
	if g.width == 64 {
		return g.tailMask(n)
	}
	return g.load(32, 8, mem{Base: g.firstBytes(n, g.size)}, nil)
}

// firstBytes returns the address of n times that many bytes of ones and as many of zeros
// as fill two vectors of AVX2.
func (g *gen) firstBytes(n reg.GPVirtual, size int) reg.GPVirtual {
	at, before := g.GP64(), g.GP64()
	g.LEAQ(g.bytesAt(g.family+"FirstBytes", 128, func(i int) int { return map[bool]int{true: 0xff}[i < 64] }), at)
	g.IMUL3Q(operand.U8(uint64(size)), n, before)
	g.SUBQ(before, at)
	g.ADDQ(operand.U8(64), at)
	return at
}
