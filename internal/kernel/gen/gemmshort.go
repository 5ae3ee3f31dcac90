package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// shortRows are the lengths of rows that have loops of their own.
var shortRows = []int{2, 3, 4}

// shortDots writes the inner products of many rows of k real items with one vector. The
// rows follow one another in memory, and lanes of a vector of results are rows: dots,
// that takes a vector for each row, would be adding up lanes most of the time. The
// products of a row are added in the order in which dots adds them.
func (g *gen) shortDots(t item, w, k int) string {
	name := fmt.Sprintf("short%d%s%s", k, t.name, levelName[w])
	g.begin(name, "func(dst, a, x unsafe.Pointer, m int)",
		fmt.Sprintf("computes, for i < m, a multiple of %d,\n\n\tdst[i] = Σ a[%d*i+p]·x[p], p < %d", w/t.s, k, k))
	dst, a, x, m := g.arg("dst"), g.arg("a"), g.arg("x"), g.arg("m")
	sum := g.shortPairs
	if k == 3 {
		sum = g.shortTriples
	}
	body := sum(t, w, k, x)
	g.turns(m, w/t.s, func() {
		v := make([]reg.VecVirtual, k)
		for i := range v {
			v[i] = g.vec(w)
			g.do("VMOVUP"+t.letter(), mem{Base: a, Disp: i * w}, v[i])
		}
		g.do("VMOVUP"+t.letter(), body(v), mem{Base: dst})
		g.ADDQ(operand.U32(uint64(k*w)), a)
		g.ADDQ(operand.U8(uint64(w)), dst)
	})
	g.end()
	return name
}

// pairDots writes the inner products of rows of two matrices, of no more items than a
// vector has. The products of a row are added in the order in which dots adds them.
func (g *gen) pairDots(t item, w int) (name string, rows int) {
	rows = min(8, w/t.s)
	name = fmt.Sprintf("pairDots%s%s", t.name, levelName[w])
	g.begin(name, "func(dst, a, b unsafe.Pointer, n, ars, brs, m int)",
		fmt.Sprintf("computes, for i < m, a multiple of %d,\n\n\tdst[i] = Σ A[i,p]·B[i,p], p < n ≤ %d", rows, w/t.s))
	dst, a, b, n, ars, brs, m := g.arg("dst"), g.arg("a"), g.arg("b"), g.arg("n"), g.arg("ars"), g.arg("brs"), g.arg("m")
	fold, zero, edge := g.foldRows(t, w, rows, dst), g.zero(w), g.tail(t, w, n)
	y := g.vec(w)
	g.turns(m, rows, func() {
		v := make([]reg.VecVirtual, rows)
		for i := range v {
			v[i] = g.vec(w)
			edge.load(mem{Base: a}, v[i])
			edge.load(mem{Base: b}, y)
			g.weighted(t, v[i], y, zero)
			g.ADDQ(ars, a)
			g.ADDQ(brs, b)
		}
		fold(v)
		g.ADDQ(operand.U8(uint64(rows*t.s)), dst)
	})
	g.end()
	return name, rows
}

// shortTriples brings the items of each column of three into a vector of their own.
func (g *gen) shortTriples(t item, w, k int, x reg.GPVirtual) func(v []reg.VecVirtual) op {
	lanes, zero := w/t.s, g.zero(w)
	// Item i of column c lies in lane (3i+c) mod lanes of vector (3i+c) / lanes.
	var factor [3]reg.VecVirtual
	var column [3]func(v []reg.VecVirtual) reg.VecVirtual
	for c := range column {
		factor[c] = g.vec(w)
		g.do("VBROADCASTS"+t.letter(), mem{Base: x, Disp: c * t.s}, factor[c])
		place, first := make([]int, lanes), make([]int, lanes)
		for i := range place {
			if p := 3*i + c; p < 2*lanes {
				first[i], place[i] = p, i
			} else {
				place[i] = p - lanes
			}
		}
		if w == 64 {
			one, two := g.places(t, w, first), g.places(t, w, place)
			column[c] = func(v []reg.VecVirtual) reg.VecVirtual {
				r := g.vec(w)
				g.do("VMOVUP"+t.letter(), v[0], r)
				g.do("VPERMT2P"+t.letter(), v[1], one, r)
				g.do("VPERMT2P"+t.letter(), v[2], two, r)
				return r
			}
			continue
		}
		// No two of a column lie in the same lane.
		var from [3]uint64
		for i := range place {
			p := 3*i + c
			from[p/lanes] |= 1 << (p % lanes)
			place[i] = p % lanes
		}
		turn := g.permuted(t, w, place)
		column[c] = func(v []reg.VecVirtual) reg.VecVirtual {
			r := g.vec(w)
			g.do("VBLENDP"+t.letter(), operand.U8(from[1]), v[1], v[0], r)
			g.do("VBLENDP"+t.letter(), operand.U8(from[2]), v[2], r, r)
			turn(r)
			return r
		}
	}
	order := [3]int{0, 1, 2}
	if t.s == 8 { // dots adds halves first
		order = [3]int{0, 2, 1}
	}
	return func(v []reg.VecVirtual) op {
		var p [3]reg.VecVirtual
		for c := range p {
			p[c] = column[c](v)
			g.weighted(t, p[c], factor[c], zero)
		}
		r := p[order[0]]
		g.do(t.sum(), p[order[1]], r, r)
		g.do(t.sum(), p[order[2]], r, r)
		return r
	}
}

// shortPairs adds neighbours until one is left of each row, and puts the rows in order.
func (g *gen) shortPairs(t item, w, k int, x reg.GPVirtual) func(v []reg.VecVirtual) op {
	lanes, zero, factor := w/t.s, g.zero(w), g.vec(w)
	switch m := (mem{Base: x}); k * t.s {
	case w:
		g.do("VMOVUP"+t.letter(), m, factor)
	case 8:
		g.VBROADCASTSD(m, factor)
	case 16:
		if w == 64 {
			g.VBROADCASTF32X4(m, factor)
		} else {
			g.VBROADCASTF128(m, factor)
		}
	case 32:
		g.VBROADCASTF64X4(m, factor)
	}
	rows := make([][]int, k)
	for i := range rows {
		for j := range lanes {
			rows[i] = append(rows[i], (i*lanes+j)/k)
		}
	}
	sum := g.sumRows(t, w, rows, t.laneSums(k*t.s))
	return func(v []reg.VecVirtual) op {
		for i := range v {
			g.weighted(t, v[i], factor, zero)
		}
		return sum(v)
	}
}

// places loads numbers of lanes.
func (g *gen) places(t item, w int, lanes []int) reg.VecVirtual {
	name := fmt.Sprintf("%sPlaces%d", g.family, t.s)
	for _, l := range lanes {
		name += fmt.Sprintf("_%d", l)
	}
	m := g.bytesAt(name, w, func(i int) int {
		if i%t.s == 0 {
			return lanes[i/t.s]
		}
		return 0
	})
	r := g.vec(w)
	g.do("VMOVUP"+t.letter(), m, r)
	return r
}

// permuted returns what puts lane place[i] of a vector into lane i.
func (g *gen) permuted(t item, w int, place []int) func(r reg.VecVirtual) {
	if t.s == 8 && w == 32 {
		var imm uint64
		for i, p := range place {
			imm |= uint64(p) << (2 * i)
		}
		return func(r reg.VecVirtual) { g.VPERMPD(operand.U8(imm), r, r) }
	}
	at := g.places(t, w, place)
	return func(r reg.VecVirtual) { g.do("VPERMP"+t.letter(), r, at, r) }
}
