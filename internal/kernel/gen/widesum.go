package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// wideSums writes the sums of integers of less than 64 bits in 64.
func wideSums(g *gen) {
	for _, w := range []int{64, 32} {
		for _, s := range []int{1, 2, 4} {
			for _, k := range intKinds[s] {
				g.wideSum(k, s, w)
			}
		}
	}
}

// wideSum adds up vectors of w bytes. Bytes are added by eights, as differences from
// zero, 16-bit items in pairs, as products with one. These instructions know bytes
// without and pairs with a sign only: of other items the sign bit is turned round, which
// makes each greater or less by its value.
func (g *gen) wideSum(kind string, s, w int) {
	g.begin("sumWide"+kind+levelName[w], "func(a unsafe.Pointer, n int) (sum int)",
		"computes\n\n\tfor i := range n {\n\t\tsum += int(a[i]) // of 64 bits\n\t}\n\nfor n a multiple of "+map[int]string{64: "64", 32: "32"}[w]+" bytes.")
	a, n := g.arg("a"), g.arg("n")
	f := folding{size: 8, code: "VPADDQ"}
	var acc [accumulators]reg.VecVirtual
	for i := range acc {
		acc[i] = g.zero(w)
	}
	signed := kind[0] == 'I'
	bias, total := 0, g.GP64()
	var turn, ones, zero reg.VecVirtual
	switch {
	case s == 1 && signed:
		bias, turn = -1<<7, g.splat(w, 0x8080808080808080)
	case s == 2 && !signed:
		bias, turn = 1<<15, g.splat(w, 0x8000800080008000)
	}
	switch s {
	case 1:
		zero = g.zero(w)
	case 2:
		ones = g.splat(w, 0x0001000100010001)
	}
	if bias != 0 {
		g.IMUL3Q(operand.I32(int32(bias)), n, total)
	}
	half := func(x reg.VecVirtual) reg.VecVirtual {
		if w == 64 {
			return x.AsY().(reg.VecVirtual)
		}
		return x.AsX().(reg.VecVirtual)
	}
	extend := map[bool]string{true: "VPMOVSXDQ", false: "VPMOVZXDQ"}[signed]
	vector := func(i int) {
		if s == 4 {
			for j := range 2 {
				x := g.vec(w)
				g.do(extend, mem{Base: a, Disp: i*w + j*w/2}, x)
				to := acc[(2*i+j)%accumulators]
				g.VPADDQ(x, to, to)
			}
			return
		}
		x, to := g.load(w, s, mem{Base: a, Disp: i * w}, nil), acc[i%accumulators]
		if turn != nil {
			g.do(map[int]string{64: "VPXORQ", 32: "VPXOR"}[w], turn, x, x)
		}
		if s == 1 {
			g.VPSADBW(zero, x, x)
			g.VPADDQ(x, to, to)
			return
		}
		g.VPMADDWD(ones, x, x)
		lo, hi, up := g.vec(w), g.vec(w), g.vec(w/2)
		g.do(map[int]string{64: "VEXTRACTI64X4", 32: "VEXTRACTI128"}[w], operand.U8(1), x, up)
		g.VPMOVSXDQ(half(x), lo)
		g.VPMOVSXDQ(up, hi)
		g.VPADDQ(lo, to, to)
		g.VPADDQ(hi, to, to)
	}
	for _, j := range []int{4, 1} {
		g.turns(n, j*w/s, func() {
			for i := range j {
				vector(i)
			}
			g.ADDQ(operand.U32(uint64(j*w)), a)
		})
	}
	f.combine(g, acc[1], acc[0], nil)
	f.combine(g, acc[3], acc[2], nil)
	f.combine(g, acc[2], acc[0], nil)
	f.across(g, w, acc[0])
	r := g.GP64()
	g.VMOVQ(acc[0].AsX(), r)
	if bias != 0 {
		g.ADDQ(total, r)
	}
	g.MOVQ(r, g.result("sum"))
	g.end()
}
