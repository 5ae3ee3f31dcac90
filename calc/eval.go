package calc

import "strings"

// eval computes an expression in a frame.
func (in *Interp) eval(fr *frame, x expr) Value {
	in.step()
	switch x := x.(type) {
	case *constExpr:
		return x.v
	case *nameExpr:
		return in.load(fr, x.name)
	case *attrExpr:
		return in.getAttr(in.eval(fr, x.x), x.name)
	case *indexExpr:
		v := in.eval(fr, x.x)
		return in.getItem(v, in.evalKey(fr, x.key))
	case *callExpr:
		if isTree(x) {
			return in.evalTree(fr, x)
		}
		return in.evalCall(fr, x)
	case *binaryExpr:
		if isTree(x) {
			return in.evalTree(fr, x)
		}
		a := in.eval(fr, x.x)
		return in.binary(x.op, a, in.eval(fr, x.y))
	case *unaryExpr:
		if isTree(x) {
			return in.evalTree(fr, x)
		}
		return in.unary(x.op, in.eval(fr, x.x))
	case *compareExpr:
		if isTree(x) {
			return in.evalTree(fr, x)
		}
		return in.evalCompare(fr, x)
	case *boolExpr:
		v := in.eval(fr, x.items[0])
		for _, y := range x.items[1:] {
			if in.truth(v) == x.or {
				return v
			}
			v = in.eval(fr, y)
		}
		return v
	case *condExpr:
		if in.truth(in.eval(fr, x.test)) {
			return in.eval(fr, x.then)
		}
		return in.eval(fr, x.other)
	case *tupleExpr:
		if len(x.items) == 0 {
			return emptyTuple
		}
		return &Tuple{in.evalItems(fr, x.items)}
	case *listExpr:
		return &List{in.evalItems(fr, x.items)}
	case *setExpr:
		s := newSet()
		for _, v := range in.evalItems(fr, x.items) {
			s.add(in, v)
		}
		return s
	case *dictExpr:
		return in.evalDict(fr, x)
	case *compExpr:
		return in.evalComp(fr, x)
	case *lambdaExpr:
		return in.makeFunction(fr, x.fn)
	case *walrusExpr:
		v := in.eval(fr, x.x)
		target := fr
		for target.kind == frameComprehension {
			target = target.parent
		}
		in.store(target, x.name, v)
		return v
	case *fstringExpr:
		return Str(in.evalFString(fr, x))
	case *sliceExpr:
		return in.evalKey(fr, x)
	case *starExpr:
		throw(excSyntaxError, "can't use starred expression here")
	}
	throw(excSystemError, "unknown expression")
	return nil
}

// load finds the value of a name.
func (in *Interp) load(fr *frame, name string) Value {
	for f := fr; f != nil; f = f.parent {
		switch f.kind {
		case frameModule:
			if v, ok := f.vars[name]; ok {
				return v
			}
		case frameClass:
			if f == fr {
				if v, ok := f.vars[name]; ok {
					return v
				}
			}
		default:
			if f.names[name] {
				if v, ok := f.vars[name]; ok {
					return v
				}
				if f == fr {
					throw(excUnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", name)
				}
				throw(excNameError, "cannot access free variable '%s' where it is not associated with a value in enclosing scope", name)
			}
			if f.node != nil && f.node.globals[name] {
				if v, ok := in.globals.vars[name]; ok {
					return v
				}
				f = &frame{} // straight to the built-in names
			}
		}
	}
	if v, ok := builtins[name]; ok {
		return v
	}
	if m, ok := modules[prelude[name]]; ok {
		return m
	}
	throw(excNameError, "name '%s' is not defined", name)
	return nil
}

// home is the frame where an assignment to the name lands.
func (in *Interp) home(fr *frame, name string) *frame {
	if fr.node == nil {
		return fr
	}
	if fr.node.globals[name] {
		return in.globals
	}
	if fr.node.nonlocal[name] {
		for f := fr.parent; f != nil; f = f.parent {
			if f.kind == frameFunction && f.names[name] {
				return f
			}
		}
	}
	return fr
}

func (in *Interp) store(fr *frame, name string, v Value) {
	in.home(fr, name).vars[name] = v
}

func (in *Interp) evalItems(fr *frame, items []expr) []Value {
	out := make([]Value, 0, len(items))
	for _, y := range items {
		if s, ok := y.(*starExpr); ok {
			v := in.eval(fr, s.x)
			it, ok := in.iterator(v)
			if !ok {
				throw(excTypeError, "Value after * must be an iterable, not %s", v.Type().tpName())
			}
			for {
				w, ok := it.Next(in)
				if !ok {
					break
				}
				in.charge(itemBytesInList)
				out = append(out, w)
			}
			continue
		}
		out = append(out, in.eval(fr, y))
	}
	in.charge(16*len(items) + 48)
	return out
}

// evalKey computes a subscript; slices become Slice values.
func (in *Interp) evalKey(fr *frame, x expr) Value {
	part := func(y expr) Value {
		if y == nil {
			return None
		}
		return in.eval(fr, y)
	}
	switch x := x.(type) {
	case *sliceExpr:
		return &Slice{part(x.start), part(x.stop), part(x.step)}
	case *tupleExpr:
		for _, y := range x.items {
			if _, ok := y.(*sliceExpr); ok {
				items := make([]Value, 0, len(x.items))
				for _, y := range x.items {
					if s, ok := y.(*starExpr); ok {
						items = append(items, in.listOf(in.eval(fr, s.x))...)
					} else {
						items = append(items, in.evalKey(fr, y))
					}
				}
				return &Tuple{items}
			}
		}
	}
	return in.eval(fr, x)
}

func (in *Interp) evalDict(fr *frame, x *dictExpr) Value {
	d := newDict()
	in.charge(64 + 48*len(x.keys))
	for i, k := range x.keys {
		if k == nil {
			v := in.eval(fr, x.values[i])
			m, ok := v.(*Dict)
			if !ok {
				throw(excTypeError, "'%s' object is not a mapping", v.Type().tpName())
			}
			for _, e := range m.entries {
				if e.key != nil {
					d.set(in, e.key, e.value)
				}
			}
			continue
		}
		key := in.eval(fr, k)
		d.set(in, key, in.eval(fr, x.values[i]))
	}
	return d
}

func (in *Interp) evalCompare(fr *frame, x *compareExpr) Value {
	a := in.eval(fr, x.x)
	var r Value
	for i, op := range x.ops {
		b := in.eval(fr, x.items[i])
		r = in.compareOp(op, a, b)
		if i == len(x.ops)-1 {
			return r
		}
		if !in.truth(r) {
			return r
		}
		a = b
	}
	return r
}

func (in *Interp) evalCall(fr *frame, x *callExpr) Value {
	return in.callWith(fr, in.eval(fr, x.fn), x)
}

// callWith evaluates the arguments of a call and calls fn.
func (in *Interp) callWith(fr *frame, fn Value, x *callExpr) Value {
	args := make([]Value, 0, len(x.args))
	var kw []Keyword
	for _, a := range x.args {
		switch {
		case a.star == 1:
			v := in.eval(fr, a.x)
			it, ok := in.iterator(v)
			if !ok {
				throw(excTypeError, "%s argument after * must be an iterable, not %s", in.callName(fn), v.Type().tpName())
			}
			for {
				w, ok := it.Next(in)
				if !ok {
					break
				}
				in.charge(itemBytesInList)
				args = append(args, w)
			}
		case a.star == 2:
			v := in.eval(fr, a.x)
			d, ok := v.(*Dict)
			if !ok {
				throw(excTypeError, "%s argument after ** must be a mapping, not %s", in.callName(fn), v.Type().tpName())
			}
			for _, e := range d.entries {
				if e.key == nil {
					continue
				}
				name, ok := e.key.(Str)
				if !ok {
					throw(excTypeError, "keywords must be strings")
				}
				kw = in.addKeyword(fn, kw, string(name), e.value)
			}
		case a.name != "":
			kw = in.addKeyword(fn, kw, a.name, in.eval(fr, a.x))
		default:
			args = append(args, in.eval(fr, a.x))
		}
	}
	if name, ok := x.fn.(*nameExpr); ok && len(args) == 0 && len(kw) == 0 {
		switch name.name {
		case "super":
			if fn == Value(typeSuper) {
				return in.superOf(fr)
			}
		case "locals", "globals", "vars", "dir":
			if b, ok := fn.(*Builtin); ok && b == builtins[name.name] {
				return in.variables(fr, name.name)
			}
		}
	}
	return in.call(fn, args, kw)
}

func (in *Interp) addKeyword(fn Value, kw []Keyword, name string, v Value) []Keyword {
	for _, k := range kw {
		if k.Name == name {
			throw(excTypeError, "%s got multiple values for keyword argument '%s'", in.callName(fn), name)
		}
	}
	return append(kw, Keyword{name, v})
}

// callName names a callable as the messages about its arguments do.
func (in *Interp) callName(fn Value) string {
	switch f := fn.(type) {
	case *Function:
		return "__main__." + f.node.qual + "()"
	case *Builtin:
		return f.name + "()"
	case *Type:
		return f.name + "()"
	case *Method:
		return in.callName(f.fn)
	}
	return fn.Type().tpName() + " object"
}

// call calls a value.
func (in *Interp) call(fn Value, args []Value, kw []Keyword) Value {
	in.step()
	if c, ok := fn.(callable); ok {
		return c.call(in, args, kw)
	}
	throw(excTypeError, "'%s' object is not callable", fn.Type().tpName())
	return nil
}

func (in *Interp) makeFunction(fr *frame, node *funcNode) *Function {
	outer := fr
	if fr.kind == frameClass {
		outer = fr.parent
	}
	f := &Function{node: node, defaults: make([]Value, len(node.params)), outer: outer}
	for i, p := range node.params {
		if p.def != nil {
			f.defaults[i] = in.eval(fr, p.def)
		}
	}
	in.charge(128)
	return f
}

func (in *Interp) evalFString(fr *frame, x *fstringExpr) string {
	var b strings.Builder
	for _, part := range x.parts {
		switch part := part.(type) {
		case *constExpr:
			b.WriteString(string(part.v.(Str)))
		case *fieldExpr:
			v := in.eval(fr, part.x)
			spec := ""
			if part.spec != nil {
				spec = in.evalFString(fr, part.spec.(*fstringExpr))
			}
			b.WriteString(in.format(in.convert(v, part.conv), spec))
		}
	}
	in.charge(b.Len())
	return b.String()
}

// convert applies the conversion of a field: !r, !s or !a.
func (in *Interp) convert(v Value, conv byte) Value {
	switch conv {
	case 'r':
		return Str(in.Repr(v))
	case 's':
		return Str(in.Str(v))
	case 'a':
		return Str(asciiOnly(in.Repr(v)))
	}
	return v
}
