package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Masks of tapes with AVX2, which has no registers for them: a byte of ones for every
// item that is true, in one vector or two. The bytes lie as packing leaves them, which
// works in halves of vectors; only where bools are read and written are they in order.

// byteMasks adds the operations whose result or operand is a mask.
func (t *tape) byteMasks(m map[string]func(), float bool) {
	g, s := t.gen, t.s
	letter, per := intLetter[s], s // per vectors of the accumulator lie in one of the mask
	masks := []reg.Register{reg.Y12, reg.Y13}[:len(t.acc)/per]
	free := []reg.Register{reg.Y14, reg.Y15} // for what tests need
	ones := func(to reg.Register) { g.VPCMPEQD(to, to, to) }
	not := func() {
		ones(free[1])
		for _, k := range masks {
			g.VPXOR(free[1], k, k)
		}
	}
	// tests makes the mask of what truth says of each vector: lanes of ones or zeros.
	tests := func(truth func(i int, to reg.Register)) {
		var pack func(i, n int, to reg.Register, temps []reg.Register)
		pack = func(i, n int, to reg.Register, temps []reg.Register) {
			if n == 1 {
				truth(i, to)
				return
			}
			pack(i, n/2, to, temps)
			pack(i+n/2, n/2, temps[0], temps[1:])
			if n == 2 {
				g.VPACKSSDW(temps[0], to, to)
			} else {
				g.VPACKSSWB(temps[0], to, to)
			}
		}
		for j, k := range masks {
			pack(j*per, per, k, t.x[:])
		}
	}
	// spread calls f with the lanes of each vector, the way back.
	spread := func(f func(i int, lanes reg.Register)) {
		var unpack func(i, n int, from reg.Register, temps []reg.Register)
		unpack = func(i, n int, from reg.Register, temps []reg.Register) {
			if n == 1 {
				f(i, from)
				return
			}
			g.VPUNPCKLBW(from, from, temps[0]) // all bytes of a lane are the same
			unpack(i, n/2, temps[0], temps[1:])
			g.VPUNPCKHBW(from, from, temps[0])
			unpack(i+n/2, n/2, temps[0], temps[1:])
		}
		for j, k := range masks {
			unpack(j*per, per, k, t.x[:])
		}
	}
	item := func(i int) mem { return mem{Base: tapeP, Disp: i * t.w} }
	if float {
		p := "P" + floatLetter[s]
		for name, how := range map[string]int{"equal": 0, "notEqual": 4, "less": 0x11, "lessEqual": 0x12, "greaterEqual": 0x1d, "greater": 0x1e} {
			m[name] = func() {
				tests(func(i int, to reg.Register) { g.do("VCMP"+p, operand.U8(how), item(i), t.acc[i], to) })
			}
		}
		m["isnan"] = func() {
			tests(func(i int, to reg.Register) { g.do("VCMP"+p, operand.U8(unordered), t.acc[i], t.acc[i], to) })
		}
		for name, how := range map[string]int{"isinf": 0, "isfinite": 0x11} {
			m[name] = func() {
				abs, inf := free[0], free[1]
				g.VBROADCASTSD(g.const64(^signBit[s]), abs)
				g.VBROADCASTSD(g.const64(infBits[s]), inf)
				tests(func(i int, to reg.Register) {
					g.VPAND(abs, t.acc[i], to)
					g.do("VCMP"+p, operand.U8(how), inf, to, to)
				})
			}
		}
		m["signbit"] = func() {
			zero := free[0]
			g.VPXOR(zero, zero, zero)
			tests(func(i int, to reg.Register) { g.do("VPCMPGT"+letter, t.acc[i], zero, to) })
		}
	} else {
		signs, flipped := free[0], free[1]
		for _, o := range []struct {
			name        string
			less, not   bool
			equal, flip bool
		}{
			{name: "equal", equal: true}, {name: "notEqual", equal: true, not: true},
			{name: "greater"}, {name: "lessEqual", not: true},
			{name: "less", less: true}, {name: "greaterEqual", less: true, not: true},
			{name: "greaterU", flip: true}, {name: "lessEqualU", flip: true, not: true},
			{name: "lessU", flip: true, less: true}, {name: "greaterEqualU", flip: true, less: true, not: true},
		} {
			m[o.name] = func() {
				if o.flip { // the order of unsigned integers is that of signed ones then
					g.VBROADCASTSD(g.const64(signBit[s]), signs)
				}
				tests(func(i int, to reg.Register) {
					a := t.acc[i]
					if o.equal {
						g.do("VPCMPEQ"+letter, item(i), a, to)
						return
					}
					if o.flip {
						g.VPXOR(signs, a, flipped)
						g.VPXOR(item(i), signs, to)
						a = flipped
					} else {
						g.VMOVDQU(item(i), to)
					}
					if o.less {
						g.do("VPCMPGT"+letter, a, to, to)
					} else {
						g.do("VPCMPGT"+letter, to, a, to)
					}
				})
				if o.not {
					not()
				}
			}
		}
	}
	slot := func(j int) mem { return mem{Base: tapeP, Disp: 32 * j} }
	for name, code := range map[string]string{"maskAnd": "VPAND", "maskOr": "VPOR", "maskXor": "VPXOR"} {
		m[name] = func() {
			for j, k := range masks {
				g.do(code, slot(j), k, k)
			}
		}
	}
	m["maskNot"] = not
	m["maskKeep"] = func() {
		for j, k := range masks {
			g.VMOVDQU(k, slot(j))
		}
	}
	m["maskTake"] = func() {
		for j, k := range masks {
			g.VMOVDQU(slot(j), k)
		}
	}
	// Of pairs of items of eight bytes, of fours of four bytes, packing leaves the even
	// ones in the lower half and the odd ones in the upper.
	ordered := []int{0, 4, 1, 5, 2, 6, 3, 7}
	packed := []int{0, 2, 4, 6, 1, 3, 5, 7}
	words := func(name string, order []int) mem {
		return g.bytesAt(name, 32, func(i int) int { return 2*order[i%16/2] + i%2 })
	}
	fours := func(name string, order []int) mem {
		return g.bytesAt(name, 32, func(i int) int {
			if i%4 == 0 {
				return order[i/4]
			}
			return 0
		})
	}
	m["maskLoad"] = func() {
		t.closer(s)
		zero, order := t.x[0], t.x[1]
		g.VPXOR(zero, zero, zero)
		if s == 4 {
			g.VMOVDQU(fours("tapePackedFours", packed), order)
		}
		for j, k := range masks {
			if s == 4 {
				g.VPERMD(slot(j), order, k)
			} else {
				g.VMOVDQU(slot(j), k)
				g.VPSHUFB(words("tapePackedPairs", packed), k, k)
				g.VPERMQ(operand.U8(0xd8), k, k)
			}
			g.VPCMPEQB(zero, k, k)
		}
		not()
	}
	m["maskStore"] = func() {
		t.closer(s)
		order, r := t.x[1], t.x[2]
		if s == 4 {
			g.VMOVDQU(fours("tapeOrderedFours", ordered), order)
		}
		for j, k := range masks {
			if s == 4 {
				g.VPERMD(k, order, r)
			} else {
				g.VPERMQ(operand.U8(0xd8), k, r)
				g.VPSHUFB(words("tapeOrderedPairs", ordered), r, r)
			}
			g.VPABSB(r, r)
			g.VMOVDQU(r, slot(j))
		}
	}
	one := free[0]
	number := func() {
		v := uint64(1)
		if float {
			v = oneBits[s]
		} else if s == 4 {
			v = 1<<32 | 1
		}
		g.VBROADCASTSD(g.const64(v), one)
	}
	m["number"] = func() {
		number()
		spread(func(i int, lanes reg.Register) { g.VPAND(one, lanes, t.acc[i]) })
	}
	m["loadBool"] = func() {
		t.closer(s)
		number()
		zero := t.x[0]
		g.VPXOR(zero, zero, zero)
		for i, a := range t.acc {
			g.do("VPMOVZXB"+letter, mem{Base: tapeP, Disp: i * t.w / s}, a)
			g.do("VPCMPEQ"+letter, zero, a, a)
			g.VPANDN(one, a, a)
		}
	}
	blend := "VBLENDVP" + map[int]string{4: "S", 8: "D"}[s]
	m["then"] = func() {
		spread(func(i int, lanes reg.Register) { g.do(blend, lanes, item(i), t.acc[i], t.acc[i]) })
	}
	m["else"] = func() {
		x := free[0]
		spread(func(i int, lanes reg.Register) {
			g.VMOVDQU(item(i), x)
			g.do(blend, lanes, t.acc[i], x, t.acc[i])
		})
	}
}
