package nd

import (
	"math"
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// without returns a with NaN replaced by x, and where the NaNs were; a itself and
// nil if its dtype has none.
func (a *Array) without(x float64) (*Array, *Array) {
	if !hasNaN(a.dtype) {
		return a, nil
	}
	mask := a.IsNaN()
	b := a.Copy(K)
	b.AssignWhere(x, mask)
	return b, mask
}

// counting returns fold of a with NaN counted as x.
func (a *Array) counting(x float64, fold func(*Array) *Array) *Array {
	b, mask := a.without(x)
	if mask == nil {
		return fold(a)
	}
	return spend(fold(b), mask, b)
}

// NanSum is Sum with NaN counted as 0.
func (a *Array) NanSum(opts ...Option) *Array {
	return a.counting(0, func(b *Array) *Array { return b.reduceAll(kernel.Add, "nansum", opts) })
}

// NanProd is Prod with NaN counted as 1.
func (a *Array) NanProd(opts ...Option) *Array {
	return a.counting(1, func(b *Array) *Array { return b.reduceAll(kernel.Multiply, "nanprod", opts) })
}

// NanMax returns the greatest item that is not NaN, NaN where there is none.
// Options as Max.
func (a *Array) NanMax(opts ...Option) *Array { return a.reduceAll(kernel.Fmax, "nanmax", opts) }

// NanMin returns the least item that is not NaN, NaN where there is none.
func (a *Array) NanMin(opts ...Option) *Array { return a.reduceAll(kernel.Fmin, "nanmin", opts) }

// NanCumSum is CumSum with NaN counted as 0.
func (a *Array) NanCumSum(opts ...Option) *Array {
	return a.counting(0, func(b *Array) *Array { return b.cumulate(kernel.Add, "nancumsum", opts) })
}

// NanCumProd is CumProd with NaN counted as 1.
func (a *Array) NanCumProd(opts ...Option) *Array {
	return a.counting(1, func(b *Array) *Array { return b.cumulate(kernel.Multiply, "nancumprod", opts) })
}

// NanMean is the mean of the items that are not NaN. Options as Mean.
func (a *Array) NanMean(opts ...Option) *Array {
	s := gather("nanmean", meanOptions, opts)
	a.staysInexact(&s)
	b, mask := a.without(0)
	if mask == nil {
		return a.mean(&s)
	}
	sum := reduce(kernel.Add, b, &s)
	return spend(sum.Divide(notNaN(mask, &s, s.keepDims), Out(sum), Casting(dtype.Unsafe)), mask, b)
}

// staysInexact refuses to put the mean of floats into integers.
func (a *Array) staysInexact(s *settings) {
	inexact := func(d dtype.DType) bool { return d.IsFloat() || d.IsComplex() }
	switch {
	case !inexact(a.dtype):
	case s.dtype.IsValid() && !inexact(s.dtype):
		fail(s.opOr("nanmean"), ErrType, "If a is inexact, then dtype must be inexact")
	case s.out != nil && !inexact(s.out.dtype):
		fail(s.opOr("nanmean"), ErrType, "If a is inexact, then out must be inexact")
	}
}

// notNaN counts the items that are not masked, and that Where lets through.
func notNaN(mask *Array, s *settings, keep bool) *Array {
	rest := mask.LogicalNot()
	return spend(reduce(kernel.Add, rest, &settings{op: s.op, axes: s.axes, dtype: dtype.Int64, keepDims: keep, where: s.where}), rest)
}

// NanVar is the variance of the items that are not NaN; NaN where there are not
// more than DDof of them. Options as Var.
func (a *Array) NanVar(opts ...Option) *Array {
	s := gather("nanvar", meanOptions|optDDof, opts)
	a.staysInexact(&s)
	return a.nanVariance(&s)
}

// NanStd is the square root of NanVar.
func (a *Array) NanStd(opts ...Option) *Array {
	s := gather("nanstd", meanOptions|optDDof, opts)
	a.staysInexact(&s)
	v := a.nanVariance(&s)
	return v.Sqrt(Out(v))
}

func (a *Array) nanVariance(s *settings) *Array {
	b, mask := a.without(0)
	if mask == nil {
		return a.variance(s)
	}
	mean := reduce(kernel.Add, b, &settings{op: s.op, axes: s.axes, dtype: s.dtype, keepDims: true, where: s.where})
	mean.Divide(notNaN(mask, s, true), Out(mean), Casting(dtype.Unsafe))
	b.Subtract(mean, Out(b), Casting(dtype.Unsafe))
	b.AssignWhere(0, mask)
	square := b
	if b.dtype.IsComplex() {
		square = b.Multiply(b.Conjugate(), Out(b)).Real()
	} else {
		b.Multiply(b, Out(b))
	}
	sum := reduce(kernel.Add, square, &settings{op: s.op, axes: s.axes, dtype: s.dtype, keepDims: s.keepDims, where: s.where, out: s.out})
	n := s.lessDDof(notNaN(mask, s, s.keepDims))
	sum.Divide(n, Out(sum), Casting(dtype.Unsafe))
	sum.AssignWhere(math.NaN(), n.LessEqual(0))
	return spend(sum, mask, b, mean)
}

// NanArgMax is ArgMax over the items that are not NaN. It panics with ErrValue
// ("All-NaN slice encountered") where there is none.
func (a *Array) NanArgMax(opts ...Option) *Array {
	return a.nanArg("nanargmax", math.Inf(-1), opts).argReduce("nanargmax", kernel.Argmax, opts)
}

// NanArgMin is ArgMin over the items that are not NaN, as NanArgMax.
func (a *Array) NanArgMin(opts ...Option) *Array {
	return a.nanArg("nanargmin", math.Inf(1), opts).argReduce("nanargmin", kernel.Argmin, opts)
}

func (a *Array) nanArg(op string, x float64, opts []Option) *Array {
	if !hasNaN(a.dtype) {
		return a
	}
	mask := a.IsNaN()
	if a.Size() > 0 && !truthOf(mask.AnyTrue()) {
		return spend(a, mask)
	}
	b := a.Copy(K)
	b.AssignWhere(x, mask)
	defer spend(b, mask)
	s := gather(op, optAxis|optKeepDims|optOut, opts)
	if truthOf(reduce(kernel.LogicalOr, reduce(kernel.LogicalAnd, mask, &settings{op: s.op, axes: s.axes}), &settings{})) {
		fail(op, ErrValue, "All-NaN slice encountered")
	}
	return b
}

// NaNIs sets what NanToNum puts in the place of NaN.
func NaNIs[T Operand](x T) Option { return Option{kind: optNaN, arr: asArray(x)} }

// PosInfIs sets what NanToNum puts in the place of positive infinity.
func PosInfIs[T Operand](x T) Option { return Option{kind: optPosInf, arr: asArray(x)} }

// NegInfIs sets what NanToNum puts in the place of negative infinity.
func NegInfIs[T Operand](x T) Option { return Option{kind: optNegInf, arr: asArray(x)} }

// NanToNum returns a copy in which NaN is 0 and the infinities are the largest
// finite numbers of the dtype, or what the options say. Of complex numbers both
// parts are replaced. CopyIs(false) replaces them in a itself. Options: NaNIs,
// PosInfIs, NegInfIs, CopyIs.
func (a *Array) NanToNum(opts ...Option) *Array {
	const op = "nan_to_num"
	s := gather(op, optCopy|optNaN|optPosInf|optNegInf, opts)
	a.use(op)
	b := a
	switch {
	case s.copy && a.dtype.IsFloat():
		b = EmptyLike(a)
	case s.copy:
		b = a.Copy(K)
	case hasNaN(a.dtype):
		a.mutate(op)
	}
	if a.dtype.IsComplex() {
		opts = append(slices.Clip(opts), CopyIs(false))
		b.Real().NanToNum(opts...)
		b.Imag().NanToNum(opts...)
	}
	if !a.dtype.IsFloat() {
		return b
	}
	by := [3]*Array{asArray(0)}
	masks := [3]*Array{a.IsNaN()}
	for i, k := range [3]optKind{optNaN, optPosInf, optNegInf} {
		if o := s.rarely(k); o != nil {
			by[i] = o.arr
			if i > 0 {
				masks[i] = a.Equal(math.Inf(3 - 2*i))
			}
		}
	}
	most := map[dtype.Kind]float64{dtype.KindFloat16: 65504, dtype.KindFloat32: math.MaxFloat32, dtype.KindFloat64: math.MaxFloat64}[a.dtype.Kind()]
	a.Clip(-most, most, Out(b))
	for i, mask := range masks {
		if mask != nil {
			b.AssignWhere(by[i], mask)
		}
	}
	return b
}
