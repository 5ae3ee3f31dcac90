package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// masked calls the kernel on each run of true mask items of the tile, row by row,
// and writes those runs alone; or, where that is sooner, on all items, of which it writes
// those.
func (w *walker) masked(at [maxOps]unsafe.Pointer, row, rows, col, cols int) error {
	p := w.p
	m := w.s.Block(maskBlock)
	if err := w.move(&w.mask, m, 1, w.at(p.Where.Ptr, w.ops, row, col), p.Where.DType.ItemSize(), w.ops, rows, cols); err != nil {
		return err
	}
	if n := rows * cols; w.computesAll(m, n) {
		out := &p.passes[p.NIn]
		dst := at[p.NIn]
		at[p.NIn] = w.s.Block(p.NIn)
		p.apply(&at, n)
		kernel.AssignTrue(dst, m, at[p.NIn], out.size, n)
		return nil
	}
	for r := range rows {
		on := unsafe.Slice((*byte)(unsafe.Add(m, r*cols)), cols)
		for i := 0; i < cols; i++ {
			j := i
			for j < cols && on[j] != 0 {
				j++
			}
			if j == i {
				continue
			}
			run := at
			for k := range w.ops {
				run[k] = unsafe.Add(at[k], (r*cols+i)*p.passes[k].size)
			}
			if err := p.kernel(run, j-i); err != nil {
				return err
			}
			for k := p.NIn; k < w.ops; k++ {
				q := &p.passes[k]
				if q.mode == direct {
					continue
				}
				dst := w.at(p.Ops[k].Ptr, q.num, row+r, col+i)
				if err := q.mover.Move(dst, w.n.Stride[q.num][0], run[k], q.size, j-i, w.s, moverBlock); err != nil {
					return err
				}
			}
			i = j
		}
	}
	return nil
}

// fewTrue is of how many mask items one is true for runs to beat all items at once.
const fewTrue = 8

// computesAll tells whether a masked tile of n items is computed as a whole, into the
// block of the one output: where no item can be a mistake, and the mask lets enough of
// them through.
func (w *walker) computesAll(mask unsafe.Pointer, n int) bool {
	p, e := w.p, w.p.Entry
	few := fewTrue
	if dear(p.Op, e.In[0]) {
		few = 2
	}
	return p.NOut == 1 && e.Check == nil && p.passes[p.NIn].mode == direct &&
		kernel.CountNonzero(dtype.KindBool)(mask, 1, n)*few > n
}
