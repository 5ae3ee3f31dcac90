package main

import (
	"strings"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A folding combines items into one: acc = f(acc, a[0], a[1], …), in any order.
type folding struct {
	name, doc string
	size      int
	idem      bool // f(x, x) = x: accumulators start as copies of *acc, else as zeros
	nan       bool // floats: report NaN
	code      string
	without   bool   // AVX2 has no such instruction, for signed words
	turn      uint64 // bits to turn round in all items, or 0
}

const accumulators = 4

var copyVector = map[int]string{64: "VMOVDQA64", 32: "VMOVDQA"}

// combine emits acc = f(x, acc), of the lanes in k if that is not nil. The
// instructions for floats return the second operand, acc, for a NaN.
func (f folding) combine(g *gen, x op, acc reg.VecVirtual, k op) {
	switch {
	case f.without:
		better := g.vec(int(acc.Size()))
		if f.code == "VPMAXSQ" {
			g.VPCMPGTQ(acc, x, better)
		} else {
			g.VPCMPGTQ(x, acc, better)
		}
		g.VPBLENDVB(better, x, acc, acc)
	case k != nil:
		g.do(f.code, acc, x, k, acc)
	default:
		g.do(f.code, acc, x, acc)
	}
}

// intExtreme is the greatest or least of integers of a kind.
func intExtreme(name, kind string, s, w int) folding {
	f := folding{size: s, code: "VP" + strings.ToUpper(name) + map[byte]string{'I': "S", 'U': "U"}[kind[0]] + intLetter[s]}
	if s == 8 && w == 32 {
		f.code, f.without = "VP"+strings.ToUpper(name)+"SQ", true
		if kind[0] == 'U' {
			f.turn = signBit[s]
		}
	}
	return f
}

// fold writes the kernel at a level; for AVX2 the count is a multiple of 32/size, or any
// from 8 on in extremes of integers, which may meet an item twice.
func (g *gen) fold(f folding, w int) {
	name := f.name + levelName[w]
	sig := "func(acc, a unsafe.Pointer, n int)"
	if f.nan {
		sig += " (nan int)"
	}
	g.begin(name, sig, "computes\n\n\tfor i := range n {\n\t\t"+f.doc+"\n\t}\n\nin another order"+map[bool]string{true: ", and tells whether an item is NaN"}[f.nan])
	accp, a, n := g.arg("acc"), g.arg("a"), g.arg("n")
	lanes := w / f.size
	var acc [accumulators]reg.VecVirtual
	if f.idem {
		acc[0] = g.vec(w)
		g.do("VPBROADCAST"+intLetter[f.size], mem{Base: accp}, acc[0])
	} else {
		acc[0] = g.zero(w)
		r := g.GP64()
		g.do(map[int]string{1: "MOVBQZX", 2: "MOVWQZX", 4: "MOVL", 8: "MOVQ"}[f.size], mem{Base: accp}, sized(r, f.size))
		g.VMOVQ(r, acc[0].AsX())
	}
	var signs reg.VecVirtual
	if f.turn != 0 {
		signs = g.splat(w, f.turn)
		g.VPXOR(signs, acc[0], acc[0])
	}
	for i := 1; i < accumulators; i++ {
		if f.idem {
			acc[i] = g.vec(w)
			g.do(copyVector[w], acc[0], acc[i])
		} else {
			acc[i] = g.zero(w)
		}
	}
	var seen op
	var wide reg.VecVirtual
	flag := g.GP64()
	if f.nan {
		if w == 64 {
			k := g.K()
			g.KXORQ(k, k, k)
			seen = k
		} else {
			wide = g.zero(w)
		}
	}
	letter := floatLetter[f.size]
	note := func(x, y reg.VecVirtual) {
		switch {
		case !f.nan:
		case w == 64:
			k := g.K()
			g.do("VCMPP"+letter, operand.U8(unordered), y, x, k)
			g.KORW(k, seen, seen)
		default:
			t := g.vec(w)
			g.do("VCMPP"+letter, operand.U8(unordered), y, x, t)
			g.VPOR(t, wide, wide)
		}
	}
	see := func(x reg.VecVirtual, acc reg.VecVirtual) {
		if f.turn != 0 {
			g.VPXOR(signs, x, x)
		}
		f.combine(g, x, acc, nil)
	}
	twice := w == 32 && f.idem && !f.nan
	few, end := g.label("few"), g.label("end")
	if twice && lanes > 8 {
		g.CMPQ(n, operand.U8(uint64(lanes)))
		g.jump("JLT", few)
	}
	turn := func(j int) {
		var x [accumulators]reg.VecVirtual
		for i := range j {
			x[i] = g.load(w, f.size, mem{Base: a, Disp: i * w}, nil)
		}
		for i := 0; i < j; i += 2 {
			note(x[i], x[min(i+1, j-1)])
		}
		for i := range j {
			see(x[i], acc[i])
		}
		g.ADDQ(operand.U32(uint64(j*w)), a)
	}
	for _, j := range []int{accumulators, 1} {
		g.turns(n, j*lanes, func() { turn(j) })
	}
	if w == 64 {
		done := g.label("done")
		g.jump("JEQ", done)
		k := g.tailMask(n)
		x := g.load(w, f.size, mem{Base: a}, k)
		note(x, x)
		f.combine(g, x, acc[1], k)
		g.Label(done)
	}
	if twice {
		behind := mem{Base: a, Index: n, Scale: uint8(f.size)}
		g.jump("JEQ", end)
		see(g.load(w, f.size, behind.Offset(-w), nil), acc[1])
		g.Label(end)
	}
	if twice && lanes > 8 {
		behind := mem{Base: a, Index: n, Scale: uint8(f.size)}
		done := g.label("done")
		g.jump("JMP", done)
		eight, x := g.label("eight"), g.vec(w)
		g.Label(few)
		g.CMPQ(n, operand.U8(uint64(16/f.size)))
		g.jump("JLT", eight)
		g.VMOVDQU(mem{Base: a}, x.AsX())
		g.VINSERTI128(operand.U8(1), behind.Offset(-16), x, x)
		see(x, acc[1])
		g.jump("JMP", done)
		g.Label(eight)
		g.VMOVQ(mem{Base: a}, x.AsX())
		g.VPINSRQ(operand.U8(1), behind.Offset(-8), x.AsX(), x.AsX())
		g.VINSERTI128(operand.U8(1), x.AsX(), x, x)
		see(x, acc[1])
		g.Label(done)
	}
	f.combine(g, acc[1], acc[0], nil)
	f.combine(g, acc[3], acc[2], nil)
	f.combine(g, acc[2], acc[0], nil)
	f.across(g, w, acc[0])
	if f.turn != 0 {
		g.VPXOR(signs, acc[0], acc[0])
	}
	x := acc[0].AsX()
	r := g.GP64()
	g.VMOVQ(x, r)
	g.do(map[int]string{1: "MOVB", 2: "MOVW", 4: "MOVL", 8: "MOVQ"}[f.size], sized(r, f.size*16), mem{Base: accp})
	if f.nan {
		if w == 64 {
			g.KMOVW(seen, flag.As32())
			g.ANDL(operand.U32(0xffff), flag.As32())
		} else {
			g.VMOVMSKPD(wide, flag.As32())
			if f.size == 4 {
				g.VMOVMSKPS(wide, flag.As32())
			}
		}
		g.MOVQ(flag, g.result("nan"))
	}
	g.end()
}

// sized is the register as the operand of a move of that many bytes; sizes times
// 16 mean a store, whose register has exactly the item's size.
func sized(r reg.GPVirtual, size int) op {
	switch size {
	case 16:
		return r.As8()
	case 32:
		return r.As16()
	case 4, 64:
		return r.As32()
	}
	return r
}

// across folds the lanes of acc into lane 0.
func (f folding) across(g *gen, w int, acc reg.VecVirtual) {
	if w == 64 {
		y := g.YMM()
		g.VEXTRACTI64X4(operand.U8(1), acc, y)
		f.combine(g, y, acc.AsY().(reg.VecVirtual), nil)
	}
	x, t := acc.AsX().(reg.VecVirtual), g.XMM()
	g.VEXTRACTI128(operand.U8(1), acc.AsY(), t)
	f.combine(g, t, x, nil)
	g.VPSHUFD(operand.U8(0x4e), x, t)
	f.combine(g, t, x, nil)
	if f.size <= 4 {
		g.VPSHUFD(operand.U8(0xb1), x, t)
		f.combine(g, t, x, nil)
	}
	if f.size <= 2 {
		g.VPSRLD(operand.U8(16), x, t)
		f.combine(g, t, x, nil)
	}
	if f.size == 1 {
		g.VPSRLW(operand.U8(8), x, t)
		f.combine(g, t, x, nil)
	}
}

func reduce(g *gen) {
	both := func(f folding) {
		g.fold(f, 64)
		g.fold(f, 32)
	}
	for _, s := range sizes {
		both(folding{name: "foldAddInt" + intLetter[s], doc: "*acc += a[i]", size: s, code: "VPADD" + intLetter[s]})
		for _, k := range intKinds[s] {
			for _, o := range []string{"Max", "Min"} {
				for _, w := range []int{64, 32} {
					f := intExtreme(o, k, s, w)
					f.name, f.doc, f.idem = "fold"+o+k, "*acc = "+strings.ToLower(o)+"(*acc, a[i])", true
					g.fold(f, w)
				}
			}
		}
	}
	for _, o := range []struct{ name, sign string }{{"And", "&"}, {"Or", "|"}, {"Xor", "^"}} {
		g.fold(folding{name: "fold" + o.name, doc: "*acc " + o.sign + "= a[i]", size: 8, idem: o.name != "Xor", code: "VP" + strings.ToUpper(o.name)}, 32)
	}
	for _, s := range []int{4, 8} {
		for _, o := range []string{"Max", "Min"} {
			both(folding{name: "fold" + o + floatKinds[s], doc: "*acc = " + strings.ToLower(o) + "(*acc, a[i]) // numbers only", size: s, idem: true, nan: true,
				code: "V" + strings.ToUpper(o) + "P" + floatLetter[s]})
		}
	}
	for _, w := range []int{64, 32} {
		g.leafF64(w)
		g.leafF32(w)
	}
	g.leafPairs(4)
	g.leafPairs(8)
	trees(g)
	rows(g)
	wideSums(g)
	extremes(g)
	for _, s := range []int{1, 2, 4, 8} {
		truth := test{
			mask: func(g *gen, v []reg.VecVirtual) op { k := g.K(); g.do("VPTESTM"+intLetter[s], v[0], v[0], k); return k },
			wide: func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
				g.do("VPCMPEQ"+intLetter[s], set(0), v[0], v[0])
				return v[0]
			}, not: true}
		zero := truth
		zero.mask = func(g *gen, v []reg.VecVirtual) op {
			k := g.K()
			g.do("VPTESTNM"+intLetter[s], v[0], v[0], k)
			return k
		}
		zero.not = false
		g.searches("Int"+intLetter[s], s, truth, zero)
		g.find("findInt"+intLetter[s], "a[i] == *item", s, test{mask: cmpMask("VPCMP"+intLetter[s], 0),
			wide: func(g *gen, v []reg.VecVirtual, _ func(uint64) reg.VecVirtual) reg.VecVirtual {
				g.do("VPCMPEQ"+intLetter[s], v[1], v[0], v[0])
				return v[0]
			}}, true)
	}
	g.truthBut("F16", 2, signBit[2], false)
	g.truthBut("C64", 8, signBit[4], false)
	g.truthBut("C128", 8, signBit[8], true)
	for _, s := range []int{4, 8} {
		p := "P" + floatLetter[s]
		against := func(imm uint64) test {
			return test{
				mask: func(g *gen, v []reg.VecVirtual) op {
					k := g.K()
					g.do("VCMP"+p, operand.U8(imm), g.zero(64), v[0], k)
					return k
				},
				wide: func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
					g.do("VCMP"+p, operand.U8(imm), set(0), v[0], v[0])
					return v[0]
				}}
		}
		g.searches(floatKinds[s], s, against(4), against(0))
		g.find("findNaN"+floatKinds[s], "a[i] != a[i]", s, against(unordered), false)
		g.find("find"+floatKinds[s], "a[i] == *item", s, test{mask: cmpMask("VCMP"+p, 0),
			wide: func(g *gen, v []reg.VecVirtual, _ func(uint64) reg.VecVirtual) reg.VecVirtual {
				g.do("VCMP"+p, operand.U8(0), v[1], v[0], v[0])
				return v[0]
			}}, true)
	}
}

// leafF64 adds a multiple of 8 items, at least 8, into eight accumulators and
// these in pairs: rule 2.8.2 of the specification, the order of NumPy's sums.
func (g *gen) leafF64(w int) {
	a, n := g.openLeaf("F64", "float64", w)
	lo := g.load(w, 8, mem{Base: a}, nil)
	hi := lo
	if w == 32 {
		hi = g.load(w, 8, mem{Base: a, Disp: 32}, nil)
	}
	g.eachRun(a, n, 64, func(m mem) {
		g.VADDPD(m, lo, lo)
		if w == 32 {
			m.Disp += 32
			g.VADDPD(m, hi, hi)
		}
	})
	if w == 64 {
		g.acrossF64(lo)
	} else {
		t := g.XMM()
		g.VHADDPD(hi, lo, lo) // r01 r45 r23 r67
		g.VEXTRACTF128(operand.U8(1), lo, t)
		g.VADDPD(t, lo.AsX(), lo.AsX())
		g.VPERMILPD(operand.U8(1), lo.AsX(), t)
		g.VADDSD(t, lo.AsX(), lo.AsX())
	}
	g.VMOVSD(lo.AsX(), g.result("sum"))
	g.end()
}

func (g *gen) leafF32(w int) {
	a, n := g.openLeaf("F32", "float32", w)
	v := g.load(32, 4, mem{Base: a}, nil)
	g.eachRun(a, n, 32, func(m mem) { g.VADDPS(m, v, v) })
	t := g.YMM()
	g.VPERMILPS(operand.U8(0xb1), v, t)
	g.VADDPS(t, v, v)
	g.VPERMILPS(operand.U8(0x4e), v, t)
	g.VADDPS(t, v, v)
	g.VEXTRACTF128(operand.U8(1), v, t.AsX())
	x := v.AsX()
	g.VADDSS(t.AsX(), x, x)
	g.VMOVSS(x, g.result("sum"))
	g.end()
}

// leafPairs adds a multiple of 4 complex numbers, at least 4, into four accumulators of
// two parts and these in pairs. Whole vectors of AVX-512 would be no faster: memory is not.
func (g *gen) leafPairs(s int) {
	const w = 32
	kind, typ, letter := complexKinds[s], map[int]string{4: "float32", 8: "float64"}[s], floatLetter[s]
	g.begin("sumLeaf"+kind+levelName[w], "func(a unsafe.Pointer, n int) (re, im "+typ+")",
		"adds n complex items, a multiple of 4 and at least 4: r[j] += a[i+j] for j in 0…3,\nthen (r[0]+r[1]) + (r[2]+r[3]).")
	a, n := g.arg("a"), g.arg("n")
	r := make([]reg.VecVirtual, 8*s/w)
	for i := range r {
		r[i] = g.load(w, s, mem{Base: a, Disp: i * w}, nil)
	}
	g.SUBQ(operand.U8(4), n)
	g.ADDQ(operand.U8(uint64(8*s)), a)
	for _, j := range []int{4, 1} {
		g.turns(n, 4*j, func() {
			for i := range j * len(r) {
				to := r[i%len(r)]
				g.do("VADDP"+letter, mem{Base: a, Disp: i * w}, to, to)
			}
			g.ADDQ(operand.U32(uint64(8*s*j)), a)
		})
	}
	pairs := func(x reg.VecVirtual) reg.VecVirtual { // the lower and the upper half
		t := g.XMM()
		g.VEXTRACTF128(operand.U8(1), x, t)
		g.do("VADDP"+letter, t, x.AsX(), t)
		return t
	}
	if s == 8 {
		x := pairs(r[0])
		g.VADDPD(pairs(r[1]), x, x)
		g.VMOVLPD(x, g.result("re"))
		g.VMOVHPD(x, g.result("im"))
	} else {
		t := g.YMM()
		g.VPERMILPS(operand.U8(0x4e), r[0], t)
		g.VADDPS(t, r[0], t)
		x := pairs(t)
		g.VMOVSS(x, g.result("re"))
		g.VEXTRACTPS(operand.U8(1), x, g.result("im"))
	}
	g.end()
}

func (g *gen) openLeaf(kind, typ string, w int) (a, n reg.GPVirtual) {
	g.begin("sumLeaf"+kind+levelName[w], "func(a unsafe.Pointer, n int) (sum "+typ+")",
		"adds n items, a multiple of 8 and at least 8: r[j] += a[i+j] for j in 0…7,\nthen ((r[0]+r[1])+(r[2]+r[3])) + ((r[4]+r[5])+(r[6]+r[7])).")
	return g.arg("a"), g.arg("n")
}

// eachRun emits a loop over the runs of 8 items after the first, two a turn.
func (g *gen) eachRun(a, n reg.GPVirtual, bytes int, add func(mem)) {
	loop, one, done := g.label("loop"), g.label("one"), g.label("done")
	g.SUBQ(operand.U8(8), n)
	g.Label(loop)
	g.SUBQ(operand.U8(16), n)
	g.jump("JLT", one)
	add(mem{Base: a, Disp: bytes})
	add(mem{Base: a, Disp: 2 * bytes})
	g.ADDQ(operand.U8(uint64(2*bytes)&0xff), a)
	g.jump("JMP", loop)
	g.Label(one)
	g.ADDQ(operand.U8(16), n)
	g.jump("JEQ", done)
	add(mem{Base: a, Disp: bytes})
	g.Label(done)
}
