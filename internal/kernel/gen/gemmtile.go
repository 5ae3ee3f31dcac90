package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const columnSig = "func(c, a, b unsafe.Pointer, h, k, crs, ars, acs, brs, strip, lanes, add int, far, last uintptr, ahead int)"

// shortDepth is the k below which a tile asks for its rows of C all at once.
const shortDepth = 32

// micro writes the columns of C that are computed in one call, tile below tile, and
// a table of them by the number of vectors in a row. A tile stays in registers while
// k runs.
//
// A row of the tile is the sum over k of one item of A, broadcast, times a row of
// B. A complex row is two such rows, one for the real parts of A and one for the
// imaginary; they are joined at the end: (xr·y) and i·(xi·y), whose lanes are
// those of xi·y exchanged and the first of each two subtracted.
func micro(g *gen) {
	for _, w := range widths {
		for _, t := range itemsAt(w) {
			most := 8 // rows of lanes: 24 accumulators of 32 registers
			if w == 32 {
				most = 4 // 12 of 16
				if t.integer {
					most = 2 // products take one as well
				}
			}
			fmt.Fprintf(&g.tables, "\nvar columns%s%s = columnTable{", t.name, levelName[w])
			for vecs := 1; vecs <= 3; vecs++ {
				fmt.Fprintf(&g.tables, "%d: %s,", vecs, g.column(t, w, most/t.parts(), vecs))
			}
			g.tables.WriteString("}\n")
		}
	}
}

// column writes the columns of some vectors. With AVX-512 the last vector of a row may
// be partial; with AVX2 only if it is the only one, for want of a register.
func (g *gen) column(t item, w int, most, vecs int) string {
	name := fmt.Sprintf("column%sx%d%s", t.name, vecs, levelName[w])
	cols := vecs * w / t.size()
	g.begin(name, columnSig, fmt.Sprintf("computes, for i < h and j < %d (less if the last vector has fewer lanes),\n\n\tC[i,j] = add·C[i,j] + Σ A[i,p]·B[p,j], p < k\n\nitem by item, the sum in the order of p. Strides are in bytes, strip is that of %d rows\nof A; h, k > 0. For k of %d or more it brings ahead cache lines a row from far nearer, up\nto last.", cols, most, shortDepth))
	x := &tiles{gen: g, t: t, w: w, vecs: vecs, masked: w == 64 || vecs == 1}
	x.c, x.crs, x.acs, x.brs, x.far = g.arg("c"), g.arg("crs"), g.arg("acs"), g.arg("brs"), g.arg("far")
	if x.masked {
		x.edge = g.tail(t, w, g.arg("lanes"))
	}
	for range most * t.parts() {
		acc := make([]reg.VecVirtual, vecs)
		for j := range acc {
			acc[j] = g.vec(w)
		}
		x.acc = append(x.acc, acc)
	}
	for range vecs {
		x.row = append(x.row, g.vec(w))
	}
	x.x, x.a = g.vec(w), g.GP64()
	x.at = g.rowAddresses(x.a, g.arg("ars"), most)
	// The arguments h and a are counted where they lie, for want of registers.
	for rows := most; rows > 0; rows /= 2 {
		tile, fewer := g.label("tile"), g.label("fewer")
		g.Label(tile)
		g.CMPQ(g.slot("h"), operand.U8(uint64(rows)))
		g.jump("JLT", fewer)
		x.tile(rows)
		g.SUBQ(operand.U8(uint64(rows)), g.slot("h"))
		switch rows {
		case most:
			strip := g.arg("strip")
			g.ADDQ(strip, g.slot("a"))
			g.jump("JMP", tile)
		case 1:
		default: // at most once
			next := g.GP64()
			g.MOVQ(g.slot("a"), x.a)
			g.LEAQ(x.at[rows], next)
			g.MOVQ(next, g.slot("a"))
		}
		g.Label(fewer)
	}
	g.end()
	return name
}

// tiles is what the tiles of a column share.
type tiles struct {
	*gen
	t                        item
	w, vecs                  int
	masked                   bool
	edge                     *tailer
	c, a, crs, acs, brs, far reg.GPVirtual
	at                       []mem // rows of A
	acc                      [][]reg.VecVirtual
	row                      []reg.VecVirtual // of B
	x                        reg.VecVirtual
}

// tile computes some rows and leaves c behind them.
func (g *tiles) tile(rows int) {
	t, w, c := g.t, g.w, g.c
	acc, row, x := g.acc[:rows*t.parts()], g.row, g.x
	for i := range acc {
		for _, r := range acc[i] {
			g.clear(w, r)
		}
	}

	// A long k runs in as many turns as the tile has rows. Each begins by asking for a row
	// of C, so that memory answers between the uses of a and b and does not hold
	// them up.
	turn, loop := g.label("turn"), g.label("loop")
	b, left, n, per, p := g.arg("b"), g.arg("k"), g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(g.slot("a"), g.a)
	g.MOVQ(left, n)
	g.MOVQ(c, p)
	g.MOVQ(left, per)
	if rows > 1 {
		g.SHRQ(log2(rows), per)
	}
	g.CMPQ(left, operand.U8(shortDepth))
	g.jump("JGE", turn)
	for i := range rows {
		for j := 0; j < g.vecs*w; j += 64 {
			g.PREFETCHT0(mem{Base: p, Disp: j})
		}
		if i < rows-1 {
			g.ADDQ(g.crs, p)
		}
	}
	g.XORQ(left, left)
	g.jump("JMP", loop)
	g.Label(turn)
	for j := 0; j < g.vecs*w; j += 64 {
		g.PREFETCHT0(mem{Base: p, Disp: j})
	}
	g.ADDQ(g.crs, p)
	ahead, ready := g.label("ahead"), g.label("ready")
	g.CMPQ(g.far, g.slot("last"))
	g.jump("JCC", ready)
	g.MOVQ(g.slot("ahead"), n)
	g.Label(ahead)
	g.PREFETCHT1(mem{Base: g.far})
	g.ADDQ(operand.U8(64), g.far)
	g.DECQ(n)
	g.jump("JNE", ahead)
	g.Label(ready)
	g.MOVQ(per, n)
	g.SUBQ(per, left)
	g.CMPQ(left, per)
	g.jump("JGE", loop)
	g.ADDQ(left, n)
	g.XORQ(left, left)

	g.Label(loop)
	for j := range row {
		m := mem{Base: b, Disp: j * w}
		if g.masked && j == g.vecs-1 {
			g.edge.load(m, row[j])
		} else {
			g.do("VMOVUP"+t.letter(), m, row[j])
		}
	}
	for j := 0; j < g.vecs*w; j += 64 {
		g.PREFETCHT0(mem{Base: b, Index: g.brs, Scale: 8, Disp: j})
	}
	for i := range acc {
		m := g.at[i/t.parts()]
		m.Disp += i % t.parts() * t.s
		if w == 64 && g.vecs == 1 { // which uses the item once: broadcast on the way
			if t.integer {
				p := g.vec(w)
				g.do(t.product()+"_BCST", m, row[0], p)
				g.do(t.sum(), p, acc[i][0], acc[i][0])
			} else {
				g.do("VFMADD231P"+t.letter()+"_BCST", m, row[0], acc[i][0])
			}
			continue
		}
		g.do("VBROADCASTS"+t.letter(), m, x)
		for j := range row {
			g.multiplyAdd(t, w, row[j], x, acc[i][j])
		}
	}
	g.ADDQ(g.acs, g.a)
	g.ADDQ(g.brs, b)
	g.DECQ(n)
	g.jump("JNE", loop)
	g.TESTQ(left, left)
	g.jump("JNE", turn)

	if t.complex {
		g.join(t, w, acc)
		var joined [][]reg.VecVirtual
		for i := range rows {
			joined = append(joined, acc[2*i])
		}
		acc = joined
	}
	store := g.label("store")
	more := g.arg("add")
	g.TESTQ(more, more)
	g.jump("JEQ", store)
	g.MOVQ(c, p)
	g.eachOf(acc, p, func(i, j int, m mem) {
		if g.masked && j == g.vecs-1 {
			g.edge.add(m, acc[i][j], x)
		} else {
			g.do(t.sum(), m, acc[i][j], acc[i][j])
		}
	})
	g.Label(store)
	g.eachOf(acc, c, func(i, j int, m mem) {
		if g.masked && j == g.vecs-1 {
			g.edge.store(acc[i][j], m)
		} else {
			g.do("VMOVUP"+t.letter(), acc[i][j], m)
		}
	})
}

// eachOf runs f on all accumulators and their places in C, from p on, which it moves.
func (g *tiles) eachOf(acc [][]reg.VecVirtual, p reg.GPVirtual, f func(i, j int, m mem)) {
	for i := range acc {
		for j := range acc[i] {
			f(i, j, mem{Base: p, Disp: j * g.w})
		}
		g.ADDQ(g.crs, p)
	}
}

// rowAddresses returns where the first items of the rows lie: a base moves along
// all of them at once.
func (g *gen) rowAddresses(a, ars reg.GPVirtual, rows int) []mem {
	var odd [4]reg.GPVirtual // 1, 3, 5 and 7 strides
	odd[0] = ars
	for i := 1; i < 4 && 2*i+1 < rows; i++ {
		odd[i] = g.GP64()
		g.LEAQ(mem{Base: odd[i-1], Index: ars, Scale: 2}, odd[i])
	}
	at := make([]mem, rows)
	for i := range at {
		at[i] = mem{Base: a}
		if i > 0 {
			scale := i & -i
			at[i].Index, at[i].Scale = odd[i/scale/2], uint8(scale)
		}
	}
	return at
}

// join makes complex sums of each two rows of accumulators, in the first.
func (g *gen) join(t item, w int, acc [][]reg.VecVirtual) {
	var one reg.VecVirtual
	if w == 64 {
		one = g.ones(t)
	}
	for i := 0; i < len(acc); i += 2 {
		for j, re := range acc[i] {
			g.addI(t, w, acc[i+1][j], re, one)
		}
	}
}

// ones returns a vector of ones.
func (g *gen) ones(t item) reg.VecVirtual {
	bits := map[int]uint64{4: 0x3f800000, 8: 0x3ff0000000000000}[t.s]
	r, v := g.GP64(), g.ZMM()
	g.MOVQ(operand.U64(bits), r)
	if t.s == 4 {
		g.VPBROADCASTD(r.As32(), v)
	} else {
		g.VPBROADCASTQ(r, v)
	}
	return v
}

// addI computes re += i·im, of which im is spoilt. AVX-512 has the alternating
// sum only with a product: by one.
func (g *gen) addI(t item, w int, im, re, one reg.VecVirtual) {
	g.do("VPERMILP"+t.letter(), t.swapped(), im, im)
	if w == 64 {
		g.do("VFMADDSUB213P"+t.letter(), im, one, re)
		return
	}
	g.do("VADDSUBP"+t.letter(), im, re, re)
}
