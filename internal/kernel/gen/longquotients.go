package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// longQuotients writes the divisions of int64 as those of float64. A dividend below 2^53
// has an exact one there, and the quotient, rounded down, is right. Of others the first
// quotient misses a little, what is left is divided again, and of that the quotient is
// right or next to it.
func longQuotients(g *gen) {
	for _, rest := range []bool{false, true} {
		var long, one reg.VecVirtual
		name, doc, of := "floorDivideI64", "dst[i] = floor(a[i] / b[i])", "FloorDivide"
		if rest {
			name, doc, of = "remainderI64", "dst[i] = a[i] - b[i]*floor(a[i]/b[i])", "Remainder"
		}
		m := mapping{name: name, doc: doc, in: []int{8, 8}, out: 8, unroll: 1,
			setup: func(g *gen, w int) { long, one = g.splat(w, ^uint64(1<<53-1)), g.splat(w, 1) }}
		m.step = func(g *gen, w int, in []mem, out mem, k op) {
			x, y := g.load(w, 8, in[0], k), g.load(w, 8, in[1], k)
			nonzero := g.K()
			g.VPTESTMQ(y, y, nonzero)
			fy := g.ZMM()
			g.VCVTQQ2PD(y, fy)
			divide := func(x reg.VecVirtual) (q reg.VecVirtual) {
				q = g.ZMM()
				g.VCVTQQ2PD(x, q)
				g.VDIVPD(fy, q, q)
				g.VRNDSCALEPD(operand.U8(9), q, q)
				g.VCVTTPD2QQ_Z(q, nonzero, q)
				return q
			}
			left := func(x, q reg.VecVirtual) (r reg.VecVirtual) {
				r = g.ZMM()
				g.VPMULLQ(y, q, r)
				g.VPSUBQ(r, x, r)
				return r
			}
			q, t := divide(x), g.ZMM()
			var r reg.VecVirtual
			if rest {
				r = left(x, q)
			}
			big, done := g.K(), g.label("done")
			g.VPABSQ(x, t)
			g.VPTESTMQ(long, t, big)
			g.KORTESTB(big, big)
			g.jump("JEQ", done)
			if !rest {
				r = left(x, q)
			}
			q1 := divide(r)
			g.VPADDQ(q1, q, q)
			g.VPMULLQ(y, q1, q1)
			g.VPSUBQ(q1, r, r)
			off := g.K()
			g.VPXORQ(y, r, t)
			g.VPMOVQ2M(t, off)
			g.KANDB(nonzero, off, off)
			g.VPTESTMQ(r, r, off, off) // of the other sign than y
			g.VPSUBQ(one, q, off, q)
			g.VPADDQ(y, r, off, r)
			g.VPABSQ(r, t)
			g.VPABSQ(y, q1)
			g.VPCMPUQ(operand.U8(5), q1, t, nonzero, off) // not below |y|
			g.VPADDQ(one, q, off, q)
			g.VPSUBQ(y, r, off, r)
			g.Label(done)
			if rest {
				z := g.ZMM()
				g.VMOVDQU64_Z(r, nonzero, z)
				q = z
			}
			g.store(w, 8, q, out, k)
		}
		g.serve512(m, uses1(of, "I64")...)
	}
}
