package main

import "github.com/mmcloughlin/avo/operand"

// Logarithms of float32 with AVX-512: x = m * 2**k, and for the place of m in
// [3/4, 3/2) a table has c near 1/m and the logarithm of 1/c, which with a multiple
// of ln2 has no rounding error. What is left is log(1+r), r = mc - 1.

// points32 is such a table.
type points32 struct {
	name              string
	inverse, of       [32]float64
	poly              []float64 // log(1+r)'s, from r² on
	ln2, ln2Low       float64
	factor, factorLow float64 // 1/log(base)
}

// Those of plain logarithms have c = 1 around 1, where log(1+r) is the result;
// pointsTwice is the logarithm of 2x, and is not to be used near 1/2.
var (
	points2     = points32{"2", tableInverse2, tableLogPoint2, polyLogPoint2, 1, 0, log2e32, log2e32Low}
	points10    = points32{"10", tableInverse10, tableLogPoint10, polyLogPoint10, log10High32, log10Low32, log10e32, log10e32Low}
	pointsE     = points32{"E", tableInverseE, tableLogPointE, polyLogPointE, ln2High32, ln2Low32, 1, 0}
	pointsTwice = points32{"Twice", tableInverseTwice, tableLogPointTwice, polyLogPointTwice, ln2High32, ln2Low32, 1, 0}
)

func (b points32) tables() []heldTable {
	return []heldTable{{"tableInverse" + b.name, b.inverse[:]}, {"tableLogPoint" + b.name, b.of[:]}}
}

// pointOf returns the table's c and logarithm for m.
func (g *gen) pointOf(m vec, b points32) (c, l vec) {
	at := g.shift("VPSRL", m, 23-5)
	return g.lookup(at, "tableInverse"+b.name, b.inverse[:]), g.lookup(at, "tableLogPoint"+b.name, b.of[:])
}

// splitNormal32 is split32 for a normal x; down is k in the place of the exponent.
func (g *gen) splitNormal32(x vec) (m, k, down vec) {
	m, k = g.fresh(), g.fresh()
	g.VGETMANTPS(operand.U8(0xb), x, m)
	down = g.subInt(x, m)
	g.VCVTDQ2PS(g.shift("VPSRA", down, 23), k)
	return m, k, down
}

// logPoint returns k*log(2) + l + log(1+r) as a sum that is still to be taken.
func (g *gen) logPoint(k, l, r vec, b points32) (a, v vec) {
	q := g.mul(r, r)
	p := g.fma(r, b.poly[1], g.set(b.poly[0]))
	switch len(b.poly) {
	case 3:
		p = g.fma(q, b.poly[2], p)
	case 4:
		p = g.fma(q, g.fma(r, b.poly[3], g.set(b.poly[2])), p)
	}
	if b.factor == 1 {
		v = g.fma(q, p, r)
	} else {
		v = g.fma(r, b.factor, g.fma(q, p, g.mul(r, b.factorLow)))
	}
	if b.ln2 == 1 {
		return g.add(k, l), v
	}
	return g.fma(k, b.ln2, l), g.fma(k, b.ln2Low, v)
}

func (g *gen) logByPoint(b points32) func(vec) vec {
	return func(x vec) vec {
		m, k := g.split32(x)
		c, l := g.pointOf(m, b)
		a, v := g.logPoint(k, l, g.fms(m, c, 1.0), b)
		return g.logEdges(g.add(a, v), x)
	}
}

// beyond32 is from where on a and √(a²±1) are one float32.
const beyond32 = 0x1p13

// log1pByPoint is log(u + ul), u + ul = 1 + x. Around 0 r and ul are x again.
func (g *gen) log1pByPoint(x vec) vec {
	u := g.add(x, 1)
	less, more := g.minMax(x, g.set(1))
	ul := g.sub(less, g.sub(u, more))
	m, k, down := g.splitNormal32(u)
	c, l := g.pointOf(m, pointsE)
	r := g.fms(m, c, 1.0)
	g.addScaled(r, ul, g.subInt(c, down), g.where(u, isLess, 0x1p30))
	a, v := g.logPoint(k, l, r, pointsE)
	return g.withSign(g.logEdges(g.add(a, v), u), x)
}

// addScaled adds a*b to r in the lanes of k.
func (g *gen) addScaled(r, a, b vec, k op) { g.VFMADD231PS(b, a, k, r) }

// logOfHalf returns log(2(h+hl)), hl to be counted in the lanes of k.
func (g *gen) logOfHalf(h, hl vec, near op) (a, v vec) {
	m, k, down := g.splitNormal32(h)
	c, l := g.pointOf(m, pointsTwice)
	r := g.fms(m, c, 1.0)
	g.addScaled(r, hl, g.subInt(c, down), near)
	return g.logPoint(k, l, r, pointsTwice)
}

// halfRoot returns about √w as half, more of it that is left out, the latter
// from e = w - half²; where near does not hold, half is h.
func (g *gen) halfRoot(w, h vec, near op, e func(half vec) vec) (half, twiceRest vec) {
	inv := g.fresh()
	g.VRSQRT14PS(w, inv)
	half = g.copyOf(h)
	g.VMULPS(inv, w, near, half)
	return half, g.mul(e(half), inv)
}

// arcsinhByPoint returns log(a + √(1+a²)), below 1/2 a polynomial. The sum is taken
// in halves, which cannot overflow.
func (g *gen) arcsinhByPoint(x vec) vec {
	a := g.abs(x)
	h := g.mul(a, 0.5)
	near := g.where(a, isLess, beyond32)
	s, rest := g.halfRoot(g.fma(h, h, g.set(0.25)), h, near, func(s vec) vec { return g.fma(h, h, g.fnma(s, s, g.set(0.25))) })
	n := g.add(h, s)
	low := g.fma(rest, 0.5, g.add(g.sub(s, n), h))
	base, v := g.logOfHalf(n, low, near)
	y := g.add(base, v)
	q := g.mul(a, a)
	g.put(y, g.fma(g.mul(q, a), g.poly(q, polyAsinh32), a), g.where(a, isLess, 0.5))
	return g.withSign(g.edges(y, x, 0x00550022), x)
}

// arccoshByPoint returns log(x + √(x²-1)), near 1 the root times a polynomial.
func (g *gen) arccoshByPoint(x vec) vec {
	t, h := g.sub(x, 1), g.mul(x, 0.5)
	u := g.mul(t, 0.5)
	near := g.where(x, isLess, beyond32)
	s, rest := g.halfRoot(g.fma(u, u, u), h, near, func(s vec) vec { return g.fma(u, u, g.fnma(s, s, u)) })
	n := g.add(h, s)
	low := g.fma(rest, 0.5, g.add(g.sub(h, n), s))
	base, v := g.logOfHalf(n, low, near)
	y := g.add(base, v)
	st := g.mul(g.fma(rest, 0.5, s), t)
	g.put(y, g.fma(s, 2.0, g.fma(st, g.poly(t, polyAcosh32), rest)), g.where(t, isLess, 0.2))
	return g.edges(y, t, 0x03530822)
}

// arctanhByPoint returns log(n/d)/2, n = 1 + a and d = 2(1 - a): from c near d/2n in few
// bits, log(1/c) and the logarithm of 1 + r = 2cn/d. Below 0.2 it is a polynomial.
func (g *gen) arctanhByPoint(x vec) vec {
	a := g.abs(x)
	d := g.fnma(a, 2.0, g.set(2))
	dl := g.fnma(a, 2.0, g.sub(g.set(2), d))
	inv := g.div(g.set(1), d)
	m, k, down := g.splitNormal32(g.mul(g.add(a, 1), inv))
	c, l := g.pointOf(m, pointsTwice)
	c = g.subInt(c, down)
	r := g.mul(g.sub(g.fma(a, c, g.sub(c, d)), dl), inv)
	base, v := g.logPoint(k, l, r, pointsTwice)
	y := g.mul(g.add(base, v), 0.5)
	q := g.mul(a, a)
	g.put(y, g.fma(g.mul(q, a), g.poly(q, polyAtanh32), a), g.where(a, isLess, 0.2))
	return g.withSign(g.edges(y, d, 0x03030522), x)
}

// edges gives y what a table of VFIXUPIMM says for the class of x: from the lowest
// four bits on for quiet and signalling NaN, zero, one, both infinities, other negative and
// positive numbers.
func (g *gen) edges(y, x vec, table uint64) vec {
	g.do(g.ps("VFIXUPIMM"), operand.U8(0), g.setBits(table), x, y)
	return y
}
