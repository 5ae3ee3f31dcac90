package main

import (
	"math"
	"slices"
	"strings"
)

// complexMath writes the elementary functions of complex numbers that are frequent. Those
// of complex64 are computed in float64.
func complexMath(g *gen) {
	exps := []heldTable{{"tableExp", tableExp[:]}, {"tableExpLow", tableExpLow[:]}}
	logs := slices.Concat(baseE.tables(), arctanTables())
	for _, s := range []int{8, 4} {
		for _, f := range []function{
			{op: "Sqrt", f: g.complexSqrt},
			{op: "Exp", f: g.complexExp, tables: exps},
			{op: "Sinh", f: g.complexSinh, tables: exps}, {op: "Cosh", f: g.complexCosh, tables: exps}, {op: "Tanh", f: g.complexTanh, tables: exps},
			{op: "Sin", f: ofTurned(g.complexSinh), tables: exps}, {op: "Cos", f: g.complexCos, tables: exps}, {op: "Tan", f: ofTurned(g.complexTanh), tables: exps},
			{op: "Exp2", f: g.complexExp2, tables: exps},
			{op: "Log2", f: g.complexLogTo(base2), tables: logs}, {op: "Log10", f: g.complexLogTo(base10), tables: logs}, {op: "Log1p", f: g.complexLog1p, tables: logs},
			{op: "Log", f: g.complexLog, tables: logs},
			{op: "Arcsin", f: g.complexArc(false), tables: logs}, {op: "Arccos", f: g.complexArc(true), tables: logs},
			{op: "Arcsinh", f: ofTurned(g.complexArc(false)), tables: logs}, {op: "Arccosh", f: g.complexArccosh, tables: logs},
			{op: "Arctan", f: ofTurned(g.complexArctanh), tables: logs}, {op: "Arctanh", f: g.complexArctanh, tables: logs},
		} {
			f.doc, f.size, f.wide, f.inputs, f.parts, f.bails, f.once = "dst[i] = elementary.Complex"+f.op+"(a[i])", s, s == 4, 1, true, true, true
			g.short = s == 4 && (strings.HasPrefix(f.op, "Arc") || f.op == "Log1p")
			g.writeBoth(f)
			g.short = false
		}
		unsure := map[int]float64{8: 0x1p-8, 4: 0x1p-34}[s]
		g.writeBoth(function{op: "Power", doc: "dst[i] = powComplex(a[i], b[i])", size: s, wide: s == 4, inputs: 2, parts: true, bails: true, once: true, tables: slices.Concat(baseE.tables(), exps), f: g.complexPower(unsure, s == 4)})
	}
	g.writeBoth(function{op: "Expm1", doc: "dst[i] = elementary.ComplexExpm1(a[i])", size: 4, wide: true, inputs: 1, parts: true, bails: true, once: true, tables: exps, f: g.complexExpm1})
	for _, level := range []string{"AVX512", "AVX2"} {
		g.row("{level: Level%s, op: FloatPower, kind: kC128, binaryBail: powerC128%s, inexact: true}", level, level)
	}
}

// complexSqrt returns t = √((|x|+|z|)/2) and |y|/2t, exchanged for a negative x.
func (g *gen) complexSqrt(z []vec) []vec {
	x, y := z[0], z[1]
	d := g.root(g.norm(x, y))
	u := g.fastTwoSum(d.hi, g.abs(x))
	t := g.root(pair{g.mul(u.hi, 0.5), g.mul(g.add(u.lo, d.lo), 0.5)})
	h := g.abs(y)
	g.bailSmall(h, 0x1p-500)
	h = g.mul(h, 0.5)
	q := g.div(h, t.hi)
	q = g.fma(g.fnma(q, t.lo, g.fnma(q, t.hi, h)), g.reciprocal(t.hi), q)
	zero := g.where(d.hi, isEqual, 0.0)
	g.putNumber(q, 0, zero)
	r := g.add(t.hi, t.lo)
	left := g.where(x, isLess, 0.0)
	return []vec{g.blend(left, q, r), g.withSign(g.blend(left, r, q), y)}
}

// complexExp returns e**x times the cosine and the sine of y.
func (g *gen) complexExp(z []vec) []vec {
	x, y := z[0], z[1]
	g.bailUnless(g.abs(x), isLess, math.Inf(1))
	e, n := g.powerPair(x, false)
	e, n = g.fastTwoSum(e.hi, e.lo), g.rounded(n, toFloor)
	s, c, ofSin, ofCos := g.circle(y, nil)
	return []vec{g.flip(g.scaled(e, c, n), ofCos), g.flip(g.scaled(e, s, n), ofSin)}
}

// complexExp2 is complexExp of the product with log(2); that of a real number is rounded, as
// NumPy's is.
func (g *gen) complexExp2(z []vec) []vec {
	x, y := z[0], z[1]
	g.bailUnless(g.abs(x), isLess, 3000)
	p, phi := pair{hi: x}.by(g, g.set(math.Ln2)), pair{hi: y}.by(g, g.set(math.Ln2))
	whole := g.where(y, isEqual, 0.0)
	low := g.fma(x, ln2Low, p.lo)
	g.put(low, g.none(), whole)
	e, n := g.powerPair(p.hi, false)
	e, n = g.fastTwoSum(e.hi, g.fma(e.hi, low, e.lo)), g.rounded(n, toFloor)
	low = g.fma(y, ln2Low, phi.lo)
	s, c, ofSin, ofCos := g.circle(phi.hi, &low)
	im := g.flip(g.scaled(e, s, n), ofSin)
	g.put(im, y, whole)
	return []vec{g.flip(g.scaled(e, c, n), ofCos), im}
}

// complexExpm1 returns (e**x - 1) - 2s²e**x and 2sc e**x for the sine and the cosine of y/2, of
// complex64: the difference needs the bits that complex128 has not to spare.
func (g *gen) complexExpm1(z []vec) []vec {
	x, y := z[0], z[1]
	g.bailUnless(x, isLess, 600)
	g.bailUnless(x, isAtLeast, -40)
	e, n := g.powerPair(x, false)
	n = g.rounded(n, toFloor)
	e = g.fastTwoSum(e.hi, e.lo).each(func(v vec) vec { return g.scaleBy(v, n) })
	m := e.added(g, pair{hi: g.set(-1)})
	few := g.where(g.abs(x), isLess, 0.02)
	g.put(m.hi, x, few)
	g.put(m.lo, g.mul(g.mul(x, x), g.poly(x, polyExp)), few)
	s, c, ofSin, ofCos := g.circle(g.mul(y, 0.5), nil)
	twice := s.each(func(v vec) vec { return g.add(v, v) })
	t := g.product(g.product(s, twice), e)
	re := m.added(g, t.each(g.negated))
	r := g.add(re.hi, re.lo)
	_, more := g.minMax(g.abs(m.hi), t.hi)
	g.bailIf(g.where(g.abs(r), isLess, g.mul(more, 0x1p-26)))
	g.put(r, g.withSign(g.abs(r), x), g.where(y, isEqual, 0.0))
	im := g.product(g.product(twice, c), e)
	return []vec{r, g.flip(g.flip(g.add(im.hi, im.lo), ofSin), ofCos)}
}

// complexLog returns half of log(|z|²), and the angle.
func (g *gen) complexLog(z []vec) []vec {
	x, y := z[0], z[1]
	im := g.arctan2(y, x) // first: that takes most registers
	n := g.norm(x, y)
	g.bailUnless(g.abs(g.sub(n.hi, 1)), isAtLeast, 0x1p-40) // what a pair leaves out decides
	l := g.logOfNorm(n)
	return []vec{g.add(l.hi, l.lo), im}
}
