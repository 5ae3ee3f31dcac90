package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A laneSum adds two lanes of a row to each other, for all rows of two vectors at once.
type laneSum int

const (
	sumHalves   laneSum = iota // lanes 32 bytes apart
	sumQuarters                // 16 bytes apart
	sumPairs                   // neighbours
)

// laneSums are those that add up a row of so many bytes, in the order of fold16 and last.
func (t item) laneSums(bytes int) (how []laneSum) {
	if bytes > 32 {
		how = append(how, sumHalves)
	}
	if bytes > 16 {
		how = append(how, sumQuarters)
	}
	for b := min(bytes, 16); b > t.s; b /= 2 {
		how = append(how, sumPairs)
	}
	return how
}

// sumRows returns what adds vectors to one that has a sum for each row, in order. rows tells
// of each lane of them to which row it belongs: what becomes of the lanes becomes of
// these numbers.
func (g *gen) sumRows(t item, w int, rows [][]int, how []laneSum) func(v []reg.VecVirtual) reg.VecVirtual {
	for _, f := range how {
		var next [][]int
		for i := 0; i < len(rows); i += 2 {
			next = append(next, f.first(t, rows[i], rows[min(i+1, len(rows)-1)]))
		}
		rows = next
	}
	place := make([]int, w/t.s)
	for i, row := range rows[0] {
		place[row] = i
	}
	turn := g.permuted(t, w, place)
	return func(v []reg.VecVirtual) reg.VecVirtual {
		for _, f := range how {
			var next []reg.VecVirtual
			for i := 0; i < len(v); i += 2 {
				next = append(next, g.addLanes(t, w, f, v[i], v[min(i+1, len(v)-1)]))
			}
			v = next
		}
		turn(v[0])
		return v[0]
	}
}

// first returns the lanes of two vectors to which addLanes adds the others.
func (f laneSum) first(t item, a, b []int) (r []int) {
	q := 16 / t.s
	switch f {
	case sumHalves:
		return append(append(r, a[:2*q]...), b[:2*q]...)
	case sumQuarters:
		for _, v := range [][]int{a, b} {
			for i := 0; i < len(a); i += 2 * q {
				r = append(r, v[i:i+q]...)
			}
		}
	case sumPairs:
		for i := 0; i < len(a); i += q {
			for _, v := range [][]int{a, b} {
				for j := i; j < i+q; j += 2 {
					r = append(r, v[j])
				}
			}
		}
	}
	return r
}

// addLanes makes one vector of sums of two.
func (g *gen) addLanes(t item, w int, f laneSum, a, b reg.VecVirtual) reg.VecVirtual {
	r, other := g.vec(w), g.vec(w)
	switch {
	case f == sumHalves:
		g.VSHUFF64X2(operand.U8(0x44), b, a, r)
		g.VSHUFF64X2(operand.U8(0xee), b, a, other)
	case f == sumQuarters && w == 64:
		g.VSHUFF64X2(operand.U8(0x88), b, a, r)
		g.VSHUFF64X2(operand.U8(0xdd), b, a, other)
	case f == sumQuarters:
		g.VPERM2F128(operand.U8(0x20), b, a, r)
		g.VPERM2F128(operand.U8(0x31), b, a, other)
	case t.s == 4:
		g.VSHUFPS(operand.U8(0x88), b, a, r)
		g.VSHUFPS(operand.U8(0xdd), b, a, other)
	default:
		g.VUNPCKLPD(b, a, r)
		g.VUNPCKHPD(b, a, other)
	}
	g.do(t.sum(), other, r, r)
	return r
}

// foldRows returns what adds up the lanes of so many vectors, a row each, and stores the
// sums.
func (g *gen) foldRows(t item, w, rows int, dst reg.GPVirtual) func(v []reg.VecVirtual) {
	of := make([][]int, rows)
	for i := range of {
		for range w / t.s {
			of[i] = append(of[i], i)
		}
	}
	sum := g.sumRows(t, w, of, t.laneSums(w))
	return func(v []reg.VecVirtual) {
		r := op(sum(v))
		switch rows * t.s {
		case 16:
			r = r.(reg.VecVirtual).AsX()
		case 32:
			r = r.(reg.VecVirtual).AsY()
		}
		g.do("VMOVUP"+t.letter(), r, mem{Base: dst})
	}
}
