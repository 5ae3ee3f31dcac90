package main

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// shortLongs writes the divisions of integers of 64 bits for AVX2. A vector of magnitudes below
// 2^51 becomes one of floats by a sum of integers, and the quotients come back by one of
// floats. Another vector is divided item by item.
func shortLongs(g *gen) {
	for _, kind := range intKinds[8] {
		for _, o := range []struct{ op, name, doc string }{
			{"FloorDivide", "floorDivide", "dst[i] = floor(a[i] / b[i])"},
			{"Remainder", "remainder", "dst[i] = a[i] - b[i]*floor(a[i]/b[i])"},
			{"Fmod", "fmod", "dst[i] = a[i] - b[i]*trunc(a[i]/b[i])"},
		} {
			q := quotient{size: 8, signed: kind[0] == 'I', op: o.op}
			var zero vec
			g.serve2(mapping{name: o.name + kind, doc: o.doc, in: []int{8, 8}, out: 8, unroll: 1,
				setup: func(g *gen, w int) { zero = g.zero(w) },
				step: func(g *gen, _ int, in []mem, out mem, _ op) {
					long, done := g.label("long"), g.label("short")
					g.lane(8, 32, func() { g.VMOVDQU(q.short(g, in[0], in[1], zero, long), out) })
					g.jump("JMP", done)
					g.Label(long)
					g.oneByOne(func(at func(m mem) mem) { q.long(g, at(in[0]), at(in[1]), at(out)) })
					g.Label(done)
				}}, uses1(o.op, kind)...)
		}
	}
}

// amongLongs is the number whose last bits are an integer that is added to it.
const amongLongs = 0x1.8p52

// jumpIfLong jumps where an integer of x has a magnitude from 2^51 on.
func (g *gen) jumpIfLong(signed bool, label string, x ...vec) {
	bits := 51
	if signed {
		bits = 52
		for i := range x {
			x[i] = g.addInt(x[i], uint64(1<<51))
		}
	}
	t := x[0]
	for _, y := range x[1:] {
		t = g.or(t, y)
	}
	g.VPTEST(g.pattern(^uint64(0)<<bits), t)
	g.jump("JNE", label)
}

// floatOfShort converts integers of smaller magnitudes.
func (g *gen) floatOfShort(x vec) vec {
	return g.sub(g.addInt(x, g.bitsOf(amongLongs)), amongLongs)
}

// short divides four items, or jumps to long.
func (q quotient) short(g *gen, a, b mem, zero vec, long string) vec {
	x, y := g.load(32, 8, a, nil), g.load(32, 8, b, nil)
	g.jumpIfLong(q.signed, long, x, y)
	fx, fy := g.floatOfShort(x), g.floatOfShort(y)
	how := toFloor
	if q.op == "Fmod" {
		how = toZero
	}
	r := g.rounded(g.div(fx, fy), how)
	if q.op != "FloorDivide" {
		r = g.fnma(r, fy, fx)
	}
	r = g.subInt(g.add(r, amongLongs), g.bitsOf(amongLongs))
	g.VPCMPEQQ(zero, y, y)
	g.VPANDN(r, y, r)
	return r
}

// oneByOne runs f for each of four items: at is where one lies.
func (g *gen) oneByOne(f func(at func(m mem) mem)) {
	i, loop := g.GP64(), g.label("item")
	g.XORQ(i, i)
	g.Label(loop)
	f(func(m mem) mem { m.Index, m.Scale = i, 8; return m })
	g.INCQ(i)
	g.CMPQ(i, operand.I8(4))
	g.jump("JNE", loop)
}

// long divides an item; by -1, whose quotient may be out of range, it changes the sign.
func (q quotient) long(g *gen, a, b, out mem) {
	y, done := g.GP64(), g.label("put")
	g.MOVQ(b, y)
	g.XORQ(reg.RAX, reg.RAX)
	g.XORQ(reg.RDX, reg.RDX)
	g.TESTQ(y, y)
	g.jump("JEQ", done)
	g.MOVQ(a, reg.RAX)
	if q.signed {
		divide := g.label("divide")
		g.CMPQ(y, operand.I8(-1))
		g.jump("JNE", divide)
		g.NEGQ(reg.RAX)
		g.jump("JMP", done)
		g.Label(divide)
		g.CQO()
		g.IDIVQ(y)
	} else {
		g.DIVQ(y)
	}
	if q.signed && q.op != "Fmod" {
		sign := g.GP64()
		g.TESTQ(reg.RDX, reg.RDX)
		g.jump("JEQ", done)
		g.MOVQ(reg.RDX, sign)
		g.XORQ(y, sign)
		g.jump("JGE", done)
		g.DECQ(reg.RAX)
		g.ADDQ(y, reg.RDX)
	}
	g.Label(done)
	result := reg.RAX
	if q.op != "FloorDivide" {
		result = reg.RDX
	}
	g.MOVQ(result, out)
}
