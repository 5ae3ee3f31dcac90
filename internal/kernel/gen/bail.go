package main

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// Vectors that a kernel leaves to the Go loop.

// bailIf leaves the vector to the Go loop if a lane is in k. Lanes past the end
// of the operands do not count.
func (g *gen) bailIf(k op) {
	switch {
	case g.lanes == nil:
		g.test(k)
	case g.width < 64:
		g.do(g.ps("VTEST"), g.lanes, k)
	default:
		g.do(g.mask("KTEST"), g.lanes, k)
	}
	g.jump("JNE", g.bail)
}

// test compares a mask with none: JNE jumps if a lane is in k.
func (g *gen) test(k op) {
	if g.width < 64 {
		g.do(g.ps("VTEST"), k, k)
	} else {
		g.do(g.mask("KORTEST"), k, k)
	}
}

// jumpIfAll jumps if all lanes are in k.
func (g *gen) jumpIfAll(k op, label string) {
	if g.width == 64 {
		g.do(g.mask("KORTEST"), k, k)
		g.jump("JCS", label)
		return
	}
	all := g.GP32()
	g.do(g.ps("VMOVMSK"), k, all)
	g.CMPL(all, operand.U8(1<<(g.width/g.size)-1))
	g.jump("JEQ", label)
}

// mask is the instruction on K registers of as many bits as there are lanes.
func (g *gen) mask(name string) string { return name + map[int]string{4: "W", 8: "B"}[g.size] }

// aside runs f if a lane is in k, beside the road.
func (g *gen) aside(k op, f func()) {
	look, on, bail, lanes := g.label("look"), g.label("on"), g.bail, g.lanes
	g.test(k)
	g.jump("JNE", look)
	g.Label(on)
	g.asides = append(g.asides, func() {
		g.Label(look)
		g.bail, g.lanes = bail, lanes
		f()
		g.jump("JMP", on)
	})
}

// bailIfFinite is bailIf for the lanes of k whose magnitude a is finite. The
// comparison stands beside the road.
func (g *gen) bailIfFinite(k op, a vec) {
	g.aside(k, func() { g.bailIf(g.both(k, g.where(a, isLess, math.Inf(1)))) })
}

// bailUnless leaves the vector to the Go loop if in some lane a does not compare
// so with the constant. The comparison is one of those from isLess on.
func (g *gen) bailUnless(a vec, imm uint64, c float64) { g.bailIf(g.where(a, imm^4, c)) }

// bailRange leaves numbers of which products overflow or vanish to the Go loop:
// the greater one must be within 2**±500, the smaller above 2**-500 or 0.
func (g *gen) bailRange(greater, smaller vec) {
	g.bailUnless(greater, isAtLeast, 0x1p-500)
	g.bailUnless(greater, isLess, 0x1p500)
	g.bailSmall(smaller, 0x1p-500)
}

// bailSmall leaves numbers below a limit, which are not negative, to the Go loop, unless 0.
func (g *gen) bailSmall(x vec, limit float64) {
	g.bailIf(g.both(g.where(x, isLess, limit), g.where(x, isNotZero, g.none())))
}

// bailNaN leaves vectors with a NaN in x or y to the Go loop.
func (g *gen) bailNaN(x, y vec) {
	k := g.where(x, isNaN, y)
	g.bailIf(k)
}
