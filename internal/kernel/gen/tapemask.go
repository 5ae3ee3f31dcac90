package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Steps of tapes that write or read the mask.

// masks adds the operations whose result or operand is a mask, which AVX-512 has
// registers for: one for each vector of the accumulator.
func (t *tape) masks(m map[string]func(), float bool) {
	g, s := t.gen, t.s
	masks := []reg.Register{reg.K2, reg.K3, reg.K4, reg.K5}
	spare := reg.K1
	letter, lanes := intLetter[s], 64/s
	test := func(name, code string, how int) {
		m[name] = func() {
			for i, a := range t.acc {
				g.do(code, operand.U8(how), mem{Base: tapeP, Disp: i * t.w}, a, masks[i])
			}
		}
	}
	if float {
		p := "P" + floatLetter[s]
		for name, how := range map[string]int{"equal": 0, "notEqual": 4, "less": 0x11, "lessEqual": 0x12, "greaterEqual": 0x1d, "greater": 0x1e} {
			test(name, "VCMP"+p, how)
		}
		for name, which := range map[string]int{"isnan": 0x81, "isinf": 0x18, "isfinite": 0x99} {
			m[name] = func() {
				for i, a := range t.acc {
					g.do("VFPCLASS"+p+"Z", operand.U8(which), a, masks[i])
					if name == "isfinite" {
						g.KNOTW(masks[i], masks[i])
					}
				}
			}
		}
		m["signbit"] = func() {
			for i, a := range t.acc {
				g.do("VPMOV"+letter+"2M", a, masks[i])
			}
		}
	} else {
		for name, how := range map[string]int{"equal": 0, "less": 1, "lessEqual": 2, "notEqual": 4, "greaterEqual": 5, "greater": 6} {
			test(name, "VPCMP"+letter, how)
			if how&3 != 0 {
				test(name+"U", "VPCMPU"+letter, how)
			}
		}
	}
	slot := func(i int) mem { return mem{Base: tapeP, Disp: 8 * i} }
	for name, code := range map[string]string{"maskAnd": "KANDW", "maskOr": "KORW", "maskXor": "KXORW"} {
		m[name] = func() {
			for i, k := range masks {
				g.KMOVW(slot(i), spare)
				g.do(code, spare, k, k)
			}
		}
	}
	m["maskNot"] = func() {
		for _, k := range masks {
			g.KNOTW(k, k)
		}
	}
	m["maskKeep"] = func() {
		for i, k := range masks {
			g.KMOVW(k, slot(i))
		}
	}
	m["maskTake"] = func() {
		for i, k := range masks {
			g.KMOVW(slot(i), k)
		}
	}
	truth := func(i int, k reg.Register) { // of the bools of vector i
		x := reg.X4
		if s == 8 {
			g.VMOVQ(mem{Base: tapeP, Disp: lanes * i}, x)
		} else {
			g.VMOVDQU(mem{Base: tapeP, Disp: lanes * i}, x)
		}
		g.VPTESTMB(x, x, k)
	}
	m["maskLoad"] = func() {
		t.closer(s)
		for i, k := range masks {
			truth(i, k)
		}
	}
	one := func(i int, k reg.Register) { // the numbers of a mask
		g.do("VMOVDQA64_Z", t.x[1], k, t.acc[i])
	}
	ones := func() {
		v := uint64(1)
		if float {
			v = oneBits[s]
		} else if s == 4 {
			v = 1<<32 | 1
		}
		g.VBROADCASTSD(g.const64(v), t.x[1])
	}
	if s == 4 {
		one = func(i int, k reg.Register) { g.do("VMOVDQA32_Z", t.x[1], k, t.acc[i]) }
	}
	m["loadBool"] = func() {
		t.closer(s)
		ones()
		for i := range masks {
			truth(i, spare)
			one(i, spare)
		}
	}
	m["number"] = func() {
		ones()
		for i, k := range masks {
			one(i, k)
		}
	}
	m["maskStore"] = func() {
		t.closer(s)
		x, y := reg.K6, reg.K7
		if s == 8 {
			g.KUNPCKBW(masks[0], masks[1], x)
			g.KUNPCKBW(masks[2], masks[3], y)
			g.KUNPCKWD(x, y, x)
			g.VPMOVM2B(x, reg.Y4)
			g.VPABSB(reg.Y4, reg.Y4)
			g.VMOVDQU(reg.Y4, mem{Base: tapeP})
			return
		}
		g.KUNPCKWD(masks[0], masks[1], x)
		g.KUNPCKWD(masks[2], masks[3], y)
		g.KUNPCKDQ(x, y, x)
		g.VPMOVM2B(x, reg.Z4)
		g.VPABSB(reg.Z4, reg.Z4)
		g.VMOVDQU64(reg.Z4, mem{Base: tapeP})
	}
	blend := "VPBLENDM" + letter
	m["then"] = func() {
		for i, k := range masks {
			g.do(blend, mem{Base: tapeP, Disp: 64 * i}, t.acc[i], k, t.acc[i])
		}
	}
	m["else"] = func() {
		for i, k := range masks {
			g.KNOTW(k, spare)
			g.do(blend, mem{Base: tapeP, Disp: 64 * i}, t.acc[i], spare, t.acc[i])
		}
	}
}
