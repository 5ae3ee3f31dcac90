package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/internal/loop"
)

// A band is several rows of a walk, whole or in pieces. Inputs whose items lie side by side
// across the rows, as those of a transposed array do, are turned a band at a time.

// bandOf returns how many rows and columns a band has at most, if there are inputs whose
// items lie side by side across the rows, and tiles of that many rows are too low to turn
// them as a whole; else 0.
func (w *walker) bandOf(inner, rows int) (band, cols int) {
	n, p := w.n, w.p
	if n.N < 2 || p.Masked {
		return 0, 0
	}
	size := 1
	for i := range w.ops {
		if i >= p.NIn && p.passes[i].mode != direct {
			return 0, 0
		}
		size = max(size, p.passes[i].size, p.Ops[i].DType.ItemSize())
	}
	band = min(n.Shape[1], max(8, 64/size))
	cols = min(loop.BlockBytes, loop.WideBytes/band) / size
	if pieces := (inner + cols - 1) / cols; pieces > 0 {
		cols = (inner + pieces - 1) / pieces
	}
	for i := range p.NIn {
		if w.turned(i) && p.passes[i].mover.CanTurn(cols, band) && !p.passes[i].mover.CanTurn(inner, rows) {
			return band, cols
		}
	}
	return 0, 0
}

// turned tells whether the items of an input lie side by side across the rows, and are
// others in every column.
func (w *walker) turned(i int) bool {
	q := &w.p.passes[i]
	return q.mode == blocked && w.n.Stride[q.num][0] != 0 && w.n.Stride[q.num][1] == w.p.Ops[i].DType.ItemSize()
}

// dense tells whether rows follow each other without gaps in every operand that is not
// turned: a band of whole rows is one run of items.
func (w *walker) dense(inner int) bool {
	for i := range w.ops {
		if q := &w.p.passes[i]; !w.turned(i) && (q.mode != direct || w.n.Stride[q.num][1] != inner*q.size) {
			return false
		}
	}
	return true
}

// bands calls the loop row by row, or for all rows of a band if it can, for which the
// inputs that are turned come through blocks of several rows.
func (w *walker) bands(inner, band, most int) error {
	p, n := w.p, w.n
	dense := most == inner && w.dense(inner)
	for {
		for r := 0; r < n.Shape[1]; r += band {
			rows := min(band, n.Shape[1]-r)
			for c := 0; c < inner; c += most {
				cols := min(most, inner-c)
				for i := range p.NIn {
					if w.turned(i) {
						q := &p.passes[i]
						if err := w.move(&q.mover, w.s.Wide(i), q.size, w.at(p.Ops[i].Ptr, q.num, r, c), p.Ops[i].DType.ItemSize(), q.num, rows, cols); err != nil {
							return err
						}
					}
				}
				calls, items := rows, cols
				if dense {
					calls, items = 1, rows*cols
				}
				for j := range calls {
					var at [maxOps]unsafe.Pointer
					for i := range w.ops {
						switch q := &p.passes[i]; {
						case q.mode == direct:
							at[i] = w.at(p.Ops[i].Ptr, q.num, r+j, c)
							continue
						case w.turned(i):
							at[i] = unsafe.Add(w.s.Wide(i), j*cols*q.size)
							continue
						case q.mode == blocked:
							if err := w.load(i, r+j, 1, c, cols); err != nil {
								return err
							}
						}
						at[i] = w.s.Block(i)
					}
					if err := p.kernel(at, items); err != nil {
						return err
					}
				}
			}
		}
		if !n.Next(2) {
			return nil
		}
	}
}
