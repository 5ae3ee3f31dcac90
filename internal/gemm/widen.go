package gemm

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// Products of items shorter than four bytes are those of longer items, whose low bits
// are the same if they are integers. The matrices are made longer in blocks.

const (
	widened   = 1 << 10 // multiplications of integers from which that pays
	wideItems = 1 << 20 // of a block,
	wideDepth = 1 << 10 // and its depth
	wideRows  = 1 << 16 // of a block of rows that are multiplied with a vector
)

// widerOf returns the kind in which products of another are computed, and whether it is
// another: always that of float16, and of short integers for work that is not little, on a
// machine with vectors.
func widerOf(k dtype.Kind, work int) (dtype.Kind, bool) {
	switch k {
	case dtype.KindFloat16:
		return dtype.KindFloat32, true
	case dtype.KindInt8, dtype.KindInt16, dtype.KindUint8, dtype.KindUint16:
		return dtype.KindInt32, work >= widened && kernel.CurrentLevel() != kernel.LevelGo
	}
	return k, false
}

// widener is a product of short items by way of longer ones.
type widener struct {
	wide         dtype.Kind
	size         int          // bytes of a short item
	long, narrow kernel.Unary // to the wide kind and back
}

func newWidener(k, wide dtype.Kind) *widener {
	return &widener{wide, k.ItemSize(), kernel.Cast(k, wide), kernel.Cast(wide, k)}
}

// mul is Mul, for m, n > 0.
func (x *widener) mul(c, a, b Matrix, m, n, depth int) {
	if m == 1 && n > 1 && b.Col != x.size {
		x.mul(c.turned(), b.turned(), a.turned(), n, 1, depth)
		return
	}
	items, deep := wideItems, wideDepth
	if n == 1 {
		items, deep = wideRows, wideRows
	}
	d := max(min(depth, deep), 1)
	w := min(n, items/d)
	h := min(m, items/max(d, w))
	columns := func(i0, i1 int) {
		s, t := borrow(), borrow()
		defer s.giveBack()
		defer t.giveBack()
		for j := 0; j < n; j += w {
			w := min(w, n-j)
			var y unsafe.Pointer // of B, for as long as it is the same
			for i := i0; i < i1; i += h {
				h := min(h, i1-i)
				sum := Matrix{room(&t.a, 4*h*w), 4 * w, 4}
				for p := 0; p == 0 || p < depth; p += d {
					d := min(d, depth-p)
					if y == nil || d < depth {
						y = room(&s.b, 4*d*w)
						x.widen(y, 1, 0, b.from(p, j), d, w)
					}
					rows := room(&s.a, 4*h*d)
					x.widen(rows, 1, 0, a.from(i, p), h, d)
					to := sum
					if p > 0 {
						to.P = room(&t.b, 4*h*w)
					}
					Mul(x.wide, to, Matrix{rows, 4 * d, 4}, Matrix{y, 4 * w, 4}, h, w, d)
					if p > 0 && x.wide == dtype.KindFloat32 {
						addTo[float32](sum.P, to.P, h*w, false)
					} else if p > 0 {
						addTo[uint32](sum.P, to.P, h*w, false)
					}
				}
				x.store(c.from(i, j), sum.P, h, w)
			}
		}
	}
	blocks, parts := (m+h-1)/h, 1
	if n == 1 && m*depth >= 4*wideRows {
		parts = min(parallel.Threads(), blocks)
	}
	if parts == 1 { // several columns share the work block by block
		columns(0, m)
		return
	}
	parallel.Do(parts, func(i int) { columns(i*blocks/parts*h, min((i+1)*blocks/parts*h, m)) })
}

// each is MulEach, for m, n, count > 0.
func (x *widener) each(count int, step [3]int, c, a, b Matrix, m, n, depth int) {
	s, t := borrow(), borrow()
	defer s.giveBack()
	defer t.giveBack()
	most := max(wideRows/max(m*depth, depth*n, m*n), 1)
	for i := 0; i < count; i += most {
		k := min(most, count-i)
		wide := [3]int{4 * m * n, 4 * m * depth, 4 * depth * n}
		of := func(o int, at *[]uint64, y Matrix, rows, cols int) Matrix {
			k := k
			if y.P = unsafe.Add(y.P, i*step[o]); step[o] == 0 {
				k, wide[o] = 1, 0
			}
			p := room(at, 4*k*rows*cols)
			x.widen(p, k, step[o], y, rows, cols)
			return Matrix{p, 4 * cols, 4}
		}
		p, q := of(1, &s.a, a, m, depth), of(2, &s.b, b, depth, n)
		r := room(&t.a, 4*k*m*n)
		MulEach(x.wide, k, wide, Matrix{r, 4 * n, 4}, p, q, m, n, depth)
		to := c
		to.P = unsafe.Add(c.P, i*step[0])
		if m == 1 || c.Row == n*x.size && step[0] == m*n*x.size { // rows of one matrix
			if m == 1 {
				to.Row = step[0]
			}
			x.store(to, r, k*m, n)
			continue
		}
		for j := range k {
			x.store(Matrix{unsafe.Add(to.P, j*step[0]), c.Row, c.Col}, unsafe.Add(r, j*4*m*n), m, n)
		}
	}
}

// widen copies count matrices, step apart, to dense ones.
func (x *widener) widen(to unsafe.Pointer, count, step int, a Matrix, m, n int) {
	if m == 0 || n == 0 {
		return
	}
	size := x.size
	if n == 1 { // a column is a row as well
		a, m, n = a.turned(), 1, m
	}
	if m == 1 && count > 1 { // and rows are one matrix
		a.Row, m, count = step, count, 1
	}
	dense := a.Col == size || n == 1
	switch {
	case dense && (m == 1 || a.Row == n*size) && (count == 1 || step == m*n*size):
		x.long(to, a.P, count*m*n)
		return
	case n <= fewColumns && m > n: // column by column
		s := borrow()
		defer s.giveBack()
		short := room(&s.a, m*n*size)
		for i := range count {
			for j := range n {
				kernel.Copy(unsafe.Add(short, j*size), n*size, unsafe.Add(a.at(0, j), i*step), a.Row, size, m)
			}
			x.long(unsafe.Add(to, i*4*m*n), short, m*n)
		}
		return
	}
	s := borrow()
	defer s.giveBack()
	short := room(&s.a, n*size)
	for i := range count {
		for j := range m {
			from := unsafe.Add(a.at(j, 0), i*step)
			if !dense {
				kernel.Gather(short, from, a.Col, size, n)
				from = short
			}
			x.long(unsafe.Add(to, 4*(i*m+j)*n), from, n)
		}
	}
}

// store copies a dense matrix to the rows of c.
func (x *widener) store(c Matrix, from unsafe.Pointer, m, n int) {
	if c.Row == n*x.size {
		x.narrow(c.P, from, m*n)
		return
	}
	for i := range m {
		x.narrow(c.at(i, 0), unsafe.Add(from, 4*i*n), n)
	}
}
