package calc

import (
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions that read and write items by place or by mask.
var _ = later(func() {
	npFunc("take", "a, indices, axis=None, out=None, mode='raise'", func(in *Interp, a []Value) Value {
		x, p := in.toArray(a[0]), in.toInts(a[1])
		in.chargeAlong(x.DType(), x, p.Shape(), a[2])
		opts := in.options([]string{"axis", "out", "mode"}, a[2:], 0)
		return in.result(x.Take(p, opts...), a[3])
	})
	npFunc("put", "a, ind, v, mode='raise'", func(in *Interp, a []Value) Value {
		x := changed(a[0])
		x.Put(in.placesArg(a[1]), in.valueFor(a[2], x.DType()), nd.Mode(in.toMode(a[3])))
		return None
	})
	npFunc("compress", "condition, a, axis=None, out=None", func(in *Interp, a []Value) Value {
		x := in.toArray(a[1])
		in.chargeCopy(x)
		if given(a[2]) {
			a[2] = Int(in.toInt(a[2]))
		}
		return in.result(x.Compress(in.toArray(a[0]), in.options([]string{"axis", "out"}, a[2:], 0)...), a[3])
	})
	npFunc("extract", "condition, arr", func(in *Interp, a []Value) Value {
		x := in.toArray(a[1])
		in.chargeCopy(x)
		return in.fromArray(nd.Extract(in.toArray(a[0]), x))
	})
	npFunc("place", "arr, mask, vals", func(in *Interp, a []Value) Value {
		x := in.writable(a[0])
		x.Place(in.toArray(a[1]), in.maskedValues(a[2], x.DType()))
		return None
	})
	npC("putmask", "a, mask, values", func(in *Interp, a []Value) Value {
		x := changed(a[0])
		x.PutMask(in.toArray(a[1]), in.maskedValues(a[2], x.DType()))
		return None
	})
	npFunc("choose", "a, choices, out=None, mode='raise'", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.chargeResult([]*nd.Array{x})
		return in.result(x.Choose(in.operands(a[1]), in.options([]string{"out", "mode"}, a[2:], 0)...), a[2])
	})
	npFunc("select", "condlist, choicelist, default=0", func(in *Interp, a []Value) Value {
		conds, choices := in.arrays(a[0]), in.operands(a[1])
		if len(conds) != len(choices) {
			throw(excValueError, "list of cases must be same length as list of conditions")
		}
		if len(conds) == 0 {
			throw(excValueError, "select with an empty condition list is not possible")
		}
		for i, c := range conds {
			if c.DType() != dtype.Bool {
				throw(excTypeError, "invalid entry %d in condlist: should be boolean ndarray", i)
			}
		}
		in.chargeResult(append(append([]*nd.Array(nil), conds...), choices...))
		return in.fromArray(nd.Select(conds, choices, in.operand(a[2])))
	})
	npC("where", "condition, x=?, y=?, /", func(in *Interp, a []Value) Value {
		cond := in.toArray(a[0])
		switch {
		case a[1] == nil:
			in.charge(8 * cond.Size() * max(1, cond.NDim()))
			return in.arrayTuple(cond.NonZero())
		case a[2] == nil:
			throw(excValueError, "either both or neither of x and y should be given")
		}
		x, y := in.whereOperand(a[1], a[2]), in.whereOperand(a[2], a[1])
		in.chargeResult([]*nd.Array{cond, x, y})
		return in.fromArray(cond.Where(x, y))
	})
	npFunc("nonzero", "a", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.charge(8 * x.Size() * max(1, x.NDim()))
		return in.arrayTuple(x.NonZero())
	})
	npFunc("flatnonzero", "a", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.charge(8 * x.Size())
		return in.fromArray(x.FlatNonZero())
	})
	npFunc("argwhere", "a", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		in.charge(8 * x.Size() * max(1, x.NDim()))
		return in.fromArray(view(x.ArgWhere()))
	})
	npFunc("take_along_axis", "arr, indices, axis=-1", func(in *Interp, a []Value) Value {
		x := in.toArray(a[0])
		p := in.toArray(a[1])
		in.chargeArray(x.DType(), p.Shape())
		if !given(a[2]) {
			if p.NDim() != 1 {
				throw(excValueError, "when axis=None, `indices` must have a single dimension.")
			}
			return in.fromArray(x.Ravel().TakeAlongAxis(p, 0))
		}
		return in.fromArray(x.TakeAlongAxis(p, in.toInt(a[2])))
	})
	npFunc("put_along_axis", "arr, indices, values, axis", func(in *Interp, a []Value) Value {
		x := in.writable(a[0])
		v := in.valueFor(a[2], x.DType())
		if !given(a[3]) {
			x.Ravel().PutAlongAxis(in.toArray(a[1]), v, 0)
			return None
		}
		x.PutAlongAxis(in.toArray(a[1]), v, in.toInt(a[3]))
		return None
	})
	npFunc("ix_", "*args", func(in *Interp, a []Value) Value {
		var places []*nd.Array
		for _, v := range a[0].(*Tuple).items {
			places = append(places, in.placesArg(v))
		}
		return in.arrayTuple(nd.Ix(places...))
	})
	npC("unravel_index", "indices, shape, order='C'", func(in *Interp, a []Value) Value {
		shape, order := in.toShape(a[1]), in.toOrder(a[2], nd.C)
		if order != nd.C && order != nd.F {
			throw(excValueError, "only 'C' or 'F' order is permitted")
		}
		fortran := order == nd.F
		if fortran {
			shape = reversed(shape)
		}
		parts := nd.UnravelIndex(in.flatPlaces(a[0]), shape...)
		if fortran {
			parts = reversed(parts)
		}
		t := &Tuple{}
		for _, x := range parts {
			t.items = append(t.items, in.scalarOrArray(x))
		}
		return t
	})
	npC("ravel_multi_index", "multi_index, dims, mode='raise', order='C'", func(in *Interp, a []Value) Value {
		var parts []*nd.Array
		for _, v := range in.listOf(a[0]) {
			parts = append(parts, in.placesArg(v))
		}
		shape := in.toShape(a[1])
		if len(parts) != len(shape) {
			throw(excValueError, "parameter multi_index must be a sequence of length %d", len(shape))
		}
		if in.toOrder(a[3], nd.C) == nd.F {
			parts, shape = reversed(parts), reversed(shape)
		}
		r := nd.RavelMultiIndex(parts, shape, nd.Mode(in.toMode(a[2])))
		for _, v := range in.listOf(a[0]) { // after the dims
			in.flatPlaces(v)
		}
		return in.scalarOrArray(r)
	})
	npFunc("fill_diagonal", "a, val, wrap=False", func(in *Interp, a []Value) Value {
		x := in.writable(a[0])
		if x.NDim() < 2 {
			throw(excValueError, "array must be at least 2-d")
		}
		step := 0
		for _, s := range x.Shape() {
			if x.NDim() > 2 && s != x.Dim(0) {
				throw(excValueError, "All dimensions of input must be of equal length")
			}
		}
		for _, s := range x.Strides() {
			step += s
		}
		n := min(x.Dim(0), x.Dim(1))
		d := x.AsStrided([]int{n}, []int{step})
		v := in.valueFor(a[1], x.DType()).Ravel()
		d.Put(nd.Arange(n), v.AsType(x.DType()))
		return None
	})
})

func reversed[T any](s []T) []T {
	r := make([]T, len(s))
	for i, x := range s {
		r[len(s)-1-i] = x
	}
	return r
}

// operands converts the items of a sequence; numbers stay weak.
func (in *Interp) operands(v Value) []*nd.Array {
	items := in.listOf(v)
	out := make([]*nd.Array, len(items))
	for i, w := range items {
		out[i] = in.operand(w)
	}
	return out
}

// maskedValues is valueFor for those who cast only arrays with care: a scalar is converted.
func (in *Interp) maskedValues(v Value, dt dtype.DType) *nd.Array {
	x := in.valueFor(v, dt)
	if _, ok := v.(*Scalar); ok {
		x = x.AsType(dt)
	}
	return x
}

// changed is the array of an argument that is changed in place.
func changed(v Value) *nd.Array {
	x, ok := v.(*Ndarray)
	if !ok {
		throw(excTypeError, "argument 1 must be numpy.ndarray, not %s", v.Type().tpName())
	}
	return x.a
}

// writable is changed of an array that may be written.
func (in *Interp) writable(v Value) *nd.Array {
	x := changed(v)
	in.readOnly(x)
	return x
}

// chargeAlong counts an array of items dt that has places where x has an axis, or all of
// its items if axis is None.
func (in *Interp) chargeAlong(dt dtype.DType, x *nd.Array, places []int, axis Value) {
	if given(axis) {
		shape, k := x.Shape(), in.toInt(axis)
		if k < 0 {
			k += len(shape)
		}
		if k < 0 || k >= len(shape) {
			return // the library has the words for it
		}
		places = slices.Concat(shape[:k], places, shape[k+1:])
	}
	in.chargeArray(dt, places)
}

// flatPlaces are the numbers that unravel_index and ravel_multi_index take: integers, of
// which a sequence must hold some.
func (in *Interp) flatPlaces(v Value) *nd.Array {
	x := in.toArray(v)
	if _, array := arrayOf(v); !array && x.Size() == 0 {
		throw(excTypeError, "indices must be integral: the provided empty sequence was inferred as float. Wrap it with 'np.array(indices, dtype=np.intp)'")
	}
	if !x.DType().IsInteger() {
		throw(excTypeError, "only int indices permitted")
	}
	return x
}
