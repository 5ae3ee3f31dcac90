package calc

// The module array and the methods of its class.
var _ = later(func() {
	m := newModule("array")
	m.dict["array"] = typeArray
	m.dict["ArrayType"] = typeArray
	m.dict["typecodes"] = Str("bBuhHiIlLqQfd")
	t := typeArray
	self := func(a []Value) *Array { return a[0].(*Array) }
	t.construct("typecode, initializer=?, /", func(in *Interp, a []Value) Value {
		code, ok := a[0].(Str)
		if !ok || len(code) != 1 {
			if !ok {
				throw(excTypeError, "array() argument 1 must be a unicode character, not %s", a[0].Type().tpName())
			}
			throw(excTypeError, "array() argument 1 must be a unicode character, not str")
		}
		kind := arrayItem(code[0])
		x := newArray(in, kind, 0)
		switch v := a[1].(type) {
		case nil:
		case Bytes:
			x = arrayOfBytes(in, kind, string(v))
		case *Bytearray:
			x = arrayOfBytes(in, kind, string(v.b))
		case Str:
			if x.code != 'u' {
				throw(excTypeError, "cannot use a str to initialize an array with typecode '%c'", x.code)
			}
			rs := runesOf(string(v))
			x = newArray(in, kind, len(rs))
			for i, r := range rs {
				x.put(in, i, Str(encodeRune(r)))
			}
		case *List, *Tuple:
			items := in.listOf(v)
			x = newArray(in, kind, len(items))
			for i, w := range items {
				x.put(in, i, w)
			}
		case *Array:
			x = newArray(in, kind, v.len())
			for i := range v.len() {
				x.put(in, i, v.at(i))
			}
		default:
			x.extend(in, v)
		}
		return x
	})
	t.get("typecode", func(in *Interp, v Value) Value { return Str(v.(*Array).code) })
	t.get("itemsize", func(in *Interp, v Value) Value { return Int(v.(*Array).kind.size) })
	t.def("append", "self, v, /", func(in *Interp, a []Value) Value {
		self(a).append(in, a[1])
		return None
	})
	t.def("extend", "self, bb, /", func(in *Interp, a []Value) Value {
		self(a).extend(in, a[1])
		return None
	})
	t.def("fromlist", "self, list, /", func(in *Interp, a []Value) Value {
		l, ok := a[1].(*List)
		if !ok {
			throw(excTypeError, "arg must be list")
		}
		self(a).extend(in, l)
		return None
	})
	t.def("frombytes", "self, buffer, /", func(in *Interp, a []Value) Value {
		self(a).fromBytes(in, bytesArg(a[1], needBytes))
		return None
	})
	t.def("tobytes", "self, /", func(in *Interp, a []Value) Value {
		in.charge(len(self(a).bytes()))
		return Bytes(self(a).bytes())
	})
	t.def("tolist", "self, /", func(in *Interp, a []Value) Value { return &List{in.listOf(a[0])} })
	t.def("tounicode", "self, /", func(in *Interp, a []Value) Value {
		if self(a).code != 'u' {
			throw(excValueError, "tounicode() may only be called on unicode type arrays")
		}
		return Str(self(a).text())
	})
	t.def("buffer_info", "self, /", func(in *Interp, a []Value) Value {
		return newTuple(Int(self(a).address()), Int(self(a).len()))
	})
	t.def("byteswap", "self, /", func(in *Interp, a []Value) Value {
		x := self(a)
		b, w := x.bytes(), x.kind.size
		for i := 0; i < len(b); i += w {
			copy(b[i:i+w], reversedBytes(b[i:i+w]))
		}
		return None
	})
	t.def("count", "self, v, /", func(in *Interp, a []Value) Value { return in.countIn(in.listOf(a[0]), a[1]) })
	t.def("index", "self, v, start=0, stop=9223372036854775807, /", func(in *Interp, a []Value) Value {
		i := in.indexIn(in.listOf(a[0]), a)
		if i < 0 {
			throw(excValueError, "array.index(x): x not in array")
		}
		return Int(i)
	})
	t.def("insert", "self, i, v, /", func(in *Interp, a []Value) Value {
		x, i := self(a), in.toIndex(a[1])
		if i < 0 {
			i = max(0, i+x.len())
		}
		i = min(i, x.len())
		x.append(in, a[2])
		b, w := x.bytes(), x.kind.size
		last := append([]byte(nil), b[len(b)-w:]...)
		copy(b[(i+1)*w:], b[i*w:len(b)-w])
		copy(b[i*w:], last)
		return None
	})
	t.def("pop", "self, i=-1, /", func(in *Interp, a []Value) Value {
		x, i := self(a), in.toIndex(a[1])
		if x.len() == 0 {
			throw(excIndexError, "pop from empty array")
		}
		if i < 0 {
			i += x.len()
		}
		if i < 0 || i >= x.len() {
			throw(excIndexError, "pop index out of range")
		}
		v := x.at(i)
		x.remove(in, i)
		return v
	})
	t.def("remove", "self, v, /", func(in *Interp, a []Value) Value {
		x := self(a)
		i := in.findItem(in.listOf(x), a[1])
		if i < 0 {
			throw(excValueError, "array.remove(x): x not in array")
		}
		x.remove(in, i)
		return None
	})
	t.def("reverse", "self, /", func(in *Interp, a []Value) Value {
		x := self(a)
		b, w := x.bytes(), x.kind.size
		for i, j := 0, x.len()-1; i < j; i, j = i+1, j-1 {
			for k := range w {
				b[i*w+k], b[j*w+k] = b[j*w+k], b[i*w+k]
			}
		}
		return None
	})
})

// arrayOfBytes initializes from bytes.
func arrayOfBytes(in *Interp, kind arrayKind, s string) *Array {
	if len(s)%kind.size != 0 {
		throw(excValueError, "bytes length not a multiple of item size")
	}
	x := newArray(in, kind, len(s)/kind.size)
	copy(x.bytes(), s)
	return x
}

// address is where the block lies.
func (x *Array) address() int64 {
	b := x.lent()
	defer b.Close() // so that the next append need not ask who still looks
	return int64(uintptr(b.Pointer()))
}
