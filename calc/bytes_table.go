package calc

import (
	"bytes"
	"strings"
)

func asciiSpace(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

func asciiMap(s string, f func(byte) byte) string {
	b := []byte(s)
	for i := range b {
		b[i] = f(b[i])
	}
	return string(b)
}

func asciiUpper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 32
	}
	return c
}

func asciiLower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 32
	}
	return c
}

// The methods that bytes and bytearray share, then their own.
var _ = later(func() {
	for _, t := range []*Type{typeBytes, typeBytearray} {
		bytesMethods(t)
	}
	build := func(kind string) func(in *Interp, a []Value) string {
		return func(in *Interp, a []Value) string {
			if a[0] == nil {
				return ""
			}
			if s, ok := a[0].(Str); ok {
				if a[1] == nil {
					throw(excTypeError, "string argument without an encoding")
				}
				return in.encode(string(s), a[1], a[2])
			}
			if a[1] != nil {
				throw(excTypeError, "encoding without a string argument")
			}
			if _, lends := a[0].(*Ndarray); !lends {
				if x, ok := in.asIndex(a[0]); ok {
					n := in.toIndex(x)
					if n < 0 {
						throw(excValueError, "negative count")
					}
					in.charge(n)
					return string(make([]byte, n))
				}
			}
			return in.bytesOf(a[0], kind)
		}
	}
	b := build("bytes")
	typeBytes.construct("source=?, encoding=?, errors=?", func(in *Interp, a []Value) Value {
		return Bytes(b(in, a))
	})
	ba := build("bytearray")
	typeBytearray.construct("source=?, encoding=?, errors=?", func(in *Interp, a []Value) Value {
		if a[0] != nil {
			if _, lends := a[0].(buffered); !lends {
				if _, str := a[0].(Str); !str {
					if _, num := in.asIndex(a[0]); !num {
						if _, ok := in.iterator(a[0]); !ok {
							throw(excTypeError, "cannot convert '%s' object to bytearray", a[0].Type().tpName())
						}
					}
				}
			}
		}
		return &Bytearray{b: []byte(ba(in, a))}
	})
	t := typeBytearray
	self := func(a []Value) *Bytearray { return a[0].(*Bytearray) }
	t.def("append", "self, item, /", func(in *Interp, a []Value) Value {
		c := in.byteValue(a[1], "byte")
		self(a).grow(in, string([]byte{c}))
		return None
	})
	t.def("extend", "self, iterable, /", func(in *Interp, a []Value) Value {
		if _, ok := a[1].(Str); ok {
			throw(excTypeError, "expected iterable of integers; got: 'str'")
		}
		self(a).grow(in, in.bytesOf(a[1], "bytearray"))
		return None
	})
	t.def("insert", "self, index, item, /", func(in *Interp, a []Value) Value {
		b := self(a)
		b.resizing()
		i := in.toIndex(a[1])
		if i < 0 {
			i = max(0, i+len(b.b))
		}
		i = min(i, len(b.b))
		c := in.byteValue(a[2], "byte")
		b.b = append(b.b[:i:i], append([]byte{c}, b.b[i:]...)...)
		return None
	})
	t.def("pop", "self, index=-1, /", func(in *Interp, a []Value) Value {
		b := self(a)
		i := in.toIndex(a[1])
		if len(b.b) == 0 {
			throw(excIndexError, "pop from empty bytearray")
		}
		if i < 0 {
			i += len(b.b)
		}
		if i < 0 || i >= len(b.b) {
			throw(excIndexError, "pop index out of range")
		}
		b.resizing()
		c := b.b[i]
		b.b = append(b.b[:i:i], b.b[i+1:]...)
		return Int(c)
	})
	t.def("remove", "self, value, /", func(in *Interp, a []Value) Value {
		b := self(a)
		i := bytes.IndexByte(b.b, in.byteValue(a[1], "byte"))
		if i < 0 {
			throw(excValueError, "value not found in bytearray")
		}
		b.resizing()
		b.b = append(b.b[:i:i], b.b[i+1:]...)
		return None
	})
	t.def("clear", "self, /", func(in *Interp, a []Value) Value {
		self(a).resizing()
		self(a).b = nil
		return None
	})
	t.def("copy", "self, /", func(in *Interp, a []Value) Value {
		return &Bytearray{b: append([]byte(nil), self(a).b...)}
	})
	t.def("reverse", "self, /", func(in *Interp, a []Value) Value {
		b := self(a).b
		for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
		return None
	})
})

func bytesMethods(t *Type) {
	self := func(a []Value) string {
		s, _ := bytesLike(a[0])
		return s
	}
	t.def("decode", "self, /, encoding='utf-8', errors='strict'", func(in *Interp, a []Value) Value {
		return Str(in.decode(self(a), a[1], a[2]))
	})
	t.def("hex", "self, /, sep=?, bytes_per_sep=1", func(in *Interp, a []Value) Value {
		return Str(in.hexText(self(a), a[1], in.toIndex(a[2])))
	})
	t.defStatic("fromhex", "type, string, /", func(in *Interp, a []Value) Value {
		if a[0] == Value(typeBytearray) {
			return &Bytearray{b: []byte(in.fromHex(a[1]))}
		}
		return Bytes(in.fromHex(a[1]))
	})
	for name, f := range map[string]func(byte) byte{"upper": asciiUpper, "lower": asciiLower} {
		t.def(name, "self, /", func(in *Interp, a []Value) Value { return likeBytes(a[0], asciiMap(self(a), f)) })
	}
	for name, f := range map[string]func(byte) bool{
		"isdigit": isDigit, "isalpha": isLetter,
		"isalnum": func(c byte) bool { return isDigit(c) || isLetter(c) },
		"isspace": func(c byte) bool { return asciiSpace(rune(c)) },
	} {
		t.def(name, "self, /", func(in *Interp, a []Value) Value {
			s := self(a)
			for i := 0; i < len(s); i++ {
				if !f(s[i]) {
					return Bool(false)
				}
			}
			return Bool(s != "")
		})
	}
	for name, side := range map[string]int{"strip": 3, "lstrip": 1, "rstrip": 2} {
		t.def(name, "self, bytes=None, /", func(in *Interp, a []Value) Value {
			s, cut := self(a), " \t\n\r\v\f"
			if a[1] != Value(None) {
				cut = bytesArg(a[1], needBytes)
			}
			for side&1 != 0 && s != "" && strings.IndexByte(cut, s[0]) >= 0 {
				s = s[1:]
			}
			for side&2 != 0 && s != "" && strings.IndexByte(cut, s[len(s)-1]) >= 0 {
				s = s[:len(s)-1]
			}
			return likeBytes(a[0], s)
		})
	}
	for name, right := range map[string]bool{"split": false, "rsplit": true} {
		t.def(name, "self, /, sep=None, maxsplit=-1", func(in *Interp, a []Value) Value {
			var sep *string
			if a[1] != Value(None) {
				s := bytesArg(a[1], needBytes)
				sep = &s
			}
			split := in.splitText
			if right {
				split = in.rsplitText
			}
			l := &List{}
			for _, p := range split(self(a), sep, in.toIndex(a[2]), asciiSpace) {
				l.items = append(l.items, likeBytes(a[0], p))
			}
			return l
		})
	}
	t.def("splitlines", "self, /, keepends=False", func(in *Interp, a []Value) Value {
		l := &List{}
		for _, p := range splitLines(self(a), in.truth(a[1]), true) {
			l.items = append(l.items, likeBytes(a[0], p))
		}
		return l
	})
	t.def("join", "self, iterable, /", func(in *Interp, a []Value) Value {
		if _, ok := in.iterator(a[1]); !ok {
			throw(excTypeError, "can only join an iterable")
		}
		var parts []string
		n := 0
		for i, v := range in.listOf(a[1]) {
			p, ok := bytesLike(v)
			if !ok {
				throw(excTypeError, "sequence item %d: expected a bytes-like object, %s found", i, v.Type().tpName())
			}
			parts = append(parts, p)
			n += len(p) + len(self(a))
		}
		in.charge(n)
		return likeBytes(a[0], strings.Join(parts, self(a)))
	})
	t.def("replace", "self, old, new, count=-1, /", func(in *Interp, a []Value) Value {
		old, new := bytesArg(a[1], needBytes), bytesArg(a[2], needBytes)
		s, n := self(a), in.toIndex(a[3])
		hits := strings.Count(s, old)
		if old == "" {
			hits = len(s) + 1
		}
		if n >= 0 {
			hits = min(hits, n)
		}
		in.charge(in.repeated(len(new), hits, 1) + len(s))
		if old == "" {
			var b strings.Builder
			for i := 0; i <= len(s); i++ {
				if i < hits {
					b.WriteString(new)
				}
				if i < len(s) {
					b.WriteByte(s[i])
				}
			}
			return likeBytes(a[0], b.String())
		}
		return likeBytes(a[0], strings.Replace(s, old, new, n))
	})
	part := func(in *Interp, a []Value) (string, int, bool) {
		s := self(a)
		from, to, _, _ := (&Slice{a[2], a[3], None}).resolve(in, len(s))
		if from > to || in.beyond(a[2], len(s)) {
			return "", 0, false
		}
		return s[from:to], from, true
	}
	needle := func(in *Interp, v Value) string {
		if x, ok := in.asIndex(v); ok {
			return string([]byte{in.byteValue(x, "byte")})
		}
		return bytesArg(v, "argument should be integer or bytes-like object, not '%s'")
	}
	for name, suffix := range map[string]bool{"startswith": false, "endswith": true} {
		t.def(name, "self, prefix, start=None, end=None, /", func(in *Interp, a []Value) Value {
			s, _, ok := part(in, a)
			options := []Value{a[1]}
			if t, isTuple := a[1].(*Tuple); isTuple {
				options = t.items
			}
			for _, o := range options {
				p := bytesArg(o, name+" first arg must be bytes or a tuple of bytes, not %s")
				if ok && (suffix && strings.HasSuffix(s, p) || !suffix && strings.HasPrefix(s, p)) {
					return Bool(true)
				}
			}
			return Bool(false)
		})
	}
	for name, last := range map[string]bool{"find": false, "rfind": true, "index": false, "rindex": true} {
		t.def(name, "self, sub, start=None, end=None, /", func(in *Interp, a []Value) Value {
			sub := needle(in, a[1])
			i := -1
			if s, from, ok := part(in, a); ok {
				if i = index(s, sub, last); i >= 0 {
					i += from
				}
			}
			if i < 0 && strings.HasSuffix(name, "index") {
				throw(excValueError, "subsection not found")
			}
			return Int(i)
		})
	}
	t.def("count", "self, sub, start=None, end=None, /", func(in *Interp, a []Value) Value {
		sub := needle(in, a[1])
		s, _, ok := part(in, a)
		if !ok {
			return Int(0)
		}
		if sub == "" {
			return Int(len(s) + 1)
		}
		return Int(strings.Count(s, sub))
	})
	for name, align := range map[string]byte{"center": 'c', "ljust": '<', "rjust": '>'} {
		t.def(name, "self, width, fillbyte=?, /", func(in *Interp, a []Value) Value {
			fill := " "
			if a[2] != nil {
				fill = bytesArg(a[2], name+"() argument 2 must be a byte string of length 1, not %s")
			}
			if len(fill) != 1 {
				throw(excTypeError, "%s() argument 2 must be a byte string of length 1, not bytes", name)
			}
			s, width := self(a), in.toIndex(a[1])
			if width <= len(s) {
				return likeBytes(a[0], s)
			}
			in.charge(width)
			room := width - len(s)
			left := map[byte]int{'<': 0, '>': room, 'c': room/2 + room&width&1}[align]
			return likeBytes(a[0], strings.Repeat(fill, left)+s+strings.Repeat(fill, room-left))
		})
	}
	t.def("zfill", "self, width, /", func(in *Interp, a []Value) Value {
		n := in.toIndex(a[1])
		in.charge(max(n, 0))
		return likeBytes(a[0], zfill(self(a), n))
	})
	for name, last := range map[string]bool{"partition": false, "rpartition": true} {
		t.def(name, "self, sep, /", func(in *Interp, a []Value) Value {
			s, sep := self(a), bytesArg(a[1], needBytes)
			if sep == "" {
				throw(excValueError, "empty separator")
			}
			like := func(s string) Value { return likeBytes(a[0], s) }
			i := index(s, sep, last)
			switch {
			case i >= 0:
				return newTuple(like(s[:i]), like(sep), like(s[i+len(sep):]))
			case last:
				return newTuple(like(""), like(""), like(s))
			}
			return newTuple(like(s), like(""), like(""))
		})
	}
}
