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
		j, kind := i, p.values[p.steps[i]].kind
		for j < len(p.steps) && p.values[p.steps[j]].kind == kind && p.onTape(p.steps[j]) {
			j++
		}
		if j > i {
			w := tapeWriter{p: p, steps: p.steps[i:j], later: p.steps[j:], acc: -1}
			p.pieces = append(p.pieces, piece{p.steps[i:j], kind, w.write()})
			i = j
			continue
		}
		for j++; j < len(p.steps) && !p.onTape(p.steps[j]); {
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

// tapeOp is the step of a tape that computes v, TapeEnd if there is none.
func (p *Program) tapeOp(v Value) kernel.TapeOp {
	if x := &p.values[v]; x.how == call && kernel.TapeChunk(x.kind) > 0 {
		return x.entry.Tape
	}
	return kernel.TapeEnd
}

// tapeComputes reports whether a tape computes v.
func (p *Program) tapeComputes(v Value) bool {
	return p.tapeOp(v) != kernel.TapeEnd && p.size >= kernel.TapeChunk(p.values[v].kind)
}

// onTape reports whether a tape computes v, or loads and casts it.
func (p *Program) onTape(v Value) bool {
	return p.tapeComputes(v) || p.ways[v].widen != kernel.TapeEnd && p.size >= kernel.TapeChunk(p.values[v].kind)
}

// tapeWriter writes the tape of some steps. The accumulator holds one value; a
// value that is still wanted when another takes its place goes to a slot, which is
// memory for a chunk.
type tapeWriter struct {
	p     *Program
	steps []Value // those of the tape
	later []Value
	acc   Value // what the accumulator holds, -1: nothing
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
		x := &p.values[v]
		a, b := x.args[0], x.args[1]
		op := p.tapeOp(v)
		if x.how == load {
			a, b = -1, -1 // nothing
		}
		if op.Unary() {
			b = a
		}
		if t.acc >= 0 && t.wanted(t.acc, k, a, b) {
			t.keep(t.acc)
		}
		switch {
		case x.how == load:
			p.code = append(p.code, kernel.TapeStep{Op: p.ways[v].widen, Along: 0xff, At: uint32(len(p.values) + int(v))})
		case t.acc == a || t.acc != b:
			if t.acc != a {
				t.emit(kernel.TapeLoad, a)
			}
			if op.Unary() {
				p.code = append(p.code, kernel.TapeStep{Op: op})
				break
			}
			t.emit(op, b)
		default:
			t.emit(op.Reversed(), a)
		}
		t.acc = v
		for u, s := range p.slot {
			if s >= 0 && !t.usedFrom(Value(u), k+1) {
				t.free = append(t.free, s)
				p.slot[u] = -1
			}
		}
		if p.result == v || slices.ContainsFunc(t.later, func(u Value) bool { return p.reads(u, v) }) {
			t.emit(kernel.TapeStore, v)
		}
	}
	p.code = append(p.code, kernel.TapeStep{Op: kernel.TapeEnd})
	return p.code[start:]
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

// wanted reports whether v, which the accumulator holds, must be kept in a slot
// before step k, on a and b: it is read after that step, or twice by it.
func (t *tapeWriter) wanted(v Value, k int, a, b Value) bool {
	if t.p.slot[v] >= 0 {
		return false
	}
	return t.usedFrom(v, k+1) || a == b && a == v && !t.p.tapeOp(t.steps[k]).Unary()
}

// keep writes the accumulator to a slot.
func (t *tapeWriter) keep(v Value) {
	s := t.p.slots
	if n := len(t.free); n > 0 {
		s, t.free = t.free[n-1], t.free[:n-1]
	} else {
		t.p.slots++
	}
	t.p.slot[v] = s
	t.emit(kernel.TapeStore, v)
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
