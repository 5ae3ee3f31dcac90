package calc

import "fmt"

// Type is a class: of the language, of a module, or of the program.
type Type struct {
	name    string
	module  string // "builtins", "numpy", "__main__"
	bases   []*Type
	mro     []*Type
	dict    map[string]Value
	user    bool   // made by a class statement
	final   bool   // cannot be a base
	shown   string // __name__, where it is not name (NumPy hides some classes)
	build   func(in *Interp, t *Type, args []Value, kw []Keyword) Value
	buildOf *Builtin // build with a signature
}

var (
	typeObject = &Type{name: "object", module: "builtins", dict: map[string]Value{}}
	typeType   = newType("type", typeObject)

	typeNone           = newType("NoneType", typeObject)
	typeEllipsis       = newType("ellipsis", typeObject)
	typeNotImplemented = newType("NotImplementedType", typeObject)
	typeInt            = newType("int", typeObject)
	typeBool           = newType("bool", typeInt)
	typeFloat          = newType("float", typeObject)
	typeComplex        = newType("complex", typeObject)
	typeStr            = newType("str", typeObject)
	typeBytes          = newType("bytes", typeObject)
	typeBytearray      = newType("bytearray", typeObject)
	typeList           = newType("list", typeObject)
	typeTuple          = newType("tuple", typeObject)
	typeDict           = newType("dict", typeObject)
	typeSet            = newType("set", typeObject)
	typeFrozenset      = newType("frozenset", typeObject)
	typeRange          = newType("range", typeObject)
	typeSlice          = newType("slice", typeObject)
	typeFunction       = newType("function", typeObject)
	typeMethod         = newType("method", typeObject)
	typeBuiltin        = newType("builtin_function_or_method", typeObject)
	typeMethodDesc     = newType("method_descriptor", typeObject)
	typeGetSet         = newType("getset_descriptor", typeObject)
	typeProperty       = newType("property", typeObject)
	typeModule         = newType("module", typeObject)
	typeGenerator      = newType("generator", typeObject)
)

func init() { typeObject.mro = []*Type{typeObject} }

// newType makes a class of the language itself.
func newType(name string, bases ...*Type) *Type {
	t := &Type{name: name, module: "builtins", bases: bases, dict: map[string]Value{}, final: true}
	for _, b := range bases {
		if b.mro == nil {
			b.mro = []*Type{b}
		}
	}
	t.mro = linearize(t)
	return t
}

// newModuleType makes a class whose qualified name begins with a module.
func newModuleType(module, name string, bases ...*Type) *Type {
	t := newType(name, bases...)
	t.module = module
	return t
}

// linearize computes the method resolution order (C3), nil when there is none.
func linearize(t *Type) []*Type {
	if len(t.bases) == 1 {
		return append([]*Type{t}, t.bases[0].mro...)
	}
	var lists [][]*Type
	for _, b := range t.bases {
		lists = append(lists, append([]*Type(nil), b.mro...))
	}
	lists = append(lists, append([]*Type(nil), t.bases...))
	out := []*Type{t}
	for {
		var head *Type
		empty := true
	search:
		for _, l := range lists {
			if len(l) == 0 {
				continue
			}
			empty = false
			for _, m := range lists {
				for i, c := range m {
					if i > 0 && c == l[0] {
						continue search
					}
				}
			}
			head = l[0]
			break
		}
		if empty {
			return out
		}
		if head == nil {
			return nil
		}
		out = append(out, head)
		for i, l := range lists {
			if len(l) > 0 && l[0] == head {
				lists[i] = l[1:]
			}
		}
	}
}

func (t *Type) shownName() string {
	if t.shown != "" {
		return t.shown
	}
	return t.name
}

// Type returns the class "type".
func (t *Type) Type() *Type { return typeType }

// tpName is the name that CPython's messages use: qualified for the classes of
// extension modules, bare for those of the language and of the program.
func (t *Type) tpName() string {
	if t.user || t.module == "builtins" {
		return t.name
	}
	return t.module + "." + t.name
}

func (t *Type) repr(*Interp) string {
	if t.module == "builtins" {
		return "<class '" + t.name + "'>"
	}
	return "<class '" + t.module + "." + t.name + "'>"
}

func (t *Type) isSub(of *Type) bool {
	for _, c := range t.mro {
		if c == of {
			return true
		}
	}
	return false
}

// lookup finds a name along the method resolution order.
func (t *Type) lookup(name string) (Value, bool) {
	for _, c := range t.mro {
		if v, ok := c.dict[name]; ok {
			return v, true
		}
	}
	return nil, false
}

func (t *Type) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "__name__":
		return Str(t.shownName()), true
	case "__qualname__":
		return Str(t.name), true
	case "__module__":
		return Str(t.module), true
	case "__mro__":
		items := make([]Value, len(t.mro))
		for i, c := range t.mro {
			items[i] = c
		}
		return &Tuple{items}, true
	case "__bases__":
		items := make([]Value, len(t.bases))
		for i, c := range t.bases {
			items[i] = c
		}
		return &Tuple{items}, true
	case "__doc__":
		return None, true
	}
	v, ok := t.lookup(name)
	if !ok {
		return nil, false
	}
	switch d := v.(type) {
	case *Builtin:
		if d.static {
			return &Method{fn: d, self: t}, true
		}
	case *staticMethod:
		return d.fn, true
	case *classMethod:
		return &Method{fn: d.fn, self: t}, true
	}
	return v, true
}

func (t *Type) setAttr(in *Interp, name string, v Value) {
	if !t.user {
		throw(excTypeError, "cannot set '%s' attribute of immutable type '%s'", name, t.tpName())
	}
	if v == nil {
		if _, ok := t.dict[name]; !ok {
			throw(excAttributeError, "type object '%s' has no attribute '%s'", t.name, name)
		}
		delete(t.dict, name)
		return
	}
	t.dict[name] = v
}

// call makes an instance.
func (t *Type) call(in *Interp, args []Value, kw []Keyword) Value {
	if t == typeType && len(args) == 1 && len(kw) == 0 {
		return args[0].Type()
	}
	if t.user {
		return in.instantiate(t, args, kw)
	}
	if t.buildOf != nil {
		return t.buildOf.call(in, args, kw)
	}
	for _, c := range t.mro {
		if c.build != nil && (c == t || t.isSub(excBaseException)) {
			return c.build(in, t, args, kw)
		}
	}
	throw(excTypeError, "cannot create '%s' instances", t.tpName())
	return nil
}

// Instance is an object of a class of the program.
type Instance struct {
	typ   *Type
	attrs *Dict
}

func (o *Instance) Type() *Type { return o.typ }

func (in *Interp) instantiate(t *Type, args []Value, kw []Keyword) Value {
	in.charge(128)
	if t.isSub(excBaseException) {
		e := &Exception{typ: t, args: args}
		if init, ok := t.lookup("__init__"); ok {
			if _, builtin := init.(*Builtin); !builtin {
				in.call(&Method{fn: init, self: e}, args, kw)
				return e
			}
		}
		if len(kw) > 0 {
			throw(excTypeError, "%s() takes no keyword arguments", t.name)
		}
		return e
	}
	o := &Instance{typ: t, attrs: newDict()}
	init, ok := t.lookup("__init__")
	if !ok {
		if len(args)+len(kw) > 0 {
			throw(excTypeError, "%s() takes no arguments", t.name)
		}
		return o
	}
	if r := in.call(&Method{fn: init, self: o}, args, kw); r != Value(None) {
		throw(excTypeError, "__init__() should return None, not '%s'", r.Type().tpName())
	}
	return o
}

// special calls a dunder method of the instance's class if there is one.
func (o *Instance) special(in *Interp, name string, args ...Value) (Value, bool) {
	m, ok := o.typ.lookup(name)
	if !ok || m == Value(None) {
		return nil, false
	}
	return in.call(in.bindTo(m, o), args, nil), true
}

func (o *Instance) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "__class__":
		return o.typ, true
	case "__dict__":
		return o.attrs, true
	}
	cv, inClass := o.typ.lookup(name)
	if inClass {
		if p, ok := cv.(*Property); ok {
			return p.value(in, o), true
		}
	}
	if v, ok := o.attrs.get(in, Str(name)); ok {
		return v, true
	}
	if inClass {
		return in.bindTo(cv, o), true
	}
	if name != "__getattr__" {
		if v, ok := o.special(in, "__getattr__", Str(name)); ok {
			return v, true
		}
	}
	return nil, false
}

func (o *Instance) setAttr(in *Interp, name string, v Value) {
	if cv, ok := o.typ.lookup(name); ok {
		if p, ok := cv.(*Property); ok {
			p.assign(in, o, name, v)
			return
		}
	}
	if v == nil {
		if !o.attrs.remove(in, Str(name)) {
			throw(excAttributeError, "'%s' object has no attribute '%s'", o.typ.name, name)
		}
		return
	}
	o.attrs.set(in, Str(name), v)
}

func (o *Instance) repr(in *Interp) string {
	if v, ok := o.special(in, "__repr__"); ok {
		s, ok := v.(Str)
		if !ok {
			throw(excTypeError, "__repr__ returned non-string (type %s)", v.Type().tpName())
		}
		return string(s)
	}
	return fmt.Sprintf("<%s.%s object at 0x%x>", o.typ.module, o.typ.name, in.id(o))
}

func (o *Instance) str(in *Interp) string {
	if v, ok := o.special(in, "__str__"); ok {
		s, ok := v.(Str)
		if !ok {
			throw(excTypeError, "__str__ returned non-string (type %s)", v.Type().tpName())
		}
		return string(s)
	}
	return o.repr(in)
}
