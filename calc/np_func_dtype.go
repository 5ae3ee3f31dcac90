package calc

import (
	"math"
	"math/big"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Functions of dtypes.
var _ = later(func() {
	npC("promote_types", "type1, type2, /", func(in *Interp, a []Value) Value {
		return &DType{dt: promote(in.toDType(a[0]), in.toDType(a[1]))}
	})
	npC("result_type", "*arrays_and_dtypes", func(in *Interp, a []Value) Value {
		items := a[0].(*Tuple).items
		if len(items) == 0 {
			throw(excValueError, "at least one array or dtype is required")
		}
		return &DType{dt: in.resultType(items...)}
	})
	npC("can_cast", "from_, to, casting='safe'", func(in *Interp, a []Value) Value {
		to, c := in.toDType(a[1]), in.canCastRule(a[2])
		switch a[0].(type) {
		case Bool, Int, *BigInt, Float, Complex:
			throw(excTypeError, "can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the future.")
		}
		if x, ok := arrayOf(a[0]); ok {
			return Bool(dtype.CanCast(x.DType(), to, c))
		}
		return Bool(dtype.CanCast(in.toDType(a[0]), to, c))
	})
	npC("min_scalar_type", "a, /", func(in *Interp, a []Value) Value { return &DType{dt: in.minScalarType(a[0])} })
	npFunc("issubdtype", "arg1, arg2", func(in *Interp, a []Value) Value {
		return Bool(in.scalarClass(a[0]).isSub(in.scalarClass(a[1])))
	})
	npFunc("isdtype", "dtype, kind", func(in *Interp, a []Value) Value {
		t, isType := a[0].(*Type)
		if _, ok := a[0].(*DType); !ok && !(isType && t.isSub(typeGeneric)) {
			throw(excTypeError, "dtype argument must be a NumPy dtype, but it is a %s.", in.Repr(a[0].Type()))
		}
		return Bool(in.isDType(in.toDType(a[0]), a[1]))
	})
	npFunc("common_type", "*arrays", func(in *Interp, a []Value) Value {
		isComplex, dt := false, dtype.Float16
		for _, x := range in.arrays(a[0]) {
			switch d := x.DType(); {
			case d.IsInteger():
				dt = promote(dt, dtype.Float64)
			case d.IsFloat():
				dt = promote(dt, d)
			case d == dtype.Complex64 || d == dtype.Complex128:
				isComplex = true
				dt = promote(dt, map[dtype.DType]dtype.DType{dtype.Complex64: dtype.Float32, dtype.Complex128: dtype.Float64}[d])
			default:
				throw(excTypeError, "can't get common type for non-numeric array")
			}
		}
		if isComplex {
			dt = promote(dt, dtype.Complex64)
		}
		return scalarTypes[dt.Kind()]
	})
	npFunc("mintypecode", "typechars, typeset='GDFgdf', default='d'", func(in *Interp, a []Value) Value {
		throw(excNotImplementedError, "mintypecode is not supported")
		return nil
	})
	numpy.find = func(in *Interp, name string) (Value, bool) {
		if name != "typecodes" {
			return nil, false
		}
		d := newDict() // a new one each time: programs may change it
		for _, c := range typeCodes {
			d.set(in, Str(c[0]), Str(c[1]))
		}
		return d, true
	}
	numpy.dict["iinfo"] = typeIinfo
	numpy.dict["finfo"] = typeFinfo
	typeIinfo.construct("int_type", func(in *Interp, a []Value) Value { return in.iinfo(a[0]) })
	typeFinfo.construct("dtype", func(in *Interp, a []Value) Value { return in.finfo(a[0]) })
})

// canCastRule reads the casting of can_cast, which knows five.
func (in *Interp) canCastRule(v Value) dtype.Casting {
	s, _ := v.(Str)
	switch s {
	case "no", "equiv", "safe", "same_kind", "unsafe":
		return in.toCasting(v)
	}
	throw(excValueError, "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got %s)", in.Repr(v))
	return dtype.No
}

// typeCodes are the characters of np.typecodes.
var typeCodes = [][2]string{
	{"Character", "c"}, {"Integer", "bhilqnp"}, {"UnsignedInteger", "BHILQNP"}, {"Float", "efdg"}, {"Complex", "FDG"},
	{"AllInteger", "bBhHiIlLqQnNpP"}, {"AllFloat", "efdgFDG"}, {"Datetime", "Mm"}, {"All", "?bhilqnpBHILQNPefdgFDGSUVOMm"},
}

// scalarClass is the class of the scalars of a dtype argument.
func (in *Interp) scalarClass(v Value) *Type {
	if t, ok := v.(*Type); ok {
		if t.isSub(typeGeneric) {
			return t
		}
	}
	return scalarTypes[in.toDType(v).Kind()]
}

// minScalarType is the smallest dtype that holds a value.
func (in *Interp) minScalarType(v Value) dtype.DType {
	a, ok := arrayOf(v)
	if ok && a.NDim() > 0 {
		return a.DType()
	}
	if ok {
		v = in.itemOf(a)
	}
	switch x := v.(type) {
	case Bool:
		return dtype.Bool
	case Int:
		kinds := []dtype.DType{dtype.Uint8, dtype.Uint16, dtype.Uint32, dtype.Uint64}
		if x < 0 {
			kinds = []dtype.DType{dtype.Int8, dtype.Int16, dtype.Int32, dtype.Int64}
		}
		for _, dt := range kinds {
			low, high := intBounds(dt)
			z := big.NewInt(int64(x))
			if z.Cmp(low) >= 0 && z.Cmp(high) <= 0 {
				return dt
			}
		}
	case *BigInt:
		if x.z.IsUint64() {
			return dtype.Uint64
		}
	case Float:
		return minFloat(float64(x))
	case Complex:
		re, im := minFloat(real(complex128(x))), minFloat(imag(complex128(x)))
		if re == dtype.Float64 || im == dtype.Float64 {
			return dtype.Complex128
		}
		return dtype.Complex64
	}
	return in.toArray(v).DType()
}

func minFloat(f float64) dtype.DType {
	switch m := math.Abs(f); {
	case math.IsInf(f, 0) || math.IsNaN(f) || m < 65000:
		return dtype.Float16
	case m < 3.4e38:
		return dtype.Float32
	}
	return dtype.Float64
}

func intBounds(dt dtype.DType) (low, high *big.Int) {
	bits := uint(8 * dt.ItemSize())
	if dt.IsSigned() {
		bits--
	}
	high = new(big.Int).Lsh(big.NewInt(1), bits)
	low = new(big.Int)
	if dt.IsSigned() {
		low.Neg(high)
	}
	return low, high.Sub(high, big.NewInt(1))
}

// isDType is np.isdtype.
func (in *Interp) isDType(dt dtype.DType, kind Value) bool {
	kinds := []Value{kind}
	if t, ok := kind.(*Tuple); ok {
		kinds = t.items
	}
	for _, k := range kinds {
		s, text := k.(Str)
		if !text {
			if dt == in.toDType(k) {
				return true
			}
			continue
		}
		ok := false
		switch s {
		case "bool":
			ok = dt.Kind() == dtype.KindBool
		case "signed integer":
			ok = dt.IsInteger() && dt.IsSigned()
		case "unsigned integer":
			ok = dt.IsUnsigned()
		case "integral":
			ok = dt.IsInteger()
		case "real floating":
			ok = dt.IsFloat()
		case "complex floating":
			ok = dt.IsComplex()
		case "numeric":
			ok = dt.IsInteger() || dt.IsFloat() || dt.IsComplex()
		default:
			throw(excValueError, "kind argument is a string, but %s is not a known kind name.", in.Repr(k))
		}
		if ok {
			return true
		}
	}
	return false
}

// limitsInfo is the value of np.iinfo and np.finfo.
type limitsInfo struct {
	typ   *Type
	dt    dtype.DType
	attrs map[string]Value
	text  string
}

var (
	typeIinfo = newModuleType("numpy", "iinfo", typeObject)
	typeFinfo = newModuleType("numpy", "finfo", typeObject)
)

func (l *limitsInfo) Type() *Type { return l.typ }

func (l *limitsInfo) repr(*Interp) string { return l.text }

// str is the table that print shows.
func (l *limitsInfo) str(in *Interp) string {
	v := func(name string) string { return in.Str(l.attrs[name]) }
	rule := "\n" + strings.Repeat("-", 63) + "\n"
	head := "Machine parameters for " + l.dt.Name() + rule
	if l.typ == typeIinfo {
		return head + "min = " + v("min") + "\nmax = " + v("max") + rule
	}
	return head + "precision = " + v("precision") + "   resolution = " + v("resolution") +
		"\nmachep = " + v("machep") + "   eps =        " + v("eps") +
		"\nnegep =  " + v("negep") + "   epsneg =     " + v("epsneg") +
		"\nminexp = " + v("minexp") + "   tiny =       " + v("tiny") +
		"\nmaxexp = " + v("maxexp") + "   max =        " + v("max") +
		"\nnexp =   " + v("nexp") + "   min =        -max" +
		"\nsmallest_normal = " + v("smallest_normal") + "   smallest_subnormal = " + v("smallest_subnormal") + rule
}

func (l *limitsInfo) attr(in *Interp, name string) (Value, bool) {
	v, ok := l.attrs[name]
	return v, ok
}

// dtypeOfArg is the dtype that an argument names or, as an array or number, has.
func (in *Interp) dtypeOfArg(v Value) dtype.DType {
	switch v.(type) {
	case Bool, Int, *BigInt, Float, Complex, *Ndarray, *Scalar:
		return in.toArray(v).DType()
	}
	return in.toDType(v)
}

func (in *Interp) iinfo(v Value) Value {
	dt := in.dtypeOfArg(v)
	if !dt.IsInteger() {
		throw(excValueError, "Invalid integer data type '%c'.", kindLetter(dt))
	}
	low, high := intBounds(dt)
	l := &limitsInfo{typ: typeIinfo, dt: dt}
	l.attrs = map[string]Value{
		"min": newInt(low), "max": newInt(high), "bits": Int(8 * dt.ItemSize()), "dtype": &DType{dt: dt.Native()},
		"kind": Str(kindLetter(dt)), "key": Str(string(kindLetter(dt)) + intText(big.NewInt(int64(8*dt.ItemSize())))),
	}
	l.text = "iinfo(min=" + intText(low) + ", max=" + intText(high) + ", dtype=" + dt.Name() + ")"
	return l
}

// floatInfo describes the binary formats: bits of the fraction and the exponent.
var floatInfo = map[int]struct{ nmant, nexp, maxexp, minexp, precision int }{
	2: {10, 5, 16, -14, 3}, 4: {23, 8, 128, -126, 6}, 8: {52, 11, 1024, -1022, 15},
}

func (in *Interp) finfo(v Value) Value {
	dt := in.dtypeOfArg(v).Native()
	size := dt.ItemSize()
	switch {
	case dt.IsComplex():
		size /= 2
	case !dt.IsFloat():
		throw(excValueError, "data type %s not inexact", scalarTypes[dt.Kind()].repr(in))
	}
	dt = map[int]dtype.DType{2: dtype.Float16, 4: dtype.Float32, 8: dtype.Float64}[size]
	f := floatInfo[size]
	num := func(x float64) Value { return in.scalarOrArray(nd.Scalar(x).AsType(dt)) }
	eps := math.Ldexp(1, -f.nmant)
	high := math.Ldexp(2-eps, f.maxexp-1)
	tiny := math.Ldexp(1, f.minexp)
	sub := math.Ldexp(1, f.minexp-f.nmant)
	resolution := map[int]float64{2: 1e-3, 4: 1e-6, 8: 1e-15}[size]
	l := &limitsInfo{typ: typeFinfo, dt: dt}
	l.attrs = map[string]Value{
		"eps": num(eps), "epsneg": num(eps / 2), "max": num(high), "min": num(-high), "tiny": num(tiny),
		"smallest_normal": num(tiny), "smallest_subnormal": num(sub), "resolution": num(resolution),
		"bits": Int(8 * size), "nmant": Int(f.nmant), "nexp": Int(f.nexp), "maxexp": Int(f.maxexp),
		"minexp": Int(f.minexp), "precision": Int(f.precision), "machep": Int(-f.nmant), "negep": Int(-f.nmant - 1),
		"iexp": Int(f.nexp), "dtype": &DType{dt: dt},
	}
	l.text = "finfo(resolution=" + in.Str(l.attrs["resolution"]) + ", min=" + in.Str(l.attrs["min"]) + ", max=" + in.Str(l.attrs["max"]) + ", dtype=" + dt.Name() + ")"
	return l
}
