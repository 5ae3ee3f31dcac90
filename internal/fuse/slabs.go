package fuse

import (
	"unsafe"

	"github.com/stride-go/nd/internal/loop"
)

// slabBytes is the size at which a slab stays in the second-level cache.
const slabBytes = 256 << 10

// Slabs computes v over the line, which are the axes of shape in the order perm, the
// slowest first, a slab at a time: a run of places along the slowest axis with all
// that lies inside them, at least two places unless the axis has one. f is called
// with each slab, at items, its first place and how many there are; several calls
// may run at once.
func (p *Program) Slabs(v Value, shape, perm []int, f func(items unsafe.Pointer, first, count int) error) error {
	p.line(shape, perm)
	if err := p.begin(v, true); err != nil {
		return err
	}
	size := p.ways[v].size
	rows := shape[perm[0]]
	row := p.size / rows
	step := max(2, min(slabBytes/size, max(p.size/4, grain))/row)
	count := max(1, rows/step) // what is left over joins the last slab
	return p.tasks(count, func(w *worker, i int) error {
		first, n := i*step, step
		if i == count-1 {
			n = rows - first
		}
		items := w.slab(n * row * size)
		for lo := 0; lo < n*row; lo += p.block {
			k := min(p.block, n*row-lo)
			to := unsafe.Add(items, lo*size)
			if err := p.run(w, first*row+lo, k, to); err != nil {
				return err
			}
			if !p.inPlace {
				copy(unsafe.Slice((*byte)(to), k*size), unsafe.Slice((*byte)(w.at[v]), k*size))
			}
		}
		return f(items, first, n)
	})
}

// slab returns n bytes that the worker keeps.
func (w *worker) slab(n int) unsafe.Pointer {
	if w.slabLen < n {
		w.slabAt, w.slabLen = loop.Temp(n), n
	}
	return w.slabAt
}
