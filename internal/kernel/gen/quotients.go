package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// quotients writes the divisions of integers of up to 32 bits, item by item, as those of
// floats that hold them: of float32 for up to 16 bits, else of float64. What a quotient
// misses the next integer by is more than its rounding. Those by 0 are 0, and the one
// that overflows wraps when it is made as narrow as the items.
func quotients(g *gen) {
	for _, s := range []int{1, 2, 4} {
		for _, kind := range intKinds[s] {
			for _, o := range []struct{ op, name, doc string }{
				{"FloorDivide", "floorDivide", "dst[i] = floor(a[i] / b[i])"},
				{"Remainder", "remainder", "dst[i] = a[i] - b[i]*floor(a[i]/b[i])"},
				{"Fmod", "fmod", "dst[i] = a[i] - b[i]*trunc(a[i]/b[i])"},
			} {
				q := quotient{size: s, signed: kind[0] == 'I', op: o.op}
				m := mapping{name: o.name + kind, doc: o.doc, in: []int{s, s}, out: s, lanes: 64 / q.lane(), step: q.step}
				g.serve512(m, uses1(o.op, kind)...)
				m.lanes, m.unroll, m.step = 32/s, 1, q.packed
				g.serve2(m, uses1(o.op, kind)...)
			}
		}
	}
}

type quotient struct {
	size   int
	signed bool
	op     string
}

// lane is the number of bytes of the floats.
func (q quotient) lane() int { return max(4, 2*q.size) }

func (q quotient) step(g *gen, w int, in []mem, out mem, k op) {
	x, y := q.load(g, in[0], k), q.load(g, in[1], k)
	nonzero := g.K()
	g.VPTESTMD(y, y, nonzero)
	letter, from, to := "S", "VCVTDQ2PS", "VCVTTPS2DQ"
	if q.size == 4 {
		letter, from, to = "D", "VCVTDQ2PD", "VCVTTPD2DQ"
		if !q.signed {
			from, to = "VCVTUDQ2PD", "VCVTTPD2UDQ"
		}
	}
	fx, fy := g.ZMM(), g.ZMM()
	g.do(from, x, fx)
	g.do(from, y, fy)
	g.do("VDIVP"+letter, fy, fx, fx)
	if q.signed && q.op != "Fmod" {
		g.do("VRNDSCALEP"+letter, operand.U8(9), fx, fx)
	}
	r := q.ints(g)
	g.do(to+"_Z", fx, nonzero, r)
	if q.op != "FloorDivide" {
		g.VPMULLD(y, r, r)
		g.VPSUBD_Z(r, x, nonzero, r)
	}
	switch {
	case q.size == 4:
		g.store(32, 4, r, out, k)
	case k != nil:
		g.do("VPMOVD"+intLetter[q.size], r, k, out)
	default:
		g.do("VPMOVD"+intLetter[q.size], r, out)
	}
}

// packed is the step for AVX2, of several vectors of floats.
func (q quotient) packed(g *gen, _ int, in []mem, out mem, _ op) {
	g.VMOVDQU(g.packed(4, q.size, "U", func(i int) vec {
		if q.size < 4 {
			at := 8 * i * q.size
			return q.eight(g, in[0].Offset(at), in[1].Offset(at))
		}
		low, high := q.four(g, in[0], in[1]), q.four(g, in[0].Offset(16), in[1].Offset(16)).AsX()
		low = low.AsY().(vec)
		g.VINSERTI128(operand.U8(1), high, low, low)
		return low
	}), out)
}

// eight divides items of up to 16 bits.
func (q quotient) eight(g *gen, a, b mem) (r vec) {
	from := kind{size: q.size, class: map[bool]byte{true: 'i', false: 'u'}[q.signed]}
	x, y := g.extend(from, 4, 8, a, nil), g.extend(from, 4, 8, b, nil)
	g.lane(4, 32, func() {
		fx, fy := g.fresh(), g.fresh()
		g.VCVTDQ2PS(x, fx)
		g.VCVTDQ2PS(y, fy)
		fx = g.div(fx, fy)
		if q.signed && q.op != "Fmod" {
			fx = g.rounded(fx, toFloor)
		}
		r = g.fresh()
		g.VCVTTPS2DQ(fx, r)
		q.rest(g, x, y, r)
	})
	return r
}

// four divides items of 32 bits.
func (q quotient) four(g *gen, a, b mem) (r vec) {
	x, y := g.load(16, 4, a, nil), g.load(16, 4, b, nil)
	from := kind{name: "U32", size: 4, class: 'u'}
	if q.signed {
		from = kind{name: "I32", size: 4, class: 'i'}
	}
	g.lane(8, 32, func() {
		f := g.div(g.floatsOf(from, 8, 4, a), g.floatsOf(from, 8, 4, b))
		r = g.XMM()
		switch {
		case !q.signed: // the bits of an integer are the last ones of its sum with 2^52
			f = g.add(g.rounded(f, toZero), 0x1p52)
			g.VEXTRACTF128(operand.U8(1), f, r)
			g.VSHUFPS(operand.U8(0x88), r, f.AsX(), r)
		case q.op != "Fmod":
			f = g.rounded(f, toFloor)
			fallthrough
		default:
			g.VCVTTPD2DQY(f, r)
		}
	})
	g.lane(4, 16, func() { q.rest(g, x, y, r) })
	return r
}

// rest makes the quotients r of x and y the results, which beside 0 are 0.
func (q quotient) rest(g *gen, x, y, r vec) {
	if q.op != "FloorDivide" {
		g.VPMULLD(y, r, r)
		g.VPSUBD(r, x, r)
	}
	g.VPCMPEQD(g.none(), y, y)
	g.VPANDN(r, y, r)
}

// ints returns a register for as many integers of 32 bits as there are floats.
func (q quotient) ints(g *gen) reg.VecVirtual {
	if q.size == 4 {
		return g.YMM()
	}
	return g.ZMM()
}

// load reads the items as integers of 32 bits.
func (q quotient) load(g *gen, m mem, k op) reg.VecVirtual {
	if q.size == 4 {
		return g.load(32, 4, m, k)
	}
	name, r := map[bool]string{true: "VPMOVSX", false: "VPMOVZX"}[q.signed]+intLetter[q.size]+"D", q.ints(g)
	if k != nil {
		g.do(name+"_Z", m, k, r)
	} else {
		g.do(name, m, r)
	}
	return r
}
