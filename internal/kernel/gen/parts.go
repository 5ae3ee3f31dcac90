package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// parts writes the operations on the parts of a float: sign, exponent, fraction,
// neighbours.
func parts(g *gen) {
	for _, s := range []int{4, 8} {
		tiny := uint64(1)
		sign, zero, one := signBit[s]&(1<<(8*s)-1), uint64(0), oneBits[s]&(1<<(8*s)-1)
		g.lanewise("Sign", "dst[i] = signFloat(a[i])", s, 1, []uint64{sign, zero, one}, of1(g.signOf))
		g.lanewise("Spacing", "dst[i] = spacing(a[i])", s, 1, []uint64{zero, tiny}, of1(g.spacing))
		g.lanewise("Copysign", "dst[i] = copysign(a[i], b[i])", s, 2, []uint64{sign, sign - 1},
			of2(func(x, y vec) vec { return g.withSign(g.abs(x), y) }))
		g.lanewise("Nextafter", "dst[i] = nextafter(a[i], b[i])", s, 2, []uint64{sign, zero, tiny}, of2(g.nextafter))
		g.lanewise("Heaviside", "dst[i] = heaviside(a[i], b[i])", s, 2, []uint64{zero, one}, of2(g.heaviside))
		degrees, radians := 180/float64(math.Pi), float64(math.Pi)/180 // of constants that are rounded to the lane
		if s == 4 {
			degrees, radians = float64(180/float32(math.Pi)), float64(float32(math.Pi)/180)
		}
		g.lanewise("Degrees", "dst[i] = a[i] * degrees", s, 1, nil, of1(func(x vec) vec { return g.mul(x, degrees) }), "Rad2deg")
		g.lanewise("Radians", "dst[i] = a[i] * radians", s, 1, nil, of1(func(x vec) vec { return g.mul(x, radians) }), "Deg2rad")

		g.write(function{op: "Modf", doc: "dst[i], second[i] = modf(a[i])", size: s, inputs: 1, outputs: 2, exact: true, f: g.modf}, 64)
		g.write(function{op: "Modf", doc: "dst[i], second[i] = modf(a[i])", size: s, inputs: 1, outputs: 2, exact: true, f: g.modf}, 32)
		for _, width := range []int{64, 32} {
			g.write(function{op: "Frexp", doc: "dst[i], second[i] = math.Frexp(a[i])", size: s, inputs: 1, outputs: 2, ints: 4, exact: true, f: g.frexp}, width)
		}
		for _, ints := range []int{4, 8} {
			g.write(function{op: "Ldexp", doc: "dst[i] = scale(a[i], b[i])", size: s, wide: s < ints, inputs: 2, ints: ints, exact: true, f: of2(g.scaleBy)}, 64)
			g.ldexp(s, ints)
		}
	}
}

// lanewise writes a kernel of few instructions on lanes of s bytes at both levels, with
// these constants in registers; other operations may have it too.
func (g *gen) lanewise(name, doc string, s, inputs int, constants []uint64, f func([]vec) []vec, also ...string) {
	var kept map[uint64]vec
	uses := uses1(name, floatKinds[s])
	for _, o := range also {
		uses = append(uses, use{op: o, kind: floatKinds[s]})
	}
	g.serve(mapping{name: fmt.Sprintf("%c%s%s", name[0]|0x20, name[1:], floatKinds[s]), doc: doc, in: []int{s, s}[:inputs], out: s,
		setup: func(g *gen, w int) {
			kept = map[uint64]vec{}
			g.lane(s, w, func() {
				for _, bits := range constants {
					kept[bits] = g.setBits(bits)
				}
			})
		},
		step: func(g *gen, w int, in []mem, out mem, k op) {
			g.lane(s, w, func() {
				g.kept = kept
				var x []vec
				for _, m := range in {
					x = append(x, g.load(w, s, m, k))
				}
				g.store(w, s, f(x)[0], out, k)
				g.kept = nil
			})
		}}, uses...)
}

func (g *gen) signOf(x vec) vec {
	r := g.withSign(g.set(1), x)
	g.putNumber(r, 0, g.where(x, isEqual, 0.0))
	g.put(r, x, g.where(x, isNaN, x))
	return r
}

// heaviside is 0 below zero, 1 above, and h at zero.
func (g *gen) heaviside(x, h vec) vec {
	r := g.set(1)
	g.putNumber(r, 0, g.where(x, isLess, 0.0))
	g.put(r, h, g.where(x, isEqual, 0.0))
	g.put(r, x, g.where(x, isNaN, x))
	return r
}

// nextafter counts the pattern of x up or down by one; the sign of y - x, which does
// not vanish beside another number, tells which.
func (g *gen) nextafter(x, y vec) vec {
	down := g.shift("VPSRL", g.arg2("VXOR", g.sub(y, x), x), 8*g.size-1)
	r := g.subInt(g.subInt(g.addInt(x, uint64(1)), down), down)
	g.put(r, g.withSign(g.setBits(1), y), g.where(x, isEqual, 0.0))
	g.put(r, y, g.where(x, isEqual, y))
	g.put(r, g.add(x, y), g.where(x, isNaN, y))
	return r
}

// spacing is what lies between x and the next pattern.
func (g *gen) spacing(x vec) vec {
	r := g.sub(g.addInt(x, uint64(1)), x)
	g.put(r, g.setBits(1), g.where(x, isEqual, 0.0))
	return r
}

func (g *gen) modf(x []vec) []vec {
	whole := g.rounded(x[0], toZero)
	frac := g.sub(x[0], whole)
	g.putNumber(frac, 0, g.where(g.abs(x[0]), isEqual, math.Inf(1)))
	return []vec{g.withSign(frac, x[0]), whole}
}

// frexp returns the fraction within [1/2, 1) and the exponent; of what has none, itself
// and 0.
func (g *gen) frexp(x []vec) []vec {
	if g.width < 64 {
		return g.frexpBits(x[0])
	}
	const half = 2 // the interval that begins at 1/2
	m, e := g.fresh(), g.fresh()
	g.do(g.ps("VGETMANT"), operand.U8(half), x[0], m)
	g.do(g.ps("VGETEXP"), x[0], e)
	e = g.add(e, 1)
	none := g.K()
	g.do(g.ps("VFPCLASS")+"Z", operand.U8(0x9f), x[0], none) // NaN, zeros, infinities
	g.put(m, x[0], none)
	g.putNumber(e, 0, none)
	return []vec{m, e}
}

// ldexp writes the products with powers of two for AVX2. Those of float32 are exact in float64; of
// float64 a power has up to three factors, of which the first two leave what is then below all
// numbers, or lose no bit.
func (g *gen) ldexp(s, ints int) {
	name := floatKinds[s] + signedKinds[ints]
	g.serve2(mapping{name: "ldexp" + name, doc: "dst[i] = scale(a[i], b[i])", in: []int{s, ints}, out: s, lanes: 4, unroll: 2,
		step: func(g *gen, _ int, in []mem, out mem, _ op) {
			g.lane(8, 32, func() {
				x := g.floats(kind{name: floatKinds[s], size: s}, 8, 4, in[0])
				e := g.floatsOf(kind{size: ints, class: 'i'}, 8, 4, in[1])
				power := func(e vec) vec { return g.shift("VPSLL", g.add(e, 0x1p52+1023), 52) }
				if s == 4 {
					r := g.XMM()
					g.VCVTPD2PSY(g.mul(x, power(g.clamp(e, -400, 400))), r)
					g.VMOVDQU(r, out)
					return
				}
				e = g.clamp(e, -2200, 2200)
				for range 2 {
					part := g.arg2("VMIN", e, 1023.0)
					g.putNumber(part, -969, g.where(e, isLess, -1022.0))
					x, e = g.mul(x, power(part)), g.sub(e, part)
				}
				g.VMOVUPD(g.mul(x, power(e)), out)
			})
		}}, use{op: "Ldexp", kind: floatKinds[s], form: ", second: k" + signedKinds[ints]})
}

// frexpBits is frexp by the bits, those of the exponent as the last ones of a number.
func (g *gen) frexpBits(x vec) []vec {
	digits := map[int]int{4: 23, 8: 52}[g.size]
	bias := map[int]float64{4: 127, 8: 1023}[g.size]
	whole, up := math.Ldexp(1, digits), float64(digits+2)
	a, y := g.abs(x), g.copyOf(x)
	small := g.where(a, isLess, math.Ldexp(1, int(1-bias))) // no exponent, before it is multiplied
	g.put(y, g.mul(x, math.Ldexp(1, digits+2)), small)
	e := g.sub(g.or(g.shift("VPSRL", g.abs(y), digits), g.bitsOf(whole)), whole+bias-1)
	g.put(e, g.sub(e, up), small)
	m := g.or(g.and(y, g.sign()|(1<<digits-1)), g.bitsOf(0.5))
	none := g.either(g.where(a, isNotLess, math.Inf(1)), g.where(x, isEqual, 0.0))
	g.put(m, x, none)
	g.putNumber(e, 0, none)
	return []vec{m, e}
}
