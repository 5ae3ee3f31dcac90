package main

import (
	"math"
	"slices"
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
			{op: "Log2", f: g.complexLogTo(base2), tables: logs}, {op: "Log10", f: g.complexLogTo(base10), tables: logs}, {op: "Log1p", f: g.complexLog1p, tables: logs},
			{op: "Log", f: g.complexLog, tables: logs},
			{op: "Arcsin", f: g.complexArc(false), tables: logs, once: true}, {op: "Arccos", f: g.complexArc(true), tables: logs, once: true},
			{op: "Arcsinh", f: ofTurned(g.complexArc(false)), tables: logs, once: true}, {op: "Arccosh", f: g.complexArccosh, tables: logs, once: true},
			{op: "Arctan", f: ofTurned(g.complexArctanh), tables: logs, once: true}, {op: "Arctanh", f: g.complexArctanh, tables: logs, once: true},
		} {
			f.doc, f.size, f.wide, f.inputs, f.parts, f.bails = "dst[i] = elementary.Complex"+f.op+"(a[i])", s, s == 4, 1, true, true
			g.short = f.once && s == 4
			g.write(f, 64)
			g.short, f.tables = false, nil
			if f.op == "Sqrt" || f.op == "Exp" || f.op == "Log" { // the others need more registers than AVX2 has
				g.write(f, 32)
			}
		}
		unsure := map[int]float64{8: 0x1p-8, 4: 0x1p-34}[s]
		g.write(function{op: "Power", doc: "dst[i] = powComplex(a[i], b[i])", size: s, wide: s == 4, inputs: 2, parts: true, bails: true, tables: slices.Concat(baseE.tables(), exps), f: g.complexPower(unsure)}, 64)
	}
	g.row("{level: LevelAVX512, op: FloatPower, kind: kC128, binaryBail: powerC128AVX512, inexact: true}")
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

// complexLog returns half of log(|z|²), and the angle.
func (g *gen) complexLog(z []vec) []vec {
	x, y := z[0], z[1]
	im := g.arctan2(y, x) // first, for which AVX2 has just enough registers
	n := g.norm(x, y)
	g.bailUnless(g.abs(g.sub(n.hi, 1)), isAtLeast, 0x1p-40) // what a pair leaves out decides
	l := g.logOfNorm(n)
	return []vec{g.add(l.hi, l.lo), im}
}
