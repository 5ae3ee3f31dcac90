package main

import (
	"slices"
	"strings"
)

// mathFunctions writes the elementary functions.
func mathFunctions(g *gen) {
	exps := []heldTable{{"tableExp", tableExp[:]}, {"tableExpLow", tableExpLow[:]}}
	for _, f := range []struct {
		op     string
		f      func(vec) vec
		bails  bool
		tables []heldTable
	}{
		{"Exp", g.exp, false, exps}, {"Exp2", g.exp2, false, exps}, {"Expm1", g.expm1, false, exps},
		{"Log", g.log(baseE), false, baseE.tables()}, {"Log2", g.log(base2), false, base2.tables()},
		{"Log10", g.log(base10), false, base10.tables()}, {"Log1p", g.log1p, false, baseE.tables()},
		{"Sinh", g.sinh, false, exps}, {"Cosh", g.cosh, false, exps}, {"Tanh", g.tanh, false, []heldTable{{"tableTanh", tableTanh[:]}, {"tableTanhRest", tableTanhRest[:]}}},
		{"Sin", g.sinCos(false), true, nil}, {"Cos", g.sinCos(true), true, nil}, {"Tan", g.tan, true, nil},
		{"Arctan", g.arctan, false, arctanTables()}, {"Cbrt", g.cbrt, false, nil},
		{"Arcsinh", g.arcsinh, false, baseE.tables()}, {"Arccosh", g.arccosh, false, baseE.tables()}, {"Arctanh", g.arctanh, false, baseE.tables()},
		{"Arcsin", g.arcsin, false, nil}, {"Arccos", g.arccos, false, nil},
	} {
		g.write(function{op: f.op, size: 8, inputs: 1, bails: f.bails, tables: f.tables, f: of1(f.f)}, 64)
		g.write(function{op: f.op, size: 8, inputs: 1, bails: f.bails, f: of1(f.f)}, 32)
	}
	for _, f := range []struct {
		op     string
		f      func(x, y vec) vec
		tables []heldTable
	}{{"Power", g.power, slices.Concat(baseE.tables(), exps)}, {"Hypot", g.hypot, nil}, {"Arctan2", g.arctan2, arctanTables()}} {
		g.write(function{op: f.op, size: 8, inputs: 2, bails: true, tables: f.tables, f: of2(f.f)}, 64)
		g.write(function{op: f.op, size: 8, inputs: 2, bails: true, f: of2(f.f)}, 32)
	}
	for _, level := range []string{"AVX512", "AVX2"} {
		g.row("{level: Level%s, op: FloatPower, kind: kF64, binaryBail: powerF64%s, inexact: true}", level, level)
	}

	for _, f := range []struct {
		op     string
		f      func(vec) vec
		bails  bool
		tables []heldTable
	}{
		{"Exp", g.exp32, false, nil}, {"Exp2", g.exp232, false, nil}, {"Expm1", g.expm132, false, nil}, {"Log", g.by(g.log32, g.logByPoint(pointsE)), false, pointsE.tables()},
		{"Log2", g.by(g.logTo32(base2By32), g.logByPoint(points2)), false, points2.tables()},
		{"Log10", g.by(g.logTo32(base10By32), g.logByPoint(points10)), false, points10.tables()},
		{"Log1p", g.by(g.log1p32, g.log1pByPoint), false, pointsE.tables()},
		{"Arctan", g.by(g.arctan32, g.arctanByTurn), false, turnTables()}, {"Arcsin", g.arcsin, false, nil}, {"Arccos", g.arccos, false, nil},
		{"Sinh", g.by(g.sinh, g.sinhByPoint), false, powerPartTables()}, {"Cosh", g.by(g.cosh, g.coshByPoint), false, powerPartTables()},
		{"Tanh", g.tanh32, false, tanhTables()},
		{"Sin", g.sinCos32(false), true, nil}, {"Cos", g.sinCos32(true), true, nil}, {"Tan", g.by(g.tan, g.tan32), true, nil},
	} {
		g.write(function{op: f.op, size: 4, inputs: 1, bails: f.bails, f: of1(f.f)}, 32)
		g.write(function{op: f.op, size: 4, inputs: 1, bails: f.bails, tables: f.tables, f: of1(f.f)}, 64)
	}
	for _, width := range []int{32, 64} {
		var tables []heldTable
		if width == 64 {
			tables = powerTables()
		}
		g.write(function{op: "Power", size: 4, inputs: 2, bails: true, tables: tables, f: of2(g.power32)}, width)
	}
	for _, width := range []int{32, 64} {
		g.write(function{op: "Arctan2", size: 4, inputs: 2, bails: true, f: of2(g.arctan232)}, width)
	}
	g.write(function{op: "Cbrt", size: 4, inputs: 1, f: of1(g.cbrt)}, 32)
	g.write(function{op: "Cbrt", size: 4, inputs: 1, tables: []heldTable{{"tableCbrt", tableCbrt[:]}, {"tableCbrtCube", tableCbrtCube[:]}}, f: of1(g.cbrt32)}, 64)
	for _, f := range []function{
		{op: "Arcsinh", f: of1(g.by(g.arcsinh, g.arcsinhByPoint))}, {op: "Arccosh", f: of1(g.by(g.arccosh, g.arccoshByPoint))},
		{op: "Arctanh", f: of1(g.by(g.arctanh, g.arctanhByPoint))},
	} {
		f.size, f.inputs = 4, 1
		g.write(f, 32)
		f.tables = pointsTwice.tables()
		g.write(f, 64)
	}
	logs := slices.Concat(baseE.tables(), exps)
	for _, op := range []string{"Logaddexp", "Logaddexp2"} {
		base2 := op == "Logaddexp2"
		for _, s := range []int{8, 4} {
			g.writeBoth(function{op: op, doc: "dst[i] = " + strings.ToLower(op) + "(a[i], b[i])", size: s, wide: s == 4, inputs: 2, bails: s == 8, tables: logs, f: of2(g.addedLogs(base2, s == 4))})
		}
	}
	g.writeBoth(function{op: "Hypot", size: 4, wide: true, inputs: 2, f: of2(g.shortHypot)})
}

// by returns a function that is written one way for AVX2, another for AVX-512.
func (g *gen) by(narrow, wide func(vec) vec) func(vec) vec {
	return func(x vec) vec {
		if g.width < 64 {
			return narrow(x)
		}
		return wide(x)
	}
}

// tables returns those of the logarithms to the base.
func (b base) tables() []heldTable {
	return []heldTable{{"tableLog" + b.name, b.table[:]}, {"tableLogLow" + b.name, b.low[:]}}
}
