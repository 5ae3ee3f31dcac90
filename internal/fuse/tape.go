package fuse

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// piece is a run of steps that are computed together: the steps one after another,
// each over the whole block, or through a tape (package kernel), a chunk at a time.
// What does not fill a chunk goes step by step.
type piece struct {
	steps []Value
	kind  dtype.Kind
	tape  []kernel.TapeStep // nil: step by step
}

// cut cuts the steps into pieces and writes their tapes.
func (p *Program) cut() {
	p.pieces, p.code, p.slots = p.pieces[:0], p.code[:0], 0
	for i := 0; i < len(p.steps); {
		j, kind := i, p.tapeKind(p.steps[i])
		if opens(kind) {
			for j < len(p.steps) && p.tapeKind(p.steps[j]).joins(kind) {
				j++
			}
			w := tapeWriter{p: p, steps: p.steps[i:j], later: p.steps[j:], acc: -1, mask: -1}
			p.pieces = append(p.pieces, piece{p.steps[i:j], dtype.Kind(kind), w.write()})
			i = j
			continue
		}
		for j++; j < len(p.steps) && !opens(p.tapeKind(p.steps[j])); {
			j++
		}
		p.pieces = append(p.pieces, piece{steps: p.steps[i:j]})
		for _, v := range p.steps[i:j] {
			for _, a := range p.values[v].args[:p.values[v].nargs] {
				p.ways[a].whole = true
			}
		}
		i = j
	}
}

// tapeKind is the kind of the items of the tapes that may have a step: of bools any
// tape's.
type tapeKind int

const (
	noTape  tapeKind = -1
	anyMask          = tapeKind(dtype.KindBool)
)

func (k tapeKind) joins(tape tapeKind) bool {
	return k == tape || k == anyMask
}

// opens reports whether a step begins a tape: one of bools alone is better off with the
// loops of bytes.
func opens(k tapeKind) bool { return k != noTape && k != anyMask }

// tapeOp is the operation of a tape that computes v, TapeEnd if there is none, and the
// kind of the items.
func (p *Program) tapeOp(v Value) (kernel.TapeOp, dtype.Kind) {
	x := &p.values[v]
	switch x.how {
	case load:
		return p.ways[v].widen, x.kind
	case call:
		return x.entry.Tape, x.entry.In[0]
	case cast:
		if p.Kind(x.args[0]) == dtype.KindBool {
			return kernel.TapeNumber, x.kind
		}
	case pick:
		if x.kind != dtype.KindBool {
			return kernel.TapeElse, x.kind
		}
	}
	return kernel.TapeEnd, x.kind
}

// tapeKind is the kind of the tapes that compute v, or load and cast it.
func (p *Program) tapeKind(v Value) tapeKind {
	op, k := p.tapeOp(v)
	switch {
	case op == kernel.TapeEnd:
		return noTape
	case k == dtype.KindBool:
		return anyMask
	case kernel.TapeChunk(k) == 0 || p.size < kernel.TapeChunk(k):
		return noTape
	}
	return tapeKind(k)
}

// tapeComputes reports whether a tape computes v, which is more than a load.
func (p *Program) tapeComputes(v Value) bool {
	return p.values[v].how != load && opens(p.tapeKind(v))
}

// tapeWriter writes the tape of some steps. The accumulator and the mask hold one value
// each; a value that is still wanted when another takes its place goes to a slot, which
// is memory for a chunk.
type tapeWriter struct {
	p     *Program
	steps []Value // those of the tape
	later []Value
	acc   Value // what the accumulator holds, -1: nothing
	mask  Value // what the mask holds
	free  []int // slots
}

func (t *tapeWriter) write() []kernel.TapeStep {
	p := t.p
	start := len(p.code)
	p.slot = p.slot[:0]
	for range p.values {
		p.slot = append(p.slot, -1)
	}
	for k, v := range t.steps {
		t.step(k, v)
		for u, s := range p.slot {
			if s >= 0 && !t.usedFrom(Value(u), k+1) {
				t.free = append(t.free, s)
				p.slot[u] = -1
			}
		}
		if p.result == v || slices.ContainsFunc(t.later, func(u Value) bool { return p.reads(u, v) }) {
			if v == t.mask {
				t.emit(kernel.TapeMaskStore, v)
			} else {
				t.emit(kernel.TapeStore, v)
			}
		}
	}
	p.code = append(p.code, kernel.TapeStep{Op: kernel.TapeEnd})
	return p.code[start:]
}

// step writes step k, which computes v.
func (t *tapeWriter) step(k int, v Value) {
	p := t.p
	x := &p.values[v]
	a, b := x.args[0], x.args[1]
	op, _ := p.tapeOp(v)
	switch {
	case x.how == load:
		t.replaceAcc(k)
		p.code = append(p.code, kernel.TapeStep{Op: op, Along: 0xff, At: uint32(len(p.values) + int(v))})
		t.acc = v
	case x.how == cast:
		t.take(k, a)
		t.replaceAcc(k)
		t.emit(op, v)
		t.acc = v
	case x.how == pick:
		t.take(k, a)
		b, c := b, x.args[2]
		if t.acc == c && b != c {
			op, c = kernel.TapeThen, b
		} else if t.acc != b {
			t.replaceAcc(k)
			t.emit(kernel.TapeLoad, b)
			t.acc = b
		}
		if t.acc == c {
			t.keep(c)
		}
		t.replaceAcc(k)
		t.emit(op, c)
		t.acc = v
	case op.OfMasks():
		if !op.Unary() && a != b && t.mask == b {
			a, b = b, a
		}
		if !op.Unary() && p.slot[b] < 0 {
			t.take(k, b)
			t.keep(b)
		}
		t.take(k, a)
		t.replaceMask(k)
		t.emit(op, b)
		t.mask = v
	default:
		if op.Unary() {
			b = a
		}
		if t.acc != a && t.acc == b {
			a, b, op = b, a, op.Reversed()
		}
		if t.acc != a {
			t.replaceAcc(k)
			t.emit(kernel.TapeLoad, a)
			t.acc = a
		}
		if a == b && !op.Unary() {
			t.keep(a)
		}
		if op.Tests() {
			t.replaceMask(k)
			t.emit(op, b)
			t.mask = v
			break
		}
		t.replaceAcc(k)
		t.emit(op, b)
		t.acc = v
	}
}

// replaceAcc makes room in the accumulator for what step k makes: what it holds is kept
// if a later step reads it.
func (t *tapeWriter) replaceAcc(k int) {
	if t.acc >= 0 && t.usedFrom(t.acc, k+1) {
		t.keep(t.acc)
	}
}

// replaceMask is replaceAcc of the mask.
func (t *tapeWriter) replaceMask(k int) {
	if t.mask >= 0 && t.usedFrom(t.mask, k+1) {
		t.keep(t.mask)
	}
}

// take brings v, bools that step k reads, into the mask.
func (t *tapeWriter) take(k int, v Value) {
	if t.mask == v {
		return
	}
	if t.mask >= 0 && t.usedFrom(t.mask, k) {
		t.keep(t.mask)
	}
	if t.p.slot[v] >= 0 {
		t.emit(kernel.TapeMaskTake, v)
	} else {
		t.emit(kernel.TapeMaskLoad, v)
	}
	t.mask = v
}

// reads reports whether step u reads v.
func (p *Program) reads(u, v Value) bool {
	x := &p.values[u]
	return slices.Contains(x.args[:x.nargs], v)
}

// usedFrom reports whether step k of the tape or one after it reads v.
func (t *tapeWriter) usedFrom(v Value, k int) bool {
	return slices.ContainsFunc(t.steps[k:], func(u Value) bool { return t.p.reads(u, v) })
}

// keep writes v, which the accumulator or the mask holds, to a slot, unless it lies in
// one or where operands lie.
func (t *tapeWriter) keep(v Value) {
	masked := v == t.mask
	if t.p.slot[v] >= 0 || !masked && !slices.Contains(t.steps, v) {
		return
	}
	s := t.p.slots
	if n := len(t.free); n > 0 {
		s, t.free = t.free[n-1], t.free[:n-1]
	} else {
		t.p.slots++
	}
	t.p.slot[v] = s
	if masked {
		t.emit(kernel.TapeMaskKeep, v)
	} else {
		t.emit(kernel.TapeStore, v)
	}
}

// emit appends a step with an operand.
func (t *tapeWriter) emit(op kernel.TapeOp, v Value) {
	s := kernel.TapeStep{Op: op, At: uint32(v), Along: 0xff}
	if k := t.p.slot[v]; k >= 0 {
		s.At, s.Along = uint32(2*len(t.p.values)+k), 0
	} else if w := &t.p.ways[v]; w.mode == tiled && w.period == 1 {
		s.Along = 0 // a number: one chunk of it does
	}
	t.p.code = append(t.p.code, s)
}

// stream makes the last tape write the result past the caches.
func (p *Program) stream() {
	tape := p.pieces[len(p.pieces)-1].tape
	for i := range tape {
		if s := &tape[i]; s.Op == kernel.TapeStore && s.At == uint32(p.result) {
			s.Op = kernel.TapeStream
		}
	}
}

// sumTape is the tape that computes all steps and leaves the result, items of kind k,
// to be summed; nil if there is none.
func (p *Program) sumTape(k dtype.Kind) []kernel.TapeStep {
	if len(p.pieces) != 1 || p.pieces[0].tape == nil || p.pieces[0].kind != k || !kernel.CanSumTape(k) {
		return nil
	}
	for i := range p.ways {
		if w := &p.ways[i]; w.mode == moved && w.widen == kernel.TapeEnd || w.mode == tiled && w.period > 1 {
			return nil
		}
	}
	tape := slices.Clone(p.pieces[0].tape)
	for i := range tape {
		if s := &tape[i]; s.Op == kernel.TapeStore && s.At == uint32(p.result) {
			s.Op = kernel.TapeRoom
		}
	}
	return tape
}

// runTape computes n items, of which there are room in memory where the result goes
// and in the operands, and returns how many items those are: all, or the whole chunks.
func (c *piece) runTape(w *worker, n, room int) int {
	if c.tape == nil {
		return 0
	}
	chunk := kernel.TapeChunk(c.kind)
	if full := (n + chunk - 1) / chunk; full*chunk <= room {
		kernel.RunTape(c.kind, c.tape, w.at, full)
		return n
	}
	kernel.RunTape(c.kind, c.tape, w.at, n/chunk)
	return n - n%chunk
}
