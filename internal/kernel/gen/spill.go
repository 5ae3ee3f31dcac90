package main

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/reg"
)

// Values beyond the sixteen vector registers of AVX2 lie on the stack. One that does is stored
// where it is made and loaded where it is read, by the instruction itself if that can; reads
// that follow each other closely share a register. Constants are read again where they are.

const registersAVX2 = 16

// spill makes the kernels for AVX2 fit. Of several distances within which reads share a
// register it takes the one that leaves the fewest instructions.
func (g *gen) spill(file *ir.File) error {
	for _, f := range file.Functions() {
		if err := g.spillOne(f); err != nil {
			return fmt.Errorf("%s: %v", f.Name, err)
		}
		if f.LocalSize > 0 { // the stack may have to grow
			f.Attributes &^= attr.NOSPLIT
		}
	}
	return nil
}

// spillOne is spill of a function, if it is one for AVX2.
func (g *gen) spillOne(f *ir.Function) error {
	if !strings.Contains(f.Name, "AVX2") {
		return nil
	}
	nodes := f.Nodes
	var best *spiller
	for _, near := range []int{0, 4, 10, 20, 40} {
		s := &spiller{g: g, f: f, near: near, limit: registersAVX2, base: g.GP64(), temps: map[reg.ID]bool{}, places: map[reg.ID]mem{}}
		f.Nodes = cloned(nodes)
		fits, err := s.fit()
		if err != nil {
			return err
		}
		if fits && (best == nil || len(f.Nodes) < len(best.nodes)) {
			best, s.nodes = s, f.Nodes
		}
		if s.slots == 0 {
			break
		}
	}
	if best == nil {
		return errors.New("too few registers")
	}
	f.Nodes = best.nodes
	best.frame()
	f.Nodes = cloned(f.Nodes)
	return nil
}

// cloned returns copies of instructions, without what passes have found out.
func cloned(nodes []ir.Node) []ir.Node {
	r := slices.Clone(nodes)
	for n, node := range r {
		if i, ok := node.(*ir.Instruction); ok {
			c := *i
			c.Operands, c.Inputs, c.Outputs = slices.Clone(i.Operands), slices.Clone(i.Inputs), slices.Clone(i.Outputs)
			c.Pred, c.Succ = nil, nil
			r[n] = &c
		}
	}
	return r
}

// spiller is the work on one function.
type spiller struct {
	g      *gen
	f      *ir.Function
	nodes  []ir.Node
	near   int             // instructions between reads that share a register
	limit  int             // of values alive at once
	base   reg.GPVirtual   // where the places are
	slots  int             // how many
	temps  map[reg.ID]bool // registers that hold a value between its place and its use
	places map[reg.ID]mem  // where the spilled values are; no base: zero
}

// fit spills until the allocation finds registers; it tells whether it did.
func (s *spiller) fit() (bool, error) {
	analyse := pass.Concat(pass.FunctionPass(pass.PruneJumpToFollowingLabel), pass.FunctionPass(pass.PruneDanglingLabels),
		pass.FunctionPass(pass.LabelTarget), pass.FunctionPass(pass.CFG), pass.InstructionPass(pass.ZeroExtend32BitOutputs), pass.FunctionPass(pass.Liveness))
	for range 20 {
		s.f.Nodes = cloned(s.f.Nodes)
		alone := &ir.File{Sections: []ir.Section{s.f}}
		if err := analyse.Execute(alone); err != nil {
			return false, err
		}
		chosen, ok := s.choose()
		if !ok {
			return false, nil
		}
		if len(chosen) > 0 {
			s.rewrite(chosen)
			continue
		}
		if err := pass.AllocateRegisters(s.f); err != nil {
			return false, err
		}
		if !slices.ContainsFunc(slices.Collect(maps.Values(s.f.Allocation)), func(r reg.ID) bool {
			return r.Kind() == reg.KindVector && r.Index() >= registersAVX2
		}) {
			return true, nil
		}
		s.limit--
	}
	return false, nil
}

// value is what is known of a virtual register.
type value struct {
	reads, writes int
	width         uint // of all its uses, else 0
	made          *ir.Instruction
	over          int // how many points with too many values it would leave
}

// choose returns values to spill, those first that leave most points where too many are
// alive, for each instruction that is added.
func (s *spiller) choose() (map[reg.ID]bool, bool) {
	values := map[reg.ID]*value{}
	type point struct{ alive, touched map[reg.ID]bool }
	var over []point
	for _, i := range s.f.Instructions() {
		touched := map[reg.ID]bool{}
		note := func(rs []reg.Register, count func(v *value)) {
			for _, r := range rs {
				if r.Kind() != reg.KindVector {
					continue
				}
				v := values[r.ID()]
				if v == nil {
					v = &value{width: r.Size()}
					values[r.ID()] = v
				}
				if v.width != r.Size() {
					v.width = 0
				}
				touched[r.ID()] = true
				count(v)
			}
		}
		note(i.InputRegisters(), func(v *value) { v.reads++ })
		note(i.OutputRegisters(), func(v *value) { v.writes, v.made = v.writes+1, i })
		alive := map[reg.ID]bool{}
		for id := range i.LiveOut.OfKind(reg.KindVector) {
			alive[id] = true
		}
		for _, r := range i.OutputRegisters() {
			if r.Kind() == reg.KindVector {
				alive[r.ID()] = true
			}
		}
		if len(alive) > s.limit {
			over = append(over, point{alive, touched})
		}
	}
	chosen := map[reg.ID]bool{}
	for {
		over = slices.DeleteFunc(over, func(p point) bool { return len(p.alive) <= s.limit })
		if len(over) == 0 {
			return chosen, true
		}
		for _, v := range values {
			v.over = 0
		}
		for _, p := range over {
			for id := range p.alive {
				if !p.touched[id] {
					values[id].over++
				}
			}
		}
		var best reg.ID
		most := 0.0
		for id, v := range values {
			if s.temps[id] || v.width == 0 {
				continue
			}
			cost := float64(v.reads + v.writes)
			if _, again := constantOf(v); again {
				cost = float64(v.reads) / 2
			}
			if gain := float64(v.over) / cost; gain > most || gain == most && gain > 0 && id < best {
				best, most = id, gain
			}
		}
		if most == 0 {
			return nil, false
		}
		chosen[best] = true
		place, again := constantOf(values[best])
		if !again {
			place = mem{Base: s.base, Disp: 32 * s.slots}
			s.slots++
		}
		s.places[best] = place
		for _, p := range over {
			if !p.touched[best] {
				delete(p.alive, best)
			}
		}
	}
}

// constantOf returns the place of a value that is read from there once, or an empty one for
// zero.
func constantOf(v *value) (mem, bool) {
	if v.writes != 1 {
		return mem{}, false
	}
	if v.made.CancellingInputs {
		return mem{}, v.made.Opcode == "VPXOR"
	}
	if m, ok := v.made.Operands[0].(mem); ok && v.made.Opcode == "VMOVUPS" && m.Symbol.Name != "" && m.Index == nil {
		return m, true
	}
	return mem{}, false
}

// rewrite moves values to their places.
func (s *spiller) rewrite(chosen map[reg.ID]bool) {
	type held struct {
		r    vec
		last int
	}
	now := map[reg.ID]held{}
	nodes := s.f.Nodes
	s.f.Nodes = nil
	for at, node := range nodes {
		i, ok := node.(*ir.Instruction)
		if !ok {
			clear(now)
			s.f.Nodes = append(s.f.Nodes, node)
			continue
		}
		reads, writes := vectorsOf(i.InputRegisters()), vectorsOf(i.OutputRegisters())
		if i.CancellingInputs {
			reads = nil
		}
		touched := slices.Concat(reads, writes)
		var stores []*ir.Instruction
		drop := false
		for n, r := range touched {
			id := r.ID()
			if !chosen[id] || slices.ContainsFunc(touched[:n], func(o reg.Register) bool { return o.ID() == id }) {
				continue
			}
			place := s.places[id]
			read, written := has(reads, id), has(writes, id)
			if written && place.Base != s.base {
				drop = true
				break
			}
			h, ok := now[id]
			if ok && at-h.last > s.near {
				ok = false
			}
			if !ok && read && !written && !s.again(nodes, at, id) && place.Base != nil {
				if folded := s.folded(i, id, place); folded != nil {
					i = folded
					continue
				}
			}
			if !ok {
				h.r = s.g.vec(int(r.Size()))
				s.temps[h.r.ID()] = true
				if read {
					s.f.Nodes = append(s.f.Nodes, s.load(place, h.r))
				}
			}
			h.last = at
			now[id] = h
			i = renamed(i, id, h.r)
			if written && !s.overwritten(nodes, at, id) {
				stores = append(stores, s.built("VMOVUPS", h.r, place))
			}
		}
		if drop {
			continue
		}
		s.f.Nodes = append(s.f.Nodes, i)
		for _, store := range stores {
			s.f.Nodes = append(s.f.Nodes, store)
		}
	}
}

// again tells whether a value is touched once more before a label and before its register is
// given up.
func (s *spiller) again(nodes []ir.Node, at int, id reg.ID) bool {
	for _, node := range nodes[at+1 : min(len(nodes), at+1+s.near)] {
		i, ok := node.(*ir.Instruction)
		if !ok {
			return false
		}
		if has(vectorsOf(i.InputRegisters()), id) {
			return true
		}
	}
	return false
}

// overwritten tells whether a value that was made here is changed in its register before
// anybody can look for it at its place.
func (s *spiller) overwritten(nodes []ir.Node, at int, id reg.ID) bool {
	for _, node := range nodes[at+1 : min(len(nodes), at+1+s.near)] {
		i, ok := node.(*ir.Instruction)
		if !ok || i.IsBranch || i.IsTerminal {
			return false
		}
		if has(vectorsOf(i.OutputRegisters()), id) {
			return true
		}
	}
	return false
}

func vectorsOf(rs []reg.Register) []reg.Register {
	return slices.DeleteFunc(rs, func(r reg.Register) bool { return r.Kind() != reg.KindVector })
}

func has(rs []reg.Register, id reg.ID) bool {
	return slices.ContainsFunc(rs, func(r reg.Register) bool { return r.ID() == id })
}

// renamed returns the instruction with another register.
func renamed(i *ir.Instruction, id reg.ID, to vec) *ir.Instruction {
	rename := func(r reg.Register) reg.Register {
		switch {
		case r == nil || r.ID() != id:
			return r
		case r.Size() == 16:
			return to.AsX()
		}
		return to.AsY()
	}
	c := *i
	all := func(ops []op) []op {
		ops = slices.Clone(ops)
		for n, o := range ops {
			switch o := o.(type) {
			case reg.Register:
				ops[n] = rename(o)
			case mem:
				o.Index = rename(o.Index)
				ops[n] = o
			}
		}
		return ops
	}
	c.Operands, c.Inputs, c.Outputs = all(i.Operands), all(i.Inputs), all(i.Outputs)
	return &c
}

// folded returns the instruction with its first operand, and no other, in memory; nil if
// there is no such.
func (s *spiller) folded(i *ir.Instruction, id reg.ID, place mem) *ir.Instruction {
	for n, o := range i.Operands {
		if slices.ContainsFunc(operand.Registers(o), func(r reg.Register) bool { return r.ID() == id }) != (n == s.source(i)) {
			return nil
		}
	}
	ops := slices.Clone(i.Operands)
	ops[s.source(i)] = place
	return s.built(strings.Replace(i.Opcode, "VMOVAP", "VMOVUP", 1), ops...) // a constant may lie anywhere
}

// source is the operand of an instruction that may be in memory: the first but for immediates
// and the masks of blends.
func (s *spiller) source(i *ir.Instruction) int {
	_, immediate := i.Operands[0].(operand.Constant)
	if immediate || strings.HasPrefix(i.Opcode, "VBLENDV") {
		return 1
	}
	return 0
}

// load reads a value from its place, or makes a zero.
func (s *spiller) load(place mem, r vec) *ir.Instruction {
	if place.Base == nil {
		i := s.built("VPXOR", r, r, r)
		i.CancellingInputs = true
		return i
	}
	return s.built("VMOVUPS", place, r)
}

// built returns an instruction, nil if there is no such.
func (s *spiller) built(name string, ops ...op) *ir.Instruction {
	c := build.NewContext()
	c.Function("f")
	in := make([]reflect.Value, len(ops))
	for n, o := range ops {
		in[n] = reflect.ValueOf(o)
	}
	m := reflect.ValueOf(c).MethodByName(name)
	if !m.IsValid() {
		return nil
	}
	m.Call(in)
	file, err := c.Result()
	if err != nil {
		return nil
	}
	return file.Functions()[0].Instructions()[0]
}

// frame makes room for the places, whole vectors of the stack.
func (s *spiller) frame() {
	if s.slots == 0 {
		return
	}
	const align = 32
	room := s.f.AllocLocal(align*s.slots + align - 8)
	s.f.Nodes = slices.Concat([]ir.Node{s.built("LEAQ", room.Offset(align-8), s.base), s.built("ANDQ", operand.I32(-align), s.base)}, s.f.Nodes)
}
