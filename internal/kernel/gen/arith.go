package main

import (
	"strings"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The kinds by size, and the letters that name an integer's width in mnemonics.
var (
	intKinds      = map[int][]string{1: {"I8", "U8"}, 2: {"I16", "U16"}, 4: {"I32", "U32"}, 8: {"I64", "U64"}}
	signedKinds   = map[int]string{1: "I8", 2: "I16", 4: "I32", 8: "I64"}
	unsignedKinds = map[int]string{1: "U8", 2: "U16", 4: "U32", 8: "U64"}
	intLetter     = map[int]string{1: "B", 2: "W", 4: "D", 8: "Q"}
	floatKinds    = map[int]string{4: "F32", 8: "F64"}
	floatLetter   = map[int]string{4: "S", 8: "D"}
	signBit       = map[int]uint64{1: 0x8080808080808080, 2: 0x8000800080008000, 4: 0x8000000080000000, 8: 1 << 63}
	levelName     = map[int]string{64: "AVX512", 32: "AVX2"} // by the width of its vectors
	oneBits       = map[int]uint64{4: 0x3f8000003f800000, 8: 0x3ff0000000000000}
	infBits       = map[int]uint64{4: 0x7f8000007f800000, 8: 0x7ff0000000000000}
)

var sizes = []int{1, 2, 4, 8}

// uses1 lists one operation on several kinds.
func uses1(o string, kinds ...string) (u []use) {
	for _, k := range kinds {
		u = append(u, use{op: o, kind: k})
	}
	return u
}

// binary is the step of one instruction on two vectors.
func binary(size int, name string) step {
	return func(g *gen, w int, in []mem, out mem, k op) {
		x, y := g.load(w, size, in[0], k), g.load(w, size, in[1], k)
		g.do(name, y, x, x)
		g.store(w, size, x, out, k)
	}
}

// unary is the step of f on one vector.
func unary(size int, f func(g *gen, w int, x reg.VecVirtual)) step {
	return func(g *gen, w int, in []mem, out mem, k op) {
		x := g.load(w, size, in[0], k)
		f(g, w, x)
		g.store(w, size, x, out, k)
	}
}

// logic returns the mnemonic of a bitwise operation at a width.
func logic(name string, w int) string {
	if w == 64 {
		return name + "Q"
	}
	return name
}

func arith(g *gen) {
	for _, o := range []struct{ op, code, sign string }{{"Add", "ADD", "+"}, {"Subtract", "SUB", "-"}} {
		for _, s := range sizes {
			g.serve(mapping{name: strings.ToLower(o.op) + "Int" + intLetter[s], doc: "dst[i] = a[i] " + o.sign + " b[i]",
				in: []int{s, s}, out: s, step: binary(s, "VP"+o.code+intLetter[s])}, uses1(o.op, intKinds[s]...)...)
		}
	}
	for _, o := range []struct{ op, code, sign string }{{"Add", "ADD", "+"}, {"Subtract", "SUB", "-"}, {"Multiply", "MUL", "*"}, {"Divide", "DIV", "/"}} {
		for _, s := range []int{4, 8} {
			g.serve(mapping{name: strings.ToLower(o.op) + floatKinds[s], doc: "dst[i] = a[i] " + o.sign + " b[i]",
				in: []int{s, s}, out: s, step: binary(s, "V"+o.code+"P"+floatLetter[s])}, uses1(o.op, floatKinds[s])...)
		}
	}
	multiplyInt(g)
	quotients(g)
	longQuotients(g)
	shortLongs(g)
	powerInt(g)
	divisors(g)
	longDivisors(g)
	for _, s := range []int{4, 8} {
		floatUnary(g, s)
	}
	for _, s := range sizes {
		var zero reg.VecVirtual
		g.serve(mapping{name: "negativeInt" + intLetter[s], doc: "dst[i] = -a[i]", in: []int{s}, out: s,
			setup: func(g *gen, w int) { zero = g.zero(w) },
			step:  unary(s, func(g *gen, w int, x reg.VecVirtual) { g.do("VPSUB"+intLetter[s], x, zero, x) }),
		}, uses1("Negative", intKinds[s]...)...)
		g.serve(mapping{name: "absolute" + signedKinds[s], doc: "dst[i] = max(a[i], -a[i])", in: []int{s}, out: s,
			step: unary(s, func(g *gen, w int, x reg.VecVirtual) { g.magnitude(w, s, x) }),
		}, uses1("Absolute", signedKinds[s])...)
		signInt(g, s)
		reciprocalInt(g, s, signedKinds[s])
		reciprocalInt(g, s, unsignedKinds[s])
	}
}

// magnitude makes x its magnitude.
func (g *gen) magnitude(w, s int, x reg.VecVirtual) {
	if w == 64 || s < 8 {
		g.do("VPABS"+intLetter[s], x, x)
		return
	}
	sign := g.zero(w)
	g.VPCMPGTQ(x, sign, sign)
	g.VPXOR(sign, x, x)
	g.VPSUBQ(sign, x, x)
}

// reciprocalInt writes the reciprocals of integers: those of 1 and -1 are themselves. That of 0 is
// the least number where it has 32 bits or more and a sign, as a conversion of infinity is.
func reciprocalInt(g *gen, s int, kind string) {
	var zero, one, minus, least reg.VecVirtual
	signed := kind[0] == 'I'
	ofZero := signed && s >= 4
	g.serve(mapping{name: "reciprocal" + kind, doc: "dst[i] = a[i] if it is 1 or -1, else 0", in: []int{s}, out: s,
		setup: func(g *gen, w int) {
			zero, one = g.zero(w), g.splat(w, oneInt[s])
			if signed {
				minus = g.splat(w, ^uint64(0))
			}
			if ofZero {
				least = g.splat(w, signBit[s])
			}
		},
		step: func(g *gen, w int, in []mem, out mem, lanes op) {
			x := g.load(w, s, in[0], lanes)
			equal := func(y reg.VecVirtual) op {
				var k op = g.vec(w)
				if w == 64 {
					k = g.K()
				}
				g.do("VPCMPEQ"+intLetter[s], y, x, k)
				return k
			}
			r, k := g.vec(w), equal(one)
			if signed {
				k = g.orMask(w, k, equal(minus))
			}
			if w == 64 {
				g.do(laneMove[s]+"_Z", x, k, r)
			} else {
				g.VPAND(k, x, r)
			}
			if ofZero {
				if none := equal(zero); w == 64 {
					g.do(laneMove[s], least, none, r)
				} else {
					g.VPAND(none, least, x)
					g.VPOR(x, r, r)
				}
			}
			g.store(w, s, r, out, lanes)
		}}, uses1("Reciprocal", kind)...)
}

// orMask returns the lanes that one of two masks has.
func (g *gen) orMask(w int, j, k op) op {
	if w < 64 {
		r := g.vec(w)
		g.VPOR(j, k, r)
		return r
	}
	r := g.K()
	g.KORQ(j, k, r)
	return r
}

// signInt writes the signs of integers: the items between -1 and 1. AVX2 has no least
// and greatest of 64 bits, but comparisons, which give -1.
func signInt(g *gen, s int) {
	var zero, one, minus reg.VecVirtual
	setup := func(g *gen, w int) { zero, one, minus = g.zero(w), g.splat(w, oneInt[s]), g.splat(w, ^uint64(0)) }
	step := func(signed bool) step {
		return unary(s, func(g *gen, w int, x reg.VecVirtual) {
			switch {
			case w < 64 && s == 8 && signed:
				below := g.vec(w)
				g.VPCMPGTQ(x, zero, below)
				g.VPCMPGTQ(zero, x, x)
				g.VPSUBQ(x, below, x)
			case w < 64 && s == 8:
				g.VPCMPEQQ(zero, x, x)
				g.VPADDQ(one, x, x)
			case signed:
				g.do("VPMINS"+intLetter[s], one, x, x)
				g.do("VPMAXS"+intLetter[s], minus, x, x)
			default:
				g.do("VPMINU"+intLetter[s], one, x, x)
			}
		})
	}
	g.serve(mapping{name: "sign" + signedKinds[s], doc: "dst[i] = max(min(a[i], 1), -1)", in: []int{s}, out: s,
		setup: setup, step: step(true)}, uses1("Sign", signedKinds[s])...)
	g.serve(mapping{name: "sign" + unsignedKinds[s], doc: "dst[i] = min(a[i], 1)", in: []int{s}, out: s,
		setup: setup, step: step(false)}, uses1("Sign", unsignedKinds[s])...)
}

// multiplyBytes makes x the products of the bytes of x and y; low is 0x00ff in words.
func multiplyBytes(g *gen, w int, x, y, low reg.VecVirtual) {
	hx, hy := g.vec(w), g.vec(w)
	g.do("VPSRLW", operand.U8(8), x, hx)
	g.do("VPSRLW", operand.U8(8), y, hy)
	g.do("VPMULLW", hy, hx, hx)
	g.do("VPSLLW", operand.U8(8), hx, hx)
	g.do("VPMULLW", y, x, x)
	g.do(logic("VPAND", w), low, x, x)
	g.do(logic("VPOR", w), hx, x, x)
}

// multiplyInt writes the low halves of integer products. Bytes are multiplied
// as the two halves of 16-bit words; AVX2 makes 64-bit products of 32-bit ones.
func multiplyInt(g *gen) {
	spec := func(s int, mul func(g *gen, w int, x, y reg.VecVirtual)) (m, sq mapping) {
		m = mapping{name: "multiplyInt" + intLetter[s], doc: "dst[i] = a[i] * b[i]", in: []int{s, s}, out: s,
			step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := g.load(w, s, in[0], k), g.load(w, s, in[1], k)
				mul(g, w, x, y)
				g.store(w, s, x, out, k)
			}}
		sq = mapping{name: "squareInt" + intLetter[s], doc: "dst[i] = a[i] * a[i]", in: []int{s}, out: s,
			step: unary(s, func(g *gen, w int, x reg.VecVirtual) { mul(g, w, x, x) })}
		return m, sq
	}
	for _, s := range []int{2, 4} {
		m, sq := spec(s, func(g *gen, w int, x, y reg.VecVirtual) { g.do("VPMULL"+intLetter[s], y, x, x) })
		g.serve(m, uses1("Multiply", intKinds[s]...)...)
		g.serve(sq, uses1("Square", intKinds[s]...)...)
	}
	var low reg.VecVirtual
	m, sq := spec(1, func(g *gen, w int, x, y reg.VecVirtual) { multiplyBytes(g, w, x, y, low) })
	bytes := func(g *gen, w int) { low = g.splat(w, 0x00ff00ff00ff00ff) }
	m.setup, sq.setup = bytes, bytes
	g.serve(m, uses1("Multiply", intKinds[1]...)...)
	g.serve(sq, uses1("Square", intKinds[1]...)...)

	m, sq = spec(8, multiplyQuads)
	g.serve(m, uses1("Multiply", intKinds[8]...)...)
	g.serve(sq, uses1("Square", intKinds[8]...)...)
}

// multiplyQuads makes x the low halves of the products of the 64-bit items of x and y.
func multiplyQuads(g *gen, w int, x, y reg.VecVirtual) {
	if w == 64 {
		g.do("VPMULLQ", y, x, x)
		return
	}
	byHalves(g, x, y, g.vec(w), g.vec(w))
}

// byHalves is multiplyQuads for AVX2, with two registers more: the product of the upper halves
// lies beyond.
func byHalves(g *gen, x, y, hx, hy reg.Register) {
	g.VPSRLQ(operand.U8(32), x, hx)
	g.VPSRLQ(operand.U8(32), y, hy)
	g.VPMULUDQ(hx, y, hx)
	g.VPMULUDQ(hy, x, hy)
	g.VPADDQ(hx, hy, hy)
	g.VPSLLQ(operand.U8(32), hy, hy)
	g.VPMULUDQ(y, x, x)
	g.VPADDQ(hy, x, x)
}

// floatUnary writes the operations on one float vector that are one or two
// instructions.
func floatUnary(g *gen, s int) {
	p, k := "P"+floatLetter[s], floatKinds[s]
	one := func(name, doc string, f func(g *gen, w int, x reg.VecVirtual), setup func(g *gen, w int), ops ...string) {
		var u []use
		for _, o := range ops {
			u = append(u, use{op: o, kind: k})
		}
		g.serve(mapping{name: name + k, doc: doc, in: []int{s}, out: s, setup: setup, step: unary(s, f)}, u...)
	}
	one("sqrt", "dst[i] = math.Sqrt(a[i])", func(g *gen, w int, x reg.VecVirtual) { g.do("VSQRT"+p, x, x) }, nil, "Sqrt")
	one("square", "dst[i] = a[i] * a[i]", func(g *gen, w int, x reg.VecVirtual) { g.do("VMUL"+p, x, x, x) }, nil, "Square")
	for i, o := range []string{"Rint", "Floor", "Ceil", "Trunc"} {
		doc := "dst[i] = math." + o + "(a[i])"
		if i == 0 {
			doc = "dst[i] = math.RoundToEven(a[i])"
		}
		one(strings.ToLower(o), doc, func(g *gen, w int, x reg.VecVirtual) {
			name := "VROUND"
			if w == 64 {
				name = "VRNDSCALE"
			}
			g.do(name+p, operand.U8(uint64(8+i)), x, x)
		}, nil, o)
	}
	var c reg.VecVirtual
	with := func(v uint64) func(g *gen, w int) { return func(g *gen, w int) { c = g.splat(w, v) } }
	one("reciprocal", "dst[i] = 1 / a[i]", func(g *gen, w int, x reg.VecVirtual) { g.do("VDIV"+p, x, c, x) }, with(oneBits[s]), "Reciprocal")
	one("negative", "dst[i] = -a[i]", func(g *gen, w int, x reg.VecVirtual) { g.do(logic("VPXOR", w), c, x, x) }, with(signBit[s]), "Negative")
	one("absolute", "dst[i] = math.Abs(a[i])", func(g *gen, w int, x reg.VecVirtual) { g.do(logic("VPAND", w), c, x, x) }, with(^signBit[s]), "Absolute", "Fabs")
}
