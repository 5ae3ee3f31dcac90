package calc

import (
	"sort"
	"strings"
)

// stepsOfPrint is what a print costs, in steps.
const stepsOfPrint = 20

// builtins holds the names that need no import.
var builtins = map[string]Value{}

var typeSuper = newType("super", typeObject)

func define(name, sig string, fn func(in *Interp, a []Value) Value) {
	builtins[name] = function(name, sig, fn)
}

var _ = later(func() {
	for _, t := range []*Type{
		typeObject, typeType, typeInt, typeBool, typeFloat, typeComplex, typeStr, typeBytes,
		typeBytearray, typeList, typeTuple, typeDict, typeSet, typeFrozenset, typeRange, typeSlice,
		typeMap, typeFilter, typeZip, typeEnumerate, typeReversed, typeProperty, typeStaticMethod,
		typeClassMethod, typeSuper, typeMemoryView,
		excBaseException, excSystemExit, excKeyboardInterrupt, excGeneratorExit, excException,
		excStopIteration, excArithmeticError, excFloatingPointError, excOverflowError,
		excZeroDivisionError, excAssertionError, excAttributeError, excBufferError, excEOFError,
		excImportError, excModuleNotFoundError, excLookupError, excIndexError, excKeyError,
		excMemoryError, excNameError, excUnboundLocalError, excOSError, excFileNotFoundError,
		excFileExistsError, excPermissionError, excIsADirectoryError, excTimeoutError,
		excReferenceError, excRuntimeError, excNotImplementedError, excRecursionError,
		excSyntaxError, excIndentationError, excTabError, excSystemError, excTypeError,
		excValueError, excUnicodeError, excUnicodeDecodeError, excUnicodeEncodeError, excWarning,
		excDeprecationWarning, excRuntimeWarning, excUserWarning, excFutureWarning,
	} {
		builtins[t.name] = t
	}
	builtins["IOError"] = excOSError
	builtins["EnvironmentError"] = excOSError
	builtins["NotImplemented"] = NotImplemented
	builtins["Ellipsis"] = Ellipsis
	builtins["__debug__"] = Bool(true)

	typeObject.construct("", func(in *Interp, a []Value) Value {
		return &Instance{typ: typeObject, attrs: newDict()}
	})
	typeObject.dict["__init__"] = &Builtin{name: "__init__", owner: typeObject, raw: func(in *Interp, args []Value, kw []Keyword) Value {
		if len(args) != 1 || len(kw) > 0 {
			t := args[0].Type()
			throw(excTypeError, "%s() takes no arguments", t.name)
		}
		return None
	}}
	excBaseException.dict["__init__"] = &Builtin{name: "__init__", owner: excBaseException, raw: func(in *Interp, args []Value, kw []Keyword) Value {
		if e, ok := args[0].(*Exception); ok {
			e.args = args[1:]
		}
		return None
	}}

	define("print", "*args, sep=None, end=None, file=None, flush=False", func(in *Interp, a []Value) Value {
		text := func(v Value, name, def string) string {
			switch s := v.(type) {
			case NoneType:
				return def
			case Str:
				return string(s)
			}
			throw(excTypeError, "%s must be None or a string, not %s", name, v.Type().tpName())
			return ""
		}
		sep, end := text(a[1], "sep", " "), text(a[2], "end", "\n")
		in.stepN(stepsOfPrint)
		var b strings.Builder
		for i, v := range a[0].(*Tuple).items {
			s := in.Str(v)
			if i > 0 {
				b.WriteString(sep)
			}
			in.charge(len(sep) + len(s))
			b.WriteString(s)
			if int64(b.Len()) > in.limits.MaxOutput {
				break // in.print says so
			}
		}
		b.WriteString(end)
		in.print(b.String())
		return None
	})
	define("len", "obj, /", func(in *Interp, a []Value) Value { return Int(in.length(a[0])) })
	define("id", "obj, /", func(in *Interp, a []Value) Value { return Int(in.id(a[0])) })
	define("repr", "obj, /", func(in *Interp, a []Value) Value { return Str(in.Repr(a[0])) })
	define("ascii", "obj, /", func(in *Interp, a []Value) Value { return Str(asciiOnly(in.Repr(a[0]))) })
	define("callable", "obj, /", func(in *Interp, a []Value) Value {
		if o, ok := a[0].(*Instance); ok {
			_, has := o.typ.lookup("__call__")
			return Bool(has)
		}
		_, ok := a[0].(callable)
		return Bool(ok)
	})
	define("format", "value, format_spec='', /", func(in *Interp, a []Value) Value {
		return Str(in.format(a[0], strArg(a[1], "format() argument 2 must be str")))
	})
	define("getattr", "obj, name, default=?, /", func(in *Interp, a []Value) Value {
		name := attrName(a[1])
		if a[2] == nil {
			return in.getAttr(a[0], name)
		}
		var v Value
		if exc := in.catch(func() { v = in.getAttr(a[0], name) }); exc != nil {
			if exc.typ.isSub(excAttributeError) {
				return a[2]
			}
			panic(exc)
		}
		return v
	})
	define("hasattr", "obj, name, /", func(in *Interp, a []Value) Value {
		name := attrName(a[1])
		exc := in.catch(func() { in.getAttr(a[0], name) })
		if exc != nil && !exc.typ.isSub(excAttributeError) {
			panic(exc)
		}
		return Bool(exc == nil)
	})
	define("setattr", "obj, name, value, /", func(in *Interp, a []Value) Value {
		in.setAttr(a[0], attrName(a[1]), a[2])
		return None
	})
	define("delattr", "obj, name, /", func(in *Interp, a []Value) Value {
		in.setAttr(a[0], attrName(a[1]), nil)
		return None
	})
	define("isinstance", "obj, class_or_tuple, /", func(in *Interp, a []Value) Value {
		return Bool(in.subclass(a[0].Type(), a[1], "isinstance() arg 2 must be a type, a tuple of types, or a union"))
	})
	define("issubclass", "cls, class_or_tuple, /", func(in *Interp, a []Value) Value {
		t, ok := a[0].(*Type)
		if !ok {
			throw(excTypeError, "issubclass() arg 1 must be a class")
		}
		return Bool(in.subclass(t, a[1], "issubclass() arg 2 must be a class, a tuple of classes, or a union"))
	})
	define("iter", "obj, sentinel=?, /", func(in *Interp, a []Value) Value {
		if a[1] == nil {
			return in.iterate(a[0])
		}
		return &funcIterator{typ: typeCallableIterator, next: func(in *Interp) (Value, bool) {
			v := in.call(a[0], nil, nil)
			return v, !in.same(v, a[1])
		}}
	})
	define("next", "iterator, default=?, /", func(in *Interp, a []Value) Value {
		it, ok := a[0].(Iterator)
		if o, isInst := a[0].(*Instance); isInst {
			if _, has := o.typ.lookup("__next__"); has {
				it, ok = &instanceIterator{o: o}, true
			}
		}
		if !ok {
			throw(excTypeError, "'%s' object is not an iterator", a[0].Type().tpName())
		}
		v, ok := it.Next(in)
		if ok {
			return v
		}
		if a[1] == nil {
			panic(&Exception{typ: excStopIteration})
		}
		return a[1]
	})
	define("sorted", "iterable, /, *, key=None, reverse=False", func(in *Interp, a []Value) Value {
		items := in.listOf(a[0])
		in.sortItems(items, a[1], in.truth(a[2]))
		return &List{items}
	})
	define("any", "iterable, /", func(in *Interp, a []Value) Value {
		for it := in.iterate(a[0]); ; {
			in.step()
			v, ok := it.Next(in)
			if !ok {
				return Bool(false)
			}
			if in.truth(v) {
				return Bool(true)
			}
		}
	})
	define("all", "iterable, /", func(in *Interp, a []Value) Value {
		for it := in.iterate(a[0]); ; {
			in.step()
			v, ok := it.Next(in)
			if !ok {
				return Bool(true)
			}
			if !in.truth(v) {
				return Bool(false)
			}
		}
	})
	define("hash", "obj, /", func(in *Interp, a []Value) Value { return in.hash(a[0]) })
	for _, name := range []string{"locals", "globals", "dir", "vars"} {
		define(name, "obj=?, /", func(in *Interp, a []Value) Value {
			if a[0] == nil {
				return in.variables(in.globals, name)
			}
			if name == "vars" {
				return in.getAttr(a[0], "__dict__")
			}
			return in.dir(a[0])
		})
	}
	define("chr", "i, /", func(in *Interp, a []Value) Value {
		x, ok := in.asIndex(a[0])
		if !ok {
			throw(excTypeError, "'%s' object cannot be interpreted as an integer", a[0].Type().tpName())
		}
		n, ok := x.(Int)
		if !ok || n != Int(int32(n)) {
			throw(excOverflowError, "Python int too large to convert to C int")
		}
		if n < 0 || n > 0x10ffff {
			throw(excValueError, "chr() arg not in range(0x110000)")
		}
		return Str(encodeRune(rune(n)))
	})
	define("ord", "c, /", func(in *Interp, a []Value) Value {
		if s, ok := plainText(a[0]).(Str); ok {
			if n := runeCount(string(s)); n != 1 {
				throw(excTypeError, "ord() expected a character, but string of length %d found", n)
			}
			r, _ := decodeRune(string(s))
			return Int(r)
		}
		b, ok := bytesLike(a[0])
		if !ok {
			throw(excTypeError, "ord() expected string of length 1, but %s found", a[0].Type().tpName())
		}
		if len(b) != 1 {
			throw(excTypeError, "ord() expected a character, but string of length %d found", len(b))
		}
		return Int(b[0])
	})
})

func attrName(v Value) string {
	s, ok := plainText(v).(Str)
	if !ok {
		throw(excTypeError, "attribute name must be string, not '%s'", v.Type().tpName())
	}
	return string(s)
}

// subclass is the test of isinstance and issubclass.
func (in *Interp) subclass(t *Type, class Value, text string) bool {
	switch c := class.(type) {
	case *Type:
		return t.isSub(c)
	case *Tuple:
		for _, v := range c.items {
			if in.subclass(t, v, text) {
				return true
			}
		}
		return false
	}
	throw(excTypeError, "%s", text)
	return false
}

// variables is locals() and globals(), or dir() without an argument.
func (in *Interp) variables(fr *frame, what string) Value {
	if what == "globals" {
		fr = in.globals
	}
	names := make([]string, 0, len(fr.vars))
	for n := range fr.vars {
		names = append(names, n)
	}
	sort.Strings(names)
	if what == "dir" {
		return strList(names)
	}
	d := newDict()
	for _, n := range names {
		d.set(in, Str(n), fr.vars[n])
	}
	return d
}

// dir lists the attributes that the value is known to have.
func (in *Interp) dir(v Value) Value {
	seen := map[string]bool{}
	switch x := v.(type) {
	case *Module:
		return strList(x.names())
	case *Type:
		for _, c := range x.mro {
			for n := range c.dict {
				seen[n] = true
			}
		}
	case *Instance:
		for _, e := range x.attrs.entries {
			if s, ok := e.key.(Str); ok {
				seen[string(s)] = true
			}
		}
	}
	for _, c := range v.Type().mro {
		for n := range c.dict {
			seen[n] = true
		}
	}
	names := make([]string, 0, len(seen))
	for n := range seen {
		names = append(names, n)
	}
	sort.Strings(names)
	return strList(names)
}

// superProxy is what super() gives: attributes from the classes after one.
type superProxy struct {
	self  Value
	after *Type
}

func (*superProxy) Type() *Type { return typeSuper }

func (p *superProxy) attr(in *Interp, name string) (Value, bool) {
	mro := p.self.Type().mro
	for i, c := range mro {
		if c != p.after {
			continue
		}
		for _, d := range mro[i+1:] {
			if v, ok := d.dict[name]; ok {
				return in.bindTo(v, p.self), true
			}
		}
	}
	return nil, false
}

var _ = later(func() {
	typeSuper.construct("type, obj, /", func(in *Interp, a []Value) Value {
		t, ok := a[0].(*Type)
		if !ok || !a[1].Type().isSub(t) {
			throw(excTypeError, "super(type, obj): obj must be an instance or subtype of type")
		}
		return &superProxy{a[1], t}
	})
})

// superOf is super() without arguments inside a method.
func (in *Interp) superOf(fr *frame) Value {
	for f := fr; f != nil; f = f.parent {
		if f.kind != frameFunction || f.node == nil || f.parent == nil {
			continue
		}
		if t, ok := f.parent.vars["__class__"].(*Type); ok && len(f.node.params) > 0 {
			return &superProxy{f.vars[f.node.params[0].name], t}
		}
	}
	throw(excRuntimeError, "super(): no arguments")
	return nil
}
