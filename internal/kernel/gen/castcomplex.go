package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// castsToComplex writes the conversions of floats to complex numbers: to each item a zero.
// Vectors of AVX2 write as much in a cycle as those of AVX-512 do.
func castsToComplex(g *gen) {
	for _, from := range []kind{{"F32", 4, 'f'}, {"F64", 8, 'f'}} {
		for _, to := range []kind{{"C64", 8, 'c'}, {"C128", 16, 'c'}} {
			lanes := 32 / to.size
			var low reg.VecVirtual
			name, n := g.avx2(mapping{name: "cast" + from.name + to.name, doc: "dst[i] = complex(a[i], 0)", in: []int{from.size}, out: to.size, lanes: lanes,
				setup: func(g *gen, w int) {
					low = g.vec(w)
					g.VBROADCASTI128(g.bytesAt("castLowHalf", 16, func(i int) int { return map[bool]int{true: 0xff}[i < 8] }), low)
				},
				step: func(g *gen, w int, in []mem, out mem, k op) {
					r := g.vec(w)
					switch {
					case to.size == 8 && from.size == 4:
						g.VPMOVZXDQ(in[0], r)
					case to.size == 8:
						x := g.XMM()
						g.VCVTPD2PSY(in[0], x)
						g.VPMOVZXDQ(x, r)
					default:
						x := g.XMM()
						if from.size == 4 {
							g.VCVTPS2PD(in[0], x)
						} else {
							g.VMOVDQU(in[0], x)
						}
						g.VPERMQ(operand.U8(0x50), x.AsY(), r) // each item twice
						g.VPAND(low, r, r)
					}
					g.VMOVDQU(r, out)
				}})
			g.castRow(from, to, "AVX2", name, n)
		}
	}
}
