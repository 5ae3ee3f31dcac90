// Package fuse evaluates elementwise expressions block by block, without an
// array for each step: a block of every operand is carried through all steps
// while it lies in the cache.
//
// Terms. A program is a list of values, each computed from earlier ones: an
// operand that is loaded, a call of a loop of the kernel table, a cast, a choice
// between two values. Equal values are made once. The line is the order in which
// the items of the result are computed, given as an order of its axes; item i of
// the line is a place of the result. A block is a run of at most block items of
// the line. A register is a piece of scratch memory that holds a block of one
// value.
//
// Steps of arithmetic on items of one kind go by tapes (tape.go), chunk by chunk
// through vector registers; the others a block at a time. The loops are those of the
// table that single operations use, or do the same, and every item is computed alone,
// so results agree with single operations bit by bit. Folds keep the order of additions
// of the whole array (see fold.go).
package fuse

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// Value names a value of a program.
type Value int

// how a value comes about.
type how uint8

const (
	load how = iota // from an operand
	call            // of a table's loop
	cast            // to another kind
	pick            // args[1] where args[0] is true, else args[2]
)

// value is one step of a program. The fields up to leaf identify it.
type value struct {
	how   how
	kind  dtype.Kind
	entry *kernel.Entry
	args  [3]Value
	nargs int
	leaf  int
}

// Program is an expression being built. The zero Program is empty.
type Program struct {
	Mapped bool // operands or the result lie in memory that may fault
	Cold   bool // the result is a fresh block, in no cache

	values []value
	known  map[value]Value // if there are many
	leaves []operand.Operand
	views  []view
	axes   []axis     // of the views
	order  []loopAxis // the line, the fastest axis first
	size   int        // items of the line
	schedule
}

// Kind returns the kind of a value's items, which are native.
func (p *Program) Kind(v Value) dtype.Kind { return p.values[v].kind }

// intern returns the number of x, which is a new one only if no equal value is
// known.
func (p *Program) intern(x value) Value {
	v := Value(len(p.values))
	if len(p.values) < manyValues {
		for i := range p.values {
			if p.values[i] == x {
				return Value(i)
			}
		}
	} else {
		if p.known == nil {
			p.known = map[value]Value{}
			for i, y := range p.values {
				p.known[y] = Value(i)
			}
		}
		if v, ok := p.known[x]; ok {
			return v
		}
		p.known[x] = v
	}
	p.values = append(p.values, x)
	return v
}

// manyValues is the number of values from which a map finds them faster.
const manyValues = 32

// Reset empties the program, which keeps its memory but nothing else alive.
func (p *Program) Reset() {
	clear(p.values)
	clear(p.leaves)
	clear(p.views)
	clear(p.ways)
	clear(p.pieces)
	s := schedule{steps: p.steps[:0], ways: p.ways[:0], pieces: p.pieces[:0], code: p.code[:0], slot: p.slot[:0], tiles: p.tiles, forBools: p.forBools[:0]}
	*p = Program{values: p.values[:0], leaves: p.leaves[:0], views: p.views[:0], axes: p.axes[:0], order: p.order[:0], schedule: s}
}

// Load is the value of operand o's items, cast to kind. A weak number has been
// checked to fit it. The operand is not read before Run or Fold.
func (p *Program) Load(o operand.Operand, kind dtype.Kind) Value {
	for i := range p.leaves {
		if l := &p.leaves[i]; l.DType == o.DType && loop.SameItems(l, &o) {
			return p.intern(value{how: load, kind: kind, leaf: i})
		}
	}
	p.leaves = append(p.leaves, o)
	return p.intern(value{how: load, kind: kind, leaf: len(p.leaves) - 1})
}

// Call is the value of an entry's loop on values of the entry's input kinds. The
// entry has one output.
func (p *Program) Call(e *kernel.Entry, args ...Value) Value {
	x := value{how: call, kind: e.Out[0], entry: e, nargs: len(args)}
	copy(x.args[:], args)
	return p.intern(x)
}

// Cast is v as items of another kind.
func (p *Program) Cast(v Value, kind dtype.Kind) Value {
	if p.Kind(v) == kind {
		return v
	}
	return p.intern(value{how: cast, kind: kind, args: [3]Value{v}, nargs: 1})
}

// Pick is x where cond, a value of bools, is true and y elsewhere. x and y are of
// one kind.
func (p *Program) Pick(cond, x, y Value) Value {
	return p.intern(value{how: pick, kind: p.Kind(x), args: [3]Value{cond, x, y}, nargs: 3})
}

func sizeOf(k dtype.Kind) int { return dtype.OfKind(k).ItemSize() }
