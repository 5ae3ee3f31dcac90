package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// turnsOnStack is the loop of a kernel that bails, of which the last turn, if items are left that
// do not fill vectors, is of copies on the stack: of all of them, and of the last one once
// more in each lane that is left. turn returns the bytes of an item, which are the same for
// all operands.
func (g *gen) turnsOnStack(ptr []reg.GPVirtual, n reg.GPVirtual, lanes int, turn func() int) {
	loop, tail, back, put, done := g.label("loop"), g.label("tail"), g.label("back"), g.label("put"), g.label("done")
	rest, dst, count := g.GP64(), g.GP64(), operand.U32(uint64(lanes))
	g.XORQ(rest, rest)
	g.XORQ(dst, dst)
	g.SUBQ(count, n)
	g.jump("JLT", tail)
	g.Label(loop)
	g.bail = back
	bytes := turn()
	g.SUBQ(count, n)
	g.jump("JGE", loop)
	g.Label(tail)
	g.TESTQ(rest, rest)
	g.jump("JNE", put)
	g.ADDQ(count, n)
	g.jump("JEQ", done)

	g.MOVQ(n, rest)
	g.MOVQ(ptr[0], dst)
	left, to := g.GP64(), g.GP64()
	g.MOVQ(count, left)
	room := g.AllocLocal(len(ptr[1:]) * lanes * bytes)
	g.LEAQ(room, to)
	more, last := g.label("more"), g.label("last")
	g.Label(more)
	for i, p := range ptr[1:] {
		g.move(bytes, mem{Base: p}, mem{Base: to, Disp: i * lanes * bytes})
	}
	g.ADDQ(operand.U8(bytes), to)
	g.DECQ(n)
	g.jump("JLE", last)
	for _, p := range ptr[1:] {
		g.ADDQ(operand.U8(bytes), p)
	}
	g.Label(last)
	g.DECQ(left)
	g.jump("JNE", more)
	for i, p := range ptr[1:] {
		g.LEAQ(room.Offset(i*lanes*bytes), p)
	}
	g.MOVQ(ptr[1], ptr[0])
	g.XORQ(n, n)
	g.jump("JMP", loop)

	g.Label(put)
	g.LEAQ(room, to)
	g.MOVQ(rest, n)
	g.turns(n, 1, func() {
		g.move(bytes, mem{Base: to}, mem{Base: dst})
		g.ADDQ(operand.U8(bytes), to)
		g.ADDQ(operand.U8(bytes), dst)
	})
	g.jump("JMP", done)
	g.Label(back)
	g.ADDQ(count, n)
	g.TESTQ(rest, rest)
	g.CMOVQNE(rest, n)
	g.Label(done)
	g.MOVQ(n, g.result("left"))
	g.end()
}

// move copies an item.
func (g *gen) move(bytes int, from, to mem) {
	switch bytes {
	case 16:
		x := g.XMM()
		g.VMOVUPS(from, x)
		g.VMOVUPS(x, to)
	case 8:
		x := g.GP64()
		g.MOVQ(from, x)
		g.MOVQ(x, to)
	default:
		x := g.GP32()
		g.MOVL(from, x)
		g.MOVL(x, to)
	}
}
