package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// An extreme says how the greatest or the least of a kind is found, and its place: each
// lane keeps the best item that it has seen and where that was.
type extreme struct {
	name, kind string
	size       int
	better     func(g *gen, best, x reg.VecVirtual, k ...op) reg.Register // the lanes, of those in k, in which x is better
	fold       folding
	float      bool
}

// extremes writes the places of extremes in many rows, and in columns.
func extremes(g *gen) {
	for _, s := range []int{4, 8} {
		for _, kind := range append(intKinds[s], floatKinds[s]) {
			for i, name := range []string{"max", "min"} {
				e := extreme{name: "arg" + name, kind: kind, size: s, float: kind == floatKinds[s]}
				code, imm := "", uint64(0)
				switch {
				case e.float:
					code, imm = "VCMPP"+floatLetter[s], []uint64{isGreater, isLess}[i]
					e.fold = folding{size: s, code: []string{"VMAXP", "VMINP"}[i] + floatLetter[s]}
				case kind[0] == 'U':
					code, imm = "VPCMPU"+intLetter[s], []uint64{greaterThan, lessThan}[i]
					e.fold = folding{size: s, code: []string{"VPMAXU", "VPMINU"}[i] + intLetter[s]}
				default:
					code, imm = "VPCMP"+intLetter[s], []uint64{greaterThan, lessThan}[i]
					e.fold = folding{size: s, code: []string{"VPMAXS", "VPMINS"}[i] + intLetter[s]}
				}
				e.better = func(g *gen, best, x reg.VecVirtual, k ...op) reg.Register {
					hit := g.K()
					g.do(code, append(append([]op{operand.U8(imm), best, x}, k...), hit)...)
					return hit
				}
				g.argRows(e)
				g.argColumns(e, imm)
			}
		}
	}
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

func (g *gen) argRows(e extreme) {
	s, l := e.size, intLetter[e.size]
	nan := map[bool]string{true: ",\nup to a row that has a NaN"}[e.float]
	g.begin(e.name+"Rows"+e.kind+"AVX512", "func(dst, a unsafe.Pointer, stride, n, rows int) (done int)",
		"computes\n\n\tfor done = range rows {\n\t\tdst[done] = "+e.name+"(a[:n])\n\t\ta += stride // bytes\n\t}\n\treturn rows\n\nthe first place of equals"+nan+".")
	lanes := 64 / s
	dst, a, stride, rows := g.arg("dst"), g.arg("a"), g.arg("stride"), g.arg("rows")
	whole, rest := g.arg("n"), g.GP64()
	g.MOVQ(whole, rest)
	g.ANDQ(operand.U8(uint64(lanes-1)), rest)
	tail := g.tailMask(rest)
	from0, step, none := g.load(64, s, g.iota512(s), nil), g.splat(64, map[int]uint64{4: 16<<32 | 16, 8: 8}[s]), g.ZMM()
	g.VPTERNLOGQ(operand.U8(0xff), none, none, none)
	row, out := g.label("row"), g.label("out")
	g.Label(row)
	g.SUBQ(operand.U8(1), rows)
	g.jump("JLT", out)
	best, place, at := g.ZMM(), g.zero(64), g.ZMM()
	g.do("VPBROADCAST"+l, mem{Base: a}, best)
	g.VMOVDQA64(from0, at)
	odd := g.K()
	if e.float {
		g.KXORW(odd, odd, odd)
	}
	p, n := g.GP64(), g.GP64()
	g.MOVQ(a, p)
	g.MOVQ(whole, n)
	see := func(k ...op) {
		var x reg.VecVirtual
		if k == nil {
			x = g.load(64, s, mem{Base: p}, nil)
		} else {
			x = g.load(64, s, mem{Base: p}, k[0])
		}
		if e.float {
			seen := g.K()
			g.do("VCMPP"+floatLetter[s], operand.U8(unordered), x, x, seen)
			g.KORW(seen, odd, odd)
		}
		hit := e.better(g, best, x, k...)
		g.do("VMOVDQA"+map[int]string{4: "32", 8: "64"}[s], at, hit, place)
		if k == nil {
			e.fold.combine(g, x, best, nil)
			g.do("VPADD"+l, step, at, at)
			g.ADDQ(operand.U8(64), p)
		} else {
			g.do("VMOVDQA"+map[int]string{4: "32", 8: "64"}[s], x, hit, best)
		}
	}
	g.turns(n, lanes, func() { see() })
	even := g.label("even")
	g.jump("JEQ", even)
	see(tail)
	g.Label(even)
	if e.float {
		g.KTESTW(odd, odd)
		g.jump("JNE", out)
	}
	top := g.ZMM()
	g.VMOVDQA64(best, top)
	e.fold.across(g, 64, top)
	g.do("VPBROADCAST"+l, top.AsX(), top)
	equal := g.K()
	if e.float {
		g.do("VCMPP"+floatLetter[s], operand.U8(isEqual), top, best, equal)
	} else {
		g.do("VPCMPEQ"+l, top, best, equal)
	}
	g.storeFirst(s, dst, place, none, equal)
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

// storeFirst stores the least of the places in equal as 8 bytes; none has no place.
func (g *gen) storeFirst(s int, dst reg.GPVirtual, place, none reg.VecVirtual, equal op) {
	l, first, r := intLetter[s], g.ZMM(), g.GP64()
	g.do("VPBLENDM"+l, place, none, equal, first)
	folding{size: s, code: "VPMINU" + l}.across(g, 64, first)
	if s == 4 {
		g.VMOVD(first.AsX(), r.As32())
	} else {
		g.VMOVQ(first.AsX(), r)
	}
	g.MOVQ(r, mem{Base: dst})
}

// argColumns takes four vectors of lanes at a time, whose items lie in the same lines,
// then one.
func (g *gen) argColumns(e extreme, imm uint64) {
	s, l := e.size, intLetter[e.size]
	g.begin(e.name+"Columns"+e.kind+"AVX512", "func(dst, a unsafe.Pointer, stride, n, lanes int)",
		"computes\n\n\tfor j := range lanes {\n\t\tdst[j] = "+e.name+" of the n items stride bytes apart from a[j] on\n\t}\n\nthe first place of equals, or of the first NaN.")
	dst, a, stride, count, lanes := g.arg("dst"), g.arg("a"), g.arg("stride"), g.arg("n"), g.arg("lanes")
	one := g.splat(64, map[int]uint64{4: 1<<32 | 1, 8: 1}[s])
	block := func(m int, tail op) {
		best, place := make([]reg.VecVirtual, m), make([]reg.VecVirtual, m)
		p, n, at := g.GP64(), g.GP64(), g.zero(64)
		g.MOVQ(a, p)
		g.MOVQ(count, n)
		for i := range m {
			best[i], place[i] = g.load(64, s, mem{Base: p, Disp: 64 * i}, tail), g.zero(64)
		}
		loop := g.label("loop")
		done := g.label("done")
		g.Label(loop)
		g.SUBQ(operand.U8(1), n)
		g.jump("JEQ", done)
		g.ADDQ(stride, p)
		g.do("VPADD"+l, one, at, at)
		for i := range m {
			x := g.load(64, s, mem{Base: p, Disp: 64 * i}, tail)
			var hit reg.Register
			if e.float { // better or NaN, where there has been no NaN
				number, over := g.K(), g.K()
				g.do("VCMPP"+floatLetter[s], operand.U8(isNumber), best[i], best[i], number)
				g.do("VCMPP"+floatLetter[s], operand.U8(map[uint64]uint64{isGreater: notLE, isLess: notGE}[imm]), best[i], x, number, over)
				hit = over
			} else {
				hit = e.better(g, best[i], x)
			}
			move := "VMOVDQA" + map[int]string{4: "32", 8: "64"}[s]
			g.do(move, x, hit, best[i])
			g.do(move, at, hit, place[i])
		}
		g.jump("JMP", loop)
		g.Label(done)
		for i := range m {
			if s == 8 {
				g.store(64, 8, place[i], mem{Base: dst, Disp: 64 * i}, tail)
				continue
			}
			for half := range 2 {
				wide := g.ZMM()
				g.VEXTRACTI64X4(operand.U8(uint64(half)), place[i], wide.AsY())
				g.VPMOVZXDQ(wide.AsY(), wide)
				k := tail
				if tail != nil && half == 1 {
					high := g.K()
					g.KSHIFTRW(operand.U8(8), tail, high)
					k = high
				}
				g.store(64, 8, wide, mem{Base: dst, Disp: 128*i + 64*half}, k)
			}
		}
	}
	for _, m := range []int{4, 1} {
		g.turns(lanes, m*64/s, func() {
			block(m, nil)
			g.ADDQ(operand.U32(uint64(64*m)), a)
			g.ADDQ(operand.U32(uint64(512/s*m)), dst)
		})
	}
	end := g.label("end")
	g.jump("JEQ", end)
	block(1, g.tailMask(lanes))
	g.Label(end)
	g.end()
}
