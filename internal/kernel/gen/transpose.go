package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// transposes writes the copies that turn rows into columns: squares of as many
// items as fill a cache line, whose lines are written whole.
func transposes(g *gen) {
	for _, s := range []int{4, 8, 16} {
		for _, w := range []int{64, 32} {
			g.transpose(s, w, false)
			g.transpose(s, w, true)
		}
	}
	g.transposeEight(1)
	g.transposeEight(2)
}

// transposeEight writes the copy of eight rows of items of one or two bytes into columns, in
// squares of eight.
func (g *gen) transposeEight(s int) {
	const side, w = 8, 16
	g.begin(fmt.Sprintf("transposeEight%dAVX2", s), "func(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, m int)",
		fmt.Sprintf("computes\n\n\tfor i := range 8 {\n\t\tfor j := range m {\n\t\t\tdst[j*dstStride + i] = src[i*srcStride + j]\n\t\t}\n\t}\n\nfor items of %d bytes and m a multiple of 8.", s))
	to, toStride := g.rowsOf("dst", "dstStride", side)
	from, _ := g.rowsOf("src", "srcStride", side)
	g.turns(g.arg("m"), side, func() {
		x := make([]reg.VecVirtual, side)
		for i := range x {
			if s == 2 {
				x[i] = g.load(w, s, from[i], nil)
			} else {
				x[i] = g.vec(w)
				g.VMOVQ(from[i], x[i])
			}
		}
		low, high := "VPUNPCKLWD", "VPUNPCKHWD"
		if s == 1 { // half a register has a row: at first two become one
			low, high = "VPUNPCKLBW", "VPUNPCKHBW"
			for i := range side / 2 {
				g.do(low, x[i+side/2], x[i], x[i])
			}
			x = x[:side/2]
		}
		// Each step makes the highest bit of a row's number the lowest of an item's place, and
		// the highest of that the lowest of a column's number.
		for range s + 1 {
			y := make([]reg.VecVirtual, len(x))
			for i := range len(x) / 2 {
				y[2*i], y[2*i+1] = g.vec(w), g.vec(w)
				g.do(low, x[i+len(x)/2], x[i], y[2*i])
				g.do(high, x[i+len(x)/2], x[i], y[2*i+1])
			}
			x = y
		}
		for i := range side {
			switch v := x[i*len(x)/side]; {
			case s == 2:
				g.store(w, s, v, to[i], nil)
			case i%2 == 0:
				g.VMOVQ(v, to[i])
			default:
				g.VMOVHPS(v, to[i])
			}
		}
		for i := 0; i < side; i += 4 {
			g.ADDQ(operand.U8(uint64(side*s)), from[i].Base)
			g.LEAQ(mem{Base: to[i].Base, Index: toStride, Scale: side}, to[i].Base)
		}
	})
	g.end()
}

// transpose takes squares of as many items as fill a vector; at AVX2 one after another
// makes the two halves of lines.
func (g *gen) transpose(s, w int, stream bool) {
	side := 64 / s
	name, doc := fmt.Sprintf("transpose%d%s", s, levelName[w]), ""
	if stream {
		name, doc = fmt.Sprintf("transposeStream%d%s", s, levelName[w]), ",\nwith stores that bypass the caches: dst and dstStride are multiples of 64, and a fence must follow"
	}
	g.begin(name, "func(dst unsafe.Pointer, dstStride int, src unsafe.Pointer, srcStride, m int)",
		fmt.Sprintf("computes\n\n\tfor i := range %d {\n\t\tfor j := range m {\n\t\t\tdst[j*dstStride + i] = src[i*srcStride + j]\n\t\t}\n\t}\n\nfor m a multiple of %d%s.", side, side, doc))
	g.stream = stream
	columns := w / s
	to, toStride := g.rowsOf("dst", "dstStride", max(columns, 4))
	from, _ := g.rowsOf("src", "srcStride", side)
	g.turns(g.arg("m"), columns, func() {
		for at := 0; at < side; at += columns {
			x := make([]reg.VecVirtual, columns)
			for i := range x {
				x[i] = g.load(w, s, from[at+i], nil)
			}
			g.turnSquare(s, w, x, func(column int, v reg.VecVirtual) {
				g.store(w, s, v, to[column].Offset(at*s), nil)
			})
		}
		for i := 0; i < side; i += 4 {
			g.ADDQ(operand.U8(uint64(w)), from[i].Base)
		}
		for i := 0; i < columns; i += 4 {
			for range max(columns/8, 1) {
				g.LEAQ(mem{Base: to[i].Base, Index: toStride, Scale: uint8(min(columns, 8))}, to[i].Base)
			}
		}
	})
	g.stream = false
	g.end()
}

// turnSquare turns rows of items, a vector each, into columns.
func (g *gen) turnSquare(s, w int, x []reg.VecVirtual, column func(i int, v reg.VecVirtual)) {
	per := 16 / s
	g.turnQuarters(s, x)
	// The quarters of four registers, or the halves of two: quarter q of group p becomes
	// quarter p of column q.
	for k := range per {
		if w == 32 {
			for q, imm := range []uint64{0x20, 0x31} {
				out := g.YMM()
				g.VPERM2F128(operand.U8(imm), x[k+per], x[k], out)
				column(per*q+k, out)
			}
			continue
		}
		var y [4]reg.VecVirtual
		for half, imm := range []uint64{0x88, 0xdd} {
			y[half], y[half+2] = g.ZMM(), g.ZMM()
			g.VSHUFF64X2(operand.U8(imm), x[k+per], x[k], y[half])
			g.VSHUFF64X2(operand.U8(imm), x[k+3*per], x[k+2*per], y[half+2])
		}
		for q := range 4 {
			out := g.ZMM()
			g.VSHUFF64X2(operand.U8([]uint64{0x88, 0xdd}[q/2]), y[q%2+2], y[q%2], out)
			column(per*q+k, out)
		}
	}
}

// rowsOf loads a pointer and a stride and returns the places of n rows.
func (g *gen) rowsOf(ptr, stride string, n int) (row []mem, step reg.GPVirtual) {
	base := g.arg(ptr)
	step = g.arg(stride)
	three := g.GP64()
	g.LEAQ(mem{Base: step, Index: step, Scale: 2}, three)
	for i := 0; i < n; i += 4 {
		if i > 0 {
			next := g.GP64()
			g.LEAQ(mem{Base: base, Index: step, Scale: 4}, next)
			base = next
		}
		f := four(base, step, three)
		row = append(row, f[:]...)
	}
	return row, step
}

// turnQuarters turns rows and columns inside each 16 bytes: x[i] then holds of column i%per of
// the quarter what the rows of its group of per have, the items of 16 bytes.
func (g *gen) turnQuarters(s int, x []reg.VecVirtual) {
	per := 16 / s
	for i := 0; per > 1 && i < len(x); i += per {
		if s == 8 {
			g.interleave("VUNPCKLPD", "VUNPCKHPD", x, i, i+1)
			continue
		}
		g.interleave("VUNPCKLPS", "VUNPCKHPS", x, i, i+1)
		g.interleave("VUNPCKLPS", "VUNPCKHPS", x, i+2, i+3)
		g.interleave("VUNPCKLPD", "VUNPCKHPD", x, i, i+2) // columns 0, 1
		g.interleave("VUNPCKLPD", "VUNPCKHPD", x, i+1, i+3)
		x[i+1], x[i+2] = x[i+2], x[i+1]
	}
}

// interleave replaces two registers by the lower and the upper halves of their
// quarters, interleaved.
func (g *gen) interleave(low, high string, x []reg.VecVirtual, i, j int) {
	t := g.vec(int(x[i].Size()))
	g.do(high, x[j], x[i], t)
	g.do(low, x[j], x[i], x[i])
	x[j] = t
}
