package nd

import (
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short ways of reductions: all items of a dense native array, no options.

// quickReduce is reduce for those, nil if a is not one.
func quickReduce(op kernel.Op, a *Array) *Array {
	n := a.Size()
	if n == 0 || !a.plain() || !a.dtype.IsNative() {
		return nil
	}
	f := ufunc.FoldOf(op, a.dtype.Kind())
	if f == nil {
		return nil
	}
	out := dense(f.Out, nil, 1, buffer.Soon)
	f.Do(out.ptr(), a.ptr(), n)
	a.doneOp(op)
	return out
}

// quickMean is mean for floats of 32 and 64 bits, integers and bools.
func quickMean(a *Array) *Array {
	var out *Array
	switch k := a.dtype.Kind(); {
	case k == dtype.KindFloat64 || k == dtype.KindFloat32:
		out = quickReduce(kernel.Add, a)
	case k >= dtype.KindBool && k <= dtype.KindUint64 && a.Size() > 0 && a.plain() && a.dtype.IsNative():
		out = dense(dtype.Float64, nil, 1, buffer.Soon)
		*(*float64)(out.ptr()) = ufunc.FloatSum(k, a.ptr(), a.Size())
		a.doneOp(kernel.Add)
	}
	if out != nil {
		out.divideItem(float64(a.Size()))
	}
	return out
}

// divideItem divides the item of a 0-d array of floats in double precision.
func (a *Array) divideItem(by float64) {
	if a.dtype == dtype.Float32 {
		p := (*float32)(a.ptr())
		*p = float32(float64(*p) / by)
		return
	}
	*(*float64)(a.ptr()) /= by
}

// quickVariance is variance with a correction, for numbers that are averaged as
// they are or in float64. It reads the items twice and stores no differences.
func quickVariance(a *Array, ddof float64) *Array {
	if a.flags&(CContiguous|FContiguous) == FContiguous {
		a = a.T() // items are met as they lie
	}
	n := a.Size()
	if n == 0 || !a.plain() || !a.dtype.IsNative() {
		return nil
	}
	var mean *Array
	if a.dtype.IsComplex() {
		mean = quickReduce(kernel.Add, a)
		mean.Divide(Scalar(int64(n)), Out(mean), Casting(dtype.Unsafe))
	} else if mean = quickMean(a); mean == nil {
		return nil
	}
	return a.varianceAbout(mean, ddof)
}

// varianceAbout is the variance of a dense native array about its mean, an item as
// quickVariance averages.
func (a *Array) varianceAbout(mean *Array, ddof float64) *Array {
	n, k := a.Size(), dtype.KindFloat64
	if a.dtype == dtype.Float32 || a.dtype == dtype.Complex64 {
		k = dtype.KindFloat32
	}
	sum := ufunc.SumSquares(k, a.dtype.Kind(), a.ptr(), n, mean.ptr())
	a.done("var")
	r := dense(dtype.OfKind(k), nil, 1, buffer.Soon)
	if k == dtype.KindFloat32 {
		*(*float32)(r.ptr()) = float32(sum)
	} else {
		*(*float64)(r.ptr()) = sum
	}
	r.divideItem(max(float64(n)-ddof, 0))
	return r
}

// quickCount is CountNonzero.
func quickCount(a *Array) *Array {
	n := a.Size()
	if n == 0 || !a.plain() || !a.dtype.IsNative() || !a.dtype.IsNumeric() {
		return nil
	}
	out := dense(dtype.Int64, nil, 1, buffer.Soon)
	*(*int64)(out.ptr()) = int64(ufunc.Count(a.dtype.Kind(), a.ptr(), n))
	a.done("count_nonzero")
	return out
}

// quickArg is ArgMax or ArgMin, as name says.
func quickArg(name string, a *Array, find func(dtype.Kind) kernel.Extreme) *Array {
	n := a.Size()
	if n == 0 || !a.plain() || !a.dtype.IsNative() || !a.dtype.IsNumeric() {
		return nil
	}
	out := dense(dtype.Int64, nil, 1, buffer.Soon)
	*(*int64)(out.ptr()) = int64(ufunc.Extreme(find(a.dtype.Kind()).Place, a.ptr(), a.ItemSize(), n))
	a.done(name)
	return out
}

// quickArgAlong is quickArg along an axis of a matrix.
func quickArgAlong(name string, a *Array, find func(dtype.Kind) kernel.Extreme, axis int) *Array {
	if len(a.lay.Shape) != 2 || axis < -2 || axis > 1 || a.Size() == 0 || !a.plain() || !a.dtype.IsNative() || !a.dtype.IsNumeric() {
		return nil
	}
	axis &= 1
	shape := a.lay.Shape
	out := dense(dtype.Int64, shape[1-axis:2-axis], shape[1-axis], buffer.Soon)
	if out == nil || !ufunc.SearchMatrix(out.ptr(), a.ptr(), a.ItemSize(), shape[0], shape[1], axis, find(a.dtype.Kind())) {
		return nil
	}
	a.done(name)
	return out
}

// quickCumulate is CumSum or CumProd over the items in C order.
func quickCumulate(op kernel.Op, a *Array) *Array {
	n := a.Size()
	if n == 0 || !a.plain() || !a.dtype.IsNative() {
		return nil
	}
	if run, start := kernel.RunningFoldOf(op, a.dtype.Kind()); run != nil {
		dt := dtype.Int64
		if a.dtype.IsUnsigned() {
			dt = dtype.Uint64
		}
		out := dense(dt, []int{n}, n, buffer.Soon)
		if out == nil {
			return nil
		}
		run(out.ptr(), a.ptr(), n, start, out.buf.Cold())
		a.doneOp(op)
		return out
	}
	f := ufunc.FoldOf(op, a.dtype.Kind())
	if f == nil || f.Running() == nil || f.Out != a.dtype {
		return nil
	}
	out := dense(a.dtype, []int{n}, n, buffer.Soon)
	if out == nil {
		return nil
	}
	size := a.ItemSize()
	copy(unsafe.Slice((*byte)(out.ptr()), size), unsafe.Slice((*byte)(a.ptr()), size))
	f.Running()(out.ptr(), size, a.ptr(), size, n)
	a.doneOp(op)
	return out
}

// quickDot is the inner product of two vectors of one dtype, nil if a and b are not
// such.
func quickDot(a, b *Array) *Array {
	if !plainVectors(a, b) {
		return nil
	}
	out := dense(a.dtype, nil, 1, buffer.Soon)
	ufunc.Dot(a.dtype.Kind(), out.ptr(), a.ptr(), b.ptr(), a.ItemSize(), a.Size())
	a.done("matmul")
	b.done("matmul")
	return out
}

// plainVectors tells whether a and b are equally long vectors, not empty, of one
// native numeric dtype, whose items lie dense.
func plainVectors(a, b *Array) bool {
	return len(a.lay.Shape) == 1 && len(b.lay.Shape) == 1 && a.dtype == b.dtype && a.Size() == b.Size() && a.Size() > 0 &&
		a.plain() && b.plain() && a.dtype.IsNative() && a.dtype.IsNumeric()
}
