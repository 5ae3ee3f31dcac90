package fuse

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// axis is a length and a distance in bytes.
type axis struct{ n, stride int }

// loopAxis is an axis of the line: its length, and its number counted from the
// last axis of the result's shape, which is 1.
type loopAxis struct{ n, back int }

// view is an operand along the line: axes joined as far as this operand alone
// allows, the fastest first, and at least one.
type view struct {
	ptr    unsafe.Pointer
	axes   []axis
	period int // the items repeat after so many, 0: never
}

// line sets the program's line: the axes of shape in the order perm, the slowest
// first.
func (p *Program) line(shape, perm []int) {
	p.order, p.size = p.order[:0], 1
	for i := len(perm) - 1; i >= 0; i-- {
		p.order = append(p.order, loopAxis{n: shape[perm[i]], back: len(shape) - perm[i]})
		p.size *= shape[perm[i]]
	}
}

// along returns o as it is met along the line. Leading axes that o lacks, and
// those of length 1, are stretched.
func (p *Program) along(o *operand.Operand) view {
	first := len(p.axes)
	v := view{ptr: o.Ptr, axes: p.axes[first:]}
	for _, a := range p.order {
		if a.n == 1 {
			continue
		}
		s := 0
		if d := len(o.Shape) - a.back; d >= 0 && o.Shape[d] != 1 {
			s = o.Strides[d]
		}
		if k := len(v.axes) - 1; k >= 0 && s == v.axes[k].n*v.axes[k].stride {
			v.axes[k].n *= a.n
			continue
		}
		v.axes = append(v.axes, axis{a.n, s})
	}
	if len(v.axes) == 0 {
		v.axes = append(v.axes, axis{1, 0})
	}
	if last := len(v.axes) - 1; v.axes[last].stride == 0 {
		v.period = 1
		for _, a := range v.axes[:last] {
			v.period *= a.n
		}
	}
	p.axes = append(p.axes, v.axes...)
	v.axes = p.axes[first:len(p.axes):len(p.axes)]
	return v
}

// dense reports whether the whole line is one run of aligned items of size bytes.
func (v *view) dense(size, align int) bool {
	return len(v.axes) == 1 && (v.axes[0].stride == size || v.axes[0].n == 1) && uintptr(v.ptr)&uintptr(align-1) == 0
}

// cursor is a place in a view.
type cursor struct {
	off int
	idx []int // per axis
}

// seek puts the cursor at item i of the line.
func (v *view) seek(c *cursor, i int) {
	c.idx = c.idx[:0]
	c.off = 0
	for _, a := range v.axes {
		k := i % a.n
		i /= a.n
		c.idx = append(c.idx, k)
		c.off += k * a.stride
	}
}

// skip moves the cursor k items on inside axis ax, to at most the axis's end, where
// it goes on to the next.
func (v *view) skip(c *cursor, ax, k int) {
	c.idx[ax] += k
	c.off += k * v.axes[ax].stride
	for c.idx[ax] == v.axes[ax].n && ax+1 < len(v.axes) {
		c.off += v.axes[ax+1].stride - v.axes[ax].n*v.axes[ax].stride
		c.idx[ax] = 0
		ax++
		c.idx[ax]++
	}
}

// move carries n items of the line from item i on between the view and dense
// items of size bytes at block: into the block, or out of it. s lends the blocks
// that the mover needs.
func (v *view) move(m *loop.Mover, block unsafe.Pointer, size, i, n int, out bool, c *cursor, s *loop.Scratch) error {
	v.seek(c, i)
	a0 := v.axes[0]
	for n > 0 {
		k := min(n, a0.n-c.idx[0])
		if c.idx[0] == 0 && len(v.axes) > 1 {
			// Whole rows, more of them than are long: along the columns.
			a1 := v.axes[1]
			if rows := min(n/a0.n, a1.n-c.idx[1]); rows > a0.n {
				for col := range a0.n {
					if err := carry(m, unsafe.Add(block, col*size), a0.n*size, unsafe.Add(v.ptr, c.off+col*a0.stride), a1.stride, rows, out, s); err != nil {
						return err
					}
				}
				block = unsafe.Add(block, rows*a0.n*size)
				n -= rows * a0.n
				v.skip(c, 1, rows)
				continue
			}
		}
		if err := carry(m, block, size, unsafe.Add(v.ptr, c.off), a0.stride, k, out, s); err != nil {
			return err
		}
		block = unsafe.Add(block, k*size)
		n -= k
		v.skip(c, 0, k)
	}
	return nil
}

func carry(m *loop.Mover, block unsafe.Pointer, step int, p unsafe.Pointer, stride, n int, out bool, s *loop.Scratch) error {
	if out {
		return m.Move(p, stride, block, step, n, s, 0)
	}
	return m.Move(block, step, p, stride, n, s, 0)
}

// repeat fills a block of n items of size bytes whose first period items are there.
func repeat(block unsafe.Pointer, size, period, n int) {
	for done := period; done < n; done *= 2 {
		kernel.Copy(unsafe.Add(block, done*size), size, block, size, size, min(done, n-done))
	}
}

// walkOrder returns the order of axes, the slowest first, in which operands with
// these strides over shape are best walked.
func walkOrder(shape []int, o *operand.Operand) []int { return layout.Order(shape, o.Strides) }
