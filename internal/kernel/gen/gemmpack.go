package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// pack writes the transposing copies. They need AVX2 only and serve both levels.
func pack(g *gen) {
	g.transpose4()
	g.transpose8()
	for _, w := range widths {
		g.copyRows(w)
	}
}

const transposeSig = "func(dst, src unsafe.Pointer, step, line, n int)"

func transposeDoc(lines, size int) string {
	return fmt.Sprintf("copies %d lines of n items of %d bytes each, line bytes apart, to columns:\n\n\tdst[p*step + i*%d] = src[i*line + p*%d], i < %d, p < n\n\nn is a multiple of %d.", lines, size, size, size, lines, lines)
}

// transpose4 turns 4 lines of 8-byte items.
func (g *gen) transpose4() {
	g.begin("transpose4x8", transposeSig, transposeDoc(4, 8))
	dst, src, step, line, n := g.arg("dst"), g.arg("src"), g.arg("step"), g.arg("line"), g.arg("n")
	at := g.rowAddresses(src, line, 4)
	to := g.rowAddresses(dst, step, 4)
	g.turns(n, 4, func() {
		var r [4]reg.VecVirtual
		for i := range r {
			r[i] = g.YMM()
			g.VMOVUPD(at[i], r[i])
		}
		var u [4]reg.VecVirtual
		for i := range u {
			u[i] = g.YMM()
		}
		g.VUNPCKLPD(r[1], r[0], u[0]) // 00 10 02 12
		g.VUNPCKHPD(r[1], r[0], u[1]) // 01 11 03 13
		g.VUNPCKLPD(r[3], r[2], u[2])
		g.VUNPCKHPD(r[3], r[2], u[3])
		g.VPERM2F128(operand.U8(0x20), u[2], u[0], r[0])
		g.VPERM2F128(operand.U8(0x20), u[3], u[1], r[1])
		g.VPERM2F128(operand.U8(0x31), u[2], u[0], r[2])
		g.VPERM2F128(operand.U8(0x31), u[3], u[1], r[3])
		for i := range r {
			g.VMOVUPD(r[i], to[i])
		}
		g.ADDQ(operand.U8(32), src)
		g.LEAQ(mem{Base: dst, Index: step, Scale: 4}, dst)
	})
	g.end()
}

// transpose8 turns 8 lines of 4-byte items.
func (g *gen) transpose8() {
	g.begin("transpose8x4", transposeSig, transposeDoc(8, 4))
	dst, src, step, line, n := g.arg("dst"), g.arg("src"), g.arg("step"), g.arg("line"), g.arg("n")
	at := g.rowAddresses(src, line, 8)
	g.turns(n, 8, func() {
		var r, u [8]reg.VecVirtual
		for i := range r {
			r[i], u[i] = g.YMM(), g.YMM()
			g.VMOVUPS(at[i], r[i])
		}
		for i := 0; i < 8; i += 2 {
			g.VUNPCKLPS(r[i+1], r[i], u[i])
			g.VUNPCKHPS(r[i+1], r[i], u[i+1])
		}
		for i := 0; i < 8; i += 4 { // pairs of pairs
			g.VUNPCKLPD(u[i+2], u[i], r[i])
			g.VUNPCKHPD(u[i+2], u[i], r[i+1])
			g.VUNPCKLPD(u[i+3], u[i+1], r[i+2])
			g.VUNPCKHPD(u[i+3], u[i+1], r[i+3])
		}
		for i := range 4 {
			g.VPERM2F128(operand.U8(0x20), r[i+4], r[i], u[i])
			g.VPERM2F128(operand.U8(0x31), r[i+4], r[i], u[i+4])
		}
		for i := range u {
			g.VMOVUPS(u[i], mem{Base: dst})
			g.ADDQ(step, dst)
		}
		g.ADDQ(operand.U8(32), src)
	})
	g.end()
}

// copyRows copies rows of at most three vectors to lie one after another.
func (g *gen) copyRows(w int) {
	for vecs := 1; vecs <= 3; vecs++ {
		g.begin(fmt.Sprintf("copyRows%d%s", vecs, levelName[w]), "func(dst, src unsafe.Pointer, step, line, n int)",
			fmt.Sprintf("copies n rows of %d bytes:\n\n\tcopy(dst[p*step:], src[p*line:][:%d]), p < n", vecs*w, vecs*w))
		dst, src, step, line, n := g.arg("dst"), g.arg("src"), g.arg("step"), g.arg("line"), g.arg("n")
		g.turns(n, 1, func() {
			for j := 0; j < vecs*w; j += 64 {
				g.PREFETCHT0(mem{Base: src, Index: line, Scale: 8, Disp: j})
			}
			for j := range vecs {
				r := g.vec(w)
				g.do("VMOVUPD", mem{Base: src, Disp: j * w}, r)
				g.do("VMOVUPD", r, mem{Base: dst, Disp: j * w})
			}
			g.ADDQ(line, src)
			g.ADDQ(step, dst)
		})
		g.end()
	}
}
