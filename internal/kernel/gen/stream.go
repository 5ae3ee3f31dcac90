package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// streams writes the copy that bypasses the caches, and the fence that ends it.
func streams(g *gen) {
	g.begin("streamAVX2", "func(dst, src unsafe.Pointer, n int)",
		"computes\n\n\tcopy(dst[:n], src[:n])\n\nwith stores that bypass the caches. n is a multiple of 128, dst and src of 32.\nA fence must follow before others may read dst.")
	dst, src, n := g.arg("dst"), g.arg("src"), g.arg("n")
	g.Label("loop")
	g.TESTQ(n, n)
	g.JZ(operand.LabelRef("done"))
	var v [4]reg.VecVirtual
	for i := range v {
		v[i] = g.YMM()
		g.VMOVDQA(mem{Base: src, Disp: 32 * i}, v[i])
	}
	for i := range v {
		g.VMOVNTDQ(v[i], mem{Base: dst, Disp: 32 * i})
	}
	g.ADDQ(operand.U32(128), src)
	g.ADDQ(operand.U32(128), dst)
	g.SUBQ(operand.U32(128), n)
	g.JMP(operand.LabelRef("loop"))
	g.Label("done")
	g.end()

	g.begin("fenceAVX2", "func()", "waits until the stores that bypass the caches have arrived.")
	g.SFENCE()
	g.RET()
}
