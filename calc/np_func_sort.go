package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions that sort, search and treat arrays as sets.
var _ = later(func() {
	npFunc("sort", "a, axis=-1, kind=None, order=None, *, stable=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.chargeCopy(x)
		return in.fromArray(nd.Sorted(x, in.sortOpts(a[1], a[2], a[3], a[4])...))
	})
	npFunc("argsort", "a, axis=-1, kind=None, order=None, *, stable=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.chargeArray(dtype.Int64, x.Shape())
		return in.fromArray(x.ArgSort(in.sortOpts(a[1], a[2], a[3], a[4])...))
	})
	npFunc("partition", "a, kth, axis=-1, kind='introselect', order=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.chargeCopy(x)
		return in.fromArray(nd.Partitioned(x, in.toKth(a[1]), in.selectOpts(a[3], a[2], a[4])...))
	})
	npFunc("argpartition", "a, kth, axis=-1, kind='introselect', order=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.chargeArray(dtype.Int64, x.Shape())
		return in.fromArray(x.ArgPartition(in.toKth(a[1]), in.selectOpts(a[3], a[2], a[4])...))
	})
	npFunc("lexsort", "keys, axis=-1", func(in *Interp, a []Value) Value {
		return in.scalarOrArray(nd.LexSort(in.arrays(a[0]), nd.Axis(in.toInt(a[1]))))
	})
	npFunc("searchsorted", "a, v, side='left', sorter=None", func(in *Interp, a []Value) Value {
		return in.searchSorted(in.toArray(a[0]), a[1], a[2], a[3])
	})
	npFunc("unique", "ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True", func(in *Interp, a []Value) Value {
		return in.unique(a)
	})
	npFunc("unique_values", "x", func(in *Interp, a []Value) Value {
		return in.fromArray(nd.Unique(in.toArray(a[0]), nd.EqualNaN(false)).Values)
	})
	npFunc("isin", "element, test_elements, assume_unique=False, invert=False, *, kind=None", func(in *Interp, a []Value) Value {
		var opts []nd.Option
		if in.truth(a[3]) {
			opts = append(opts, nd.Inverted())
		}
		if k := a[4]; given(k) && k != Value(Str("sort")) && k != Value(Str("table")) {
			throw(excValueError, "Invalid kind: '%s'. Please use None, 'sort' or 'table'.", in.Str(k))
		}
		x := in.toArray(a[0])
		in.charge(x.Size())
		return in.fromArray(view(nd.IsIn(x, in.toArray(a[1]), opts...)))
	})
	for name, f := range map[string]func(a, b *nd.Array) *nd.Array{"setdiff1d": nd.SetDiff1D, "setxor1d": nd.SetXor1D} {
		npFunc(name, "ar1, ar2, assume_unique=False", func(in *Interp, a []Value) Value {
			x, y := in.toArray(a[0]), in.toArray(a[1])
			if name == "setdiff1d" && in.truth(a[2]) { // in the order they have
				x = x.Ravel()
				return in.fromArray(x.Compress(nd.IsIn(x, y, nd.Inverted())))
			}
			return in.fromArray(f(x, y))
		})
	}
	npFunc("union1d", "ar1, ar2", func(in *Interp, a []Value) Value {
		return in.fromArray(nd.Union1D(in.toArray(a[0]), in.toArray(a[1])))
	})
	npFunc("intersect1d", "ar1, ar2, assume_unique=False, return_indices=False", func(in *Interp, a []Value) Value {
		x, y := in.toArray(a[0]), in.toArray(a[1])
		if in.truth(a[3]) {
			v, i, j := nd.Intersect1DIndices(x, y)
			return in.arrayTuple([]*nd.Array{v, i, j})
		}
		return in.fromArray(nd.Intersect1D(x, y))
	})
})

func (in *Interp) unique(a []Value) Value {
	var opts []nd.Option
	for i, o := range []nd.Option{nd.ReturnIndex(), nd.ReturnInverse(), nd.ReturnCounts()} {
		if in.truth(a[i+1]) {
			opts = append(opts, o)
		}
	}
	if given(a[4]) {
		opts = append(opts, nd.Axis(in.toInt(a[4])))
	}
	x := in.toArray(a[0])
	in.charge(2 * x.NBytes())
	r := nd.Unique(x, append(opts, nd.EqualNaN(in.truth(a[5])))...)
	out := []*nd.Array{r.Values}
	for i, extra := range []*nd.Array{r.Index, r.Inverse, r.Counts} {
		if in.truth(a[i+1]) {
			out = append(out, extra)
		}
	}
	if len(out) == 1 {
		return in.fromArray(out[0])
	}
	return in.arrayTuple(out)
}
