package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// powerInt writes the powers of integers by repeated squaring, as often as the greatest
// exponent of a vector asks for; those of bytes in words.
func powerInt(g *gen) {
	for _, s := range sizes {
		lane := max(s, 2)
		var one reg.VecVirtual
		m := mapping{name: "powerInt" + intLetter[s], doc: "dst[i] = powInt(a[i], b[i])", in: []int{s, s}, out: s, unroll: 1, lanes512: 64 / lane, lanes2: 32 / lane,
			setup: func(g *gen, w int) { one = g.splat(w, oneInt[lane]) },
			step: func(g *gen, w int, in []mem, out mem, k op) {
				x, e, r := g.loadWords(w, s, in[0], k), g.loadWords(w, s, in[1], k), g.vec(w)
				g.VMOVUPS(one, r)
				loop, done := g.label("power"), g.label("powers")
				g.Label(loop)
				if w == 64 {
					odd, left := g.K(), g.K()
					g.do("VPTESTM"+intLetter[lane], one, e, odd)
					g.do("VPMULL"+intLetter[lane], x, r, odd, r)
					g.do("VPSRL"+intLetter[lane], operand.U8(1), e, e)
					g.do("VPTESTM"+intLetter[lane], e, e, left)
					g.KORTESTQ(left, left)
				} else {
					odd, by := g.vec(w), g.vec(w)
					g.VPAND(one, e, odd)
					g.do("VPCMPEQ"+intLetter[lane], one, odd, odd)
					g.VPBLENDVB(odd, x, one, by)
					g.multiply(w, lane, by, r)
					g.do("VPSRL"+intLetter[lane], operand.U8(1), e, e)
					g.VPTEST(e, e)
				}
				g.jump("JEQ", done)
				g.multiply(w, lane, x, x)
				g.jump("JMP", loop)
				g.Label(done)
				g.storeWords(w, s, r, out, k)
			}}
		g.serve(m, uses1("Power", intKinds[s]...)...)
	}
}

// multiply makes x the low halves of its products with y.
func (g *gen) multiply(w, s int, y, x reg.VecVirtual) {
	if s == 8 {
		multiplyQuads(g, w, x, y)
		return
	}
	g.do("VPMULL"+intLetter[s], y, x, x)
}

// loadWords loads integers, bytes into words; storeWords stores them.
func (g *gen) loadWords(w, s int, m mem, k op) reg.VecVirtual {
	if s > 1 {
		return g.load(w, s, m, k)
	}
	r := g.vec(w)
	if k != nil {
		g.do("VPMOVZXBW_Z", m, k, r)
	} else {
		g.VPMOVZXBW(m, r)
	}
	return r
}

func (g *gen) storeWords(w, s int, r reg.VecVirtual, m mem, k op) {
	switch {
	case s > 1:
		g.store(w, s, r, m, k)
	case k != nil:
		g.VPMOVWB(r, k, m)
	case w == 64:
		g.VPMOVWB(r, m)
	default:
		low, high := g.vec(w), g.XMM()
		g.do("VPSLLW", operand.U8(8), r, low)
		g.do("VPSRLW", operand.U8(8), low, low)
		g.VEXTRACTI128(operand.U8(1), low, high)
		g.VPACKUSWB(high, low.AsX(), high)
		g.VMOVDQU(high, m)
	}
}
