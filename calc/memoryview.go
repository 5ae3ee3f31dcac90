package calc

import (
	"fmt"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// memoryView is Python's memoryview: shape, strides and format over memory that an
// object lends, as an array.
type memoryView struct {
	a        *nd.Array // nil once released
	format   string
	of       Value
	readOnly bool
}

var typeMemoryView = newType("memoryview", typeObject)

func (*memoryView) Type() *Type { return typeMemoryView }

// newMemoryView is the view of a value that lends memory.
func (in *Interp) newMemoryView(v Value) *memoryView {
	m := &memoryView{of: v, format: "B"}
	switch x := v.(type) {
	case *memoryView:
		return x.over(x.array())
	case Bytes:
		m.a, m.readOnly = bytesOver(buffer.FromString(string(x))), true
		return m
	case *Bytearray:
		m.a = bytesOver(x.lent())
		return m
	case *Array:
		m.a, m.format = view(in.toArray(x)), string(x.code)
		if x.code == 'u' {
			m.format = "w"
		}
		return m.over(m.a)
	}
	a, ok := arrayOf(v)
	if !ok {
		throw(excTypeError, "memoryview: a bytes-like object is required, not '%s'", v.Type().tpName())
	}
	format, err := a.DType().BufferFormat()
	if err != nil {
		panic(err)
	}
	if _, ok := v.(*Scalar); ok {
		a = a.Copy()
	}
	m.format, m.readOnly = format, !a.Writeable() || v.Type().isSub(typeGeneric)
	return m.over(a)
}

// bytesOver is the array of a block's bytes.
func bytesOver(b *buffer.Buffer) *nd.Array {
	a, err := nd.FromBuffer(b, dtype.Uint8, -1, 0)
	if err != nil {
		panic(err)
	}
	return a
}

// over is a view of the same object whose items are a's.
func (m *memoryView) over(a *nd.Array) *memoryView {
	r, err := nd.Over(a.Buffer(), a.DType(), a.Shape(), a.Strides(), a.Offset())
	if err == nil && m.readOnly {
		err = r.SetWriteable(false)
	}
	if err != nil {
		panic(err)
	}
	return &memoryView{a: r, format: m.format, of: m.of, readOnly: m.readOnly}
}

// array is the array of the items; it refuses a view that was released.
func (m *memoryView) array() *nd.Array {
	if m.a == nil {
		throw(excValueError, "operation forbidden on released memoryview object")
	}
	return m.a
}

func (m *memoryView) bytes() []byte { return arrayBytes(m.array()) }

func (m *memoryView) buffer() ([]byte, bool) { return m.bytes(), m.readOnly }

// code is the letter of a format that items can be read by.
func (m *memoryView) code() byte {
	code, ok := itemCode(m.format)
	if !ok {
		throw(excNotImplementedError, "memoryview: format %s not supported", m.format)
	}
	return code
}

// itemCode is the letter of a native format of one character.
func itemCode(format string) (code byte, ok bool) {
	f := strings.TrimPrefix(format, "@")
	if len(f) != 1 || strings.IndexByte("cbB?hHiIlLqQnNfdeP", f[0]) < 0 {
		return 0, false
	}
	return f[0], true
}

func (m *memoryView) value(in *Interp, a *nd.Array) Value {
	if m.code() == 'c' {
		return Bytes(itemBytes(a))
	}
	return in.itemOf(a)
}

func (m *memoryView) length(*Interp) int {
	if m.array().NDim() == 0 {
		return 1
	}
	return m.a.Len()
}

func (m *memoryView) repr(in *Interp) string {
	word := "memory"
	if m.a == nil {
		word = "released memory"
	}
	return fmt.Sprintf("<%s at 0x%x>", word, in.id(m))
}

// place resolves a subscript of integers, one an axis.
func (m *memoryView) place(in *Interp, key Value) (*nd.Array, bool) {
	a := m.array()
	items := []Value{key}
	if t, ok := key.(*Tuple); ok {
		items = t.items
	} else if a.NDim() == 0 {
		throw(excTypeError, "invalid indexing of 0-dim memory")
	}
	idx := make([]nd.Idx, len(items))
	for k, v := range items {
		if _, ok := in.asIndex(v); !ok {
			return nil, false
		}
		if k >= a.NDim() {
			throw(excTypeError, "cannot index %d-dimension view with %d-element tuple", a.NDim(), len(items))
		}
		i := in.subscript(v, a.Dim(k), "memoryview")
		if i < 0 {
			throw(excIndexError, "index out of bounds on dimension %d", k+1)
		}
		idx[k] = nd.I(i)
	}
	if len(items) < a.NDim() {
		throw(excNotImplementedError, "sub-views are not implemented")
	}
	return a.Slice(idx...), true
}

func (m *memoryView) item(in *Interp, key Value) Value {
	switch k := key.(type) {
	case EllipsisType:
		if m.array().NDim() == 0 {
			return m
		}
	case *Slice:
		if m.array().NDim() == 0 {
			throw(excTypeError, "invalid indexing of 0-dim memory")
		}
		return m.over(m.a.Slice(in.sliceIndex(k)))
	}
	m.array()
	if _, many := key.(*Tuple); !many && m.a.NDim() > 1 {
		if _, ok := in.asIndex(key); ok {
			throw(excNotImplementedError, "multi-dimensional sub-views are not implemented")
		}
	}
	m.code()
	if a, ok := m.place(in, key); ok {
		return m.value(in, a)
	}
	if t, ok := key.(*Tuple); ok {
		for _, v := range t.items {
			if _, ok := v.(*Slice); ok {
				throw(excNotImplementedError, "multi-dimensional slicing is not implemented")
			}
		}
	}
	throw(excTypeError, "memoryview: invalid slice key")
	return nil
}

func (m *memoryView) setItem(in *Interp, key, v Value) {
	a := m.array()
	if m.readOnly {
		throw(excTypeError, "cannot modify read-only memory")
	}
	if v == nil {
		throw(excTypeError, "cannot delete memory")
	}
	code := m.code()
	if s, ok := key.(*Slice); ok && a.NDim() > 0 {
		if _, lends := v.(buffered); !lends {
			throw(excTypeError, "a bytes-like object is required, not '%s'", v.Type().tpName())
		}
		src, dst := in.newMemoryView(v), a.Slice(in.sliceIndex(s))
		if a.NDim() != 1 || src.a.NDim() != 1 || src.a.Len() != dst.Len() || src.a.DType() != a.DType() || strings.TrimPrefix(src.format, "@") != strings.TrimPrefix(m.format, "@") {
			throw(excValueError, "memoryview assignment: lvalue and rvalue have different structures")
		}
		dst.Assign(src.a)
		return
	}
	dst, ok := m.place(in, key)
	if !ok {
		throw(excTypeError, "memoryview: invalid slice key")
	}
	dst.Assign(m.encoded(in, code, v, a.DType()))
}

// encoded is the item that v becomes.
func (m *memoryView) encoded(in *Interp, code byte, v Value, dt dtype.DType) *nd.Array {
	bad := func(class *Type, kind string) {
		throw(class, "memoryview: invalid %s for format '%c'", kind, code)
	}
	switch code {
	case 'c':
		b, ok := v.(Bytes)
		if !ok {
			bad(excTypeError, "type")
		}
		if len(b) != 1 {
			bad(excValueError, "value")
		}
		return nd.Scalar(b[0])
	case '?':
		return nd.Scalar(in.truth(v))
	case 'f', 'd', 'e':
		f, ok := in.asFloat(v)
		if !ok {
			bad(excTypeError, "type")
		}
		return nd.Scalar(f).AsType(dt)
	}
	x, ok := in.asIndex(v)
	if !ok {
		bad(excTypeError, "type")
	}
	var r *nd.Array
	if exc := in.catch(func() { r = in.intLeaves([]Value{x}, dt) }); exc != nil {
		bad(excValueError, "value")
	}
	return r.Reshape().AsType(dt)
}

func (m *memoryView) iterate(in *Interp) Iterator {
	if m.length(in); m.a.NDim() > 1 {
		throw(excNotImplementedError, "multi-dimensional sub-views are not implemented")
	}
	m.code()
	i := 0
	return &funcIterator{typ: typeMemoryIterator, next: func(in *Interp) (Value, bool) {
		if i >= m.array().Len() {
			return nil, false
		}
		i++
		return m.value(in, m.a.Slice(nd.I(i-1))), true
	}}
}

var typeMemoryIterator = newType("memory_iterator", typeObject)

func (m *memoryView) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	if _, lends := other.(buffered); !lends || op != cmpEQ && op != cmpNE {
		return NotImplemented
	}
	equal := false
	if o, ok := other.(*memoryView); m.a == nil || ok && o.a == nil {
		equal = ok && o == m
	} else {
		o := in.newMemoryView(other)
		equal = dtype.ShapeText(m.a.Shape()) == dtype.ShapeText(o.a.Shape()) && m.a.DType().IsNumeric() == o.a.DType().IsNumeric() && m.a.ArrayEqual(o.a)
	}
	return Bool(equal == (op == cmpEQ))
}

func (m *memoryView) hashKey(in *Interp) any {
	m.array()
	if !m.readOnly {
		throw(excValueError, "cannot hash writable memoryview object")
	}
	if c := m.code(); c != 'B' && c != 'b' && c != 'c' {
		throw(excValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'")
	}
	return in.hashKey(Bytes(m.bytes()))
}

// list is m.tolist(): nested lists of the items.
func (m *memoryView) list(in *Interp, a *nd.Array) Value {
	if a.NDim() == 0 {
		return m.value(in, a)
	}
	in.chargeItems(a.Len())
	l := &List{make([]Value, a.Len())}
	in.charge(itemBytesInList * len(l.items))
	for i := range l.items {
		in.step()
		l.items[i] = m.list(in, a.Slice(nd.I(i)))
	}
	return l
}

// cast gives the bytes another format, or another shape.
func (m *memoryView) cast(in *Interp, format, shape Value) *memoryView {
	a := m.array()
	f, ok := format.(Str)
	if !ok {
		throw(excTypeError, "memoryview: format argument must be a string")
	}
	if !a.Flags().Has(nd.CContiguous) {
		throw(excTypeError, "memoryview: casts are restricted to C-contiguous views")
	}
	out := &memoryView{format: string(f), of: m.of, readOnly: m.readOnly}
	code, ok := itemCode(string(f))
	if !ok {
		throw(excValueError, "memoryview: destination format must be a native single character format prefixed with an optional '@'")
	}
	switch code { // the letters that are no dtype of their own
	case 'c':
		code = 'B'
	case 'n':
		code = 'l'
	case 'N', 'P':
		code = 'L'
	}
	dt, err := dtype.FromFormat(string(code))
	if err != nil {
		panic(err)
	}
	if bytesLikeFormat(m.format) == bytesLikeFormat(out.format) && !bytesLikeFormat(m.format) {
		throw(excTypeError, "memoryview: cannot cast between two non-byte formats")
	}
	if a.NBytes()%dt.ItemSize() != 0 {
		throw(excTypeError, "memoryview: length is not a multiple of itemsize")
	}
	dims := []int{a.NBytes() / dt.ItemSize()}
	if given(shape) {
		if a.NDim() != 1 {
			throw(excTypeError, "memoryview: cast must be 1D -> ND or ND -> 1D")
		}
		dims = in.toShape(shape)
		n := dt.ItemSize()
		for _, d := range dims {
			if d <= 0 {
				throw(excValueError, "memoryview.cast(): elements of shape must be integers > 0")
			}
			n *= d
		}
		if n != a.NBytes() {
			throw(excTypeError, "memoryview: product(shape) * itemsize != buffer size")
		}
	}
	r, err := nd.OverOrder(nd.C, a.Buffer(), dt, dims, a.Offset())
	if err != nil {
		panic(err)
	}
	return out.over(r)
}

func bytesLikeFormat(f string) bool {
	f = strings.TrimPrefix(f, "@")
	return f == "B" || f == "b" || f == "c"
}

var _ = later(func() {
	t := typeMemoryView
	self := func(a []Value) *memoryView { return a[0].(*memoryView) }
	t.construct("object", func(in *Interp, a []Value) Value { return in.newMemoryView(a[0]) })
	for name, get := range map[string]func(m *memoryView, a *nd.Array) Value{
		"nbytes":       func(m *memoryView, a *nd.Array) Value { return Int(a.NBytes()) },
		"itemsize":     func(m *memoryView, a *nd.Array) Value { return Int(a.ItemSize()) },
		"format":       func(m *memoryView, a *nd.Array) Value { return Str(m.format) },
		"ndim":         func(m *memoryView, a *nd.Array) Value { return Int(a.NDim()) },
		"shape":        func(m *memoryView, a *nd.Array) Value { return intTuple(a.Shape()) },
		"strides":      func(m *memoryView, a *nd.Array) Value { return intTuple(a.Strides()) },
		"suboffsets":   func(m *memoryView, a *nd.Array) Value { return newTuple() },
		"readonly":     func(m *memoryView, a *nd.Array) Value { return Bool(m.readOnly) },
		"obj":          func(m *memoryView, a *nd.Array) Value { return m.of },
		"c_contiguous": func(m *memoryView, a *nd.Array) Value { return Bool(a.Flags().Has(nd.CContiguous)) },
		"f_contiguous": func(m *memoryView, a *nd.Array) Value { return Bool(a.Flags().Has(nd.FContiguous)) },
		"contiguous":   func(m *memoryView, a *nd.Array) Value { return Bool(a.Flags().Forc()) },
	} {
		t.get(name, func(in *Interp, v Value) Value {
			m := v.(*memoryView)
			return get(m, m.array())
		})
	}
	t.def("tobytes", "self, order='C'", func(in *Interp, a []Value) Value {
		x := self(a).array()
		in.charge(x.NBytes())
		if o := in.toOrder(a[1], nd.C); o == nd.F || o == nd.A && x.Flags().FNC() {
			x = x.T()
		}
		return Bytes(arrayBytes(x))
	})
	t.def("tolist", "self, /", func(in *Interp, a []Value) Value {
		self(a).array()
		self(a).code()
		return self(a).list(in, self(a).a)
	})
	t.def("hex", "self, /, sep=?, bytes_per_sep=1", func(in *Interp, a []Value) Value {
		return Str(in.hexText(string(self(a).bytes()), a[1], in.toIndex(a[2])))
	})
	t.def("cast", "self, /, format, shape=None", func(in *Interp, a []Value) Value { return self(a).cast(in, a[1], a[2]) })
	t.def("toreadonly", "self, /", func(in *Interp, a []Value) Value {
		m := *self(a)
		m.array()
		m.readOnly = true
		return m.over(m.a)
	})
	t.def("release", "self, /", func(in *Interp, a []Value) Value {
		self(a).a = nil // arrays that look through it hold the memory themselves
		return None
	})
	t.def("__enter__", "self, /", func(in *Interp, a []Value) Value {
		self(a).array()
		return a[0]
	})
	t.def("__exit__", "self, /, *exc", func(in *Interp, a []Value) Value {
		self(a).a = nil
		return None
	})
})
