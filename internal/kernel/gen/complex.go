package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/mmcloughlin/avo/operand"
)

// complexes writes the operations on complex numbers, which lie as pairs of lanes: a loop
// counts lanes.
func complexes(g *gen) {
	for _, s := range []int{4, 8} {
		kind, part := complexKinds[s], floatKinds[s]
		for _, o := range []struct{ op, field string }{{"Add", "binary"}, {"Subtract", "binary"}, {"Negative", "unary"}, {"Rint", "unary"}} {
			name := strings.ToLower(o.op) + part // the loop of family arith
			g.row("{level: LevelAVX512, op: %s, kind: k%s, %s: %sAVX512, bytes: 2, streams: true}", o.op, kind, o.field, name)
			g.row("{level: LevelAVX2, op: %s, kind: k%s, %s: %sAVX2, bytes: 2, lanes: %d}", o.op, kind, o.field, name, 32/s)
		}
		g.pairwise("multiply", "Multiply", "dst[i] = a[i] * b[i] // complex", s, 2, 4, nil, of2(g.multiplyPairs))
		var odd op
		g.pairwise("square", "Square", "dst[i] = a[i] * a[i] // complex", s, 1, 4,
			func(w int) { odd = g.oddLanes(s, w) }, of1(func(x vec) vec { return g.squarePairs(x, odd) }))
		g.pairwise("reciprocal", "Reciprocal", "dst[i] = 1 / a[i] // complex", s, 1, 4,
			func(w int) { odd = g.oddLanes(s, w) }, of1(func(x vec) vec { return g.reciprocalPairs(x, odd) }))
		g.writeBoth(function{op: "Divide", doc: "dst[i] = a[i] / b[i] // complex", size: s, inputs: 2, pairs: true, bails: true, exact: true, f: of2(g.dividePairs)})
		g.writeBoth(function{op: "Absolute", doc: "dst[i] = hypot(real(a[i]), imag(a[i]))", size: s, inputs: 1, parts: true, bails: true, f: of2(g.hypot)})
		g.writeBoth(function{op: "Sign", doc: "dst[i] = signComplex(a[i])", size: s, wide: s == 4, inputs: 1, parts: true, bails: true, exact: true, f: g.complexSign(s == 4)})
	}
}

var complexKinds = map[int]string{4: "C64", 8: "C128"}

// pairwise writes a kernel on complex numbers at both levels.
func (g *gen) pairwise(name, serves, doc string, s, inputs, unroll int, setup func(w int), f func([]vec) []vec) {
	m := mapping{name: name + complexKinds[s], doc: doc, in: []int{s, s, s}[:inputs], out: s, pairs: true, unroll: unroll,
		step: func(g *gen, w int, in []mem, out mem, k op) {
			g.lane(s, w, func() {
				var x []vec
				for _, m := range in {
					x = append(x, g.load(w, s, m, k))
				}
				g.store(w, s, f(x)[0], out, k)
			})
		}}
	if setup != nil {
		m.setup = func(g *gen, w int) { setup(w) }
	}
	g.serve(m, use{op: serves, kind: complexKinds[s], form: ", bytes: 2"})
}

// reals and imags return the parts in both lanes of each pair; exchanged the parts in the
// other order.
func (g *gen) reals(x vec) vec {
	r := g.fresh()
	g.do(map[int]string{4: "VMOVSLDUP", 8: "VMOVDDUP"}[g.size], x, r)
	return r
}

func (g *gen) imags(x vec) vec {
	r := g.fresh()
	if g.size == 4 {
		g.VMOVSHDUP(x, r)
	} else {
		g.VPERMILPD(operand.U8(0xff>>(8-g.width/8)), x, r)
	}
	return r
}

func (g *gen) exchanged(x vec) vec {
	r := g.fresh()
	g.do(g.ps("VPERMIL"), operand.U8(map[int]uint64{4: 0xb1, 8: 0x55 >> (8 - g.width/8)}[g.size]), x, r)
	return r
}

// multiplyPairs fuses one product of each part into the sum.
func (g *gen) multiplyPairs(x, y vec) vec {
	r := g.reals(x)
	g.do(g.ps("VFMADDSUB213"), g.mul(g.imags(x), g.exchanged(y)), y, r)
	return r
}

// squarePairs doubles the product that is the second part.
func (g *gen) squarePairs(x vec, odd op) vec {
	r, p := g.reals(x), g.exchanged(g.mul(x, g.imags(x)))
	g.do(g.ps("VFMADDSUB213"), p, x, r)
	if g.width == 64 {
		g.putOf("VADD", r, p, p, odd)
		return r
	}
	g.putOdd(r, g.add(p, p), odd)
	return r
}

// putOdd replaces the second lanes of the pairs of r.
func (g *gen) putOdd(r, x vec, odd op) {
	if g.width == 64 {
		g.put(r, x, odd)
	} else {
		g.do(g.ps("VBLEND"), operand.U8(0xaa>>(8-g.width/g.size)), x, r, r)
	}
}

// reciprocalPairs is Smith's algorithm: with the quotient q of the lesser part by the greater,
// 1 and -q, or q and -1, over their sum.
func (g *gen) reciprocalPairs(x vec, odd op) vec {
	re, im := g.reals(x), g.imags(x)
	k := g.where(g.abs(im), isAtMost, g.abs(re))
	more, less, one := g.blend(k, re, im), g.blend(k, im, re), g.set(1)
	q := g.div(less, more)
	r := g.blend(k, one, q)
	g.putOdd(r, g.negated(g.blend(k, q, one)), odd)
	return g.div(r, g.add(more, g.mul(less, q)))
}

// oddLanes returns, with AVX-512, a mask of the second lanes of the pairs.
func (g *gen) oddLanes(s, w int) op {
	if w < 64 {
		return nil
	}
	r, k := g.GP32(), g.K()
	g.MOVL(operand.U32(0xaaaa), r)
	g.KMOVW(r, k)
	return k
}

// dividePairs is Smith's algorithm with the parts of x and y in the order that the
// greater part of y demands. Zeros are for the Go loop.
func (g *gen) dividePairs(x, y vec) vec {
	re, im := g.reals(y), g.imags(y)
	k := g.where(g.abs(re), isAtLeast, g.abs(im))
	more, less := g.blend(k, re, im), g.blend(k, im, re)
	g.bailIf(g.where(more, isEqual, 0.0))
	rat := g.div(less, more)
	scale := g.div(g.set(1), g.add(more, g.mul(less, rat)))
	turned := g.exchanged(x)
	a, b := g.blend(k, x, turned), g.mul(g.blend(k, turned, x), rat)
	// The sum is the real part; the imaginary one is a - b, or b - a.
	signs := g.fresh()
	g.VMOVUPS(g.bytesAt(fmt.Sprintf("%sOddSigns%d", g.family, g.size), 64, func(i int) int {
		return map[bool]int{true: 0x80}[i%(2*g.size) == 2*g.size-1]
	}), signs)
	ofB := g.blend(k, signs, g.none())
	b, a = g.arg2("VXOR", b, ofB), g.arg2("VXOR", a, g.arg2("VXOR", signs, ofB))
	return g.mul(g.add(a, b), scale)
}

// complexSign returns both parts over the magnitude, by the steps of the Go loop.
func (g *gen) complexSign(float32s bool) func(z []vec) []vec {
	return func(z []vec) []vec {
		x, y := z[0], z[1]
		g.bailNaN(x, y)
		var m vec
		if float32s { // whose squares float64 holds exactly
			r := g.fresh()
			g.VSQRTPD(g.fma(x, x, g.mul(y, y)), r)
			m = g.stepTo(r, true)
			g.bailIf(g.where(m, isEqual, math.Inf(1)))
		} else {
			less, more := g.minMax(g.abs(x), g.abs(y))
			g.bailUnless(more, isLess, 0x1p500)
			g.bailSmall(less, 0x1p-449)
			p, q, r := g.square(more), g.square(less), g.fresh()
			s := g.fastTwoSum(p.hi, q.hi)
			g.VSQRTPD(s.hi, r)
			m = g.add(r, g.div(g.add(g.fnma(r, r, s.hi), g.add(g.add(s.lo, p.lo), q.lo)), g.add(r, r)))
			g.put(m, more, g.where(less, isEqual, 0.0))
		}
		re, im, zero := g.div(x, m), g.div(y, m), g.where(m, isEqual, 0.0)
		g.put(re, g.none(), zero)
		g.put(im, g.none(), zero)
		return []vec{re, im}
	}
}
