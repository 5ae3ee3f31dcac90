package calc

import (
	"strings"
	"unicode"
)

// The methods of str.
var _ = later(func() {
	t := typeStr
	self := func(a []Value) string { return string(a[0].(Str)) }
	t.construct("object=?, encoding=?, errors=?", func(in *Interp, a []Value) Value {
		if a[0] == nil {
			return Str("")
		}
		if a[1] != nil || a[2] != nil {
			b, ok := bytesLike(a[0])
			if !ok {
				if _, ok := a[0].(Str); ok {
					throw(excTypeError, "decoding str is not supported")
				}
				throw(excTypeError, "decoding to str: need a bytes-like object, %s found", a[0].Type().tpName())
			}
			return Str(in.decode(b, a[1], a[2]))
		}
		return Str(in.Str(a[0]))
	})
	for name, f := range map[string]func(string) string{
		"upper": func(s string) string { return strings.ReplaceAll(strings.ToUpper(s), "ß", "SS") }, "lower": strings.ToLower, "title": titled,
		"casefold": func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "ß", "ss") },
		"swapcase": func(s string) string { return strings.ReplaceAll(strings.Map(swapCase, s), "ß", "SS") },
		"capitalize": func(s string) string {
			r := []rune(s)
			for i := range r {
				if i == 0 {
					r[i] = unicode.ToTitle(r[i])
				} else {
					r[i] = unicode.ToLower(r[i])
				}
			}
			if len(r) > 0 && r[0] == 'ß' {
				return "Ss" + string(r[1:])
			}
			return string(r)
		},
	} {
		t.def(name, "self, /", func(in *Interp, a []Value) Value {
			in.charge(len(self(a)))
			return Str(f(self(a)))
		})
	}
	for name, f := range map[string]func(string) bool{
		"isdigit":   func(s string) bool { return allRunes(s, unicode.IsDigit) },
		"isdecimal": func(s string) bool { return allRunes(s, unicode.IsDigit) },
		"isnumeric": func(s string) bool { return allRunes(s, unicode.IsNumber) },
		"isalpha":   func(s string) bool { return allRunes(s, unicode.IsLetter) },
		"isalnum": func(s string) bool {
			return allRunes(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
		},
		"isspace":      func(s string) bool { return allRunes(s, isSpace) },
		"isupper":      func(s string) bool { return cased(s, unicode.IsUpper, unicode.IsLower) },
		"islower":      func(s string) bool { return cased(s, unicode.IsLower, unicode.IsUpper) },
		"istitle":      isTitled,
		"isascii":      isASCII,
		"isprintable":  func(s string) bool { return s == "" || allRunes(s, printable) },
		"isidentifier": isIdentifier,
	} {
		t.def(name, "self, /", func(in *Interp, a []Value) Value { return Bool(f(self(a))) })
	}
	for name, side := range map[string]int{"strip": 3, "lstrip": 1, "rstrip": 2} {
		t.def(name, "self, chars=None, /", func(in *Interp, a []Value) Value {
			s, f := self(a), isSpace
			if a[1] != Value(None) {
				c, ok := plainText(a[1]).(Str)
				if !ok {
					throw(excTypeError, "%s arg must be None or str", name)
				}
				f = func(r rune) bool { return strings.ContainsRune(string(c), r) }
			}
			if side&1 != 0 {
				s = strings.TrimLeftFunc(s, f)
			}
			if side&2 != 0 {
				s = strings.TrimRightFunc(s, f)
			}
			return Str(s)
		})
	}
	for name, right := range map[string]bool{"split": false, "rsplit": true} {
		t.def(name, "self, /, sep=None, maxsplit=-1", func(in *Interp, a []Value) Value {
			var sep *string
			if a[1] != Value(None) {
				s := strArg(a[1], "must be str or None")
				sep = &s
			}
			n := in.toIndex(a[2])
			if right {
				return strList(in.rsplitText(self(a), sep, n, isSpace))
			}
			return strList(in.splitText(self(a), sep, n, isSpace))
		})
	}
	t.def("splitlines", "self, /, keepends=False", func(in *Interp, a []Value) Value {
		return strList(splitLines(self(a), in.truth(a[1]), false))
	})
	t.def("join", "self, iterable, /", func(in *Interp, a []Value) Value {
		if _, ok := in.iterator(a[1]); !ok {
			throw(excTypeError, "can only join an iterable")
		}
		items := in.listOf(a[1])
		parts := make([]string, len(items))
		n := 0
		for i, v := range items {
			s, ok := plainText(v).(Str)
			if !ok {
				throw(excTypeError, "sequence item %d: expected str instance, %s found", i, v.Type().tpName())
			}
			parts[i] = string(s)
			n += len(s) + len(self(a))
		}
		in.charge(n)
		return Str(strings.Join(parts, self(a)))
	})
	t.def("replace", "self, old, new, count=-1, /", func(in *Interp, a []Value) Value {
		old := strArg(a[1], "replace() argument 1 must be str")
		new := strArg(a[2], "replace() argument 2 must be str")
		n := in.toIndex(a[3])
		s := self(a)
		hits := strings.Count(s, old)
		if n >= 0 {
			hits = min(hits, n)
		}
		in.charge(max(len(s), in.repeated(len(new), hits, 1)+len(s)))
		return Str(strings.Replace(s, old, new, n))
	})
	for name, suffix := range map[string]bool{"startswith": false, "endswith": true} {
		t.def(name, "self, prefix, start=None, end=None, /", func(in *Interp, a []Value) Value {
			s := string(Str(self(a)).item(in, &Slice{a[2], a[3], None}).(Str))
			if in.beyond(a[2], runeCount(self(a))) {
				return Bool(false)
			}
			options := []Value{a[1]}
			if t, ok := a[1].(*Tuple); ok {
				options = t.items
			}
			for _, o := range options {
				p, ok := plainText(o).(Str)
				if !ok {
					if _, tuple := a[1].(*Tuple); tuple {
						throw(excTypeError, "tuple for %s must only contain str, not %s", name, o.Type().tpName())
					}
					throw(excTypeError, "%s first arg must be str or a tuple of str, not %s", name, o.Type().tpName())
				}
				if suffix && strings.HasSuffix(s, string(p)) || !suffix && strings.HasPrefix(s, string(p)) {
					return Bool(true)
				}
			}
			return Bool(false)
		})
	}
	for name, last := range map[string]bool{"find": false, "rfind": true, "index": false, "rindex": true} {
		t.def(name, "self, sub, start=None, end=None, /", func(in *Interp, a []Value) Value {
			sub, ok := plainText(a[1]).(Str)
			if !ok {
				throw(excTypeError, "must be str, not %s", a[1].Type().tpName())
			}
			i := in.findText(self(a), string(sub), a[2], a[3], last)
			if i < 0 && strings.HasSuffix(name, "index") {
				throw(excValueError, "substring not found")
			}
			return Int(i)
		})
	}
	t.def("count", "self, sub, start=None, end=None, /", func(in *Interp, a []Value) Value {
		sub := strArg(a[1], "must be str")
		s := string(Str(self(a)).item(in, &Slice{a[2], a[3], None}).(Str))
		if in.beyond(a[2], runeCount(self(a))) {
			return Int(0)
		}
		return Int(strings.Count(s, sub))
	})
	for name, align := range map[string]byte{"center": 'c', "ljust": '<', "rjust": '>'} {
		t.def(name, "self, width, fillchar=' ', /", func(in *Interp, a []Value) Value {
			fill, ok := plainText(a[2]).(Str)
			if !ok {
				throw(excTypeError, "The fill character must be a unicode character, not %s", a[2].Type().tpName())
			}
			if runeCount(string(fill)) != 1 {
				throw(excTypeError, "The fill character must be exactly one character long")
			}
			return Str(in.pad(self(a), string(fill), in.toIndex(a[1]), align))
		})
	}
	t.def("zfill", "self, width, /", func(in *Interp, a []Value) Value {
		n := in.toIndex(a[1])
		in.charge(max(n, 0))
		return Str(zfill(self(a), n))
	})
	t.def("expandtabs", "self, /, tabsize=8", func(in *Interp, a []Value) Value {
		n := in.toIndex(a[1])
		in.repeated(strings.Count(self(a), "\t"), max(n, 0), 1)
		return Str(expandTabs(self(a), n))
	})
	for name, last := range map[string]bool{"partition": false, "rpartition": true} {
		t.def(name, "self, sep, /", func(in *Interp, a []Value) Value {
			s, sep := self(a), strArg(a[1], "must be str")
			if sep == "" {
				throw(excValueError, "empty separator")
			}
			i := index(s, sep, last)
			switch {
			case i >= 0:
				return newTuple(Str(s[:i]), Str(sep), Str(s[i+len(sep):]))
			case last:
				return newTuple(Str(""), Str(""), Str(s))
			}
			return newTuple(Str(s), Str(""), Str(""))
		})
	}
	t.def("removeprefix", "self, prefix, /", func(in *Interp, a []Value) Value {
		return Str(strings.TrimPrefix(self(a), strArg(a[1], "removeprefix() argument must be str")))
	})
	t.def("removesuffix", "self, suffix, /", func(in *Interp, a []Value) Value {
		return Str(strings.TrimSuffix(self(a), strArg(a[1], "removesuffix() argument must be str")))
	})
	t.def("encode", "self, /, encoding='utf-8', errors='strict'", func(in *Interp, a []Value) Value {
		return Bytes(in.encode(self(a), a[1], a[2]))
	})
	t.def("format", "self, *args, **kw", func(in *Interp, a []Value) Value {
		return Str(in.strFormat(self(a), a[1].(*Tuple).items, a[2].(*Dict), 0))
	})
	t.def("format_map", "self, mapping, /", func(in *Interp, a []Value) Value {
		d, ok := a[1].(*Dict)
		if !ok {
			throw(excTypeError, "format_map needs a dict, not %s", a[1].Type().tpName())
		}
		return Str(in.strFormat(self(a), nil, d, noPositional))
	})
	t.defStatic("maketrans", "type, x, y=?, z=?, /", func(in *Interp, a []Value) Value {
		d := newDict()
		if a[2] == nil {
			m, ok := a[1].(*Dict)
			if !ok {
				throw(excTypeError, "if you give only one argument to maketrans it must be a dict")
			}
			for _, e := range m.entries {
				if s, ok := e.key.(Str); ok {
					r, _ := decodeRune(string(s))
					d.set(in, Int(r), e.value)
				} else if e.key != nil {
					d.set(in, e.key, e.value)
				}
			}
			return d
		}
		x, y := runesOf(strArg(a[1], "maketrans() argument 1 must be str")), runesOf(strArg(a[2], "maketrans() argument 2 must be str"))
		if len(x) != len(y) {
			throw(excValueError, "the first two maketrans arguments must have equal length")
		}
		for i := range x {
			d.set(in, Int(x[i]), Int(y[i]))
		}
		if a[3] != nil {
			for _, r := range runesOf(strArg(a[3], "maketrans() argument 3 must be str")) {
				d.set(in, Int(r), None)
			}
		}
		return d
	})
	t.def("translate", "self, table, /", func(in *Interp, a []Value) Value {
		var b strings.Builder
		for _, r := range runesOf(self(a)) {
			var v Value
			exc := in.catch(func() { v = in.getItem(a[1], Int(r)) })
			if exc != nil {
				if !exc.typ.isSub(excLookupError) {
					panic(exc)
				}
				v = Int(r)
			}
			switch v := v.(type) {
			case Int:
				b.WriteString(encodeRune(rune(v)))
			case Str:
				b.WriteString(string(v))
			case NoneType:
			default:
				throw(excTypeError, "character mapping must return integer, None or str")
			}
		}
		return Str(b.String())
	})
})
