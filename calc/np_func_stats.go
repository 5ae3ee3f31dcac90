package calc

import (
	"math"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions of statistics and of numbers in bins.
var _ = later(func() {
	type quantile = func(x, q *nd.Array, opts ...nd.Option) *nd.Array
	for name, f := range map[string]quantile{
		"percentile":    func(x, q *nd.Array, o ...nd.Option) *nd.Array { return x.Percentile(q, o...) },
		"quantile":      func(x, q *nd.Array, o ...nd.Option) *nd.Array { return x.Quantile(q, o...) },
		"nanpercentile": func(x, q *nd.Array, o ...nd.Option) *nd.Array { return x.NanPercentile(q, o...) },
		"nanquantile":   func(x, q *nd.Array, o ...nd.Option) *nd.Array { return x.NanQuantile(q, o...) },
	} {
		npFunc(name, "a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None", func(in *Interp, a []Value) Value {
			opts := in.options([]string{"axis", "out", "", "", "keepdims"}, a[2:], 0)
			opts = append(opts, nd.Method(nd.QuantileMethod(strArg(a[5], "method must be str"))))
			if given(a[7]) {
				opts = append(opts, nd.Weights(in.toArray(a[7])))
			}
			x := in.toArray(a[0])
			in.work(x)
			in.chargeCopy(x)
			return in.result(f(x, in.operand(a[1]), opts...), a[3])
		})
	}
	npC("bincount", "x, /, weights=None, minlength=0", func(in *Interp, a []Value) Value {
		opts := []nd.Option{nd.MinLength(in.toInt(a[2]))}
		if given(a[1]) {
			opts = append(opts, nd.Weights(in.toArray(a[1])))
		}
		var x *nd.Array
		switch a[0].(type) {
		case *List, *Tuple: // whose numbers become integers one by one
			x = in.toArrayAs(a[0], dtype.Int64)
		default:
			x = in.placesArg(a[0])
		}
		if x.Size() > 0 && x.DType().IsInteger() {
			in.charge(8 * max(0, min(int(x.Max(nd.AllAxes()).AsType(dtype.Int64).Item[int64]()), 1<<50)))
		}
		in.charge(8 * max(0, in.toInt(a[2])))
		return in.fromArray(nd.BinCount(x, opts...))
	})
	npFunc("digitize", "x, bins, right=False", func(in *Interp, a []Value) Value {
		var opts []nd.Option
		if in.truth(a[2]) {
			opts = append(opts, nd.ClosedRight())
		}
		return in.scalarOrArray(in.toArray(a[0]).Digitize(in.toArray(a[1]), opts...))
	})
	npFunc("histogram", "a, bins=10, range=None, density=None, weights=None", func(in *Interp, a []Value) Value {
		opts := in.binOptions(a[2], a[4])
		if given(a[3]) && in.truth(a[3]) {
			opts = append(opts, nd.Density())
		}
		x := in.toArray(a[0])
		var counts, edges *nd.Array
		if n, ok := in.asCount(a[1]); ok {
			in.charge(16 * max(0, in.toIndex(n)))
			counts, edges = nd.Histogram(x, in.toIndex(n), opts...)
		} else {
			counts, edges = nd.Histogram(x, in.toArray(a[1]), opts...)
		}
		return in.arrayTuple([]*nd.Array{counts, edges})
	})
	npFunc("histogram_bin_edges", "a, bins=10, range=None, weights=None", func(in *Interp, a []Value) Value {
		opts := in.binOptions(a[2], a[3])
		if n, ok := in.asCount(a[1]); ok {
			in.charge(16 * max(0, in.toIndex(n)))
			return in.fromArray(nd.HistogramBinEdges(in.toArray(a[0]), in.toIndex(n), opts...))
		}
		return in.fromArray(nd.HistogramBinEdges(in.toArray(a[0]), in.toArray(a[1]), opts...))
	})
	optional := func(in *Interp, v Value) *nd.Array {
		if !given(v) {
			return nil
		}
		return in.toArray(v)
	}
	npFunc("cov", "m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None", func(in *Interp, a []Value) Value {
		if f, ok := a[4].(Float); ok && float64(f) != math.Trunc(float64(f)) {
			throw(excValueError, "ddof must be integer")
		}
		opts := append(in.options([]string{"ddof", "", "", "dtype"}, a[4:], 0), nd.RowVar(in.truth(a[2])))
		if in.truth(a[3]) && !given(a[4]) {
			opts = append(opts, nd.DDof(0))
		}
		if given(a[5]) || given(a[6]) {
			throw(excNotImplementedError, "cov with weights is not supported")
		}
		return in.fromArray(nd.Cov(in.toArray(a[0]), optional(in, a[1]), opts...))
	})
	npFunc("corrcoef", "x, y=None, rowvar=True, *, dtype=None", func(in *Interp, a []Value) Value {
		opts := append(in.options([]string{"dtype"}, a[3:], 0), nd.RowVar(in.truth(a[2])))
		return in.scalarOrArray(nd.CorrCoef(in.toArray(a[0]), optional(in, a[1]), opts...))
	})
	npFunc("interp", "x, xp, fp, left=None, right=None, period=None", func(in *Interp, a []Value) Value {
		var opts []nd.Option
		if given(a[3]) {
			opts = append(opts, nd.Below(in.toFloat(a[3])))
		}
		if given(a[4]) {
			opts = append(opts, nd.Above(in.toFloat(a[4])))
		}
		if given(a[5]) {
			opts = append(opts, nd.Period(in.toFloat(a[5])))
		}
		return in.scalarOrArray(nd.Interp(in.toArray(a[0]), in.toArray(a[1]), in.toArray(a[2]), opts...))
	})
	npFunc("ediff1d", "ary, to_end=None, to_begin=None", func(in *Interp, a []Value) Value {
		var opts []nd.Option
		if given(a[1]) {
			opts = append(opts, nd.AppendIs(in.toArray(a[1])))
		}
		if given(a[2]) {
			opts = append(opts, nd.PrependIs(in.toArray(a[2])))
		}
		return in.fromArray(in.toArray(a[0]).EDiff1D(opts...))
	})
})

func (in *Interp) binOptions(bounds, weights Value) []nd.Option {
	var opts []nd.Option
	if given(bounds) {
		b := in.listOf(bounds)
		if len(b) != 2 {
			throw(excValueError, "not enough values to unpack (expected 2, got %d)", len(b))
		}
		opts = append(opts, nd.HistRange(in.toFloat(b[0]), in.toFloat(b[1])))
	}
	if given(weights) {
		opts = append(opts, nd.Weights(in.toArray(weights)))
	}
	return opts
}
