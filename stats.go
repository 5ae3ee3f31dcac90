package nd

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
)

// Sum returns the sum over all axes, or those given by Axis. Bools and small
// integers are summed in 64 bits, floats in pairs (see Binary.Reduce). The sum
// of no items is 0. Options: Axis, KeepDims, DType, Out, Initial, Where.
func (a *Array) Sum(opts ...Option) *Array { return a.reduceAll(kernel.Add, "sum", opts) }

// Prod returns the product; of no items 1. Options as Sum.
func (a *Array) Prod(opts ...Option) *Array { return a.reduceAll(kernel.Multiply, "prod", opts) }

// Max returns the greatest item, NaN if there is one. It panics with ErrValue
// for no items without Initial. Options: Axis, KeepDims, Out, Initial, Where.
func (a *Array) Max(opts ...Option) *Array { return a.reduceAll(kernel.Maximum, "max", opts) }

// Min returns the least item, NaN if there is one. Options as Max.
func (a *Array) Min(opts ...Option) *Array { return a.reduceAll(kernel.Minimum, "min", opts) }

// AnyTrue is NumPy's any: whether some item is not zero. Options: Axis, KeepDims,
// Out, Where.
func (a *Array) AnyTrue(opts ...Option) *Array { return a.reduceAll(kernel.LogicalOr, "any", opts) }

// AllTrue is NumPy's all: whether no item is zero. Options as AnyTrue.
func (a *Array) AllTrue(opts ...Option) *Array { return a.reduceAll(kernel.LogicalAnd, "all", opts) }

func (a *Array) reduceAll(op kernel.Op, name string, opts []Option) *Array {
	if len(opts) == 0 {
		if r := quickReduce(op, a); r != nil {
			return r
		}
		return reduce(op, a, &settings{op: name})
	}
	s := gather(name, reduceOptions, opts)
	return reduce(op, a, &s)
}

// Ptp returns the greatest item minus the least. Options: Axis, KeepDims, Out.
func (a *Array) Ptp(opts ...Option) *Array {
	const op = "ptp"
	s := gather(op, optAxis|optKeepDims|optOut, opts)
	if s.out != nil {
		a.use(op)
		if s.out.use(op); s.out.meets(a) {
			a = a.Copy(K) // of which the least is still to be found when out holds the greatest
		}
	}
	hi := reduce(kernel.Maximum, a, &s)
	s.out = nil
	lo := reduce(kernel.Minimum, a, &s)
	return spend(hi.Subtract(lo, Out(hi)), lo)
}

// count returns how many items a call of settings s without a mask folds into one.
func (a *Array) count(s *settings) int {
	if s.axes != nil && a.NDim() == 0 {
		_, err := layout.NormAxes(s.axes, 0)
		must(s.op, err)
	}
	n := 1
	var room [inlineDims]bool
	for i, f := range a.foldedIn(room[:], s.op, s.axes) {
		if f {
			n *= a.lay.Shape[i]
		}
	}
	return n
}

// counts returns count as an int64 scalar, or with a mask an array of the result's shape.
func (a *Array) counts(s *settings, keep bool) *Array {
	if s.where == nil {
		return Scalar(int64(a.count(s)))
	}
	return reduce(kernel.Add, s.where.broadcastTo(s.op, a.lay.Shape), &settings{op: s.op, axes: s.axes, dtype: dtype.Int64, keepDims: keep})
}

// divideByCount divides the sums that a call of settings s made of a's items by how many
// they are, in place.
func (a *Array) divideByCount(sum *Array, s *settings, keep bool) *Array {
	if s.where == nil {
		if n := a.count(s); sum.exact(float64(n)) {
			return sum.Divide(float64(n), Out(sum))
		}
	}
	return sum.Divide(a.counts(s, keep), Out(sum), Casting(dtype.Unsafe))
}

// exact tells whether a's items are numbers of which x is one, so that a division by x is
// rounded as one in double precision.
func (a *Array) exact(x float64) bool {
	return a.dtype == dtype.Float64 || a.dtype == dtype.Complex128 || a.dtype == dtype.Float32 && float64(float32(x)) == x
}

// stretchMask refuses a mask that does not stretch to a's shape: what is averaged
// is counted before it is summed.
func (a *Array) stretchMask(s *settings) {
	if s.where != nil {
		s.where.broadcastTo(s.op, a.lay.Shape)
	}
}

const meanOptions = optAxis | optKeepDims | optDType | optOut | optWhere

// Mean returns the arithmetic mean: Sum divided by the number of items. Integers
// and bools are averaged in float64, float16 in float32. The mean of no items is
// NaN. Options: Axis, KeepDims, DType, Out, Where.
func (a *Array) Mean(opts ...Option) *Array {
	if len(opts) == 0 {
		if r := quickMean(a); r != nil {
			return r
		}
	}
	s := gather("mean", meanOptions, opts)
	return a.mean(&s)
}

func (a *Array) mean(s *settings) *Array {
	t := a.meanSettings(s)
	return a.meanOf(reduce(kernel.Add, a, &t), s)
}

// meanSettings are the settings of the sum that a mean of a with settings s divides.
func (a *Array) meanSettings(s *settings) settings {
	t := *s
	t.dtype = meanDType(a.dtype, s.dtype)
	a.stretchMask(s)
	return t
}

// meanDType is the dtype in which items of dtype dt are summed for a mean, asked
// for or invalid; invalid where the sum itself decides.
func meanDType(dt, asked dtype.DType) dtype.DType {
	switch {
	case asked.IsValid():
		return asked
	case dt.IsInteger() || dt.Kind() == dtype.KindBool:
		return dtype.Float64
	case dt.Kind() == dtype.KindFloat16:
		return dtype.Float32
	}
	return asked
}

// meanOf makes the mean of sum, which meanSettings(s) gave. Of a only shape and dtype are
// asked.
func (a *Array) meanOf(sum *Array, s *settings) *Array {
	half := !s.dtype.IsValid() && a.dtype.Kind() == dtype.KindFloat16
	switch {
	case !half || s.out != nil:
		return a.divideByCount(sum, s, s.keepDims)
	case sum.NDim() > 0:
		return spend(a.divideByCount(sum, s, s.keepDims).AsType(a.dtype.Native()), sum)
	}
	return sum.Divide(a.counts(s, s.keepDims)).AsType(a.dtype.Native())
}

// Var returns the variance: the mean of the squared distances from the mean, with
// the divisor n - DDof. It takes two passes, as NumPy does. Of complex numbers
// it is real. Options: Axis, KeepDims, DType, Out, Where, DDof.
func (a *Array) Var(opts ...Option) *Array {
	s := gather("var", meanOptions|optDDof, opts)
	return a.variance(&s)
}

// Std returns the standard deviation: the square root of Var.
func (a *Array) Std(opts ...Option) *Array {
	s := gather("std", meanOptions|optDDof, opts)
	v := a.variance(&s)
	return v.Sqrt(Out(v))
}

func (a *Array) variance(s *settings) *Array {
	if s.given&^optDDof == 0 {
		if r := quickVariance(a, s.ddof); r != nil {
			return r
		}
	}
	dt := s.dtype
	if !dt.IsValid() && (a.dtype.IsInteger() || a.dtype.Kind() == dtype.KindBool) {
		dt = dtype.Float64
	}
	a.stretchMask(s)
	t := settings{op: s.op, axes: s.axes, dtype: dt, keepDims: true, where: s.where}
	m := reduce(kernel.Add, a, &t)
	a.divideByCount(m, s, true)
	if s.given&^optDDof == 0 && a.NDim() == 1 && a.Size() > 0 && a.dtype.IsComplex() {
		c := a.AsType(a.dtype.Native(), OrderIs(C))
		return spend(c.varianceAbout(c.ptr(), m, s.ddof), c, m)
	}
	x := a.Subtract(m)
	apart := x
	if x.dtype.IsComplex() {
		re, im := x.Real(), x.Imag()
		if x.flags.Has(CContiguous) && x.NDim() > 0 {
			parts := x.View(re.dtype)
			parts.Square(Out(parts))
		} else {
			re.Square(Out(re))
			im.Square(Out(im))
		}
		x = re.Add(im, Out(re))
	} else {
		x.Square(Out(x))
	}
	sum := reduce(kernel.Add, x, &settings{op: s.op, axes: s.axes, dtype: dt, keepDims: s.keepDims, where: s.where, out: s.out})
	if s.where == nil {
		if n := max(float64(a.count(s))-s.ddof, 0); sum.exact(n) {
			return spend(sum.Divide(n, Out(sum)), apart, m)
		}
	}
	n := s.lessDDof(a.counts(s, s.keepDims))
	return spend(sum.Divide(n.Maximum(0), Out(sum), Casting(dtype.Unsafe)), apart, m)
}

// lessDDof returns the counts n less DDof: integers if that is a whole number.
func (s *settings) lessDDof(n *Array) *Array {
	if s.ddof == float64(int64(s.ddof)) {
		return n.Subtract(int(s.ddof))
	}
	return n.Subtract(s.ddof)
}

// CumSum returns the running sums along an axis, or over the items in C order
// without Axis. Bools and small integers are summed in 64 bits. Options: Axis,
// DType, Out.
func (a *Array) CumSum(opts ...Option) *Array { return a.cumulate(kernel.Add, "cumsum", opts) }

// CumProd returns the running products, as CumSum does the sums.
func (a *Array) CumProd(opts ...Option) *Array { return a.cumulate(kernel.Multiply, "cumprod", opts) }

func (a *Array) cumulate(op kernel.Op, name string, opts []Option) *Array {
	s := gather(name, optAxis|optDType|optOut, opts)
	if s.given == 0 || s.given == optAxis && a.NDim() == 1 && len(s.axes) == 1 && (s.axes[0] == 0 || s.axes[0] == -1) {
		if r := quickCumulate(op, a); r != nil {
			return r
		}
	}
	var copied *Array
	if s.axes == nil || a.NDim() == 0 {
		if s.axes == nil {
			s.axes = axis0
		}
		if a.NDim() != 1 || a.lay.Strides[0] < 0 {
			b := a.flat(name)
			if b.buf != a.buf {
				copied = b
			}
			a = b
		}
	}
	return spend(accumulate(op, a, &s), copied)
}
