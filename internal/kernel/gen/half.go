package main

import (
	"strings"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// halves writes the loops over float16: sixteen are widened to float32, and the
// result is rounded once.
func halves(g *gen) {
	widen := func(g *gen, w int, m mem, k op) reg.VecVirtual {
		x := g.vec(w)
		if k == nil {
			g.VCVTPH2PS(m, x)
		} else {
			g.VCVTPH2PS(g.part(16, 2, m, k), x)
		}
		return x
	}
	write := func(inputs int, name, o, doc string, setup func(g *gen, w int), f func(g *gen, w int, x []reg.VecVirtual)) {
		g.serve(mapping{name: name + "F16", doc: doc, in: []int{2, 2}[:inputs], out: 2, setup: setup,
			lanes512: 16, lanes2: 8,
			step: func(g *gen, w int, in []mem, out mem, k op) {
				n := w / 4
				var x []reg.VecVirtual
				for _, m := range in {
					x = append(x, widen(g, w, m, k))
				}
				f(g, w, x)
				g.putPart(n, 2, g.half(x[0], n), out, k)
			}}, use{op: o, kind: "F16"})
	}
	for _, o := range []struct{ op, code, sign string }{{"Add", "VADDPS", "+"}, {"Subtract", "VSUBPS", "-"}, {"Multiply", "VMULPS", "*"}, {"Divide", "VDIVPS", "/"}} {
		write(2, strings.ToLower(o.op), o.op, "dst[i] = a[i] "+o.sign+" b[i]", nil, func(g *gen, w int, x []reg.VecVirtual) { g.do(o.code, x[1], x[0], x[0]) })
	}
	write(1, "sqrt", "Sqrt", "dst[i] = math.Sqrt(a[i])", nil, func(g *gen, w int, x []reg.VecVirtual) { g.VSQRTPS(x[0], x[0]) })
	write(1, "square", "Square", "dst[i] = a[i] * a[i]", nil, func(g *gen, w int, x []reg.VecVirtual) { g.VMULPS(x[0], x[0], x[0]) })
	var one reg.VecVirtual
	write(1, "reciprocal", "Reciprocal", "dst[i] = 1 / a[i]", func(g *gen, w int) { one = g.splat(w, oneBits[4]) },
		func(g *gen, w int, x []reg.VecVirtual) { g.VDIVPS(x[0], one, x[0]) })
	for i, o := range []string{"Rint", "Floor", "Ceil", "Trunc"} {
		write(1, strings.ToLower(o), o, "dst[i] = "+strings.ToLower(o)+"(a[i])", nil, func(g *gen, w int, x []reg.VecVirtual) {
			if w == 64 {
				g.VRNDSCALEPS(operand.U8(uint64(8+i)), x[0], x[0])
			} else {
				g.VROUNDPS(operand.U8(uint64(8+i)), x[0], x[0])
			}
		})
	}
	var c reg.VecVirtual
	for _, o := range []struct {
		name, doc, code string
		bits            uint64
		uses            []use
	}{
		{"negativeF16", "dst[i] = a[i] ^ 0x8000", "VPXOR", signBit[2], uses1("Negative", "F16")},
		{"absoluteF16", "dst[i] = a[i] & 0x7fff", "VPAND", ^signBit[2], []use{{op: "Absolute", kind: "F16"}, {op: "Fabs", kind: "F16"}}},
	} {
		g.serve(mapping{name: o.name, doc: o.doc, in: []int{2}, out: 2, setup: func(g *gen, w int) { c = g.splat(w, o.bits) },
			step: unary(2, func(g *gen, w int, x reg.VecVirtual) { g.do(logic(o.code, w), c, x, x) })}, o.uses...)
	}
	nextHalf(g)
	compareHalves(g, widen)
}

// nextHalf writes the neighbours by the patterns: magnitudes with their signs as integers are
// in the order of the numbers. A neighbour that is 0 has the sign of x.
func nextHalf(g *gen) {
	var magnitude, one, minus, infinity, nan, zero reg.VecVirtual
	g.serve(mapping{name: "nextafterF16", doc: "dst[i] = nextafterHalf(a[i], b[i])", in: []int{2, 2}, out: 2,
		setup: func(g *gen, w int) {
			magnitude, one, minus, zero = g.splat(w, ^signBit[2]), g.splat(w, oneInt[2]), g.splat(w, ^uint64(0)), g.zero(w)
			infinity, nan = g.splat(w, 0x7c007c007c007c00), g.splat(w, 0x7e007e007e007e00)
		},
		step: func(g *gen, w int, in []mem, out mem, k op) {
			x, most := g.load(w, 2, in[0], k), g.vec(w)
			key := func(x reg.VecVirtual) (m, r reg.VecVirtual) {
				m, r, s := g.vec(w), g.vec(w), g.vec(w)
				g.do(logic("VPAND", w), magnitude, x, m)
				g.VPSRAW(operand.U8(15), x, s)
				g.do(logic("VPXOR", w), s, m, r)
				g.VPSUBW(s, r, r)
				return m, r
			}
			put := func(compare string, a, b, from, to reg.VecVirtual) {
				if w == 64 {
					j := g.K()
					g.do(compare, b, a, j)
					g.VMOVDQU16(from, j, to)
				} else {
					j := g.vec(w)
					g.do(compare, b, a, j)
					g.VPBLENDVB(j, from, to, to)
				}
			}
			mx, a := key(x)
			my, b := key(g.load(w, 2, in[1], k))
			g.VPMAXUW(mx, my, most)
			g.VPSUBSW(a, b, b)
			g.VPMINSW(one, b, b)
			g.VPMAXSW(minus, b, b)
			g.VPADDW(b, a, a)
			g.VPABSW(a, b)
			put("VPCMPEQW", a, zero, x, a)
			r := g.vec(w)
			g.do(logic("VPANDN", w), a, magnitude, r)
			g.do(logic("VPOR", w), b, r, r)
			put("VPCMPGTW", most, infinity, nan, r)
			g.store(w, 2, r, out, k)
		}}, use{op: "Nextafter", kind: "F16"})
}

// compareHalves writes the comparisons, AVX-512 alone.
func compareHalves(g *gen, widen func(g *gen, w int, m mem, k op) reg.VecVirtual) {
	var ones reg.VecVirtual
	for _, o := range []struct {
		name, sign string
		imm        uint64
		uses       []use
	}{
		{"equal", "==", 0, uses1("Equal", "F16")},
		{"notEqual", "!=", 4, uses1("NotEqual", "F16")},
		{"less", "<", 0x11, []use{{op: "Less", kind: "F16"}, {op: "Greater", kind: "F16", form: ", swap: true"}}},
		{"lessEqual", "<=", 0x12, []use{{op: "LessEqual", kind: "F16"}, {op: "GreaterEqual", kind: "F16", form: ", swap: true"}}},
	} {
		g.serve512(mapping{name: o.name + "F16", doc: "dst[i] = a[i] " + o.sign + " b[i]", in: []int{2, 2}, out: 1, lanes: 16,
			setup: func(g *gen, w int) { ones = g.splat(w, 0x0101010101010101) },
			step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := widen(g, w, in[0], k), widen(g, w, in[1], k)
				hit, r := g.K(), g.XMM()
				g.VCMPPS(operand.U8(o.imm), y, x, hit)
				g.VMOVDQU8_Z(ones.AsX(), hit, r)
				g.putPart(16, 1, r, out, k)
			}}, o.uses...)
	}
}
