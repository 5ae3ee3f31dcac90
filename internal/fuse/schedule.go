package fuse

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
)

// mode is how the block of a loaded value is come by.
type mode uint8

const (
	computed mode = iota // by a loop, into a register
	direct               // in place
	tiled                // from a tile that was filled once: the operand repeats itself
	moved                // through a mover into a register
)

// The registers of a block should stay in the first-level cache; a block must not be
// so short that calls cost more than items, and the longer it is, the seldomer the
// streams from memory start anew. Operands in place pass once: they do not count.
const (
	cacheBytes = 24 << 10
	minBlock   = 512 // at least 128, the leaf of a pairwise sum
	maxBlock   = 16384
	maxPeriod  = 1024 // items of a tile
	tileBlock  = 2048 // where a tape meets tiles, which are longer than a block
	tapeBlock  = 8192
)

// schedule is the order of a program's steps and the places of their values.
type schedule struct {
	steps     []Value // values to be computed or moved, operands first
	ways      []way   // by value
	result    Value
	inPlace   bool // the result is written where it belongs, not into a register
	pieces    []piece
	tiles     []uint64          // the memory of tiles
	code      []kernel.TapeStep // of all tapes
	slot      []int             // while a tape is written: where values are kept, -1 nowhere
	slots     int               // of tapes
	registers int
	forBools  []bool // by register
	regBytes  int
	block     int // items
}

// way is how one value is reached.
type way struct {
	mode   mode
	reg    int // the register; -1: none
	size   int // bytes of an item
	need   int // registers that computing it takes
	uses   int // steps that read it and have not been scheduled
	seen   bool
	view   *view
	mover  loop.Mover
	conv   func(dst, src unsafe.Pointer, n int) // cast
	tile   unsafe.Pointer                       // filled before the first block
	widen  kernel.TapeOp                        // the step of a tape that loads and casts
	whole  bool                                 // a tile is read over a whole block, not chunk by chunk
	period int
}

// prepare decides the steps that lead to result, which goes to out if inPlace.
// The line is set.
func (p *Program) prepare(result Value, inPlace bool) error {
	p.views = p.views[:0]
	for i := range p.leaves {
		p.views = append(p.views, p.along(&p.leaves[i]))
	}
	p.ways = append(p.ways[:0], make([]way, len(p.values))...)
	p.steps, p.registers, p.forBools, p.result = p.steps[:0], 0, p.forBools[:0], result
	wide, held := 1, 1 // bytes of items, of those in registers
	for i := range p.values {
		w := &p.ways[i]
		x := &p.values[i]
		w.reg, w.size = -1, sizeOf(x.kind)
		wide = max(wide, w.size)
		if x.how == cast {
			w.conv = castLoop(p.Kind(x.args[0]), x.kind)
		}
		if x.how != load {
			w.need = p.needOf(x)
			continue
		}
		if err := p.reach(w, x); err != nil {
			return err
		}
		if w.mode == moved {
			w.need = 1
		}
	}
	p.inPlace = inPlace && p.ways[result].mode == computed
	p.count(result)
	p.ways[result].uses++
	var room [16]int
	free := room[:0]
	p.visit(result, &free)
	p.cut()
	p.ways[result].whole = true // even if it is an operand that repeats itself
	for i := range p.ways {
		if w := &p.ways[i]; w.reg >= 0 {
			held = max(held, w.size)
		}
	}
	p.block = maxBlock
	for p.block > minBlock && p.block*held*(p.registers+1) > cacheBytes {
		p.block /= 2
	}
	if len(p.pieces) == 1 && p.pieces[0].tape != nil {
		p.block = p.tapeBlock()
	}
	p.regBytes = wide*p.block + kernel.TapeChunkBytes // a tape may fill its last chunk
	return p.fillTiles()
}

// tapeBlock is the length of a block that one tape computes, past which operands pass.
// What is folded lies in a register between the tape and the fold: short ones were the
// fastest. Where the tape writes the result in place, nothing is between two blocks,
// and registers only serve what does not fill a chunk.
func (p *Program) tapeBlock() int {
	if !p.inPlace {
		return minBlock
	}
	for i := range p.ways {
		if w := &p.ways[i]; w.mode == tiled && w.period > 1 {
			return tileBlock
		}
	}
	return min(tapeBlock, max(minBlock, p.size))
}

// reach decides how a loaded value is come by.
func (p *Program) reach(w *way, x *value) (err error) {
	o, v := &p.leaves[x.leaf], &p.views[x.leaf]
	w.view = v
	native := dtype.OfKind(x.kind)
	switch {
	case o.DType == native && v.dense(w.size, native.Alignment()):
		w.mode = direct
		return nil
	case v.period > 0 && v.period <= maxPeriod:
		w.mode, w.period = tiled, v.period
	default:
		w.mode = moved
		if from := dtype.OfKind(o.DType.Kind()); from == o.DType && v.dense(from.ItemSize(), from.Alignment()) {
			w.widen = kernel.TapeWiden(from.Kind(), x.kind)
		}
	}
	w.mover, err = loop.NewMover(native, o.DType)
	return err
}

// needOf is the number of registers that a step takes when its arguments are
// computed in the best order (Sethi and Ullman 1970), values used twice not
// considered.
func (p *Program) needOf(x *value) int {
	var n [3]int
	for i := range x.nargs {
		n[i] = p.ways[x.args[i]].need
	}
	a, b, c := max(n[0], n[1], n[2]), 0, min(n[0], n[1], n[2])
	b = n[0] + n[1] + n[2] - a - c
	return max(1, a, b+1, c+2*min(c, 1))
}

// count counts the steps that use each value that v depends on.
func (p *Program) count(v Value) {
	w := &p.ways[v]
	if w.seen {
		return
	}
	w.seen = true
	x := &p.values[v]
	for i := range x.nargs {
		p.count(x.args[i])
		if !repeated(x, i) {
			p.ways[x.args[i]].uses++
		}
	}
}

// repeated reports whether argument i of x is one of those before it.
func repeated(x *value, i int) bool {
	return i > 0 && x.args[i] == x.args[0] || i > 1 && x.args[i] == x.args[1]
}

// visit schedules the steps to v, the argument that needs most registers first,
// and gives v a register.
func (p *Program) visit(v Value, free *[]int) {
	w := &p.ways[v]
	if !w.seen {
		return // scheduled before
	}
	w.seen = false
	if w.mode == direct || w.mode == tiled {
		return
	}
	x := &p.values[v]
	var done [3]bool
	for range x.nargs {
		best := -1
		for i := range x.nargs {
			if !done[i] && (best < 0 || p.ways[x.args[i]].need > p.ways[x.args[best]].need) {
				best = i
			}
		}
		done[best] = true
		p.visit(x.args[best], free)
	}
	p.steps = append(p.steps, v)
	// A register of an argument that nobody reads any more may take the result,
	// if the items are of one size; those of other sizes become free afterwards.
	for i := range x.nargs {
		if repeated(x, i) {
			continue
		}
		a := &p.ways[x.args[i]]
		if a.uses--; a.uses == 0 && a.reg >= 0 && a.size == w.size {
			*free = append(*free, a.reg)
		}
	}
	if v != p.result || !p.inPlace {
		w.reg = p.register(v, free)
	}
	for i := range x.nargs {
		if a := &p.ways[x.args[i]]; !repeated(x, i) && a.uses == 0 && a.reg >= 0 && a.size != w.size {
			*free = append(*free, a.reg)
		}
	}
}

// register takes a free register for v, or a new one. Bools have registers of their own:
// a tape that computes bools and numbers leaves the last items to the steps, one after
// another, and a bool there lies where another item is in a register of numbers.
func (p *Program) register(v Value, free *[]int) int {
	bools := p.Kind(v) == dtype.KindBool
	for i := len(*free) - 1; i >= 0; i-- {
		if r := (*free)[i]; p.forBools[r] == bools {
			*free = slices.Delete(*free, i, i+1)
			return r
		}
	}
	p.forBools = append(p.forBools, bools)
	p.registers++
	return p.registers - 1
}

// fillTiles makes the tiles of operands that repeat themselves: so many items that
// a block, and what a tape computes beyond it, may begin at any of a period.
func (p *Program) fillTiles() error {
	items := func(w *way) int {
		if w.period == 1 && !w.whole {
			return kernel.TapeChunkBytes / w.size
		}
		return min(p.block+w.period+kernel.TapeChunkBytes/w.size, max(p.size, w.period))
	}
	bytes := 0
	for i := range p.ways {
		if w := &p.ways[i]; w.mode == tiled {
			bytes += (items(w)*w.size + 63) &^ 63
		}
	}
	if bytes == 0 {
		return nil
	}
	if len(p.tiles)*8 < bytes+64 {
		p.tiles = make([]uint64, (bytes+64)/8)
	}
	at := unsafe.Pointer(unsafe.SliceData(p.tiles))
	at = unsafe.Add(at, -uintptr(at)&63)
	c := cursor{idx: make([]int, 0, 8)}
	s := loop.Borrow()
	defer s.Return()
	for i := range p.ways {
		w := &p.ways[i]
		if w.mode != tiled {
			continue
		}
		n := items(w)
		w.tile = at
		at = unsafe.Add(at, (n*w.size+63)&^63)
		if err := w.view.move(&w.mover, w.tile, w.size, 0, w.period, false, &c, s); err != nil {
			return err
		}
		repeat(w.tile, w.size, w.period, n)
	}
	return nil
}
