package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// divisions writes the quotients and remainders of integers by a number that is the
// same for all: products with its reciprocal. The constants are a divisor of the package.
func divisions(g *gen) {
	g.rowType = "divisionLoop"
	for _, s := range sizes {
		for _, kind := range intKinds[s] {
			for _, op := range []string{"FloorDivide", "Remainder"} {
				d := division{size: s, signed: kind[0] == 'I', rest: op == "Remainder"}
				doc := "dst[i] = floor(a[i] / d) // d: the divisor at b"
				if d.rest {
					doc = "dst[i] = a[i] - d*floor(a[i]/d) // d: the divisor at b"
				}
				m := mapping{name: map[bool]string{false: "quotient", true: "rest"}[d.rest] + kind, doc: doc,
					in: []int{s, 0}, out: s, unroll: 2, setup: d.load, step: d.step}
				g.row("{level: LevelAVX512, op: %s, kind: k%s, loop: %s}", op, kind, g.avx512(m))
				name, lanes := g.avx2(m)
				g.row("{level: LevelAVX2, op: %s, kind: k%s, loop: %s, lanes: %d}", op, kind, name, lanes)
			}
		}
	}
}

// division is a kernel and the registers of its constants.
type division struct {
	size         int
	signed, rest bool

	magic, high, by, turn, mask, zero reg.VecVirtual
	shift                             reg.Register
}

// letter names the lanes of the products: bytes are multiplied as words.
func (d *division) letter() string { return intLetter[max(d.size, 2)] }

func (d *division) load(g *gen, w int) {
	field := func(i int) reg.VecVirtual {
		r := g.vec(w)
		g.VBROADCASTSD(mem{Base: g.block, Disp: 8 * i}, r)
		return r
	}
	d.magic = field(0)
	if d.size == 8 {
		d.high = g.vec(w)
		g.do("VPSRLQ", operand.U8(32), d.magic, d.high)
	}
	if d.rest {
		d.by = field(1)
	}
	if d.signed {
		d.turn = field(2)
	}
	shift := g.XMM()
	g.VMOVQ(mem{Base: g.block, Disp: 24}, shift)
	d.shift = shift
	switch d.size {
	case 1:
		d.mask = g.splat(w, 0x00ff00ff00ff00ff)
	case 4:
		if w == 64 {
			d.mask = g.splat(w, 0xffffffff00000000)
		}
	case 8:
		d.mask = g.splat(w, 0x00000000ffffffff)
	}
	if d.signed && w < 64 {
		d.zero = g.zero(w)
	}
}

func (d *division) step(g *gen, w int, in []mem, out mem, k op) {
	x := g.load(w, d.size, in[0], k)
	q := x
	if d.signed {
		// The quotient y/e of a negative y, rounded down, is ^(^y/e). Of a negative
		// divisor the sign goes to x: y is -x, and the least of all is its own
		// magnitude.
		y, u := g.vec(w), g.vec(w)
		g.do(logic("VPXOR", w), d.turn, x, y)
		g.do("VPSUB"+intLetter[d.size], d.turn, y, y)
		if w == 64 {
			g.VMOVDQA64(y, u)
			g.VPTERNLOGQ(operand.U8(0x70), d.turn, x, u) // y &^ (x & turn)
		} else {
			g.VPAND(d.turn, x, u)
			g.VPANDN(y, u, u)
		}
		d.signs(g, w, u)
		g.do(logic("VPXOR", w), u, y, y)
		q = d.quotient(g, w, y)
		g.do(logic("VPXOR", w), u, q, q)
	} else {
		q = d.quotient(g, w, x)
	}
	if d.rest {
		switch d.size {
		case 1:
			multiplyBytes(g, w, q, d.by, d.mask)
		case 8:
			multiplyQuads(g, w, q, d.by)
		default:
			g.do("VPMULL"+intLetter[d.size], d.by, q, q)
		}
		g.do("VPSUB"+intLetter[d.size], q, x, q)
	}
	g.store(w, d.size, q, out, k)
}

// signs sets all bits of the negative items of u and clears the others.
func (d *division) signs(g *gen, w int, u reg.VecVirtual) {
	switch {
	case w < 64:
		g.do("VPCMPGT"+intLetter[d.size], u, d.zero, u)
	case d.size == 1:
		k := g.K()
		g.VPMOVB2M(u, k)
		g.VPMOVM2B(k, u)
	default:
		g.do("VPSRA"+intLetter[d.size], operand.U8(uint64(8*d.size-1)), u, u)
	}
}

// quotient divides the magnitudes t.
func (d *division) quotient(g *gen, w int, t reg.VecVirtual) reg.VecVirtual {
	q := g.vec(w)
	switch d.size {
	case 1:
		odd := g.vec(w)
		g.do(logic("VPAND", w), d.mask, t, q)
		g.do("VPSRLW", operand.U8(8), t, odd)
		g.do("VPMULHUW", d.magic, q, q)
		g.do("VPMULHUW", d.magic, odd, odd)
		g.do("VPSRLW", d.shift, q, q)
		g.do("VPSRLW", d.shift, odd, odd)
		g.do("VPSLLW", operand.U8(8), odd, odd)
		g.do(logic("VPOR", w), odd, q, q)
		return q
	case 2:
		g.do("VPMULHUW", d.magic, t, q)
	case 4:
		odd := g.vec(w)
		g.do("VPSRLQ", operand.U8(32), t, odd)
		g.do("VPMULUDQ", d.magic, t, q)
		g.do("VPMULUDQ", d.magic, odd, odd)
		g.do("VPSRLQ", operand.U8(32), q, q)
		if w == 64 {
			g.VPTERNLOGQ(operand.U8(0xf8), d.mask, odd, q) // q | odd & mask
		} else {
			g.VPBLENDD(operand.U8(0xaa), odd, q, q)
		}
	case 8:
		d.high64(g, w, t, q)
	}
	if !d.signed { // the reciprocal has one bit more
		u := g.vec(w)
		g.do("VPSUB"+d.letter(), q, t, u)
		g.do("VPSRL"+d.letter(), operand.U8(1), u, u)
		g.do("VPADD"+d.letter(), u, q, q)
	}
	g.do("VPSRL"+d.letter(), d.shift, q, q)
	return q
}

// high64 makes q the high halves of the products of t and the reciprocal, of four
// products of 32 bits.
func (d *division) high64(g *gen, w int, t, q reg.VecVirtual) {
	th, mid, low := g.vec(w), g.vec(w), g.vec(w)
	g.do("VPSRLQ", operand.U8(32), t, th)
	g.do("VPMULUDQ", d.magic, t, q) // low by low: only its high half counts
	g.do("VPSRLQ", operand.U8(32), q, q)
	g.do("VPMULUDQ", d.magic, th, mid)
	g.do("VPADDQ", q, mid, mid)
	g.do("VPMULUDQ", d.high, t, low)
	g.do("VPSRLQ", operand.U8(32), mid, q)
	g.do(logic("VPAND", w), d.mask, mid, mid)
	g.do("VPADDQ", mid, low, low)
	g.do("VPSRLQ", operand.U8(32), low, low)
	g.do("VPMULUDQ", d.high, th, th)
	g.do("VPADDQ", low, q, q)
	g.do("VPADDQ", th, q, q)
}
