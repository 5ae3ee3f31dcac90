package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// function is an elementary function of one or two arguments on lanes of some
// size.
type function struct {
	op     string // whose entries it serves
	size   int    // of an item
	inputs int
	bails  bool // some vectors are left to the Go loop
	wide   bool // the lanes are float64, the items float32
	tables []heldTable
	f      func(x []vec) vec
}

// heldTable is a table that stays in registers.
type heldTable struct {
	name string
	t    []float64
}

// of1 and of2 adapt functions to the form of function.
func of1(f func(vec) vec) func([]vec) vec      { return func(x []vec) vec { return f(x[0]) } }
func of2(f func(x, y vec) vec) func([]vec) vec { return func(x []vec) vec { return f(x[0], x[1]) } }

// write writes the kernel for vectors of that width and registers it. It takes
// a vector at a time, the last one by a mask: the processor overlaps the
// vectors by itself, since they do not depend on each other.
func (g *gen) write(f function, width int) {
	level := levelName[width]
	kind := floatKinds[f.size]
	s := mapping{name: strings.ToLower(f.op) + kind, in: []int{f.size, f.size}[:f.inputs], out: f.size, bails: f.bails,
		doc: []string{"", "dst[i] = elementary." + f.op + "(a[i])", "dst[i] = elementary." + f.op + "(a[i], b[i])"}[f.inputs]}
	name := s.name + level
	lane := f.size
	if f.wide {
		lane = 8
	}
	g.lane(lane, width, func() {
		var constants []uint64
		if width == 64 {
			constants = g.constantsToKeep(func() { g.writeLoop(f, s, name, nil) })
		}
		g.writeLoop(f, s, name, constants)
	})
	field := [2][3]string{{"", "unary", "binary"}, {"", "unaryBail", "binaryBail"}}[btoi(f.bails)][f.inputs]
	g.row("{level: Level%s, op: %s, kind: k%s, %s: %s, inexact: true}", level, f.op, kind, field, name)
}

// writeLoop writes the kernel with the tables and these constants in registers.
func (g *gen) writeLoop(f function, s mapping, name string, constants []uint64) {
	ptr, n := g.open(s, name)
	g.held, g.kept, g.uses = map[string][]vec{}, map[uint64]vec{}, map[uint64]int{}
	for _, t := range f.tables {
		g.hold(t.name, t.t)
	}
	for _, bits := range constants {
		r := g.setBits(bits)
		g.kept[bits] = r
	}
	g.functionLoop(f, ptr, n)
	g.held, g.kept = nil, nil
}

func (g *gen) functionLoop(f function, ptr []reg.GPVirtual, n reg.GPVirtual) {
	lanes := g.width / g.size
	loop, tail, back := g.label("loop"), g.label("tail"), g.label("back")
	at := func(i int) mem { return mem{Base: ptr[i]} }
	step := func() {
		var x []vec
		for i := range f.inputs {
			x = append(x, g.item(f, at(i+1)))
		}
		g.putItem(f, f.f(x), at(0))
	}
	g.SUBQ(operand.U32(uint64(lanes)), n)
	g.jump("JLT", tail)
	g.Label(loop)
	g.bail, g.lanes = back, nil
	step()
	for i := range ptr {
		g.ADDQ(operand.U32(uint64(f.size*lanes)), ptr[i])
	}
	g.SUBQ(operand.U32(uint64(lanes)), n)
	g.jump("JGE", loop)
	g.Label(tail)
	g.rest(n, lanes, f.bails, back, func(k op) {
		g.lanes = k
		step()
		g.lanes = nil
	})
	for _, f := range g.aside {
		f()
	}
	g.aside = nil
}

// item loads a vector, or those lanes of it that exist.
func (g *gen) item(f function, m mem) vec {
	if f.wide {
		r := g.fresh()
		if g.lanes != nil {
			g.VCVTPS2PD_Z(m, g.lanes, r)
		} else {
			g.VCVTPS2PD(m, r)
		}
		return r
	}
	if g.width < 64 && g.lanes != nil {
		r := g.fresh()
		g.do(g.ps("VMASKMOV"), m, g.lanes, r)
		return r
	}
	return g.load(g.width, g.size, m, g.lanes)
}

func (g *gen) putItem(f function, r vec, m mem) {
	if f.wide {
		y := g.YMM()
		g.VCVTPD2PS(r, y)
		g.putPart(8, 4, y, m, g.lanes)
		return
	}
	if g.width < 64 && g.lanes != nil {
		g.do(g.ps("VMASKMOV"), r, g.lanes, m)
		return
	}
	g.store(g.width, g.size, r, m, g.lanes)
}

// someLanes returns a mask of the first n lanes, n below their number.
func (g *gen) someLanes(n reg.GPVirtual) op {
	if g.width == 64 {
		return g.tailMask(n)
	}
	name := fmt.Sprintf("%sLanes", g.family)
	m, ok := g.consts[name]
	if !ok {
		m = g.StaticGlobal(name)
		g.DataAttributes(attr.NOPTR | attr.RODATA)
		for i := range 16 {
			g.AddDatum(4*i, operand.U32([]uint32{1<<32 - 1, 0}[i/8]))
		}
		g.consts[name] = m
	}
	from, less := g.GP64(), g.GP64()
	g.LEAQ(m.Offset(32), from)
	g.IMUL3Q(operand.U8(g.size), n, less)
	g.SUBQ(less, from)
	r := g.fresh()
	g.VMOVDQU(mem{Base: from}, r)
	return r
}

// widened writes a function of float32 that is computed in float64, AVX-512
// alone.
func (g *gen) widened(f function) {
	f.wide = true
	g.write(f, 64)
}
