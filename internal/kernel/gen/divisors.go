package main

import "github.com/mmcloughlin/avo/operand"

// divisors writes the greatest common divisors and least common multiples of integers below
// 64 bits, by Euclid's algorithm in floats, which hold these and their nearest quotients
// exactly: float32 for 16 bits, float64 for 32. AVX-512 alone.
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
				g.serve512(mapping{name: name + kind, doc: doc, in: []int{s, s}, out: s, unroll: 1, lanes512: 64 / lane,
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
					}}, use{op: of, kind: kind})
			}
		}
	}
}

// greatestDivisor changes a and b, and returns a. What is left of a by the nearest multiple of b is
// at most half of b.
func (g *gen) greatestDivisor(a, b vec) vec {
	loop, done := g.label("divide"), g.label("divided")
	magnitude, left := g.setBits(g.sign()-1), g.K()
	g.Label(loop)
	g.do(g.ps("VCMP"), operand.U8(isNotZero), g.none(), b, left)
	g.test(left)
	g.jump("JEQ", done)
	q, rest := g.div(a, b), g.copyOf(a)
	g.do(g.ps("VRNDSCALE"), operand.U8(8), q, q)
	g.do(g.ps("VFNMADD231"), b, q, rest)
	g.put(a, b, left)
	g.putOf("VAND", b, rest, magnitude, left)
	g.jump("JMP", loop)
	g.Label(done)
	return a
}
