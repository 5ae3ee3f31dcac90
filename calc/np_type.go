package calc

import (
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// The classes of NumPy: the array, its dtype, and the tree of scalar classes.
var (
	typeNdarray = newModuleType("numpy", "ndarray", typeObject)
	typeMemmap  = newModuleType("numpy", "memmap", typeNdarray)
	typeFlags   = newModuleType("numpy._core.multiarray", "flagsobj", typeObject)
	typeFlatIt  = newModuleType("numpy", "flatiter", typeObject)
	typeDType   = newModuleType("numpy", "dtype", typeObject)
	typeCTypes  = newModuleType("numpy._core._internal", "_ctypes", typeObject)

	typeGeneric  = newModuleType("numpy", "generic", typeObject)
	typeNumber   = newModuleType("numpy", "number", typeGeneric)
	typeInteger  = newModuleType("numpy", "integer", typeNumber)
	typeSigned   = newModuleType("numpy", "signedinteger", typeInteger)
	typeUnsigned = newModuleType("numpy", "unsignedinteger", typeInteger)
	typeInexact  = newModuleType("numpy", "inexact", typeNumber)
	typeFloating = newModuleType("numpy", "floating", typeInexact)
	typeComplexF = newModuleType("numpy", "complexfloating", typeInexact)
	typeFlexible = newModuleType("numpy", "flexible", typeGeneric)
	typeChar     = newModuleType("numpy", "character", typeFlexible)
)

// scalarTypes holds the class of the scalars of each kind, dtypeTypes that of
// the dtypes.
var scalarTypes, dtypeTypes = makeScalarTypes()

// kindOfType is the inverse of scalarTypes.
var kindOfType = map[*Type]dtype.Kind{}

func makeScalarTypes() (scalars, dtypes [dtype.NumKinds]*Type) {
	for _, k := range []struct {
		kind  dtype.Kind
		name  string
		dname string
		bases []*Type
	}{
		{dtype.KindBool, "bool", "Bool", []*Type{typeGeneric}},
		{dtype.KindInt8, "int8", "Int8", []*Type{typeSigned}}, {dtype.KindUint8, "uint8", "UInt8", []*Type{typeUnsigned}},
		{dtype.KindInt16, "int16", "Int16", []*Type{typeSigned}}, {dtype.KindUint16, "uint16", "UInt16", []*Type{typeUnsigned}},
		{dtype.KindInt32, "int32", "Int32", []*Type{typeSigned}}, {dtype.KindUint32, "uint32", "UInt32", []*Type{typeUnsigned}},
		{dtype.KindInt64, "int64", "Int64", []*Type{typeSigned}}, {dtype.KindUint64, "uint64", "UInt64", []*Type{typeUnsigned}},
		{dtype.KindFloat16, "float16", "Float16", []*Type{typeFloating}},
		{dtype.KindFloat32, "float32", "Float32", []*Type{typeFloating}},
		{dtype.KindFloat64, "float64", "Float64", []*Type{typeFloating, typeFloat}},
		{dtype.KindComplex64, "complex64", "Complex64", []*Type{typeComplexF}},
		{dtype.KindComplex128, "complex128", "Complex128", []*Type{typeComplexF, typeComplex}},
		{dtype.KindBytes, "bytes_", "Bytes", []*Type{typeBytes, typeChar}},
		{dtype.KindStr, "str_", "Str", []*Type{typeStr, typeChar}},
		{dtype.KindVoid, "void", "Void", []*Type{typeFlexible}},
	} {
		scalars[k.kind] = newModuleType("numpy", k.name, k.bases...)
		dtypes[k.kind] = newModuleType("numpy.dtypes", k.dname+"DType", typeDType)
	}
	return scalars, dtypes
}

var _ = later(func() {
	for k, t := range scalarTypes {
		if t == nil {
			continue
		}
		kind := dtype.Kind(k)
		kindOfType[t] = kind
		t.build = func(in *Interp, t *Type, args []Value, kw []Keyword) Value {
			return in.buildScalar(kind, t, args, kw)
		}
	}
})

var _ = later(func() {
	typeNdarray.buildOf = function("ndarray", "shape, dtype=None, buffer=None, offset=0, strides=None, order=None", func(in *Interp, a []Value) Value {
		shape, dt := in.toShape(a[0]), in.toDType(a[1])
		order := in.toOrder(a[5], nd.C)
		if order != nd.F { // A and K, of no array
			order = nd.C
		}
		if a[2] == Value(None) {
			in.chargeArray(dt, shape)
			return &Ndarray{a: nd.ZerosOrder(order, dt, shape...)}
		}
		off := in.toInt(a[3])
		if off < 0 {
			throw(excValueError, "offset must be non-negative")
		}
		if x, ok := in.lentItems(a[2]); ok {
			strides := denseStrides(order, dt, shape)
			if given(a[4]) {
				strides = in.toShape(a[4])
			}
			r, err := nd.OverArray(x, dt, shape, strides, off)
			if err != nil && !given(a[4]) {
				throw(excTypeError, "buffer is too small for requested array")
			}
			if err != nil {
				throw(excValueError, "strides is incompatible with shape of requested array and size of buffer")
			}
			return &Ndarray{a: r, base: a[2]}
		}
		buf := in.bufferOf(a[2])
		if given(a[4]) {
			return &Ndarray{a: in.overBuffer(buf, dt, shape, in.toShape(a[4]), off), base: a[2]}
		}
		r, err := nd.OverOrder(order, buf, dt, shape, off)
		if err != nil {
			throw(excTypeError, "buffer is too small for requested array")
		}
		return &Ndarray{a: r, base: a[2]}
	})
})

// denseStrides are those of an array without gaps, in C or Fortran order.
func denseStrides(order nd.Order, dt dtype.DType, shape []int) []int {
	strides, step := make([]int, len(shape)), dt.ItemSize()
	for k := range shape {
		axis := len(shape) - 1 - k
		if order == nd.F {
			axis = k
		}
		strides[axis] = step
		step *= max(1, shape[axis])
	}
	return strides
}

// buildScalar is the constructor of a scalar class: np.float32(1.5).
func (in *Interp) buildScalar(kind dtype.Kind, t *Type, args []Value, kw []Keyword) Value {
	dt := dtype.OfKind(kind)
	if super := map[dtype.Kind]*Type{dtype.KindStr: typeStr, dtype.KindBytes: typeBytes}[kind]; super != nil {
		// These are Python's classes as well, and made as those are where that is possible.
		var text Value
		if len(args) == 1 {
			if s, ok := args[0].(*Scalar); ok && s.a.DType().Kind() == dtype.KindStr {
				args = []Value{in.itemOf(s.a)}
			}
		}
		exc := in.catch(func() { text = in.call(super, args, kw) })
		if exc == nil {
			return &Scalar{a: in.toArrayAs(text, dt)}
		}
		if len(args) != 1 || len(kw) > 0 || exc.typ != excTypeError && exc.typ != excValueError && exc.typ != excOverflowError {
			panic(exc)
		}
	}
	if len(kw) > 0 || len(args) > 2 {
		throw(excTypeError, "%s() takes at most 1 argument", t.name)
	}
	if kind == dtype.KindVoid {
		if len(args) == 2 {
			dt = in.toDType(args[1])
		} else if len(args) == 1 {
			if n, ok := in.asIndex(args[0]); ok {
				return &Scalar{a: nd.Zeros(dtype.Void(in.toIndex(n)))}
			}
		}
	} else if len(args) == 2 {
		throw(excTypeError, "%s() takes at most 1 argument (2 given)", t.name)
	}
	if len(args) == 0 {
		if kind == dtype.KindVoid {
			throw(excTypeError, "function missing required argument 'length_or_data' (pos 1)")
		}
		return &Scalar{a: nd.Zeros(dt)}
	}
	return in.scalarOrArray(in.toArrayAs(args[0], dt))
}
