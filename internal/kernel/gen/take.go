package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// take writes the copy of items of s bytes at a list of places: eight places are
// read and compared, then their items copied. A place is read once, so that what
// was compared is what is used. Instructions that gather were no faster, and need
// a level each. Past the caches items go one by one: eight in a register before they
// are stored were slower.
func (g *gen) take(s int, stream bool) {
	name, doc := "", "."
	if stream {
		name, doc = "Stream", ",\nwith stores that bypass the caches: a fence must follow."
		if s == 16 {
			doc = ",\nwith stores that bypass the caches: dst is a multiple of 16, and a fence must follow."
		}
	}
	g.begin(fmt.Sprintf("take%s%dAVX2", name, s), "func(dst, a, places unsafe.Pointer, n, count int) (taken int)",
		"computes\n\n\tfor taken < count && uint(places[taken]) < uint(n) {\n\t\tdst[taken] = a[places[taken]]\n\t\ttaken++\n\t}\n\nfor eight places at a time: it ends before the eight with one that is not in 0…n-1"+doc)
	dst, a, places, n, count := g.arg("dst"), g.arg("a"), g.arg("places"), g.arg("n"), g.arg("count")
	taken, done := g.GP64(), g.label("done")
	g.XORQ(taken, taken)
	g.turns(count, 8, func() {
		var at [8]reg.GPVirtual
		for i := range at {
			at[i] = g.GP64()
			g.MOVQ(mem{Base: places, Index: taken, Scale: 8, Disp: 8 * i}, at[i])
			g.CMPQ(at[i], n)
			g.jump("JCC", done) // not below, unsigned
		}
		for i, p := range at {
			g.takeOne(s, stream, mem{Base: a, Index: p, Scale: uint8(min(s, 8))}, mem{Base: dst, Disp: s * i}, p)
		}
		g.ADDQ(operand.U32(uint64(8*s)), dst)
		g.ADDQ(operand.U8(8), taken)
	})
	g.Label(done)
	g.MOVQ(taken, g.result("taken"))
	g.end()
}

// takeOne copies one item; p, its place, is free to hold it.
func (g *gen) takeOne(s int, stream bool, from, to mem, p reg.GPVirtual) {
	switch s {
	case 1:
		g.MOVBLZX(from, p.As32())
		g.MOVB(p.As8(), to)
	case 2:
		g.MOVWLZX(from, p.As32())
		g.MOVW(p.As16(), to)
	case 4:
		g.MOVL(from, p.As32())
		if stream {
			g.MOVNTIL(p.As32(), to)
			break
		}
		g.MOVL(p.As32(), to)
	case 8:
		g.MOVQ(from, p)
		if stream {
			g.MOVNTIQ(p, to)
			break
		}
		g.MOVQ(p, to)
	case 16:
		g.ADDQ(p, p)
		x := g.XMM()
		g.VMOVDQU(from, x)
		if stream {
			g.VMOVNTDQ(x, to)
			break
		}
		g.VMOVDQU(x, to)
	}
}
