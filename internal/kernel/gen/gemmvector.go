package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// vector writes the two ways to multiply a matrix and a vector, each as memory
// likes it: rows times a column (dots), and a row times rows (sums).
func vector(g *gen) {
	for _, w := range widths {
		for _, t := range itemsAt(w) {
			some := 4 / t.parts()
			fmt.Fprintf(&g.tables, "\nvar lines%s%s = lineTable{\ndots: []dotRows{", t.name, levelName[w])
			for _, rows := range []int{2 * some, some, 1} {
				if rows <= some || w == 64 { // 16 accumulators of 32 registers
					fmt.Fprintf(&g.tables, "{%d, %s},", rows, g.dots(t, w, rows, chainsOf(t, w, rows), false))
				}
			}
			g.tables.WriteString("},\nsums: []sumRows{")
			for _, rows := range []int{2 * some, some, 1} {
				fmt.Fprintf(&g.tables, "{%d, %s},", rows, g.sums(t, w, rows))
			}
			fmt.Fprintf(&g.tables, "},\nsome: %d,\n", some)
			if of := chainsOf(t, w, some); of == chainsOf(t, w, 1) {
				fmt.Fprintf(&g.tables, "alone: dots1%s%s,\n", t.name, levelName[w])
			} else {
				fmt.Fprintf(&g.tables, "alone: %s,\n", g.dots(t, w, 1, of, false))
			}
			if t.complex {
				fmt.Fprintf(&g.tables, "conjugated: %s,\n", g.dots(t, w, 1, chainsOf(t, w, 1), true))
			} else {
				g.tables.WriteString("short: [5]shortLine{")
				for _, k := range shortRows {
					fmt.Fprintf(&g.tables, "%d: %s,", k, g.shortDots(t, w, k))
				}
				g.tables.WriteString("},\n")
				pairs, rows := g.pairDots(t, w)
				fmt.Fprintf(&g.tables, "pairs: %s,\npairRows: %d,\n", pairs, rows)
			}
			g.tables.WriteString("}\n")
		}
	}
}

// chainsOf is the number of chains of sums of a row, each of every so many-th vector, where
// some rows are multiplied at a time.
func chainsOf(t item, w, rows int) int {
	if rows > 1 || t.complex && w == 32 {
		return 2
	}
	return 4
}

// dots writes inner products of rows with one vector. Rows of as many chains have the same
// results however many they are. A complex
// product is the sum of x·y, lane by lane, whose second lanes are subtracted from
// the first, and of x times y exchanged. With conjugate the second lanes are added,
// and those of the other sum subtracted.
func (g *gen) dots(t item, w, rows, chains int, conjugate bool) string {
	name, of := fmt.Sprintf("dots%d%s%s", rows, t.name, levelName[w]), "A[i,p]"
	switch {
	case conjugate:
		name, of = "conjugated"+t.name+levelName[w], "conj(A[i,p])"
	case chains != chainsOf(t, w, rows):
		name = fmt.Sprintf("dots%dOf%d%s%s", rows, chains, t.name, levelName[w])
	}
	some := "a multiple of " + fmt.Sprint(rows)
	if rows == 1 {
		some = "not 0"
	}
	g.begin(name, "func(dst, a, x unsafe.Pointer, n, ars, m int)",
		fmt.Sprintf("computes, for i < m, %s,\n\n\tdst[i] = Σ %s·x[p], p < n", some, of))
	dst, group, ars, m := g.arg("dst"), g.arg("a"), g.arg("ars"), g.arg("m")
	a, lanes := g.GP64(), w/t.size()
	at := g.rowAddresses(a, ars, rows)
	next := func() {
		g.LEAQ(mem{Base: group, Index: ars, Scale: uint8(rows)}, group)
		g.ADDQ(operand.U8(uint64(rows*t.size())), dst)
	}
	whole := func(m mem, r op) { g.do("VMOVUP"+t.letter(), m, r) }
	inLanes := !t.complex && rows > 1
	var fold func(v []reg.VecVirtual)
	if inLanes {
		if w == 64 && rows*t.s == 32 { // half a vector holds the results
			g.dotsFew(t, 32, rows, group, a, m, at, g.foldRows(t, 32, rows, dst), next)
		}
		fold = g.foldRows(t, w, rows, dst)
		g.dotsFew(t, w, rows, group, a, m, at, fold, next)
	}
	g.turns(m, rows, func() {
		x, n := g.arg("x"), g.arg("n")
		g.MOVQ(group, a)
		// acc[i][part][chain]
		acc := make([][][]reg.VecVirtual, rows)
		for i := range acc {
			for range t.parts() {
				var s []reg.VecVirtual
				for range chains {
					s = append(s, g.zero(w))
				}
				acc[i] = append(acc[i], s)
			}
		}
		y, z, turned := g.vec(w), g.vec(w), reg.VecVirtual(nil)
		if t.complex {
			turned = g.vec(w)
		}
		add := func(chain int, from func(m mem, r op)) {
			off := chain * w
			from(mem{Base: x, Disp: off}, y)
			if t.complex {
				g.do("VPERMILP"+t.letter(), t.swapped(), y, turned)
			}
			for i := range rows {
				m := at[i]
				m.Disp += off
				from(m, z)
				g.multiplyAdd(t, w, y, z, acc[i][0][chain])
				if t.complex {
					g.do("VFMADD231P"+t.letter(), turned, z, acc[i][1][chain])
				}
			}
		}
		for _, chains := range []int{chains, 1} {
			g.turns(n, chains*lanes, func() {
				for c := range chains {
					add(c, whole)
				}
				g.ADDQ(operand.U32(uint64(chains*w)), a)
				g.ADDQ(operand.U32(uint64(chains*w)), x)
			})
		}
		none := g.label("none")
		g.TESTQ(n, n)
		g.jump("JEQ", none)
		if t.complex {
			g.ADDQ(n, n)
		}
		edge := g.tail(t, w, n)
		add(0, edge.load)
		g.Label(none)

		var first []reg.VecVirtual // parts of the first row, then of the others
		for i := range rows {
			for _, s := range acc[i] {
				for step := len(s) / 2; step > 0; step /= 2 {
					for c := range step {
						g.do(t.sum(), s[c+step], s[c], s[c])
					}
				}
				first = append(first, s[0])
			}
		}
		if inLanes {
			fold(first)
		} else {
			for i := range rows {
				var half []reg.VecVirtual
				for _, v := range first[i*t.parts():][:t.parts()] {
					half = append(half, g.fold16(t, w, v))
				}
				g.last(t, conjugate, half, mem{Base: dst, Disp: i * t.size()})
			}
		}
		next()
	})
	g.end()
	return name
}

// dotsFew is the rest of dots where rows have no more items than a vector: x stays in
// one.
func (g *gen) dotsFew(t item, w, rows int, group, a, m reg.GPVirtual, at []mem, fold func(v []reg.VecVirtual), next func()) {
	many, n := g.label("many"), g.arg("n")
	g.CMPQ(n, operand.U8(uint64(w/t.s)))
	g.jump("JGT", many)
	x, zero := g.vec(w), g.zero(w)
	edge := g.tail(t, w, n)
	edge.load(mem{Base: g.arg("x")}, x)
	g.turns(m, rows, func() {
		g.MOVQ(group, a)
		v := make([]reg.VecVirtual, rows)
		for i := range v {
			v[i] = g.vec(w)
			edge.load(at[i], v[i])
			g.weighted(t, v[i], x, zero)
		}
		fold(v)
		next()
	})
	g.end()
	g.Label(many)
}

// fold16 adds a vector to one of 16 bytes.
func (g *gen) fold16(t item, w int, v reg.VecVirtual) reg.VecVirtual {
	if w == 64 {
		h := g.YMM()
		g.VEXTRACTF64X4(operand.U8(1), v, h)
		g.do(t.sum(), h, v.AsY(), h)
		v = g.YMM()
		g.VMOVUPD(h, v)
	}
	h := g.XMM()
	g.VEXTRACTF128(operand.U8(1), v, h)
	g.do(t.sum(), h, v.AsX(), h)
	return h
}

// last adds what is left in 16 bytes to one item and stores it.
func (g *gen) last(t item, conjugate bool, v []reg.VecVirtual, m mem) {
	x := v[0]
	first, second := "VHSUB", "VHADD"
	if conjugate {
		first, second = second, first
	}
	switch {
	case t.integer && t.s == 8:
		y := g.XMM()
		g.VPUNPCKHQDQ(x, x, y)
		g.VPADDQ(y, x, x)
		g.VMOVQ(x, m)
	case t.integer:
		g.VPHADDD(x, x, x)
		g.VPHADDD(x, x, x)
		g.VMOVD(x, m)
	case !t.complex && t.s == 8:
		y := g.XMM()
		g.VUNPCKHPD(x, x, y)
		g.VADDSD(y, x, x)
		g.VMOVSD(x, m)
	case !t.complex:
		g.VHADDPS(x, x, x)
		g.VHADDPS(x, x, x)
		g.VMOVSS(x, m)
	case t.s == 8: // [rr, ii] and [ri, ir]
		y := g.XMM()
		g.do(first+"PD", x, x, x)
		g.do(second+"PD", v[1], v[1], y)
		g.VMOVSD(x, m)
		g.VMOVSD(y, m.Offset(8))
	default:
		y := g.XMM()
		g.VMOVHLPS(x, x, y)
		g.VADDPS(y, x, x)
		g.do(first+"PS", x, x, x)
		g.do(second+"PS", v[1], v[1], y)
		g.VHADDPS(y, y, y)
		g.VMOVSS(x, m)
		g.VMOVSS(y, m.Offset(4))
	}
}

// sums writes a short row times rows, item by item in the order of the rows.
func (g *gen) sums(t item, w int, rows int) string {
	name := fmt.Sprintf("sums%d%s%s", rows, t.name, levelName[w])
	g.begin(name, "func(y, x, b unsafe.Pointer, n, xs, brs, add int)",
		fmt.Sprintf("computes, for j < n,\n\n\ty[j] = add·y[j] + Σ x[i]·B[i,j], i < %d", rows))
	y, x, b, n, xs, brs := g.arg("y"), g.arg("x"), g.arg("b"), g.arg("n"), g.arg("xs"), g.arg("brs")
	from, at := g.rowAddresses(x, xs, rows), g.rowAddresses(b, brs, rows)
	f := make([]reg.VecVirtual, rows*t.parts())
	for i := range f {
		f[i] = g.vec(w)
		m := from[i/t.parts()]
		m.Disp += i % t.parts() * t.s
		g.do("VBROADCASTS"+t.letter(), m, f[i])
	}
	var one reg.VecVirtual
	if t.complex && w == 64 {
		one = g.ones(t)
	}
	z := g.vec(w)
	// Complex rows are summed apart from y, which is added last.
	body := func(unroll int, load func(m mem, r op), store func(r op, m mem), with func(m mem, r, scratch op), more bool) {
		sum := make([][]reg.VecVirtual, t.parts())
		for q := range unroll {
			for p := range sum {
				sum[p] = append(sum[p], g.vec(w))
			}
			for i := range rows {
				m := at[i]
				m.Disp += q * w
				load(m, z)
				for p := range sum {
					if i == 0 {
						g.do(t.product(), z, f[p], sum[p][q])
					} else {
						g.multiplyAdd(t, w, z, f[i*t.parts()+p], sum[p][q])
					}
				}
			}
			if t.complex {
				g.addI(t, w, sum[1][q], sum[0][q], one)
			}
			if more {
				with(mem{Base: y, Disp: q * w}, sum[0][q], z)
			}
			store(sum[0][q], mem{Base: y, Disp: q * w})
		}
	}
	whole := func(m mem, r op) { g.do("VMOVUP"+t.letter(), m, r) }
	keep := func(r op, m mem) { g.do("VMOVUP"+t.letter(), r, m) }
	with := func(m mem, r, scratch op) { g.do(t.sum(), m, r, r) }
	lanes := w / t.size()
	first, end := g.label("first"), g.label("end")
	add := g.arg("add")
	g.TESTQ(add, add)
	g.jump("JEQ", first)
	for _, more := range []bool{true, false} {
		for _, unroll := range []int{2, 1} {
			g.turns(n, unroll*lanes, func() {
				body(unroll, whole, keep, with, more)
				g.ADDQ(operand.U32(uint64(unroll*w)), b)
				g.ADDQ(operand.U32(uint64(unroll*w)), y)
			})
		}
		g.TESTQ(n, n)
		g.jump("JEQ", end)
		if t.complex {
			g.ADDQ(n, n)
		}
		edge := g.tail(t, w, n)
		body(1, edge.load, edge.store, edge.add, more)
		if more {
			g.jump("JMP", end)
			g.Label(first)
		}
	}
	g.Label(end)
	g.end()
	return name
}
