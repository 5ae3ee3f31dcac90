package fuse

import (
	"math"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
)

// Folds of the whole line. Each gives what the eager fold of the computed array
// gives, to the last bit, and does not depend on the number of threads:
//
//   - Folds that are exact in any grouping (integers, bools, minimum, maximum, any,
//     all) are cut into tasks, whose results are folded in order.
//   - Sums of floats follow the tree of a pairwise sum over all items: where the
//     halves of a stretch are cut depends on its length alone, so a stretch that
//     fits a block is summed by the table's own loop, and the sums of stretches are
//     added as the tree says. What one tape computes is summed with it
//     (kernel.SumTape), eight leaves at a time. Where the items are cast before they are added, the
//     eager sum goes by runs of 8192 items, one after another, and so does this one.
//   - Products of floats are made one item after another: one task.
type Fold struct {
	Op    kernel.Op
	Entry *kernel.Entry // of the accumulator
	Items dtype.Kind    // of the items as the eager fold reads them
	Runs  bool          // the eager fold casts the items, run by run
}

// runItems is the length of a run of an eager fold that casts.
const runItems = 8192

// treeItems is the largest stretch of a pairwise sum that one task takes.
const treeItems = 64 << 10

// way of folding.
type folding uint8

const (
	noFold  folding = iota
	free            // exact in any grouping
	tree            // pairwise
	inOrder         // one after another
)

// Fused tells whether the fold can be made without the array.
func (f *Fold) Fused() bool { return f.kindOfFold() != noFold }

func (f *Fold) kindOfFold() folding {
	r := f.reducer()
	if r == nil || r.Reduce == nil {
		return noFold
	}
	d := dtype.OfKind(f.Items)
	exact := d.IsInteger() || f.Items == dtype.KindBool
	switch f.Op {
	case kernel.LogicalAnd, kernel.LogicalOr, kernel.Minimum, kernel.Maximum:
		return free
	case kernel.Add:
		if exact {
			return free
		}
		return tree
	case kernel.Multiply:
		switch {
		case exact:
			return free
		case f.Items == dtype.KindFloat16: // rounded once a run
			return noFold
		}
		return inOrder
	}
	return noFold
}

// reducer is the entry whose loop folds the items.
func (f *Fold) reducer() *kernel.Entry {
	if f.Items == f.Entry.In[1] {
		return f.Entry
	}
	return kernel.Lookup(f.Op).Find(f.Items, f.Items) // any and all of items of their own kind
}

// Fold folds v over the line, which are the axes of shape in the order perm, the
// slowest first; there is at least one item. It writes the accumulator, of the
// entry's output kind, to acc.
func (p *Program) Fold(f *Fold, v Value, shape, perm []int, acc unsafe.Pointer) error {
	p.line(shape, perm)
	counts := f.counts(p.Kind(v))
	if !counts {
		v = p.Cast(v, f.Items)
	}
	kind := f.kindOfFold()
	if kind == tree && f.Items == dtype.KindFloat16 {
		v = p.Cast(v, dtype.KindFloat32) // float16 is added in float32
	}
	if err := p.begin(v, false); err != nil {
		return err
	}
	switch kind {
	case free:
		r := f.reducer().Reduce
		if counts {
			count := kernel.CountNonzero(dtype.KindBool)
			r = func(acc, a unsafe.Pointer, stride, n int) { *(*int64)(acc) += int64(count(a, stride, n)) }
		}
		return p.foldFree(f, r, counts, acc)
	case tree:
		return p.foldTree(f, acc)
	}
	return p.foldInOrder(f, acc)
}

// counts reports whether the fold is the number of those of items of kind k that are
// true, which needs no numbers of them.
func (f *Fold) counts(k dtype.Kind) bool {
	return k == dtype.KindBool && f.Op == kernel.Add && (f.Items == dtype.KindInt64 || f.Items == dtype.KindUint64) && f.Entry.Out[0] == f.Items
}

// start writes the accumulator before the first item and reports whether there is
// one; a minimum starts with the first item.
func (f *Fold) start(acc unsafe.Pointer) bool {
	n := loop.Number{Kind: f.Entry.Out[0]}
	switch f.Op {
	case kernel.Minimum, kernel.Maximum:
		return false
	case kernel.Multiply, kernel.LogicalAnd:
		n.I, n.Re = 1, 1
	}
	loop.WriteNumber(acc, dtype.OfKind(n.Kind), n)
	return true
}

// foldFree folds in tasks, blocks with reduce, which counts items or takes the first
// one for the accumulator.
func (p *Program) foldFree(f *Fold, reduce kernel.Reduce, counts bool, acc unsafe.Pointer) error {
	size := p.ways[p.result].size
	asize := sizeOf(f.Entry.Out[0])
	logical := f.Op == kernel.LogicalAnd || f.Op == kernel.LogicalOr
	step := p.block * max(1, grain/p.block)
	parts := make([][2]uint64, (p.size+step-1)/step)
	var decided atomic.Bool // any and all: the rest does not matter
	stop := logical && p.cannotFail()
	err := p.tasks(len(parts), func(w *worker, i int) error {
		part := unsafe.Pointer(&parts[i])
		f.start(part)
		hi := min(p.size, (i+1)*step)
		for lo := i * step; lo < hi; lo += p.block {
			if stop && decided.Load() {
				return nil
			}
			n := min(p.block, hi-lo)
			if err := p.run(w, lo, n, nil); err != nil {
				return err
			}
			a := w.at[p.result]
			if !logical && !counts && lo == i*step {
				copy(unsafe.Slice((*byte)(part), asize), unsafe.Slice((*byte)(a), asize))
				a, n = unsafe.Add(a, size), n-1
			}
			if n > 0 {
				reduce(part, a, size, n)
			}
			if stop && (*(*uint8)(part) != 0) == (f.Op == kernel.LogicalOr) {
				decided.Store(true)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	rest := parts
	if !f.start(acc) {
		copy(unsafe.Slice((*byte)(acc), asize), unsafe.Slice((*byte)(unsafe.Pointer(&parts[0])), asize))
		rest = parts[1:]
	}
	for i := range rest {
		f.Entry.Reduce(acc, unsafe.Pointer(&rest[i]), asize, 1)
	}
	return nil
}

// cannotFail reports whether no step of the program refuses operands.
func (p *Program) cannotFail() bool {
	for _, v := range p.steps {
		if e := p.values[v].entry; e != nil && e.Check != nil {
			return false
		}
	}
	return !p.Mapped
}

// foldInOrder folds one item after another.
func (p *Program) foldInOrder(f *Fold, acc unsafe.Pointer) error {
	f.start(acc)
	size := p.ways[p.result].size
	return p.parts(true, func(w *worker, lo, hi int) error {
		for ; lo < hi; lo += p.block {
			n := min(p.block, hi-lo)
			if err := p.run(w, lo, n, nil); err != nil {
				return err
			}
			f.Entry.Reduce(acc, w.at[p.result], size, n)
		}
		return nil
	})
}

// stretch is a run of the line.
type stretch struct{ lo, n int }

// foldTree sums floats.
func (p *Program) foldTree(f *Fold, acc unsafe.Pointer) error {
	half := f.Items == dtype.KindFloat16
	f.start(acc)
	t := &summation{p: p, kind: p.values[p.result].kind, size: p.ways[p.result].size}
	t.add = kernel.Lookup(kernel.Add).Find(t.kind, t.kind)
	t.tape = p.sumTape(t.kind)
	run := p.size
	if f.Runs {
		run = runItems
	}
	for lo := 0; lo < p.size; lo += run {
		t.cut(lo, min(run, p.size-lo))
	}
	// Runs are short: a task takes several.
	t.sums = make([][2]uint64, len(t.stretches))
	per := max(1, treeItems/run)
	err := p.tasks((len(t.stretches)+per-1)/per, func(w *worker, i int) error {
		for k := i * per; k < min(len(t.stretches), (i+1)*per); k++ {
			if err := t.sum(w, t.stretches[k].lo, t.stretches[k].n, 0); err != nil {
				return err
			}
			t.sums[k] = w.acc[0]
		}
		return nil
	})
	if err != nil {
		return err
	}
	for lo := 0; lo < p.size; lo += run {
		s := t.join(min(run, p.size-lo))
		if half {
			h := (*float16.Float16)(acc)
			*h = float16.FromFloat32(h.Float32() + *(*float32)(unsafe.Pointer(&s)))
			continue
		}
		t.add.Binary(acc, acc, unsafe.Pointer(&s), 1)
	}
	return nil
}

// summation is a pairwise sum over parts of the line.
type summation struct {
	p         *Program
	kind      dtype.Kind
	size      int
	add       *kernel.Entry
	tape      []kernel.TapeStep // all steps, nil if one tape does not do
	stretches []stretch
	sums      [][2]uint64 // of the stretches
	joined    int         // stretches that join has passed
}

// half is where n items are halved (pairwise in package kernel): a complex item
// counts as two.
func (t *summation) half(n int) int {
	if t.kind >= dtype.KindComplex64 {
		return (n &^ 7) / 2
	}
	return n / 2 &^ 7
}

// cut lists the stretches of the tree over n items from lo on.
func (t *summation) cut(lo, n int) {
	if n <= treeItems {
		t.stretches = append(t.stretches, stretch{lo, n})
		return
	}
	m := t.half(n)
	t.cut(lo, m)
	t.cut(lo+m, n-m)
}

// join adds the sums of the stretches that cut listed for n items.
func (t *summation) join(n int) [2]uint64 {
	if n <= treeItems {
		t.joined++
		return t.sums[t.joined-1]
	}
	m := t.half(n)
	a, b := t.join(m), t.join(n-m)
	t.add.Binary(unsafe.Pointer(&a), unsafe.Pointer(&a), unsafe.Pointer(&b), 1)
	return a
}

// sum adds n items from lo on into w.acc[depth].
func (t *summation) sum(w *worker, lo, n, depth int) error {
	acc := unsafe.Pointer(&w.acc[depth])
	if t.tape != nil && n >= 8 && lo+n+kernel.TapeChunk(t.kind) <= t.p.size {
		t.p.place(w, lo)
		kernel.SumTape(t.kind, t.tape, w.at, w.room, n, acc)
		return nil
	}
	if n <= t.p.block {
		if err := t.p.run(w, lo, n, nil); err != nil {
			return err
		}
		minusZero(t.kind, acc)
		t.add.Reduce(acc, w.at[t.p.result], t.size, n)
		return nil
	}
	m := t.half(n)
	if err := t.sum(w, lo, m, depth); err != nil {
		return err
	}
	if err := t.sum(w, lo+m, n-m, depth+1); err != nil {
		return err
	}
	t.add.Binary(acc, acc, unsafe.Pointer(&w.acc[depth+1]), 1)
	return nil
}

// minusZero writes -0, to which adding a number, -0 included, gives that number.
func minusZero(k dtype.Kind, p unsafe.Pointer) {
	z := math.Copysign(0, -1)
	switch k {
	case dtype.KindFloat32:
		*(*float32)(p) = float32(z)
	case dtype.KindFloat64:
		*(*float64)(p) = z
	case dtype.KindComplex64:
		*(*[2]float32)(p) = [2]float32{float32(z), float32(z)}
	case dtype.KindComplex128:
		*(*[2]float64)(p) = [2]float64{z, z}
	}
}
