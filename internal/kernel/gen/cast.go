package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A kind is what casts know of a dtype.
type kind struct {
	name  string
	size  int
	class byte // 'b' bool, 'i' signed, 'u' unsigned, 'f' float
}

var castKinds = []kind{{"Bool", 1, 'b'}, {"I8", 1, 'i'}, {"U8", 1, 'u'}, {"I16", 2, 'i'}, {"U16", 2, 'u'}, {"I32", 4, 'i'}, {"U32", 4, 'u'},
	{"I64", 8, 'i'}, {"U64", 8, 'u'}, {"F16", 2, 'f'}, {"F32", 4, 'f'}, {"F64", 8, 'f'}}

// casts writes the conversions between bool, integers and floats.
func casts(g *gen) {
	g.rowType = "castLoop"
	for _, from := range castKinds {
		for _, to := range castKinds {
			switch {
			case from == to, from.class != 'b' && from.class != 'f' && to.class != 'b' && to.class != 'f' && from.size == to.size:
				continue // copies
			case from.class == 'b':
				g.fromBool(to)
			case to.class == 'b':
				g.toBool(from)
			default:
				g.cast(from, to)
				g.castSecond(from, to)
				g.castAVX2(from, to)
			}
		}
	}
	castsToComplex(g)
}

func (g *gen) castRow(from, to kind, level, name string, lanes int) {
	g.rows = append(g.rows, fmt.Sprintf("{Level%s, k%s, k%s, %s, %d}", level, from.name, to.name, name, lanes))
}

var oneOf = map[string]uint64{"F16": 0x3c003c003c003c00, "F32": 0x3f8000003f800000, "F64": 0x3ff0000000000000}

var oneInt = map[int]uint64{1: 0x0101010101010101, 2: 0x0001000100010001, 4: 0x0000000100000001, 8: 1}

// fromBool spreads the truth of bytes over lanes of ones.
func (g *gen) fromBool(to kind) {
	one := oneInt[to.size]
	if to.class == 'f' {
		one = oneOf[to.name]
	}
	var ones reg.VecVirtual
	lanes := 64 / to.size
	name := g.avx512(mapping{name: "castBool" + to.name, doc: "if a[i] != 0 { dst[i] = 1 } else { dst[i] = 0 }", in: []int{1}, out: to.size,
		setup: func(g *gen, w int) { ones = g.splat(w, one) },
		step: func(g *gen, w int, in []mem, out mem, k op) {
			x, t, r := g.part(lanes, 1, in[0], k), g.K(), g.vec(w)
			g.VPTESTMB(x, x, t)
			g.do(laneMove[to.size]+"_Z", ones, t, r)
			g.store(w, to.size, r, out, k)
		}})
	g.castRow(castKinds[0], to, "AVX512", name, 0)
	g.fromBoolAVX2(to, one)
}

// part loads n items, which may be less than a vector, or those that k has.
func (g *gen) part(n, size int, m mem, k op) reg.VecVirtual {
	r := g.vec(n * size)
	if g.pick != nil {
		g.loadSecond(n, size, m, r)
		return r
	}
	switch {
	case k != nil:
		g.do(laneMove[size]+"_Z", m, k, r)
	case n*size == 4:
		g.VMOVD(m, r)
	case n*size == 8:
		g.VMOVQ(m, r)
	case n*size == 64:
		g.VMOVDQU64(m, r)
	default:
		g.VMOVDQU(m, r)
	}
	return r
}

// putPart stores n items, which may be less than a vector, or those that k has.
func (g *gen) putPart(n, size int, r op, m mem, k op) {
	switch {
	case k != nil:
		g.do(laneMove[size], r, k, m)
	case n*size == 4:
		g.VMOVD(r, m)
	case n*size == 8:
		g.VMOVQ(r, m)
	case n*size >= 16 && g.stream:
		g.VMOVNTDQ(r, m)
	case n*size == 64:
		g.VMOVDQU64(r, m)
	default:
		g.VMOVDQU(r, m)
	}
}

// toBool tests each item for zero; NaN is true.
func (g *gen) toBool(from kind) {
	l := intLetter[from.size]
	t := test{
		mask: func(g *gen, v []reg.VecVirtual) op { k := g.K(); g.do("VPTESTM"+l, v[0], v[0], k); return k },
		wide: func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
			g.do("VPCMPEQ"+l, set(0), v[0], v[0])
			return v[0]
		}, not: true}
	if from.class == 'f' {
		// shifting the sign out leaves a zero of either
		t.mask = func(g *gen, v []reg.VecVirtual) op {
			k := g.K()
			g.do("VPADD"+l, v[0], v[0], v[0])
			g.do("VPTESTM"+l, v[0], v[0], k)
			return k
		}
		t.wide = func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
			g.do("VPADD"+l, v[0], v[0], v[0])
			g.do("VPCMPEQ"+l, set(0), v[0], v[0])
			return v[0]
		}
	}
	name, doc := "cast"+from.name+"Bool", "dst[i] = a[i] != 0"
	g.bools(name, doc, 1, from.size, t) // no table entries
	g.castRow(from, castKinds[0], "AVX512", name+"AVX512", 0)
	g.castRow(from, castKinds[0], "AVX2", name+"AVX2", 32)
}

func (g *gen) cast(from, to kind) {
	const w = 64
	lanes := w / max(from.size, to.size)
	wide64 := to.class != 'f' && (to.size == 8 || to.name == "U32") // through int64
	if from.class == 'f' && wide64 {
		lanes = w / 8
	}
	if from.name == "F16" && to.class != 'f' && to.size < 8 && !wide64 || from.class == 'f' && to.name == "F16" ||
		from.class != 'f' && to.name == "F16" || from.name == "F16" && to.size == 4 {
		lanes = min(lanes, w/4) // through float32
	}
	if from.class == 'f' && from.name != "F64" && to.class != 'f' && !wide64 {
		lanes = min(lanes, w/4) // through int32
	}
	var hi, sign, one reg.VecVirtual
	m := mapping{name: "cast" + from.name + to.name, doc: "dst[i] = convert(a[i])", in: []int{from.size}, out: to.size, lanes: lanes,
		setup: func(g *gen, w int) {
			if from.class == 'f' && to.name == "U64" {
				hi, sign = g.splat(w, 0x43e0000000000000), g.splat(w, 1<<63)
			}
			if from.name == "F64" && to.name == "F16" {
				one = g.splat(w, oneInt[4])
			}
		},
		step: func(g *gen, w int, in []mem, out mem, k op) {
			g.convert(from, to, lanes, in[0], out, k, hi, sign, one)
		}}
	g.castRow(from, to, "AVX512", g.avx512(m), 0)
}

// extend loads n integers as integers of a greater size.
func (g *gen) extend(from kind, size, n int, m mem, k op) reg.VecVirtual {
	r := g.vec(n * size)
	name := "VPMOVSX"
	if from.class == 'u' {
		name = "VPMOVZX"
	}
	name += intLetter[from.size] + intLetter[size]
	if g.pick != nil {
		g.do(name, g.part(n, from.size, m, k), r)
	} else if k != nil {
		g.do(name+"_Z", m, k, r)
	} else {
		g.do(name, m, r)
	}
	return r
}

// shorten cuts n integers of a size to a smaller one.
func (g *gen) shorten(x reg.VecVirtual, from, to, n int) reg.VecVirtual {
	if from == to {
		return x
	}
	r := g.vec(n * to)
	g.do("VPMOV"+intLetter[from]+intLetter[to], x, r)
	return r
}

func (g *gen) convert(from, to kind, n int, in, out mem, k op, hi, sign, one reg.VecVirtual) {
	put := func(r reg.VecVirtual) { g.putPart(n, to.size, r, out, k) }
	integer := func(c byte) bool { return c != 'f' }
	switch {
	case integer(from.class) && integer(to.class) && to.size > from.size:
		put(g.extend(from, to.size, n, in, k))
	case integer(from.class) && integer(to.class):
		put(g.shorten(g.part(n, from.size, in, k), from.size, to.size, n))

	case integer(from.class) && to.name == "F64":
		r := g.vec(n * 8)
		if from.size < 4 {
			g.VCVTDQ2PD(g.extend(from, 4, n, in, k), r)
		} else {
			name := map[string]string{"I32": "VCVTDQ2PD", "U32": "VCVTUDQ2PD", "I64": "VCVTQQ2PD", "U64": "VCVTUQQ2PD"}[from.name]
			g.do(name, g.part(n, from.size, in, k), r)
		}
		put(r)
	case integer(from.class): // to F32 and through it to F16
		r := g.vec(n * 4)
		if from.size < 4 {
			g.VCVTDQ2PS(g.extend(from, 4, n, in, k), r)
		} else {
			name := map[string]string{"I32": "VCVTDQ2PS", "U32": "VCVTUDQ2PS", "I64": "VCVTQQ2PS", "U64": "VCVTUQQ2PS"}[from.name]
			g.do(name, g.part(n, from.size, in, k), r)
		}
		if to.name == "F16" {
			r = g.half(r, n)
		}
		put(r)

	case from.name == "F64":
		x := g.part(n, 8, in, k)
		g.fromF64(x, to, n, put, hi, sign, one)
	default: // F32, or F16 as F32
		var x reg.VecVirtual
		if from.name == "F16" {
			x = g.vec(n * 4)
			g.VCVTPH2PS(g.part(n, 2, in, k), x)
		} else {
			x = g.part(n, 4, in, k)
		}
		switch {
		case to.name == "F32":
			put(x)
		case to.name == "F16":
			put(g.half(x, n))
		case to.name == "F64" || to.name == "U64":
			r := g.vec(n * 8)
			g.VCVTPS2PD(x, r)
			if to.name == "F64" {
				put(r)
			} else {
				g.fromF64(r, to, n, put, hi, sign, one)
			}
		case to.name == "U32" || to.size == 8:
			r := g.vec(n * 8)
			g.VCVTTPS2QQ(x, r)
			put(g.shorten(r, 8, to.size, n))
		default:
			g.VCVTTPS2DQ(x, x)
			put(g.shorten(x, 4, to.size, n))
		}
	}
}

// half rounds n float32 to float16.
func (g *gen) half(x reg.VecVirtual, n int) reg.VecVirtual {
	r := g.vec(n * 2)
	g.VCVTPS2PH(operand.U8(0), x, r)
	return r
}

func (g *gen) fromF64(x reg.VecVirtual, to kind, n int, put func(reg.VecVirtual), hi, sign, one reg.VecVirtual) {
	switch {
	case to.name == "F32":
		r := g.vec(n * 4)
		g.VCVTPD2PS(x, r)
		put(r)
	case to.name == "F16":
		// Rounded to odd in float32, it rounds as from float64: truncate, and set
		// the last bit where something was cut off.
		r, back, cut := g.vec(n*4), g.vec(n*8), g.K()
		g.VCVTPD2PS_RZ_SAE(x, r)
		g.VCVTPS2PD(r, back)
		g.VCMPPD(operand.U8(0x0c), back, x, cut) // not equal, false for NaN
		g.VPORD(one.AsY(), r, cut, r)
		put(g.half(r, n))
	case to.name == "U64":
		// From 2⁶³ on: subtract it, convert, and flip the top bit, which makes 0
		// of what does not fit.
		big, y := g.K(), g.vec(n*8)
		g.VCMPPD(operand.U8(0x1d), hi, x, big) // ≥
		g.VSUBPD(hi, x, y)
		g.VCVTTPD2QQ(y, y)
		g.VPXORQ(sign, y, y)
		g.VCVTTPD2QQ(x, x)
		g.VMOVDQA64(y, big, x)
		put(x)
	case to.name == "U32" || to.size == 8:
		r := g.vec(n * 8)
		g.VCVTTPD2QQ(x, r)
		put(g.shorten(r, 8, to.size, n))
	default:
		r := g.vec(n * 4)
		g.VCVTTPD2DQ(x, r)
		put(g.shorten(r, 4, to.size, n))
	}
}
