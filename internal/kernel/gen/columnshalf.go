package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The networks of columns.go at AVX2, of which a vector is half a line: all lines of one half
// go through them, then those of the other.

const half = lineBytes / 2

// halfBlocks writes what sorts and what merges blocks.
func (g *gen) halfBlocks(s int) {
	var ends, sides, lower, upper steps
	for i := range blockLines {
		ends = append(ends, [2]int{i, 2*blockLines - 1 - i})
		sides = append(sides, [2]int{i, blockLines + i})
	}
	for _, p := range merging16 {
		lower = append(lower, p)
		upper = append(upper, [2]int{blockLines + p[0], blockLines + p[1]})
	}
	both := append(upper, lower...)
	l := intLetter[s]
	g.begin("sortBlocks"+l+"AVX2", "func(lines unsafe.Pointer, n int)",
		fmt.Sprintf("sorts, lane by lane, the signed items of %d bytes of each two of n blocks of lines, and of one that is left.", s))
	g.eachHalf(func(places, n reg.GPVirtual) {
		first, m := g.GP64(), g.GP64()
		g.MOVQ(places, first)
		g.MOVQ(n, m)
		g.turns(m, 1, func() { g.through(s, sorting16, first, blockLines) })
		g.turns(n, 2, func() { g.through(s, append(ends, both...), places, pairedLines) })
	})
	g.begin("mergeBlocks"+l+"AVX2", "func(lines unsafe.Pointer, n int)",
		fmt.Sprintf("sorts as sortBlocks%s does what is bitonic there: each two blocks together, and one that is left.", l))
	g.eachHalf(func(places, n reg.GPVirtual) {
		g.turns(n, 2, func() { g.through(s, append(sides, both...), places, pairedLines) })
		g.turns(n, 1, func() { g.through(s, merging16, places, blockLines) })
	})
}

// eachHalf emits body for both halves of n blocks; it may change its arguments.
func (g *gen) eachHalf(body func(places, n reg.GPVirtual)) {
	again, at := g.label("half"), g.GP64()
	g.XORQ(at, at)
	g.Label(again)
	places, n := g.arg("lines"), g.arg("n")
	g.ADDQ(at, places)
	body(places, n)
	g.ADDQ(operand.U8(half), at)
	g.CMPQ(at, operand.U8(half))
	g.jump("JEQ", again)
	g.end()
}

// through sends some lines from at on through a network and moves at behind them. As many as
// there are registers for are kept there: the one that is used last goes back to memory.
func (g *gen) through(s int, net steps, at reg.GPVirtual, lines int) {
	room := 15 // a step takes one more
	if s == 8 {
		room = 14 // or two
	}
	line := func(i int) mem { return mem{Base: at, Disp: i * lineBytes} }
	kept := map[int]reg.VecVirtual{}
	next := func(i, from int) int { // when a line is used again
		for k, p := range net[from:] {
			if p[0] == i || p[1] == i {
				return from + k
			}
		}
		return len(net)
	}
	store := func(i int) {
		g.store(32, s, kept[i], line(i), nil)
		delete(kept, i)
	}
	for k, p := range net {
		for _, i := range p {
			if kept[i] != nil {
				continue
			}
			if len(kept) == room {
				last := -1
				for j := range lines {
					if kept[j] != nil && j != p[0] && j != p[1] && (last < 0 || next(j, k) > next(last, k)) {
						last = j
					}
				}
				store(last)
			}
			kept[i] = g.load(32, s, line(i), nil)
		}
		kept[p[0]], kept[p[1]] = g.meet(32, s, kept[p[0]], kept[p[1]])
		for _, i := range p {
			if next(i, k+1) == len(net) {
				store(i)
			}
		}
	}
	g.ADDQ(operand.U32(uint64(lines*lineBytes)), at)
}

// halfLanes writes meetLanes. A half meets itself or the other one, wherever the first lane
// of swap is.
func (g *gen) halfLanes(s int, back bool) {
	name, doc := "meetLanes", "x"
	if back {
		name, doc = "meetLanesBack", "x, the lines from the last on"
	}
	l := intLetter[s]
	g.begin(name+l+"AVX2", "func(lines unsafe.Pointer, n int, swap unsafe.Pointer)",
		"does as "+name+l+"AVX512 for "+doc+". swap holds l^x for all lanes l and one x.")
	x, n, swap := g.arg("lines"), g.arg("n"), g.arg("swap")
	var upper [2]reg.VecVirtual
	for i := range upper {
		upper[i] = g.load(32, s, g.iota512(s).Offset(i*half), nil)
		g.do("VPCMPGT"+l, mem{Base: swap, Disp: i * half}, upper[i], upper[i])
	}
	lanes, other := g.load(32, s, mem{Base: swap}, nil), g.GP64()
	if s == 8 { // there are lanes of four bytes alone
		second := g.vec(32)
		g.VPADDQ(lanes, lanes, lanes)
		g.VPSLLQ(operand.U8(32), lanes, second)
		g.VPOR(second, lanes, lanes)
		g.VPADDQ(g.splat(32, 1<<32), lanes, lanes)
	}
	g.MOVL(mem{Base: swap}, other.As32())
	g.ANDQ(operand.U8(uint64(half/s)), other)
	g.SHLQ(log2(s), other)
	same := g.GP64()
	g.MOVQ(other, same)
	g.NEGQ(same)
	met := func(base reg.GPVirtual) [2]mem { // what a half meets
		return [2]mem{{Base: base, Index: other, Scale: 1}, {Base: base, Index: same, Scale: 1, Disp: half}}
	}
	turned := func(v op) reg.VecVirtual {
		r := g.vec(32)
		g.VPERMD(v, lanes, r)
		return r
	}
	if !back {
		g.turns(n, 1, func() {
			var r [2]reg.VecVirtual
			for i, m := range met(x) {
				lesser, greater := g.meet(32, s, g.load(32, s, mem{Base: x, Disp: i * half}, nil), turned(m))
				r[i] = g.vec(32)
				g.do("VBLENDVP"+floatLetter[s], upper[i], greater, lesser, r[i])
			}
			for i, v := range r {
				g.store(32, s, v, mem{Base: x, Disp: i * half}, nil)
			}
			g.ADDQ(operand.U8(lineBytes), x)
		})
		g.end()
		return
	}
	y := g.GP64()
	g.MOVQ(n, y)
	g.SHLQ(log2(lineBytes), y)
	g.LEAQ(mem{Base: x, Index: y, Scale: 1, Disp: -lineBytes}, y)
	g.turns(n, 2, func() {
		for i, m := range met(y) {
			at := mem{Base: x, Disp: i * half}
			lesser, greater := g.meet(32, s, g.load(32, s, at, nil), turned(m))
			r, q := g.vec(32), g.vec(32)
			g.do("VBLENDVP"+floatLetter[s], upper[i], greater, lesser, r)
			g.do("VBLENDVP"+floatLetter[s], upper[i], lesser, greater, q)
			g.store(32, s, r, at, nil)
			g.store(32, s, turned(q), m, nil)
		}
		g.ADDQ(operand.U8(lineBytes), x)
		g.SUBQ(operand.U8(lineBytes), y)
	})
	g.end()
}

// turnLines writes the copy of rows, half as many as a line has lanes, into columns.
func (g *gen) turnLines(s int) {
	side, per := half/s, half/2/s
	g.begin(fmt.Sprintf("turnLines%sAVX2", intLetter[s]), "func(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, m int)",
		fmt.Sprintf("computes\n\n\tfor i := range %d {\n\t\tfor j := range m {\n\t\t\tdst[j*dstStride + i] = src[i*srcStride + j]\n\t\t}\n\t}\n\nfor items of %d bytes and m a multiple of %d.", side, s, side))
	to, toStride := g.rowsOf("dst", "dstStride", side)
	from, _ := g.rowsOf("src", "srcStride", side)
	g.turns(g.arg("m"), side, func() {
		for first := 0; first < side; first += per {
			x := make([]reg.VecVirtual, side/2) // of two rows
			for i := range x {
				x[i] = g.vec(32)
				g.VMOVDQU(from[i].Offset(first*s), x[i].AsX())
				g.VINSERTI128(operand.U8(1), from[i+side/2].Offset(first*s), x[i], x[i])
			}
			g.turnQuarters(s, x)
			for i, v := range x {
				g.store(32, s, v, to[first+i], nil)
			}
		}
		for i := 0; i < side; i += 4 {
			g.ADDQ(operand.U8(half), from[i].Base)
			g.LEAQ(mem{Base: to[i].Base, Index: toStride, Scale: uint8(side)}, to[i].Base)
		}
	})
	g.end()
}
