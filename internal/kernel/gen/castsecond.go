package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// secondKinds are the kinds whose every second item is converted in one loop. The
// others are collected first and converted then.
var secondKinds = map[string]bool{"I32": true, "U32": true, "I64": true, "F32": true, "F64": true}

// castSecond writes the conversion of every second item, and the same past the caches.
// A vector and the next are loaded, and what is wanted of both permuted into one:
// a block in between would cost a third more time (Zen 4, 128 MB to 32 MB).
func (g *gen) castSecond(from, to kind) {
	if !secondKinds[from.name] || !secondKinds[to.name] || from.name == "U32" {
		return
	}
	lanes := 64 / max(from.size, to.size)
	if from.class == 'f' && (to.class != 'f' && to.size == 8 || to.name == "U32") {
		lanes = 8 // through int64
	}
	names := [2]string{}
	for i, stream := range []bool{false, true} {
		name, doc := streamed(stream)
		names[i] = fmt.Sprintf("castSecond%s%s%sAVX512", name, from.name, to.name)
		g.begin(names[i], "func(dst, a unsafe.Pointer, n int)",
			fmt.Sprintf("computes\n\n\tfor i := range n {\n\t\tdst[i] = convert(a[2*i])\n\t}\n\nfor a multiple of %d items, and reads a[2*n-1] too%s.", lanes, doc))
		dst, a, n := g.arg("dst"), g.arg("a"), g.arg("n")
		p := g.vec(64)
		g.VMOVDQU64(g.everySecond(from.size), p)
		g.stream, g.pick = stream, p
		g.fours(n, lanes, func(j int) {
			for i := range j {
				g.convert(from, to, lanes, mem{Base: a, Disp: 2 * i * lanes * from.size}, mem{Base: dst, Disp: i * lanes * to.size}, nil, nil, nil, nil)
			}
			g.ADDQ(operand.U32(uint64(2*j*lanes*from.size)), a)
			g.ADDQ(operand.U32(uint64(j*lanes*to.size)), dst)
		})
		g.stream, g.pick = false, nil
	}
	g.seconds = append(g.seconds, fmt.Sprintf("{k%s, k%s, %s, %s, %d}", from.name, to.name, names[0], names[1], lanes))
}

// everySecond is the pattern that picks every second item of two vectors, for
// vectors of any width.
func (g *gen) everySecond(size int) mem {
	return g.bytesAt(fmt.Sprintf("%sSecond%d", g.family, size), 64, func(i int) int { return map[bool]int{true: i / size * 2}[i%size == 0] })
}

// loadSecond loads every second of 2*n items.
func (g *gen) loadSecond(n, size int, m mem, r reg.VecVirtual) {
	p := map[int]op{64: g.pick.(reg.VecVirtual).AsZ(), 32: g.pick.(reg.VecVirtual).AsY()}[n*size]
	if n*size == 64 {
		g.VMOVDQU64(m, r)
	} else {
		g.VMOVDQU(m, r)
	}
	m.Disp += n * size
	g.do("VPERMT2"+intLetter[size], m, p, r)
}
