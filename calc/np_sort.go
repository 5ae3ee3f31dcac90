package calc

import (
	"github.com/stride-go/nd"
)

// sortOpts makes the options of the sorts: axis None sorts the flattened array.
func (in *Interp) sortOpts(axis, kind, order, stable Value) []nd.Option {
	var opts []nd.Option
	if axis == Value(None) {
		opts = append(opts, nd.AllAxes())
	} else if axis != nil {
		opts = append(opts, nd.Axis(in.toInt(axis)))
	}
	if given(kind) {
		switch s := strArg(kind, "sort kind must be str"); s {
		case "quicksort", "mergesort", "heapsort", "stable", "q", "m", "h", "s":
		default:
			throw(excValueError, "sort kind must be one of 'quick', 'heap', or 'stable' (got '%s')", s)
		}
		if given(stable) {
			throw(excValueError, "`kind` and keyword parameters can't be provided at the same time. Use only one of them.")
		}
	}
	switch o := order.(type) {
	case Str:
		opts = append(opts, nd.ByFields(string(o)))
	case *List, *Tuple:
		var names []string
		for _, v := range in.listOf(o) {
			names = append(names, strArg(v, "order must be str or a list of str"))
		}
		opts = append(opts, nd.ByFields(names...))
	}
	return opts
}

// selectOpts is sortOpts for a partition, of which there is one kind.
func (in *Interp) selectOpts(kind, axis, order Value) []nd.Option {
	s, ok := kind.(Str)
	if !ok {
		throw(excTypeError, "select kind must be str, not %s", kind.Type().tpName())
	}
	if s != "introselect" {
		throw(excValueError, "select kind must be 'introselect' (got '%s')", s)
	}
	return in.sortOpts(axis, nil, order, nil)
}

// toKth converts the kth argument of a partition.
func (in *Interp) toKth(v Value) []int {
	if n, ok := in.asIndex(v); ok {
		return []int{in.toIndex(n)}
	}
	a := in.placesArg(v)
	if !a.DType().IsInteger() {
		throw(excTypeError, "Partition index must be integer")
	}
	var kth []int
	for _, w := range in.listOf(in.listValue(a)) {
		kth = append(kth, in.toIndex(w))
	}
	return kth
}

func (in *Interp) toSide(v Value) nd.Side {
	s := strArg(v, "side must be str")
	switch s {
	case "left", "l":
		return nd.Left
	case "right", "r":
		return nd.Right
	}
	throw(excValueError, "search side must be 'left' or 'right' (got '%s')", s)
	return nd.Left
}

// searchSorted is a.searchsorted and np.searchsorted.
func (in *Interp) searchSorted(x *nd.Array, v, side, sorter Value) Value {
	opts := []nd.Option{nd.SideIs(in.toSide(side))}
	if given(sorter) {
		opts = append(opts, nd.Sorter(in.placesArg(sorter)))
	}
	return in.scalarOrArray(x.SearchSorted(in.toArray(v), opts...))
}

var _ = later(func() {
	arrayMethod("sort", "axis=-1, kind=None, order=None, *, stable=None", func(in *Interp, x *nd.Array, a []Value) Value {
		in.stepN(x.Size() / 64)
		x.Sort(in.sortOpts(Int(in.toInt(a[0])), a[1], a[2], a[3])...)
		return None
	})
	arrayMethod("argsort", "axis=-1, kind=None, order=None, *, stable=None", func(in *Interp, x *nd.Array, a []Value) Value {
		in.charge(8 * x.Size())
		return &Ndarray{a: x.ArgSort(in.sortOpts(a[0], a[1], a[2], a[3])...)}
	})
	arrayMethod("partition", "kth, axis=-1, kind='introselect', order=None", func(in *Interp, x *nd.Array, a []Value) Value {
		x.Partition(in.toKth(a[0]), in.selectOpts(a[2], Int(in.toInt(a[1])), a[3])...)
		return None
	})
	arrayMethod("argpartition", "kth, axis=-1, kind='introselect', order=None", func(in *Interp, x *nd.Array, a []Value) Value {
		return &Ndarray{a: x.ArgPartition(in.toKth(a[0]), in.selectOpts(a[2], a[1], a[3])...)}
	})
	arrayMethod("searchsorted", "v, side='left', sorter=None", func(in *Interp, x *nd.Array, a []Value) Value {
		return in.searchSorted(x, a[0], a[1], a[2])
	})
})
