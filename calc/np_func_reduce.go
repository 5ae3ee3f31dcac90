package calc

import (
	"math"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// reduction is a function of the library that folds axes.
type reduction func(a *nd.Array, opts ...nd.Option) *nd.Array

// reductions are the functions whose arguments are an array and options. Those
// with one do not take several axes.
var reductions = []struct {
	name, sig string
	f         reduction
	one       bool
}{
	{"sum", "a, axis=None, dtype=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).Sum, false},
	{"prod", "a, axis=None, dtype=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).Prod, false},
	{"max", "a, axis=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).Max, false},
	{"min", "a, axis=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).Min, false},
	{"amax", "a, axis=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).Max, false},
	{"amin", "a, axis=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).Min, false},
	{"ptp", "a, axis=None, out=None, keepdims=?", (*nd.Array).Ptp, false},
	{"any", "a, axis=None, out=None, keepdims=?, *, where=True", (*nd.Array).AnyTrue, false},
	{"all", "a, axis=None, out=None, keepdims=?, *, where=True", (*nd.Array).AllTrue, false},
	{"mean", "a, axis=None, dtype=None, out=None, keepdims=?, *, where=True", (*nd.Array).Mean, false},
	{"argmax", "a, axis=None, out=None, *, keepdims=?", (*nd.Array).ArgMax, true},
	{"argmin", "a, axis=None, out=None, *, keepdims=?", (*nd.Array).ArgMin, true},
	{"count_nonzero", "a, axis=None, *, keepdims=False", (*nd.Array).CountNonzero, false},
	{"nansum", "a, axis=None, dtype=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).NanSum, false},
	{"nanprod", "a, axis=None, dtype=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).NanProd, false},
	{"nanmax", "a, axis=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).NanMax, false},
	{"nanmin", "a, axis=None, out=None, keepdims=?, initial=?, where=True", (*nd.Array).NanMin, false},
	{"nanmean", "a, axis=None, dtype=None, out=None, keepdims=?, *, where=True", (*nd.Array).NanMean, false},
	{"nanargmax", "a, axis=None, out=None, *, keepdims=?", (*nd.Array).NanArgMax, true},
	{"nanargmin", "a, axis=None, out=None, *, keepdims=?", (*nd.Array).NanArgMin, true},
	{"median", "a, axis=None, out=None, overwrite_input=False, keepdims=False", (*nd.Array).Median, false},
	{"nanmedian", "a, axis=None, out=None, overwrite_input=False, keepdims=?", (*nd.Array).NanMedian, false},
}

// cumulations keep the shape.
var cumulations = []struct {
	name, sig string
	f         reduction
}{
	{"cumsum", "a, axis=None, dtype=None, out=None", (*nd.Array).CumSum},
	{"cumprod", "a, axis=None, dtype=None, out=None", (*nd.Array).CumProd},
	{"nancumsum", "a, axis=None, dtype=None, out=None", (*nd.Array).NanCumSum},
	{"nancumprod", "a, axis=None, dtype=None, out=None", (*nd.Array).NanCumProd},
	{"cumulative_sum", "x, /, *, axis=None, dtype=None, out=None, include_initial=False", (*nd.Array).CumulativeSum},
	{"cumulative_prod", "x, /, *, axis=None, dtype=None, out=None, include_initial=False", (*nd.Array).CumulativeProd},
}

// deviations have a ddof, which correction replaces.
var deviations = []struct {
	name string
	f    reduction
}{
	{"var", (*nd.Array).Var}, {"std", (*nd.Array).Std}, {"nanvar", (*nd.Array).NanVar}, {"nanstd", (*nd.Array).NanStd},
}

var _ = later(func() {
	optionOf["include_initial"] = func(in *Interp, v Value) (nd.Option, bool) { return nd.IncludeInitial(), in.truth(v) }
	for _, r := range reductions {
		names := paramNames(r.sig)
		npFunc(r.name, r.sig, func(in *Interp, a []Value) Value {
			if r.one && given(a[1]) {
				a[1] = Int(in.toInt(a[1]))
			}
			return in.reduce(r.f, names, a)
		})
	}
	for _, r := range cumulations {
		names := paramNames(r.sig)
		npFunc(r.name, r.sig, func(in *Interp, a []Value) Value {
			in.chargeArray(dtype.Float64, in.toArray(a[0]).Shape())
			if given(a[1]) {
				a[1] = Int(in.toInt(a[1]))
			}
			return in.reduce(r.f, names, a)
		})
	}
	const sig = "a, axis=None, dtype=None, out=None, ddof=0, keepdims=?, *, where=True, mean=?, correction=?"
	names := paramNames(sig)
	for _, r := range deviations {
		npFunc(r.name, sig, func(in *Interp, a []Value) Value {
			if a[8] != nil {
				if a[4] != Value(Int(0)) {
					throw(excValueError, "ddof and correction can't be provided simultaneously.")
				}
				a[4] = a[8]
			}
			if given(a[7]) {
				return in.deviationFrom(a[7], r.name, in.toArray(a[0]), reduceArgs{axis: a[1], dtype: a[2], out: a[3], ddof: a[4], keepdims: a[5], where: a[6]})
			}
			return in.reduce(r.f, names[:7], a)
		})
	}
	npFunc("average", "a, axis=None, weights=None, returned=False, *, keepdims=?", func(in *Interp, a []Value) Value {
		return in.average(a)
	})
	npFunc("clip", "a, a_min=?, a_max=?, out=None, *, min=?, max=?, dtype=None, where=True, casting='same_kind', order='K'", func(in *Interp, a []Value) Value {
		low, high := a[1], a[2]
		if low == nil && high == nil {
			low, high = a[4], a[5]
		} else if low == nil {
			throw(excTypeError, "clip() missing 1 required positional argument: 'a_min'")
		} else if high == nil {
			throw(excTypeError, "clip() missing 1 required positional argument: 'a_max'")
		} else if a[4] != nil || a[5] != nil {
			throw(excValueError, "Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.")
		}
		x := in.toArray(a[0])
		in.chargeCopy(x)
		return in.clip(x, low, high, a[3], in.options([]string{"dtype", "where", "casting", "order"}, a[6:], 0))
	})
	for _, name := range []string{"round", "around"} {
		npFunc(name, "a, decimals=0, out=None", func(in *Interp, a []Value) Value {
			x := in.toArray(a[0])
			in.chargeCopy(x)
			return in.result(x.Round(in.toInt(a[1]), in.options([]string{"out"}, a[2:], 0)...), a[2])
		})
	}
	npFunc("diff", "a, n=1, axis=-1, prepend=?, append=?", func(in *Interp, a []Value) Value {
		return in.diff(a)
	})
	npFunc("trace", "a, offset=0, axis1=0, axis2=1, dtype=None, out=None", func(in *Interp, a []Value) Value {
		opts := in.options([]string{"dtype", "out"}, a[4:], 0)
		return in.result(in.toArray(a[0]).Trace(in.toInt(a[1]), []int{in.toInt(a[2]), in.toInt(a[3])}, opts...), a[5])
	})
	npFunc("nan_to_num", "x, copy=True, nan=0.0, posinf=None, neginf=None", func(in *Interp, a []Value) Value {
		return in.nanToNum(a)
	})
})

// reduce calls a reduction with the options among the arguments.
func (in *Interp) reduce(f reduction, names []string, a []Value) Value {
	var opts []nd.Option
	var out Value
	for i, n := range names {
		switch {
		case n == "axis" && !given(a[i]):
			opts = append(opts, nd.AllAxes())
		case n == "out":
			out = a[i]
		}
	}
	opts = append(opts, in.options(names, a, 1)...)
	x := in.toArray(a[0])
	in.work(x)
	return in.result(f(x, opts...), out)
}

// deviationFrom is var, std, nanvar or nanstd with a mean that the caller knows.
func (in *Interp) deviationFrom(mean Value, name string, x *nd.Array, r reduceArgs) Value {
	in.work(x)
	in.chargeResult([]*nd.Array{x, in.toArray(mean)})
	square := nd.Subtract.Call(x, in.operand(mean))
	if x.DType().IsComplex() {
		square = square.Real().Square().Add(square.Imag().Square())
	} else {
		square = square.Square()
	}
	where := nd.Ones(dtype.Bool)
	if given(r.where) {
		where = in.toArrayAs(r.where, dtype.Bool)
	}
	nan := strings.HasPrefix(name, "nan") && (x.DType().IsFloat() || x.DType().IsComplex())
	if nan {
		where = where.LogicalAnd(x.IsNaN().LogicalNot())
	}
	r.where = in.fromArray(where)
	if !given(r.dtype) && (x.DType().IsInteger() || x.DType() == dtype.Bool) {
		r.dtype = &DType{dt: dtype.Float64}
	}
	counts := where.BroadcastTo(square.Shape()...).CountNonzero(in.reduceOpts(reduceArgs{axis: r.axis, keepdims: r.keepdims})...)
	n := counts.Subtract(in.operand(r.ddof))
	if nan {
		n = n.Greater(0).Where(n, math.NaN())
	} else {
		n = n.Maximum(0)
	}
	r.ddof = nil
	sum := square.Sum(in.reduceOpts(r)...)
	opts := []nd.Option{nd.Out(sum), nd.Casting(dtype.Unsafe)}
	sum.Divide(n, opts...)
	if strings.HasSuffix(name, "std") {
		sum.Sqrt(opts...)
	}
	return in.result(sum, r.out)
}

func (in *Interp) average(a []Value) Value {
	x := in.toArray(a[0])
	in.work(x)
	opts := in.options([]string{"axis", "", "", "keepdims"}, a[1:], 0)
	if !given(a[1]) {
		opts = append(opts, nd.AllAxes())
	}
	var w *nd.Array
	if given(a[2]) {
		w = in.toArray(a[2])
	}
	avg := x.Average(w, opts...)
	if !in.truth(a[3]) {
		return in.scalarOrArray(avg)
	}
	var scale *nd.Array
	if w == nil {
		scale = nd.Full(avg.DType(), float64(x.Size())/float64(max(1, avg.Size())), avg.Shape()...)
	} else {
		if w.NDim() != x.NDim() && given(a[1]) {
			k := in.toAxes(a[1])[0]
			if k < 0 {
				k += x.NDim()
			}
			w = w.Reshape(append([]int{w.Size()}, onesOf(x.NDim()-1-k)...)...)
		}
		scale = nd.Add.Call(w, nd.Zeros(avg.DType(), x.Shape()...)).Sum(opts...)
	}
	return newTuple(in.scalarOrArray(avg), in.scalarOrArray(scale))
}

func (in *Interp) diff(a []Value) Value {
	n, axis := in.toInt(a[1]), in.toInt(a[2])
	x := in.toArray(a[0])
	if n == 0 {
		return a[0]
	}
	if n < 0 {
		throw(excValueError, "order must be non-negative but got %d", n)
	}
	if x.NDim() == 0 {
		throw(excValueError, "diff requires input that is at least one dimensional")
	}
	parts := []*nd.Array{x}
	edge := func(v Value) *nd.Array {
		e := in.toArray(v)
		if e.NDim() == 0 {
			shape := x.Shape()
			k := axis
			if k < 0 {
				k += len(shape)
			}
			if k >= 0 && k < len(shape) {
				shape[k] = 1
			}
			e = e.BroadcastTo(shape...)
		}
		return e
	}
	if a[3] != nil {
		parts = append([]*nd.Array{edge(a[3])}, parts...)
	}
	if a[4] != nil {
		parts = append(parts, edge(a[4]))
	}
	in.chargeCopy(x)
	if len(parts) > 1 {
		x = nd.Concatenate(parts, nd.Axis(axis))
	}
	in.stepN(int(min(float64(n), float64(x.Size())) * float64(x.Size()) / 256))
	return in.fromArray(x.Diff(n, nd.Axis(axis)))
}

// nanToNum is np.nan_to_num with its replacements.
func (in *Interp) nanToNum(a []Value) Value {
	x, inPlace := in.toArray(a[0]), !in.truth(a[1])
	in.chargeCopy(x)
	opts := []nd.Option{nd.CopyIs(!inPlace), nd.NaNIs(in.operand(a[2]))}
	if given(a[3]) {
		opts = append(opts, nd.PosInfIs(in.operand(a[3])))
	}
	if given(a[4]) {
		opts = append(opts, nd.NegInfIs(in.operand(a[4])))
	}
	y := x.NanToNum(opts...)
	if _, ok := a[0].(*Ndarray); ok && inPlace {
		return a[0]
	}
	return in.scalarOrArray(y)
}
