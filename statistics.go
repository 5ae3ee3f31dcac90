package nd

import (
	"math"
	"slices"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/sorting"
	"github.com/stride-go/nd/internal/ufunc"
)

// QuantileMethod names one of the thirteen ways to estimate a quantile from
// items: the nine of Hyndman and Fan (The American Statistician 50, 1996) and
// four older ones.
type QuantileMethod string

// The methods. The first three are steps, the next six interpolate between
// neighbours, the last four round the place that MethodLinear finds.
const (
	MethodInvertedCDF             QuantileMethod = "inverted_cdf"
	MethodAveragedInvertedCDF     QuantileMethod = "averaged_inverted_cdf"
	MethodClosestObservation      QuantileMethod = "closest_observation"
	MethodInterpolatedInvertedCDF QuantileMethod = "interpolated_inverted_cdf"
	MethodHazen                   QuantileMethod = "hazen"
	MethodWeibull                 QuantileMethod = "weibull"
	MethodLinear                  QuantileMethod = "linear" // the default
	MethodMedianUnbiased          QuantileMethod = "median_unbiased"
	MethodNormalUnbiased          QuantileMethod = "normal_unbiased"
	MethodLower                   QuantileMethod = "lower"
	MethodHigher                  QuantileMethod = "higher"
	MethodMidpoint                QuantileMethod = "midpoint"
	MethodNearest                 QuantileMethod = "nearest"
)

// Method sets how Quantile and Percentile estimate.
func Method(m QuantileMethod) Option { return optMethod.with(&optMore{text: []string{string(m)}}) }

const quantileOptions = optAxis | optKeepDims | optOut | optMethod | optWeights

// Median returns the middle item of all, or along the axes given by Axis, and
// the mean of the two middle ones where the number is even. Integers and bools
// give float64. NaN where there is a NaN, or no item. Options: Axis, KeepDims,
// Out.
func (a *Array) Median(opts ...Option) *Array {
	const op = "median"
	if len(opts) == 0 {
		if r := quickMedian(a); r != nil {
			return r
		}
	}
	a.use(op)
	s := gather(op, optAxis|optKeepDims|optOut, opts)
	l := a.lanesToFold(op, &s)
	return spend(l.finish(op, &s, nil, medianOf(l.rows)), l.rows)
}

// quickMedian is Median of a few real numbers, nil if a's items are others.
func quickMedian(a *Array) *Array {
	n, size, k := a.Size(), a.ItemSize(), a.dtype.Kind()
	if n*size > rowBlock || !a.dtype.IsNumeric() || a.dtype.IsComplex() || k == dtype.KindFloat16 {
		return nil
	}
	p, room := a.sideBySide()
	if p == nil {
		return nil
	}
	if room == nil {
		room = rowRooms.Get().(*rowRoom)
		kernel.Copy(unsafe.Pointer(room), size, p, size, size, n)
		p = unsafe.Pointer(room)
	}
	defer room.release()
	a.done("median")
	first, last := (n-1)/2, n/2
	kth := [2]int{first, last}
	must("median", sorting.PartitionRows(a.dtype.Native(), p, n, 1, kth[:]))
	m, mid, end := last-first+1, unsafe.Add(p, first*size), unsafe.Add(p, (n-1)*size)
	var out *Array
	if f := ufunc.FoldOf(kernel.Add, k); a.dtype.IsFloat() && f != nil {
		out = dense(f.Out, nil, 1, buffer.Soon)
		if k == dtype.KindFloat64 && math.IsNaN(*(*float64)(end)) || k == dtype.KindFloat32 && math.IsNaN(float64(*(*float32)(end))) {
			kernel.Copy(out.ptr(), size, end, size, size, 1)
			return out
		}
		f.Do(out.ptr(), mid, m)
	} else {
		out = dense(dtype.Float64, nil, 1, buffer.Soon)
		*(*float64)(out.ptr()) = ufunc.FloatSum(k, mid, m)
	}
	out.divideItem(float64(m))
	return out
}

// medianOf returns the medians of the rows of a dense array, which it reorders.
func medianOf(rows *Array) *Array {
	d := rows.NDim() - 1
	n := rows.lay.Shape[d]
	first, last := (n-1)/2, n/2
	if n == 0 {
		return rows.Mean(Axis(d))
	}
	kth := []int{first, last}
	if rows.dtype.IsComplex() && rows.IsNaN().AnyTrue().Item[bool]() {
		kth = append(kth, n-1) // real NaNs are last anyway
	}
	rows.Partition(kth)
	mid := rows.along("median", d, R(first, last+1)).Mean(Axis(d))
	return withNaNOf(rows.along("median", d, I(n-1)), mid)
}

// withNaNOf returns to with those items replaced by last's where last is NaN.
func withNaNOf(last, to *Array) *Array {
	if !last.dtype.IsFloat() && !last.dtype.IsComplex() {
		return to
	}
	bad := last.IsNaN()
	if !bad.AnyTrue().Item[bool]() {
		return to
	}
	if to.NDim() == 0 {
		return last.AsType(last.dtype.Native())
	}
	return bad.Where(last, to).AsType(to.dtype)
}

// lanes is an array rearranged to fold axes of it.
type lanes struct {
	rows *Array // a dense copy: the axes that are left, then the items to fold
	keep []int  // the shape with length 1 for each folded axis
}

// lanesToFold returns the lanes of a call with settings s.
func (a *Array) lanesToFold(op string, s *settings) lanes {
	var axes []int
	if s.axes == nil {
		for k := range a.NDim() {
			axes = append(axes, k)
		}
	} else {
		axes = normTuple(op, "", s.axes, a.NDim())
	}
	l := lanes{keep: a.Shape()}
	var perm, shape, folded []int
	n := 1
	for k, d := range a.lay.Shape {
		if slices.Contains(axes, k) {
			folded, n, l.keep[k] = append(folded, k), n*d, 1
			continue
		}
		perm, shape = append(perm, k), append(shape, d)
	}
	v := a.permuted(append(perm, folded...))
	l.rows = v.copied(op, a.dtype, C).reshaped(append(shape, n))
	return l
}

// again returns the options Axis, KeepDims and Out of a call, for another one.
func (s *settings) again() (opts []Option) {
	if s.axes != nil {
		opts = append(opts, Axis(s.axes...))
	}
	if s.keepDims {
		opts = append(opts, KeepDims())
	}
	if s.out != nil {
		opts = append(opts, Out(s.out))
	}
	return opts
}

// finish gives a result, whose axes are those of lead and then those left, the
// shape that s asks for.
func (l *lanes) finish(op string, s *settings, lead []int, r *Array) *Array {
	if s.keepDims {
		r = r.Reshape(append(slices.Clone(lead), l.keep...)...)
	}
	if s.out != nil && !sameShape(s.out, r) {
		fail(op, ErrShape, "output parameter for reduction operation %s has the wrong shape", op)
	}
	return handed(op, s.out, r)
}

// Quantile returns the items below which the fractions q, from 0 to 1, of all
// items lie, or of those along the axes given by Axis. The result has the axes
// of q, then those that are left. Options: Axis, KeepDims, Out, Method, and for
// MethodInvertedCDF Weights (of a's shape, or of the axes'). NaN where there is a
// NaN. It panics with ErrValue for a q outside [0, 1] and ErrType for
// complex items.
func (a *Array) Quantile[T Operand](q T, opts ...Option) *Array {
	return a.quantile("quantile", asArray(q), false, false, opts)
}

// Percentile is Quantile with q in percent, from 0 to 100.
func (a *Array) Percentile[T Operand](q T, opts ...Option) *Array {
	return a.quantile("percentile", asArray(q), true, false, opts)
}

// fractions are the q of a call.
type fractions struct {
	q      *Array // strong
	weak   bool   // q was a Go number: the items' dtype decides the result's
	method QuantileMethod
	out    *Array // which must take what is computed; nil if there is none
}

func (a *Array) quantile(op string, q *Array, percent, skipNaN bool, opts []Option) *Array {
	a.use(op)
	q.use(op)
	s := gather(op, quantileOptions, opts)
	if a.dtype.IsComplex() {
		fail(op, ErrType, "a must be an array of real numbers")
	}
	f := fractions{q: q.view(q.dtype, q.lay), weak: q.weak != dtype.NotWeak && q.weak != dtype.WeakBool, method: MethodLinear}
	if o := s.rarely(optMethod); o != nil {
		f.method = QuantileMethod(o.said().text[0])
	}
	what, most := "Quantiles", 1
	if percent {
		what, most = "Percentiles", 100
		f.q = f.q.Divide(Scalar(int64(100)))
	}
	if f.q.Size() > 0 && !f.q.GreaterEqual(0).LogicalAnd(f.q.LessEqual(1)).AllTrue().Item[bool]() {
		fail(op, ErrValue, "%s must be in the range [0, %d]", what, most)
	}
	if f.q.NDim() > 2 {
		fail(op, ErrValue, "q must be a scalar or 1d")
	}
	if skipNaN && a.Size() == 0 {
		return a.NanMean(s.again()...)
	}
	if o := s.rarely(optWeights); o != nil {
		return a.weightedQuantile(op, &f, &s, o.array(op), skipNaN)
	}
	l := a.lanesToFold(op, &s)
	if skipNaN {
		return spend(l.finish(op, &s, f.q.lay.Shape, f.ofLanes(op, l.rows)), l.rows)
	}
	f.out = s.out
	return spend(l.finish(op, &s, f.q.lay.Shape, f.of(op, l.rows.MoveAxis(-1, 0))), l.rows)
}

// of returns the quantiles along the first axis of arr, which it reorders.
func (f *fractions) of(op string, arr *Array) *Array {
	n := arr.lay.Shape[0]
	at, whole := f.places(op, n)
	if whole {
		places := at.asPlaces(op)
		var kth []int
		for _, k := range items[int64](places.inMemory(op, dtype.Int64)) {
			kth = append(kth, int(k))
		}
		if n == 0 && places.Size() > 0 {
			fail(op, ErrIndex, "cannot do a non-empty take from an empty axes.")
		}
		if len(kth) > 0 {
			arr.Partition(kth, Axis(0))
		}
		return f.checked(arr, arr.Take(places, Axis(0)))
	}
	if n == 0 {
		fail(op, ErrIndex, "index -1 is out of bounds for axis 0 with size 0")
	}
	// The neighbours of a place between two items; both are the same one outside.
	prev, next := make([]int64, at.Size()), make([]int64, at.Size())
	var kth []int // real NaNs go last anyway
	for i, x := range at.AsType(dtype.Float64).All[float64]() {
		switch {
		case x >= float64(n-1) || x != x:
			prev[i], next[i] = -1, -1
		case x < 0:
		default:
			prev[i] = int64(math.Floor(x))
			next[i] = prev[i] + 1
		}
		kth = append(kth, int(prev[i]), int(next[i]))
	}
	if len(kth) > 0 {
		arr.Partition(kth, Axis(0))
	}
	before := Of(prev).Reshape(at.lay.Shape...)
	lo, hi := arr.Take(before, Axis(0)), arr.Take(Of(next).Reshape(at.lay.Shape...), Axis(0))
	gamma := f.share(at, before).AsType(at.dtype)
	if f.weak {
		gamma = Weak(gamma.AsType(dtype.Float64))
	} else {
		shape := gamma.Shape()
		for range arr.NDim() - 1 {
			shape = append(shape, 1)
		}
		gamma = gamma.Reshape(shape...)
	}
	r := interpolate(lo, hi, gamma)
	if f.out != nil && !dtype.CanCast(r.dtype, f.out.dtype, dtype.SameKind) {
		fail(op, ErrCasting, "Cannot cast ufunc 'add' output from %s to %s with casting rule 'same_kind'", r.dtype.Repr(), f.out.dtype.Repr())
	}
	return f.checked(arr, r)
}

// checked replaces the results of lanes that hold a NaN, which is last.
func (f *fractions) checked(arr, result *Array) *Array {
	if result.Size() == 0 || arr.lay.Shape[0] == 0 {
		return result
	}
	return withNaNOf(arr.along("quantile", 0, I(-1)), result)
}

// interpolate returns lo + (hi-lo)*t, computed from the nearer end.
func interpolate(lo, hi, t *Array) *Array {
	diff := hi.Subtract(lo)
	r := lo.Add(diff.Multiply(t))
	rest := asArray(1).Subtract(t)
	if t.weak != dtype.NotWeak {
		rest = Weak(rest)
	}
	return Subtract.Call(hi, diff.Multiply(rest), Out(r), Where(t.GreaterEqual(0.5)), Casting(dtype.Unsafe), DType(r.dtype))
}

// places returns where in n sorted items the quantiles are, counted from 0, and
// whether the places are whole numbers.
func (f *fractions) places(op string, n int) (at *Array, whole bool) {
	q := f.q
	last := q.Multiply(n - 1)
	hyndmanFan := func(alpha, beta float64) *Array {
		return q.Multiply(n).Add(q.Multiply(1 - alpha - beta).Add(alpha)).Subtract(1)
	}
	step := func(x *Array, down func(share, x float64) bool) *Array {
		places := make([]int64, x.Size())
		for i, v := range x.AsType(dtype.Float64).All[float64]() {
			k := math.Floor(v)
			if !down(v-k, v) {
				k++
			}
			places[i] = int64(max(k, 0))
		}
		return Of(places).Reshape(x.lay.Shape...)
	}
	switch f.method {
	case MethodInvertedCDF:
		return step(q.Multiply(n).Subtract(1), func(share, _ float64) bool { return share == 0 }), true
	case MethodClosestObservation:
		return step(q.Multiply(n).Subtract(1).Subtract(0.5), func(share, x float64) bool {
			return share == 0 && math.Mod(math.Floor(x), 2) != 0
		}), true
	case MethodLower:
		return last.Floor().AsType(dtype.Int64), true
	case MethodHigher:
		return last.Ceil().AsType(dtype.Int64), true
	case MethodNearest:
		return last.Round(0).AsType(dtype.Int64), true
	case MethodLinear:
		return last, last.dtype.IsInteger()
	case MethodMidpoint:
		return last.Floor().Add(last.Ceil()).Multiply(0.5), false
	case MethodAveragedInvertedCDF:
		return q.Multiply(n).Subtract(1), false
	case MethodInterpolatedInvertedCDF:
		// Integer parameters keep the places of integer fractions integers.
		return q.Multiply(n).Add(q.Multiply(0)).Subtract(1), false
	case MethodHazen:
		return hyndmanFan(0.5, 0.5), false
	case MethodWeibull:
		return q.Multiply(n).Add(q).Subtract(1), false
	case MethodMedianUnbiased:
		return hyndmanFan(1/3., 1/3.), false
	case MethodNormalUnbiased:
		return hyndmanFan(3/8., 3/8.), false
	}
	fail(op, ErrValue, "'%s' is not a valid method. Use one of: dict_keys(['inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear', 'median_unbiased', 'normal_unbiased', 'lower', 'higher', 'midpoint', 'nearest'])", f.method)
	return nil, false
}

// share returns how far the places lie from their left neighbours to their right
// ones.
func (f *fractions) share(at, before *Array) *Array {
	gamma := at.Subtract(before)
	switch f.method {
	case MethodAveragedInvertedCDF:
		return gamma.Equal(0).Where(Scalar(0.5), Scalar(1.0))
	case MethodMidpoint:
		return at.Remainder(1).Equal(0).Where(Scalar(0.0), Scalar(0.5))
	}
	return gamma
}
