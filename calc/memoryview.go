package calc

// memoryView is Python's memoryview over bytes, minimal: one axis of bytes.
type memoryView struct {
	of       buffered
	start    int
	n        int
	release  func()
	released bool
}

var typeMemoryView = newType("memoryview", typeObject)

func (*memoryView) Type() *Type { return typeMemoryView }

func (m *memoryView) bytes() []byte {
	if m.released {
		throw(excValueError, "operation forbidden on released memoryview object")
	}
	b, _ := m.of.buffer()
	return b[m.start : m.start+m.n]
}

func (m *memoryView) buffer() ([]byte, bool) {
	_, ro := m.of.buffer()
	return m.bytes(), ro
}

func (m *memoryView) export() func() { return m.of.export() }

func (m *memoryView) length(*Interp) int { return len(m.bytes()) }

func (m *memoryView) item(in *Interp, key Value) Value {
	b := m.bytes()
	if s, ok := key.(*Slice); ok {
		start, _, step, n := s.resolve(in, len(b))
		if step != 1 {
			throw(excNotImplementedError, "memoryview: only slices with step 1 are supported")
		}
		return &memoryView{of: m.of, start: m.start + start, n: n, release: m.of.export()}
	}
	i := in.subscript(key, len(b), "memoryview")
	if i < 0 {
		throw(excIndexError, "index out of bounds on dimension 1")
	}
	return Int(b[i])
}

func (m *memoryView) setItem(in *Interp, key, v Value) {
	b, ro := m.buffer()
	if ro {
		throw(excTypeError, "cannot modify read-only memory")
	}
	if s, ok := key.(*Slice); ok {
		start, _, step, n := s.resolve(in, len(b))
		src := bytesArg(v, needBytes)
		if step != 1 || len(src) != n {
			throw(excValueError, "memoryview assignment: lvalue and rvalue have different structures")
		}
		copy(b[start:], src)
		return
	}
	i := in.subscript(key, len(b), "memoryview")
	if i < 0 {
		throw(excIndexError, "index out of bounds on dimension 1")
	}
	x, ok := in.asIndex(v)
	if !ok {
		throw(excTypeError, "memoryview: invalid type for format 'B'")
	}
	n, ok := x.(Int)
	if !ok || n < 0 || n > 255 {
		throw(excValueError, "memoryview: invalid value for format 'B'")
	}
	b[i] = byte(n)
}

func (m *memoryView) iterate(*Interp) Iterator { return &bytesIterator{s: m.bytes} }

func init() {
	t := typeMemoryView
	self := func(a []Value) *memoryView { return a[0].(*memoryView) }
	t.construct("object", func(in *Interp, a []Value) Value {
		b, ok := a[0].(buffered)
		if !ok {
			throw(excTypeError, "memoryview: a bytes-like object is required, not '%s'", a[0].Type().tpName())
		}
		if _, ok := a[0].(byteItems); !ok {
			throw(excNotImplementedError, "memoryview of '%s' is not supported", a[0].Type().tpName())
		}
		raw, _ := b.buffer()
		return &memoryView{of: b, n: len(raw), release: b.export()}
	})
	t.get("nbytes", func(in *Interp, v Value) Value { return Int(len(v.(*memoryView).bytes())) })
	t.get("itemsize", func(in *Interp, v Value) Value { return Int(1) })
	t.get("format", func(in *Interp, v Value) Value { return Str("B") })
	t.get("ndim", func(in *Interp, v Value) Value { return Int(1) })
	t.get("shape", func(in *Interp, v Value) Value { return newTuple(Int(len(v.(*memoryView).bytes()))) })
	t.get("strides", func(in *Interp, v Value) Value { return newTuple(Int(1)) })
	t.get("readonly", func(in *Interp, v Value) Value {
		_, ro := v.(*memoryView).buffer()
		return Bool(ro)
	})
	t.get("obj", func(in *Interp, v Value) Value { return v.(*memoryView).of.(Value) })
	t.def("tobytes", "self, order='C'", func(in *Interp, a []Value) Value {
		in.charge(self(a).n)
		return Bytes(self(a).bytes())
	})
	t.def("tolist", "self, /", func(in *Interp, a []Value) Value { return &List{in.listOf(a[0])} })
	t.def("hex", "self, /, sep=?, bytes_per_sep=1", func(in *Interp, a []Value) Value {
		return Str(in.hexText(string(self(a).bytes()), a[1], in.toIndex(a[2])))
	})
	t.def("release", "self, /", func(in *Interp, a []Value) Value {
		m := self(a)
		if !m.released {
			m.release()
			m.released = true
		}
		return None
	})
	t.def("__enter__", "self, /", func(in *Interp, a []Value) Value { return a[0] })
	t.def("__exit__", "self, *exc", func(in *Interp, a []Value) Value {
		return in.call(in.getAttr(a[0], "release"), nil, nil)
	})
}

// byteItems marks values whose buffer is plain bytes.
type byteItems interface{ byteItems() }

func (Bytes) byteItems()       {}
func (*Bytearray) byteItems()  {}
func (*memoryView) byteItems() {}
