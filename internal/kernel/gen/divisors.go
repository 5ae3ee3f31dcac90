package main

import "github.com/mmcloughlin/avo/reg"

// divisors writes the greatest common divisors and least common multiples of integers below
// 64 bits, by Euclid's algorithm in floats, which hold these and their nearest quotients
// exactly: float32 for 16 bits, float64 for 32.
func divisors(g *gen) {
	for _, s := range []int{1, 2, 4} {
		for _, kind := range intKinds[s] {
			for _, multiple := range []bool{false, true} {
				lane := map[int]int{1: 4, 2: 4, 4: 8}[s]
				from, to := intLetter[s], intLetter[lane]
				widen := "VPMOVZX" + from + to
				if kind[0] == 'I' {
					widen = "VPMOVSX" + from + to
				}
				name, of, doc := "gcd", "Gcd", "dst[i] = gcd(a[i], b[i])"
				if multiple {
					name, of, doc = "lcm", "Lcm", "dst[i] = lcm(a[i], b[i])"
				}
				m := mapping{name: name + kind, doc: doc, in: []int{s, s}, out: s, unroll: 1, lanes512: 64 / lane,
					step: func(g *gen, w int, in []mem, out mem, k op) {
						g.lane(lane, w, func() {
							toFloat, toInt := map[int]string{4: "VCVTDQ2PS", 8: "VCVTQQ2PD"}[lane], map[int]string{4: "VCVTTPS2DQ", 8: "VCVTTPD2QQ"}[lane]
							number := func(m mem) (i, f vec) {
								i, f = g.fresh(), g.fresh()
								if k != nil {
									g.do(widen+"_Z", m, k, i)
								} else {
									g.do(widen, m, i)
								}
								g.do("VPABS"+to, i, i)
								g.do(toFloat, i, f)
								return i, f
							}
							_, x := number(in[0])
							times, b := number(in[1])
							r := g.greatestDivisor(g.copyOf(x), b)
							if multiple {
								q := g.fresh()
								g.do(g.ps("VDIV")+"_Z", r, x, g.where(r, isNotZero, g.none()), q)
								r = q
							}
							i := g.fresh()
							g.do(toInt, r, i)
							if multiple {
								g.do("VPMULL"+to, times, i, i)
							}
							if narrow := "VPMOV" + to + from; k != nil {
								g.do(narrow, i, k, out)
							} else {
								g.do(narrow, i, out)
							}
						})
					}}
				g.serve512(m, uses1(of, kind)...)
				m.lanes2, m.step = 32/s, func(g *gen, _ int, in []mem, out mem, _ op) {
					g.VMOVDQU(g.packed(lane, s, "U", func(i int) (r vec) {
						g.lane(lane, 32, func() {
							at := i * 32 / lane * s
							r = g.commonOnes(s, kind, multiple, in[0].Offset(at), in[1].Offset(at), "")
						})
						return r
					}), out)
				}
				g.serve2(m, uses1(of, kind)...)
			}
		}
	}
}

// commonOnes returns for AVX2 the divisors or the multiples of a vector of items, eight or four, as
// integers of the size of the lanes. It jumps to long where floats do not hold them.
func (g *gen) commonOnes(s int, name string, multiple bool, a, b mem, long string) vec {
	number := func(m mem) (i, f vec) {
		from := kind{size: s, class: name[0] | 0x20}
		i, f = g.fresh(), g.fresh()
		if s < 4 {
			i = g.extend(from, 4, 8, m, nil)
			g.VPABSD(i, i)
			g.VCVTDQ2PS(i, f)
			return i, f
		}
		if s == 8 {
			i = g.load(32, 8, m, nil)
			if from.class == 'i' {
				g.magnitude(32, 8, i)
			}
			g.jumpIfLong(false, long, i)
			return i, g.floatOfShort(i)
		}
		x := g.load(16, 4, m, nil)
		if from.class == 'i' {
			g.VPABSD(x, x)
		}
		g.VPMOVZXDQ(x, i)
		return i, g.sub(g.arg2("VXOR", i, g.bitsOf(0x1p52)), 0x1p52)
	}
	_, x := number(a)
	times, y := number(b)
	r := g.greatestDivisor(g.copyOf(x), y)
	if multiple {
		r = g.arg2("VAND", g.div(x, r), g.where(r, isNotZero, g.none()))
	}
	i := g.fresh()
	if s < 4 {
		g.VCVTTPS2DQ(r, i)
	} else {
		i = g.arg2("VXOR", g.add(r, 0x1p52), g.bitsOf(0x1p52))
	}
	switch {
	case multiple && s == 8:
		multiplyQuads(g, 32, i, times)
	case multiple:
		g.do(map[int]string{4: "VPMULLD", 8: "VPMULUDQ"}[g.size], times, i, i)
	}
	return i
}

// greatestDivisor changes a and b, and returns a. What is left of a by the nearest multiple of b is
// at most half of b.
func (g *gen) greatestDivisor(a, b vec) vec {
	loop, done := g.label("divide"), g.label("divided")
	magnitude := g.setBits(g.sign() - 1)
	g.Label(loop)
	left := g.where(b, isNotZero, g.none())
	g.test(left)
	g.jump("JEQ", done)
	q, rest := g.div(a, b), g.copyOf(a)
	q = g.rounded(q, toNearest)
	g.do(g.ps("VFNMADD231"), b, q, rest)
	g.put(a, b, left)
	g.putOf("VAND", b, rest, magnitude, left)
	g.jump("JMP", loop)
	g.Label(done)
	return a
}

// longDivisors writes those of 64 bits for AVX2: of a vector of magnitudes below 2^51 as of 32 bits,
// of another one by one.
func longDivisors(g *gen) {
	for _, kind := range intKinds[8] {
		for _, multiple := range []bool{false, true} {
			name, of, doc := "gcd", "Gcd", "dst[i] = gcd(a[i], b[i])"
			if multiple {
				name, of, doc = "lcm", "Lcm", "dst[i] = lcm(a[i], b[i])"
			}
			g.serve2(mapping{name: name + kind, doc: doc, in: []int{8, 8}, out: 8, unroll: 1,
				step: func(g *gen, _ int, in []mem, out mem, _ op) {
					long, done := g.label("long"), g.label("short")
					g.lane(8, 32, func() { g.VMOVDQU(g.commonOnes(8, kind, multiple, in[0], in[1], long), out) })
					g.jump("JMP", done)
					g.Label(long)
					g.oneByOne(func(at func(m mem) mem) { g.longDivisor(kind[0] == 'I', multiple, at(in[0]), at(in[1]), at(out)) })
					g.Label(done)
				}}, uses1(of, kind)...)
		}
	}
}

// longDivisor is gcd64 of the package, or the multiple from it.
func (g *gen) longDivisor(signed, multiple bool, a, b, out mem) {
	x, y, d, back, count, twos := g.GP64(), g.GP64(), g.GP64(), g.GP64(), g.GP64(), g.GP64()
	loop, shift, done := g.label("odd"), g.label("even"), g.label("divisor")
	magnitude := func(m mem, r op) {
		g.MOVQ(m, r)
		if signed {
			g.MOVQ(r, d)
			g.NEGQ(d)
			g.CMOVQPL(d, r)
		}
	}
	magnitude(a, x)
	magnitude(b, y)
	g.TESTQ(y, y)
	g.jump("JEQ", done)
	g.MOVQ(x, reg.RAX)
	g.XORQ(reg.RDX, reg.RDX)
	g.DIVQ(y)
	g.MOVQ(y, x)
	g.MOVQ(reg.RDX, y)
	g.TESTQ(y, y)
	g.jump("JEQ", done)
	g.MOVQ(x, d)
	g.ORQ(y, d)
	g.TZCNTQ(d, twos)
	g.TZCNTQ(x, count)
	g.SHRXQ(count, x, x)
	g.TZCNTQ(y, count)
	g.SHRXQ(count, y, y)
	g.Label(loop)
	g.MOVQ(x, d)
	g.SUBQ(y, d)
	g.jump("JEQ", shift)
	g.MOVQ(y, back)
	g.SUBQ(x, back)
	g.CMOVQCS(y, x) // the lesser
	g.CMOVQCS(d, back)
	g.TZCNTQ(back, count)
	g.SHRXQ(count, back, y)
	g.jump("JMP", loop)
	g.Label(shift)
	g.SHLXQ(twos, x, x)
	g.Label(done)
	if multiple {
		none := g.label("none")
		g.XORQ(reg.RAX, reg.RAX)
		g.TESTQ(x, x)
		g.jump("JEQ", none)
		magnitude(a, reg.RAX)
		g.XORQ(reg.RDX, reg.RDX)
		g.DIVQ(x)
		magnitude(b, y)
		g.IMULQ(y, reg.RAX)
		g.Label(none)
		g.MOVQ(reg.RAX, x)
	}
	g.MOVQ(x, out)
}
