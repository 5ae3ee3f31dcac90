package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// runningSums writes the running sums of integers in 64 bits.
func runningSums(g *gen) {
	for _, s := range sizes {
		for _, k := range intKinds[s] {
			if k != "U64" { // as I64
				g.runningSum(k, s)
			}
		}
	}
}

// runningSum adds eight items at a time to each other in three steps, each item to
// that one, two and four places on. What came before them all is added last, so that
// the next eight do not wait for these steps.
func (g *gen) runningSum(kind string, s int) {
	g.begin("runningSum"+kind+"AVX512", "func(dst, a unsafe.Pointer, n, sum int) (total int)",
		"computes\n\n\tfor i := range n {\n\t\tsum += int(a[i])\n\t\tdst[i] = sum // of 64 bits\n\t}\n\treturn sum\n\n"+
			"for n a multiple of 8. Where n has the bit of Cold, dst is aligned to 64 bytes and stored past the caches.")
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	sum, zero, last := g.ZMM(), g.zero(64), g.ZMM()
	g.VPBROADCASTQ(g.arg("sum"), sum)
	g.VPBROADCASTQ(g.const64(7), last)
	eight := func(store func(x reg.VecVirtual, to mem), i int) {
		x, from := g.ZMM(), mem{Base: a, Disp: 8 * s * i}
		if s == 8 {
			g.VMOVDQU64(from, x)
		} else {
			g.do("VPMOV"+map[byte]string{'I': "SX", 'U': "ZX"}[kind[0]]+intLetter[s]+"Q", from, x)
		}
		for _, places := range []uint64{1, 2, 4} {
			t := g.ZMM()
			g.VALIGNQ(operand.U8(8-places), zero, x, t)
			g.VPADDQ(t, x, x)
		}
		t := g.ZMM()
		g.VPADDQ(x, sum, t)
		store(t, mem{Base: dst, Disp: 64 * i})
		g.VPERMQ(x, last, x)
		g.VPADDQ(x, sum, sum)
	}
	all := func(store func(x reg.VecVirtual, to mem)) {
		for _, j := range []int{4, 1} {
			g.turns(n, 8*j, func() {
				for i := range j {
					eight(store, i)
				}
				g.ADDQ(operand.U32(uint64(8*s*j)), a)
				g.ADDQ(operand.U32(uint64(64*j)), dst)
			})
		}
	}
	cold, done := g.label("cold"), g.label("done")
	g.BTRQ(operand.U8(coldBit), n)
	g.jump("JCS", cold)
	all(func(x reg.VecVirtual, to mem) { g.VMOVDQU64(x, to) })
	g.jump("JMP", done)
	g.Label(cold)
	all(func(x reg.VecVirtual, to mem) { g.VMOVNTDQ(x, to) })
	g.SFENCE()
	g.Label(done)
	r := g.GP64()
	g.VMOVQ(sum.AsX(), r)
	g.MOVQ(r, g.result("total"))
	g.end()
}
