package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// runningSums writes the running sums of integers and bools in 64 bits.
func runningSums(g *gen) {
	for _, w := range []int{64, 32} {
		g.runningSum("Bool", 1, w)
		for _, s := range sizes {
			for _, k := range intKinds[s] {
				if k != "U64" { // as I64
					g.runningSum(k, s, w)
				}
			}
		}
	}
}

// runningSum adds the items of a vector to each other in steps, each item to that one,
// two and four places on. What came before them all is added last, so that the next
// vector does not wait for these steps.
func (g *gen) runningSum(kind string, s, w int) {
	g.begin("runningSum"+kind+levelName[w], "func(dst, a unsafe.Pointer, n, sum int) (total int)",
		"computes\n\n\tfor i := range n {\n\t\tsum += int(a[i])\n\t\tdst[i] = sum // of 64 bits\n\t}\n\treturn sum\n\n"+
			"for n a multiple of 8. Where n has the bit of Cold, dst is aligned to 64 bytes and stored past the caches.")
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	sum, lanes := g.vec(w), w/8
	g.VPBROADCASTQ(g.slot("sum"), sum)
	var zero, last, one reg.VecVirtual
	if w == 64 {
		zero, last = g.zero(w), g.splat(w, 7)
	}
	if kind == "Bool" {
		one = g.splat(w, 1)
	}
	vector := func(store func(x reg.VecVirtual, to mem), i int) {
		x, from := g.vec(w), mem{Base: a, Disp: lanes * s * i}
		if s == 8 {
			x = g.load(w, s, from, nil)
		} else {
			g.do("VPMOV"+map[bool]string{true: "SX", false: "ZX"}[kind[0] == 'I']+intLetter[s]+"Q", from, x)
		}
		if one != nil { // of any byte but 0, in the lower half of a lane
			g.VPMINUD(one, x, x)
		}
		t, all := g.vec(w), g.vec(w)
		if w == 64 {
			for _, places := range []uint64{1, 2, 4} {
				t := g.ZMM()
				g.VALIGNQ(operand.U8(8-places), zero, x, t)
				g.VPADDQ(t, x, x)
			}
			g.VPERMQ(x, last, all)
		} else {
			t := g.YMM()
			g.VPSLLDQ(operand.U8(8), x, t)
			g.VPADDQ(t, x, x)
			g.VPERM2I128(operand.U8(0x08), x, x, t) // the lower half goes up
			g.VPUNPCKHQDQ(t, t, t)
			g.VPADDQ(t, x, x)
			g.VPERMQ(operand.U8(0xff), x, all)
		}
		g.VPADDQ(x, sum, t)
		store(t, mem{Base: dst, Disp: w * i})
		g.VPADDQ(all, sum, sum)
	}
	turns := func(store func(x reg.VecVirtual, to mem)) {
		for _, j := range []int{4, 1} {
			g.turns(n, 8*j, func() {
				for i := range j * 8 / lanes {
					vector(store, i)
				}
				g.ADDQ(operand.U32(uint64(8*s*j)), a)
				g.ADDQ(operand.U32(uint64(64*j)), dst)
			})
		}
	}
	cold, done := g.label("cold"), g.label("done")
	g.BTRQ(operand.U8(coldBit), n)
	g.jump("JCS", cold)
	turns(func(x reg.VecVirtual, to mem) { g.store(w, 8, x, to, nil) })
	g.jump("JMP", done)
	g.Label(cold)
	turns(func(x reg.VecVirtual, to mem) { g.VMOVNTDQ(x, to) })
	g.SFENCE()
	g.Label(done)
	r := g.GP64()
	g.VMOVQ(sum.AsX(), r)
	g.MOVQ(r, g.result("total"))
	g.end()
}
