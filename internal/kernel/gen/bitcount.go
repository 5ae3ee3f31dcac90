package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// bitCounts writes the numbers of bits of magnitudes: a look-up for each half of a byte,
// then the sums of the bytes of an item.
func bitCounts(g *gen) {
	counts := g.StaticGlobal("bitCounts")
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	g.AddDatum(0, operand.U64(0x0302020102010100))
	g.AddDatum(8, operand.U64(0x0403030203020201))
	for _, s := range sizes {
		for _, kind := range intKinds[s] {
			var table, low, zero reg.VecVirtual
			m := mapping{name: "bitCount" + kind, doc: "dst[i] = uint8(bits.OnesCount(abs(a[i])))", in: []int{s}, out: 1, lanes2: 32,
				setup: func(g *gen, w int) {
					table = g.vec(w)
					if w == 64 {
						g.VBROADCASTI32X4(counts, table)
					} else {
						g.VBROADCASTI128(counts, table)
					}
					low, zero = g.splat(w, 0x0f0f0f0f0f0f0f0f), g.zero(w)
				}}
			count := func(w int, in mem, k op) reg.VecVirtual {
				x := g.load(w, s, in, k)
				if kind[0] == 'I' {
					g.magnitude(w, s, x)
				}
				high := g.vec(w)
				g.VPSRLW(operand.U8(4), x, high)
				g.do(logic("VPAND", w), low, x, x)
				g.do(logic("VPAND", w), low, high, high)
				g.VPSHUFB(x, table, x)
				g.VPSHUFB(high, table, high)
				g.VPADDB(high, x, x)
				switch s {
				case 1:
				case 8:
					g.VPSADBW(zero, x, x)
				default:
					for by := 8 * s / 2; by >= 8; by /= 2 { // the lowest byte gathers all
						g.do("VPSRL"+intLetter[s], operand.U8(uint64(by)), x, high)
						g.VPADDB(high, x, x)
					}
				}
				return x
			}
			m.step = func(g *gen, w int, in []mem, out mem, k op) {
				narrow := fmt.Sprintf("VPMOV%sB", intLetter[s])
				switch {
				case w < 64:
					g.VMOVDQU(g.packed(s, 1, "U", func(i int) reg.VecVirtual { return count(w, in[0].Offset(32*i), k) }), out)
				case s == 1:
					g.store(w, 1, count(w, in[0], k), out, k)
				case k != nil:
					g.do(narrow, count(w, in[0], k), k, out)
				default:
					g.do(narrow, count(w, in[0], k), out)
				}
			}
			g.serve512(m, uses1("BitwiseCount", kind)...)
			m.unroll = max(1, 4/s)
			g.serve2(m, uses1("BitwiseCount", kind)...)
		}
	}
}
