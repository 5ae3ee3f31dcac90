package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// strides writes the copies of items that do not lie one behind another to where
// they do: backwards, every second, at any distance.
func strides(g *gen) {
	for _, s := range []int{1, 2, 4, 8, 16} {
		g.reverse(s, 64, false)
		g.reverse(s, 64, true)
		g.reverse(s, 32, false)
	}
	for _, s := range sizes {
		g.second(s, 64, false)
		g.second(s, map[bool]int{true: 32, false: 64}[s >= 4], true) // memory likes loads of 32 bytes better
	}
	g.second(16, 64, false)
	g.second(16, 64, true)
	for _, s := range append(sizes, 16) {
		g.second(s, 32, false)
	}
	for _, s := range []int{1, 2} {
		g.every(3, s)
		g.every(4, s)
	}
	g.gather4()
	g.gather8()
}

// bytesAt returns the address of read-only bytes, repeated to fill n.
func (g *gen) bytesAt(name string, n int, f func(i int) int) mem {
	if m, ok := g.consts[name]; ok {
		return m
	}
	m := g.StaticGlobal(name)
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	for i := range n {
		g.AddDatum(i, operand.U8(uint64(f(i))))
	}
	g.consts[name] = m
	return m
}

// streamAhead is how many bytes before they are read lines are asked for by loops that
// write past the caches: what the processor fetches by itself leaves a core idle while
// its stores go by (Zen 4, 16 MB to 128 MB: every second item in 5.0 instead of 5.7 ms).
const streamAhead = 1024

// streamed says what the loops that write past the caches ask for.
func streamed(stream bool) (name, doc string) {
	if stream {
		return "Stream", ",\nwith stores that bypass the caches: dst is a multiple of 64, and a fence must follow"
	}
	return "", ""
}

// reverse copies items backwards: the items of each 16 bytes are turned round by
// VPSHUFB, then the quarters or halves of the vector.
func (g *gen) reverse(s, w int, stream bool) {
	name, doc := streamed(stream)
	g.begin(fmt.Sprintf("reverse%s%d%s", name, s, levelName[w]), "func(dst, a unsafe.Pointer, n int)",
		fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\tdst[i] = a[-i]\n\t}\n\nfor a multiple of %d items%s.", w/s, doc))
	g.stream = stream
	defer func() { g.stream = false }()
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	var p reg.VecVirtual
	if s < 16 {
		p = g.vec(w)
		m := g.bytesAt(fmt.Sprintf("reverse%d", s), 16, func(i int) int { return 16 - s - i/s*s + i%s })
		if w == 64 {
			g.VBROADCASTI32X4(m, p)
		} else {
			g.VBROADCASTI128(m, p)
		}
	}
	turn := func(j int) {
		for i := range j {
			m := mem{Base: a, Disp: s - (i+1)*w}
			if stream {
				g.PREFETCHT0(mem{Base: a, Disp: m.Disp - streamAhead})
			}
			x := g.vec(w)
			if w == 64 {
				g.VMOVDQU64(m, x)
				g.VSHUFI64X2(operand.U8(0x1b), x, x, x)
			} else {
				g.VPERMQ(operand.U8(0x4e), m, x)
			}
			if s < 16 {
				g.VPSHUFB(p, x, x)
			}
			g.store(w, s, x, mem{Base: dst, Disp: i * w}, nil)
		}
		g.SUBQ(operand.U32(uint64(j*w)), a)
		g.ADDQ(operand.U32(uint64(j*w)), dst)
	}
	g.fours(n, w/s, turn)
}

// fours emits turn(4) as long as four times lanes items are left, then turn(1),
// and the end of the function.
func (g *gen) fours(n reg.GPVirtual, lanes int, turn func(j int)) {
	for _, j := range []int{4, 1} {
		g.turns(n, j*lanes, func() { turn(j) })
	}
	g.end()
}

// second copies every second item. It reads one item beyond the last.
func (g *gen) second(s, w int, stream bool) {
	name, doc := streamed(stream)
	g.begin(fmt.Sprintf("second%s%d%s", name, s, levelName[w]), "func(dst, a unsafe.Pointer, n int)",
		fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\tdst[i] = a[2*i]\n\t}\n\nfor a multiple of %d items, and reads a[2*n-1] too%s.", w/s, doc))
	g.stream = stream
	defer func() { g.stream = false }()
	dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
	var p reg.VecVirtual
	switch {
	case w == 32 && s <= 2:
		p = g.splat(w, map[int]uint64{1: 0x00ff00ff00ff00ff, 2: 0x0000ffff0000ffff}[s])
	case w == 64 && s > 1 && s < 16:
		p = g.vec(w)
		g.VMOVDQU64(g.bytesAt(fmt.Sprintf("second%d", s), 64, func(i int) int { return map[bool]int{true: i / s * 2}[i%s == 0] }), p)
	}
	turn := func(j int) {
		for i := range j {
			lo, hi, out := mem{Base: a, Disp: 2 * i * w}, mem{Base: a, Disp: (2*i + 1) * w}, mem{Base: dst, Disp: i * w}
			if stream {
				g.PREFETCHT0(mem{Base: a, Disp: lo.Disp + streamAhead})
				g.PREFETCHT0(mem{Base: a, Disp: hi.Disp + streamAhead})
			}
			x := g.load(w, s, lo, nil)
			switch {
			case w == 64 && s == 1:
				y, t := g.load(w, s, hi, nil), g.YMM()
				g.VPMOVWB(x, x.AsY())
				g.VPMOVWB(y, t)
				g.VINSERTI64X4(operand.U8(1), t, x, x)
			case w == 64 && s == 16:
				g.VSHUFI64X2(operand.U8(0x88), hi, x, x)
			case w == 64:
				t := g.vec(w)
				g.VMOVDQA64(p, t)
				g.do("VPERMI2"+intLetter[s], hi, x, t)
				x = t
			case s == 16:
				g.VPERM2I128(operand.U8(0x20), hi, x, x)
			case s == 8:
				g.VUNPCKLPD(hi, x, x)
				g.VPERMPD(operand.U8(0xd8), x, x)
			case s <= 2:
				y := g.vec(w)
				g.VPAND(hi, p, y)
				g.VPAND(p, x, x)
				g.do(map[int]string{1: "VPACKUSWB", 2: "VPACKUSDW"}[s], y, x, x)
				g.VPERMQ(operand.U8(0xd8), x, x)
			default:
				g.VSHUFPS(operand.U8(0x88), hi, x, x)
				g.VPERMPD(operand.U8(0xd8), x, x)
			}
			g.store(w, s, x, out, nil)
		}
		g.ADDQ(operand.U32(uint64(2*j*w)), a)
		g.ADDQ(operand.U32(uint64(j*w)), dst)
	}
	g.fours(n, w/s, turn)
}

// openGather declares a copy of items at any distance, lanes at a time.
func (g *gen) openGather(s, lanes int) (dst, a, stride, three, n reg.GPVirtual) {
	g.begin(fmt.Sprintf("gather%dAVX2", s), "func(dst, a unsafe.Pointer, stride, n int)",
		fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\tdst[i] = *a\n\t\ta += stride // bytes\n\t}\n\nfor a multiple of %d items.", lanes))
	dst, a, stride, n = g.arg("dst"), g.arg("a"), g.arg("stride"), g.arg("n")
	three = g.GP64()
	g.LEAQ(mem{Base: stride, Index: stride, Scale: 2}, three)
	return
}

// four returns the places of four items and steps over them.
func four(a, stride, three reg.GPVirtual) [4]mem {
	return [4]mem{{Base: a}, {Base: a, Index: stride, Scale: 1}, {Base: a, Index: stride, Scale: 2}, {Base: a, Index: three, Scale: 1}}
}

func (g *gen) gather8() {
	dst, a, stride, three, n := g.openGather(8, 4)
	g.fours(n, 4, func(j int) {
		for i := range j {
			m, x, y := four(a, stride, three), g.XMM(), g.XMM()
			g.VMOVSD(m[0], x)
			g.VMOVHPD(m[1], x, x)
			g.VMOVSD(m[2], y)
			g.VMOVHPD(m[3], y, y)
			g.VMOVUPD(x, mem{Base: dst, Disp: 32 * i})
			g.VMOVUPD(y, mem{Base: dst, Disp: 32*i + 16})
			g.LEAQ(mem{Base: a, Index: stride, Scale: 4}, a)
		}
		g.ADDQ(operand.U32(uint64(32*j)), dst)
	})
}

func (g *gen) gather4() {
	dst, a, stride, three, n := g.openGather(4, 4)
	g.fours(n, 4, func(j int) {
		for i := range j {
			m, x := four(a, stride, three), g.XMM()
			g.VMOVD(m[0], x)
			for k := 1; k < 4; k++ {
				g.VPINSRD(operand.U8(uint64(k)), m[k], x, x)
			}
			g.VMOVDQU(x, mem{Base: dst, Disp: 16 * i})
			g.LEAQ(mem{Base: a, Index: stride, Scale: 4}, a)
		}
		g.ADDQ(operand.U32(uint64(16*j)), dst)
	})
}
