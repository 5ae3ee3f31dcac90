package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
)

// Tables of numbers that lanes look up by index.

// table returns the address of a table of numbers.
func (g *gen) table(name string, t []float64) mem {
	name = fmt.Sprintf("%s%s%d", g.family, name, g.size)
	m, ok := g.consts[name]
	if !ok {
		m = g.StaticGlobal(name)
		g.DataAttributes(attr.NOPTR | attr.RODATA)
		for i, v := range t {
			if g.size == 4 {
				g.AddDatum(4*i, operand.U32(uint32(g.bitsOf(v))))
			} else {
				g.AddDatum(8*i, operand.U64(g.bitsOf(v)))
			}
		}
		g.consts[name] = m
	}
	return m
}

// hold keeps a table in registers from here on.
func (g *gen) hold(name string, t []float64) {
	m := g.table(name, t)
	var r []vec
	for i := 0; i < len(t)*g.size; i += g.width {
		v := g.fresh()
		g.VMOVUPS(m.Offset(i), v)
		r = append(r, v)
	}
	g.held[name] = r
}

// lookup returns t[index mod 16] for each lane, t[index mod 32] of a table of 32. With
// AVX-512 a table of more than one vector is best held.
func (g *gen) lookup(index vec, name string, t []float64) vec {
	held, ok := g.held[name]
	part := func(i int) op {
		if ok {
			return held[i]
		}
		return g.table(name, t).Offset(i * g.width)
	}
	r := g.fresh()
	switch registers := len(t) * g.size / g.width; {
	case g.width == 64 && registers == 1:
		g.VPERMPS(part(0), index, r)
	case g.width == 64:
		two := func(r vec, i int) {
			from := part(i)
			if m, inMemory := from.(mem); inMemory {
				v := g.fresh()
				g.VMOVUPS(m, v)
				from = v
			}
			g.do(g.ps("VMOVA"), index, r)
			g.do(g.ps("VPERMI2"), part(i+1), from, r)
		}
		two(r, 0)
		if registers == 4 {
			hi := g.fresh()
			two(hi, 2)
			g.put(r, hi, g.bit(index, 4))
		}
	case g.size == 4 && registers == 2:
		lo, hi := g.fresh(), g.fresh()
		g.VPERMPS(part(0), index, lo)
		g.VPERMPS(part(1), index, hi)
		g.VBLENDVPS(g.bit(index, 3), hi, lo, r)
	default:
		base, all := g.GP64(), g.fresh()
		r = g.none() // a gather keeps what its mask leaves out, so that it would wait for it
		g.LEAQ(g.table(name, t), base)
		g.VPCMPEQD(all, all, all)
		at := g.and(index, uint64(len(t)-1))
		if g.size == 4 {
			g.VGATHERDPS(all, mem{Base: base, Index: at, Scale: 4}, r)
		} else {
			g.VGATHERQPD(all, mem{Base: base, Index: at, Scale: 8}, r)
		}
	}
	return r
}
