package main

import (
	"strings"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// order writes maximum, minimum, fmax, fmin and clip.
func order(g *gen) {
	for _, s := range sizes {
		for _, k := range intKinds[s] {
			sign := map[byte]string{'I': "S", 'U': "U"}[k[0]] + intLetter[s]
			for _, o := range []struct{ op, alias, code string }{{"Maximum", "Fmax", "VPMAX"}, {"Minimum", "Fmin", "VPMIN"}} {
				m := mapping{name: strings.ToLower(o.op) + k, doc: "dst[i] = " + strings.ToLower(o.op[:3]) + "(a[i], b[i])",
					in: []int{s, s}, out: s, step: func(g *gen, w int, in []mem, out mem, k op) {
						x, y := g.load(w, s, in[0], k), g.load(w, s, in[1], k)
						g.extreme(w, o.code, sign, y, x)
						g.store(w, s, x, out, k)
					}}
				g.serve(m, use{op: o.op, kind: k}, use{op: o.alias, kind: k})
			}
			g.serve(mapping{name: "clip" + k, doc: "dst[i] = min(max(a[i], b[i]), c[i])", in: []int{s, s, s}, out: s,
				step: func(g *gen, w int, in []mem, out mem, k op) {
					x, lo, hi := g.load(w, s, in[0], k), g.load(w, s, in[1], k), g.load(w, s, in[2], k)
					g.extreme(w, "VPMAX", sign, lo, x)
					g.extreme(w, "VPMIN", sign, hi, x)
					g.store(w, s, x, out, k)
				}}, uses1("Clip", k)...)
		}
	}
	for _, s := range []int{4, 8} {
		orderFloat(g, s)
	}
}

// extreme makes x the greater or the lesser of it and y; sign is the suffix of the kind. Of
// 64 bits AVX2 has comparisons with a sign alone.
func (g *gen) extreme(w int, code, sign string, y, x reg.VecVirtual) {
	if w == 64 || sign[1] != 'Q' {
		g.do(code+sign, y, x, x)
		return
	}
	g.lane(8, w, func() {
		r, a, b := x, x, y
		if sign[0] == 'U' {
			a, b = g.arg2("VXOR", x, g.sign()), g.arg2("VXOR", y, g.sign())
		}
		greater := g.fresh()
		g.VPCMPGTQ(b, a, greater)
		if code == "VPMAX" {
			x, y = y, x
		}
		g.VBLENDVPD(greater, y, x, r)
	})
}

const (
	unordered = 3
	ordered   = 7
	notGE     = 0x19 // not greater or equal, true when unordered
	notLE     = 0x16 // not less or equal, true when unordered
)

// orderFloat adds NumPy's rules for NaN and for zeros of two signs to the
// instructions, which return the second operand wherever the first is not
// strictly better.
func orderFloat(g *gen, s int) {
	p, k := "P"+floatLetter[s], floatKinds[s]
	// choose replaces the lanes of r by those of x where cmp(a, b) holds.
	blend := func(g *gen, w int, imm uint64, b, a, x, r reg.VecVirtual, and func(g *gen) op) {
		if w == 64 {
			hit := g.K()
			ops := []op{operand.U8(imm), b, a}
			if and != nil {
				ops = append(ops, and(g))
			}
			g.do("VCMP"+p, append(ops, hit)...)
			g.do("VMOVAP"+floatLetter[s], x, hit, r)
			return
		}
		t := g.vec(w)
		g.do("VCMP"+p, operand.U8(imm), b, a, t)
		if and != nil {
			g.VPAND(and(g), t, t)
		}
		g.do("VBLENDVP"+floatLetter[s], t, x, r, r)
	}
	isOrdered := func(w int, x reg.VecVirtual, imm uint64) func(g *gen) op {
		return func(g *gen) op {
			if w == 64 {
				o := g.K()
				g.do("VCMP"+p, operand.U8(imm), x, x, o)
				return o
			}
			o := g.vec(w)
			g.do("VCMP"+p, operand.U8(imm), x, x, o)
			return o
		}
	}
	for _, o := range []struct{ op, ignore, code, sign string }{{"Maximum", "Fmax", "VMAX", ">"}, {"Minimum", "Fmin", "VMIN", "<"}} {
		g.serve(mapping{name: strings.ToLower(o.op) + k, doc: "dst[i] = b[i]; if a[i] " + o.sign + " b[i] || a[i] != a[i] { dst[i] = a[i] }",
			in: []int{s, s}, out: s, step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := g.load(w, s, in[0], k), g.load(w, s, in[1], k)
				r := g.vec(w)
				g.do(o.code+p, y, x, r)
				blend(g, w, unordered, x, x, x, r, nil)
				g.store(w, s, r, out, k)
			}}, uses1(o.op, k)...)
		g.serve(mapping{name: strings.ToLower(o.ignore) + k, doc: "dst[i] = b[i]; if a[i] " + o.sign + "= b[i] || b[i] != b[i] { dst[i] = a[i] }",
			in: []int{s, s}, out: s, step: func(g *gen, w int, in []mem, out mem, k op) {
				x, y := g.load(w, s, in[0], k), g.load(w, s, in[1], k)
				r := g.vec(w)
				g.do(o.code+p, x, y, r)
				blend(g, w, unordered, x, x, y, r, isOrdered(w, y, ordered))
				g.store(w, s, r, out, k)
			}}, uses1(o.ignore, k)...)
	}
	g.serve(mapping{name: "clip" + k, doc: "dst[i] = clipFloat(a[i], b[i], c[i])", in: []int{s, s, s}, out: s,
		step: func(g *gen, w int, in []mem, out mem, k op) {
			x, lo, hi := g.load(w, s, in[0], k), g.load(w, s, in[1], k), g.load(w, s, in[2], k)
			blend(g, w, notGE, lo, x, lo, x, isOrdered(w, x, ordered))
			blend(g, w, notLE, hi, x, hi, x, isOrdered(w, x, ordered))
			g.store(w, s, x, out, k)
		}}, uses1("Clip", k)...)
}
