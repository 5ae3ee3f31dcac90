package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// bits writes the bitwise operations, the shifts, and the logic of bools.
func bits(g *gen) {
	for _, o := range []struct{ op, code, sign string }{{"BitwiseAnd", "VPAND", "&"}, {"BitwiseOr", "VPOR", "|"}, {"BitwiseXor", "VPXOR", "^"}} {
		var u []use
		for _, s := range sizes {
			for _, k := range intKinds[s] {
				u = append(u, use{op: o.op, kind: k, form: ", bytes: " + string('0'+byte(s))})
			}
		}
		g.serve(mapping{name: strings.ToLower(o.op[:1]) + o.op[1:], doc: "dst[i] = a[i] " + o.sign + " b[i] // bytes",
			in: []int{1, 1}, out: 1, step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := g.load(w, 1, in[0], k), g.load(w, 1, in[1], k)
				g.do(logic(o.code, w), y, x, x)
				g.store(w, 1, x, out, k)
			}}, u...)
	}
	var ones reg.VecVirtual
	var u []use
	for _, s := range sizes {
		for _, k := range intKinds[s] {
			u = append(u, use{op: "Invert", kind: k, form: ", bytes: " + string('0'+byte(s))})
		}
	}
	g.serve(mapping{name: "invert", doc: "dst[i] = ^a[i] // bytes", in: []int{1}, out: 1,
		setup: func(g *gen, w int) { ones = g.splat(w, ^uint64(0)) },
		step:  unary(1, func(g *gen, w int, x reg.VecVirtual) { g.do(logic("VPXOR", w), ones, x, x) }),
	}, u...)
	conjugates(g)
	shifts(g)
	byteShifts(g)
	logical(g)
	bitCounts(g)
}

// conjugates writes the conjugates of complex numbers: the sign of each second part
// is turned round. Vectors begin where items do, so the output is not aligned.
func conjugates(g *gen) {
	for _, s := range []int{8, 16} {
		pattern := g.StaticGlobal(fmt.Sprintf("conjugatePattern%d", s))
		g.DataAttributes(attr.NOPTR | attr.RODATA)
		for i := range 16 {
			sign := uint64(0)
			if i%s == s-1 {
				sign = 0x80
			}
			g.AddDatum(i, operand.U8(sign))
		}
		var signs reg.VecVirtual
		kind := fmt.Sprintf("C%d", 8*s)
		g.serve(mapping{name: "conjugate" + kind, doc: "dst[i] = complex(real(a[i]), -imag(a[i])) // bytes", in: []int{1}, out: 1, loose: true,
			setup: func(g *gen, w int) {
				signs = g.vec(w)
				if w == 64 {
					g.VBROADCASTI32X4(pattern, signs)
				} else {
					g.VBROADCASTI128(pattern, signs)
				}
			},
			step: unary(1, func(g *gen, w int, x reg.VecVirtual) { g.do(logic("VPXOR", w), signs, x, x) }),
		}, use{op: "Conjugate", kind: kind, form: fmt.Sprintf(", bytes: %d", s)})
	}
}

// shifts writes the shifts by a count of each item's own. The instructions
// shift everything out for a count, read as unsigned, of the width or more.
func shifts(g *gen) {
	for _, s := range []int{2, 4, 8} {
		for _, o := range []struct {
			name, op, code, doc string
			kinds               []string
		}{
			{"leftShiftInt" + intLetter[s], "LeftShift", "VPSLLV", "dst[i] = a[i] << uint64(b[i])", intKinds[s]},
			{"rightShift" + unsignedKinds[s], "RightShift", "VPSRLV", "dst[i] = a[i] >> b[i]", []string{unsignedKinds[s]}},
			{"rightShift" + signedKinds[s], "RightShift", "VPSRAV", "dst[i] = a[i] >> uint64(b[i])", []string{signedKinds[s]}},
		} {
			g.serve(mapping{name: o.name, doc: o.doc, in: []int{s, s}, out: s, step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := g.load(w, s, in[0], k), g.load(w, s, in[1], k)
				switch {
				case w < 64 && s == 2:
					g.shiftWords(o.code, x, y)
				case w < 64 && s == 8 && o.code == "VPSRAV": // of a negative number its complement is shifted
					sign := g.zero(w)
					g.VPCMPGTQ(x, sign, sign)
					g.VPXOR(sign, x, x)
					g.VPSRLVQ(y, x, x)
					g.VPXOR(sign, x, x)
				default:
					g.do(o.code+intLetter[s], y, x, x)
				}
				g.store(w, s, x, out, k)
			}}, uses1(o.op, o.kinds...)...)
		}
	}
}

// shiftWords shifts words of AVX2 in lanes of twice their size: the upper ones with what is below
// them masked or not wanted, the lower ones likewise, or in the upper place.
func (g *gen) shiftWords(code string, x, y reg.VecVirtual) {
	none, low, high, by := g.zero(32), g.vec(32), g.vec(32), g.vec(32)
	g.VPBLENDW(operand.U8(0xaa), none, y, low)
	g.VPSRLD(operand.U8(16), y, by)
	switch code {
	case "VPSLLV":
		g.VPBLENDW(operand.U8(0x55), none, x, high)
		g.VPSLLVD(by, high, high)
		g.VPSLLVD(low, x, low)
	case "VPSRLV":
		g.VPSRLVD(by, x, high)
		g.VPBLENDW(operand.U8(0xaa), none, x, x)
		g.VPSRLVD(low, x, low)
	default:
		g.VPSRAVD(by, x, high)
		g.VPSLLD(operand.U8(16), x, x)
		g.VPSRAVD(low, x, low)
		g.VPSRLD(operand.U8(16), low, low)
	}
	g.VPBLENDW(operand.U8(0xaa), high, low, x)
}

// byteShifts writes the shifts of bytes, which no instruction shifts by counts of
// their own. They are products of 16-bit words with powers of two, looked up by the
// counts: x << c is x * 2^c, and x >> c is x * 2^(7-c) >> 7.
func byteShifts(g *gen) {
	var low, powers, bound reg.VecVirtual
	shift := func(name, doc string, table, limit uint64, f func(g *gen, w int, x, y reg.VecVirtual), uses []use) {
		g.serve(mapping{name: name, doc: doc, in: []int{1, 1}, out: 1,
			setup: func(g *gen, w int) {
				low, powers, bound = g.splat(w, 0x00ff00ff00ff00ff), g.splat(w, table), g.splat(w, limit)
			},
			step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := g.load(w, 1, in[0], k), g.load(w, 1, in[1], k)
				f(g, w, x, y)
				g.store(w, 1, x, out, k)
			}}, uses...)
	}
	// The counts from 8 on get their highest bit here, for which a look-up gives 0,
	// and the others one of the upper eight places of 16, which hold the table too.
	const past8 = 0x7878787878787878
	lookUp := func(g *gen, w int, y reg.VecVirtual) {
		g.do("VPADDUSB", bound, y, y)
		g.do("VPSHUFB", y, powers, y)
	}
	shift("leftShiftIntB", "dst[i] = a[i] << uint64(b[i])", 0x8040201008040201, past8, func(g *gen, w int, x, y reg.VecVirtual) {
		lookUp(g, w, y)
		multiplyBytes(g, w, x, y, low)
	}, uses1("LeftShift", intKinds[1]...))
	const down = 0x0102040810204080
	shift("rightShiftU8", "dst[i] = a[i] >> b[i]", down, past8, func(g *gen, w int, x, y reg.VecVirtual) {
		lookUp(g, w, y)
		hx, hy := g.vec(w), g.vec(w)
		g.do("VPSRLW", operand.U8(8), x, hx)
		g.do("VPSRLW", operand.U8(8), y, hy)
		g.do("VPMULLW", hy, hx, hx)
		g.do("VPSRLW", operand.U8(7), hx, hx)
		g.do("VPSLLW", operand.U8(8), hx, hx)
		g.do(logic("VPAND", w), low, x, x)
		g.do(logic("VPAND", w), low, y, y)
		g.do("VPMULLW", y, x, x)
		g.do("VPSRLW", operand.U8(7), x, x)
		g.do(logic("VPOR", w), hx, x, x)
	}, uses1("RightShift", "U8"))
	shift("rightShiftI8", "dst[i] = a[i] >> uint64(b[i])", down, 0x0707070707070707, func(g *gen, w int, x, y reg.VecVirtual) {
		g.do("VPMINUB", bound, y, y) // by 7 all bits are the sign
		g.do("VPSHUFB", y, powers, y)
		hx, hy := g.vec(w), g.vec(w)
		g.do("VPSRAW", operand.U8(8), x, hx)
		g.do("VPSRLW", operand.U8(8), y, hy)
		g.do("VPMULLW", hy, hx, hx)
		g.do("VPSRAW", operand.U8(7), hx, hx)
		g.do("VPSLLW", operand.U8(8), hx, hx)
		g.do("VPSLLW", operand.U8(8), x, x)
		g.do("VPSRAW", operand.U8(8), x, x)
		g.do(logic("VPAND", w), low, y, y)
		g.do("VPMULLW", y, x, x)
		g.do("VPSRAW", operand.U8(7), x, x)
		g.do(logic("VPAND", w), low, x, x)
		g.do(logic("VPOR", w), hx, x, x)
	}, uses1("RightShift", "I8"))
}

// logical writes the operations on bools, any non-zero byte being true.
func logical(g *gen) {
	var ones, zero reg.VecVirtual
	setup := func(g *gen, w int) {
		ones = g.splat(w, 0x0101010101010101)
		if w < 64 {
			zero = g.zero(w)
		}
	}
	write := func(g *gen, w int, t op, out mem, k op) { // t: a mask register
		r := g.vec(w)
		g.VMOVDQU8_Z(ones, t, r)
		g.store(w, 1, r, out, k)
	}
	all := func(ops ...string) (u []use) {
		for _, o := range ops {
			u = append(u, use{op: o, kind: "Bool"})
		}
		return u
	}
	two := func(name, doc string, mask func(g *gen, x, y reg.VecVirtual) op, wide func(g *gen, x, y reg.VecVirtual), ops ...string) {
		g.serve(mapping{name: name, doc: doc, in: []int{1, 1}, out: 1, setup: setup,
			step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := g.load(w, 1, in[0], k), g.load(w, 1, in[1], k)
				if w == 64 {
					write(g, w, mask(g, x, y), out, k)
					return
				}
				g.VPCMPEQB(zero, x, x) // where false
				g.VPCMPEQB(zero, y, y)
				wide(g, x, y)
				g.store(w, 1, x, out, k)
			}}, all(ops...)...)
	}
	test := func(g *gen, x reg.VecVirtual) op { k := g.K(); g.VPTESTMB(x, x, k); return k }
	two("andBool", "dst[i] = a[i] && b[i]", func(g *gen, x, y reg.VecVirtual) op {
		kx, k := test(g, x), g.K()
		g.VPTESTMB(y, y, kx, k)
		return k
	}, func(g *gen, x, y reg.VecVirtual) { g.VPOR(y, x, x); g.VPANDN(ones, x, x) },
		"LogicalAnd", "BitwiseAnd", "Multiply", "Minimum", "Fmin")
	two("orBool", "dst[i] = a[i] || b[i]", func(g *gen, x, y reg.VecVirtual) op {
		g.VPORQ(y, x, x)
		return test(g, x)
	}, func(g *gen, x, y reg.VecVirtual) { g.VPAND(y, x, x); g.VPANDN(ones, x, x) },
		"LogicalOr", "BitwiseOr", "Add", "Maximum", "Fmax")
	two("xorBool", "dst[i] = a[i] != b[i]", func(g *gen, x, y reg.VecVirtual) op {
		kx, ky := test(g, x), test(g, y)
		k := g.K()
		g.KXORQ(kx, ky, k)
		return k
	}, func(g *gen, x, y reg.VecVirtual) { g.VPXOR(y, x, x); g.VPAND(ones, x, x) },
		"LogicalXor", "BitwiseXor", "NotEqual")
	two("equalBool", "dst[i] = a[i] == b[i]", func(g *gen, x, y reg.VecVirtual) op {
		kx, ky := test(g, x), test(g, y)
		k := g.K()
		g.KXNORQ(kx, ky, k)
		return k
	}, func(g *gen, x, y reg.VecVirtual) { g.VPXOR(y, x, x); g.VPANDN(ones, x, x) }, "Equal")

	// less writes x < y, or !x ∨ y; greater is it with the operands exchanged.
	less := func(name, doc string, exchange, or bool, serves string) {
		order := func(x, y reg.VecVirtual) (reg.VecVirtual, reg.VecVirtual) {
			if exchange {
				return y, x
			}
			return x, y
		}
		two(name, doc, func(g *gen, x, y reg.VecVirtual) operand.Op {
			x, y = order(x, y)
			j, k := g.K(), g.K()
			if or {
				g.VPTESTNMB(x, x, j)
				g.KORQ(j, test(g, y), k)
				return k
			}
			g.VPTESTMB(y, y, j)
			g.VPTESTNMB(x, x, j, k)
			return k
		}, func(g *gen, x, y reg.VecVirtual) {
			p, q := order(x, y)
			if or {
				g.VPANDN(q, p, x) // where that is false
				g.VPANDN(ones, x, x)
				return
			}
			g.VPANDN(p, q, x)
			g.VPAND(ones, x, x)
		}, serves)
	}
	less("lessBool", "dst[i] = !a[i] && b[i]", false, false, "Less")
	less("lessEqualBool", "dst[i] = !a[i] || b[i]", false, true, "LessEqual")
	less("greaterBool", "dst[i] = a[i] && !b[i]", true, false, "Greater")
	less("greaterEqualBool", "dst[i] = a[i] || !b[i]", true, true, "GreaterEqual")

	one := func(name, doc string, not bool, ops ...string) {
		g.serve(mapping{name: name, doc: doc, in: []int{1}, out: 1, setup: setup,
			step: func(g *gen, w int, in []mem, out mem, k op) {
				x := g.load(w, 1, in[0], k)
				switch {
				case w < 64:
					g.VPCMPEQB(zero, x, x)
					if not {
						g.VPAND(ones, x, x)
					} else {
						g.VPANDN(ones, x, x)
					}
					g.store(w, 1, x, out, k)
				case not:
					t := g.K()
					g.VPTESTNMB(x, x, t)
					write(g, w, t, out, k)
				default:
					write(g, w, test(g, x), out, k)
				}
			}}, all(ops...)...)
	}
	one("notBool", "dst[i] = !a[i]", true, "LogicalNot", "Invert")
	one("truthBool", "dst[i] = a[i] != 0", false, "Absolute", "Floor", "Ceil", "Trunc")
}
