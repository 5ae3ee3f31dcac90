package main

import (
	"strings"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A test is a comparison of vectors with a bool for each lane.
type test struct {
	mask func(g *gen, in []reg.VecVirtual) op                                              // AVX-512: a mask register
	wide func(g *gen, in []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual // AVX2: lanes of ones or zeros
	not  bool                                                                              // AVX2: the lanes are the opposite
}

// bools writes a kernel from inputs of one size to bools.
func (g *gen) bools(name, doc string, inputs, s int, t test, uses ...use) {
	in := []int{s, s}[:inputs]
	g.avx512Bools(name, doc, in, s, t, uses)
	if t.wide != nil {
		g.avx2Bools(name, doc, in, s, t, uses)
	}
}

// avx512Bools gathers the masks of 64 results, so that they fill a cache line.
func (g *gen) avx512Bools(name, doc string, in []int, s int, t test, uses []use) {
	var ones reg.VecVirtual
	unpack := map[int]string{2: "KUNPCKDQ", 4: "KUNPCKWD", 8: "KUNPCKBW"}
	g.serve512(mapping{name: name, doc: doc, in: in, out: 1, lanes512: 64, unroll: max(1, 4/s),
		setup: func(g *gen, w int) { ones = g.splat(w, 0x0101010101010101) },
		step: func(g *gen, w int, at []mem, out mem, k op) {
			var hits func(size, i int) op // the i-th of the masks of 64/size lanes
			hits = func(size, i int) op {
				if size < s {
					lo, hi := hits(2*size, 2*i), hits(2*size, 2*i+1)
					g.do(unpack[2*size], lo, hi, lo)
					return lo
				}
				var v []reg.VecVirtual
				there := k
				if k != nil && i > 0 {
					there = g.K()
					g.KSHIFTRQ(operand.U8(i*64/s), k, there)
				}
				for _, m := range at {
					m.Disp += 64 * i
					v = append(v, g.load(w, s, m, there))
				}
				return t.mask(g, v)
			}
			r := g.vec(64)
			g.VMOVDQU8_Z(ones, hits(1, 0), r)
			g.store(64, 1, r, out, k)
		}}, uses...)
}

// avx2Bools packs the lanes of 32 results to bytes.
func (g *gen) avx2Bools(name, doc string, in []int, s int, t test, uses []use) {
	var ones reg.VecVirtual
	set := func(v uint64) reg.VecVirtual { // a constant, loaded anew in every turn: registers are few
		r := g.vec(32)
		g.VBROADCASTSD(g.const64(v), r)
		return r
	}
	g.serve2(mapping{name: name, doc: doc, in: in, out: 1, lanes: 32, unroll: 1,
		setup: func(g *gen, w int) { ones = g.splat(w, 0x0101010101010101) },
		step: func(g *gen, w int, at []mem, out mem, k op) {
			one := func(i int) reg.VecVirtual {
				var v []reg.VecVirtual
				for _, m := range at {
					m.Disp += 32 * i
					v = append(v, g.load(w, s, m, nil))
				}
				return t.wide(g, v, set)
			}
			x := g.packed(s, 1, "S", one)
			if t.not {
				g.VPANDN(ones, x, x)
			} else {
				g.VPAND(ones, x, x)
			}
			g.VMOVDQU(x, out)
		}}, uses...)
}

func compare(g *gen) {
	for _, s := range sizes {
		l := intLetter[s]
		truths(g, s)
		eq := func(g *gen, v []reg.VecVirtual, _ func(uint64) reg.VecVirtual) reg.VecVirtual {
			g.do("VPCMPEQ"+l, v[1], v[0], v[0])
			return v[0]
		}
		intTest := func(name, op, sign string, imm uint64, not bool) {
			g.bools(name+"Int"+l, "dst[i] = a[i] "+sign+" b[i]", 2, s, test{
				mask: cmpMask("VPCMP"+l, imm), wide: eq, not: not}, uses1(op, intKinds[s]...)...)
		}
		intTest("equal", "Equal", "==", 0, false)
		intTest("notEqual", "NotEqual", "!=", 4, true)
		for _, k := range intKinds[s] {
			unsigned := strings.HasPrefix(k, "U")
			code := "VPCMP" + l
			if unsigned {
				code = "VPCMPU" + l
			}
			greater := func(swap bool) func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
				return func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
					x, y := v[0], v[1]
					if unsigned {
						c := set(signBit[s])
						g.VPXOR(c, x, x)
						g.VPXOR(c, y, y)
					}
					if swap {
						x, y = y, x
					}
					g.do("VPCMPGT"+l, y, x, x)
					return x
				}
			}
			g.bools("less"+k, "dst[i] = a[i] < b[i]", 2, s, test{mask: cmpMask(code, 1), wide: greater(true)},
				use{op: "Less", kind: k}, use{op: "Greater", kind: k, form: ", swap: true"})
			g.bools("lessEqual"+k, "dst[i] = a[i] <= b[i]", 2, s, test{mask: cmpMask(code, 2), wide: greater(false), not: true},
				use{op: "LessEqual", kind: k}, use{op: "GreaterEqual", kind: k, form: ", swap: true"})
		}
	}
	for _, s := range []int{4, 8} {
		p, k := "P"+floatLetter[s], floatKinds[s]
		cmp := func(imm uint64) func(g *gen, v []reg.VecVirtual, _ func(uint64) reg.VecVirtual) reg.VecVirtual {
			return func(g *gen, v []reg.VecVirtual, _ func(uint64) reg.VecVirtual) reg.VecVirtual {
				g.do("VCMP"+p, operand.U8(imm), v[1], v[0], v[0])
				return v[0]
			}
		}
		for _, o := range []struct {
			name, sign string
			imm        uint64
			uses       []use
		}{
			{"equal", "==", 0, uses1("Equal", k)},
			{"notEqual", "!=", 4, uses1("NotEqual", k)},
			{"less", "<", 0x11, []use{{op: "Less", kind: k}, {op: "Greater", kind: k, form: ", swap: true"}}},
			{"lessEqual", "<=", 0x12, []use{{op: "LessEqual", kind: k}, {op: "GreaterEqual", kind: k, form: ", swap: true"}}},
		} {
			g.bools(o.name+k, "dst[i] = a[i] "+o.sign+" b[i]", 2, s,
				test{mask: cmpMask("VCMP"+p, o.imm), wide: cmp(o.imm)}, o.uses...)
		}
		classes(g, s)
	}
}

func cmpMask(code string, imm uint64) func(g *gen, v []reg.VecVirtual) op {
	return func(g *gen, v []reg.VecVirtual) op {
		k := g.K()
		g.do(code, operand.U8(imm), v[1], v[0], k)
		return k
	}
}

// classes writes isnan, isinf, isfinite and signbit.
func classes(g *gen, s int) {
	p, k := "P"+floatLetter[s], floatKinds[s]
	class := func(imm uint64, not bool) func(g *gen, v []reg.VecVirtual) op {
		return func(g *gen, v []reg.VecVirtual) op {
			r := g.K()
			g.do("VFPCLASS"+p+"Z", operand.U8(imm), v[0], r)
			if not {
				g.KNOTQ(r, r)
			}
			return r
		}
	}
	against := func(imm uint64) func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
		return func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
			g.VPAND(set(^signBit[s]), v[0], v[0])
			g.do("VCMP"+p, operand.U8(imm), set(infBits[s]), v[0], v[0])
			return v[0]
		}
	}
	g.bools("isnan"+k, "dst[i] = a[i] != a[i]", 1, s, test{mask: class(0x81, false),
		wide: func(g *gen, v []reg.VecVirtual, _ func(uint64) reg.VecVirtual) reg.VecVirtual {
			g.do("VCMP"+p, operand.U8(3), v[0], v[0], v[0])
			return v[0]
		}}, uses1("Isnan", k)...)
	g.bools("isinf"+k, "dst[i] = math.IsInf(a[i], 0)", 1, s, test{mask: class(0x18, false), wide: against(0)}, uses1("Isinf", k)...)
	g.bools("isfinite"+k, "dst[i] = a[i]-a[i] == 0", 1, s, test{mask: class(0x99, true), wide: against(0x11)}, uses1("Isfinite", k)...)
	g.bools("signbit"+k, "dst[i] = math.Signbit(a[i])", 1, s, test{
		mask: func(g *gen, v []reg.VecVirtual) op {
			r := g.K()
			g.do("VPMOV"+intLetter[s]+"2M", v[0], r)
			return r
		},
		wide: func(g *gen, v []reg.VecVirtual, set func(uint64) reg.VecVirtual) reg.VecVirtual {
			g.do("VPCMPGT"+intLetter[s], v[0], set(0), v[0])
			return v[0]
		}}, uses1("Signbit", k)...)
}
