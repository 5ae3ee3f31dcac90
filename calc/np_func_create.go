package calc

import (
	"cmp"
	"math"
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions that make arrays.
var _ = later(func() {
	npC("zeros", "shape, dtype=None, order='C', *, device=None, like=None", func(in *Interp, a []Value) Value {
		in.likeDevice(a[3], a[4])
		return in.filled(a[0], a[1], a[2], nil)
	})
	npC("empty", "shape, dtype=None, order='C', *, device=None, like=None", func(in *Interp, a []Value) Value {
		in.likeDevice(a[3], a[4])
		return in.filled(a[0], a[1], a[2], nil)
	})
	npFunc("ones", "shape, dtype=None, order='C', *, device=None, like=None", func(in *Interp, a []Value) Value {
		in.likeDevice(a[3], a[4])
		return in.filled(a[0], a[1], a[2], Int(1))
	})
	npFunc("full", "shape, fill_value, dtype=None, order='C', *, device=None, like=None", func(in *Interp, a []Value) Value {
		in.likeDevice(a[4], a[5])
		if !given(a[2]) {
			a[2] = &DType{dt: in.toArray(a[1]).DType()}
		}
		return in.filled(a[0], a[2], a[3], a[1])
	})
	like := func(name, sig string, at int, fill func(a []Value) Value) {
		npFunc(name, sig, func(in *Interp, a []Value) Value {
			return in.filledLike(name, a[0], a[at], a[at+1], a[at+3], fill(a))
		})
	}
	none := func([]Value) Value { return nil }
	like("zeros_like", "a, dtype=None, order='K', subok=True, shape=None, *, device=None", 1, none)
	like("ones_like", "a, dtype=None, order='K', subok=True, shape=None, *, device=None", 1, func([]Value) Value { return Int(1) })
	like("full_like", "a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None", 2, func(a []Value) Value { return a[1] })
	npC("empty_like", "prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None", func(in *Interp, a []Value) Value {
		return in.filledLike("empty_like", a[0], a[1], a[2], a[4], nil)
	})

	npC("arange", "start=?, stop=?, step=?, dtype=None, *, device=None, like=None", func(in *Interp, a []Value) Value {
		if a[0] == nil && a[1] == nil {
			throw(excTypeError, "arange() requires stop to be specified.")
		}
		return in.fromArray(in.arange(a[0], a[1], a[2], a[3]))
	})
	npFunc("linspace", "start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None", func(in *Interp, a []Value) Value {
		endpoint := in.truth(a[3])
		r := in.spaced(nd.Linspace[*nd.Array, *nd.Array], a[0], a[1], a[2], endpoint, a[5], a[6])
		step, dt := in.linspaceStep(a[0], a[1], a[2], endpoint)
		if r.NDim() == 1 && r.DType() == dt {
			r = view(r) // of NumPy's arange
		}
		if in.truth(a[4]) {
			return newTuple(in.fromArray(r), step)
		}
		return in.fromArray(r)
	})
	npFunc("logspace", "start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0", func(in *Interp, a []Value) Value {
		return in.fromArray(in.spaced(nd.Logspace[*nd.Array, *nd.Array], a[0], a[1], a[2], in.truth(a[3]), a[5], a[6], nd.Base(in.operand(a[4]))))
	})
	npFunc("geomspace", "start, stop, num=50, endpoint=True, dtype=None, axis=0", func(in *Interp, a []Value) Value {
		return in.fromArray(in.spaced(nd.Geomspace[*nd.Array, *nd.Array], a[0], a[1], a[2], in.truth(a[3]), a[4], a[5]))
	})
	npFunc("eye", "N, M=None, k=0, dtype=None, order='C', *, device=None, like=None", func(in *Interp, a []Value) Value {
		n := in.toInt(a[0])
		m := n
		if given(a[1]) {
			m = in.toInt(a[1])
		}
		dt := in.toDType(a[3])
		in.chargeArray(dt, []int{n, m})
		e := nd.Eye(dt, n, m, in.toInt(a[2]))
		if in.toOrder(a[4], nd.C) == nd.F {
			e = e.Copy(nd.F)
		}
		return in.fromArray(e)
	})
	npFunc("identity", "n, dtype=None, *, like=None", func(in *Interp, a []Value) Value {
		n, dt := in.toInt(a[0]), in.toDType(a[1])
		in.chargeArray(dt, []int{n, n})
		return in.fromArray(nd.Identity(dt, n))
	})
	npFunc("diag", "v, k=0", func(in *Interp, a []Value) Value {
		x, k := in.toArray(a[0]), in.toInt(a[1])
		if x.NDim() == 1 {
			n := x.Len() + max(k, -k)
			in.chargeArray(x.DType(), []int{n, n})
		}
		return in.fromArray(nd.Diag(x, k))
	})
	npFunc("diagflat", "v, k=0", func(in *Interp, a []Value) Value {
		x, k := in.toArray(a[0]), in.toInt(a[1])
		n := x.Size() + max(k, -k)
		in.chargeArray(x.DType(), []int{n, n})
		return in.fromArray(nd.DiagFlat(x, k))
	})
	npFunc("tri", "N, M=None, k=0, dtype=None, *, like=None", func(in *Interp, a []Value) Value {
		n := in.toInt(a[0])
		m := n
		if given(a[1]) {
			m = in.toInt(a[1])
		}
		dt := in.toDType(a[3])
		in.chargeArray(dt, []int{n, m})
		return in.fromArray(nd.Tri(dt, n, m, in.toInt(a[2])))
	})
	for name, f := range map[string]func(*nd.Array, int) *nd.Array{"tril": nd.Tril, "triu": nd.Triu} {
		npFunc(name, "m, k=0", func(in *Interp, a []Value) Value {
			x := in.toArray(a[0])
			in.chargeCopy(x)
			return in.fromArray(f(in.castArray(x, x.DType().Native()), in.toInt(a[1])))
		})
	}
	npFunc("vander", "x, N=None, increasing=False", func(in *Interp, a []Value) Value {
		return in.fromArray(in.vander(in.toArray(a[0]), a[1], in.truth(a[2])))
	})
	npFunc("meshgrid", "*xi, copy=True, sparse=False, indexing='xy'", func(in *Interp, a []Value) Value {
		return in.meshgrid(in.arrays(a[0]), in.truth(a[1]), in.truth(a[2]), a[3])
	})
	npFunc("indices", "dimensions, dtype=None, sparse=False", func(in *Interp, a []Value) Value {
		return in.indices(in.toShape(a[0]), a[1], in.truth(a[2]))
	})
	npFunc("fromfunction", "function, shape, *, dtype=None, like=None, **kwargs", func(in *Interp, a []Value) Value {
		dt := a[2]
		if !given(dt) {
			dt = &DType{dt: dtype.Float64}
		}
		grid := in.indices(in.toShape(a[1]), dt, false).(*Ndarray).a
		args := make([]Value, grid.Len())
		for i := range args {
			args[i] = in.fromArray(grid.Slice(nd.I(i)))
		}
		var kw []Keyword
		for _, e := range a[4].(*Dict).entries {
			if e.key != nil {
				kw = append(kw, Keyword{string(e.key.(Str)), e.value})
			}
		}
		return in.call(a[0], args, kw)
	})
})

// filled is zeros, or an array of fill.
func (in *Interp) filled(shape, dt, order, fill Value) Value {
	dims, d := in.toShape(shape), in.toDType(dt)
	o := in.toOrder(order, nd.C)
	if o != nd.C && o != nd.F {
		throw(excValueError, "only 'C' or 'F' order is permitted")
	}
	switch {
	case d.ItemSize() == 0 && d.Kind() == dtype.KindStr:
		d = dtype.Str(1)
	case d.ItemSize() == 0 && d.Kind() == dtype.KindBytes:
		d = dtype.Bytes(1)
	}
	if fill != nil && in.toDType(dt).ItemSize() == 0 {
		d = in.toArrayAs(fill, in.toDType(dt)).DType()
	}
	in.chargeArray(d, dims)
	x := nd.ZerosOrder(o, d, dims...)
	if fill != nil {
		in.spread(x, fill)
	}
	return in.fromArray(x)
}

// spread assigns a value to all items, broadcast. Integers of the language must
// fit the dtype, all else is cast to it.
func (in *Interp) spread(x *nd.Array, v Value) {
	switch v.(type) {
	case Int, *BigInt:
		if x.DType().IsNumeric() {
			x.Assign(in.toArrayAs(v, x.DType()))
			return
		}
	}
	x.Assign(in.toArray(v))
}

func (in *Interp) filledLike(name string, like, dt, order, shape, fill Value) Value {
	x := in.toArray(like)
	o, d := in.toOrder(order, nd.K), x.DType()
	if given(dt) {
		d = in.toDType(dt)
		if d.ItemSize() == 0 {
			d = x.AsType(d).DType()
		}
	}
	var r *nd.Array
	if given(shape) {
		dims := in.toShape(shape)
		in.chargeArray(d, dims)
		switch {
		case o == nd.A && x.Flags().FNC():
			o = nd.F
		case o == nd.K && len(dims) == x.NDim() && !x.Flags().Has(nd.CContiguous):
			r = zerosAlong(x, d, dims)
		}
		if r == nil {
			if o != nd.F {
				o = nd.C
			}
			r = nd.ZerosOrder(o, d, dims...)
		}
	} else {
		in.chargeArray(d, x.Shape())
		r = nd.ZerosLike(x, nd.DType(d), nd.OrderIs(o))
	}
	if fill != nil {
		in.spread(r, fill)
	}
	return in.fromArray(r)
}

// zerosAlong returns zeros of another shape whose axes have the order in memory of x's.
func zerosAlong(x *nd.Array, dt dtype.DType, dims []int) *nd.Array {
	strides, axes := x.Strides(), make([]int, len(dims))
	for k := range axes {
		axes[k] = k
	}
	slices.SortStableFunc(axes, func(i, j int) int { return cmp.Compare(max(strides[j], -strides[j]), max(strides[i], -strides[i])) })
	shape, back := make([]int, len(dims)), make([]int, len(dims))
	for i, k := range axes {
		shape[i], back[k] = dims[k], i
	}
	return nd.ZerosLike(nd.Empty(dt, shape...).Transpose(back...))
}

// arange computes a progression in the dtype that the arguments promote to.
func (in *Interp) arange(start, stop, step, dt Value) *nd.Array {
	if !given(stop) {
		start, stop = Int(0), start
	}
	if !given(start) {
		start = Int(0)
	}
	if !given(step) {
		step = Int(1)
	}
	var d dtype.DType
	if given(dt) {
		d = in.toDType(dt)
	}
	args := []Value{start, stop, step}
	common := dtype.Int64
	for i, v := range args {
		a := in.toArray(v)
		if a.NDim() == 0 {
			v = in.itemOf(a)
		}
		if _, text := v.(Str); text || a.DType().Kind() == dtype.KindVoid || a.DType().Kind() == dtype.KindBytes {
			throw(excTypeError, "arange() not supported for inputs with DType %s.", dtypeTypes[a.DType().Kind()].repr(in))
		}
		args[i] = v
		common = promote(common, a.DType())
		switch {
		case given(dt):
		case i == 0:
			d = a.DType()
		default:
			d = promote(d, a.DType())
		}
	}
	if !given(dt) && d.Kind() == dtype.KindBool {
		d = dtype.Int64
	}
	switch d.Kind() {
	case dtype.KindStr, dtype.KindBytes, dtype.KindVoid:
		throw(excTypeError, "arange() not supported for inputs with DType %s.", dtypeTypes[d.Kind()].repr(in))
	}
	if common.IsComplex() {
		return in.complexArange(args, d)
	}
	if common.IsInteger() {
		lo, hi, st := in.toIndex(args[0]), in.toIndex(args[1]), in.toIndex(args[2])
		if st != 0 {
			n := math.Ceil((float64(hi) - float64(lo)) / float64(st))
			in.chargeArray(d, []int{int(max(0, min(n, math.MaxInt64/64)))})
		}
		if d.Kind() == dtype.KindBool && rangeLen(lo, hi, st) > 2 {
			throw(excTypeError, "arange() is only supported for booleans when the result has at most length 2.")
		}
		return nd.ArangeAs(d, lo, hi, st)
	}
	lo, hi, st := in.toFloat(args[0]), in.toFloat(args[1]), in.toFloat(args[2])
	n := math.Ceil((hi - lo) / st)
	if st != 0 && n > math.MaxInt64/64 {
		throw(excValueError, "Maximum allowed size exceeded")
	}
	if st != 0 && n > 0 {
		in.chargeArray(d, []int{int(n)})
	}
	return nd.ArangeAs(d, lo, hi, st)
}

func rangeLen(lo, hi, step int) int {
	if step == 0 {
		return 0
	}
	n := (hi - lo + step - sign(step)) / step
	return max(n, 0)
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// complexArange computes start + i*delta item by item.
func (in *Interp) complexArange(args []Value, d dtype.DType) *nd.Array {
	var c [3]complex128
	for i, v := range args {
		c[i] = complex128(in.complexOf(v, nil).(Complex))
	}
	q := (c[1] - c[0]) / c[2]
	n := max(0, int(math.Ceil(min(real(q), imag(q)))))
	in.chargeArray(d, []int{n})
	x := make([]complex128, n)
	for i := range x {
		x[i] = c[0] + complex(float64(i), 0)*c[2]
	}
	return nd.Of(x).AsType(d)
}
