package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// moves writes what carries items by their size: byte swaps, choices by a mask of
// bytes, and the compression of masked items and of their indices.
func moves(g *gen) {
	for _, s := range []int{2, 4, 8} {
		g.byteSwap(s)
	}
	for _, s := range append(sizes, 16) {
		g.fill(s)
	}
	for _, s := range sizes {
		g.choose(s)
		g.assignTrue(s)
		g.compress(s)
		g.compress2(s)
	}
	g.trueIndices()
	g.trueIndices2()
	strides(g)
	transposes(g)
	for _, s := range []int{1, 2, 4, 8, 16} {
		g.take(s, false)
		if s >= 4 {
			g.take(s, true)
		}
	}
}

// fill writes copies of one item, which may lie at any address; one of 16 bytes is two
// words, which the loop counts.
func (g *gen) fill(s int) {
	var x reg.VecVirtual
	doc, size := "dst[i] = a[0]", min(s, 8)
	if size < s {
		doc = "dst[i] = a[i%2]"
	}
	m := mapping{name: fmt.Sprintf("fill%d", s), doc: doc, in: []int{0}, out: size, loose: true,
		setup: func(g *gen, w int) {
			x = g.vec(w)
			switch {
			case s < 16:
				g.do("VPBROADCAST"+strings.ToUpper(intLetter[s]), mem{Base: g.block}, x)
			case w == 64:
				g.VBROADCASTI32X4(mem{Base: g.block}, x)
			default:
				g.VBROADCASTI128(mem{Base: g.block}, x)
			}
		},
		step: func(g *gen, w int, in []mem, out mem, k op) { g.store(w, size, x, out, k) }}
	g.avx512(m)
	g.avx2(m)
}

func (g *gen) byteSwap(s int) {
	// the pattern of VPSHUFB for 16 bytes
	pattern := g.StaticGlobal(fmt.Sprintf("swapPattern%d", s))
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	for i := range 16 {
		g.AddDatum(i, operand.U8(uint64(i^(s-1))))
	}
	var p reg.VecVirtual
	m := mapping{name: fmt.Sprintf("byteSwap%d", s), doc: "dst[i] = bits.ReverseBytes(a[i])", in: []int{s}, out: s, loose: true,
		setup: func(g *gen, w int) {
			p = g.vec(w)
			if w == 64 {
				g.VBROADCASTI32X4(pattern, p)
			} else {
				g.VBROADCASTI128(pattern, p)
			}
		},
		step: unary(s, func(g *gen, w int, x reg.VecVirtual) { g.VPSHUFB(p, x, x) })}
	g.avx512(m)
	g.avx2(m)
	g.swapStream(s, pattern)
}

// swapStream is byteSwap past the caches: straight from the registers to lines that
// were asked for takes three quarters of the time of a block in between.
func (g *gen) swapStream(s int, pattern mem) {
	name, doc := streamed(true)
	g.begin(fmt.Sprintf("byteSwap%s%dAVX512", name, s), "func(dst, a unsafe.Pointer, n int)",
		fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\tdst[i] = bits.ReverseBytes(a[i])\n\t}\n\nfor a multiple of %d items%s.", 64/s, doc))
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	p := g.vec(64)
	g.VBROADCASTI32X4(pattern, p)
	g.fours(n, 64/s, func(j int) {
		for i := range j {
			g.PREFETCHT0(mem{Base: a, Disp: 64*i + streamAhead})
		}
		for i := range j {
			x := g.vec(64)
			g.VMOVDQU64(mem{Base: a, Disp: 64 * i}, x)
			g.VPSHUFB(p, x, x)
			g.VMOVNTDQ(x, mem{Base: dst, Disp: 64 * i})
		}
		g.ADDQ(operand.U32(uint64(64*j)), a)
		g.ADDQ(operand.U32(uint64(64*j)), dst)
	})
}

// choose writes dst[i] = b[i] where a[i], a byte, is true, else c[i].
func (g *gen) choose(s int) {
	l := intLetter[s]
	var zero reg.VecVirtual
	m := mapping{name: "choose" + l, doc: "if a[i] != 0 { dst[i] = b[i] } else { dst[i] = c[i] }", in: []int{1, s, s}, out: s,
		setup: func(g *gen, w int) {
			if w == 32 {
				zero = g.zero(w)
			}
		},
		step: func(g *gen, w int, in []mem, out mem, k op) {
			n := w / s
			if w == 64 {
				t := g.K()
				q := g.part(n, 1, in[0], k)
				g.VPTESTMB(q, q, t)
				x, y := g.load(w, s, in[1], k), g.load(w, s, in[2], k)
				g.do("VPBLENDM"+strings.ToUpper(l), x, y, t, x)
				g.store(w, s, x, out, k)
				return
			}
			q := g.vec(w)
			if s == 1 {
				g.VMOVDQU(in[0], q)
			} else {
				g.do("VPMOVZXB"+l, in[0], q)
			}
			g.do("VPCMPEQ"+l, zero, q, q) // where false
			x, y := g.load(w, s, in[1], nil), g.load(w, s, in[2], nil)
			g.VPBLENDVB(q, y, x, x)
			g.store(w, s, x, out, nil)
		}}
	g.avx512(m)
	g.avx2(m)
}

// assignTrue writes dst[i] = b[i] where a[i], a byte, is true.
func (g *gen) assignTrue(s int) {
	m := mapping{name: "assignTrue" + intLetter[s], doc: "if a[i] != 0 { dst[i] = b[i] }", in: []int{1, s}, out: s, loose: true,
		step: func(g *gen, w int, in []mem, out mem, k op) {
			t, q := g.K(), g.part(w/s, 1, in[0], k)
			g.VPTESTMB(q, q, t)
			x := g.vec(w)
			g.do(laneMove[s]+"_Z", in[1], t, x)
			g.do(laneMove[s], x, t, out)
		}}
	g.avx512(m)
}

// compress writes the items whose byte of the mask is true one after another.
func (g *gen) compress(s int) {
	lanes, wide := 16, 4
	if s == 8 {
		lanes, wide = 8, 8
	}
	l := intLetter[s]
	g.begin("compress"+l+"AVX512", "func(dst, a, mask unsafe.Pointer, n int) (count int)",
		"computes\n\n\tfor i := range n {\n\t\tif mask[i] != 0 { dst[count] = a[i]; count++ }\n\t}")
	dst, a, mask, n := g.arg("dst"), g.arg("a"), g.arg("mask"), g.arg("n")
	count := g.GP64()
	g.XORQ(count, count)
	one := func(k op) {
		t, c := g.K(), g.GP64()
		q := g.part(lanes, 1, mem{Base: mask}, k)
		g.VPTESTMB(q, q, t)
		g.KMOVW(t, c.As32())
		x := g.ZMM()
		switch { // lanes that are not selected need not be read
		case s == wide:
			g.do(laneMove[s]+"_Z", mem{Base: a}, t, x)
		default:
			g.do("VPMOVZX"+l+"D_Z", mem{Base: a}, t, x)
		}
		g.do("VPCOMPRESS"+intLetter[wide]+"_Z", x, t, x)
		r := x
		if s < wide {
			r = g.shorten(x, wide, s, lanes)
		}
		g.POPCNTL(c.As32(), c.As32())
		g.do(laneMove[s], r, g.tailMask(c), mem{Base: dst, Index: count, Scale: uint8(s)})
		g.ADDQ(c, count)
	}
	done := g.label("done")
	g.turns(n, lanes, func() {
		one(nil)
		g.ADDQ(operand.U32(uint64(lanes)), mask)
		g.ADDQ(operand.U32(uint64(lanes*s)), a)
	})
	g.jump("JEQ", done)
	one(g.tailMask(n))
	g.Label(done)
	g.MOVQ(count, g.result("count"))
	g.end()
}

// trueIndices writes the indices of the true bytes, counted from first.
func (g *gen) trueIndices() {
	g.begin("trueIndicesAVX512", "func(dst, a unsafe.Pointer, n, first int) (count int)",
		"computes\n\n\tfor i := range n {\n\t\tif a[i] != 0 { dst[count] = int64(first+i); count++ }\n\t}")
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	index, count := g.ZMM(), g.GP64()
	g.VPBROADCASTQ(g.arg("first"), index)
	g.VPADDQ(g.iota512(8), index, index)
	g.XORQ(count, count)
	one := func(k op) {
		t, c := g.K(), g.GP64()
		q := g.part(8, 1, mem{Base: a}, k)
		g.VPTESTMB(q, q, t)
		g.KMOVB(t, c.As32())
		x := g.ZMM()
		g.VPCOMPRESSQ_Z(index, t, x)
		g.POPCNTL(c.As32(), c.As32())
		g.VMOVDQU64(x, g.tailMask(c), mem{Base: dst, Index: count, Scale: 8})
		g.ADDQ(c, count)
	}
	done := g.label("done")
	g.turns(n, 8, func() {
		one(nil)
		g.VPADDQ_BCST(g.const64(8), index, index)
		g.ADDQ(operand.U8(8), a)
	})
	g.jump("JEQ", done)
	one(g.tailMask(n))
	g.Label(done)
	g.MOVQ(count, g.result("count"))
	g.end()
}

// compress2 is compress for AVX2. A table brings the lanes of eight items, or of four, into
// order, and all of them are written.
func (g *gen) compress2(s int) {
	g.begin("compress"+intLetter[s]+"AVX2", "func(dst, a, mask unsafe.Pointer, n int) (count int)",
		"does as compress"+intLetter[s]+"AVX512 for a multiple of 8 items; it also writes up to 8 places behind those items.")
	dst, a, mask, n := g.arg("dst"), g.arg("a"), g.arg("mask"), g.arg("n")
	first := g.GP64()
	g.MOVQ(dst, first)
	lanes := min(32/s, 8)
	order, zero := g.GP64(), g.zero(16)
	g.LEAQ(g.lanesFirst(lanes), order)
	g.turns(n, 8, func() {
		bits := g.trueOfEight(mask, zero)
		for i := 0; i < 8; i += lanes {
			some, from := bits, mem{Base: a, Disp: i * s}
			if lanes < 8 {
				some = g.GP64()
				g.MOVQ(bits, some)
				g.SHRQ(operand.U8(uint64(i)), some)
				g.ANDQ(operand.U8(uint64(1<<lanes-1)), some)
			}
			at := mem{Base: order, Index: some, Scale: 8}
			switch s {
			case 1:
				x, l := g.vec(16), g.vec(16)
				g.VMOVQ(from, x)
				g.VMOVQ(at, l)
				g.VPSHUFB(l, x, x)
				g.VMOVQ(x, mem{Base: dst})
			case 2:
				x := g.load(16, s, from, nil)
				g.VPSHUFB(g.bytesOf(at), x, x)
				g.store(16, s, x, mem{Base: dst}, nil)
			default:
				x := g.vec(32)
				g.VPMOVZXBD(at, x)
				g.VPERMD(from, x, x)
				g.store(32, s, x, mem{Base: dst}, nil)
			}
			g.POPCNTQ(some, some)
			g.LEAQ(mem{Base: dst, Index: some, Scale: uint8(s)}, dst)
		}
		g.ADDQ(operand.U8(uint64(8*s)), a)
	})
	g.SUBQ(first, dst)
	if s > 1 {
		g.SHRQ(log2(s), dst)
	}
	g.MOVQ(dst, g.result("count"))
	g.end()
}

// trueOfEight returns a bit for each of eight bytes that is true and moves on behind them.
func (g *gen) trueOfEight(mask reg.GPVirtual, zero reg.VecVirtual) reg.GPVirtual {
	q, bits := g.vec(16), g.GP64()
	g.VMOVQ(mem{Base: mask}, q)
	g.VPCMPEQB(zero, q, q)
	g.VPMOVMSKB(q, bits.As32())
	g.XORQ(operand.I32(0xffff), bits)
	g.MOVBQZX(bits.As8(), bits)
	g.ADDQ(operand.U8(8), mask)
	return bits
}

// trueIndices2 is trueIndices for AVX2.
func (g *gen) trueIndices2() {
	g.begin("trueIndicesAVX2", "func(dst, a unsafe.Pointer, n, first int) (count int)",
		"does as trueIndicesAVX512 for a multiple of 8 bytes; it also writes up to 8 places behind those indices.")
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	begin, order, zero := g.GP64(), g.GP64(), g.zero(16)
	g.MOVQ(dst, begin)
	g.LEAQ(g.lanesFirst(8), order)
	base := g.vec(32)
	g.VPBROADCASTQ(g.slot("first"), base)
	eight := g.splat(32, 8)
	g.turns(n, 8, func() {
		bits := g.trueOfEight(a, zero)
		for i := 0; i < 8; i += 4 {
			x := g.vec(32)
			g.VPMOVZXBQ(mem{Base: order, Index: bits, Scale: 8, Disp: i}, x)
			g.VPADDQ(base, x, x)
			g.store(32, 8, x, mem{Base: dst, Disp: 8 * i}, nil)
		}
		g.POPCNTQ(bits, bits)
		g.LEAQ(mem{Base: dst, Index: bits, Scale: 8}, dst)
		g.VPADDQ(eight, base, base)
	})
	g.SUBQ(begin, dst)
	g.SHRQ(operand.U8(3), dst)
	g.MOVQ(dst, g.result("count"))
	g.end()
}
