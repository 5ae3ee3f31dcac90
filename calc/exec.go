package calc

import "strings"

// control says how a statement ended.
type control uint8

const (
	ctlNext control = iota
	ctlBreak
	ctlContinue
	ctlReturn
)

// execBody runs statements until one transfers control.
func (in *Interp) execBody(fr *frame, body []stmt) (control, Value) {
	for i := range body {
		if c, v := in.exec(fr, &body[i]); c != ctlNext {
			return c, v
		}
	}
	return ctlNext, nil
}

func (in *Interp) exec(fr *frame, s *stmt) (control, Value) {
	in.step()
	in.line = s.line
	switch n := s.node.(type) {
	case *exprStmt:
		in.eval(fr, n.x)
	case *assignStmt:
		v := in.eval(fr, n.value)
		for _, t := range n.targets {
			in.assign(fr, t, v)
		}
	case *augStmt:
		in.augment(fr, n)
	case *ifStmt:
		for i, test := range n.tests {
			if in.truth(in.eval(fr, test)) {
				return in.execBody(fr, n.bodies[i])
			}
		}
		return in.execBody(fr, n.other)
	case *forStmt:
		return in.execFor(fr, n)
	case *whileStmt:
		for in.truth(in.eval(fr, n.test)) {
			c, v := in.execBody(fr, n.body)
			if c == ctlBreak {
				return ctlNext, nil
			}
			if c == ctlReturn {
				return c, v
			}
			in.line = s.line
		}
		return in.execBody(fr, n.other)
	case *defStmt:
		var v Value = in.makeFunction(fr, n.fn)
		in.store(fr, n.fn.name, in.decorate(fr, n.decorators, v))
	case *classStmt:
		in.store(fr, n.name, in.decorate(fr, n.decorators, in.execClass(fr, n)))
	case *returnStmt:
		if n.x == nil {
			return ctlReturn, None
		}
		return ctlReturn, in.eval(fr, n.x)
	case *breakStmt:
		return ctlBreak, nil
	case *continueStmt:
		return ctlContinue, nil
	case *passStmt, *scopeStmt:
	case *delStmt:
		for _, t := range n.targets {
			in.delete(fr, t)
		}
	case *importStmt:
		in.execImport(fr, n)
	case *fromStmt:
		in.execFrom(fr, n)
	case []stmt:
		return in.execBody(fr, n)
	case *assertStmt:
		if !in.truth(in.eval(fr, n.test)) {
			e := &Exception{typ: excAssertionError}
			if n.msg != nil {
				e.args = []Value{in.eval(fr, n.msg)}
			}
			panic(e)
		}
	case *raiseStmt:
		in.execRaise(fr, n)
	case *tryStmt:
		return in.execTry(fr, n)
	case *withStmt:
		return in.execWith(fr, n, 0)
	}
	return ctlNext, nil
}

func (in *Interp) execFor(fr *frame, n *forStmt) (control, Value) {
	for it := in.iterate(in.eval(fr, n.iter)); ; {
		in.step()
		v, ok := it.Next(in)
		if !ok {
			return in.execBody(fr, n.other)
		}
		in.assign(fr, n.target, v)
		c, r := in.execBody(fr, n.body)
		if c == ctlBreak {
			return ctlNext, nil
		}
		if c == ctlReturn {
			return c, r
		}
	}
}

func (in *Interp) decorate(fr *frame, decorators []expr, v Value) Value {
	for i := len(decorators) - 1; i >= 0; i-- {
		v = in.call(in.eval(fr, decorators[i]), []Value{v}, nil)
	}
	return v
}

func (in *Interp) execClass(fr *frame, n *classStmt) Value {
	t := &Type{name: n.name, module: "__main__", user: true}
	for _, a := range n.bases {
		if a.name != "" || a.star != 0 {
			throw(excTypeError, "metaclasses and class keywords are not supported")
		}
		b, ok := in.eval(fr, a.x).(*Type)
		if !ok {
			throw(excTypeError, "bases must be types")
		}
		if b.final && b != typeObject {
			throw(excTypeError, "type '%s' is not an acceptable base type", b.tpName())
		}
		t.bases = append(t.bases, b)
	}
	if t.bases == nil {
		t.bases = []*Type{typeObject}
	}
	for n, b := range t.bases {
		in.stepN((n + 1) * len(b.mro) * len(b.mro) / 8)
	}
	if t.mro = linearize(t); t.mro == nil {
		throw(excTypeError, "Cannot create a consistent method resolution\norder (MRO) for bases")
	}
	body := &frame{vars: map[string]Value{}, parent: fr, kind: frameClass}
	if fr.kind == frameClass {
		body.parent = fr.parent
	}
	in.enter()
	in.execBody(body, n.body)
	in.leave()
	t.dict = body.vars
	for _, v := range t.dict {
		if f, ok := v.(*Function); ok {
			in.own(f, t)
		}
	}
	return t
}

// own lets super() in a method find the class of the method.
func (in *Interp) own(f *Function, t *Type) {
	f.outer = &frame{vars: map[string]Value{"__class__": t}, names: map[string]bool{"__class__": true}, parent: f.outer, kind: frameFunction}
}

func (in *Interp) execRaise(fr *frame, n *raiseStmt) {
	if n.x == nil {
		if len(in.current) == 0 {
			throw(excRuntimeError, "No active exception to reraise")
		}
		panic(in.current[len(in.current)-1])
	}
	v := in.eval(fr, n.x)
	if n.cause != nil {
		in.eval(fr, n.cause)
	}
	if t, ok := v.(*Type); ok && t.isSub(excBaseException) {
		v = in.call(t, nil, nil)
	}
	e, ok := v.(*Exception)
	if !ok {
		throw(excTypeError, "exceptions must derive from BaseException")
	}
	e.line = in.line
	panic(e)
}

// stepsOfCatch is what an exception costs to unwind, in steps.
const stepsOfCatch = 200

func (in *Interp) execTry(fr *frame, n *tryStmt) (c control, v Value) {
	handling := len(in.current)
	exc := in.catch(func() { c, v = in.execBody(fr, n.body) })
	if exc != nil && exc.fatal {
		panic(exc)
	}
	if exc != nil {
		in.stepN(stepsOfCatch)
	}
	if exc == nil && c == ctlNext && n.other != nil {
		if n.finally == nil {
			return in.execBody(fr, n.other)
		}
		exc = in.catch(func() { c, v = in.execBody(fr, n.other) })
	} else if exc != nil {
		in.current = in.current[:handling]
		raised := exc
		exc = in.catch(func() {
			for i := range n.handlers {
				h := &n.handlers[i]
				if h.class != nil && !in.matches(raised, in.eval(fr, h.class)) {
					continue
				}
				c, v = in.handle(fr, h, raised)
				return
			}
			panic(raised)
		})
		in.current = in.current[:handling]
	}
	if n.finally != nil && (exc == nil || !exc.fatal) {
		if fc, fv := in.execBody(fr, n.finally); fc != ctlNext {
			return fc, fv
		}
	}
	if exc != nil {
		panic(exc)
	}
	return c, v
}

func (in *Interp) handle(fr *frame, h *handlerNode, exc *Exception) (control, Value) {
	in.current = append(in.current, exc)
	if h.name != "" {
		in.store(fr, h.name, exc)
		defer delete(in.home(fr, h.name).vars, h.name)
	}
	return in.execBody(fr, h.body)
}

// matches reports whether the exception is of the class, or of one in a tuple.
func (in *Interp) matches(exc *Exception, class Value) bool {
	switch c := class.(type) {
	case *Type:
		if c.isSub(excBaseException) {
			return exc.typ.isSub(c)
		}
	case *Tuple:
		for _, v := range c.items {
			if in.matches(exc, v) {
				return true
			}
		}
		return false
	}
	throw(excTypeError, "catching classes that do not inherit from BaseException is not allowed")
	return false
}

func (in *Interp) execWith(fr *frame, n *withStmt, i int) (c control, v Value) {
	if i == len(n.items) {
		return in.execBody(fr, n.body)
	}
	ctx := in.eval(fr, n.items[i].x)
	special := func(name string) Value {
		m, ok := in.tryAttr(ctx, name)
		if !ok {
			throw(excTypeError, "'%s' object does not support the context manager protocol", ctx.Type().tpName())
		}
		return m
	}
	enter := special("__enter__")
	exit := special("__exit__")
	entered := in.call(enter, nil, nil)
	exc := in.catch(func() {
		if as := n.items[i].as; as != nil {
			in.assign(fr, as, entered)
		}
		c, v = in.execWith(fr, n, i+1)
	})
	if exc == nil {
		in.call(exit, []Value{None, None, None}, nil)
		return c, v
	}
	if exc.fatal || !in.truth(in.call(exit, []Value{exc.typ, exc, None}, nil)) {
		panic(exc)
	}
	return ctlNext, nil
}

func (in *Interp) execImport(fr *frame, n *importStmt) {
	parts := strings.Split(n.path, ".")
	top := in.module(parts[0])
	m := top
	for i := 1; i < len(parts); i++ {
		m = in.submodule(m, parts[i], strings.Join(parts[:i+1], "."))
	}
	if n.as != "" {
		in.store(fr, n.as, m)
		return
	}
	in.store(fr, parts[0], top)
}

func (in *Interp) execFrom(fr *frame, n *fromStmt) {
	parts := strings.Split(n.module, ".")
	m := in.module(parts[0])
	for i := 1; i < len(parts); i++ {
		m = in.submodule(m, parts[i], strings.Join(parts[:i+1], "."))
	}
	if n.wildcard {
		for _, name := range m.names() {
			if name[0] != '_' {
				v, _ := m.attr(in, name)
				in.store(fr, name, v)
			}
		}
		return
	}
	for _, pair := range n.names {
		v, ok := m.attr(in, pair[0])
		if !ok {
			throw(excImportError, "cannot import name '%s' from '%s' (unknown location)", pair[0], n.module)
		}
		in.store(fr, pair[1], v)
	}
}
