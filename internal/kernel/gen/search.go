package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// searches writes the kernels that count true items and find a true or a false one.
func (g *gen) searches(kind string, s int, truth, zero test) {
	for _, w := range []int{64, 32} {
		g.count(kind, s, truth, w)
	}
	g.find("findTrue"+kind, "a[i] != 0", s, truth, false)
	g.find("findFalse"+kind, "a[i] == 0", s, zero, false)
}

// truthBut writes searches of items of which the bits in not do not count: the signs of
// floats that have no other loops. In pairs two items are one.
func (g *gen) truthBut(kind string, s int, not uint64, pairs bool) {
	both := func(g *gen, w int, v reg.VecVirtual) reg.VecVirtual {
		if !pairs {
			return v
		}
		r := v
		g.lane(s, w, func() { r = g.or(v, g.exchanged(v)) })
		return r
	}
	some := test{
		mask: func(g *gen, v []reg.VecVirtual) op {
			k := g.K()
			g.do("VPTESTM"+intLetter[s], g.splat(64, ^not), both(g, 64, v[0]), k)
			return k
		},
		wide: func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
			x := both(g, 32, v[0])
			g.VPAND(set(^not), x, x)
			g.do("VPCMPEQ"+intLetter[s], set(0), x, x)
			return x
		}, not: true}
	none := some
	none.mask = func(g *gen, v []reg.VecVirtual) op {
		k := g.K()
		g.do("VPTESTNM"+intLetter[s], g.splat(64, ^not), both(g, 64, v[0]), k)
		return k
	}
	none.not = false
	g.searches(kind, s, some, none)
}

// setter loads constants for a test at AVX2.
func (g *gen) setter() func(uint64) reg.VecVirtual {
	return func(v uint64) reg.VecVirtual {
		if v == 0 {
			return g.zero(32)
		}
		return g.splat(32, v)
	}
}

// bits32 returns the mask of the bytes of a 32-byte vector where t holds.
func (g *gen) bits32(t test, v []reg.VecVirtual) reg.GPVirtual {
	r := g.GP64()
	g.VPMOVMSKB(t.wide(g, v, g.setter()), r.As32())
	if t.not {
		g.NOTL(r.As32())
	}
	return r
}

func (g *gen) count(kind string, s int, t test, w int) {
	g.begin("countTrue"+kind+levelName[w], "func(a unsafe.Pointer, n int) (count int)",
		"computes\n\n\tfor i := range n {\n\t\tif a[i] != 0 { count++ }\n\t}")
	a, n := g.arg("a"), g.arg("n")
	lanes := w / s
	total := g.GP64()
	g.XORQ(total, total)
	one := func(disp int, k op) {
		v := []reg.VecVirtual{g.load(w, s, mem{Base: a, Disp: disp}, k)}
		var r reg.GPVirtual
		if w == 64 {
			r = g.GP64()
			g.KMOVQ(t.mask(g, v), r)
		} else {
			r = g.bits32(t, v)
		}
		g.POPCNTQ(r, r)
		g.ADDQ(r, total)
	}
	for _, j := range []int{4, 1} {
		g.turns(n, j*lanes, func() {
			for i := range j {
				one(i*w, nil)
			}
			g.ADDQ(operand.U32(uint64(j*w)), a)
		})
	}
	if w == 64 {
		done := g.label("done")
		g.jump("JEQ", done)
		one(0, g.tailMask(n))
		g.Label(done)
	} else if s > 1 {
		g.SHRQ(log2(s), total)
	}
	g.MOVQ(total, g.result("count"))
	g.end()
}

// find writes a kernel that returns the index of the first item that passes a
// test, or n; for AVX2, n is a multiple of 32/s.
func (g *gen) find(name, doc string, s int, t test, item bool) {
	for _, w := range []int{64, 32} {
		sig := "func(a unsafe.Pointer, n int) (index int)"
		if item {
			sig = "func(a, item unsafe.Pointer, n int) (index int)"
		}
		g.begin(name+levelName[w], sig,
			"computes\n\n\tfor index = range n {\n\t\tif "+doc+" { return index }\n\t}\n\treturn n")
		a, n := g.arg("a"), g.arg("n")
		var want reg.VecVirtual
		if item {
			want = g.vec(w)
			g.do("VPBROADCAST"+intLetter[s], mem{Base: g.arg("item")}, want)
		}
		lanes, set := w/s, g.setter()
		i := g.GP64()
		g.XORQ(i, i)
		read := func(disp int, k op) []reg.VecVirtual {
			return []reg.VecVirtual{g.load(w, s, mem{Base: a, Index: i, Scale: uint8(s), Disp: disp}, k), want}
		}
		at := func(disp int, k op) op {
			if w == 64 {
				return t.mask(g, read(disp, k))
			}
			return g.bits32(t, read(disp, k))
		}
		hit, done := g.label("hit"), g.label("done")
		bits := g.GP64()
		loop, single := g.label("loop"), g.label("one")
		g.Label(loop)
		g.SUBQ(operand.U32(uint64(4*lanes)), n)
		g.jump("JLT", single)
		if w == 64 {
			var k [4]op
			for j := range 4 {
				k[j] = at(j*w, nil)
			}
			g.KORQ(k[1], k[0], k[0])
			g.KORQ(k[3], k[2], k[2])
			g.KORTESTQ(k[2], k[0])
		} else {
			all, join := g.vec(w), g.VPOR
			if t.not {
				join = g.VPAND
			}
			for j := range 4 {
				if v := t.wide(g, read(j*w, nil), set); j == 0 {
					all = v
				} else {
					join(v, all, all)
				}
			}
			g.VPMOVMSKB(all, bits.As32())
			if t.not {
				g.NOTL(bits.As32())
			}
			g.TESTL(bits.As32(), bits.As32())
		}
		g.jump("JNE", single)
		g.ADDQ(operand.U32(uint64(4*lanes)), i)
		g.jump("JMP", loop)
		g.Label(single)
		g.ADDQ(operand.U32(uint64(4*lanes)), n)
		g.turns(n, lanes, func() {
			if w == 64 {
				g.KMOVQ(at(0, nil), bits)
			} else {
				g.MOVQ(at(0, nil), bits)
			}
			g.TESTQ(bits, bits)
			g.jump("JNE", hit)
			g.ADDQ(operand.U32(uint64(lanes)), i)
		})
		if w == 64 {
			g.jump("JEQ", done)
			k := g.tailMask(n)
			g.KMOVQ(k, bits)
			m := g.GP64()
			g.KMOVQ(at(0, k), m)
			g.ANDQ(bits, m)
			g.ADDQ(n, i) // where the search ends without a hit
			g.TESTQ(m, m)
			g.jump("JEQ", done)
			g.SUBQ(n, i)
			g.MOVQ(m, bits)
		} else {
			g.jump("JMP", done)
		}
		g.Label(hit)
		g.TZCNTQ(bits, bits)
		if w == 32 && s > 1 {
			g.SHRQ(log2(s), bits)
		}
		g.ADDQ(bits, i)
		g.Label(done)
		g.MOVQ(i, g.result("index"))
		g.end()
	}
}
