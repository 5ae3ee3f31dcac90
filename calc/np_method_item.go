package calc

import (
	"os"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

var _ = later(func() {
	arrayMethod("copy", "order='C'", func(in *Interp, x *nd.Array, a []Value) Value {
		in.chargeArray(x.DType(), x.Shape())
		return in.scalarLike(x, x.Copy(in.toOrder(a[0], nd.C)))
	})
	arrayMethod("__copy__", "", func(in *Interp, x *nd.Array, a []Value) Value { return in.scalarLike(x, x.Copy(nd.K)) })
	typeGeneric.def("copy", "self, order='C'", func(in *Interp, a []Value) Value { return newScalar(a[0].(*Scalar).a.Copy()) })
	arrayMethod("astype", "dtype, order='K', casting='unsafe', subok=True, copy=True", func(in *Interp, x *nd.Array, a []Value) Value {
		dt := in.toDType(a[0])
		if room := dt; room.ItemSize() == 0 { // text as long as it gets
			if x.DType().IsNumeric() {
				room = dtype.Str(64)
			} else {
				room = dtype.Void(4 * x.ItemSize())
			}
			in.chargeArray(room, x.Shape())
		} else {
			in.chargeArray(dt, x.Shape())
		}
		if a[2] == Value(Str("same_value")) {
			return &Ndarray{a: in.castSameValue(x, dt, in.toOrder(a[1], nd.K))}
		}
		c, err := dtype.ParseCasting(strArg(a[2], "casting must be str"))
		if err != nil {
			panic(err)
		}
		return in.likeOf(x, x.AsType(dt, nd.OrderIs(in.toOrder(a[1], nd.K)), nd.Casting(c), nd.CopyIs(in.truth(a[4]))))
	})
	typeGeneric.dict["astype"] = method(typeGeneric, "astype", "self, dtype, order='K', casting='unsafe', subok=True, copy=True", func(in *Interp, a []Value) Value {
		x, dt := a[0].(*Scalar).a, in.toDType(a[1])
		c, err := dtype.ParseCasting(strArg(a[3], "casting must be str"))
		if err != nil {
			panic(err)
		}
		if !dtype.CanCast(x.DType(), dt, c) {
			throw(excTypeError, "Cannot cast scalar from %s to %s according to the rule '%s'", x.DType().Repr(), dt.Repr(), c)
		}
		return in.scalarOrArray(x.AsType(dt))
	})
	typeGeneric.def("view", "self, dtype=?, type=?", func(in *Interp, a []Value) Value {
		x := a[0].(*Scalar).a
		if a[1] == nil {
			return newScalar(x)
		}
		return newScalar(x.View(in.toDType(a[1])))
	})
	arrayMethod("fill", "value", func(in *Interp, x *nd.Array, a []Value) Value {
		in.readOnly(x)
		v := in.valueFor(a[0], x.DType())
		if v.NDim() > 0 && v.Size() != 1 {
			throw(excValueError, "setting an array element with a sequence.")
		}
		x.Fill(v)
		return None
	})
	arrayMethod("item", "*args", func(in *Interp, x *nd.Array, a []Value) Value {
		items := a[0].(*Tuple).items
		if len(items) == 1 {
			if t, ok := items[0].(*Tuple); ok {
				items = t.items
			}
		}
		switch len(items) {
		case 0:
			if x.Size() != 1 {
				throw(excValueError, "can only convert an array of size 1 to a Python scalar")
			}
			return in.itemOf(x.Reshape())
		case 1:
			n := x.Size()
			i := in.toIndex(items[0])
			if i < -n || i >= n {
				throw(excIndexError, "index %d is out of bounds for size %d", i, n)
			}
			return in.itemOf((&flatIter{a: x}).at((i + n) % n))
		}
		if len(items) != x.NDim() {
			throw(excValueError, "incorrect number of indices for array")
		}
		idx := make([]nd.Idx, len(items))
		for k, v := range items {
			idx[k] = nd.I(in.toIndex(v))
		}
		return in.itemOf(x.Slice(idx...))
	})
	arrayMethod("tolist", "", func(in *Interp, x *nd.Array, a []Value) Value { return in.listValue(x) })
	arrayMethod("tobytes", "order='C'", func(in *Interp, x *nd.Array, a []Value) Value {
		in.chargeArray(x.DType(), x.Shape())
		if o := in.toOrder(a[0], nd.C); o == nd.F || o == nd.A && x.Flags().FNC() {
			x = x.T()
		}
		return Bytes(arrayBytes(x))
	})
	arrayMethod("tofile", "fid, sep='', format='%s'", func(in *Interp, x *nd.Array, a []Value) Value {
		in.needFiles()
		if f, ok := a[0].(*fileValue); ok && a[1] == Value(Str("")) {
			in.work(x)
			f.put(arrayBytes(x))
			return None
		}
		if sep := strArg(a[1], "sep must be str"); sep != "" {
			in.writeText(x, strArg(a[0], "fid must be a file name"), sep)
			return None
		}
		in.work(x)
		name := strArg(a[0], "fid must be a file name")
		in.checkFile(x.ToFile(name), name)
		return None
	})
	arrayMethod("nonzero", "", func(in *Interp, x *nd.Array, a []Value) Value { return in.arrayTuple(x.NonZero()) })
	arrayMethod("take", "indices, axis=None, out=None, mode='raise'", func(in *Interp, x *nd.Array, a []Value) Value {
		opts := []nd.Option{nd.Mode(in.toMode(a[3]))}
		if given(a[1]) {
			opts = append(opts, nd.Axis(in.toInt(a[1])))
		}
		if given(a[2]) {
			opts = append(opts, nd.Out(in.outArray(a[2])))
		}
		p := in.placesArg(a[0])
		in.chargeAlong(x.DType(), x, p.Shape(), a[1])
		return in.result(x.Take(p, opts...), a[2])
	})
	arrayMethod("put", "indices, values, mode='raise'", func(in *Interp, x *nd.Array, a []Value) Value {
		x.Put(in.placesArg(a[0]), in.valueFor(a[1], x.DType()), nd.Mode(in.toMode(a[2])))
		return None
	})
	arrayMethod("repeat", "repeats, axis=None", func(in *Interp, x *nd.Array, a []Value) Value {
		var opts []nd.Option
		if given(a[1]) {
			opts = append(opts, nd.Axis(in.toInt(a[1])))
		}
		return &Ndarray{a: x.Repeat(in.placesArg(a[0]), opts...)}
	})
	arrayMethod("compress", "condition, axis=None, out=None", func(in *Interp, x *nd.Array, a []Value) Value {
		var opts []nd.Option
		if given(a[1]) {
			opts = append(opts, nd.Axis(in.toInt(a[1])))
		}
		if given(a[2]) {
			opts = append(opts, nd.Out(in.outArray(a[2])))
		}
		return in.result(x.Compress(in.toArray(a[0]), opts...), a[2])
	})
	arrayMethod("clip", "min=None, max=None, out=None, *, dtype=None, where=True, casting='same_kind', order='K'", func(in *Interp, x *nd.Array, a []Value) Value {
		return in.clip(x, a[0], a[1], a[2], in.options([]string{"dtype", "where", "casting", "order"}, a[3:], 0))
	})
	arrayMethod("round", "decimals=0, out=None", func(in *Interp, x *nd.Array, a []Value) Value {
		var opts []nd.Option
		if given(a[1]) {
			opts = append(opts, nd.Out(in.outArray(a[1])))
		}
		return in.result(x.Round(in.toInt(a[0]), opts...), a[1])
	})
	for _, name := range []string{"conj", "conjugate"} {
		arrayMethod(name, "", func(in *Interp, x *nd.Array, a []Value) Value {
			if x.DType().IsNumeric() && !x.DType().IsComplex() {
				return in.scalarLike(x, x)
			}
			return in.scalarOrArray(in.applyUfunc("conjugate", []*nd.Array{x})[0])
		})
	}
	arrayMethod("byteswap", "inplace=False", func(in *Interp, x *nd.Array, a []Value) Value {
		if in.truth(a[0]) {
			in.readOnly(x)
			return in.scalarLike(x, x.ByteSwap(nd.Out(x)))
		}
		return in.scalarLike(x, x.ByteSwap())
	})
	arrayMethod("dot", "b, out=None", func(in *Interp, x *nd.Array, a []Value) Value {
		return in.call(in.getAttr(in.module("numpy"), "dot"), []Value{in.scalarOrArray(x), a[0], a[1]}, nil)
	})
	delete(typeGeneric.dict, "dot")
	delete(typeGeneric.dict, "mT")
	arrayMethod("choose", "choices, out=None, mode='raise'", func(in *Interp, x *nd.Array, a []Value) Value {
		opts := []nd.Option{nd.Mode(in.toMode(a[2]))}
		if given(a[1]) {
			opts = append(opts, nd.Out(in.outArray(a[1])))
		}
		return in.result(x.Choose(in.operands(a[0]), opts...), a[1])
	})
	arrayMethod("getfield", "dtype, offset=0", func(in *Interp, x *nd.Array, a []Value) Value {
		dt, off := in.toDType(a[0]), in.toInt(a[1])
		if off < 0 || off+dt.ItemSize() > x.ItemSize() {
			throw(excValueError, "Need 0 <= offset <= %d for requested type but received offset = %d", x.ItemSize()-dt.ItemSize(), off)
		}
		r, err := nd.OverArray(x, dt, x.Shape(), x.Strides(), off)
		if err != nil {
			panic(err)
		}
		return in.scalarLike(x, r)
	})
	arrayMethod("to_device", "device, /, *, stream=None", func(in *Interp, x *nd.Array, a []Value) Value {
		if a[0] != Value(Str("cpu")) {
			throw(excValueError, `Unsupported device: %s. Only "cpu" is accepted.`, in.Str(a[0]))
		}
		return in.scalarLike(x, x)
	})
	arrayMethod("__array__", "dtype=None, *, copy=None", func(in *Interp, x *nd.Array, a []Value) Value {
		if given(a[0]) {
			return &Ndarray{a: x.AsType(in.toDType(a[0]))}
		}
		return &Ndarray{a: x}
	})
	for _, t := range []*Type{typeInteger, typeFloating} {
		t.def("is_integer", "self, /", func(in *Interp, a []Value) Value {
			if f, ok := in.itemOf(a[0].(*Scalar).a).(Float); ok {
				return in.call(in.getAttr(f, "is_integer"), nil, nil)
			}
			return Bool(true)
		})
	}
	typeNdarray.def("setflags", "self, write=None, align=None, uic=None", func(in *Interp, a []Value) Value {
		x := a[0].(*Ndarray)
		if given(a[2]) && in.truth(a[2]) && !x.a.Aligned() {
			throw(excValueError, "cannot set aligned flag of mis-aligned array to True")
		}
		if given(a[3]) && in.truth(a[3]) {
			throw(excValueError, "cannot set WRITEBACKIFCOPY flag to True")
		}
		if given(a[1]) {
			x.setWriteable(in.truth(a[1]))
		}
		return None
	})
	typeMemmap.def("flush", "self", func(in *Interp, a []Value) Value {
		if err := a[0].(*Ndarray).a.Buffer().Flush(); err != nil {
			panic(err)
		}
		return None
	})
})

// writeText is tofile with a separator.
func (in *Interp) writeText(x *nd.Array, path, sep string) {
	var b strings.Builder
	flat := x.Reshape(-1)
	for i := range flat.Len() {
		if i > 0 {
			b.WriteString(sep)
		}
		s := in.Str(in.itemOf(flat.Slice(nd.I(i))))
		in.charge(len(s))
		b.WriteString(s)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		panic(fileException(err, path))
	}
}

// cNames are the names of C that NumPy uses for its numbers.
var cNames = map[dtype.Kind]string{
	dtype.KindBool: "bool", dtype.KindInt8: "byte", dtype.KindUint8: "ubyte", dtype.KindInt16: "short",
	dtype.KindUint16: "ushort", dtype.KindInt32: "int", dtype.KindUint32: "uint", dtype.KindInt64: "long",
	dtype.KindUint64: "ulong", dtype.KindFloat16: "half", dtype.KindFloat32: "float", dtype.KindFloat64: "double",
	dtype.KindComplex64: "cfloat", dtype.KindComplex128: "cdouble",
}

// castSameValue casts, and refuses if any value changes.
func (in *Interp) castSameValue(x *nd.Array, dt dtype.DType, order nd.Order) *nd.Array {
	r := x.AsType(dt, nd.OrderIs(order))
	if !x.DType().IsNumeric() || !dt.IsNumeric() {
		return r
	}
	if !r.AsType(x.DType()).ArrayEqual(x, true) {
		throw(excValueError, "could not cast 'same_value' %s to %s", cNames[x.DType().Kind()], cNames[dt.Kind()])
	}
	return r
}
