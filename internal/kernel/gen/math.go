package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The elementary functions on eight float64 at a time, AVX-512. float32 goes
// through the same code. A function takes and returns registers and changes no
// argument.
//
// Each is reduced to a table of sixteen entries, which two registers hold for
// VPERMT2PD, and a short polynomial. Where an error would reach the result, a
// value is the unevaluated sum of two registers (type pair).

type (
	vec  = reg.VecVirtual
	pair struct{ hi, lo vec }
)

// f64 returns the address of a constant.
func (g *gen) f64(v float64) mem { return g.const64(math.Float64bits(v)) }

func (g *gen) copyOf(a vec) vec { r := g.ZMM(); g.VMOVAPD(a, r); return r }

// set broadcasts a constant.
func (g *gen) set(v float64) vec { r := g.ZMM(); g.VBROADCASTSD(g.f64(v), r); return r }

// arg2 emits an instruction with two sources, the second a register or a constant.
func (g *gen) arg2(name string, a vec, b any) vec {
	r := g.ZMM()
	switch b := b.(type) {
	case vec:
		g.do(name, b, a, r)
	case float64:
		g.do(name+"_BCST", g.f64(b), a, r)
	}
	return r
}

func (g *gen) add(a vec, b any) vec { return g.arg2("VADDPD", a, b) }
func (g *gen) sub(a vec, b any) vec { return g.arg2("VSUBPD", a, b) }
func (g *gen) mul(a vec, b any) vec { return g.arg2("VMULPD", a, b) }
func (g *gen) div(a, b vec) vec     { return g.arg2("VDIVPD", a, b) }

// fma returns a*b + c; fnma c - a*b; fms a*b - c. Of b and c one may be a constant.
func (g *gen) fma(a vec, b, c any) vec  { return g.fused("VFMADD", a, b, c) }
func (g *gen) fnma(a vec, b, c any) vec { return g.fused("VFNMADD", a, b, c) }
func (g *gen) fms(a vec, b, c any) vec  { return g.fused("VFMSUB", a, b, c) }

func (g *gen) fused(name string, a vec, b, c any) vec {
	switch c := c.(type) {
	case float64:
		r := g.copyOf(a)
		g.do(name+"213PD_BCST", g.f64(c), b.(vec), r)
		return r
	case vec:
		if k, ok := b.(float64); ok {
			r := g.copyOf(c)
			g.do(name+"231PD_BCST", g.f64(k), a, r)
			return r
		}
		r := g.copyOf(a)
		g.do(name+"213PD", c, b.(vec), r)
		return r
	}
	panic("fused")
}

// poly evaluates a polynomial by Horner's rule.
func (g *gen) poly(x vec, c []float64) vec {
	p := g.set(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		g.do("VFMADD213PD_BCST", g.f64(c[i]), x, p)
	}
	return p
}

// abs clears the sign; sign keeps nothing else; withSign gives m the sign of x.
func (g *gen) abs(x vec) vec {
	r := g.ZMM()
	g.VPANDQ_BCST(g.const64(1<<63-1), x, r)
	return r
}

func (g *gen) withSign(m, x vec) vec { // m is not negative
	r := g.ZMM()
	g.VPANDQ_BCST(g.const64(1<<63), x, r)
	g.VPORQ(m, r, r)
	return r
}

// where returns a mask of the lanes in which a compares with the constant or
// vector b.
func (g *gen) where(a vec, imm uint64, b any) op {
	k := g.K()
	switch b := b.(type) {
	case vec:
		g.VCMPPD(operand.U8(imm), b, a, k)
	case float64:
		g.VCMPPD_BCST(operand.U8(imm), g.f64(b), a, k)
	}
	return k
}

const (
	isLess    = 0x11
	isAtMost  = 0x12
	isGreater = 0x1e
	isAtLeast = 0x1d
)

// put replaces the lanes in k of r by those of x.
func (g *gen) put(r, x vec, k op) { g.VMOVAPD(x, k, r) }

// table loads a table of sixteen into two registers.
func (g *gen) table(name string, t [16]float64) (lo, hi vec) {
	m, ok := g.consts[name]
	if !ok {
		m = g.StaticGlobal(g.family + name)
		g.DataAttributes(attr.NOPTR | attr.RODATA)
		for i, v := range t {
			g.AddDatum(8*i, operand.U64(math.Float64bits(v)))
		}
		g.consts[name] = m
	}
	lo, hi = g.ZMM(), g.ZMM()
	g.VMOVUPD(m, lo)
	g.VMOVUPD(m.Offset(64), hi)
	return lo, hi
}

// lookup returns t[index mod 16] for each lane.
func (g *gen) lookup(index vec, name string, t [16]float64) vec {
	lo, hi := g.table(name, t)
	r := g.copyOf(index)
	g.VPERMI2PD(hi, lo, r)
	return r
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

// quotient returns num/den, corrected for the low parts.
func (g *gen) quotient(num, den pair) pair {
	q := g.div(num.hi, den.hi)
	e := g.add(g.fnma(q, den.hi, num.hi), g.fnma(q, den.lo, num.lo))
	r := g.ZMM()
	g.VRCP14PD(den.hi, r)
	return pair{q, g.mul(e, r)}
}

const roundMagic = 0x1.8p52

// expReduced is e**x as (table + low) * (1 + r + q) * 2**floor(n/16).
type expReduced struct{ table, low, r, q, n vec }

// clamp keeps x within ±limit; a NaN stays.
func (g *gen) clamp(x vec, limit float64) vec {
	r := g.ZMM()
	g.VMINPD(x, g.set(limit), r)
	s := g.ZMM()
	g.VMAXPD(r, g.set(-limit), s)
	return s
}

// expSteps reduces x to n*log(2)/16 + r.
func (g *gen) expSteps(x vec) expReduced {
	t := g.fma(x, log2By16, g.set(roundMagic))
	n := g.sub(t, roundMagic)
	r := g.fnma(n, ln2By16, x)
	e := expReduced{n: n, table: g.lookup(t, "tableExp", tableExp), low: g.lookup(t, "tableExpLow", tableExpLow)}
	e.r = g.fnma(n, ln2By16Low, r)
	rl := g.fnma(n, ln2By16Low, g.sub(r, e.r)) // what rounding r cut off
	e.q = g.fma(g.mul(e.r, e.r), g.poly(e.r, polyExp), rl)
	return e
}

// scaled returns v * 2**floor(n/16 + shift).
func (g *gen) scaled(v, n vec, shift float64) vec {
	k := g.mul(n, 1.0/16)
	if shift != 0 {
		k = g.add(k, shift)
	}
	r := g.ZMM()
	g.VSCALEFPD(k, v, r)
	return r
}

// exp returns e**x.
func (g *gen) exp(x vec) vec {
	e := g.expSteps(g.clamp(x, 800))
	return g.scaled(g.add(e.table, g.fma(e.table, g.add(e.r, e.q), e.low)), e.n, 0)
}

// exp2 returns 2**x.
func (g *gen) exp2(x vec) vec {
	x = g.clamp(x, 1200)
	t := g.add(x, roundMagic/16)
	n := g.sub(t, roundMagic/16)
	r := g.mul(g.sub(x, n), math.Ln2)
	q := g.fma(g.mul(r, r), g.poly(r, polyExp), r)
	y := g.lookup(t, "tableExp", tableExp)
	s := g.ZMM()
	g.VSCALEFPD(n, g.add(y, g.fma(y, q, g.lookup(t, "tableExpLow", tableExpLow))), s)
	return s
}

// halfExpm1 returns (e**x - 1)/2 for |x| below 800.
func (g *gen) halfExpm1(x vec) pair {
	e := g.expSteps(x)
	s, sl := g.scaled(e.table, e.n, -1), g.scaled(e.low, e.n, -1)
	a := g.twoSum(s, g.set(-0.5))
	m := g.mul(s, e.r)
	ml := g.fms(s, e.r, m)
	b := g.fastTwoSum(a.hi, m) // a is 0, or greater than m
	lo := g.add(g.add(a.lo, b.lo), g.add(ml, g.fma(s, e.q, g.fma(sl, e.r, sl))))
	return g.fastTwoSum(b.hi, lo)
}

// small returns y with x put where |x| is below limit, which keeps zeros' signs.
func (g *gen) small(y, x vec, limit float64) vec {
	g.put(y, x, g.where(g.abs(x), isLess, limit))
	return y
}

func (g *gen) expm1(x vec) vec {
	h := g.halfExpm1(g.clamp(x, 800))
	y := g.add(h.hi, h.lo)
	y = g.add(y, y)
	// infinite hi makes NaN of lo
	g.put(y, g.set(math.Inf(1)), g.where(x, isGreater, 709.79))
	return g.small(y, x, 0x1p-54)
}

func (g *gen) tanh(x vec) vec {
	a := g.clamp(g.abs(x), 20)
	h := g.halfExpm1(g.add(a, a))
	d := g.fastTwoSum(g.set(1), h.hi)
	g.put(d.lo, g.sub(g.set(1), g.sub(d.hi, h.hi)), g.where(h.hi, isGreater, 1.0))
	q := g.quotient(h, pair{d.hi, g.add(d.lo, h.lo)})
	return g.small(g.withSign(g.add(q.hi, q.lo), x), x, 0x1p-30)
}

func (g *gen) sinh(x vec) vec {
	a := g.clamp(g.abs(x), 720)
	// (e + e/(e+1))/2 with e = e**x - 1
	h := g.halfExpm1(a)
	two := pair{g.add(h.hi, h.hi), g.add(h.lo, h.lo)}
	one := g.set(1)
	d := g.twoSum(two.hi, one)
	q := g.quotient(h, pair{d.hi, g.add(d.lo, two.lo)})
	s := g.fastTwoSum(h.hi, q.hi)
	y := g.add(s.hi, g.add(s.lo, g.add(h.lo, q.lo)))
	// from 40 on it is h alone, and infinite beyond
	big := g.where(a, isGreater, 40.0)
	g.put(y, g.add(h.hi, h.lo), big)
	g.put(y, g.set(math.Inf(1)), g.where(a, isGreater, 710.4758600739439))
	return g.small(g.withSign(y, x), x, 0x1p-30)
}

func (g *gen) cosh(x vec) vec {
	a := g.clamp(g.abs(x), 720)
	e := g.expSteps(a)
	s, sl := g.scaled(e.table, e.n, -1), g.scaled(e.low, e.n, -1)
	lo := g.fma(s, g.add(e.r, e.q), sl)
	h := g.fastTwoSum(s, lo)
	q := g.div(g.set(0.25), h.hi)
	y := g.fastTwoSum(h.hi, q)
	r := g.add(y.hi, g.add(y.lo, h.lo))
	g.put(r, g.set(math.Inf(1)), g.where(a, isGreater, 710.4758600739439))
	return r
}

// getMantissa puts x times a power of two, within [3/4, 3/2), into m; NaN for a
// negative x.
func (g *gen) getMantissa(x, m vec) { g.VGETMANTPD(operand.U8(0xb), x, m) }

// base is a base of logarithms.
type base struct {
	name             string
	table, low       [16]float64
	ln2, ln2Low      float64
	factor, factorLo float64
}

var (
	baseE  = base{"E", tableLogE, tableLogELow, ln2ByE, ln2ByELow, 1, 0}
	base2  = base{"2", tableLog2, tableLog2Low, ln2By2, ln2By2Low, factor2, factor2Low}
	base10 = base{"10", tableLog10, tableLog10Low, ln2By10, ln2By10Low, factor10, factor10Low}
)

// logParts returns log(x + xl), x positive and finite; xl may be nil.
func (g *gen) logParts(x vec, xl *vec, b base, precise bool) pair {
	m, k, km := g.ZMM(), g.ZMM(), g.ZMM()
	g.getMantissa(x, m)
	g.VGETEXPPD(x, k)
	g.VGETEXPPD(m, km)
	k = g.sub(k, km)
	c := g.ZMM()
	g.VRCP14PD(m, c)
	t := g.add(c, roundMagic/16)
	c = g.sub(t, roundMagic/16)
	r := g.fms(m, c, 1.0) // exact
	var rl *vec
	if xl != nil {
		// the low part on the scale of r
		neg, s := g.sub(g.zero(64), k), g.ZMM()
		g.VSCALEFPD(neg, *xl, s)
		v := g.mul(s, c)
		sum := g.twoSum(r, v)
		r, rl = sum.hi, &sum.lo
	}
	a := g.fma(k, b.ln2, g.lookup(t, "tableLog"+b.name, b.table)) // exact
	low := g.fma(k, b.ln2Low, g.lookup(t, "tableLogLow"+b.name, b.low))
	q := g.mul(r, r)
	p := g.poly(r, polyLog)
	if precise { // log(1+r) = r - r²/2 + r³p, the square in two parts
		half := g.mul(q, -0.5)
		halfLow := g.mul(g.fms(r, r, q), -0.5)
		s := g.fastTwoSum(a, r)
		u := g.fastTwoSum(s.hi, half)
		lo := g.fma(g.mul(q, r), p, halfLow)
		return g.fastTwoSum(u.hi, g.add(g.add(s.lo, u.lo), g.add(lo, low)))
	}
	tail := g.mul(q, g.fma(r, p, -0.5)) // r²(-1/2 + rp)
	if rl != nil {
		tail = g.add(tail, *rl)
	}
	first := pair{hi: r}
	if b.factor != 1 {
		first.hi = g.mul(r, b.factor)
		first.lo = g.fma(r, b.factorLo, g.fms(r, g.set(b.factor), first.hi))
		tail = g.fma(tail, b.factor, first.lo)
	}
	s := g.fastTwoSum(a, first.hi)
	return pair{s.hi, g.add(s.lo, g.add(tail, low))}
}

// logEdges gives y what the logarithm of x is where there is none in the series:
// zeros -inf, +inf itself, NaN and negative numbers NaN.
func (g *gen) logEdges(y, x vec) vec {
	g.VFIXUPIMMPD(operand.U8(0), g.const64Vec(0x03530422), x, y)
	return y
}

// const64Vec broadcasts a bit pattern.
func (g *gen) const64Vec(v uint64) vec {
	r := g.ZMM()
	g.VPBROADCASTQ(g.const64(v), r)
	return r
}

func (g *gen) log(b base) func(vec) vec {
	return func(x vec) vec {
		p := g.logParts(x, nil, b, false)
		return g.logEdges(g.add(p.hi, p.lo), x)
	}
}

func (g *gen) log1p(x vec) vec {
	u := g.twoSum(x, g.set(1))
	p := g.logParts(u.hi, &u.lo, baseE, false)
	y := g.logEdges(g.add(p.hi, p.lo), u.hi)
	return g.small(y, x, 0x1p-54)
}
