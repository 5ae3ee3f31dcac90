package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
)

// The conversions for AVX2, which has no instructions between floats and integers of 64 bits
// or without a sign: sums with powers of two lay their bits into fractions and back. What gets
// narrower is packed.

// castAVX2 writes a conversion that is no copy.
func (g *gen) castAVX2(from, to kind) {
	ints := map[kind]bool{from: from.class != 'f', to: to.class != 'f'}
	lanes := 32 / max(from.size, to.size)
	var r func(m mem) vec
	packed := func(size, per int, load func(m mem) vec) {
		lanes = 32 / to.size
		r = func(m mem) vec {
			return g.packed(size, to.size, "U", func(i int) vec { return load(m.Offset(i * per * from.size)) })
		}
	}
	switch {
	case ints[from] && ints[to] && to.size < from.size:
		packed(from.size, 32/from.size, func(m mem) vec { return g.load(32, from.size, m, nil) })
	case ints[from] && ints[to]:
		r = func(m mem) vec { return g.extend(from, to.size, lanes, m, nil) }
	case ints[from]:
		lanes = 32 / max(from.size, to.size, 4)
		r = func(m mem) vec {
			x := g.floatsOf(from, max(to.size, 4), lanes, m)
			if to.size == 2 {
				x = g.half(x, lanes)
			}
			return x
		}
	case ints[to] && (to.size < 4 || to.name == "I32"):
		packed(4, 8, func(m mem) vec { return g.truncated(from, m) })
	case to.name == "U32" && from.name == "F16":
		lanes, r = 8, func(m mem) (x vec) {
			x = g.truncated(from, m)
			g.lane(4, 32, func() { // what is no number is the least
				least := g.sources("VPCMPEQD", x, g.sign())
				g.VPANDN(x, least, x)
			})
			return x
		}
	case to.name == "U32":
		packed(8, 4, func(m mem) vec { return g.truncatedLong(from, to, m) })
		long := r
		r = func(m mem) vec { // eight that are integers of 32 bits with a sign are nearly all
			x, short := g.truncated(from, m), g.label("short")
			g.lane(4, 32, func() { g.test(g.sources("VPCMPEQD", x, g.sign())) })
			g.jump("JEQ", short)
			g.VMOVUPS(long(m), x)
			g.Label(short)
			return x
		}
	case ints[to]:
		lanes, r = 4, func(m mem) vec { return g.truncatedLong(from, to, m) }
	case from.size < to.size:
		r = func(m mem) vec { return g.floats(from, to.size, lanes, m) }
	case from.name == "F64":
		r = func(m mem) (x vec) {
			x = g.load(32, 8, m, nil)
			if to.name == "F16" {
				g.lane(8, 32, func() { x = g.toOdd(x, g.setBits(1<<29-1)) }) // float32 has 29 bits less
			}
			y := g.XMM()
			g.VCVTPD2PSY(x, y)
			if to.name == "F16" {
				y = g.half(y, lanes)
			}
			return y
		}
	default: // F32 to F16
		r = func(m mem) vec { return g.half(g.load(32, 4, m, nil), lanes) }
	}
	name, n := g.avx2(mapping{name: "cast" + from.name + to.name, doc: "dst[i] = convert(a[i])", in: []int{from.size}, out: to.size,
		lanes: lanes, unroll: max(1, 16/lanes), step: func(g *gen, _ int, in []mem, out mem, _ op) { g.putPart(lanes, to.size, r(in[0]), out, nil) }})
	g.castRow(from, to, "AVX2", name, n)
}

// packed makes one vector of integers of a smaller size of several: load gives the i-th, of which
// the low bits are kept. With saturation S, they are all or none.
func (g *gen) packed(from, to int, saturation string, load func(i int) vec) vec {
	var pack func(size, i int) vec // the lanes of 16 bytes apart
	pack = func(size, i int) (x vec) {
		if size == from {
			x = load(i)
		} else {
			var y vec
			x, y = pack(2*size, 2*i), pack(2*size, 2*i+1)
			switch size {
			case 1:
				g.do("VPACK"+saturation+"SWB", y, x, x)
			case 2:
				g.do("VPACK"+saturation+"SDW", y, x, x)
			case 4:
				g.VSHUFPS(operand.U8(0x88), y, x, x)
			case 8:
				g.VPUNPCKLQDQ(y, x, x)
				g.VPERMQ(operand.U8(0xd8), x, x)
			}
		}
		if size == min(from, 4) && size > to && saturation == "U" {
			g.lane(8, 32, func() { x = g.sources("VPAND", x, oneInt[size]*(1<<(8*to)-1)) })
		}
		return x
	}
	x := pack(to, 0)
	switch min(from, 8) / to {
	case 2, 8:
		g.VPERMQ(operand.U8(0xd8), x, x)
	case 4:
		order := g.vec(32)
		g.VMOVDQU(g.bytesAt(g.family+"Packed4", 32, func(i int) int { return map[bool]int{true: i/8 + i/4%2*4}[i%4 == 0] }), order)
		g.VPERMD(x, order, x)
	}
	if from >= 8 && to == 1 {
		order := g.vec(32)
		g.VBROADCASTI128(g.bytesAt(g.family+"Packed8", 16, func(i int) int { return i/4*2 + i/2%2*8 + i%2 }), order)
		g.VPSHUFB(order, x, x)
	}
	return x
}

// floats loads n floats as those of a greater size.
func (g *gen) floats(from kind, size, n int, m mem) (x vec) {
	x = g.vec(4 * n)
	switch {
	case from.size == size:
		return g.load(32, size, m, nil)
	case from.name == "F16" && n == 4: // of which a load would read eight
		g.VCVTPH2PS(g.part(n, 2, m, nil), x)
	case from.name == "F16":
		g.VCVTPH2PS(m, x)
	default:
		x = g.vec(32)
		g.VCVTPS2PD(m, x)
		return x
	}
	if size == 8 {
		r := g.vec(32)
		g.VCVTPS2PD(x, r)
		return r
	}
	return x
}

// truncated loads eight floats as integers of 32 bits.
func (g *gen) truncated(from kind, m mem) (x vec) {
	if from.name == "F64" {
		low, high := g.XMM(), g.XMM()
		g.VCVTTPD2DQY(m, low)
		g.VCVTTPD2DQY(m.Offset(32), high)
		x = low.AsY().(vec)
		g.VINSERTI128(operand.U8(1), high, x, x)
		return x
	}
	x = g.floats(from, 4, 8, m)
	g.VCVTTPS2DQ(x, x)
	return x
}

// truncatedLong loads four floats as integers of 64 bits, or their low halves as U32. The
// number of 2^32 in one and what is left are added to 2^52 + 2^51, below which lie the bits
// of integers; of the first its low half counts alone.
func (g *gen) truncatedLong(from, to kind, m mem) (r vec) {
	x := g.floats(from, 8, 4, m)
	g.lane(8, 32, func() {
		const place, above = 0x1.8p52, 0x4338_0000 // the high half of its bits
		t := g.rounded(x, toZero)
		high := g.fma(t, g.set(0x1p-32), float64(place-above))
		low := g.fnma(g.sub(high, float64(place-above)), 0x1p32, t)
		low = g.add(low, place)
		if to.name == "U32" {
			r = g.arg2("VAND", low, g.where(g.abs(x), isLess, 0x1p63))
			return
		}
		r = g.addInt(g.shift("VPSLL", high, 32), low)
		least := g.setBits(g.sign())
		if to.name == "I64" {
			r = g.blend(g.where(g.abs(x), isLess, 0x1p63), r, least)
			return
		}
		r = g.blend(g.where(x, isAtLeast, -0x1p63), r, least)
		g.VANDNPD(r, g.where(x, isAtLeast, 0x1p64).(vec), r)
	})
	return r
}

// floatsOf loads n integers as floats of a size.
func (g *gen) floatsOf(from kind, size, n int, m mem) (r vec) {
	r = g.vec(32)
	switch {
	case from.size == 8:
		g.lane(8, 32, func() {
			r = g.load(32, 8, m, nil)
			if size == 8 {
				r = g.floatOfLong(from, r)
				return
			}
			long, done, f := g.label("long"), g.label("short"), g.XMM()
			g.jumpIfLong(from.class == 'i', long, r)
			g.VCVTPD2PSY(g.floatOfShort(r), f)
			g.jump("JMP", done)
			g.Label(long)
			// What float64 does not hold is rounded to odd, in the place of its last bit.
			start, limit := uint64(1<<53), uint64(1<<54-1)
			if from.class == 'u' {
				start, limit = 0, 1<<53-1
			}
			big := g.addInt(r, start+g.sign())
			g.doBits("VPCMPGTQ", limit+g.sign(), big, big)
			x := g.floatOfLong(from, g.toOdd(r, g.and(big, uint64(1<<11-1))))
			g.VCVTPD2PSY(x, f)
			g.Label(done)
			r = f
		})
	case from.name == "U32" && size == 8:
		g.VPMOVZXDQ(m, r)
		g.lane(8, 32, func() { r = g.sub(g.arg2("VXOR", r, g.bitsOf(0x1p52)), 0x1p52) })
	case from.name == "U32":
		g.lane(4, 32, func() {
			x := g.load(32, 4, m, nil)
			high := g.arg2("VXOR", g.shift("VPSRL", x, 16), g.bitsOf(0x1p39))
			g.VPBLENDW(operand.U8(0xaa), g.num(0x1p23), x, x)
			r = g.add(g.sub(high, 0x1p39+0x1p23), x)
		})
	default:
		name := map[int]string{4: "VCVTDQ2PS", 8: "VCVTDQ2PD"}[size]
		if from.size == 4 {
			g.do(name, m, r)
		} else {
			g.do(name, g.extend(from, 4, n, m, nil), r)
		}
	}
	return r
}

// floatOfLong converts integers of 64 bits: their halves are the last bits of numbers from 2^84
// and from 2^52 on, and the sum is rounded once.
func (g *gen) floatOfLong(from kind, x vec) vec {
	bits, less := g.bitsOf(0x1p84), 0x1p84+0x1p52
	if from.class == 'i' {
		bits, less = bits^1<<31, 0x1p84+0x1p63+0x1p52
	}
	high := g.arg2("VXOR", g.shift("VPSRL", x, 32), bits)
	low := g.fresh()
	g.VPBLENDD(operand.U8(0xaa), g.num(0x1p52), x, low)
	return g.add(g.sub(high, less), low)
}

// toOdd clears the bits of mask, the lowest ones or none, and sets the bit above where that changes x.
func (g *gen) toOdd(x, mask vec) vec {
	up := g.addInt(g.and(x, mask), mask)
	r := g.or(x, up)
	g.VPANDN(r, mask, r)
	return r
}

// fromBoolAVX2 makes ones of bytes that are not 0.
func (g *gen) fromBoolAVX2(to kind, one uint64) {
	var ones, zero vec
	lanes := 32 / to.size
	name, n := g.avx2(mapping{name: "castBool" + to.name, doc: "if a[i] != 0 { dst[i] = 1 } else { dst[i] = 0 }", in: []int{1}, out: to.size, lanes: lanes,
		setup: func(g *gen, w int) { ones, zero = g.splat(w, one), g.zero(w) },
		step: func(g *gen, w int, in []mem, out mem, _ op) {
			var x vec
			if to.size == 1 {
				x = g.load(w, 1, in[0], nil)
			} else {
				x = g.extend(castKinds[2], to.size, lanes, in[0], nil)
			}
			g.do(fmt.Sprintf("VPCMPEQ%s", intLetter[to.size]), zero, x, x)
			g.VPANDN(ones, x, x)
			g.store(w, to.size, x, out, nil)
		}})
	g.castRow(castKinds[0], to, "AVX2", name, n)
}
