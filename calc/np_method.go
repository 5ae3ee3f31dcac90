package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// innerName is the function of Python behind a method, which words its errors.
var innerName = map[string]string{
	"sum": "_sum", "prod": "_prod", "max": "_amax", "min": "_amin", "any": "_any", "all": "_all",
	"mean": "_mean", "std": "_std", "var": "_var", "clip": "_clip",
}

// arrayMethod declares a method of arrays and of NumPy scalars.
func arrayMethod(name, sig string, fn func(in *Interp, x *nd.Array, a []Value) Value) {
	for _, t := range []*Type{typeNdarray, typeGeneric} {
		b := method(t, name, "self, "+sig, func(in *Interp, a []Value) Value {
			x, _ := arrayOf(a[0])
			if t == typeGeneric && !x.DType().IsStruct() {
				x = x.Copy() // scalars never change
			}
			r := fn(in, x, a[1:])
			if y, ok := r.(*Ndarray); ok && t == typeGeneric && y.a.NDim() == 0 {
				return newScalar(y.a) // the methods of scalars return scalars
			}
			return like(a[0], r)
		})
		b.npy = true
		if inner, ok := innerName[name]; ok {
			b.name, b.npy, b.python = inner, false, true
		}
		t.dict[name] = b
	}
}

// reduceArgs makes the options of a reduction. Any may be nil; keepdims and
// initial follow NumPy's "no value".
type reduceArgs struct{ axis, dtype, out, keepdims, initial, where, ddof Value }

func given(v Value) bool { return v != nil && v != Value(None) }

func (in *Interp) reduceOpts(r reduceArgs) []nd.Option {
	opts := []nd.Option{nd.AllAxes()}
	if given(r.axis) {
		opts[0] = nd.Axis(in.toAxes(r.axis)...)
	}
	if given(r.dtype) {
		opts = append(opts, nd.DType(in.toDType(r.dtype)))
	}
	if given(r.out) {
		opts = append(opts, nd.Out(in.outArray(r.out)))
	}
	if r.keepdims != nil && in.truth(r.keepdims) {
		opts = append(opts, nd.KeepDims())
	}
	if given(r.initial) {
		opts = append(opts, nd.Initial(in.operand(r.initial)))
	}
	if given(r.where) && r.where != Value(Bool(true)) {
		opts = append(opts, nd.Where(in.toArray(r.where)))
	}
	if given(r.ddof) {
		opts = append(opts, nd.DDof(in.toFloat(r.ddof)))
	}
	return opts
}

// outArray is an out argument: an array, or a tuple of one.
func (in *Interp) outArray(v Value) *nd.Array {
	if t, ok := v.(*Tuple); ok && len(t.items) == 1 {
		v = t.items[0]
	}
	x, ok := v.(*Ndarray)
	if !ok {
		throw(excTypeError, "return arrays must be of ArrayType")
	}
	return x.a
}

// result returns the out argument itself when there was one.
func (in *Interp) result(r *nd.Array, out Value) Value {
	if given(out) {
		if t, ok := out.(*Tuple); ok {
			if len(t.items) != 1 {
				throw(excValueError, "The 'out' tuple must have exactly one entry per ufunc output")
			}
			return t.items[0]
		}
		return out
	}
	return in.scalarOrArray(r)
}

// dimArgs reads the dimensions of reshape(2, 3) and reshape((2, 3)).
func (in *Interp) dimArgs(v Value) []int {
	items := v.(*Tuple).items
	if len(items) == 0 {
		return nil
	}
	if len(items) == 1 {
		if items[0] == Value(None) {
			return nil
		}
		return in.toShape(items[0])
	}
	dims := make([]int, len(items))
	for i, w := range items {
		dims[i] = in.toIndex(w)
	}
	return dims
}

var _ = later(func() {
	type reduction func(a *nd.Array, opts ...nd.Option) *nd.Array
	for name, f := range map[string]reduction{"sum": (*nd.Array).Sum, "prod": (*nd.Array).Prod} {
		arrayMethod(name, "axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True", func(in *Interp, x *nd.Array, a []Value) Value {
			in.work(x)
			return in.result(f(x, in.reduceOpts(reduceArgs{axis: a[0], dtype: a[1], out: a[2], keepdims: a[3], initial: a[4], where: a[5]})...), a[2])
		})
	}
	for name, f := range map[string]reduction{"max": (*nd.Array).Max, "min": (*nd.Array).Min} {
		arrayMethod(name, "axis=None, out=None, keepdims=False, initial=None, where=True", func(in *Interp, x *nd.Array, a []Value) Value {
			in.work(x)
			return in.result(f(x, in.reduceOpts(reduceArgs{axis: a[0], out: a[1], keepdims: a[2], initial: a[3], where: a[4]})...), a[1])
		})
	}
	for name, f := range map[string]reduction{"any": (*nd.Array).AnyTrue, "all": (*nd.Array).AllTrue} {
		arrayMethod(name, "axis=None, out=None, keepdims=False, *, where=True", func(in *Interp, x *nd.Array, a []Value) Value {
			in.work(x)
			return in.result(f(x, in.reduceOpts(reduceArgs{axis: a[0], out: a[1], keepdims: a[2], where: a[3]})...), a[1])
		})
	}
	arrayMethod("mean", "axis=None, dtype=None, out=None, keepdims=False, *, where=True", func(in *Interp, x *nd.Array, a []Value) Value {
		in.work(x)
		return in.result(x.Mean(in.reduceOpts(reduceArgs{axis: a[0], dtype: a[1], out: a[2], keepdims: a[3], where: a[4]})...), a[2])
	})
	for name, f := range map[string]reduction{"var": (*nd.Array).Var, "std": (*nd.Array).Std} {
		arrayMethod(name, "axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None", func(in *Interp, x *nd.Array, a []Value) Value {
			r := reduceArgs{axis: a[0], dtype: a[1], out: a[2], ddof: a[3], keepdims: a[4], where: a[5]}
			if given(a[6]) {
				return in.deviationFrom(a[6], name, x, r)
			}
			in.work(x)
			return in.result(f(x, in.reduceOpts(r)...), a[2])
		})
	}
	for name, f := range map[string]reduction{"argmax": (*nd.Array).ArgMax, "argmin": (*nd.Array).ArgMin} {
		arrayMethod(name, "axis=None, out=None, *, keepdims=False", func(in *Interp, x *nd.Array, a []Value) Value {
			in.work(x)
			return in.result(f(x, in.reduceOpts(reduceArgs{axis: a[0], out: a[1], keepdims: a[2]})...), a[1])
		})
	}
	for name, f := range map[string]reduction{"cumsum": (*nd.Array).CumSum, "cumprod": (*nd.Array).CumProd} {
		arrayMethod(name, "axis=None, dtype=None, out=None", func(in *Interp, x *nd.Array, a []Value) Value {
			in.work(x)
			return in.result(f(x, in.reduceOpts(reduceArgs{axis: a[0], dtype: a[1], out: a[2]})...), a[2])
		})
	}
	arrayMethod("reshape", "*shape, order='C', copy=None", func(in *Interp, x *nd.Array, a []Value) Value {
		if len(a[0].(*Tuple).items) == 0 {
			throw(excTypeError, "reshape() takes exactly 1 argument (0 given)")
		}
		if s, ok := a[0].(*Tuple).items[0].(Str); ok {
			throw(excTypeError, "'%s' object cannot be interpreted as an integer", s.Type().tpName())
		}
		dims := in.dimArgs(a[0])
		r := x.ReshapeOrder(in.toOrder(a[1], nd.C), dims...)
		if given(a[2]) {
			if in.truth(a[2]) {
				r = x.Copy().ReshapeOrder(in.toOrder(a[1], nd.C), dims...)
			} else if r.Size() > 0 && !r.SharesMemory(x) {
				throw(excValueError, "Unable to avoid creating a copy while reshaping.")
			}
		}
		return &Ndarray{a: r}
	})
	arrayMethod("ravel", "order='C'", func(in *Interp, x *nd.Array, a []Value) Value {
		return &Ndarray{a: x.Ravel(nd.OrderIs(in.toOrder(a[0], nd.C)))}
	})
	arrayMethod("flatten", "order='C'", func(in *Interp, x *nd.Array, a []Value) Value {
		in.chargeArray(x.DType(), x.Shape())
		return &Ndarray{a: x.Flatten(nd.OrderIs(in.toOrder(a[0], nd.C)))}
	})
	arrayMethod("transpose", "*axes", func(in *Interp, x *nd.Array, a []Value) Value {
		axes := in.dimArgs(a[0])
		if axes != nil && len(axes) != x.NDim() {
			throw(excValueError, "axes don't match array")
		}
		return in.scalarLike(x, x.Transpose(axes...))
	})
	arrayMethod("swapaxes", "axis1, axis2, /", func(in *Interp, x *nd.Array, a []Value) Value {
		return &Ndarray{a: x.SwapAxes(in.toInt(a[0]), in.toInt(a[1]))}
	})
	arrayMethod("squeeze", "axis=None", func(in *Interp, x *nd.Array, a []Value) Value {
		axes := in.toAxes(a[0])
		if axes != nil && len(axes) == 0 {
			return in.scalarLike(x, x)
		}
		return in.scalarLike(x, x.Squeeze(axes...))
	})
	arrayMethod("diagonal", "offset=0, axis1=0, axis2=1", func(in *Interp, x *nd.Array, a []Value) Value {
		return &Ndarray{a: x.Diagonal(in.toInt(a[0]), in.toInt(a[1]), in.toInt(a[2]))}
	})
	arrayMethod("trace", "offset=0, axis1=0, axis2=1, dtype=None, out=None", func(in *Interp, x *nd.Array, a []Value) Value {
		opts := in.reduceOpts(reduceArgs{dtype: a[3], out: a[4]})[1:]
		return in.result(x.Trace(in.toInt(a[0]), []int{in.toInt(a[1]), in.toInt(a[2])}, opts...), a[4])
	})
})

// scalarLike gives a scalar for a 0-d result of a scalar; of an array, an array.
func (in *Interp) scalarLike(x, r *nd.Array) Value { return &Ndarray{a: r} }

func (in *Interp) likeOf(x, r *nd.Array) Value { return &Ndarray{a: r} }

func (in *Interp) arrayTuple(as []*nd.Array) Value {
	t := &Tuple{make([]Value, len(as))}
	for i, a := range as {
		t.items[i] = &Ndarray{a: a}
	}
	return t
}

// placesArg converts an argument of places: an empty list is one of integers.
func (in *Interp) placesArg(v Value) *nd.Array {
	a := in.toArray(v)
	if a.Size() == 0 && a.DType() == dtype.Float64 {
		return a.AsType(dtype.Int64)
	}
	return a
}

func (in *Interp) toMode(v Value) nd.IndexMode {
	switch v {
	case Value(Str("raise")):
		return nd.ModeRaise
	case Value(Str("wrap")):
		return nd.ModeWrap
	case Value(Str("clip")):
		return nd.ModeClip
	}
	throw(excValueError, "clipmode must be one of 'clip', 'raise', or 'wrap' (got %s)", in.Repr(v))
	return nd.ModeRaise
}

// clip is a.clip and np.clip: with one bound only it is maximum or minimum.
func (in *Interp) clip(x *nd.Array, low, high, out Value, opts []nd.Option) Value {
	if given(out) {
		opts = append(opts, nd.Out(in.outArray(out)))
	}
	return in.result(x.Clip(in.clipBound(x, low, -1), in.clipBound(x, high, 1), opts...), out)
}

// clipBound is a bound of clip, of the side below (-1) or above (1); nil leaves the side open,
// as an integer of more than 64 bits does beyond all items.
func (in *Interp) clipBound(x *nd.Array, v Value, side int) *nd.Array {
	if !given(v) {
		return nil
	}
	if z, ok := v.(*BigInt); ok && !z.z.IsUint64() {
		switch {
		case x.DType().IsInteger() && z.z.Sign() == side:
			return nil
		case x.DType().IsFloat() || x.DType().IsComplex():
			v = tamed(v)
		}
	}
	return in.operand(v)
}
