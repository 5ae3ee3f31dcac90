package main

import (
	"cmp"
	"log"
	"maps"
	"slices"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/reg"
)

// Constants in registers. An instruction on a whole vector of AVX-512 that reads a
// constant from memory takes the load unit for a cycle, which for short functions is
// the only limit. So the registers that a function leaves free hold what it reads
// most often.

// constant returns the register that holds a constant, if one does.
func (g *gen) constant(bits uint64) (vec, bool) {
	if g.uses != nil {
		g.uses[bits]++
	}
	r, ok := g.kept[bits]
	return r, ok
}

// vectorRegisters are those of AVX-512 less one or two for what the allocation
// does not see.
const vectorRegisters = 30

// constantsToKeep writes a function aside, and returns the constants for which it
// leaves registers, those first that it reads most often.
func (g *gen) constantsToKeep(write func()) []uint64 {
	kept, consts, rows, labels := g.Context, g.consts, g.rows, g.labels
	g.Context, g.consts = build.NewContext(), map[string]mem{}
	write()
	file, err := g.Result()
	if err != nil {
		log.Fatal(err)
	}
	g.Context, g.consts, g.rows, g.labels = kept, consts, rows, labels
	all := slices.SortedFunc(maps.Keys(g.uses), func(a, b uint64) int {
		if d := g.uses[b] - g.uses[a]; d != 0 {
			return d
		}
		return cmp.Compare(a, b)
	})
	return all[:max(0, min(len(all), vectorRegisters-pressure(file)))]
}

// pressure returns how many vector registers are in use where most are.
func pressure(file *ir.File) (most int) {
	err := pass.Concat(pass.FunctionPass(pass.PruneJumpToFollowingLabel), pass.FunctionPass(pass.PruneDanglingLabels),
		pass.FunctionPass(pass.LabelTarget), pass.FunctionPass(pass.CFG), pass.FunctionPass(pass.Liveness)).Execute(file)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range file.Functions() {
		for _, i := range f.Instructions() {
			live := i.LiveOut.OfKind(reg.KindVector)
			for _, r := range i.OutputRegisters() {
				if r.Kind() == reg.KindVector {
					live.AddRegister(r)
				}
			}
			most = max(most, len(live))
		}
	}
	return most
}
