package calc

import (
	"strings"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/pyliteral"
)

// DType is the value of a dtype.
type DType struct{ dt dtype.DType }

func (d *DType) Type() *Type { return dtypeTypes[d.dt.Kind()] }

func (d *DType) kind() string { return "dtype" }

func (d *DType) repr(*Interp) string { return d.dt.Repr() }

func (d *DType) str(*Interp) string { return d.dt.String() }

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
	switch x := v.(type) {
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
		case typeMemoryView:
			return dtype.Void(0)
		}
		for k, t := range dtypeTypes {
			if t == x {
				return dtype.OfKind(dtype.Kind(k))
			}
		}
		throw(excTypeError, "Cannot interpret '%s' as a data type", in.Repr(v))
	case *mappingProxy:
		return in.toDTypeAligned(x.d, align)
	case *List, *Tuple, *Dict:
		return check(dtype.FromLiteral(in.literal(v), align))
	case *Ndarray, *Scalar:
		throw(excTypeError, "Cannot construct a dtype from an array")
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
func (in *Interp) literal(v Value) any {
	switch x := v.(type) {
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
			out[i] = in.literal(w)
		}
		return out
	case *Tuple:
		out := make(pyliteral.Tuple, len(x.items))
		for i, w := range x.items {
			out[i] = in.literal(w)
		}
		return out
	case *mappingProxy:
		return in.literal(x.d)
	case *Dict:
		var out pyliteral.Dict
		for _, e := range x.entries {
			if e.key != nil {
				out = append(out, pyliteral.Pair{Key: in.literal(e.key), Value: in.literal(e.value)})
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
			return pyliteral.Tuple{in.literal(&DType{dt.Base()}), shape}
		}
		return dt.TypeStr()
	}
	if n, ok := in.asIndex(v); ok {
		return in.literal(n)
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
		return &DType{f.DType}
	case *List:
		names := make([]string, len(k.items))
		for i, n := range k.items {
			names[i] = strArg(n, "indices must be integers or strings")
		}
		dt, err := d.dt.Select(names...)
		if err != nil {
			panic(err)
		}
		return &DType{dt}
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
	return &DType{d.dt.FieldAt(n).DType}
}

func (d *DType) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
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

func init() {
	t := typeDType
	t.buildOf = function("dtype", "dtype, align=False, copy=False, metadata=None", func(in *Interp, a []Value) Value {
		return &DType{in.toDTypeAligned(a[0], in.truth(a[1]))}
	})
	get := func(name string, f func(in *Interp, dt dtype.DType) Value) {
		t.get(name, func(in *Interp, v Value) Value { return f(in, v.(*DType).dt) })
	}
	get("name", func(in *Interp, dt dtype.DType) Value { return Str(dt.Name()) })
	get("str", func(in *Interp, dt dtype.DType) Value { return Str(dt.TypeStr()) })
	get("char", func(in *Interp, dt dtype.DType) Value { return Str(dt.Char()) })
	get("kind", func(in *Interp, dt dtype.DType) Value { return Str(kindLetter(dt)) })
	get("itemsize", func(in *Interp, dt dtype.DType) Value { return Int(dt.ItemSize()) })
	get("alignment", func(in *Interp, dt dtype.DType) Value { return Int(dt.Alignment()) })
	get("byteorder", func(in *Interp, dt dtype.DType) Value {
		s := dt.TypeStr()
		if dt.IsStruct() || dt.IsSubArray() || strings.HasPrefix(s, "|") {
			return Str("|")
		}
		if dt.IsNative() {
			return Str("=")
		}
		return Str(s[:1])
	})
	get("isnative", func(in *Interp, dt dtype.DType) Value { return Bool(dt.IsNative()) })
	get("isalignedstruct", func(in *Interp, dt dtype.DType) Value { return Bool(dt.IsAlignedStruct()) })
	get("hasobject", func(in *Interp, dt dtype.DType) Value { return Bool(false) })
	get("isbuiltin", func(in *Interp, dt dtype.DType) Value {
		if dt.IsStruct() || dt.IsSubArray() || !dt.IsNative() {
			return Int(0)
		}
		return Int(1)
	})
	get("metadata", func(in *Interp, dt dtype.DType) Value { return None })
	get("flags", func(in *Interp, dt dtype.DType) Value {
		if dt.IsStruct() {
			return Int(16)
		}
		return Int(0)
	})
	get("num", func(in *Interp, dt dtype.DType) Value {
		return Int(map[byte]int{'?': 0, 'b': 1, 'B': 2, 'h': 3, 'H': 4, 'i': 5, 'I': 6, 'l': 7, 'L': 8, 'q': 9, 'Q': 10, 'e': 23, 'f': 11, 'd': 12, 'F': 14, 'D': 15, 'S': 18, 'U': 19, 'V': 20}[dt.Char()])
	})
	get("type", func(in *Interp, dt dtype.DType) Value { return scalarTypes[dt.Kind()] })
	get("base", func(in *Interp, dt dtype.DType) Value { return &DType{dt.Base()} })
	get("shape", func(in *Interp, dt dtype.DType) Value { return intTuple(dt.SubShape()) })
	get("ndim", func(in *Interp, dt dtype.DType) Value { return Int(len(dt.SubShape())) })
	get("subdtype", func(in *Interp, dt dtype.DType) Value {
		if !dt.IsSubArray() {
			return None
		}
		return newTuple(&DType{dt.Base()}, intTuple(dt.SubShape()))
	})
	get("names", func(in *Interp, dt dtype.DType) Value {
		if !dt.IsStruct() {
			return None
		}
		names := &Tuple{}
		for _, n := range dt.Names() {
			names.items = append(names.items, Str(n))
		}
		return names
	})
	get("fields", func(in *Interp, dt dtype.DType) Value {
		if !dt.IsStruct() {
			return None
		}
		d := newDict()
		for _, f := range dt.Fields() {
			v := newTuple(&DType{f.DType}, Int(f.Offset))
			if f.Title != "" {
				v.items = append(v.items, Str(f.Title))
				d.set(in, Str(f.Name), v)
				d.set(in, Str(f.Title), v)
				continue
			}
			d.set(in, Str(f.Name), v)
		}
		return &mappingProxy{d}
	})
	get("descr", func(in *Interp, dt dtype.DType) Value {
		text, err := dt.TryDescr()
		if err != nil {
			panic(err)
		}
		v, err := pyliteral.Parse(text)
		if err != nil {
			return Str(text)
		}
		if s, ok := v.(string); ok {
			return newList(newTuple(Str(""), Str(s)))
		}
		return pyLiteral(v)
	})
	t.dict["names"].(*Property).set = func(in *Interp, self, v Value) { in.renameFields(self.(*DType), v) }
	t.def("newbyteorder", "self, new_order='S', /", func(in *Interp, a []Value) Value {
		dt := a[0].(*DType).dt
		return &DType{in.newByteOrder(dt, a[1])}
	})
}

// mappingProxy is a dict that cannot be changed: dtype.fields.
type mappingProxy struct{ d *Dict }

var typeMappingProxy = newType("mappingproxy", typeObject)

func (*mappingProxy) Type() *Type { return typeMappingProxy }

func (m *mappingProxy) repr(in *Interp) string            { return "mappingproxy(" + m.d.repr(in) + ")" }
func (m *mappingProxy) str(in *Interp) string             { return m.d.repr(in) }
func (m *mappingProxy) length(in *Interp) int             { return m.d.n }
func (m *mappingProxy) item(in *Interp, key Value) Value  { return m.d.item(in, key) }
func (m *mappingProxy) iterate(in *Interp) Iterator       { return m.d.iterate(in) }
func (m *mappingProxy) contains(in *Interp, v Value) bool { return in.contains(m.d, v) }

func (m *mappingProxy) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	if o, ok := other.(*mappingProxy); ok {
		other = o.d
	}
	return in.rich(op, m.d, other)
}

func (m *mappingProxy) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "keys", "values", "items", "get", "copy":
		return in.classAttr(m.d, name)
	}
	return nil, false
}

// renameFields sets dtype.names.
func (in *Interp) renameFields(d *DType, v Value) {
	if !d.dt.IsStruct() {
		throw(excAttributeError, "there are no fields defined")
	}
	fields := d.dt.Fields()
	_, ok := in.iterator(v)
	var names []Value
	if ok {
		names = in.listOf(v)
	}
	if !ok || len(names) != len(fields) {
		throw(excValueError, "must replace all names at once with a sequence of length %d", len(fields))
	}
	seen := map[Str]bool{}
	for i, n := range names {
		s, ok := n.(Str)
		if !ok {
			throw(excValueError, "item #%d of names is of type %s and not string", i, n.Type().tpName())
		}
		if seen[s] {
			throw(excValueError, "Duplicate field names given.")
		}
		seen[s] = true
		fields[i].Name = string(s)
	}
	dt, err := dtype.Struct(fields, dtype.StructOptions{Offsets: true, ItemSize: d.dt.ItemSize(), Align: d.dt.IsAlignedStruct()})
	if err != nil {
		panic(err)
	}
	d.dt = dt
}

func kindLetter(dt dtype.DType) byte { return dt.Kind().Class() }

func (in *Interp) newByteOrder(dt dtype.DType, order Value) dtype.DType {
	switch strings.ToUpper(strArg(order, "order must be str")) {
	case "S", "SWAP":
		return dt.Swapped()
	case "<", "L", "LITTLE":
		return dt.NewByteOrder('<')
	case ">", "B", "BIG":
		return dt.NewByteOrder('>')
	case "=", "N", "NATIVE":
		return dt.Native()
	case "|", "I", "IGNORE":
		return dt
	}
	throw(excValueError, "byteorder not recognized (got %s)", in.Repr(order))
	return dt
}
