package calc

import (
	"math"

	"github.com/stride-go/nd/dtype"
)

// numpy is the module np. Its functions come in tables: see npFunc.
var numpy = newModule("numpy")

// npFunc adds a function to the module: its parameters as NumPy declares them,
// so that keywords work and wrong arguments raise TypeError in Python's words.
func npFunc(name, sig string, fn func(in *Interp, a []Value) Value) {
	numpy.python(name, sig, fn)
}

// npSub returns a submodule such as numpy.lib, made when first asked for.
func npSub(name string) *Module {
	m, ok := modules["numpy."+name]
	if !ok {
		m = newModule("numpy." + name)
		numpy.dict[name] = m
	}
	return m
}

var _ = later(func() {
	d := numpy.dict
	d["ndarray"] = typeNdarray
	d["dtype"] = typeDType
	d["flatiter"] = typeFlatIt
	for _, t := range []*Type{
		typeGeneric, typeNumber, typeInteger, typeSigned, typeUnsigned, typeInexact,
		typeFloating, typeComplexF, typeFlexible, typeChar,
	} {
		d[t.name] = t
	}
	for k, t := range scalarTypes {
		if t != nil {
			d[t.name] = t
			npSub("dtypes").dict[dtypeTypes[k].name] = dtypeTypes[k]
		}
	}
	for alias, k := range map[string]dtype.Kind{
		"bool_": dtype.KindBool, "byte": dtype.KindInt8, "ubyte": dtype.KindUint8, "short": dtype.KindInt16,
		"ushort": dtype.KindUint16, "intc": dtype.KindInt32, "uintc": dtype.KindUint32, "int_": dtype.KindInt64,
		"uint": dtype.KindUint64, "long": dtype.KindInt64, "ulong": dtype.KindUint64, "intp": dtype.KindInt64,
		"uintp": dtype.KindUint64, "longlong": dtype.KindInt64, "ulonglong": dtype.KindUint64,
		"half": dtype.KindFloat16, "single": dtype.KindFloat32, "double": dtype.KindFloat64,
		"csingle": dtype.KindComplex64, "cdouble": dtype.KindComplex128,
	} {
		d[alias] = scalarTypes[k]
	}
	d["pi"], d["e"], d["euler_gamma"] = Float(math.Pi), Float(math.E), Float(0.5772156649015329)
	d["inf"], d["nan"] = Float(math.Inf(1)), Float(quietNaN)
	d["newaxis"] = None
	d["little_endian"] = Bool(nativeOrderName() == "little")
	d["True_"], d["False_"] = &Scalar{a: boolScalar(true)}, &Scalar{a: boolScalar(false)}
	d["__version__"] = Str("2.4.6")
	exc := npSub("exceptions")
	exc.dict["AxisError"] = excAxisError
	exc.dict["DTypePromotionError"] = excDTypePromoErr
	exc.dict["TooHardError"] = excTooHardError
})
