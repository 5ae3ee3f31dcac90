package main

import (
	"github.com/mmcloughlin/avo/operand"
)

// rowsAtOnce is how many rows a kernel of rows takes: as many streams of memory
// keep a core busy, and the accumulators are read and written once for all.
const rowsAtOnce = 8

// rows writes the sums along the outer axis: eight rows into one of accumulators.
func rows(g *gen) {
	for _, r := range []struct {
		name, code string
		size       int
	}{{"F64", "VADDPD", 8}, {"F32", "VADDPS", 4}, {"I64", "VPADDQ", 8}} {
		g.addRows(r.name, r.code, r.size, 64)
		g.addRows(r.name, r.code, r.size, 32)
	}
}

// addRows takes n accumulators, at AVX2 a multiple of 32/size.
func (g *gen) addRows(kind, code string, size, w int) {
	g.begin("addRows"+kind+levelName[w], "func(acc, a unsafe.Pointer, stride, n int)",
		"computes\n\n\tfor j := range 8 {\n\t\tfor i := range n {\n\t\t\tacc[i] += a[i]\n\t\t}\n\t\ta += stride // bytes\n\t}")
	acc, a, stride, n := g.arg("acc"), g.arg("a"), g.arg("stride"), g.arg("n")
	upper, three := g.GP64(), g.GP64()
	g.LEAQ(mem{Base: a, Index: stride, Scale: 4}, upper)
	g.LEAQ(mem{Base: stride, Index: stride, Scale: 2}, three)
	row := [rowsAtOnce]mem{{Base: a}, {Base: a, Index: stride, Scale: 1}, {Base: a, Index: stride, Scale: 2}, {Base: a, Index: three, Scale: 1},
		{Base: upper}, {Base: upper, Index: stride, Scale: 1}, {Base: upper, Index: stride, Scale: 2}, {Base: upper, Index: three, Scale: 1}}
	lanes := w / size
	one := func(k op) {
		x := g.load(w, size, mem{Base: acc}, k)
		for _, m := range row {
			if k != nil {
				g.do(code, m, x, k, x)
			} else {
				g.do(code, m, x, x)
			}
		}
		g.store(w, size, x, mem{Base: acc}, k)
	}
	g.turns(n, lanes, func() {
		one(nil)
		g.ADDQ(operand.U8(uint64(w)), a)
		g.ADDQ(operand.U8(uint64(w)), upper)
		g.ADDQ(operand.U8(uint64(w)), acc)
	})
	if w == 64 {
		done := g.label("done")
		g.jump("JEQ", done)
		one(g.tailMask(n))
		g.Label(done)
	}
	g.end()
}
