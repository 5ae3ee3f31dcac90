package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// every copies every k-th item of s bytes, as are those of one colour of a picture: of k times
// 16 bytes VPSHUFB brings each item to its place among 16. It reads what follows on the last
// item, up to the next.
func (g *gen) every(k, s int) {
	g.begin(fmt.Sprintf("every%dOf%dAVX2", k, s), "func(dst, a unsafe.Pointer, n int)",
		fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\tdst[i] = a[%d*i]\n\t}\n\nfor a multiple of %d items of %d bytes, and reads a[%d*n-1] too.", k, 16/s, s, k))
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	var place []reg.VecVirtual
	for j := range k {
		m := g.bytesAt(fmt.Sprintf("every%dOf%dIn%d", k, s, j), 16, func(i int) int {
			if from := i/s*k*s + i%s; from/16 == j {
				return from % 16
			}
			return 0x80 // zero
		})
		p := g.XMM()
		g.VMOVDQU(m, p)
		place = append(place, p)
	}
	g.fours(n, 16/s, func(turns int) {
		for t := range turns {
			sum := g.XMM()
			for j := range k {
				x := sum
				if j > 0 {
					x = g.XMM()
				}
				g.VMOVDQU(mem{Base: a, Disp: 16 * (t*k + j)}, x)
				g.VPSHUFB(place[j], x, x)
				if j > 0 {
					g.VPOR(x, sum, sum)
				}
			}
			g.VMOVDQU(sum, mem{Base: dst, Disp: 16 * t})
		}
		g.ADDQ(operand.U32(uint64(16*k*turns)), a)
		g.ADDQ(operand.U32(uint64(16*turns)), dst)
	})
}
