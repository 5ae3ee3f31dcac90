package nd

import (
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short ways of products: vectors and matrices of one native dtype, as they lie. The
// loops are those of the long ways on the same addresses, so the results are the same.

// factors describes the operands of a product; ok is false if the way is longer.
func factors(a, b *Array) (x, y rowSide, ok bool) {
	if a.dtype != b.dtype || a.flags&b.flags&Aligned == 0 || !a.dtype.IsNative() || !a.dtype.IsNumeric() || len(a.lay.Shape) == 0 || len(b.lay.Shape) == 0 {
		return x, y, false
	}
	x, ok = a.side()
	y, too := b.side()
	return x, y, ok && too && x.rows > 0 && x.cols > 0 && y.rows > 0 && y.cols > 0
}

// quickProduct is the matrix product of a and b, of b transposed if turned is set, into out,
// or a fresh array if that is nil. It returns nil if the way is longer.
func quickProduct(a, b *Array, turned bool, out *Array) *Array {
	x, y, ok := factors(a, b)
	column := len(b.lay.Shape) == 1
	if column || turned {
		y.turn()
	}
	if !ok || x.cols != y.rows {
		return nil
	}
	var room [2]int
	shape := room[:0]
	if len(a.lay.Shape) == 2 {
		shape = append(shape, x.rows)
	}
	if !column {
		shape = append(shape, y.cols)
	}
	r := out
	if out == nil {
		if r = dense(a.dtype, shape, x.rows*y.cols, buffer.Late); r == nil {
			return nil
		}
	} else if !out.plain() || out.flags&Writeable == 0 || out.dtype != a.dtype || !equalShape(out.lay.Shape, shape) || out.meets(a) || out.meets(b) || !out.buf.Pin() {
		return nil
	}
	ufunc.Product(a.dtype.Kind(), ufunc.At{P: r.ptr(), Row: y.cols * a.ItemSize(), Col: a.ItemSize()}, ufunc.At{P: x.p, Row: x.down, Col: x.along}, ufunc.At{P: y.p, Row: y.down, Col: y.along}, x.rows, y.cols, x.cols)
	if out != nil {
		out.buf.UnsafeUnpin()
	}
	a.done("matmul")
	b.done("matmul")
	return r
}

// quickScaled is quickProduct where the dot product has no case of its own for one item
// (see scaled).
func quickScaled(a, b *Array, turned bool, opts []Option) *Array {
	out, ok := onlyOut(opts)
	if !ok || len(a.lay.Shape) > 2 || len(b.lay.Shape) > 2 || a.Size() == 1 || b.Size() == 1 {
		return nil
	}
	return quickProduct(a, b, turned, out)
}

// quickRowDots returns the inner products of the rows of a and b, one of which may be a
// vector; nil if the way is longer.
func quickRowDots(a, b *Array) *Array {
	x, y, ok := factors(a, b)
	rows, k := widest(x.rows, y.rows), x.cols
	if !ok || y.cols != k || len(a.lay.Shape)+len(b.lay.Shape) < 3 || !x.fits(rows, k) || !y.fits(rows, k) {
		return nil
	}
	shape := [1]int{rows}
	r := dense(a.dtype, shape[:], rows, buffer.Late)
	if r == nil {
		return nil
	}
	s := a.ItemSize()
	room := stackRooms.Get().(*stackRoom)
	*room = stackRoom{{rows, 1, 1}, {rows, 1, k}, {rows, k, 1}, {s, s, s}, {x.down, k * s, x.along}, {y.down, y.along, s}}
	part := func(o *Array, i int) operand.Operand {
		return operand.Operand{Ptr: o.ptr(), DType: o.dtype, Shape: room[i][:3], Strides: room[i+3][:3]}
	}
	ufunc.MatMul(part(r, 0), part(a, 1), part(b, 2))
	stackRooms.Put(room)
	a.done("matmul")
	b.done("matmul")
	return r
}

// quickWhole is the sum of the products of all items of two dense arrays, a's conjugated
// if conjugate is set; nil if the way is longer.
func quickWhole(a, b *Array, conjugate bool) *Array {
	n, k := a.Size(), a.dtype.Kind()
	if n == 0 || n != b.Size() || a.dtype != b.dtype || !a.plain() || !b.plain() || !a.dtype.IsNative() || !a.dtype.IsNumeric() {
		return nil
	}
	out := dense(a.dtype, nil, 1, buffer.Soon)
	switch {
	case !conjugate || !a.dtype.IsComplex():
		ufunc.Dot(k, out.ptr(), a.ptr(), b.ptr(), a.ItemSize(), n)
	case !ufunc.ConjugateDot(k, out.ptr(), a.ptr(), b.ptr(), a.ItemSize(), n):
		return nil
	}
	a.done("vdot")
	b.done("vdot")
	return out
}

// quickVecDot is VecDot without conjugation of vectors and matrices, nil if the way is
// longer.
func quickVecDot(a, b *Array) *Array {
	if len(a.lay.Shape) == 1 && len(b.lay.Shape) == 1 {
		return quickProduct(a, b, false, nil)
	}
	return quickRowDots(a, b)
}

// quickTensorDot is TensorDot of matrices over one axis of each as the matrix product or
// Inner have it, or over all in their order; nil if the way is longer.
func quickTensorDot(a, b *Array, x, y []int) *Array {
	s, t := len(a.lay.Shape), len(b.lay.Shape)
	if len(x) != len(y) || s > 2 || t > 2 || a.Size() == 1 || b.Size() == 1 {
		return nil
	}
	is := func(axis, k, ndim int) bool { return axis == k || axis == k-ndim }
	switch {
	case len(x) == 1 && s > 0 && t > 0 && is(x[0], s-1, s) && (is(y[0], 0, t) || is(y[0], t-1, t)):
		return quickProduct(a, b, !is(y[0], 0, t), nil)
	case len(x) == 2 && s == 2 && t == 2 && is(x[0], 0, 2) && is(x[1], 1, 2) && is(y[0], 0, 2) && is(y[1], 1, 2) && sameShape(a, b):
		return quickWhole(a, b, false)
	}
	return nil
}

// quickOuter is the table of op on all items of a few in a and b, in C order; nil if the
// way is longer.
func quickOuter(op kernel.Op, a, b *Array) *Array {
	c := rowCalls.Get().(*rowCall)
	defer c.end()
	x, y := &c.sides[0], &c.sides[1]
	if !x.of(a) || !y.of(b) || !x.flatten(a) || !y.flatten(b) {
		return nil
	}
	m := ufunc.MixedOf(op, x.kind, y.kind)
	rows, cols := x.cols, y.cols
	if m == nil || m.NOut != 1 || m.Entry.Check != nil || rows*cols > rowsMost {
		return nil
	}
	r := dense(m.Out, []int{rows, cols}, rows*cols, freshFill(m.Entry, m.Late))
	if r == nil {
		return nil
	}
	c.e, c.nin, c.nout, c.rows, c.cols = m.Entry, 2, 1, rows, cols
	x.turn()
	for i := range c.nin {
		s := &c.sides[i]
		s.cast, s.own = m.Cast[i], m.Size[i]
		s.fits(rows, cols)
	}
	c.takes(0, r)
	c.run(false)
	a.doneOp(op)
	b.doneOp(op)
	return r
}

// quickDiagonalSum is the sum of the diagonal of a matrix of few numbers, nil if the way is
// longer.
func quickDiagonalSum(a *Array) *Array {
	s, ok := a.side()
	n := min(s.rows, s.cols)
	if !ok || !a.dtype.IsNative() || !a.dtype.IsNumeric() || len(a.lay.Shape) != 2 || n == 0 || n*a.ItemSize() > rowBlock || a.dtype.Kind() == dtype.KindFloat16 {
		return nil
	}
	f := ufunc.FoldOf(kernel.Add, a.dtype.Kind())
	if f == nil {
		return nil
	}
	room := rowRooms.Get().(*rowRoom)
	p := unsafe.Pointer(room)
	out := dense(f.Out, nil, 1, buffer.Soon)
	kernel.Copy(p, a.ItemSize(), s.p, s.down+s.along, a.ItemSize(), n)
	f.Do(out.ptr(), p, n)
	rowRooms.Put(room)
	a.doneOp(kernel.Add)
	return out
}
