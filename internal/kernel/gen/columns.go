package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	lineBytes   = 64 // of a line, a vector with an item of every lane; LineBytes of the package
	blockLines  = 16 // of a block, which fits into half of the registers; BlockLines of the package
	linesAside  = 2  // of a pair of blocks that wait in memory, so that a step has a register
	pairedLines = 2 * blockLines
)

// columns writes the sorting networks that keep blocks of lines in registers.
func columns(g *gen) {
	for _, s := range []int{4, 8} {
		g.sortBlocks(s)
		g.mergeBlocks(s)
		g.meetLanes(s, false)
		g.meetLanes(s, true)
		for _, w := range []int{64, 32} {
			g.meetLines(w, s, false)
			g.meetLines(w, s, true)
		}
		g.halfBlocks(s)
		g.halfLanes(s, false)
		g.halfLanes(s, true)
		g.turnLines(s)
	}
}

// steps are pairs of lines that are put in order one after another.
type steps [][2]int

// sorting16 sorts a block.
//
// Source: odd-even merge sort of K. Batcher, Sorting Networks and Their Applications (1968).
var sorting16 = func() (net steps) {
	for p := 1; p < blockLines; p *= 2 {
		for k := p; k > 0; k /= 2 {
			for j := k % p; j+k < blockLines; j += 2 * k {
				for i := range k {
					if (i+j)/(2*p) == (i+j+k)/(2*p) && i+j+k < blockLines {
						net = append(net, [2]int{i + j, i + j + k})
					}
				}
			}
		}
	}
	return net
}()

// merging16 sorts a block that first goes up and then down, or the other way round, from
// wherever one begins. Source: the bitonic sort of the same paper.
var merging16 = func() (net steps) {
	for d := blockLines / 2; d > 0; d /= 2 {
		for i := range blockLines {
			if i&d == 0 {
				net = append(net, [2]int{i, i + d})
			}
		}
	}
	return net
}()

// meet returns the lesser and the greater of each lane; y may be in memory, but not where AVX2
// has no extremes.
func (g *gen) meet(w, s int, x reg.VecVirtual, y op) (lesser, greater reg.VecVirtual) {
	lesser, greater = g.vec(w), g.vec(w)
	if w == 32 && s == 8 {
		more := g.vec(w)
		g.VPCMPGTQ(y, x, more)
		g.VBLENDVPD(more, y, x, lesser)
		g.VBLENDVPD(more, x, y, greater)
		return lesser, greater
	}
	g.do("VPMINS"+intLetter[s], y, x, lesser)
	g.do("VPMAXS"+intLetter[s], y, x, greater)
	return lesser, greater
}

func (g *gen) run(s int, net steps, x []reg.VecVirtual) {
	for _, p := range net {
		x[p[0]], x[p[1]] = g.meet(64, s, x[p[0]], x[p[1]])
	}
}

// eachTwoBlocks emits a loop over the blocks by twos, and what is done with one left.
func (g *gen) eachTwoBlocks(two, one func(line func(i int) mem)) {
	places, n := g.arg("lines"), g.arg("n")
	line := func(i int) mem { return mem{Base: places, Disp: i * lineBytes} }
	g.turns(n, 2, func() {
		two(line)
		g.ADDQ(operand.U32(pairedLines*lineBytes), places)
	})
	done := g.label("done")
	g.jump("JEQ", done)
	one(line)
	g.Label(done)
	g.end()
}

// loadBlock reads the lines of a block from the first on, storeBlock writes them.
func (g *gen) loadBlock(s, first int, line func(i int) mem) []reg.VecVirtual {
	x := make([]reg.VecVirtual, blockLines)
	for i := range x {
		x[i] = g.load(64, s, line(first+i), nil)
	}
	return x
}

func (g *gen) storeBlock(s, first int, x []reg.VecVirtual, line func(i int) mem) {
	for i := range x {
		g.store(64, s, x[i], line(first+i), nil)
	}
}

// mergeHalves sorts two bitonic blocks in registers, but for the first lines of the
// second, which are in memory.
func (g *gen) mergeHalves(s int, lower, upper []reg.VecVirtual, line func(i int) mem) {
	g.run(s, merging16, lower)
	g.storeBlock(s, 0, lower, line)
	for i := range linesAside {
		upper[i] = g.load(64, s, line(blockLines+i), nil)
	}
	g.run(s, merging16, upper)
	g.storeBlock(s, blockLines, upper, line)
}

func (g *gen) sortBlocks(s int) {
	g.begin("sortBlocks"+intLetter[s]+"AVX512", "func(lines unsafe.Pointer, n int)",
		fmt.Sprintf("sorts, lane by lane, the signed items of %d bytes of each two of n blocks of lines, and of one that is left.", s))
	g.eachTwoBlocks(func(line func(i int) mem) {
		x := g.loadBlock(s, 0, line)
		g.run(s, sorting16, x)
		g.storeBlock(s, 0, x[:linesAside], line)
		y := g.loadBlock(s, blockLines, line)
		g.run(s, sorting16, y)
		for i := blockLines - 1; i >= 0; i-- {
			j := blockLines - 1 - i
			if i < linesAside {
				x[i], y[j] = g.meet(64, s, y[j], line(i))
			} else {
				x[i], y[j] = g.meet(64, s, x[i], y[j])
			}
			if j < linesAside {
				g.store(64, s, y[j], line(blockLines+j), nil)
			}
		}
		g.mergeHalves(s, x, y, line)
	}, func(line func(i int) mem) {
		x := g.loadBlock(s, 0, line)
		g.run(s, sorting16, x)
		g.storeBlock(s, 0, x, line)
	})
}

func (g *gen) mergeBlocks(s int) {
	g.begin("mergeBlocks"+intLetter[s]+"AVX512", "func(lines unsafe.Pointer, n int)",
		fmt.Sprintf("sorts as sortBlocks%s does what is bitonic there: each two blocks together, and one that is left.", intLetter[s]))
	g.eachTwoBlocks(func(line func(i int) mem) {
		x, y := make([]reg.VecVirtual, blockLines), make([]reg.VecVirtual, blockLines)
		for i := range x {
			x[i], y[i] = g.meet(64, s, g.load(64, s, line(i), nil), g.load(64, s, line(blockLines+i), nil))
			if i < linesAside {
				g.store(64, s, y[i], line(blockLines+i), nil)
			}
		}
		g.mergeHalves(s, x, y, line)
	}, func(line func(i int) mem) {
		x := g.loadBlock(s, 0, line)
		g.run(s, merging16, x)
		g.storeBlock(s, 0, x, line)
	})
}

// meetLines puts lines in order that lie apart.
func (g *gen) meetLines(w, s int, back bool) {
	name, doc, way := "meetLines", "n lines from x and from y on", 1
	if back {
		name, doc, way = "meetLinesBack", "n lines from x on and from y backwards", -1
	}
	g.begin(name+intLetter[s]+levelName[w], "func(x, y unsafe.Pointer, n int)",
		fmt.Sprintf("leaves the lesser of two signed items of %d bytes in %s in x, the greater in y. n is a multiple of 4.", s, doc))
	x, y, n := g.arg("x"), g.arg("y"), g.arg("n")
	g.turns(n, 4, func() {
		for i := range 4 {
			for part := 0; part < lineBytes; part += w {
				mx, my := mem{Base: x, Disp: i*lineBytes + part}, mem{Base: y, Disp: way*i*lineBytes + part}
				lesser, greater := g.meet(w, s, g.load(w, s, mx, nil), g.load(w, s, my, nil))
				g.store(w, s, lesser, mx, nil)
				g.store(w, s, greater, my, nil)
			}
		}
		g.ADDQ(operand.I32(4*lineBytes), x)
		g.ADDQ(operand.I32(int32(way*4*lineBytes)), y)
	})
	g.end()
}

// meetLanes puts lanes in order: those that swap tells, of one line, or of a line and
// that which is as far from the end.
func (g *gen) meetLanes(s int, back bool) {
	name, doc := "meetLanes", "\tfor i := range n {\n\t\ty := x[i]"
	if back {
		name, doc = "meetLanesBack", "\tfor i := range n {\n\t\ty := x[n-1-i]"
	}
	letter := intLetter[s]
	g.begin(name+letter+"AVX512", "func(lines unsafe.Pointer, n int, swap unsafe.Pointer)",
		"computes for signed items\n\n"+doc+"\n\t\tfor l, with := range swap {\n\t\t\tz[i][l] = min(x[i][l], y[with]) if with > l, else max\n\t\t}\n\t}\n\nand leaves z in x. swap is a line of its own inverse. n is a multiple of 2.")
	x, n := g.arg("lines"), g.arg("n")
	swap, upper := g.load(64, s, mem{Base: g.arg("swap")}, nil), g.K()
	g.do("VPCMP"+letter, operand.U8(lessThan), g.load(64, s, g.iota512(s), nil), swap, upper)
	turned := func(v reg.VecVirtual) reg.VecVirtual {
		r := g.ZMM()
		g.do("VPERM"+letter, v, swap, r)
		return r
	}
	mx := mem{Base: x}
	if !back {
		g.turns(n, 2, func() {
			for i := range 2 {
				mx.Disp = i * lineBytes
				v := g.load(64, s, mx, nil)
				w := turned(v)
				r := g.ZMM()
				g.do("VPMINS"+letter, w, v, r)
				g.do("VPMAXS"+letter, w, v, upper, r)
				g.store(64, s, r, mx, nil)
			}
			g.ADDQ(operand.I32(2*lineBytes), x)
		})
		g.end()
		return
	}
	y := g.GP64()
	g.MOVQ(n, y)
	g.SHLQ(log2(lineBytes), y)
	g.LEAQ(mem{Base: x, Index: y, Scale: 1, Disp: -lineBytes}, y)
	my := mem{Base: y}
	g.turns(n, 2, func() {
		v, w := g.load(64, s, mx, nil), turned(g.load(64, s, my, nil))
		lesser, greater := g.meet(64, s, v, w)
		r := g.ZMM()
		g.VMOVDQA64(lesser, r)
		move := "VMOVDQA" + map[int]string{4: "32", 8: "64"}[s]
		g.do(move, greater, upper, r)
		g.do(move, lesser, upper, greater)
		g.store(64, s, r, mx, nil)
		g.store(64, s, turned(greater), my, nil)
		g.ADDQ(operand.I32(lineBytes), x)
		g.SUBQ(operand.I32(lineBytes), y)
	})
	g.end()
}
