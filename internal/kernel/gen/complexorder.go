package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// complexOrder writes the loops in which complex numbers are compared. Their order is that
// of the real parts and, where those are equal, of the imaginary ones. With a NaN in any
// part there is none.
func complexOrder(g *gen) {
	for _, s := range []int{4, 8} {
		g.orderPairs(s)
		g.comparePairs(s)
		for _, name := range []string{"max", "min"} {
			for _, w := range []int{64, 32} {
				g.lane(s, w, func() { g.argPairs(name) })
			}
		}
	}
}

// before returns a mask of the pairs of lanes in which x stands before y by imm, isLess or
// isAtMost, which is given their parts.
func (g *gen) before(imm uint64, xr, xi, yr, yi vec) op {
	first := g.among(g.where(xr, isLess, yr), xi, isNumber, yi)
	return g.either(first, g.among(g.where(xr, isEqual, yr), xi, imm, yi))
}

// among is where for the lanes in k; the others are not in the mask.
func (g *gen) among(k op, a vec, imm uint64, b vec) op {
	if g.width < 64 {
		return g.both(k, g.where(a, imm, b))
	}
	r := g.K()
	g.do(g.ps("VCMP"), operand.U8(imm), b, a, k, r)
	return r
}

// orderPairs writes maximum, minimum, fmax, fmin and clip, where parts stand in both lanes
// of each pair.
func (g *gen) orderPairs(s int) {
	for _, o := range []struct{ op, ignore, sign string }{{"Maximum", "Fmax", ">="}, {"Minimum", "Fmin", "<="}} {
		for i, name := range []string{o.op, o.ignore} {
			g.pairwise(map[string]string{"Maximum": "maximum", "Minimum": "minimum", "Fmax": "fmax", "Fmin": "fmin"}[name], name,
				"dst[i] = b[i]; if a[i] "+o.sign+" b[i] || isnan("+inputNames[i]+"[i]) { dst[i] = a[i] } // complex", s, 2, 1, nil,
				of2(func(x, y vec) vec {
					xr, xi, yr, yi := g.reals(x), g.imags(x), g.reals(y), g.imags(y)
					var first, nan op
					if o.op == "Maximum" {
						first = g.before(isAtMost, yr, yi, xr, xi)
					} else {
						first = g.before(isAtMost, xr, xi, yr, yi)
					}
					if i == 0 {
						nan = g.where(xr, isNaN, xi)
					} else {
						nan = g.where(yr, isNaN, yi)
					}
					return g.blend(g.either(first, nan), x, y)
				}))
		}
	}
	g.pairwise("clip", "Clip", "dst[i] = a[i] between b[i] and c[i] // complex", s, 3, 1, nil, func(in []vec) []vec {
		x := in[0]
		for i, limit := range in[1:] {
			xr, xi, lr, li := g.reals(x), g.imags(x), g.reals(limit), g.imags(limit)
			var beyond op
			if i == 0 {
				beyond = g.before(isLess, xr, xi, lr, li)
			} else {
				beyond = g.before(isLess, lr, li, xr, xi)
			}
			x = g.blend(g.either(beyond, g.among(g.where(xr, isNumber, xi), lr, isNaN, li)), limit, x)
		}
		return []vec{x}
	})
}

// comparePairs writes the comparisons.
func (g *gen) comparePairs(s int) {
	kind := complexKinds[s]
	for _, o := range []struct {
		name, sign string
		hits       func(in []vec) op // of real and imaginary parts of a and b
		uses       []use
	}{
		{"equal", "==", func(v []vec) op {
			return g.among(g.where(v[0], isEqual, v[2]), v[1], isEqual, v[3])
		}, uses1("Equal", kind)},
		{"notEqual", "!=", func(v []vec) op {
			return g.either(g.where(v[0], isNotZero, v[2]), g.where(v[1], isNotZero, v[3]))
		}, uses1("NotEqual", kind)},
		{"less", "<", func(v []vec) op { return g.before(isLess, v[0], v[1], v[2], v[3]) },
			[]use{{op: "Less", kind: kind}, {op: "Greater", kind: kind, form: ", swap: true"}}},
		{"lessEqual", "<=", func(v []vec) op { return g.before(isAtMost, v[0], v[1], v[2], v[3]) },
			[]use{{op: "LessEqual", kind: kind}, {op: "GreaterEqual", kind: kind, form: ", swap: true"}}},
	} {
		name, doc, in := o.name+kind, "dst[i] = a[i] "+o.sign+" b[i] // complex", []int{2 * s, 2 * s}
		g.compareParts(name, doc, in, s, o.hits, o.uses)
		g.avx2Bools(name, doc, in, 2*s, test{wide: func(g *gen, v []vec, _ func(uint64) vec) (r vec) {
			g.lane(s, 32, func() { // parts stand in both lanes of a pair
				r = o.hits([]vec{g.reals(v[0]), g.imags(v[0]), g.reals(v[1]), g.imags(v[1])}).(vec)
			})
			return r
		}}, o.uses)
	}
}

// compareParts writes a comparison for AVX-512, where a vector has the real parts of as many
// numbers as there are lanes, and one their imaginary parts.
func (g *gen) compareParts(name, doc string, in []int, s int, hits func([]vec) op, uses []use) {
	var ones vec
	var places [2]vec
	g.serve512(mapping{name: name, doc: doc, in: in, out: 1, lanes512: 64 / s, unroll: 1,
		setup: func(g *gen, _ int) { ones, places = g.splat(64, 0x0101010101010101), g.partPlaces(s) },
		step: func(g *gen, _ int, at []mem, out mem, k op) {
			var v []vec
			for _, m := range at {
				re, im := g.loadParts(s, m, k, places)
				v = append(v, re, im)
			}
			var there op
			g.lane(s, 64, func() { there = hits(v) })
			r := g.XMM()
			g.VMOVDQU8_Z(ones.AsX(), there, r)
			g.putPart(64/s, 1, r, out, k)
		}}, uses...)
}

// partPlaces returns the places of the real and of the imaginary parts of the complex
// numbers that fill two vectors.
func (g *gen) partPlaces(s int) (places [2]vec) {
	for part := range places {
		places[part] = g.load(64, s, g.bytesAt(fmt.Sprintf("%sParts%d%d", g.family, s, part), 64, func(i int) int {
			return map[bool]int{true: 2*(i/s) + part}[i%s == 0]
		}), nil)
	}
	return places
}

// loadParts reads as many complex numbers as a vector has parts of s bytes, or those that k
// has; the others are zero.
func (g *gen) loadParts(s int, m mem, k op, places [2]vec) (re, im vec) {
	var x [2]vec
	for i := range x {
		there := k
		switch {
		case k == nil:
		case s == 8: // each of four bits twice
			bits, twice := g.GP64(), g.GP64()
			g.KMOVQ(k, bits)
			g.SHRQ(operand.U8(uint64(4*i)), bits)
			g.MOVQ(operand.U32(0x55), twice)
			g.PDEPQ(twice, bits, bits)
			g.LEAQ(mem{Base: bits, Index: bits, Scale: 2}, bits)
			there = g.K()
			g.KMOVQ(bits, there)
		case i > 0:
			there = g.K()
			g.KSHIFTRQ(operand.U8(8), k, there)
		}
		x[i] = g.load(64, 8, m.Offset(64*i), there)
	}
	letter := floatLetter[s]
	re = g.ZMM()
	g.VMOVDQA64(x[0], re)
	g.do("VPERMT2P"+letter, x[1], places[0], re)
	g.do("VPERMT2P"+letter, x[1], places[1], x[0])
	return re, x[0]
}

// pairLanes reads as loadParts does at AVX2; of the tail those items that are there, and a mask of
// their lanes. The lanes hold the items in the order of pairPlaces.
func (g *gen) pairLanes(p, ahead reg.GPVirtual, tail bool) (re, im vec, k op) {
	apart := func(x [2]vec, imm [2]uint64) (r [2]vec) {
		for i := range r {
			r[i] = g.fresh()
			g.do(g.ps("VSHUF"), operand.U8(imm[i]), x[1], x[0], r[i])
		}
		return r
	}
	imm := map[int][2]uint64{4: {0x88, 0xdd}, 8: {0x0, 0xf}}[g.size]
	var x, there [2]vec
	for i := range x {
		m := mem{Base: p, Disp: 32 * i}
		if !tail {
			x[i] = g.load(32, 8, m, nil)
			continue
		}
		there[i] = g.load(32, 8, mem{Base: ahead, Disp: 32 * i}, nil)
		x[i] = g.load(32, 8, m, there[i])
	}
	r := apart(x, imm)
	if tail {
		k = apart(there, imm)[0]
	}
	return r[0], r[1], k
}

// pairPlaces returns which item of two vectors lies in which lane.
func (g *gen) pairPlaces() mem {
	at := map[int][]int{4: {0, 1, 4, 5, 2, 3, 6, 7}, 8: {0, 2, 1, 3}}[g.size]
	return g.bytesAt(fmt.Sprintf("%sPairPlaces%d", g.family, g.size), 32, func(i int) int {
		return map[bool]int{true: at[i/g.size]}[i%g.size == 0]
	})
}

// argPairs writes the places of extremes in many rows.
func (g *gen) argPairs(name string) {
	s, w := g.size, g.width
	kind, lanes := complexKinds[s], w/s
	g.begin("arg"+name+"Rows"+kind+levelName[w], "func(dst, a unsafe.Pointer, stride, n, rows int) (done int)",
		"computes\n\n\tfor done = range rows {\n\t\tdst[done] = arg"+name+"(a[:n])\n\t\ta += stride // bytes\n\t}\n\treturn rows\n\nthe first place of equals, up to a row that has a NaN.")
	dst, a, stride, rows := g.arg("dst"), g.arg("a"), g.arg("stride"), g.arg("rows")
	whole, rest := g.arg("n"), g.GP64()
	g.MOVQ(whole, rest)
	g.ANDQ(operand.U8(uint64(lanes-1)), rest)
	var tail, from0 op
	var places [2]vec
	var ahead reg.GPVirtual
	if w == 64 {
		tail, places, from0 = g.tailMask(rest), g.partPlaces(s), g.load(w, s, g.iota512(s), nil)
	} else {
		ahead, from0 = g.firstBytes(rest, 2*s), g.pairPlaces()
	}
	letter, l := floatLetter[s], intLetter[s]
	step := g.laneCount()
	row, out := g.label("row"), g.label("out")
	g.Label(row)
	g.SUBQ(operand.U8(1), rows)
	g.jump("JLT", out)
	re, im, place, at := g.fresh(), g.fresh(), g.none(), g.fresh()
	g.do("VPBROADCAST"+l, mem{Base: a}, re)
	g.do("VPBROADCAST"+l, mem{Base: a, Disp: s}, im)
	g.do(map[int]string{64: "VMOVDQA64", 32: "VMOVDQU"}[w], from0, at)
	odd := g.noLanes()
	p, n := g.GP64(), g.GP64()
	g.MOVQ(a, p)
	g.MOVQ(whole, n)
	see := func(some bool) {
		var xr, xi vec
		var k op
		if w == 32 {
			xr, xi, k = g.pairLanes(p, ahead, some)
		} else {
			if some {
				k = tail
			}
			xr, xi = g.loadParts(s, mem{Base: p}, k, places)
		}
		g.joinLanes(g.where(xr, isNaN, xi), odd)
		var hit op
		if name == "max" {
			hit = g.before(isLess, re, im, xr, xi)
		} else {
			hit = g.before(isLess, xr, xi, re, im)
		}
		if some {
			hit = g.both(hit, k)
		}
		g.put(re, xr, hit)
		g.put(im, xi, hit)
		g.putInts(place, at, hit)
	}
	g.turns(n, lanes, func() {
		see(false)
		g.do("VPADD"+l, step, at, at)
		g.ADDQ(operand.U32(uint64(2*w)), p)
	})
	even := g.label("even")
	g.jump("JEQ", even)
	see(true)
	g.Label(even)
	g.test(odd)
	g.jump("JNE", out)
	// Of the lanes those with the best real part, of them those with the best imaginary
	// part, of them the one that stands first.
	best := func(x vec, among op) op {
		top := g.fresh()
		if among == nil {
			g.do(copyVector[w], x, top)
		} else {
			g.do("VBROADCASTS"+letter, g.lowest(name, s), top)
			g.put(top, x, among)
		}
		folding{size: s, code: map[string]string{"max": "VMAXP", "min": "VMINP"}[name] + letter}.across(g, w, top)
		g.do("VPBROADCAST"+l, top.AsX(), top)
		return g.where(x, isEqual, top)
	}
	equal := best(re, nil)
	g.storeFirst(dst, place, g.both(best(im, equal), equal))
	g.endRow(dst, a, stride, rows, row, out)
}

// lowest returns the address of the infinity that any number is at least as good as.
func (g *gen) lowest(name string, s int) mem {
	if name == "min" {
		return g.const64(infBits[s])
	}
	return g.const64(infBits[s] | signBit[s])
}
