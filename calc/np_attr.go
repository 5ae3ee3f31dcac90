package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// The attributes of arrays and of NumPy scalars.
var _ = later(func() {
	both := func(name string, f func(in *Interp, a *nd.Array) Value) {
		for _, t := range []*Type{typeNdarray, typeGeneric} {
			t.get(name, func(in *Interp, v Value) Value {
				a, _ := arrayOf(v)
				return f(in, a)
			})
		}
	}
	// view keeps arrays arrays and scalars scalars.
	view := func(name string, f func(a *nd.Array) *nd.Array) {
		typeNdarray.get(name, func(in *Interp, v Value) Value { return like(v, &Ndarray{a: f(v.(*Ndarray).a)}) })
		typeGeneric.get(name, func(in *Interp, v Value) Value { return newScalar(f(v.(*Scalar).a)) })
	}
	both("shape", func(in *Interp, a *nd.Array) Value { return intTuple(a.Shape()) })
	both("strides", func(in *Interp, a *nd.Array) Value { return intTuple(a.Strides()) })
	typeNdarray.get("dtype", func(in *Interp, v Value) Value { return &DType{v.(*Ndarray).a.DType(), v.(*Ndarray).rec} })
	typeGeneric.get("dtype", func(in *Interp, v Value) Value { return &DType{v.(*Scalar).a.DType(), v.(*Scalar).rec} })
	both("ndim", func(in *Interp, a *nd.Array) Value { return Int(a.NDim()) })
	both("size", func(in *Interp, a *nd.Array) Value { return Int(a.Size()) })
	both("itemsize", func(in *Interp, a *nd.Array) Value { return Int(a.ItemSize()) })
	both("nbytes", func(in *Interp, a *nd.Array) Value { return Int(a.NBytes()) })
	for _, t := range []*Type{typeNdarray, typeGeneric} {
		t.get("data", func(in *Interp, v Value) Value { return in.newMemoryView(v) })
	}
	both("device", func(in *Interp, a *nd.Array) Value { return Str("cpu") })
	both("__array_interface__", func(in *Interp, a *nd.Array) Value { return in.arrayInterface(a) })
	both("__array_priority__", func(in *Interp, a *nd.Array) Value { return Float(0) })
	typeGeneric.get("flags", func(in *Interp, v Value) Value {
		a := v.(*Scalar).a.Copy()
		if err := a.SetWriteable(false); err != nil {
			panic(err)
		}
		return &flagsValue{&Ndarray{a: a}}
	})
	typeNdarray.get("flags", func(in *Interp, v Value) Value { return &flagsValue{v.(*Ndarray)} })
	view("T", func(a *nd.Array) *nd.Array { return a.T() })
	view("mT", func(a *nd.Array) *nd.Array {
		if a.NDim() < 2 {
			throw(excValueError, "matrix transpose with ndim < 2 is undefined")
		}
		return a.MT()
	})
	view("real", func(a *nd.Array) *nd.Array { return a.Real() })
	view("imag", func(a *nd.Array) *nd.Array { return a.Imag() })
	typeNdarray.get("base", func(in *Interp, v Value) Value {
		x := v.(*Ndarray)
		if x.base != nil {
			return x.base
		}
		if b := x.a.Base(); b != nil {
			return &Ndarray{a: b}
		}
		return None
	})
	typeGeneric.get("base", func(in *Interp, v Value) Value { return None })
	typeNdarray.get("ctypes", func(in *Interp, v Value) Value { return &ctypesValue{v.(*Ndarray)} })
	typeNdarray.get("flat", func(in *Interp, v Value) Value { return &flatIter{a: v.(*Ndarray).a, x: v.(*Ndarray)} })
	typeGeneric.get("flat", func(in *Interp, v Value) Value {
		a := v.(*Scalar).a
		return &flatIter{a: a, x: &Ndarray{a: a}}
	})

	set := func(name string, f func(in *Interp, x *Ndarray, v Value)) {
		typeNdarray.dict[name].(*Property).set = func(in *Interp, self, v Value) { f(in, self.(*Ndarray), v) }
	}
	set("shape", func(in *Interp, x *Ndarray, v Value) {
		r := x.a.Reshape(in.toShape(v)...)
		if r.DataPtr() != x.a.DataPtr() {
			throw(excAttributeError, "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.")
		}
		x.a = x.a.StandIn(r)
	})
	set("strides", func(in *Interp, x *Ndarray, v Value) {
		r, err := nd.Over(x.a.Buffer(), x.a.DType(), x.a.Shape(), in.toShape(v), x.a.Offset())
		if err != nil {
			throw(excValueError, "strides is not compatible with available memory")
		}
		x.a = x.a.StandIn(r)
	})
	set("dtype", func(in *Interp, x *Ndarray, v Value) {
		r := x.a.View(in.toDType(v))
		x.a = x.a.StandIn(r)
	})
	set("real", func(in *Interp, x *Ndarray, v Value) { in.assignInto(x.a.Real(), v) })
	set("imag", func(in *Interp, x *Ndarray, v Value) {
		if !x.a.DType().IsComplex() {
			throw(excTypeError, "array does not have imaginary part to set")
		}
		in.assignInto(x.a.Imag(), v)
	})
	set("flat", func(in *Interp, x *Ndarray, v Value) {
		in.readOnly(x.a)
		(&flatIter{a: x.a, x: x}).setItem(in, &Slice{None, None, None}, v)
	})
	typeMemmap.get("filename", func(in *Interp, v Value) Value {
		if f := v.(*Ndarray).fileOf(); f != nil {
			return Str(f.name)
		}
		return None
	})
	typeMemmap.get("_mmap", func(in *Interp, v Value) Value { return &mapValue{v.(*Ndarray).a} })
	typeMemmap.get("offset", func(in *Interp, v Value) Value {
		if f := v.(*Ndarray).fileOf(); f != nil {
			return Int(f.offset)
		}
		return None
	})
	typeMemmap.get("mode", func(in *Interp, v Value) Value {
		if f := v.(*Ndarray).fileOf(); f != nil {
			return Str(f.mode)
		}
		return None
	})
})

// flatIter is the value of a.flat.
type flatIter struct {
	a *nd.Array
	x *Ndarray
	i int
}

func (*flatIter) Type() *Type { return typeFlatIt }

func (f *flatIter) length(*Interp) int { return f.a.Size() }

func (f *flatIter) at(i int) *nd.Array {
	shape := f.a.Shape()
	idx := make([]nd.Idx, len(shape))
	for k := len(shape) - 1; k >= 0; k-- {
		idx[k] = nd.I(i % shape[k])
		i /= shape[k]
	}
	return f.a.Slice(idx...)
}

func (f *flatIter) Next(in *Interp) (Value, bool) {
	if f.i >= f.a.Size() {
		return nil, false
	}
	f.i++
	return like(f.x, newScalar(f.at(f.i-1))), true
}

// places resolves a key of a.flat: the positions it selects, in order.
func (f *flatIter) places(in *Interp, key Value) (*nd.Array, bool) {
	n := f.a.Size()
	if t, ok := key.(*Tuple); ok && len(t.items) == 1 {
		key = t.items[0]
	}
	switch k := key.(type) {
	case EllipsisType:
		in.chargeArray(dtype.Int64, []int{n})
		return nd.Arange(n), false
	case *Slice:
		start, _, step, count := k.resolve(in, n)
		in.chargeArray(dtype.Int64, []int{count})
		in.stepN(count / 256)
		s := make([]int64, count)
		for i := range s {
			s[i] = int64(start + i*step)
		}
		return nd.Of(s), false
	}
	if _, isArray := key.(*Ndarray); !isArray {
		if x, ok := in.asIndex(key); ok {
			i := in.toIndex(x)
			if i < -n || i >= n {
				throw(excIndexError, "index %d is out of bounds for size %d", i, n)
			}
			if i < 0 {
				i += n
			}
			return nd.Scalar(int64(i)), true
		}
	}
	switch key.(type) {
	case *List, *Ndarray, *Tuple:
		a := in.toArray(key)
		if a.DType() == dtype.Bool {
			if a.NDim() != 1 || a.Size() != n {
				throw(excIndexError, "boolean index did not match indexed array along axis 0; size of axis is %d but size of corresponding boolean axis is %d", n, a.Size())
			}
			return a.NonZero()[0], false
		}
		if a.Size() == 0 {
			return a.AsType(dtype.Int64), false
		}
		if a.DType().IsInteger() {
			return a, false
		}
	}
	throw(excIndexError, "unsupported iterator index")
	return nil, false
}

func (f *flatIter) item(in *Interp, key Value) Value {
	p, single := f.places(in, key)
	if single {
		return like(f.x, newScalar(f.at(int(p.Item[int64]()))))
	}
	return like(f.x, &Ndarray{a: f.a.Take(p)})
}

func (f *flatIter) setItem(in *Interp, key, v Value) {
	in.readOnly(f.a)
	p, single := f.places(in, key)
	if single {
		in.assignInto(f.at(int(p.Item[int64]())), v)
		return
	}
	vals := in.valueFor(v, f.a.DType())
	if vals.Size() == 0 {
		return
	}
	f.a.Put(p, vals.AsType(f.a.DType()))
}

func (f *flatIter) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "base":
		return f.x, true
	case "index":
		return Int(f.i), true
	case "coords":
		i := f.i
		shape := f.a.Shape()
		out := make([]int, len(shape))
		for k := len(shape) - 1; k >= 0; k-- {
			if shape[k] > 0 {
				out[k] = i % shape[k]
				i /= shape[k]
			}
		}
		return intTuple(out), true
	case "copy":
		return function("copy", "", func(in *Interp, _ []Value) Value { return &Ndarray{a: f.a.Flatten()} }), true
	}
	return nil, false
}

func (f *flatIter) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	return (&Ndarray{a: f.a.Flatten()}).compare(in, op, other, reflected)
}
