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
				g.serve512(mapping{name: o.name + kind, doc: o.doc, in: []int{s, s}, out: s, lanes: 64 / q.lane(), step: q.step}, uses1(o.op, kind)...)
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
