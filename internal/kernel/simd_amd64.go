package kernel

//go:generate sh -c "cd gen && go run ."

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"golang.org/x/sys/cpu"
)

// vectorLoop says which table entry a generated loop serves, and how.
type vectorLoop struct {
	level      Level
	op         Op
	kind       dtype.Kind // of every input
	second     dtype.Kind // of the second input where that is another
	unary      Unary
	unary2     Unary2
	binary     Binary
	ternary    Ternary
	unaryBail  bailing
	binaryBail bailing2
	lanes      int  // the loop takes multiples of it and leaves the rest to the twin; 0: any n
	bytes      int  // the loop counts bytes, or parts, this many an item
	inexact    bool // the results may differ from the twin's in the last place
	streams    bool // the loop knows Cold
	swap       bool // a and b change places: a > b is b < a
}

// bailing is a loop that stops before the first eight items (or fewer, at the
// end) of which one is not for it, and returns how many items are left.
type bailing func(dst, a unsafe.Pointer, n int) (left int)

type bailing2 func(dst, a, b unsafe.Pointer, n int) (left int)

// families are the lists of the generated files.
var families = [][]vectorLoop{arithLoops, bitsLoops, compareLoops, orderLoops, mathLoops, halfLoops, partsLoops, remainderLoops, complexLoops, complexmathLoops, complexorderLoops}

func bestLevel() Level {
	x := &cpu.X86
	switch {
	case !(x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasBMI2 && x.HasPOPCNT):
		return LevelGo
	case !(x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL):
		return LevelAVX2
	}
	return LevelAVX512
}

// installLoops puts the loops of the levels up to l that stand in variables of
// their own.
func installLoops(l Level) {
	for at := LevelAVX2; at <= l; at++ {
		streamLoop, streamFence = streamAVX2, fenceAVX2
		installMoves(at)
		installTapes(at)
		installExchanges(at)
		installColumns(at)
		installSplits(at)
	}
}

// installTables puts the loops of the levels up to l into the tables.
func installTables(l Level) {
	for at := LevelAVX2; at <= l; at++ {
		for _, loops := range families {
			for i := range loops {
				if v := &loops[i]; v.level == at {
					v.install()
				}
			}
		}
		installDivmod(kF32, kF64)
		installReductions(at)
		installNonzero(at)
		installRunning(at)
		installWide(at)
		installCasts(at)
		installDivisions(at)
	}
	if l > LevelGo {
		installSingles(l)
		installClasses()
	}
}

// entry returns the table entry that the loop serves.
func (v *vectorLoop) entry() *Entry {
	in := [3]dtype.Kind{v.kind, v.kind, v.kind}
	if v.second != 0 {
		in[1] = v.second
	}
	return tables[v.op].Find(in[:tables[v.op].NIn]...)
}

func (v *vectorLoop) install() {
	e := v.entry()
	if e == nil {
		panic("kernel: no entry of " + v.op.String() + " for a vector loop")
	}
	size, out := itemSizes[v.kind], itemSizes[e.Out[0]]
	e.Streams = v.streams
	switch {
	case v.unary != nil:
		e.Unary = v.unaryLoop(twin(v.op, e).Unary, size, out)
	case v.unary2 != nil:
		e.Unary2 = v.unary2
	case v.unaryBail != nil:
		e.Unary = v.bailLoop(twin(v.op, e).Unary, size, out)
	case v.binaryBail != nil:
		e.Binary = v.bailLoop2(twin(v.op, e).Binary, size, itemSizes[e.In[1]])
	case v.binary != nil:
		e.Binary = v.binaryLoop(twin(v.op, e).Binary, size, out)
	case v.ternary != nil:
		e.Ternary = v.ternaryLoop(twin(v.op, e).Ternary, size, out)
	}
}

// twin returns the Go loops of an entry.
func twin(op Op, e *Entry) *Entry {
	for i := range twins.tables[op] {
		if t := &twins.tables[op][i]; t.In == e.In {
			return t
		}
	}
	return nil
}

func (v *vectorLoop) unaryLoop(rest Unary, in, out int) Unary {
	f, bytes, lanes := v.unary, v.bytes, v.lanes
	switch {
	case lanes == 0 && bytes <= 1:
		return f
	case lanes == 0:
		return func(d, a unsafe.Pointer, n int) { f(d, a, n&^Cold*bytes|n&Cold) }
	}
	e := v.ending(1, in, out)
	e.run = func(d, a, _, _ unsafe.Pointer, n int) { f(d, a, n) }
	e.rest = func(d, a, _, _ unsafe.Pointer, n int) { rest(d, a, n) }
	return func(d, a unsafe.Pointer, n int) {
		m := n &^ (e.lanes - 1)
		if m > 0 {
			f(d, a, m*e.scale)
		}
		if m < n {
			e.end(d, [3]unsafe.Pointer{a}, m, n)
		}
	}
}

func (v *vectorLoop) binaryLoop(rest Binary, in, out int) Binary {
	f, bytes, lanes := v.binary, v.bytes, v.lanes
	if v.swap {
		g := f
		f = func(d, a, b unsafe.Pointer, n int) { g(d, b, a, n) }
	}
	switch {
	case lanes == 0 && bytes <= 1:
		return f
	case lanes == 0:
		return func(d, a, b unsafe.Pointer, n int) { f(d, a, b, n&^Cold*bytes|n&Cold) }
	}
	e := v.ending(2, in, out)
	e.run = func(d, a, b, _ unsafe.Pointer, n int) { f(d, a, b, n) }
	e.rest = func(d, a, b, _ unsafe.Pointer, n int) { rest(d, a, b, n) }
	return func(d, a, b unsafe.Pointer, n int) {
		m := n &^ (e.lanes - 1)
		if m > 0 {
			f(d, a, b, m*e.scale)
		}
		if m < n {
			e.end(d, [3]unsafe.Pointer{a, b}, m, n)
		}
	}
}

func (v *vectorLoop) ternaryLoop(rest Ternary, in, out int) Ternary {
	f, bytes, lanes := v.ternary, v.bytes, v.lanes
	switch {
	case lanes == 0 && bytes <= 1:
		return f
	case lanes == 0:
		return func(d, a, b, c unsafe.Pointer, n int) { f(d, a, b, c, n&^Cold*bytes|n&Cold) }
	}
	e := v.ending(3, in, out)
	e.run, e.rest = f, rest
	return func(d, a, b, c unsafe.Pointer, n int) {
		m := n &^ (e.lanes - 1)
		if m > 0 {
			f(d, a, b, c, m*e.scale)
		}
		if m < n {
			e.end(d, [3]unsafe.Pointer{a, b, c}, m, n)
		}
	}
}

// bailLoop gives the items that the loop stops at to the twin. Of the eight among
// which it stopped the others still go through the loop, so that a result does
// not depend on its neighbours.
func (v *vectorLoop) bailLoop(rest Unary, in, out int) Unary {
	f := v.unaryBail
	return func(d, a unsafe.Pointer, n int) {
		for i := n - f(d, a, n); i < n; {
			for end := min(i+8, n); i < end; i++ {
				q, p := unsafe.Add(d, i*out), unsafe.Add(a, i*in)
				if f(q, p, 1) != 0 {
					rest(q, p, 1)
				}
			}
			if i < n {
				i = n - f(unsafe.Add(d, i*out), unsafe.Add(a, i*in), n-i)
			}
		}
	}
}

func (v *vectorLoop) bailLoop2(rest Binary, size, second int) Binary {
	f := v.binaryBail
	if k := v.bytes; k > 1 {
		f = func(d, a, b unsafe.Pointer, n int) int { return v.binaryBail(d, a, b, n*k) / k }
	}
	return func(d, a, b unsafe.Pointer, n int) {
		for i := n - f(d, a, b, n); i < n; {
			for end := min(i+8, n); i < end; i++ {
				q, p, r := unsafe.Add(d, i*size), unsafe.Add(a, i*size), unsafe.Add(b, i*second)
				if f(q, p, r, 1) != 0 {
					rest(q, p, r, 1)
				}
			}
			if i < n {
				i = n - f(unsafe.Add(d, i*size), unsafe.Add(a, i*size), unsafe.Add(b, i*second), n-i)
			}
		}
	}
}
