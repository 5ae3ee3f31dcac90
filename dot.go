package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
)

// Dot returns the product of a and b: of vectors the inner product, of matrices
// the matrix product, with a 0-d array or a Go number the multiple, and else the
// sum over a's last and b's last but one axis, a's other axes leading. Option:
// Out, which must be C-contiguous and have the result's shape and dtype; for a multiple
// of integers, as for Multiply, it need not.
func (a *Array) Dot[T Operand](b T, opts ...Option) *Array {
	v := asArray(b)
	if len(opts) == 0 && a.Size() != 1 {
		if r := quickDot(a, v); r != nil {
			return r
		}
	}
	if r := quickScaled(a, v, false, opts); r != nil {
		return r
	}
	s := gather("dot", optOut, opts)
	var r *Array
	switch {
	case a.NDim() == 0 || v.NDim() == 0:
		if r = scaled(a, v, slices.Concat(a.lay.Shape, v.lay.Shape)); r == nil {
			if s.out != nil {
				return a.Multiply(v, Out(s.out))
			}
			r = a.Multiply(v)
		}
	default:
		ax, bx := a.NDim()-1, max(v.NDim()-2, 0)
		if a.lay.Shape[ax] != v.lay.Shape[bx] {
			notAligned(a.lay.Shape, v.lay.Shape, ax, bx)
		}
		if r = scaled(a, v, dotShape(a, v)); r != nil {
			break
		}
		if a.NDim() == 1 || v.NDim() <= 2 { // as matmul pairs the axes
			if s.out == nil || dotTakes(s.out, a, v) {
				s.casting = dtype.Unsafe
				return matmul(a, v, &s)
			}
			r = matmul(a, v, &settings{casting: dtype.Unsafe})
			break
		}
		r = contract(a, v, []int{ax}, []int{bx}, false)
	}
	if s.out != nil && (s.out.dtype != r.dtype || !sameShape(s.out, r) || !s.out.flags.Has(CContiguous)) {
		fail("dot", ErrValue, "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)")
	}
	return handed("dot", s.out, r)
}

// dotTakes reports whether out is just what the product of a and b needs.
func dotTakes(out, a, b *Array) bool {
	dt, err := dtype.Promote(a.dtype, b.dtype)
	return err == nil && out.dtype == dt.Native() && slices.Equal(out.lay.Shape, dotShape(a, b)) && out.flags.Has(CContiguous|Writeable)
}

// dotShape returns the shape of the dot product of a and b, neither of them 0-d.
func dotShape(a, b *Array) []int {
	n := max(b.NDim()-2, 0)
	return slices.Concat(a.lay.Shape[:a.NDim()-1], b.lay.Shape[:n], b.lay.Shape[min(n+1, b.NDim()):])
}

// scaled returns the dot product of a and b, of at most two axes each, where one
// of them has a single item and both are float32, float64 or complex: it is the
// multiple of the other, and nil where it is not that.
//
// As NumPy, dot then adds the multiple to zeros by the axpy of the BLAS (Lawson,
// Hanson, Kincaid and Krogh, "Basic Linear Algebra Subprograms for Fortran
// Usage", 1979), which a factor of 0 leaves at once: 0 times NaN or infinity is 0
// here, and no zero is negative. One item times one item is their plain product.
// MatMul knows no such case.
func scaled(a, b *Array, shape []int) *Array {
	one, many := a, b
	if b.Size() == 1 {
		one, many = b, a
	}
	if one.Size() != 1 || many.Size() == 0 || a.NDim() > 2 || b.NDim() > 2 {
		return nil
	}
	if dt, err := dtype.Promote(a.dtype, b.dtype); err != nil || !dt.IsFloat() && !dt.IsComplex() {
		return nil
	}
	one = one.reshaped0()
	r := one.Multiply(many, OrderIs(C))
	switch {
	case r.dtype.Kind() == dtype.KindFloat16:
		return nil
	case many.Size() == 1:
	case one.AnyTrue().Item[bool]():
		r.Add(Zeros(r.dtype), Out(r))
	default:
		r = Zeros(r.dtype, r.lay.Shape...)
	}
	return r.Reshape(shape...).owned()
}

func notAligned(a, b []int, ax, bx int) {
	fail("dot", ErrShape, "shapes %s and %s not aligned: %d (dim %d) != %d (dim %d)",
		layout.ShapeString(a), layout.ShapeString(b), a[ax], ax, b[bx], bx)
}

// contract sums the products over axes ax of a and bx of b, which are paired and
// equally long; a's other axes lead, b's follow. scale tells whether a single item
// is a factor as dot has it.
func contract(a, b *Array, ax, bx []int, scale bool) *Array {
	left, la, k := a.gathered(ax, false)
	right, lb, _ := b.gathered(bx, true)
	var shape []int
	shape = append(append(shape, la...), lb...)
	left, right = left.Reshape(layout.Size(la), k), right.Reshape(k, layout.Size(lb))
	if scale {
		if r := scaled(left, right, shape); r != nil {
			return r
		}
	}
	r := matmul(left, right, &settings{casting: dtype.Unsafe})
	left.releaseUnless(a)
	right.releaseUnless(b)
	if slices.Equal(shape, r.lay.Shape) {
		return r
	}
	return r.Reshape(shape...).owned()
}

// releaseUnless releases a temporary array, unless it is a view of another, so that the
// next one is in memory that the caches know.
func (a *Array) releaseUnless(view *Array) {
	if a.buf != view.buf {
		a.Release()
	}
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
		return a.Dot(b)
	}
	if r := quickScaled(a, b, true, nil); r != nil {
		return r
	}
	if x, y := a.Dim(-1), b.Dim(-1); x != y {
		t := b.SwapAxes(-1, max(-2, -b.NDim()))
		notAligned(a.lay.Shape, t.lay.Shape, a.NDim()-1, max(b.NDim()-2, 0))
	}
	return contract(a, b, []int{a.NDim() - 1}, []int{b.NDim() - 1}, a.NDim() <= 2 && b.NDim() <= 2)
}

// VDot returns the inner product of all items in C order, the receiver's complex
// numbers conjugated.
func (a *Array) VDot(b *Array) *Array {
	if r := quickWhole(a, b, true); r != nil {
		return r
	}
	x, y := a.Ravel(), b.Ravel()
	if x.Size() != y.Size() {
		fail("vdot", ErrShape, "cannot reshape array of size %d into shape %s", y.Size(), layout.ShapeString(x.lay.Shape))
	}
	if x.dtype.IsComplex() {
		if r := quickWhole(x, y, true); r != nil {
			return r
		}
		x = x.Conjugate()
	}
	return x.MatMul(y)
}

// VecDot returns the inner products along the last axis, the other axes broadcast
// together, the receiver's complex numbers conjugated.
func (a *Array) VecDot(b *Array) *Array {
	for i, x := range []*Array{a, b} {
		if x.NDim() == 0 {
			fail("vecdot", ErrShape, "vecdot: Input operand %d does not have enough dimensions (has 0, gufunc core with signature (n),(n)->() requires 1)", i)
		}
	}
	if a.dtype.IsComplex() {
		a = a.Conjugate()
	}
	if r := quickVecDot(a, b); r != nil {
		return r
	}
	r := a.ExpandDims(a.NDim() - 1).MatMul(b.ExpandDims(b.NDim()))
	shape := r.Shape()
	return r.Reshape(shape[:len(shape)-2]...).owned()
}

// OuterProduct is np.outer: the products of all pairs of items of a and b, both
// in C order, as a matrix.
func (a *Array) OuterProduct(b *Array, opts ...Option) *Array {
	if len(opts) == 0 {
		if r := quickOuter(kernel.Multiply, a, b); r != nil {
			return r
		}
	}
	return a.Ravel().ExpandDims(1).Multiply(b.Ravel().ExpandDims(0), opts...)
}

// TensorDot returns the sum of the products over the axes of a and b that are
// paired by position. The axes left over are a's, then b's.
func (a *Array) TensorDot(b *Array, axesA, axesB []int) *Array {
	if r := quickTensorDot(a, b, axesA, axesB); r != nil {
		return r
	}
	if len(axesA) != len(axesB) {
		fail("tensordot", ErrShape, "shape-mismatch for sum")
	}
	x, y := pairedAxes(axesA, a.NDim()), pairedAxes(axesB, b.NDim())
	for i := range x {
		if a.lay.Shape[x[i]] != b.lay.Shape[y[i]] {
			fail("tensordot", ErrShape, "shape-mismatch for sum")
		}
	}
	return contract(a, b, x, y, true)
}

// pairedAxes returns the axes counted from 0, each once.
func pairedAxes(axes []int, ndim int) []int {
	var x []int
	for _, i := range axes {
		if i < -ndim || i >= ndim {
			fail("tensordot", ErrIndex, "tuple index out of range")
		}
		x = append(x, (i+ndim)%ndim)
	}
	for i, k := range x {
		if slices.Contains(x[:i], k) {
			fail("tensordot", ErrValue, "duplicate axes are not allowed in tensordot")
		}
	}
	return x
}

// TensorDotN is TensorDot over the last n axes of a and the first n of b, in
// order; 2 is NumPy's default.
func (a *Array) TensorDotN(b *Array, n int) *Array {
	var room [2][inlineDims]int
	x, y := room[0][:0], room[1][:0]
	n = min(n, layout.MaxDims+1) // more axes than any array has are as wrong as that
	for i := range n {
		x, y = append(x, i-n), append(y, i)
	}
	return a.TensorDot(b, x, y)
}
