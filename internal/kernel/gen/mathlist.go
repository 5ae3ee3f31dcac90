package main

import "slices"

// wideOnly are the functions that are written for AVX-512 alone: AVX2 has no
// instruction for their steps, or too few registers.
var wideOnly = []string{"Cbrt", "Arctanh"}

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
		{"Sinh", g.sinh, false, exps}, {"Cosh", g.cosh, false, exps}, {"Tanh", g.tanh, false, exps},
		{"Sin", g.sinCos(false), true, nil}, {"Cos", g.sinCos(true), true, nil}, {"Tan", g.tan, true, nil},
		{"Arctan", g.arctan, false, arctanTables()}, {"Cbrt", g.cbrt, false, nil},
		{"Arcsinh", g.arcsinh, false, baseE.tables()}, {"Arccosh", g.arccosh, false, baseE.tables()}, {"Arctanh", g.arctanh, false, baseE.tables()},
		{"Arcsin", g.arcsin, false, nil}, {"Arccos", g.arccos, false, nil},
	} {
		g.write(function{op: f.op, size: 8, inputs: 1, bails: f.bails, tables: f.tables, f: of1(f.f)}, 64)
		if !slices.Contains(wideOnly, f.op) {
			g.write(function{op: f.op, size: 8, inputs: 1, bails: f.bails, f: of1(f.f)}, 32)
		}
	}
	for _, f := range []struct {
		op     string
		f      func(x, y vec) vec
		tables []heldTable
	}{{"Power", g.power, slices.Concat(baseE.tables(), exps)}, {"Hypot", g.hypot, nil}, {"Arctan2", g.arctan2, arctanTables()}} {
		g.write(function{op: f.op, size: 8, inputs: 2, bails: true, tables: f.tables, f: of2(f.f)}, 64)
	}

	exp32s := powerTables()[2:]
	for _, f := range []struct {
		op     string
		f      func(vec) vec
		bails  bool
		tables []heldTable
	}{
		{"Exp", g.exp32, false, nil}, {"Exp2", g.exp232, false, nil}, {"Expm1", g.expm132, false, nil}, {"Log", g.log32, false, nil},
		{"Log2", g.logTo32(base2By32), false, nil}, {"Log10", g.logTo32(base10By32), false, nil}, {"Log1p", g.log1p32, false, nil},
		{"Arctan", g.arctan32, false, nil}, {"Arcsin", g.arcsin, false, nil}, {"Arccos", g.arccos, false, nil},
		{"Sinh", g.sinh, false, exp32s}, {"Cosh", g.cosh, false, exp32s}, {"Tanh", g.tanh32, false, tanhTables()},
		{"Sin", g.sinCos32(false), true, nil}, {"Cos", g.sinCos32(true), true, nil}, {"Tan", g.tan, true, nil},
	} {
		for _, width := range []int{32, 64} {
			if width == 32 { // too few registers
				f.tables = nil
			}
			g.write(function{op: f.op, size: 4, inputs: 1, bails: f.bails, tables: f.tables, f: of1(f.f)}, width)
		}
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
	g.write(function{op: "Cbrt", size: 4, inputs: 1, f: of1(g.cbrt)}, 64)
	for _, f := range []function{
		{op: "Arcsinh", f: of1(g.arcsinh)}, {op: "Arccosh", f: of1(g.arccosh)}, {op: "Arctanh", f: of1(g.arctanh)},
	} {
		f.size, f.inputs = 4, 1
		if !slices.Contains(wideOnly, f.op) {
			g.write(f, 32)
		}
		f.tables = powerTables()[:2]
		g.write(f, 64)
	}
	g.widened(function{op: "Hypot", size: 4, inputs: 2, bails: true, f: of2(g.shortHypot)})
}

// tables returns those of the logarithms to the base.
func (b base) tables() []heldTable {
	return []heldTable{{"tableLog" + b.name, b.table[:]}, {"tableLogLow" + b.name, b.low[:]}}
}
