package calc

import "fmt"

// Function is made by def or lambda: code, defaults and the frame around it.
type Function struct {
	node     *funcNode
	defaults []Value // per parameter, nil where there is none
	outer    *frame
	attrs    *Dict
}

func (f *Function) Type() *Type { return typeFunction }

func (f *Function) repr(in *Interp) string {
	return fmt.Sprintf("<function %s at 0x%x>", f.node.qual, in.id(f))
}

func (f *Function) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "__name__":
		return Str(f.node.name), true
	case "__qualname__":
		return Str(f.node.qual), true
	case "__doc__":
		if len(f.node.body) > 0 {
			if s, ok := f.node.body[0].node.(*exprStmt); ok {
				if c, ok := s.x.(*constExpr); ok {
					if d, ok := c.v.(Str); ok {
						return d, true
					}
				}
			}
		}
		return None, true
	}
	if f.attrs != nil {
		return f.attrs.get(in, Str(name))
	}
	return nil, false
}

func (f *Function) setAttr(in *Interp, name string, v Value) {
	if f.attrs == nil {
		f.attrs = newDict()
	}
	if v == nil {
		f.attrs.remove(in, Str(name))
		return
	}
	f.attrs.set(in, Str(name), v)
}

// frame holds the variables of one activation.
type frame struct {
	vars   map[string]Value
	names  map[string]bool // the names that live here; nil: all that vars holds
	parent *frame
	node   *funcNode
	kind   frameKind
}

type frameKind uint8

const (
	frameModule frameKind = iota
	frameFunction
	frameClass
	frameComprehension
)

// stepsOfCall is what a call costs, in steps.
const stepsOfCall = 4

// call binds the arguments and runs the body.
func (f *Function) call(in *Interp, args []Value, kw []Keyword) Value {
	in.enter()
	defer in.leave()
	in.charge(256)
	in.stepN(stepsOfCall)
	fr := &frame{vars: make(map[string]Value, len(f.node.locals)), names: f.node.locals, parent: f.outer, node: f.node, kind: frameFunction}
	f.bind(in, fr, args, kw)
	in.calls = append(in.calls, fr)
	defer func(n int) { clear(in.calls[n:]); in.calls = in.calls[:n] }(len(in.calls) - 1)
	if f.node.result != nil {
		return in.eval(fr, f.node.result)
	}
	if c, v := in.execBody(fr, f.node.body); c == ctlReturn {
		return v
	}
	return None
}

func (f *Function) bind(in *Interp, fr *frame, args []Value, kw []Keyword) {
	n := f.node
	np := min(len(args), n.numPos)
	for i := range np {
		fr.vars[n.params[i].name] = args[i]
	}
	if n.star != "" {
		rest := &Tuple{}
		if len(args) > np {
			rest.items = append(rest.items, args[np:]...)
		}
		fr.vars[n.star] = rest
	}
	var extra *Dict
	if n.dstar != "" {
		extra = newDict()
		fr.vars[n.dstar] = extra
	}
next:
	for _, k := range kw {
		in.stepN(len(n.params) / 16)
		for i := n.posOnly; i < len(n.params); i++ {
			if n.params[i].name != k.Name {
				continue
			}
			if _, dup := fr.vars[k.Name]; dup {
				throw(excTypeError, "%s() got multiple values for argument '%s'", n.qual, k.Name)
			}
			fr.vars[k.Name] = k.Value
			continue next
		}
		if extra == nil {
			for _, p := range n.params[:n.posOnly] {
				if p.name == k.Name {
					throw(excTypeError, "%s() got some positional-only arguments passed as keyword arguments: '%s'", n.qual, k.Name)
				}
			}
			throw(excTypeError, "%s() got an unexpected keyword argument '%s'", n.qual, k.Name)
		}
		extra.set(in, Str(k.Name), k.Value)
	}
	if len(args) > n.numPos && n.star == "" {
		low := 0
		for i := range n.numPos {
			if f.defaults[i] == nil {
				low++
			}
		}
		throwTooMany(n.qual, low, n.numPos, len(args))
	}
	var missing, missingKw []string
	for i, p := range n.params {
		if _, ok := fr.vars[p.name]; ok {
			continue
		}
		if f.defaults[i] != nil {
			fr.vars[p.name] = f.defaults[i]
		} else if i < n.numPos {
			missing = append(missing, p.name)
		} else {
			missingKw = append(missingKw, p.name)
		}
	}
	if missing != nil {
		throwMissing(n.qual, missing, false)
	}
	if missingKw != nil {
		throwMissing(n.qual, missingKw, true)
	}
}

// Method is a function with its first argument.
type Method struct{ fn, self Value }

func (m *Method) Type() *Type {
	if _, ok := m.fn.(*Builtin); ok {
		return typeBuiltin
	}
	return typeMethod
}

func (m *Method) repr(in *Interp) string {
	if b, ok := m.fn.(*Builtin); ok {
		return fmt.Sprintf("<built-in method %s of %s object at 0x%x>", b.name, m.self.Type().tpName(), in.id(m.self))
	}
	if f, ok := m.fn.(*Function); ok {
		return fmt.Sprintf("<bound method %s of %s>", f.node.qual, in.Repr(m.self))
	}
	return "<bound method of " + in.Repr(m.self) + ">"
}

func (m *Method) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "__self__":
		return m.self, true
	case "__func__":
		return m.fn, true
	}
	if a, ok := m.fn.(attributer); ok {
		return a.attr(in, name)
	}
	return nil, false
}

func (m *Method) call(in *Interp, args []Value, kw []Keyword) Value {
	all := make([]Value, 0, len(args)+1)
	all = append(append(all, m.self), args...)
	return in.call(m.fn, all, kw)
}

// Property is an attribute that is computed.
type Property struct {
	owner *Type
	name  string
	get   func(in *Interp, self Value) Value
	set   func(in *Interp, self, v Value)
	// Of the program's own @property:
	getter, setter Value
}

func (p *Property) Type() *Type {
	if p.getter != nil {
		return typeProperty
	}
	return typeGetSet
}

func (p *Property) value(in *Interp, self Value) Value {
	if p.getter != nil {
		return in.call(p.getter, []Value{self}, nil)
	}
	return p.get(in, self)
}

func (p *Property) assign(in *Interp, self Value, name string, v Value) {
	switch {
	case v != nil && p.setter != nil:
		in.call(p.setter, []Value{self, v}, nil)
	case v != nil && p.set != nil:
		p.set(in, self, v)
	case p.getter != nil:
		throw(excAttributeError, "property '%s' of '%s' object has no setter", name, self.Type().name)
	default:
		throw(excAttributeError, "attribute '%s' of '%s' objects is not writable", name, self.Type().tpName())
	}
}

func (p *Property) attr(in *Interp, name string) (Value, bool) {
	if name == "setter" && p.getter != nil {
		return function("setter", "f, /", func(in *Interp, a []Value) Value {
			return &Property{getter: p.getter, setter: a[0]}
		}), true
	}
	return nil, false
}

type staticMethod struct{ fn Value }

func (*staticMethod) Type() *Type { return typeStaticMethod }

type classMethod struct{ fn Value }

func (*classMethod) Type() *Type { return typeClassMethod }

var (
	typeStaticMethod = newType("staticmethod", typeObject)
	typeClassMethod  = newType("classmethod", typeObject)
)

var _ = later(func() {
	typeStaticMethod.construct("f, /", func(in *Interp, a []Value) Value { return &staticMethod{a[0]} })
	typeClassMethod.construct("f, /", func(in *Interp, a []Value) Value { return &classMethod{a[0]} })
	typeProperty.construct("fget=None, fset=None", func(in *Interp, a []Value) Value {
		p := &Property{getter: a[0]}
		if a[1] != Value(None) {
			p.setter = a[1]
		}
		return p
	})
})

// bindTo makes what an attribute of a class gives for an instance.
func (in *Interp) bindTo(v, self Value) Value {
	switch d := v.(type) {
	case *Function:
		return &Method{fn: d, self: self}
	case *Builtin:
		if d.owner != nil {
			if d.static {
				return &Method{fn: d, self: self.Type()}
			}
			return &Method{fn: d, self: self}
		}
	case *staticMethod:
		return d.fn
	case *classMethod:
		return &Method{fn: d.fn, self: self.Type()}
	case *Property:
		return d.value(in, self)
	}
	return v
}
