package main

import (
	mathbits "math/bits"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Steps of tapes that load smaller items and cast them.

// closer moves the operand's address to where items lie that are times smaller.
func (t *tape) closer(times int) {
	t.MOVBQSX(mem{Base: tapeStep, Disp: 1 - 8}, tapeIndex) // whether it advances
	t.ANDQ(tapeOff, tapeIndex)
	t.SUBQ(tapeIndex, tapeP)
	t.SHRQ(operand.U8(mathbits.TrailingZeros(uint(times))), tapeIndex)
	t.ADDQ(tapeIndex, tapeP)
}

// widen loads items of size bytes: by an instruction that makes integers or floats of
// them, and one that makes floats of these.
func (t *tape) widen(size int, load, convert string) func() {
	return func() {
		t.closer(t.s / size)
		for i, a := range t.acc {
			m := mem{Base: tapeP, Disp: i * t.w * size / t.s}
			switch {
			case convert == "":
				t.do(load, m, a)
			case t.s == 4:
				t.do(load, m, a)
				t.do(convert, a, a)
			default: // half as wide first
				half := lowerHalf[a]
				t.do(load, m, half)
				t.do(convert, half, a)
			}
		}
	}
}

// lowerHalf are the lower halves of the accumulator's registers.
var lowerHalf = map[reg.Register]reg.Register{reg.Z0: reg.Y0, reg.Z1: reg.Y1, reg.Z2: reg.Y2, reg.Z3: reg.Y3,
	reg.Y0: reg.X0, reg.Y1: reg.X1, reg.Y2: reg.X2, reg.Y3: reg.X3, reg.Y4: reg.X4, reg.Y5: reg.X5, reg.Y6: reg.X6, reg.Y7: reg.X7}

// widenings adds the loads of smaller items.
func (t *tape) widenings(m map[string]func(), float bool) {
	for _, from := range []struct {
		name   string
		size   int
		letter string // of the instructions that extend
	}{{"I8", 1, "SXB"}, {"U8", 1, "ZXB"}, {"I16", 2, "SXW"}, {"U16", 2, "ZXW"}, {"I32", 4, "SXD"}, {"U32", 4, "ZXD"}} {
		extend := "VPMOV" + from.letter
		switch {
		case from.size == t.s:
		case !float:
			m["load"+from.name] = t.widen(from.size, extend+intLetter[t.s], "")
		case from.size < 4:
			m["load"+from.name] = t.widen(from.size, extend+"D", "VCVTDQ2P"+floatLetter[t.s])
		}
	}
	switch {
	case !float:
	case t.s == 8:
		m["loadF32"], m["loadI32"] = t.widen(4, "VCVTPS2PD", ""), t.widen(4, "VCVTDQ2PD", "")
		m["loadF16"] = t.widen(2, "VCVTPH2PS", "VCVTPS2PD")
		if t.w == 64 {
			m["loadU32"] = t.widen(4, "VCVTUDQ2PD", "")
			break
		}
		m["loadU32"] = func() { // as the last bits of 2⁵² and what they hold
			big := t.x[0]
			t.VBROADCASTSD(t.const64(0x4330000000000000), big)
			t.closer(2)
			for i, a := range t.acc {
				t.VPMOVZXDQ(mem{Base: tapeP, Disp: i * t.w / 2}, a)
				t.VPOR(big, a, a)
				t.VSUBPD(big, a, a)
			}
		}
	default:
		m["loadF16"] = t.widen(2, "VCVTPH2PS", "")
	}
}
