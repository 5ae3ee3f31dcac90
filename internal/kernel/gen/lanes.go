package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The vocabulary of the elementary functions: arithmetic on lanes of g.size
// bytes in vectors of g.width bytes, so that one text serves float32 and
// float64, AVX2 and AVX-512. A function takes and returns registers and changes
// no argument. Constants are float64; they are rounded to the lane.
//
// A mask is a K register with AVX-512, a vector of signs with AVX2.

type (
	vec  = reg.VecVirtual
	pair struct{ hi, lo vec }
)

// lane writes the code of f for lanes of that size and vectors of that width.
func (g *gen) lane(size, width int, f func()) {
	s, w := g.size, g.width
	g.size, g.width = size, width
	f()
	g.size, g.width = s, w
}

// ps returns the name of an instruction with the suffix of the lane.
func (g *gen) ps(name string) string {
	if g.size == 4 {
		return name + "PS"
	}
	return name + "PD"
}

// dq is ps for integer instructions.
func (g *gen) dq(name string) string {
	if g.size == 4 {
		return name + "D"
	}
	return name + "Q"
}

// bitsOf returns the pattern of a constant in a lane.
func (g *gen) bitsOf(v float64) uint64 {
	if g.size == 4 {
		return uint64(math.Float32bits(float32(v)))
	}
	return math.Float64bits(v)
}

// pattern returns the address of a lane's constant: one item, which AVX-512
// broadcasts as it reads, or a vector of them.
func (g *gen) pattern(bits uint64) mem {
	n, name := 1, "Const"
	if g.width < 64 {
		n, name = g.width/g.size, "Consts"
	}
	name = fmt.Sprintf("%s%s%0*x", g.family, name, 2*g.size, bits)
	if m, ok := g.consts[name]; ok {
		return m
	}
	m := g.StaticGlobal(name)
	g.DataAttributes(attr.NOPTR | attr.RODATA)
	for i := range n {
		if g.size == 4 {
			g.AddDatum(4*i, operand.U32(uint32(bits)))
		} else {
			g.AddDatum(8*i, operand.U64(bits))
		}
	}
	g.consts[name] = m
	return m
}

// num returns the address of a number.
func (g *gen) num(v float64) mem { return g.pattern(g.bitsOf(v)) }

// doBits is do with a constant, given by its bits, as the last source.
func (g *gen) doBits(name string, bits uint64, ops ...op) {
	if r, ok := g.constant(bits); ok {
		g.do(name, append([]op{r}, ops...)...)
		return
	}
	if g.width == 64 {
		name += "_BCST"
	}
	g.do(name, append([]op{g.pattern(bits)}, ops...)...)
}

func (g *gen) fresh() vec { return g.vec(g.width) }

func (g *gen) none() vec { return g.zero(g.width) }

func (g *gen) copyOf(a vec) vec { r := g.fresh(); g.do(g.ps("VMOVA"), a, r); return r }

// set loads a constant into a register of its own.
func (g *gen) set(v float64) vec { return g.setBits(g.bitsOf(v)) }

func (g *gen) setBits(bits uint64) vec {
	if r, ok := g.constant(bits); ok {
		return g.copyOf(r)
	}
	r := g.fresh()
	switch {
	case g.width < 64:
		g.VMOVUPS(g.pattern(bits), r)
	case g.size == 4:
		g.VBROADCASTSS(g.pattern(bits), r)
	default:
		g.VBROADCASTSD(g.pattern(bits), r)
	}
	return r
}

// arg2 emits an instruction with two sources, the second a register, a number or
// a pattern.
func (g *gen) arg2(name string, a vec, b any) vec { return g.sources(g.ps(name), a, b) }

func (g *gen) sources(name string, a vec, b any) vec {
	r := g.fresh()
	switch b := b.(type) {
	case op:
		g.do(name, b, a, r)
	case float64:
		g.doBits(name, g.bitsOf(b), a, r)
	case int:
		g.doBits(name, g.bitsOf(float64(b)), a, r)
	case uint64:
		g.doBits(name, b, a, r)
	}
	return r
}

func (g *gen) add(a vec, b any) vec { return g.arg2("VADD", a, b) }
func (g *gen) sub(a vec, b any) vec { return g.arg2("VSUB", a, b) }
func (g *gen) mul(a vec, b any) vec { return g.arg2("VMUL", a, b) }
func (g *gen) div(a, b vec) vec     { return g.arg2("VDIV", a, b) }

// fma returns a*b + c; fnma c - a*b; fms a*b - c. Of b and c one may be a constant.
func (g *gen) fma(a vec, b, c any) vec  { return g.fused("VFMADD", a, b, c) }
func (g *gen) fnma(a vec, b, c any) vec { return g.fused("VFNMADD", a, b, c) }
func (g *gen) fms(a vec, b, c any) vec  { return g.fused("VFMSUB", a, b, c) }

func (g *gen) fused(name string, a vec, b, c any) vec {
	switch c := c.(type) {
	case float64:
		r := g.copyOf(a)
		g.doBits(g.ps(name+"213"), g.bitsOf(c), b.(vec), r)
		return r
	case vec:
		if k, ok := b.(float64); ok {
			r := g.copyOf(c)
			g.doBits(g.ps(name+"231"), g.bitsOf(k), a, r)
			return r
		}
		r := g.copyOf(a)
		g.do(g.ps(name+"213"), c, b.(vec), r)
		return r
	}
	panic("fused")
}

// poly evaluates a polynomial by Horner's rule.
func (g *gen) poly(x vec, c []float64) vec {
	p := g.set(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		g.doBits(g.ps("VFMADD213"), g.bitsOf(c[i]), x, p)
	}
	return p
}

// splitPoly is poly for long polynomials: the even and the odd coefficients apart,
// which halves the wait for results.
func (g *gen) splitPoly(x vec, c []float64) vec {
	q := g.mul(x, x)
	var half [2][]float64
	for i, v := range c {
		half[i&1] = append(half[i&1], v)
	}
	return g.fma(g.poly(q, half[1]), x, g.poly(q, half[0]))
}

func (g *gen) sign() uint64 { return 1 << (8*g.size - 1) }

// and and or combine with a pattern or a register.
func (g *gen) and(x vec, y any) vec { return g.arg2("VAND", x, y) }
func (g *gen) or(x vec, y any) vec  { return g.arg2("VOR", x, y) }

// abs clears the sign; withSign gives m, which is not negative, the sign of x;
// flip turns the sign of y where x is negative.
func (g *gen) abs(x vec) vec { return g.and(x, g.sign()-1) }

func (g *gen) withSign(m, x vec) vec { return g.signs(0xf8, "VOR", m, x) }

func (g *gen) flip(y, x vec) vec { return g.signs(0x78, "VXOR", y, x) }

// signs combines y with the signs of x: ternary is the table of y ∘ (x & sign).
func (g *gen) signs(ternary uint64, name string, y, x vec) vec {
	if g.width < 64 {
		return g.arg2(name, g.and(x, g.sign()), y)
	}
	r := g.copyOf(y)
	if s, ok := g.constant(g.sign()); ok {
		g.do(g.dq("VPTERNLOG"), operand.U8(ternary), s, x, r)
	} else {
		g.do(g.dq("VPTERNLOG")+"_BCST", operand.U8(ternary), g.pattern(g.sign()), x, r)
	}
	return r
}

// shift moves the bits of each lane by a constant; name is VPSLL, VPSRL or VPSRA.
func (g *gen) shift(name string, x vec, by int) vec {
	r := g.fresh()
	g.do(g.dq(name), operand.U8(by), x, r)
	return r
}

// addInt adds integers: a register or a pattern.
func (g *gen) addInt(x vec, y any) vec { return g.sources(g.dq("VPADD"), x, y) }
func (g *gen) subInt(x vec, y any) vec { return g.sources(g.dq("VPSUB"), x, y) }

const (
	isEqual   = 0x00
	isNaN     = 0x03 // of either
	isNotZero = 0x04 // or NaN
	isNumber  = 0x07 // both
	isLess    = 0x11
	isAtMost  = 0x12
	isNotLess = 0x15 // or NaN
	isGreater = 0x1e
	isAtLeast = 0x1d
)

// where returns a mask of the lanes in which a compares with the constant or
// vector b.
func (g *gen) where(a vec, imm uint64, b any) op {
	var k op = g.fresh()
	if g.width == 64 {
		k = g.K()
	}
	switch b := b.(type) {
	case vec:
		g.do(g.ps("VCMP"), operand.U8(imm), b, a, k)
	case float64:
		name := g.ps("VCMP")
		if r, ok := g.constant(g.bitsOf(b)); ok {
			g.do(name, operand.U8(imm), r, a, k)
			break
		}
		if g.width == 64 {
			name += "_BCST"
		}
		g.do(name, operand.U8(imm), g.num(b), a, k)
	}
	return k
}

// put replaces the lanes in k of r by those of x.
func (g *gen) put(r, x vec, k op) {
	if g.width == 64 {
		g.do(g.ps("VMOVA"), x, k, r)
	} else {
		g.do(g.ps("VBLENDV"), k, x, r, r)
	}
}

// blend returns a in the lanes of k, b in the others.
func (g *gen) blend(k op, a, b vec) vec {
	if g.width == 64 { // of VBLENDM the allocation believes that it reads what r had before
		r := g.copyOf(b)
		g.put(r, a, k)
		return r
	}
	r := g.fresh()
	g.do(g.ps("VBLENDV"), k, a, b, r)
	return r
}

// putOf replaces the lanes in k of r by the instruction's result for a and b.
func (g *gen) putOf(name string, r, a, b vec, k op) {
	if g.width == 64 {
		g.do(g.ps(name), b, a, k, r)
	} else {
		g.put(r, g.arg2(name, a, b), k)
	}
}

// putNumber replaces the lanes in k of r by a constant.
func (g *gen) putNumber(r vec, v float64, k op) {
	if c, ok := g.constant(g.bitsOf(v)); ok {
		g.put(r, c, k)
		return
	}
	switch {
	case g.width < 64:
		g.do(g.ps("VBLENDV"), k, g.num(v), r, r)
	case g.size == 4:
		g.VBROADCASTSS(g.num(v), k, r)
	default:
		g.VBROADCASTSD(g.num(v), k, r)
	}
}

// both returns the lanes that two masks have, either those that one of them has.
func (g *gen) both(j, k op) op   { return g.combined("AND", j, k) }
func (g *gen) either(j, k op) op { return g.combined("OR", j, k) }

func (g *gen) combined(how string, j, k op) op {
	if g.width < 64 {
		return g.arg2("V"+how, j.(vec), k)
	}
	r := g.K()
	g.do(g.mask("K"+how), j, k, r)
	return r
}

// not returns the lanes that a mask has not.
func (g *gen) not(k op) op {
	if g.width < 64 {
		return g.arg2("VXOR", k.(vec), ^uint64(0))
	}
	r := g.K()
	g.do(g.mask("KNOT"), k, r)
	return r
}

// bit returns a mask of the lanes of t that have the bit.
func (g *gen) bit(t vec, bit int) op {
	if g.width < 64 {
		return g.shift("VPSLL", t, 8*g.size-1-bit)
	}
	k := g.K()
	g.doBits(g.dq("VPTESTM"), 1<<bit, t, k)
	return k
}

// negative returns a mask of the lanes whose sign is set.
func (g *gen) negative(x vec) op {
	if g.width < 64 {
		return x
	}
	k := g.K()
	g.do("VPMOV"+map[int]string{4: "D", 8: "Q"}[g.size]+"2M", x, k)
	return k
}

// The ways to round to an integer.
const (
	toNearest = 8
	toFloor   = 9
	toZero    = 11
)

// rounded returns x rounded to an integer.
func (g *gen) rounded(x vec, how int) vec {
	r := g.fresh()
	g.do(g.ps(map[bool]string{true: "VRNDSCALE", false: "VROUND"}[g.width == 64]), operand.U8(how), x, r)
	return r
}

// narrowed returns lanes of float64 as float32.
func (g *gen) narrowed(x vec) vec {
	half := g.vec(g.width / 2)
	g.do(map[bool]string{true: "VCVTPD2PS", false: "VCVTPD2PSY"}[g.width == 64], x, half)
	return half
}

// twoSum returns the sum of a and b and its error; fastTwoSum for |a| ≥ |b|.
func (g *gen) twoSum(a, b vec) pair {
	s := g.add(a, b)
	t := g.sub(s, a)
	return pair{s, g.add(g.sub(a, g.sub(s, t)), g.sub(b, t))}
}

func (g *gen) fastTwoSum(a, b vec) pair {
	s := g.add(a, b)
	return pair{s, g.sub(b, g.sub(s, a))}
}

// small returns y with x put where |x| is below limit, which keeps zeros' signs.
func (g *gen) small(y, x vec, limit float64) vec {
	g.put(y, x, g.where(g.abs(x), isLess, limit))
	return y
}

// minMax returns the smaller and the greater; of two of which one is NaN, b.
func (g *gen) minMax(a, b vec) (lo, hi vec) { return g.arg2("VMIN", a, b), g.arg2("VMAX", a, b) }

// clamp keeps x within lo … hi; a NaN stays.
func (g *gen) clamp(x vec, lo, hi float64) vec {
	return g.arg2("VMAX", g.set(lo), g.arg2("VMIN", g.set(hi), x))
}
