package nd

import (
	"runtime"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

const matmulSignature = "(n?,k),(k,m?)->(n?,m?)"

// MatMul returns the matrix product a @ b over the last two axes, the axes before
// them broadcast together. A 1-d a is a row, a 1-d b a column, and that axis is
// left out of the result. Integers wrap; of bools it is or-of-ands; float16 is
// summed in float32. Options: Out, Casting, DType.
//
// It panics with ErrShape ("matmul: Input operand 1 has a mismatch in its core
// dimension 0, …").
func (a *Array) MatMul(b *Array, opts ...Option) *Array {
	s := gather("matmul", optOut|optCasting|optDType|optOrder, opts)
	return matmul(a, b, &s)
}

func matmul(a, b *Array, s *settings) *Array {
	const op = "matmul"
	a.use(op)
	b.use(op)
	if !a.dtype.IsNumeric() || !b.dtype.IsNumeric() {
		fail(op, ErrCasting, "ufunc 'matmul' did not contain a loop with signature matching types (%s, %s) -> None", a.dtype.Repr(), b.dtype.Repr())
	}
	for i, x := range []*Array{a, b} {
		if x.NDim() == 0 {
			fail(op, ErrShape, "matmul: Input operand %d does not have enough dimensions (has 0, gufunc core with signature %s requires 1)", i, matmulSignature)
		}
	}
	row, column := a.NDim() == 1, b.NDim() == 1
	if row {
		a = a.ExpandDims(0)
	}
	if column {
		b = b.ExpandDims(1)
	}
	an, bn := a.NDim(), b.NDim()
	m, k, n := a.lay.Shape[an-2], a.lay.Shape[an-1], b.lay.Shape[bn-1]
	if d := b.lay.Shape[bn-2]; d != k {
		fail(op, ErrShape, "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature %s (size %d is different from %d)", matmulSignature, d, k)
	}
	batch, err := layout.Broadcast(a.lay.Shape[:an-2], b.lay.Shape[:bn-2])
	if err != nil {
		core := ""
		if !row {
			core = layout.ShapeString([]int{m})[1:]
			core = core[:len(core)-2]
		}
		if !column {
			if core != "" {
				core += ","
			}
			core += layout.ShapeString([]int{n})[1:]
			core = core[:len(core)-2]
		}
		fail(op, ErrShape, "operands could not be broadcast together with remapped shapes [original->remapped]: %s->%s %s->%s  and requested shape (%s)",
			layout.ShapeString(a.lay.Shape), newAxes(a.lay.Shape), layout.ShapeString(b.lay.Shape), newAxes(b.lay.Shape), core)
	}
	dt, err := dtype.Promote(a.dtype, b.dtype)
	must(op, err)
	if s.dtype.IsValid() {
		dt = s.dtype
	}
	dt = dt.Native()
	for i, x := range []*Array{a, b} {
		if !dtype.CanCast(x.dtype, dt, s.casting) {
			fail(op, ErrCasting, "Cannot cast ufunc 'matmul' input %d from %s to %s with casting rule '%s'", i, x.dtype.Repr(), dt.Repr(), s.casting)
		}
	}
	full := append(append([]int(nil), batch...), m, n)
	shape := append([]int(nil), batch...)
	if !row {
		shape = append(shape, m)
	}
	if !column {
		shape = append(shape, n)
	}
	if s.out != nil {
		checkMatMulOut(s.out, shape, row, column, dt, s.casting)
	}
	r := alloc(op, dt, full, C, false)
	x, y := a.ready(dt), b.ready(dt)
	xs := append(append([]int(nil), batch...), m, k)
	ys := append(append([]int(nil), batch...), k, n)
	xo, yo, ro := x.operand(), y.operand(), r.operand()
	xo.Strides, err = layout.BroadcastStrides(x.lay.Shape, x.lay.Strides, xs)
	must(op, err)
	yo.Strides, err = layout.BroadcastStrides(y.lay.Shape, y.lay.Strides, ys)
	must(op, err)
	xo.Shape, yo.Shape = xs, ys
	must(op, protect(x.mapped() || y.mapped(), func() error {
		ufunc.MatMul(ro, xo, yo)
		return nil
	}))
	runtime.KeepAlive(x)
	runtime.KeepAlive(y)
	if len(shape) < len(full) {
		r = r.Reshape(shape...)
		r = r.owned()
	}
	if s.out != nil {
		copyInto(op, s.out, r)
		return s.out
	}
	return r
}

// ready returns a as aligned native items of dt, a itself where it is that.
func (a *Array) ready(dt dtype.DType) *Array {
	if a.dtype == dt && a.flags.Has(Aligned) {
		return a
	}
	return a.AsType(dt)
}

// owned makes a header that covers its whole block the owner of it.
func (a *Array) owned() *Array { return newArray(a.buf, a.dtype, a.lay, OwnData|Writeable, nil) }

func newAxes(shape []int) string {
	s := "("
	for _, d := range shape[:len(shape)-2] {
		s += layout.ShapeString([]int{d})[1:]
		s = s[:len(s)-1]
	}
	return s + "newaxis,newaxis)"
}

func checkMatMulOut(out *Array, shape []int, row, column bool, dt dtype.DType, c dtype.Casting) {
	const op = "matmul"
	out.use(op)
	if !out.flags.Has(Writeable) {
		fail(op, ErrReadOnly, "output array is read-only")
	}
	core := 2
	if row {
		core--
	}
	if column {
		core--
	}
	o := out.lay.Shape
	if len(o) < core {
		fail(op, ErrShape, "matmul: Output operand 0 does not have enough dimensions (has %d, gufunc core with signature %s requires %d)", len(o), matmulSignature, core)
	}
	for i := range core {
		if have, want := o[len(o)-core+i], shape[len(shape)-core+i]; have != want {
			fail(op, ErrShape, "matmul: Output operand 0 has a mismatch in its core dimension %d, with gufunc signature %s (size %d is different from %d)", i, matmulSignature, have, want)
		}
	}
	if !loop.BroadcastsTo(shape, o) {
		fail(op, ErrShape, "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s", layout.ShapeString(o), layout.ShapeString(shape))
	}
	if !dtype.CanCast(dt, out.dtype, c) {
		fail(op, ErrCasting, "Cannot cast ufunc 'matmul' output from %s to %s with casting rule '%s'", dt.Repr(), out.dtype.Repr(), c)
	}
}

// Dot returns the product of a and b: of vectors the inner product, of matrices
// the matrix product, with a 0-d array or a Go number the multiple, and else the
// sum over a's last and b's last but one axis, a's other axes leading. Option:
// Out, which must be C-contiguous and have the result's shape and dtype.
func (a *Array) Dot[T Operand](b T, opts ...Option) *Array {
	s := gather("dot", optOut, opts)
	v := asArray(b)
	var r *Array
	switch {
	case a.NDim() == 0 || v.NDim() == 0:
		r = a.Multiply(v)
	default:
		ax, bx := a.NDim()-1, max(v.NDim()-2, 0)
		if a.lay.Shape[ax] != v.lay.Shape[bx] {
			notAligned(a.lay.Shape, v.lay.Shape, ax, bx)
		}
		r = contract("dot", a, v, []int{ax}, []int{bx})
	}
	if s.out == nil {
		return r
	}
	if s.out.dtype != r.dtype || shapeText(s.out.lay.Shape) != shapeText(r.lay.Shape) || !s.out.flags.Has(CContiguous) {
		fail("dot", ErrValue, "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)")
	}
	copyInto("dot", s.out, r)
	return s.out
}

func notAligned(a, b []int, ax, bx int) {
	fail("dot", ErrShape, "shapes %s and %s not aligned: %d (dim %d) != %d (dim %d)",
		layout.ShapeString(a), layout.ShapeString(b), a[ax], ax, b[bx], bx)
}

// contract sums the products over axes ax of a and bx of b, which are paired and
// equally long; a's other axes lead, b's follow.
func contract(op string, a, b *Array, ax, bx []int) *Array {
	left, la, k := a.gathered(ax, false)
	right, lb, _ := b.gathered(bx, true)
	var shape []int
	shape = append(append(shape, la...), lb...)
	r := matmul(left.Reshape(layout.Size(la), k), right.Reshape(k, layout.Size(lb)), &settings{casting: dtype.Unsafe})
	if len(shape) == 2 {
		return r
	}
	return r.Reshape(shape...).owned()
}

// gathered moves axes to the end, or to the front, and returns the view, the
// lengths of the other axes, and the product of the lengths of those moved.
func (a *Array) gathered(axes []int, front bool) (v *Array, others []int, k int) {
	moved := make([]bool, a.NDim())
	k = 1
	for _, i := range axes {
		moved[i] = true
		k *= a.lay.Shape[i]
	}
	var perm []int
	for i, m := range moved {
		if !m {
			perm = append(perm, i)
			others = append(others, a.lay.Shape[i])
		}
	}
	if front {
		perm = append(append([]int(nil), axes...), perm...)
	} else {
		perm = append(perm, axes...)
	}
	return a.permuted(perm), others, k
}

// Inner returns the sums of products over the last axes of a and b; with a 0-d
// operand the multiple.
func (a *Array) Inner(b *Array) *Array {
	if a.NDim() == 0 || b.NDim() == 0 {
		return a.Multiply(b)
	}
	if x, y := a.Dim(-1), b.Dim(-1); x != y {
		t := b.SwapAxes(-1, max(-2, -b.NDim()))
		notAligned(a.lay.Shape, t.lay.Shape, a.NDim()-1, max(b.NDim()-2, 0))
	}
	return contract("inner", a, b, []int{a.NDim() - 1}, []int{b.NDim() - 1})
}

// VDot returns the inner product of all items in C order, the receiver's complex
// numbers conjugated.
func (a *Array) VDot(b *Array) *Array {
	x, y := a.Ravel(), b.Ravel()
	if x.Size() != y.Size() {
		fail("vdot", ErrShape, "cannot reshape array of size %d into shape %s", y.Size(), layout.ShapeString(x.lay.Shape))
	}
	if x.dtype.IsComplex() {
		x = x.Conjugate()
	}
	return x.Dot(y)
}

// VecDot returns the inner products along the last axis, the other axes broadcast
// together, the receiver's complex numbers conjugated.
func (a *Array) VecDot(b *Array) *Array {
	if a.dtype.IsComplex() {
		a = a.Conjugate()
	}
	r := a.ExpandDims(a.NDim() - 1).MatMul(b.ExpandDims(b.NDim()))
	shape := r.Shape()
	return r.Reshape(shape[:len(shape)-2]...).owned()
}

// OuterProduct is np.outer: the products of all pairs of items of a and b, both
// in C order, as a matrix.
func (a *Array) OuterProduct(b *Array, opts ...Option) *Array {
	return a.Ravel().ExpandDims(1).Multiply(b.Ravel().ExpandDims(0), opts...)
}

// TensorDot returns the sum of the products over the axes of a and b that are
// paired by position. The axes left over are a's, then b's.
func (a *Array) TensorDot(b *Array, axesA, axesB []int) *Array {
	if len(axesA) != len(axesB) {
		fail("tensordot", ErrShape, "shape-mismatch for sum")
	}
	x, err := layout.NormAxes(axesA, a.NDim())
	must("tensordot", err)
	y, err := layout.NormAxes(axesB, b.NDim())
	must("tensordot", err)
	for i := range x {
		if a.lay.Shape[x[i]] != b.lay.Shape[y[i]] {
			fail("tensordot", ErrShape, "shape-mismatch for sum")
		}
	}
	return contract("tensordot", a, b, x, y)
}

// TensorDotN is TensorDot over the last n axes of a and the first n of b, in
// order; 2 is NumPy's default.
func (a *Array) TensorDotN(b *Array, n int) *Array {
	var x, y []int
	for i := range n {
		x, y = append(x, i-n), append(y, i)
	}
	return a.TensorDot(b, x, y)
}
