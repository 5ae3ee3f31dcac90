package main

import (
	"math"
	"strings"
)

// bailUnless leaves the vector to the Go loop if in some lane a does not compare
// so with the constant.
func (g *gen) bailUnless(a vec, imm uint64, c float64) {
	k := g.where(a, imm, c)
	g.KNOTB(k, k)
	g.bailIf(k)
}

// bailIf leaves the vector to the Go loop if a lane is in k. Lanes past the end
// of the operands do not count.
func (g *gen) bailIf(k op) {
	if g.lanes != nil {
		g.KTESTB(g.lanes, k)
	} else {
		g.KORTESTB(k, k)
	}
	g.jump("JNE", g.bail)
}

// bailPower takes x from the normal positive numbers alone.
func (g *gen) bailPower(x vec) {
	g.bailUnless(x, isAtLeast, 0x1p-1022)
	g.bailUnless(x, isLess, math.Inf(1))
}

// power returns x**y = e**(y log x), the logarithm to about 2**-66.
func (g *gen) power(x, y vec) vec {
	g.bailPower(x)
	l := g.logParts(x, nil, baseE, true)
	p := g.mul(y, l.hi)
	pl := g.fma(y, l.lo, g.fms(y, l.hi, p))
	g.bailUnless(g.abs(p), isLess, 708)
	e := g.expSteps(p)
	e.q = g.add(e.q, g.fma(pl, g.add(e.r, e.q), pl)) // e**(r + pl)
	return g.scaled(g.add(e.table, g.fma(e.table, g.add(e.r, e.q), e.low)), e.n, 0)
}

// bailRange leaves numbers of which products overflow or vanish to the Go loop:
// the greater one must be within 2**±500, the smaller above 2**-500 or 0.
func (g *gen) bailRange(greater, smaller vec) {
	g.bailUnless(greater, isAtLeast, 0x1p-500)
	g.bailUnless(greater, isLess, 0x1p500)
	k := g.where(smaller, isLess, 0x1p-500)
	z := g.where(smaller, 4, g.zero(64)) // not 0, or NaN
	g.KANDB(k, z, z)
	g.bailIf(z)
}

func (g *gen) minMax(a, b vec) (lo, hi vec) {
	lo, hi = g.ZMM(), g.ZMM()
	g.VMINPD(b, a, lo)
	g.VMAXPD(b, a, hi)
	return lo, hi
}

// root returns √(a.hi + a.lo).
func (g *gen) root(a pair) pair {
	s, inv := g.ZMM(), g.ZMM()
	g.VSQRTPD(a.hi, s)
	g.VRCP14PD(s, inv)
	e := g.mul(g.mul(g.add(g.fnma(s, s, a.hi), a.lo), inv), 0.5)
	zero := g.where(a.hi, 0, g.zero(64))
	g.put(e, g.zero(64), zero)
	return pair{s, e}
}

// square returns x² exactly.
func (g *gen) square(x vec) pair {
	q := g.mul(x, x)
	return pair{q, g.fms(x, x, q)}
}

// hypot returns √(x² + y²).
func (g *gen) hypot(x, y vec) vec {
	b, a := g.minMax(g.abs(x), g.abs(y))
	g.bailNaN(x, y)
	g.bailRange(a, b)
	p, q := g.square(a), g.square(b)
	s := g.fastTwoSum(p.hi, q.hi)
	r := g.root(pair{s.hi, g.add(s.lo, g.add(p.lo, q.lo))})
	return g.add(r.hi, r.lo)
}

func (g *gen) bailNaN(x, y vec) {
	k := g.where(x, unordered, y)
	g.bailIf(k)
}

// angle returns the arctangent of num/den, both at least 0, within [0, π/2].
func (g *gen) angle(num, den pair) pair {
	steep := g.where(num.hi, isGreater, den.hi)
	less, more := pair{g.copyOf(num.hi), g.copyOf(num.lo)}, pair{g.copyOf(den.hi), g.copyOf(den.lo)}
	g.put(less.hi, den.hi, steep)
	g.put(less.lo, den.lo, steep)
	g.put(more.hi, num.hi, steep)
	g.put(more.lo, num.lo, steep)
	inv := g.ZMM()
	g.VRCP14PD(more.hi, inv)
	at := g.fma(less.hi, inv, g.set(roundMagic/8))
	c := g.sub(at, roundMagic/8)
	// (less - c*more)/(more + c*less)
	p := g.mul(c, more.hi)
	pl := g.fms(c, more.hi, p)
	n := g.twoSum(less.hi, g.sub(g.zero(64), p))
	n.lo = g.add(n.lo, g.sub(g.fnma(c, more.lo, less.lo), pl))
	p = g.mul(c, less.hi)
	pl = g.fms(c, less.hi, p)
	d := g.fastTwoSum(more.hi, p)
	d.lo = g.add(d.lo, g.add(pl, g.fma(c, less.lo, more.lo)))
	q := g.quotient(n, d)
	z := g.mul(q.hi, q.hi)
	tail := g.fma(g.mul(z, q.hi), g.poly(z, polyAtan), q.lo)
	hi, lo := g.lookup(at, "tableAtan", tableAtan), g.lookup(at, "tableAtanLow", tableAtanLow)
	s := g.twoSum(hi, q.hi)
	rest := g.add(s.lo, g.add(tail, lo))
	f := g.twoSum(g.set(halfPi1), g.sub(g.zero(64), s.hi))
	g.put(s.hi, f.hi, steep)
	g.put(rest, g.add(f.lo, g.sub(g.set(halfPi2), rest)), steep)
	return pair{s.hi, rest}
}

// turned returns π - a in the lanes of k, a in the others.
func (g *gen) turned(a pair, k op) vec {
	f := g.twoSum(g.set(2*halfPi1), g.sub(g.zero(64), a.hi))
	y := g.add(a.hi, a.lo)
	g.put(y, g.add(f.hi, g.add(f.lo, g.sub(g.set(2*halfPi2), a.lo))), k)
	return y
}

func (g *gen) negative(x vec) op {
	k := g.K()
	g.VPMOVQ2M(x, k)
	return k
}

func (g *gen) arctan2(y, x vec) vec {
	b, a := g.minMax(g.abs(x), g.abs(y))
	g.bailNaN(x, y)
	g.bailRange(a, b)
	none := g.zero(64)
	t := g.angle(pair{g.abs(y), none}, pair{g.abs(x), none})
	return g.withSign(g.turned(t, g.negative(x)), y)
}

// cofactor returns √(1 - x²).
func (g *gen) cofactor(x vec) pair {
	q := g.square(x)
	s := g.fastTwoSum(g.set(1), g.sub(g.zero(64), q.hi))
	return g.root(pair{s.hi, g.sub(s.lo, q.lo)})
}

func (g *gen) arcsin(x vec) vec {
	a := g.abs(x)
	t := g.angle(pair{a, g.zero(64)}, g.cofactor(a))
	return g.small(g.withSign(g.add(t.hi, t.lo), x), x, 0x1p-28)
}

func (g *gen) arccos(x vec) vec {
	a := g.abs(x)
	t := g.angle(g.cofactor(a), pair{a, g.zero(64)})
	return g.turned(t, g.negative(x))
}

func mathFunctions(g *gen) {
	for _, f := range []struct {
		op      string
		f       func(vec) vec
		float32 func(vec) vec // nil: f
		bails   bool
	}{
		{"Exp", g.exp, g.shortExp, false}, {"Exp2", g.exp2, g.shortExp2, false}, {"Expm1", g.expm1, g.shortExpm1, false},
		{"Log", g.log(baseE), g.shortLog(baseE), false}, {"Log2", g.log(base2), g.shortLog(base2), false},
		{"Log10", g.log(base10), g.shortLog(base10), false}, {"Log1p", g.log1p, g.shortLog1p, false},
		{"Sinh", g.sinh, g.shortSinh, false}, {"Cosh", g.cosh, g.shortCosh, false}, {"Tanh", g.tanh, g.shortTanh, false},
		{"Sin", g.sinCos(false), g.shortSinCos(false), true}, {"Cos", g.sinCos(true), g.shortSinCos(true), true}, {"Tan", g.tan, g.shortTan, true},
		{"Arctan", g.arctan, g.shortArctan, false}, {"Arcsin", g.arcsin, nil, false}, {"Arccos", g.arccos, nil, false},
	} {
		if f.float32 == nil {
			f.float32 = f.f
		}
		g.function(f.op, 8, 1, func(x []vec) vec { return f.f(x[0]) }, f.bails)
		g.function(f.op, 4, 1, func(x []vec) vec { return f.float32(x[0]) }, f.bails)
	}
	for _, f := range []struct {
		op         string
		f, float32 func(x, y vec) vec
	}{{"Power", g.power, g.shortPower}, {"Hypot", g.hypot, g.shortHypot}, {"Arctan2", g.arctan2, g.arctan2}} {
		g.function(f.op, 8, 2, func(x []vec) vec { return f.f(x[0], x[1]) }, true)
		g.function(f.op, 4, 2, func(x []vec) vec { return f.float32(x[0], x[1]) }, true)
	}
}

// function writes the kernel of a function of one or two float64, or float32
// widened to that, and registers it.
func (g *gen) function(o string, size, inputs int, f func([]vec) vec, bails bool) {
	doc := []string{"", "dst[i] = elementary." + o + "(a[i])", "dst[i] = elementary." + o + "(a[i], b[i])"}[inputs]
	m := mapping{name: strings.ToLower(o) + floatKinds[size], doc: doc, in: []int{size, size}[:inputs], out: size, once: true, lanes: 8, bails: bails,
		step: func(g *gen, w int, in []mem, out mem, k op) {
			g.lanes = k
			var x []vec
			for _, m := range in {
				switch v := g.ZMM(); {
				case size == 8:
					x = append(x, g.load(w, 8, m, k))
				case k != nil:
					g.VCVTPS2PD_Z(m, k, v)
					x = append(x, v)
				default:
					g.VCVTPS2PD(m, v)
					x = append(x, v)
				}
			}
			r := f(x)
			if size == 8 {
				g.store(w, 8, r, out, k)
				return
			}
			y := g.YMM()
			g.VCVTPD2PS(r, y)
			g.putPart(8, 4, y, out, k)
		}}
	name := g.avx512(m)
	field := [2][3]string{{"", "unary", "binary"}, {"", "unaryBail", "binaryBail"}}[btoi(bails)][inputs]
	g.row("{level: LevelAVX512, op: %s, kind: k%s, %s: %s, inexact: true}", o, floatKinds[size], field, name)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
