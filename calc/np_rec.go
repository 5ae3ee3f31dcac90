package calc

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Record arrays: np.recarray is an array whose fields are attributes, np.record the
// scalar of one. That a dtype makes records (NumPy: dtype((numpy.record, […]))) is a
// mark on the value of an array, a scalar or a dtype; the library knows one kind of
// structure.

var (
	typeRecarray = newModuleType("numpy.rec", "recarray", typeNdarray)
	typeRecord   = newModuleType("numpy", "record", scalarTypes[dtype.KindVoid])
)

// recarrayOf is np.recarray over an array.
func recarrayOf(a *nd.Array, base Value) *Ndarray {
	return &Ndarray{a: a, base: base, as: typeRecarray, rec: a.DType().IsStruct()}
}

// like gives the result of an operation on x its class, where x is a record array,
// and its records.
func like(x, r Value) Value {
	of, ok := x.(*Ndarray)
	if !ok || !of.rec && of.as != typeRecarray || r == x {
		return r
	}
	switch r := r.(type) {
	case *Ndarray:
		if of.as == typeRecarray && r.as == nil {
			r.as = typeRecarray
		}
		r.rec = r.rec || r.a.DType().IsStruct()
	case *Scalar:
		r.rec = r.a.DType().IsStruct()
	}
	return r
}

// ofField is what a record array or a record gives for one field: plain items are a
// plain array, structures stay records.
func ofField(r Value) Value {
	switch r := r.(type) {
	case *Ndarray:
		if r.rec = r.a.DType().IsStruct(); r.rec {
			r.as = typeRecarray
		}
	case *Scalar:
		r.rec = r.a.DType().IsStruct()
	}
	return r
}

// item is a subscript; see element for arrays of any class.
func (x *Ndarray) item(in *Interp, key Value) Value {
	r := x.element(in, key)
	if x.as != typeRecarray {
		return like(x, r)
	}
	if y, ok := r.(*Ndarray); ok {
		y.a = viewed(y.a)
	}
	return ofField(r)
}

// viewed is a view of an array that owns its items: what NumPy puts a class on.
func viewed(a *nd.Array) *nd.Array {
	if a.OwnData() {
		return view(a)
	}
	return a
}

// likeView is like for operators, whose results get the class as views.
func likeView(x *Ndarray, r Value) Value {
	if y, ok := r.(*Ndarray); ok && x.as == typeRecarray && y != x {
		y.a = viewed(y.a)
	}
	return like(x, r)
}

// attr finds the fields of a record array, after the attributes of its class.
func (x *Ndarray) attr(in *Interp, name string) (Value, bool) {
	if x.as != typeRecarray {
		return nil, false
	}
	if _, ok := x.Type().lookup(name); ok || name == "__class__" {
		return nil, false
	}
	if x.attrs != nil {
		if v, ok := x.attrs.get(in, Str(name)); ok {
			return v, true
		}
	}
	if _, ok := x.a.DType().Field(name); ok {
		return ofField(&Ndarray{a: x.a.Field(name)}), true
	}
	return nil, false
}

// setField is r.name = v: a field's items, or an attribute of the object.
func (x *Ndarray) setField(in *Interp, name string, v Value) {
	if v == nil {
		if x.attrs != nil {
			if _, ok := x.attrs.get(in, Str(name)); ok {
				x.attrs.remove(in, Str(name))
				return
			}
		}
		throw(excAttributeError, "'recarray' object has no attribute '%s'", name)
	}
	if _, ok := x.a.DType().Field(name); ok {
		x.setItem(in, Str(name), v)
		return
	}
	if x.attrs == nil {
		x.attrs = newDict()
	}
	x.attrs.set(in, Str(name), v)
}

// attr finds the fields of a record.
func (x *Scalar) attr(in *Interp, name string) (Value, bool) {
	if !x.rec {
		return nil, false
	}
	if _, ok := x.Type().lookup(name); ok {
		return nil, false
	}
	if _, ok := x.a.DType().Field(name); ok {
		return x.item(in, Str(name)), true
	}
	return nil, false
}

func (x *Scalar) setField(in *Interp, name string, v Value) {
	if _, ok := x.a.DType().Field(name); !ok || v == nil {
		throw(excAttributeError, "'record' object has no attribute '%s'", name)
	}
	x.setItem(in, Str(name), v)
}

// recordText is the text of a dtype of records.
func recordText(dt dtype.DType) string { return "(numpy.record, " + dt.String() + ")" }

// recRepr is the repr of a record array, which always names its dtype.
func (x *Ndarray) recRepr(in *Interp) string {
	open, shut := "rec.array(", ")"
	if x.a.DType().Kind() == dtype.KindVoid && !x.rec {
		open, shut = "array(", ").view(numpy.recarray)"
	}
	text := "[], shape=" + dtype.ShapeText(x.a.Shape())
	if x.a.Size() > 0 || x.a.NDim() == 1 {
		o := in.printOptions().options
		o.Separator, o.Prefix, o.Suffix = ", ", open, ","
		text = nd.Array2String(x.a, o)
	}
	return open + text + ",\n" + strings.Repeat(" ", len(open)) + "dtype=" + x.a.DType().String() + shut
}

// recordsRepr is the repr of a plain array of records: repr with the dtype's text
// replaced, on a line of its own where it no longer fits.
func (x *Ndarray) recordsRepr(in *Interp, repr string) string {
	at := strings.LastIndex(repr, "dtype="+x.a.DType().String()+")")
	if at < 0 {
		return repr
	}
	head := strings.TrimRight(repr[:at], " \n")
	text := "dtype=" + recordText(x.a.DType()) + ")"
	if last := head[strings.LastIndexByte(head, '\n')+1:]; len(last)+1+len(text) > in.printOptions().options.LineWidth {
		return head + "\n      " + text
	}
	return head + " " + text
}

var _ = later(func() {
	numpy.dict["recarray"], numpy.dict["record"] = typeRecarray, typeRecord
	typeRecarray.def("field", "self, attr, val=None", func(in *Interp, a []Value) Value {
		x := a[0].(*Ndarray)
		name := a[1]
		if n, ok := in.asIndex(name); ok {
			names, i := x.a.DType().Names(), in.toIndex(n)
			if i < 0 {
				i += len(names)
			}
			if i < 0 || i >= len(names) {
				throw(excIndexError, "tuple index out of range")
			}
			name = Str(names[i])
		}
		if given(a[2]) {
			x.setItem(in, name, a[2])
			return None
		}
		return x.item(in, name)
	})
	typeRecord.def("pprint", "self", func(in *Interp, a []Value) Value {
		x := a[0].(*Scalar)
		wide := 0
		for _, n := range x.a.DType().Names() {
			wide = max(wide, len(n))
		}
		var rows []string
		for _, n := range x.a.DType().Names() {
			rows = append(rows, fmt.Sprintf("%*s: %s", wide, n, in.Str(x.item(in, Str(n)))))
		}
		return Str(strings.Join(rows, "\n"))
	})
})

// markRecords wraps the functions that keep the class of their argument, and those that keep
// its records, when all are declared.
func markRecords() {
	keep := func(class bool, names ...string) {
		for _, name := range names {
			b := numpy.dict[name].(*Builtin)
			fn := b.fn
			b.fn = func(in *Interp, a []Value) Value {
				r := fn(in, a)
				of := a[0]
				if l, ok := of.(*Tuple); ok && len(l.items) > 0 {
					of = l.items[0]
				} else if l, ok := of.(*List); ok && len(l.items) > 0 {
					of = l.items[0]
				}
				if class {
					return like(of, r)
				}
				if x, ok := of.(*Ndarray); ok && x.rec && r != of {
					if y, ok := r.(*Ndarray); ok && y.as == nil {
						y.rec = y.a.DType() == x.a.DType()
					}
				}
				return r
			}
		}
	}
	// A dtype of records that a function is given stays one.
	for _, v := range numpy.dict {
		b, ok := v.(*Builtin)
		if !ok || b.fn == nil || !strings.Contains(b.text, "dtype") {
			continue
		}
		fn := b.fn
		b.fn = func(in *Interp, a []Value) Value {
			r := fn(in, a)
			for at, v := range a {
				if d, ok := v.(*DType); ok && d.rec && b.sig().params[at].name == "dtype" {
					if x, ok := r.(*Ndarray); ok {
						x.rec = x.a.DType().IsStruct()
					}
				}
			}
			return r
		}
	}
	keep(true, "zeros_like", "ones_like", "empty_like", "full_like", "sort", "squeeze", "reshape", "ravel", "transpose", "take", "repeat", "swapaxes", "moveaxis", "expand_dims")
	keep(false, "array", "asarray", "ascontiguousarray", "asfortranarray", "copy", "concatenate", "append", "stack", "hstack", "vstack", "flip", "roll", "broadcast_to", "atleast_1d", "atleast_2d")
}
