package nd

import (
	"iter"
	"slices"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// Eye returns an n×m array with ones on the k-th diagonal and zeros elsewhere;
// k > 0 lies above the main diagonal. It panics with ErrShape for a negative length.
func Eye(dt dtype.DType, n, m, k int) *Array {
	a := alloc("eye", dt, []int{n, m}, C, true)
	if d := a.diagonalView(k); d.Size() > 0 {
		assign("eye", d, 1)
	}
	return a
}

// Identity returns the n×n identity matrix.
func Identity(dt dtype.DType, n int) *Array { return Eye(dt, n, n, 0) }

// diagonalView returns the k-th diagonal of a 2-d array as a writeable view.
func (a *Array) diagonalView(k int) *Array {
	n, m := a.lay.Shape[0], a.lay.Shape[1]
	off := a.lay.Offset
	length := 0
	if k >= 0 {
		length = min(n, m-k)
		off += k * a.lay.Strides[1]
	} else {
		length = min(n+k, m)
		off -= k * a.lay.Strides[0]
	}
	if length <= 0 {
		length, off = 0, a.lay.Offset
	}
	return a.view(a.dtype, layout.Layout{Shape: []int{length}, Strides: []int{a.lay.Strides[0] + a.lay.Strides[1]}, Offset: off})
}

// Diag returns the k-th diagonal of a 2-d array as a read-only view, or a fresh
// 2-d array with a 1-d array on its k-th diagonal and zeros elsewhere.
func Diag(a *Array, k int) *Array {
	const op = "diag"
	a.use(op)
	switch a.NDim() {
	case 1:
		return a.onDiagonal(op, k)
	case 2:
		d := a.diagonalView(k)
		d.flags &^= Writeable
		return d
	}
	fail(op, ErrValue, "Input must be 1- or 2-d.")
	return nil
}

// DiagFlat returns a fresh 2-d array with the items of a, in C order, on its
// k-th diagonal.
func DiagFlat(a *Array, k int) *Array {
	const op = "diagflat"
	return a.flat(op).onDiagonal(op, k)
}

// onDiagonal returns a fresh 2-d array with the items of a, which is 1-d, on its k-th
// diagonal.
func (a *Array) onDiagonal(op string, k int) *Array {
	n := a.Size() + max(k, -k)
	if n < 0 {
		fail(op, ErrValue, "Maximum allowed dimension exceeded")
	}
	b := alloc(op, a.dtype, []int{n, n}, C, true)
	copyInto(op, b.diagonalView(k), a)
	return b
}

// Tri returns an n×m array with ones at and below the k-th diagonal.
func Tri(dt dtype.DType, n, m, k int) *Array {
	a := alloc("tri", dt, []int{n, m}, C, !dt.IsNumeric())
	if a.Size() == 0 {
		return a
	}
	// Every row is a piece of the same ones and zeros, one item further on.
	both := Zeros(a.dtype, n+m-1)
	if ones := n + max(-n, min(k, m-1)); ones > 0 {
		assign("tri", both.span(0, ones), 1)
	}
	item := a.ItemSize()
	copyFresh("tri", a, both.view(a.dtype, layout.Layout{Shape: []int{n, m}, Strides: []int{-item, item}, Offset: (n - 1) * item}))
	return a
}

// row returns a[i] of a 2-d array as a view.
func (a *Array) row(i int) *Array {
	return a.view(a.dtype, layout.Layout{Shape: a.lay.Shape[1:], Strides: a.lay.Strides[1:], Offset: a.lay.Offset + i*a.lay.Strides[0]})
}

// Tril returns a copy of a whose items above the k-th diagonal of the last two
// axes are zero. A 1-d array is taken as equal rows.
func Tril(a *Array, k int) *Array { return a.triangle("tril", k, true) }

// Triu returns a copy of a whose items below the k-th diagonal of the last two
// axes are zero. A 1-d array is taken as equal rows.
func Triu(a *Array, k int) *Array { return a.triangle("triu", k, false) }

func (a *Array) triangle(op string, k int, lower bool) *Array {
	a.use(op)
	shape := a.lay.Shape
	switch a.NDim() {
	case 0:
		fail(op, ErrType, "tri() missing 1 required positional argument: 'N'")
	case 1:
		shape = []int{shape[0], shape[0]}
	}
	out := a.copiedTo(op, a.dtype, shape)
	if out.Size() == 0 {
		return out
	}
	d := out.NDim()
	n, m := shape[d-2], shape[d-1]
	k = max(-n, min(k, m)) // what is further off is empty
	zero := Zeros(a.dtype)
	plane := layout.Layout{Shape: shape[:d-1], Strides: out.lay.Strides[:d-1]}
	for off := range offsets(plane, d-2) {
		for i := range n {
			w := min(max(i+k+1, 0), m)
			lo, hi := w, m
			if !lower {
				lo, hi = 0, min(max(i+k, 0), m)
			}
			if lo < hi {
				at := off + i*out.lay.Strides[d-2] + lo*out.lay.Strides[d-1]
				copyInto(op, out.view(a.dtype, layout.Layout{Shape: []int{hi - lo}, Strides: []int{out.lay.Strides[d-1]}, Offset: at}), zero)
			}
		}
	}
	return out
}

// Indices returns the indices of a grid: an int64 array of shape (n, dims…)
// where [k, i₀, …, iₙ₋₁] is iₖ.
func Indices(dims ...int) *Array {
	out := alloc("indices", dtype.Int64, append([]int{len(dims)}, dims...), C, false)
	for k, d := range dims {
		shape := slices.Repeat([]int{1}, len(dims))
		shape[k] = d
		lay := layout.Layout{Shape: out.lay.Shape[1:], Strides: out.lay.Strides[1:], Offset: k * out.lay.Strides[0]}
		copyInto("indices", out.view(dtype.Int64, lay), Arange(d).reshaped(shape))
	}
	return out
}

// MeshGrid returns, for 1-d arrays x, y, z, …, the coordinate arrays of the grid
// that they span. With Cartesian indexing ("xy", NumPy's default) the results of
// two arrays of lengths n and m have shape (m, n); with matrix indexing ("ij")
// (n, m). The results are copies.
func MeshGrid(indexing string, axes ...*Array) []*Array {
	if indexing != "xy" && indexing != "ij" {
		fail("meshgrid", ErrValue, "Valid values for `indexing` are 'xy' and 'ij'.")
	}
	place := make([]int, len(axes)) // place[k] is the result axis of input k
	shape := make([]int, len(axes))
	for k := range axes {
		place[k] = k
	}
	if indexing == "xy" && len(axes) > 1 {
		place[0], place[1] = 1, 0
	}
	for k, a := range axes {
		shape[place[k]] = a.Size()
	}
	out := make([]*Array, len(axes))
	for k, a := range axes {
		one := slices.Repeat([]int{1}, len(axes))
		one[place[k]] = a.Size()
		out[k] = a.flat("meshgrid").reshapedView(one).copiedTo("meshgrid", a.dtype, shape)
	}
	return out
}

// FromFunction returns an array of the given shape whose item at index is
// f(index). f must not keep the slice.
func FromFunction[T any](f func(index []int) T, shape ...int) *Array {
	dt, err := dtype.Of[T]()
	must("fromfunction", err)
	n, err := layout.CheckedSize(shape, dt.ItemSize())
	must("fromfunction", err)
	a := alloc("fromfunction", dt, shape, C, true)
	s := roomFor[T]("fromfunction", n)
	index := make([]int, len(shape))
	for i := range s {
		s[i] = f(index)
		for k := len(index) - 1; k >= 0; k-- {
			if index[k]++; index[k] < shape[k] {
				break
			}
			index[k] = 0
		}
	}
	if n > 0 {
		a = overBlock(buffer.FromSlice(s), dt, n)
		full := append(append([]int(nil), shape...), dt.SubShape()...)
		a = a.reshaped(full)
		a.flags |= OwnData
	}
	return a
}

// FromIter returns a 1-d array of the values that seq yields: all of them, or
// with count ≥ 0 the first count, which must be there (ErrValue).
func FromIter[T any](seq iter.Seq[T], count int) *Array {
	var s []T
	if count > 0 {
		s = make([]T, 0, min(count, 1<<20))
	}
	if count != 0 {
		for v := range seq {
			if s = append(s, v); len(s) == count {
				break
			}
		}
	}
	if count >= 0 && len(s) < count {
		fail("fromiter", ErrValue, "iterator too short: Expected %d but iterator had only %d items.", count, len(s))
	}
	a := Of(s)
	a.flags |= OwnData
	return a
}
