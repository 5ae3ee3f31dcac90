package calc

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/pyliteral"
)

// DType is the value of a dtype.
type DType struct {
	dt  dtype.DType
	rec bool // its scalars are np.record
}

func (d *DType) Type() *Type { return dtypeTypes[d.dt.Kind()] }

func (d *DType) kind() string { return "dtype" }

func (d *DType) repr(*Interp) string {
	if d.rec {
		return "dtype(" + recordText(d.dt) + ")"
	}
	return d.dt.Repr()
}

func (d *DType) str(*Interp) string {
	if d.rec {
		return recordText(d.dt)
	}
	return d.dt.String()
}

func (d *DType) identity() any { return d.dt }

func (d *DType) hashKey(*Interp) any { return dtypeKey(d.dt.Repr()) }

type dtypeKey string

func (d *DType) truth(*Interp) bool { return true }

func (d *DType) length(*Interp) int { return d.dt.NumField() }

// toDType converts a dtype argument: None is float64.
func (in *Interp) toDType(v Value) dtype.DType { return in.toDTypeAligned(v, false) }

func (in *Interp) toDTypeAligned(v Value, align bool) dtype.DType {
	check := func(dt dtype.DType, err error) dtype.DType {
		if err != nil {
			panic(err)
		}
		return dt
	}
	switch x := plainText(v).(type) {
	case nil, NoneType:
		return dtype.Float64
	case *DType:
		return x.dt
	case Str:
		parse := dtype.Parse
		if align {
			parse = dtype.ParseAligned
		}
		return check(parse(string(x)))
	case Bytes:
		return check(dtype.Parse(string(x)))
	case *Type:
		if k, ok := kindOfType[x]; ok {
			return dtype.OfKind(k)
		}
		switch x {
		case typeBool:
			return dtype.Bool
		case typeInt, typeSigned, typeInteger:
			return dtype.Int64
		case typeUnsigned:
			return dtype.Uint64
		case typeFloat, typeFloating, typeInexact, typeNumber:
			return dtype.Float64
		case typeComplex, typeComplexF:
			return dtype.Complex128
		case typeStr:
			return dtype.Str(0)
		case typeBytes:
			return dtype.Bytes(0)
		case typeMemoryView, typeRecord:
			return dtype.Void(0)
		}
		for k, t := range dtypeTypes {
			if t == x {
				return dtype.OfKind(dtype.Kind(k))
			}
		}
		throw(excTypeError, "Cannot interpret '%s' as a data type", in.Repr(v))
	case *Ndarray:
		throw(excTypeError, "Cannot construct a dtype from an array")
	case *mappingProxy:
		return in.toDTypeAligned(x.d, align)
	case *List, *Tuple, *Dict:
		return check(dtype.FromLiteral(in.literal(v), align))
	}
	if in.hasAttr(v, "dtype") {
		return in.toDType(in.getAttr(v, "dtype"))
	}
	throw(excTypeError, "Cannot interpret '%s' as a data type", in.Repr(v))
	return dtype.DType{}
}

func (in *Interp) hasAttr(v Value, name string) bool {
	_, ok := in.tryAttr(v, name)
	return ok
}

// literal makes the literal that dtype.FromLiteral reads; dtypes and classes
// inside become their text.
func (in *Interp) literal(v Value) any { return in.literalAt(v, 0) }

// literalAt is literal inside depth containers. They may hold themselves.
func (in *Interp) literalAt(v Value, depth int) any {
	if depth > pyliteral.MaxDepth {
		throw(excRecursionError, "maximum recursion depth exceeded")
	}
	in.charge(16)
	switch x := plainText(v).(type) {
	case NoneType:
		return nil
	case Bool:
		return bool(x)
	case Int:
		return int64(x)
	case Float:
		return float64(x)
	case Str:
		return string(x)
	case Bytes:
		return pyliteral.Bytes(x)
	case *List:
		out := make(pyliteral.List, len(x.items))
		for i, w := range x.items {
			out[i] = in.literalAt(w, depth+1)
		}
		return out
	case *Tuple:
		out := make(pyliteral.Tuple, len(x.items))
		for i, w := range x.items {
			out[i] = in.literalAt(w, depth+1)
		}
		return out
	case *mappingProxy:
		return in.literalAt(x.d, depth+1)
	case *Dict:
		var out pyliteral.Dict
		for _, e := range x.entries {
			if e.key != nil {
				out = append(out, pyliteral.Pair{Key: in.literalAt(e.key, depth+1), Value: in.literalAt(e.value, depth+1)})
			}
		}
		return out
	case *DType, *Type:
		dt := in.toDType(x)
		if dt.IsStruct() {
			p, err := pyliteral.Parse(dt.String())
			if err == nil {
				return p
			}
		}
		if dt.IsSubArray() {
			shape := pyliteral.Tuple{}
			for _, n := range dt.SubShape() {
				shape = append(shape, int64(n))
			}
			return pyliteral.Tuple{in.literal(&DType{dt: dt.Base()}), shape}
		}
		return dt.TypeStr()
	}
	if n, ok := in.asIndex(v); ok {
		return in.literalAt(n, depth+1)
	}
	return in.Repr(v)
}

func (d *DType) item(in *Interp, key Value) Value {
	if !d.dt.IsStruct() {
		throw(excKeyError, "There are no fields in dtype %s.", d.dt.String())
	}
	switch k := key.(type) {
	case Str:
		f, ok := d.dt.Field(string(k))
		if !ok {
			panic(&Exception{typ: excKeyError, args: []Value{Str("Field named " + in.Repr(k) + " not found.")}})
		}
		return &DType{dt: f.DType}
	case *List:
		names := make([]string, len(k.items))
		for i, n := range k.items {
			names[i] = strArg(n, "indices must be integers or strings")
		}
		dt, err := d.dt.Select(names...)
		if err != nil {
			panic(err)
		}
		return &DType{dt: dt}
	}
	i, ok := in.asIndex(key)
	if !ok {
		throw(excTypeError, "Field key must be an integer field offset, single field name, or list of field names.")
	}
	n := in.toIndex(i)
	if n < 0 {
		n += d.dt.NumField()
	}
	if n < 0 || n >= d.dt.NumField() {
		throw(excIndexError, "Field index %d out of range.", in.toIndex(i))
	}
	return &DType{dt: d.dt.FieldAt(n).DType}
}

func (d *DType) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	switch other.(type) {
	case *Ndarray, *Scalar:
		return NotImplemented
	}
	var o dtype.DType
	if exc := in.catch(func() { o = in.toDType(other) }); exc != nil {
		switch op {
		case cmpEQ:
			return Bool(false)
		case cmpNE:
			return Bool(true)
		}
		return NotImplemented
	}
	if other == Value(None) {
		return Bool(op == cmpNE)
	}
	a, b := d.dt, o
	if reflected {
		a, b = b, a
	}
	switch op {
	case cmpEQ:
		return Bool(a.Equal(b))
	case cmpNE:
		return Bool(!a.Equal(b))
	case cmpLE:
		return Bool(dtype.CanCast(a, b, dtype.Safe))
	case cmpLT:
		return Bool(!a.Equal(b) && dtype.CanCast(a, b, dtype.Safe))
	case cmpGE:
		return Bool(dtype.CanCast(b, a, dtype.Safe))
	}
	return Bool(!a.Equal(b) && dtype.CanCast(b, a, dtype.Safe))
}

func intTuple(ns []int) *Tuple {
	t := &Tuple{make([]Value, len(ns))}
	for i, n := range ns {
		t.items[i] = Int(n)
	}
	return t
}

// pyLiteral makes a value of a parsed Python literal.
func pyLiteral(v any) Value {
	switch x := v.(type) {
	case nil:
		return None
	case bool:
		return Bool(x)
	case int:
		return Int(x)
	case int64:
		return Int(x)
	case float64:
		return Float(x)
	case string:
		return Str(x)
	case pyliteral.Bytes:
		return Bytes(x)
	case pyliteral.List:
		l := &List{}
		for _, y := range x {
			l.items = append(l.items, pyLiteral(y))
		}
		return l
	case pyliteral.Tuple:
		t := &Tuple{}
		for _, y := range x {
			t.items = append(t.items, pyLiteral(y))
		}
		return t
	}
	return None
}
