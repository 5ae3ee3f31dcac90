package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	placeBytes  = 128              // of a place; PlaceBytes of the package
	secondBytes = 256 * placeBytes // to the second words; SecondBytes of the package
)

// exchanges writes the steps of sorting networks.
func exchanges(g *gen) {
	for _, w := range []int{64, 32} {
		for _, s := range sizes {
			g.exchange(w, s)
			g.turnPlaces(w, s)
		}
		g.exchangePairs(w)
	}
}

// openExchange declares a loop over pairs of places; body puts the two at x and y in
// order.
func (g *gen) openExchange(name, doc string, body func(x, y reg.GPVirtual)) {
	g.begin(name, "func(places, pairs unsafe.Pointer, n int)", doc)
	places, pairs, n := g.arg("places"), g.arg("pairs"), g.arg("n")
	g.turns(n, 1, func() {
		x, y := g.GP64(), g.GP64()
		for i, at := range []reg.GPVirtual{x, y} {
			g.MOVBQZX(mem{Base: pairs, Disp: i}, at)
			g.SHLQ(log2(placeBytes), at)
			g.ADDQ(places, at)
		}
		g.ADDQ(operand.U8(2), pairs)
		body(x, y)
	})
	g.end()
}

func (g *gen) exchange(w, s int) {
	l := intLetter[s]
	g.openExchange("exchange"+l+levelName[w], fmt.Sprintf(
		"puts the lesser of two signed items of %d bytes into the first place of each pair, the greater into the second, lane by lane.", s),
		func(x, y reg.GPVirtual) {
			for v := 0; v < placeBytes; v += w {
				mx, my := mem{Base: x, Disp: v}, mem{Base: y, Disp: v}
				a, b := g.load(w, s, mx, nil), g.load(w, s, my, nil)
				lesser, greater := g.meet(w, s, a, b)
				g.store(w, s, lesser, mx, nil)
				g.store(w, s, greater, my, nil)
			}
		})
}

// exchangePairs compares two signed words of each lane, of which the second lies
// secondBytes behind the first.
func (g *gen) exchangePairs(w int) {
	g.openExchange("exchangePairs"+levelName[w],
		"does as exchangeQ"+levelName[w]+" for places of two words a lane, the second SecondBytes behind the first, which decides where the first are equal.",
		func(x, y reg.GPVirtual) {
			for v := 0; v < placeBytes; v += w {
				var m [2][2]mem // of x and y, word by word
				var in [2][2]reg.VecVirtual
				for i, base := range []reg.GPVirtual{x, y} {
					for word := range 2 {
						m[i][word] = mem{Base: base, Disp: v + word*secondBytes}
						in[i][word] = g.load(w, 8, m[i][word], nil)
					}
				}
				if w == 64 {
					more, equal, second := g.K(), g.K(), g.K()
					g.VPCMPQ(operand.U8(greaterThan), in[1][0], in[0][0], more)
					g.VPCMPEQQ(in[1][0], in[0][0], equal)
					g.VPCMPQ(operand.U8(greaterThan), in[1][1], in[0][1], equal, second)
					g.KORW(second, more, more)
					for word := range 2 {
						lesser, greater := g.vec(w), g.vec(w)
						g.VPBLENDMQ(in[1][word], in[0][word], more, lesser)
						g.VPBLENDMQ(in[0][word], in[1][word], more, greater)
						g.store(w, 8, lesser, m[0][word], nil)
						g.store(w, 8, greater, m[1][word], nil)
					}
					continue
				}
				more, equal, second := g.vec(w), g.vec(w), g.vec(w)
				g.VPCMPGTQ(in[1][0], in[0][0], more)
				g.VPCMPEQQ(in[1][0], in[0][0], equal)
				g.VPCMPGTQ(in[1][1], in[0][1], second)
				g.VPAND(equal, second, second)
				g.VPOR(second, more, more)
				for word := range 2 {
					lesser, greater := g.vec(w), g.vec(w)
					g.VBLENDVPD(more, in[1][word], in[0][word], lesser)
					g.VBLENDVPD(more, in[0][word], in[1][word], greater)
					g.store(w, 8, lesser, m[0][word], nil)
					g.store(w, 8, greater, m[1][word], nil)
				}
			}
		})
}

// turnPlaces makes floats, or unsigned integers, items in the order of signed ones,
// and back, and looks for what has no place of its own there.
func (g *gen) turnPlaces(w, s int) {
	l := intLetter[s]
	signs := map[int]int{2: 15, 4: 31, 8: 63}[s]
	g.begin("turnSigns"+l+levelName[w], "func(places unsafe.Pointer, n int)",
		fmt.Sprintf("turns the sign bit of all items of %d bytes in n places.", s))
	places, n := g.arg("places"), g.arg("n")
	each := func(f func(m mem, v reg.VecVirtual)) {
		g.turns(n, 1, func() {
			for at := 0; at < placeBytes; at += w {
				m := mem{Base: places, Disp: at}
				f(m, g.load(w, s, m, nil))
			}
			g.SUBQ(operand.I8(-placeBytes), places)
		})
	}
	sign := g.splat(w, signBit[s])
	each(func(m mem, v reg.VecVirtual) {
		g.do(logic("VPXOR", w), sign, v, v)
		g.store(w, s, v, m, nil)
	})
	g.end()
	if s == 1 {
		return
	}

	g.begin("turnFloats"+l+levelName[w], "func(places unsafe.Pointer, n int)",
		fmt.Sprintf("turns all bits but the sign of negative items of %d bytes in n places.", s))
	places, n = g.arg("places"), g.arg("n")
	zero, rest := g.zero(w), g.splat(w, ^signBit[s])
	each(func(m mem, v reg.VecVirtual) {
		negative := g.vec(w)
		if w == 32 {
			g.do("VPCMPGT"+l, v, zero, negative)
		} else {
			g.do("VPSRA"+l, operand.U8(uint64(signs)), v, negative)
		}
		g.do(logic("VPAND", w), rest, negative, negative)
		g.do(logic("VPXOR", w), negative, v, v)
		g.store(w, s, v, m, nil)
	})
	g.end()

	g.begin("oddFloats"+l+levelName[w], "func(places unsafe.Pointer, n int) (odd int)",
		fmt.Sprintf("tells whether there is a NaN or a negative zero among the floats of %d bytes in n places.", s))
	places, n = g.arg("places"), g.arg("n")
	sign, rest = g.splat(w, signBit[s]), g.splat(w, ^signBit[s])
	inf := g.splat(w, map[int]uint64{2: 0x7c007c007c007c00, 4: infBits[4], 8: infBits[8]}[s])
	odd := g.GP64()
	if w == 64 {
		seen := g.K()
		g.KXORQ(seen, seen, seen)
		each(func(_ mem, v reg.VecVirtual) {
			nan, zero, number := g.K(), g.K(), g.vec(w)
			g.VPANDQ(rest, v, number)
			g.do("VPCMP"+l, operand.U8(greaterThan), inf, number, nan)
			g.do("VPCMPEQ"+l, sign, v, zero)
			g.KORQ(nan, seen, seen)
			g.KORQ(zero, seen, seen)
		})
		g.KMOVQ(seen, odd)
	} else {
		seen := g.zero(w)
		each(func(_ mem, v reg.VecVirtual) {
			nan, zero := g.vec(w), g.vec(w)
			g.VPAND(rest, v, nan)
			g.do("VPCMPGT"+l, inf, nan, nan)
			g.do("VPCMPEQ"+l, sign, v, zero)
			g.VPOR(nan, seen, seen)
			g.VPOR(zero, seen, seen)
		})
		g.VPMOVMSKB(seen, odd.As32())
	}
	g.MOVQ(odd, g.result("odd"))
	g.end()
}

// greaterThan is how integers are compared: not less or equal.
const greaterThan = 6
