package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Average returns the mean of a weighted by weights, which has a's shape, or is
// one-dimensional along the axis given by Axis; nil weighs all alike. Options:
// Axis, KeepDims. It panics with ErrZeroDivision where the weights sum to zero.
func (a *Array) Average(weights *Array, opts ...Option) *Array {
	s := gather("average", optAxis|optKeepDims, opts)
	if weights == nil {
		return a.mean(&s)
	}
	dt, err := dtype.Promote(a.dtype, weights.dtype)
	must("average", err)
	if a.dtype.IsInteger() || a.dtype.Kind() == dtype.KindBool {
		dt, err = dtype.Promote(dt, dtype.Float64)
		must("average", err)
	}
	w := weights
	if !sameShape(w, a) {
		if s.axes == nil {
			fail("average", ErrType, "Axis must be specified when shapes of a and weights differ.")
		}
		shape := slices.Repeat([]int{1}, a.NDim())
		if len(s.axes) != 1 || w.NDim() != 1 || w.Size() != a.lay.Shape[normAxis("average", s.axes[0], a.NDim())] {
			fail("average", ErrValue, "Shape of weights must be consistent with shape of a along specified axis.")
		}
		shape[normAxis("average", s.axes[0], a.NDim())] = w.Size()
		w = w.Reshape(shape...).BroadcastTo(a.lay.Shape...)
	}
	scale := reduce(kernel.Add, w, &settings{op: s.op, axes: s.axes, dtype: dt, keepDims: s.keepDims})
	if truthOf(scale.Equal(0).AnyTrue()) {
		fail("average", ErrZeroDivision, "Weights sum to zero, can't be normalized")
	}
	sum := a.Lazy().Multiply(w, DType(dt)).folded(kernel.Add, &settings{op: s.op, axes: s.axes, keepDims: s.keepDims}).Eval()
	return sum.Divide(scale)
}

// Trace returns the sum of the diagonal with the given offset over the first two
// axes, or the two named. Options: DType, Out.
func (a *Array) Trace(offset int, axes []int, opts ...Option) *Array {
	if offset == 0 && len(axes) == 0 && len(opts) == 0 {
		if r := quickDiagonalSum(a); r != nil {
			return r
		}
	}
	s := gather("trace", optDType|optOut, opts)
	d := a.diagonal("trace", offset, axes)
	s.axes = []int{-1}
	return reduce(kernel.Add, d, &s)
}
