package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// splits writes the loops that part items by a pivot.
func splits(g *gen) {
	for _, w := range []int{64, 32} {
		for _, s := range []int{2, 4, 8} {
			g.splitItems(w, s, false)
		}
		g.splitItems(w, 4, true)
		g.splitItems(w, 8, true)
		g.siftWords(w)
	}
}

// lanesFirst returns the address of a table: which lanes a vector takes so that those in a
// mask come first, for all masks of as many lanes, a byte for each of 8/lanes parts of a lane.
func (g *gen) lanesFirst(lanes int) mem {
	name := fmt.Sprintf("%sLanes%d", g.family, lanes)
	if m, ok := g.consts[name]; ok {
		return m
	}
	m := g.StaticGlobal(name)
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	parts := 8 / lanes
	for mask := range 1 << lanes {
		var order uint64
		at := 0
		for _, bit := range []int{1, 0} {
			for lane := range lanes {
				if mask>>lane&1 != bit {
					continue
				}
				for part := range parts {
					order |= uint64(lane*parts+part) << (8 * at)
					at++
				}
			}
		}
		g.AddDatum(8*mask, operand.U64(order))
	}
	g.consts[name] = m
	return m
}

// splitter is what one loop works with.
type splitter struct {
	w, vector, s int  // bytes of the level's vectors, of those used, of a word
	pairs        bool // an item is two words
	pivot, table op
	zero         reg.VecVirtual // for words of two bytes
	left, right  reg.GPVirtual  // where the next lesser item goes, and before which address the next other one
}

// splitItems writes a loop that keeps items in registers, so that there is room for others. A
// turn reads from the end that has less room before it, and then deals with what the turn
// before has read, so that the choice of the end and the reading need not be waited for. A
// vector is brought into order by a table, lesser items first, and is written whole to both
// ends of the room.
//
// Both ends together have room for two turns, so that each has room for one when the end that
// has less has been read from.
func (g *gen) splitItems(w, s int, pairs bool) {
	t := splitter{w: w, vector: min(8*s, w), s: s, pairs: pairs}
	name, turn, what := "split"+intLetter[s], 4, "items"
	if pairs {
		name, what = "splitPairs"+intLetter[s], "items of two words"
	}
	if w == 64 {
		turn = 8
	}
	g.begin(name+levelName[w], "func(a, pivot unsafe.Pointer, n int) (less int)",
		fmt.Sprintf("moves the %s at a that are less than the pivot before the others, and counts the words of them. There are n vectors of %d bytes, twice %d or more.", what, t.vector, turn))
	a, pivot, n := g.arg("a"), g.arg("pivot"), g.arg("n")
	v := g.vec(t.vector)
	switch {
	case pairs && s == 4:
		g.VPBROADCASTQ(mem{Base: pivot}, v)
	case pairs && w == 64:
		g.VBROADCASTI64X2(mem{Base: pivot}, v)
	case pairs:
		g.VBROADCASTI128(mem{Base: pivot}, v)
	default:
		g.do("VPBROADCAST"+intLetter[s], mem{Base: pivot}, v)
	}
	t.pivot = v
	if s == 2 && w == 32 {
		t.zero = g.zero(16)
	}
	table := g.GP64()
	g.LEAQ(g.lanesFirst(t.vector/s), table)
	t.table = table

	t.left, t.right = g.GP64(), g.GP64()
	from, to := g.GP64(), g.GP64() // what is not read yet
	g.SHLQ(log2(t.vector), n)
	g.MOVQ(a, t.left)
	g.LEAQ(mem{Base: a, Index: n, Scale: 1}, t.right)
	g.LEAQ(mem{Base: t.left, Disp: turn * t.vector}, from)
	g.LEAQ(mem{Base: t.right, Disp: -turn * t.vector}, to)
	read := func(base reg.GPVirtual) (v []reg.VecVirtual) {
		for i := range turn {
			r := g.vec(t.vector)
			t.move(g, mem{Base: base, Disp: i * t.vector}, r)
			v = append(v, r)
		}
		return v
	}
	last, held := read(a), read(to)
	loop, rest := g.label("loop"), g.label("rest")
	g.Label(loop)
	g.CMPQ(from, to)
	g.jump("JHS", rest)
	before, behind := g.GP64(), g.GP64()
	g.MOVQ(from, before)
	g.SUBQ(t.left, before)
	g.MOVQ(t.right, behind)
	g.SUBQ(to, behind)
	src, further, nearer := g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(from, src)
	g.LEAQ(mem{Base: from, Disp: turn * t.vector}, further)
	g.LEAQ(mem{Base: to, Disp: -turn * t.vector}, nearer)
	g.CMPQ(before, behind)
	g.CMOVQHI(nearer, src)
	g.CMOVQHI(from, further)
	g.CMOVQLS(to, nearer)
	g.MOVQ(further, from)
	g.MOVQ(nearer, to)
	next := read(src)
	for _, v := range held {
		g.putApart(&t, v)
	}
	for i, v := range next {
		t.copy(g, v, held[i])
	}
	g.jump("JMP", loop)
	g.Label(rest)
	for _, v := range append(held, last...) {
		g.putApart(&t, v)
	}
	g.SUBQ(a, t.left)
	g.SHRQ(log2(s), t.left)
	g.MOVQ(t.left, g.result("less"))
	g.end()
}

// putApart writes the lesser items of a vector to the left of the room, the others to the right.
func (g *gen) putApart(t *splitter, v reg.VecVirtual) {
	l := intLetter[t.s]
	bits := g.GP64()
	g.pivotMask(t, "VPCMPGT"+l, v, bits)
	if t.pairs { // the first words, or the second ones where these are equal
		equal, second := g.GP64(), g.GP64()
		g.pivotMask(t, "VPCMPEQ"+l, v, equal)
		g.MOVQ(bits, second)
		g.SHRQ(operand.U8(1), second)
		g.ANDQ(second, equal)
		g.ORQ(equal, bits)
		g.ANDQ(operand.U8(0x55), bits)
		g.LEAQ(mem{Base: bits, Index: bits, Scale: 2}, bits)
	}
	order, sorted := g.vec(t.vector), g.vec(t.vector)
	lanes := mem{Base: t.table.(reg.GPVirtual), Index: bits, Scale: 8}
	switch {
	case t.s == 2 && t.w == 32:
		g.VPSHUFB(g.bytesOf(lanes), v, sorted)
	case t.s == 8 && t.w == 32: // there are lanes of four bytes alone
		g.VPMOVZXBD(lanes, order)
		g.VPERMD(v, order, sorted)
	default:
		g.do("VPMOVZXB"+l, lanes, order)
		g.do("VPERM"+l, v, order, sorted)
	}
	t.move(g, sorted, mem{Base: t.left})
	t.move(g, sorted, mem{Base: t.right, Disp: -t.vector})
	g.POPCNTQ(bits, bits)
	g.LEAQ(mem{Base: t.left, Index: bits, Scale: uint8(t.s)}, t.left)
	g.LEAQ(mem{Base: t.right, Index: bits, Scale: uint8(t.s), Disp: -t.vector}, t.right)
}

// siftWords writes the loop that keeps the order of words: it writes them behind one another in
// two places, lesser ones where they are read.
func (g *gen) siftWords(w int) {
	lanes := w / 8
	g.begin("siftQ"+levelName[w], "func(a, rest, pivot unsafe.Pointer, n int) (less int)",
		fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\tif a[i] < pivot[0] { a[less] = a[i]; less++ } else { rest[i-less] = a[i] }\n\t}\n\nfor a multiple of %d words; it also writes other words behind both.", lanes))
	a, rest, pivot, n := g.arg("a"), g.arg("rest"), g.vec(w), g.arg("n")
	g.do("VPBROADCASTQ", mem{Base: g.arg("pivot")}, pivot)
	first, left, table := g.GP64(), g.GP64(), g.GP64()
	g.MOVQ(a, first)
	g.MOVQ(a, left)
	if w == 32 {
		g.LEAQ(g.lanesFirst(lanes), table)
	}
	g.turns(n, lanes, func() {
		v, x, y, bits := g.load(w, 8, mem{Base: a}, nil), g.vec(w), g.vec(w), g.GP64()
		if w == 64 {
			less, others := g.K(), g.K()
			g.VPCMPGTQ(v, pivot, less)
			g.KNOTB(less, others)
			g.VPCOMPRESSQ_Z(v, less, x)
			g.VPCOMPRESSQ_Z(v, others, y)
			g.KMOVB(less, bits.As32())
		} else {
			less, others := g.vec(w), g.GP64()
			g.VPCMPGTQ(v, pivot, less)
			g.VMOVMSKPD(less, bits.As32())
			g.MOVQ(bits, others)
			g.XORQ(operand.U8(uint64(1<<lanes-1)), others)
			for _, p := range []struct {
				bits reg.GPVirtual
				to   reg.VecVirtual
			}{{bits, x}, {others, y}} {
				order := g.vec(w)
				g.VPMOVZXBD(mem{Base: table, Index: p.bits, Scale: 8}, order)
				g.VPERMD(v, order, p.to)
			}
		}
		g.store(w, 8, x, mem{Base: left}, nil)
		g.store(w, 8, y, mem{Base: rest}, nil)
		g.POPCNTQ(bits, bits)
		g.LEAQ(mem{Base: left, Index: bits, Scale: 8}, left)
		g.NEGQ(bits)
		g.LEAQ(mem{Base: rest, Index: bits, Scale: 8, Disp: w}, rest)
		g.ADDQ(operand.U8(uint64(w)), a)
	})
	g.SUBQ(first, left)
	g.SHRQ(operand.U8(3), left)
	g.MOVQ(left, g.result("less"))
	g.end()
}

// pivotMask sets a bit for each lane of which the comparison of the pivot with v is true.
func (g *gen) pivotMask(t *splitter, compare string, v reg.VecVirtual, bits reg.GPVirtual) {
	if t.w == 64 {
		k := g.K()
		g.do(compare, v, t.pivot, k)
		g.KMOVB(k, bits.As32())
		return
	}
	m := g.vec(t.vector)
	g.do(compare, v, t.pivot, m)
	switch t.s {
	case 2:
		g.VPACKSSWB(t.zero, m, m)
		g.VPMOVMSKB(m, bits.As32())
	case 4:
		g.VMOVMSKPS(m, bits.As32())
	default:
		g.VMOVMSKPD(m, bits.As32())
	}
}

// move copies a vector of any width; AVX-512 has more registers than AVX2 for all of them.
func (t *splitter) move(g *gen, from, to op) {
	if t.w == 64 {
		g.VMOVDQU64(from, to)
	} else {
		g.VMOVDQU(from, to)
	}
}

// copy is move between registers.
func (t *splitter) copy(g *gen, from, to reg.VecVirtual) {
	if t.w == 64 {
		g.VMOVDQA64(from, to)
	} else {
		g.VMOVDQA(from, to)
	}
}

// bytesOf returns the bytes 2i and 2i+1 of all lanes i of eight.
func (g *gen) bytesOf(lanes mem) reg.VecVirtual {
	r := g.vec(16)
	g.VPMOVZXBW(lanes, r)
	g.VPMULLW(g.wordsOf(0x0202), r, r)
	g.VPADDW(g.wordsOf(0x0100), r, r)
	return r
}

// wordsOf returns the address of eight words of two bytes.
func (g *gen) wordsOf(v uint64) mem {
	name := fmt.Sprintf("%sWords%04x", g.family, v)
	m, ok := g.consts[name]
	if !ok {
		m = g.StaticGlobal(name)
		g.DataAttributes(attr.NOPTR | attr.RODATA)
		for i := range 2 {
			g.AddDatum(8*i, operand.U64(v*0x0001000100010001))
		}
		g.consts[name] = m
	}
	return m
}
