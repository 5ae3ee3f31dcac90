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

// turned tells whether the items of an input lie side by side across the rows.
func (w *walker) turned(i int) bool {
	q := &w.p.passes[i]
	return q.mode == blocked && w.n.Stride[q.num][1] == w.p.Ops[i].DType.ItemSize()
}

// bands calls the loop row by row, for which the inputs that are turned come through
// blocks of several rows.
func (w *walker) bands(inner, band, most int) error {
	p, n := w.p, w.n
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
				for j := range rows {
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
					if err := p.kernel(at, cols); err != nil {
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
