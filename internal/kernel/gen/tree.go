package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// trees writes the sums of eight leaves of a pairwise sum. Rule 2.8.2 halves v
// vectors of 8 items into v/2 and v - v/2, so that of eight leaves the i-th, whose
// bits turned round are r, has (v+r)/8 vectors: v/8 or one more. All take v/8
// vectors, then the one more or, where there is none, negative zeros, to which
// adding changes nothing. So no jump depends on the leaf.
func trees(g *gen) {
	g.treeF64()
	g.treeF32()
}

func (g *gen) openTree(name, typ string) (a, v reg.GPVirtual) {
	g.begin("sumTree"+name, "func(a unsafe.Pointer, v int) (sum "+typ+")",
		"adds 8*v items, v from 64 to 128, in the pairwise order of eight leaves:\n\n\tsum(v) = sum(v/2) + sum(v-v/2), three levels deep, then a leaf as sumLeaf adds it.")
	return g.arg("a"), g.arg("v")
}

// eachLeaf emits the loads and additions of the eight leaves. A vector of items is
// held in registers of 32 bytes; join makes one of those of a leaf. How many vectors
// beyond eight a leaf has is taken bit by bit, since all of them take the same jumps,
// where the end of a loop would be mispredicted.
func (g *gen) eachLeaf(a, v reg.GPVirtual, size int, join func(r []reg.VecVirtual) reg.VecVirtual) (leaf [8]reg.VecVirtual) {
	const w = 32
	item, letter := 8*size, floatLetter[size]
	nothing := g.minusZeros(size)
	extra, none := g.GP64(), g.GP64()
	g.MOVQ(v, extra)
	g.SHRQ(operand.U8(3), extra)
	g.SUBQ(operand.U8(8), extra)
	g.LEAQ(nothing, none)
	for i := range leaf {
		next, more := g.GP64(), g.GP64()
		g.LEAQ(mem{Base: v, Disp: i>>2 | i&2 | i<<2&4}, next)
		g.SHRQ(operand.U8(3), next)
		g.IMUL3Q(operand.U8(uint64(item)), next, next)
		g.ADDQ(a, next)
		r := make([]reg.VecVirtual, item/w)
		add := func(base reg.GPVirtual, k int) {
			for j := range r {
				g.do("VADDP"+letter, mem{Base: base, Disp: k*item + j*w}, r[j], r[j])
			}
		}
		for j := range r {
			r[j] = g.vec(w)
			g.do("VMOVUP"+letter, mem{Base: a, Disp: j * w}, r[j])
		}
		for k := 1; k < 8; k++ {
			add(a, k)
		}
		g.LEAQ(mem{Base: a, Disp: 8 * item}, more)
		for _, bit := range []int{8, 4, 2, 1} {
			skip := g.label("skip")
			g.TESTQ(operand.U32(uint64(bit)), extra)
			g.jump("JEQ", skip)
			for k := range bit {
				add(more, k)
			}
			g.ADDQ(operand.U32(uint64(bit*item)), more)
			g.Label(skip)
		}
		g.CMPQ(more, next)
		g.CMOVQEQ(none, more)
		add(more, 0)
		g.MOVQ(next, a)
		leaf[i] = join(r)
	}
	return leaf
}

// minusZeros returns the address of 64 bytes of negative zeros.
func (g *gen) minusZeros(size int) mem {
	name := fmt.Sprintf("minusZeros%d", size)
	if m, ok := g.consts[name]; ok {
		return m
	}
	m := g.StaticGlobal(name)
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	for i := range 8 {
		g.AddDatum(8*i, operand.U64(signBit[size]))
	}
	g.consts[name] = m
	return m
}

// treeF64 has registers of half a vector: whole ones, of AVX-512, take 10 % longer.
func (g *gen) treeF64() {
	a, v := g.openTree("F64AVX2", "float64")
	x := g.joinPairsF64(g.eachLeaf(a, v, 8, func(r []reg.VecVirtual) reg.VecVirtual {
		g.VHADDPD(r[1], r[0], r[0]) // r01 r45 r23 r67
		return r[0]
	}))
	g.VMOVSD(x.AsX(), g.result("sum"))
	g.end()
}

// acrossF64 is ((x0+x1)+(x2+x3)) + ((x4+x5)+(x6+x7)) of eight lanes.
func (g *gen) acrossF64(x reg.VecVirtual) {
	pairs, t, y := g.ZMM(), g.XMM(), g.YMM()
	g.VPERMILPD(operand.U8(0x55), x, pairs)
	g.VADDPD(pairs, x, x)
	g.VEXTRACTF64X4(operand.U8(1), x, y)
	g.VEXTRACTF128(operand.U8(1), x.AsY(), t)
	lo, hi := x.AsX(), y.AsX()
	g.VADDSD(t, lo, lo)
	g.VEXTRACTF128(operand.U8(1), y, t)
	g.VADDSD(t, hi, hi)
	g.VADDSD(hi, lo, lo)
}

// joinPairsF64 takes each leaf as r01 r45 r23 r67.
func (g *gen) joinPairsF64(leaf [8]reg.VecVirtual) reg.VecVirtual {
	for i := 0; i < 8; i += 2 { // a03 a47 b03 b47
		t := g.YMM()
		g.VPERM2F128(operand.U8(0x31), leaf[i+1], leaf[i], t)
		g.VPERM2F128(operand.U8(0x20), leaf[i+1], leaf[i], leaf[i])
		g.VADDPD(t, leaf[i], leaf[i])
	}
	var sum [2]reg.VecVirtual
	for i := range sum {
		x, t := leaf[4*i], g.XMM()
		g.VHADDPD(leaf[4*i+2], x, x) // a c b d
		g.VEXTRACTF128(operand.U8(1), x, t)
		g.VADDPD(t, x.AsX(), x.AsX()) // ab cd
		sum[i] = x
	}
	x, t := sum[0].AsX(), g.XMM()
	g.VHADDPD(sum[1].AsX(), x, x)
	g.VPERMILPD(operand.U8(1), x, t)
	g.VADDSD(t, x, x)
	return sum[0]
}

// treeF32 needs nothing beyond AVX2: a leaf has eight lanes.
func (g *gen) treeF32() {
	a, v := g.openTree("F32AVX2", "float32")
	leaf := g.eachLeaf(a, v, 4, func(r []reg.VecVirtual) reg.VecVirtual { return r[0] })
	for step := 1; step <= 2; step *= 2 { // a03 b03 c03 d03, a47 b47 c47 d47
		for i := 0; i < 8; i += 2 * step {
			g.VHADDPS(leaf[i+step], leaf[i], leaf[i])
		}
	}
	for i := 0; i < 8; i += 4 { // a b c d
		t := g.XMM()
		g.VEXTRACTF128(operand.U8(1), leaf[i], t)
		g.VADDPS(t, leaf[i].AsX(), leaf[i].AsX())
	}
	x := leaf[0].AsX()
	g.VHADDPS(leaf[4].AsX(), x, x) // ab cd ef gh
	g.VHADDPS(x, x, x)
	g.VHADDPS(x, x, x)
	g.VMOVSS(x, g.result("sum"))
	g.end()
}
