package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const tileSig = "func(c, a, b unsafe.Pointer, k, crs, ars, acs, brs, lanes, add int, far uintptr, ahead int)"

// shortDepth is the k below which nothing is asked for beforehand.
const shortDepth = 32

// micro writes the tiles of C that stay in registers while k runs, and a table
// of them by the number of rows and of vectors in a row.
//
// A row of the tile is the sum over k of one item of A, broadcast, times a row of
// B. A complex row is two such rows, one for the real parts of A and one for the
// imaginary; they are joined at the end: (xr·y) and i·(xi·y), whose lanes are
// those of xi·y exchanged and the first of each two subtracted.
func micro(g *gen) {
	for _, w := range widths {
		for _, t := range items {
			most := 8 // rows of lanes: 24 accumulators of 32 registers
			if w == 32 {
				most = 4 // 12 of 16
			}
			most /= t.parts()
			fmt.Fprintf(&g.tables, "\nvar tiles%s%s = tileTable{\n", t.name, levelName[w])
			for rows := 1; rows <= most; rows *= 2 {
				fmt.Fprintf(&g.tables, "%d: {", rows)
				for vecs := 1; vecs <= 3; vecs++ {
					fmt.Fprintf(&g.tables, "%d: %s,", vecs, g.tile(t, w, rows, vecs))
				}
				g.tables.WriteString("},\n")
			}
			g.tables.WriteString("}\n")
		}
	}
}

// tile writes one tile. With AVX-512 the last vector of a row may be partial;
// with AVX2 only if it is the only one, for want of a register.
func (g *gen) tile(t item, w int, rows, vecs int) string {
	name := fmt.Sprintf("tile%sx%dx%d%s", t.name, rows, vecs, levelName[w])
	cols := vecs * w / t.size()
	g.begin(name, tileSig, fmt.Sprintf("computes, for i < %d and j < %d (less if the last vector has fewer lanes),\n\n\tC[i,j] = add·C[i,j] + Σ A[i,p]·B[p,j], p < k\n\nitem by item, the sum in the order of p. Strides are in bytes; k > 0. For k of %d\nor more it brings %d·ahead cache lines from far nearer.", rows, cols, shortDepth, rows))
	c, a, b, k := g.arg("c"), g.arg("a"), g.arg("b"), g.arg("k")
	crs, ars, acs, brs := g.arg("crs"), g.arg("ars"), g.arg("acs"), g.arg("brs")
	masked := w == 64 || vecs == 1
	var edge *tailer
	if masked {
		edge = g.tail(t, w, g.arg("lanes"))
	}
	at := g.rowAddresses(a, ars, rows)

	acc := make([][]reg.VecVirtual, rows*t.parts())
	for i := range acc {
		for range vecs {
			acc[i] = append(acc[i], g.zero(w))
		}
	}
	row := make([]reg.VecVirtual, vecs)
	for j := range row {
		row[j] = g.vec(w)
	}
	x := g.vec(w)

	// k runs in as many turns as the tile has rows. Each begins by asking for a row
	// of C, so that memory answers between the uses of a and b and does not hold
	// them up.
	turn, loop := g.label("turn"), g.label("loop")
	left, n, per, p, far := k, g.GP64(), g.GP64(), g.GP64(), g.arg("far")
	g.MOVQ(left, n)
	g.MOVQ(c, p)
	g.MOVQ(left, per)
	if rows > 1 {
		g.SHRQ(log2(rows), per)
	}
	g.CMPQ(left, operand.U8(shortDepth))
	g.jump("JGE", turn)
	g.XORQ(left, left)
	g.jump("JMP", loop)
	g.Label(turn)
	for j := 0; j < vecs*w; j += 64 {
		g.PREFETCHT0(mem{Base: p, Disp: j})
	}
	g.ADDQ(crs, p)
	ahead, ready := g.label("ahead"), g.label("ready")
	g.MOVQ(g.slot("ahead"), n)
	g.TESTQ(n, n)
	g.jump("JEQ", ready)
	g.Label(ahead)
	g.PREFETCHT1(mem{Base: far})
	g.ADDQ(operand.U8(64), far)
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
		if masked && j == vecs-1 {
			edge.load(m, row[j])
		} else {
			g.do("VMOVUP"+t.letter(), m, row[j])
		}
	}
	for j := 0; j < vecs*w; j += 64 {
		g.PREFETCHT0(mem{Base: b, Index: brs, Scale: 8, Disp: j})
	}
	for i := range acc {
		m := at[i/t.parts()]
		m.Disp += i % t.parts() * t.s
		g.do("VBROADCASTS"+t.letter(), m, x)
		for j := range row {
			g.do("VFMADD231P"+t.letter(), row[j], x, acc[i][j])
		}
	}
	g.ADDQ(acs, a)
	g.ADDQ(brs, b)
	g.DECQ(n)
	g.jump("JNE", loop)
	g.TESTQ(left, left)
	g.jump("JNE", turn)

	if t.complex {
		g.join(t, w, acc)
		for i := range rows {
			acc[i] = acc[2*i]
		}
		acc = acc[:rows]
	}
	store := g.label("store")
	more := g.arg("add")
	g.TESTQ(more, more)
	g.jump("JEQ", store)
	g.MOVQ(c, p)
	g.eachOf(acc, func(i, j int) {
		m := mem{Base: p, Disp: j * w}
		if masked && j == vecs-1 {
			edge.add(m, acc[i][j], x)
		} else {
			g.do("VADDP"+t.letter(), m, acc[i][j], acc[i][j])
		}
	}, func() { g.ADDQ(crs, p) })
	g.Label(store)
	g.eachOf(acc, func(i, j int) {
		m := mem{Base: c, Disp: j * w}
		if masked && j == vecs-1 {
			edge.store(acc[i][j], m)
		} else {
			g.do("VMOVUP"+t.letter(), acc[i][j], m)
		}
	}, func() { g.ADDQ(crs, c) })
	g.end()
	return name
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

// eachOf runs f on all accumulators and next between rows.
func (g *gen) eachOf(acc [][]reg.VecVirtual, f func(i, j int), next func()) {
	for i := range acc {
		for j := range acc[i] {
			f(i, j)
		}
		if i < len(acc)-1 {
			next()
		}
	}
}
