package main

import (
	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The kernels of package gemm: the tiles of C that stay in registers
// (gemmtile.go), matrix times vector (gemmvector.go) and the copies that
// transpose (gemmpack.go).

// An item is a kind as the kernels see it: lanes of s bytes, two of them side by
// side if complex; of integers the low bits count, so signed ones are unsigned ones.
type item struct {
	name             string
	s                int
	complex, integer bool
}

var items = []item{{"F32", 4, false, false}, {"F64", 8, false, false}, {"C64", 4, true, false}, {"C128", 8, true, false},
	{"I32", 4, false, true}, {"I64", 8, false, true}}

// itemsAt lists the items for which vectors of w bytes have a product: AVX2 has none of
// integers of 64 bits.
func itemsAt(w int) (r []item) {
	for _, t := range items {
		if w == 64 || !t.integer || t.s == 4 {
			r = append(r, t)
		}
	}
	return r
}

// letter is S or D, as mnemonics end.
func (t item) letter() string {
	if t.s == 4 {
		return "S"
	}
	return "D"
}

// sum is the mnemonic of sums of vectors of items.
func (t item) sum() string {
	switch {
	case !t.integer:
		return "VADDP" + t.letter()
	case t.s == 4:
		return "VPADDD"
	}
	return "VPADDQ"
}

// product is the mnemonic of products of vectors of real items.
func (t item) product() string {
	switch {
	case !t.integer:
		return "VMULP" + t.letter()
	case t.s == 4:
		return "VPMULLD"
	}
	return "VPMULLQ"
}

// multiplyAdd adds the product of x and y to sum.
func (g *gen) multiplyAdd(t item, w int, x, y op, sum reg.VecVirtual) {
	if !t.integer {
		g.do("VFMADD231P"+t.letter(), x, y, sum)
		return
	}
	p := g.vec(w)
	g.do(t.product(), x, y, p)
	g.do(t.sum(), p, sum, sum)
}

// weighted makes x·y of x. Of floats it adds zero, as a sum that begins with it does: that
// makes no negative zero.
func (g *gen) weighted(t item, x, y, zero reg.VecVirtual) {
	if t.integer {
		g.do(t.product(), y, x, x)
		return
	}
	g.do("VFMADD213P"+t.letter(), zero, y, x)
}

// size is the bytes of an item.
func (t item) size() int {
	if t.complex {
		return 2 * t.s
	}
	return t.s
}

// parts is the number of lanes of an item.
func (t item) parts() int { return t.size() / t.s }

// swapped is the immediate that exchanges neighbouring lanes.
func (t item) swapped() op {
	if t.s == 4 {
		return operand.U8(0xb1)
	}
	return operand.U8(0x55)
}

// widths are those of the vectors of the levels.
var widths = []int{32, 64}

// A tailer loads and stores a vector of which only the first lanes exist.
type tailer struct {
	g *gen
	t item
	w int
	k op             // AVX-512
	m reg.VecVirtual // AVX2
}

// tail makes a tailer for n lanes, 1 … all of them.
func (g *gen) tail(t item, w int, n reg.GPVirtual) *tailer {
	x := &tailer{g: g, t: t, w: w}
	if w == 64 {
		x.k = g.tailMask(n)
		return x
	}
	p, table := g.GP64(), g.maskTable()
	g.LEAQ(table.Offset(32), p)
	x.m = g.vec(32)
	off := g.GP64()
	g.MOVQ(n, off)
	g.NEGQ(off)
	g.VMOVUPD(mem{Base: p, Index: off, Scale: uint8(t.s)}, x.m)
	return x
}

// maskTable is 32 bytes of ones, then 32 of zeros.
func (g *gen) maskTable() mem {
	name := g.family + "Masks"
	m, ok := g.consts[name]
	if !ok {
		m = g.StaticGlobal(name)
		g.DataAttributes(attr.NOPTR | attr.RODATA)
		ones := [2]uint64{1<<64 - 1, 0}
		for i := range 8 {
			g.AddDatum(8*i, operand.U64(ones[i/4]))
		}
		g.consts[name] = m
	}
	return m
}

func (x *tailer) load(m mem, r op) {
	if x.w == 64 {
		x.g.do("VMOVUP"+x.t.letter()+"_Z", m, x.k, r)
		return
	}
	x.g.do("VMASKMOVP"+x.t.letter(), m, x.m, r)
}

func (x *tailer) store(r op, m mem) {
	if x.w == 64 {
		x.g.do("VMOVUP"+x.t.letter(), r, x.k, m)
		return
	}
	x.g.do("VMASKMOVP"+x.t.letter(), r, x.m, m)
}

// add adds memory to r.
func (x *tailer) add(m mem, r, scratch op) {
	if x.w == 64 {
		x.g.do(x.t.sum(), m, r, x.k, r)
		return
	}
	x.load(m, scratch)
	x.g.do(x.t.sum(), scratch, r, r)
}
