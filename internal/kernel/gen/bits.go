package main

import (
	"strings"

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
	shifts(g)
	logical(g)
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
			m := mapping{name: o.name, doc: o.doc, in: []int{s, s}, out: s, step: binary(s, o.code+intLetter[s])}
			g.serve512(m, uses1(o.op, o.kinds...)...)
			if s == 4 || s == 8 && o.code != "VPSRAV" {
				g.serve2(m, uses1(o.op, o.kinds...)...)
			}
		}
	}
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
