package calc

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// How record arrays are made: np.rec.array, fromarrays, fromrecords, fromstring,
// the class itself, and format_parser, which shows the dtype of formats and names. The names of their parameters are those of recFormat.

const recFormat = "formats=None, names=None, titles=None, aligned=False, byteorder=None"

var _ = later(func() {
	rec := npSub("rec")
	rec.dict["recarray"], rec.dict["record"] = typeRecarray, typeRecord
	rec.python("fromarrays", "arrayList, dtype=None, shape=None, "+recFormat, func(in *Interp, a []Value) Value {
		return in.recFromArrays(in.arrays(a[0]), a[1], a[2], a[3:])
	})
	rec.python("fromrecords", "recList, dtype=None, shape=None, "+recFormat, func(in *Interp, a []Value) Value {
		return in.recFromRecords(a[0], a[1], a[2], a[3:])
	})
	rec.python("fromstring", "datastring, dtype=None, shape=None, offset=0, "+recFormat, func(in *Interp, a []Value) Value {
		return in.recFromString(a[0], a[1], a[2], a[3], a[4:])
	})
	rec.python("array", "obj, dtype=None, shape=None, offset=0, strides=None, "+recFormat+", copy=True", func(in *Interp, a []Value) Value {
		return in.recArray(a)
	})
	rec.python("find_duplicate", "list", func(in *Interp, a []Value) Value {
		seen, out := newDict(), &List{}
		for _, v := range in.listOf(a[0]) {
			if _, ok := seen.get(in, v); ok && in.findItem(out.items, v) < 0 {
				out.items = append(out.items, v)
			}
			seen.set(in, v, None)
		}
		return out
	})
	rec.dict["format_parser"] = typeFormatParser
	typeFormatParser.construct("formats, names, titles, aligned=False, byteorder=None", func(in *Interp, a []Value) Value {
		return &formatParser{in.recDType(None, a)}
	})
	typeFormatParser.buildOf.name, typeFormatParser.buildOf.python = "format_parser.__init__", true
	typeFormatParser.get("dtype", func(in *Interp, v Value) Value { return &DType{dt: v.(*formatParser).dt} })
	typeRecarray.construct("shape, dtype=None, buf=None, offset=0, strides=None, formats=None, names=None, titles=None, byteorder=None, aligned=False, order='C'", func(in *Interp, a []Value) Value {
		return in.newRecarray(a[0], in.recDType(a[1], []Value{a[5], a[6], a[7], a[9], a[8]}), a[2], a[3], a[4], a[10])
	})
})

// formatParser is np.rec.format_parser.
type formatParser struct{ dt dtype.DType }

var typeFormatParser = newModuleType("numpy.rec", "format_parser", typeObject)

func (*formatParser) Type() *Type { return typeFormatParser }

// newRecarray is a record array of zeros, or over a buffer.
func (in *Interp) newRecarray(shape Value, dt dtype.DType, buf, offset, strides, order Value) *Ndarray {
	x := in.call(typeNdarray, []Value{shape, &DType{dt: dt}, buf, offset, strides, order}, nil).(*Ndarray)
	return recarrayOf(x.a, x.base)
}

// recDType is the dtype that is given, or that formats and names (recFormat) make.
func (in *Interp) recDType(dt Value, f []Value) dtype.DType {
	if given(dt) {
		d, _ := in.recordDType(dt)
		return d
	}
	if !given(f[0]) {
		throw(excValueError, "Need formats argument")
	}
	aligned := in.truth(f[3])
	formats := f[0]
	if l, ok := formats.(*List); ok {
		fields := &List{}
		for i, w := range l.items {
			fields.items = append(fields.items, newTuple(Str(fmt.Sprintf("f%d", i)), w))
		}
		formats = fields
	}
	d := in.toDTypeAligned(formats, aligned)
	if !d.IsStruct() {
		d = in.toDTypeAligned(newList(newTuple(Str("f0"), &DType{dt: d})), aligned)
	}
	fields := d.Fields()
	names := in.fieldWords(f[1], len(fields))
	for i := len(names); i < len(fields); i++ {
		names = append(names, fmt.Sprintf("f%d", i))
	}
	titles := in.fieldWords(f[2], len(fields))
	var twice []Value
	for i, n := range names {
		for _, m := range names[:i] {
			if m == n {
				twice = append(twice, Str(n))
			}
		}
	}
	if twice != nil {
		throw(excValueError, "Duplicate field names: %s", in.Repr(&List{twice}))
	}
	spec, lists := newDict(), [4]*List{{}, {}, {}, {}}
	for i, field := range fields {
		lists[0].items = append(lists[0].items, Str(names[i]))
		lists[1].items = append(lists[1].items, &DType{dt: field.DType})
		lists[2].items = append(lists[2].items, Int(field.Offset))
		title := Value(None)
		if i < len(titles) {
			title = Str(titles[i])
		}
		lists[3].items = append(lists[3].items, title)
	}
	for i, key := range []Str{"names", "formats", "offsets", "titles"} {
		if i < 3 || len(titles) > 0 {
			spec.set(in, key, lists[i])
		}
	}
	d = in.toDType(spec) // the offsets are aligned ones; there is no padding at the end
	if given(f[4]) {
		d = in.newByteOrder(d, f[4])
	}
	return d
}

// fieldWords are at most n names from a list or a text with commas.
func (in *Interp) fieldWords(v Value, n int) []string {
	if !given(v) {
		return nil
	}
	var words []string
	switch x := v.(type) {
	case Str:
		words = strings.Split(string(x), ",")
	case *List, *Tuple:
		for _, w := range in.listOf(x) {
			words = append(words, in.Str(w))
		}
	default:
		throw(excNameError, "illegal input names %s", in.Repr(v))
	}
	words = words[:min(n, len(words))]
	for i := range words {
		words[i] = strings.TrimSpace(words[i])
	}
	return words
}

func (in *Interp) recFromArrays(arrays []*nd.Array, dt, shape Value, f []Value) Value {
	if len(arrays) == 0 {
		throw(excIndexError, "list index out of range")
	}
	dims := arrays[0].Shape()
	if given(shape) {
		dims = in.toShape(shape)
	}
	if !given(dt) && !given(f[0]) {
		formats := &List{}
		for _, x := range arrays {
			formats.items = append(formats.items, &DType{dt: x.DType()})
		}
		f = append([]Value{formats}, f[1:]...)
	}
	d := in.recDType(dt, f)
	fields := d.Fields()
	if len(fields) != len(arrays) {
		throw(excValueError, "mismatch between the number of fields and the number of arrays")
	}
	dims = dims[:len(dims)-len(fields[0].DType.SubShape())]
	in.chargeArray(d, dims)
	out := recarrayOf(nd.Zeros(d, dims...), nil)
	for i, x := range arrays {
		test := x.Shape()
		if n := len(test) - len(fields[i].DType.SubShape()); n < 0 || dtype.ShapeText(test[:n]) != dtype.ShapeText(dims) {
			throw(excValueError, `array-shape mismatch in array %d ("%s")`, i, fields[i].Name)
		}
		out.setItem(in, Str(fields[i].Name), in.fromArray(x))
	}
	return out
}

func (in *Interp) recFromRecords(v, dt, shape Value, f []Value) Value {
	if given(dt) || given(f[0]) {
		r := in.toArrayAs(v, in.recDType(dt, f))
		if given(shape) {
			r = r.Reshape(in.toShape(shape)...)
		}
		return recarrayOf(view(r), nil)
	}
	rows := in.listOf(v)
	wide := -1
	for _, row := range rows {
		n := -2
		switch row.(type) {
		case *Tuple, *List, *Scalar, *Ndarray:
			n = len(in.listOf(row))
		}
		if wide == -1 {
			wide = n
		}
		if n != wide {
			wide = -2
			break
		}
	}
	var columns []*nd.Array
	if wide == -2 { // what NumPy makes of rows that are no rows
		for _, row := range rows {
			columns = append(columns, in.toArray(row))
		}
		return in.recFromArrays(columns, None, shape, f)
	}
	for k := range max(wide, 0) {
		column := &List{}
		for _, row := range rows {
			column.items = append(column.items, in.listOf(row)[k])
		}
		columns = append(columns, in.toArray(column))
	}
	return in.recFromArrays(columns, None, shape, f)
}

func (in *Interp) recFromString(v, dt, shape, offset Value, f []Value) Value {
	if !given(dt) && !given(f[0]) {
		throw(excTypeError, "fromstring() needs a 'dtype' or 'formats' argument")
	}
	d := in.recDType(dt, f)
	if !given(shape) || shape == Value(Int(-1)) {
		shape = Int((in.length(v) - in.toInt(offset)) / max(1, d.ItemSize()))
	}
	return in.newRecarray(shape, d, v, offset, None, Str("C"))
}

// recArray is np.rec.array.
func (in *Interp) recArray(a []Value) Value {
	obj, dt, shape, f, copied := a[0], a[1], a[2], a[5:10], in.truth(a[10])
	switch obj.(type) {
	case NoneType, Str:
		if !given(dt) && !given(f[0]) {
			throw(excValueError, "Must define formats (or dtype) if object is None, string, or an open file")
		}
	}
	if given(f[0]) && !given(dt) {
		dt = &DType{dt: in.recDType(dt, f)}
		f = []Value{None, None, None, Bool(false), None}
	}
	switch x := obj.(type) {
	case NoneType:
		if !given(shape) {
			throw(excValueError, "Must define a shape if obj is None")
		}
		return in.newRecarray(shape, in.recDType(dt, f), None, a[3], a[4], Str("C"))
	case Bytes:
		return in.recFromString(x, dt, shape, a[3], f)
	case *List, *Tuple:
		items := in.listOf(x)
		if len(items) == 0 {
			throw(excIndexError, "%s index out of range", x.Type().name)
		}
		switch items[0].(type) {
		case *List, *Tuple:
			return in.recFromRecords(x, dt, shape, f)
		}
		return in.recFromArrays(in.arrays(x), dt, shape, f)
	}
	r, ok := arrayOf(obj)
	if !ok {
		if r, ok = in.exported(obj); !ok {
			throw(excValueError, "Unknown input type")
		}
	}
	if given(dt) {
		r = r.View(in.recDType(dt, f))
	}
	if copied {
		in.chargeCopy(r)
		r = view(r.Copy())
	}
	return recarrayOf(view(r), nil)
}
