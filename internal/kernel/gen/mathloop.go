package main

import (
	"strings"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// function is a function of one or two arguments on lanes of some size, an elementary one
// unless it has a doc.
type function struct {
	op      string // whose entries it serves
	doc     string // the plain Go loop's body
	size    int    // of an item
	inputs  int
	outputs int  // 0: one
	ints    int  // bytes of the integers that the last operand has, as an input or the second output; 0: floats
	bails   bool // some vectors are left to the Go loop
	exact   bool // the results are the Go loop's
	wide    bool // the lanes are float64, the items float32
	pairs   bool // items are complex: two lanes, which the loop counts
	parts   bool // the inputs are complex, f gets their parts in lanes apart, and may return two
	once    bool // the last items take a turn of the loop: of great functions
	tables  []heldTable
	f       func(x []vec) []vec
}

// integers tells whether operand i, outputs counted before inputs, has the integers.
func (f function) integers(i int) bool { return f.ints > 0 && i == f.inputs }

// heldTable is a table that stays in registers.
type heldTable struct {
	name string
	t    []float64
}

// of1 and of2 adapt functions to the form of function.
func of1(f func(vec) vec) func([]vec) []vec { return func(x []vec) []vec { return []vec{f(x[0])} } }
func of2(f func(x, y vec) vec) func([]vec) []vec {
	return func(x []vec) []vec { return []vec{f(x[0], x[1])} }
}

// write writes the kernel for vectors of that width and registers it. It takes
// a vector at a time, the last one by a mask: the processor overlaps the
// vectors by itself, since they do not depend on each other.
func (g *gen) write(f function, width int) {
	level := levelName[width]
	kind, second := floatKinds[f.size], ""
	s := mapping{doc: f.doc, in: []int{f.size, f.size}[:f.inputs], second: f.outputs == 2, out: f.size, bails: f.bails}
	if s.doc == "" {
		s.doc = []string{"", "dst[i] = elementary." + f.op + "(a[i])", "dst[i] = elementary." + f.op + "(a[i], b[i])"}[f.inputs]
	}
	if f.pairs || f.parts {
		kind = complexKinds[f.size]
	}
	if f.pairs {
		second = ", bytes: 2"
	}
	name := strings.ToLower(f.op) + kind
	if f.ints > 0 && f.inputs == 2 {
		name += signedKinds[f.ints]
		second = ", second: k" + signedKinds[f.ints]
	}
	name += level
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
	field := arity(s) + map[bool]string{true: "Bail"}[f.bails]
	if !f.exact {
		second += ", inexact: true"
	}
	g.row("{level: Level%s, op: %s, kind: k%s, %s: %s%s}", level, f.op, kind, field, name, second)
}

// writeBoth writes the kernel for both levels; AVX2 holds no tables.
func (g *gen) writeBoth(f function) {
	g.write(f, 64)
	f.tables = nil
	g.write(f, 32)
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
	outputs, pairsOut := len(ptr)-f.inputs, false
	step := func(n reg.GPVirtual) {
		var x []vec
		for i := range f.inputs {
			if f.parts {
				x = append(x, g.itemParts(f, at(outputs+i), n)...)
			} else {
				x = append(x, g.item(f, outputs+i, at(outputs+i)))
			}
		}
		r := f.f(x)
		if pairsOut = f.parts && len(r) == 2; pairsOut {
			g.putParts(f, r[0], r[1], at(0), n)
			return
		}
		for i := range r {
			g.putItem(f, i, r[i], at(i))
		}
	}
	advance := func() {
		for i := range ptr {
			bytes := f.size
			switch {
			case f.integers(i):
				bytes = f.ints
			case f.parts && i > 0, pairsOut:
				bytes *= 2
			}
			g.ADDQ(operand.U32(uint64(bytes*lanes)), ptr[i])
		}
	}
	if f.once {
		g.turnsOnStack(ptr, n, lanes, func() int {
			step(n)
			advance()
			return f.size << map[bool]int{true: 1}[f.parts]
		})
	} else {
		g.SUBQ(operand.U32(uint64(lanes)), n)
		g.jump("JLT", tail)
		g.Label(loop)
		g.bail, g.lanes = back, nil
		step(n)
		advance()
		g.SUBQ(operand.U32(uint64(lanes)), n)
		g.jump("JGE", loop)
		g.Label(tail)
		g.rest(n, lanes, f.bails, back, func(k op) {
			g.lanes = k
			step(n)
			g.lanes = nil
		})
	}
	for _, f := range g.asides {
		f()
	}
	g.asides = nil
}

// item loads a vector of operand i, or those lanes of it that exist; integers as floats.
func (g *gen) item(f function, i int, m mem) vec {
	if g.width < 64 && (f.wide || f.integers(i)) {
		return g.item2(f, i, m)
	}
	if f.wide || f.integers(i) {
		name := "VCVTPS2PD"
		if f.integers(i) {
			name = g.ps(map[int]string{4: "VCVTDQ2", 8: "VCVTQQ2"}[f.ints])
		}
		r := g.fresh()
		if g.lanes != nil {
			g.do(name+"_Z", m, g.lanes, r)
		} else {
			g.do(name, m, r)
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

func (g *gen) putItem(f function, i int, r vec, m mem) {
	if g.width < 64 && (f.wide || f.integers(i)) {
		g.putItem2(f, i, r, m)
		return
	}
	if f.wide || f.integers(i) {
		y := g.vec(g.width / g.size * 4)
		g.do(map[bool]string{true: "VCVT" + g.ps("") + "2DQ", false: "VCVTPD2PS"}[f.integers(i)], r, y)
		if g.lanes != nil {
			g.VMOVDQU32(y, g.lanes, m)
		} else {
			g.VMOVDQU32(y, m)
		}
		return
	}
	if g.width < 64 && g.lanes != nil {
		g.do(g.ps("VMASKMOV"), r, g.lanes, m)
		return
	}
	g.store(g.width, g.size, r, m, g.lanes)
}
