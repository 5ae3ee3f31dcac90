package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// An extreme says how the greatest or the least of a kind is found, and its place: each
// lane keeps the best item that it has seen and where that was. AVX2 knows integers with a
// sign only: the sign bit of others is turned round as they are read.
type extreme struct {
	name, kind string
	size, w    int
	least      bool
	float      bool
	turn       vec // the sign bits to turn round, or nil
}

// extremes writes the places of extremes in many rows, and in columns.
func extremes(g *gen) {
	for _, w := range []int{64, 32} {
		for _, s := range []int{4, 8} {
			for _, kind := range append(intKinds[s], floatKinds[s]) {
				for _, name := range []string{"max", "min"} {
					e := extreme{name: "arg" + name, kind: kind, size: s, w: w, least: name == "min", float: kind == floatKinds[s]}
					g.lane(s, w, func() {
						g.argRows(e)
						g.argColumns(e)
					})
				}
			}
		}
	}
}

// fold returns how the lanes become one.
func (e extreme) fold() folding {
	name := strings.TrimPrefix(e.name, "arg")
	switch {
	case e.float:
		return folding{size: e.size, code: "V" + strings.ToUpper(name) + "P" + floatLetter[e.size]}
	case e.turn != nil:
		return intExtreme(name, "I", e.size, e.w)
	}
	return intExtreme(name, e.kind, e.size, e.w)
}

// read loads items, those of k if that is not nil.
func (e extreme) read(g *gen, m mem, k op) vec {
	x := g.load(e.w, e.size, m, k)
	if e.turn != nil {
		g.VPXOR(e.turn, x, x)
	}
	return x
}

// turned returns the sign bits to turn round.
func (e extreme) turned(g *gen) vec {
	if e.w == 32 && e.kind[0] == 'U' {
		return g.splat(32, signBit[e.size])
	}
	return nil
}

// better returns the lanes, of those in k if that is not nil, in which x is better.
func (e extreme) better(g *gen, best, x vec, k op) op {
	var hit op = g.vec(32)
	switch {
	case e.w == 64:
		hit = g.K()
		in := []op{operand.U8(map[bool]uint64{false: greaterThan, true: lessThan}[e.least]), best, x}
		code := "VPCMP" + map[bool]string{true: "U"}[e.kind[0] == 'U'] + intLetter[e.size]
		if e.float {
			in[0], code = e.floatHow(), "VCMPP"+floatLetter[e.size]
		}
		if k != nil {
			in = append(in, k)
		}
		g.do(code, append(in, hit)...)
		return hit
	case e.float:
		g.do("VCMPP"+floatLetter[e.size], e.floatHow(), best, x, hit)
	case e.least:
		g.do("VPCMPGT"+intLetter[e.size], x, best, hit)
	default:
		g.do("VPCMPGT"+intLetter[e.size], best, x, hit)
	}
	if k != nil {
		g.do("VPAND", k, hit, hit)
	}
	return hit
}

// put replaces the lanes in k of r by those of x.
func (e extreme) put(g *gen, r, x vec, k op) {
	if e.float {
		g.put(r, x, k)
	} else {
		g.putInts(r, x, k)
	}
}

// equal returns the lanes in which a and b are equal.
func (e extreme) equal(g *gen, a, b vec) op {
	if e.float {
		return g.where(a, isEqual, b)
	}
	var k op = g.vec(32)
	if e.w == 64 {
		k = g.K()
	}
	g.do("VPCMPEQ"+intLetter[e.size], b, a, k)
	return k
}

// floatHow is how better compares floats.
func (e extreme) floatHow() op {
	return operand.U8(map[bool]uint64{false: isGreater, true: isLess}[e.least])
}

// lessThan is how integers are compared.
const lessThan = 1

// iota512 returns the numbers from 0 on in lanes of that size.
func (g *gen) iota512(size int) mem {
	name := fmt.Sprintf("%sIota%d", g.family, size)
	if m, ok := g.consts[name]; ok {
		return m
	}
	m := g.StaticGlobal(name)
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	for i := range 64 / size {
		if size == 4 {
			g.AddDatum(4*i, operand.U32(uint32(i)))
		} else {
			g.AddDatum(8*i, operand.U64(uint64(i)))
		}
	}
	g.consts[name] = m
	return m
}

// laneCount returns how many lanes there are, in each.
func (g *gen) laneCount() vec {
	n := uint64(g.width / g.size)
	return g.splat(g.width, map[int]uint64{4: n<<32 | n, 8: n}[g.size])
}

// noLanes returns a mask of none, to which joinLanes adds those of k.
func (g *gen) noLanes() op {
	if g.width < 64 {
		return g.none()
	}
	k := g.K()
	g.KXORW(k, k, k)
	return k
}

func (g *gen) joinLanes(k, into op) {
	if g.width < 64 {
		g.VPOR(k, into, into)
	} else {
		g.KORW(k, into, into)
	}
}

// allOnes sets all bits.
func (g *gen) allOnes(r vec) {
	if g.width < 64 {
		g.VPCMPEQD(r, r, r)
	} else {
		g.VPTERNLOGQ(operand.U8(0xff), r, r, r)
	}
}

// putInts is put for integers.
func (g *gen) putInts(r, x vec, k op) {
	if g.width < 64 {
		g.VPBLENDVB(k, x, r, r)
	} else {
		g.do(map[int]string{4: "VMOVDQA32", 8: "VMOVDQA64"}[g.size], x, k, r)
	}
}

func (g *gen) argRows(e extreme) {
	s, w, l := e.size, e.w, intLetter[e.size]
	nan := map[bool]string{true: ",\nup to a row that has a NaN"}[e.float]
	g.begin(e.name+"Rows"+e.kind+levelName[w], "func(dst, a unsafe.Pointer, stride, n, rows int) (done int)",
		"computes\n\n\tfor done = range rows {\n\t\tdst[done] = "+e.name+"(a[:n])\n\t\ta += stride // bytes\n\t}\n\treturn rows\n\nthe first place of equals"+nan+".")
	lanes := w / s
	dst, a, stride, rows := g.arg("dst"), g.arg("a"), g.arg("stride"), g.arg("rows")
	whole, rest := g.arg("n"), g.GP64()
	g.MOVQ(whole, rest)
	g.ANDQ(operand.U8(uint64(lanes-1)), rest)
	tail := g.firstLanes(rest)
	from0, step := g.load(w, s, g.iota512(s), nil), g.laneCount()
	e.turn = e.turned(g)
	row, out := g.label("row"), g.label("out")
	g.Label(row)
	g.SUBQ(operand.U8(1), rows)
	g.jump("JLT", out)
	best, place, at := g.fresh(), g.none(), g.fresh()
	g.do("VPBROADCAST"+l, mem{Base: a}, best)
	if e.turn != nil {
		g.VPXOR(e.turn, best, best)
	}
	// At AVX2 one vector waits longer for the last: every second has lanes of its own.
	var best2, place2 vec
	if w == 32 {
		best2, place2 = g.copyOf(best), g.none()
	}
	g.do(copyVector[w], from0, at)
	var odd op
	if e.float {
		odd = g.noLanes()
	}
	p, n := g.GP64(), g.GP64()
	g.MOVQ(a, p)
	g.MOVQ(whole, n)
	see := func(best, place vec, k op) {
		x := e.read(g, mem{Base: p}, k)
		if e.float {
			g.joinLanes(g.where(x, isNaN, x), odd)
		}
		hit := e.better(g, best, x, k)
		g.putInts(place, at, hit)
		if f := e.fold(); k == nil && !f.without {
			f.combine(g, x, best, nil)
		} else {
			e.put(g, best, x, hit)
		}
	}
	next := func(best, place vec) {
		see(best, place, nil)
		g.do("VPADD"+l, step, at, at)
		g.ADDQ(operand.U8(uint64(w)), p)
	}
	if w == 32 {
		g.turns(n, 2*lanes, func() {
			next(best, place)
			next(best2, place2)
		})
	}
	g.turns(n, lanes, func() { next(best, place) })
	even := g.label("even")
	g.jump("JEQ", even)
	see(best, place, tail)
	g.Label(even)
	if w == 32 {
		first := g.fresh()
		g.VPMINUD(place, place2, first)
		g.putInts(place, first, e.equal(g, best, best2))
		hit := e.better(g, best, best2, nil)
		g.putInts(place, place2, hit)
		e.put(g, best, best2, hit)
	}
	if e.float {
		g.test(odd)
		g.jump("JNE", out)
	}
	top := g.fresh()
	g.do(copyVector[w], best, top)
	e.fold().across(g, w, top)
	g.do("VPBROADCAST"+l, top.AsX(), top)
	g.storeFirst(dst, place, e.equal(g, best, top))
	g.endRow(dst, a, stride, rows, row, out)
}

// endRow goes on to the next row at the label row, and behind the label out returns how many
// have been done.
func (g *gen) endRow(dst, a, stride, rows reg.GPVirtual, row, out string) {
	g.ADDQ(operand.U8(8), dst)
	g.ADDQ(stride, a)
	g.jump("JMP", row)
	g.Label(out)
	g.ADDQ(operand.U8(1), rows)
	done := g.arg("rows")
	g.SUBQ(rows, done)
	g.MOVQ(done, g.result("done"))
	g.end()
}

// storeFirst stores the least of the places in equal as 8 bytes. The others are made all
// ones. Of words AVX2 knows no least, but a place is less than 1<<32, so that its halves
// may be compared by themselves.
func (g *gen) storeFirst(dst reg.GPVirtual, place vec, equal op) {
	none, r := g.fresh(), g.GP64()
	g.allOnes(none)
	g.putInts(none, place, equal)
	code := "VPMINUD"
	if g.width == 64 {
		code = "VPMINU" + intLetter[g.size]
	}
	folding{size: g.size, code: code}.across(g, g.width, none)
	if g.size == 4 {
		g.VMOVD(none.AsX(), r.As32())
	} else {
		g.VMOVQ(none.AsX(), r)
	}
	g.MOVQ(r, mem{Base: dst})
}

// argColumns takes four vectors of lanes at a time, whose items lie in the same lines,
// then one.
func (g *gen) argColumns(e extreme) {
	s, w, l := e.size, e.w, intLetter[e.size]
	g.begin(e.name+"Columns"+e.kind+levelName[w], "func(dst, a unsafe.Pointer, stride, n, lanes int)",
		"computes\n\n\tfor j := range lanes {\n\t\tdst[j] = "+e.name+" of the n items stride bytes apart from a[j] on\n\t}\n\nthe first place of equals, or of the first NaN.")
	dst, a, stride, count, lanes := g.arg("dst"), g.arg("a"), g.arg("stride"), g.arg("n"), g.arg("lanes")
	one := g.splat(w, map[int]uint64{4: 1<<32 | 1, 8: 1}[s])
	e.turn = e.turned(g)
	block := func(m int, tail op) {
		best, place := make([]vec, m), make([]vec, m)
		p, n, at := g.GP64(), g.GP64(), g.none()
		g.MOVQ(a, p)
		g.MOVQ(count, n)
		for i := range m {
			best[i], place[i] = e.read(g, mem{Base: p, Disp: w * i}, tail), g.none()
		}
		loop := g.label("loop")
		done := g.label("done")
		g.Label(loop)
		g.SUBQ(operand.U8(1), n)
		g.jump("JEQ", done)
		g.ADDQ(stride, p)
		g.do("VPADD"+l, one, at, at)
		for i := range m {
			x := e.read(g, mem{Base: p, Disp: w * i}, tail)
			var hit op
			if e.float { // better or NaN, where there has been no NaN
				hit = g.among(g.where(best[i], isNumber, best[i]), x, map[bool]uint64{false: notLE, true: notGE}[e.least], best[i])
			} else {
				hit = e.better(g, best[i], x, nil)
			}
			e.put(g, best[i], x, hit)
			g.putInts(place[i], at, hit)
		}
		g.jump("JMP", loop)
		g.Label(done)
		for i := range m {
			if s == 8 {
				g.store(w, 8, place[i], mem{Base: dst, Disp: w * i}, tail)
				continue
			}
			for half := range 2 {
				wide, k := g.fresh(), tail
				if w == 64 {
					g.VEXTRACTI64X4(operand.U8(uint64(half)), place[i], wide.AsY())
					g.VPMOVZXDQ(wide.AsY(), wide)
					if tail != nil && half == 1 {
						k = g.K()
						g.KSHIFTRW(operand.U8(8), tail, k)
					}
				} else {
					g.VEXTRACTI128(operand.U8(uint64(half)), place[i], wide.AsX())
					g.VPMOVZXDQ(wide.AsX(), wide)
					if tail != nil {
						of := g.fresh()
						g.VEXTRACTI128(operand.U8(uint64(half)), tail, of.AsX())
						g.VPMOVSXDQ(of.AsX(), of)
						k = of
					}
				}
				g.store(w, 8, wide, mem{Base: dst, Disp: w * (2*i + half)}, k)
			}
		}
	}
	for _, m := range []int{4, 1} {
		g.turns(lanes, m*w/s, func() {
			block(m, nil)
			g.ADDQ(operand.U32(uint64(w*m)), a)
			g.ADDQ(operand.U32(uint64(8*w/s*m)), dst)
		})
	}
	end := g.label("end")
	g.jump("JEQ", end)
	block(1, g.firstLanes(lanes))
	g.Label(end)
	g.end()
}
