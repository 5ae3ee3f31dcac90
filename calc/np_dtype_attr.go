package calc

import (
	"strings"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/pyliteral"
)

var _ = later(func() {
	t := typeDType
	t.buildOf = function("dtype", "dtype, align=False, copy=False, metadata=None", func(in *Interp, a []Value) Value {
		if t, ok := a[0].(*Tuple); ok && len(t.items) == 2 && t.items[0] == Value(typeRecord) {
			dt := in.toDTypeAligned(t.items[1], in.truth(a[1]))
			return &DType{dt, dt.IsStruct()}
		}
		d, _ := a[0].(*DType)
		return &DType{in.toDTypeAligned(a[0], in.truth(a[1])), d != nil && d.rec}
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
	t.get("type", func(in *Interp, v Value) Value {
		if v.(*DType).rec {
			return typeRecord
		}
		return scalarTypes[v.(*DType).dt.Kind()]
	})
	get("base", func(in *Interp, dt dtype.DType) Value { return &DType{dt: dt.Base()} })
	get("shape", func(in *Interp, dt dtype.DType) Value { return intTuple(dt.SubShape()) })
	get("ndim", func(in *Interp, dt dtype.DType) Value { return Int(len(dt.SubShape())) })
	get("subdtype", func(in *Interp, dt dtype.DType) Value {
		if !dt.IsSubArray() {
			return None
		}
		return newTuple(&DType{dt: dt.Base()}, intTuple(dt.SubShape()))
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
			v := newTuple(&DType{dt: f.DType}, Int(f.Offset))
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
		return &DType{dt: in.newByteOrder(dt, a[1])}
	})
})

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
