package calc

// The operators of instances: each asks the class for its dunder method.

func (o *Instance) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	name := op.dunder()
	if reflected {
		name = "__r" + name[2:]
	}
	if v, ok := o.special(in, name, other); ok {
		return v
	}
	return NotImplemented
}

func (o *Instance) inplace(in *Interp, op binOp, other Value) Value {
	if v, ok := o.special(in, "__i"+op.dunder()[2:], other); ok {
		return v
	}
	return NotImplemented
}

func (o *Instance) unary(in *Interp, op unaryOp) Value {
	if v, ok := o.special(in, op.dunder()); ok {
		return v
	}
	return NotImplemented
}

func (o *Instance) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	if reflected {
		op = op.swapped()
	}
	if v, ok := o.special(in, op.dunder(), other); ok {
		return v
	}
	if op == cmpNE {
		if v, ok := o.special(in, "__eq__", other); ok && v != Value(NotImplemented) {
			return Bool(!in.truth(v))
		}
	}
	return NotImplemented
}

func (o *Instance) must(in *Interp, name, text string, args ...Value) Value {
	v, ok := o.special(in, name, args...)
	if !ok {
		throw(excTypeError, text, o.typ.name)
	}
	return v
}

func (o *Instance) item(in *Interp, key Value) Value {
	return o.must(in, "__getitem__", "'%s' object is not subscriptable", key)
}

func (o *Instance) setItem(in *Interp, key, v Value) {
	o.must(in, "__setitem__", "'%s' object does not support item assignment", key, v)
}

func (o *Instance) delItem(in *Interp, key Value) {
	o.must(in, "__delitem__", "'%s' object does not support item deletion", key)
}

func (o *Instance) contains(in *Interp, v Value) bool {
	if r, ok := o.special(in, "__contains__", v); ok {
		return in.truth(r)
	}
	for it := in.iterate(o); ; {
		x, ok := it.Next(in)
		if !ok {
			return false
		}
		if in.same(x, v) {
			return true
		}
	}
}

func (o *Instance) iterate(in *Interp) Iterator {
	if v, ok := o.special(in, "__iter__"); ok {
		if it, ok := v.(Iterator); ok {
			return it
		}
		if w, ok := v.(*Instance); ok {
			if _, ok := w.typ.lookup("__next__"); ok {
				return &instanceIterator{o: w}
			}
		}
		throw(excTypeError, "iter() returned non-iterator of type '%s'", v.Type().tpName())
	}
	if _, ok := o.typ.lookup("__getitem__"); ok {
		return &sequenceIterator{v: o}
	}
	throw(excTypeError, "'%s' object is not iterable", o.typ.name)
	return nil
}

func (o *Instance) length(in *Interp) int {
	n := in.toIndex(o.must(in, "__len__", "object of type '%s' has no len()"))
	if n < 0 {
		throw(excValueError, "__len__() should return >= 0")
	}
	return n
}

func (o *Instance) truth(in *Interp) bool {
	if v, ok := o.special(in, "__bool__"); ok {
		b, ok := v.(Bool)
		if !ok {
			throw(excTypeError, "__bool__ should return bool, returned %s", v.Type().tpName())
		}
		return bool(b)
	}
	if _, ok := o.typ.lookup("__len__"); ok {
		return o.length(in) != 0
	}
	return true
}

func (o *Instance) call(in *Interp, args []Value, kw []Keyword) Value {
	m, ok := o.typ.lookup("__call__")
	if !ok {
		throw(excTypeError, "'%s' object is not callable", o.typ.name)
	}
	return in.call(in.bindTo(m, o), args, kw)
}

func (o *Instance) format(in *Interp, spec string) string {
	if v, ok := o.special(in, "__format__", Str(spec)); ok {
		if s, ok := v.(Str); ok {
			return string(s)
		}
		throw(excTypeError, "__format__ must return a str, not %s", v.Type().tpName())
	}
	if spec != "" {
		throw(excTypeError, "unsupported format string passed to %s.__format__", o.typ.name)
	}
	return o.str(in)
}

// hashKey is the identity: a class with its own __eq__ is refused, because
// equal instances would have to meet in a dict.
func (o *Instance) hashKey(in *Interp) any {
	if _, ok := o.typ.lookup("__eq__"); ok {
		throw(excTypeError, "unhashable type: '%s'", o.typ.name)
	}
	return o
}

func (o *Instance) index(in *Interp) (Value, bool) {
	return o.special(in, "__index__")
}

func (o *Instance) float(in *Interp) (float64, bool) {
	v, ok := o.special(in, "__float__")
	if !ok {
		return 0, false
	}
	f, ok := v.(Float)
	if !ok {
		throw(excTypeError, "%s.__float__ returned non-float (type %s)", o.typ.name, v.Type().tpName())
	}
	return float64(f), true
}

// instanceIterator walks an instance that has __next__.
type instanceIterator struct{ o *Instance }

func (it *instanceIterator) Type() *Type { return it.o.typ }

func (it *instanceIterator) Next(in *Interp) (v Value, ok bool) {
	in.step()
	exc := in.catch(func() { v, ok = it.o.special(in, "__next__") })
	if exc == nil {
		return v, ok
	}
	if exc.typ.isSub(excStopIteration) {
		return nil, false
	}
	panic(exc)
}

// sequenceIterator walks a value by v[0], v[1], … until IndexError.
type sequenceIterator struct {
	v Value
	i int
}

func (it *sequenceIterator) Type() *Type { return typeSequenceIterator }

var typeSequenceIterator = newType("iterator", typeObject)

func (it *sequenceIterator) Next(in *Interp) (v Value, ok bool) {
	in.step()
	exc := in.catch(func() { v = in.getItem(it.v, Int(it.i)) })
	if exc == nil {
		it.i++
		return v, true
	}
	if exc.typ.isSub(excIndexError) || exc.typ.isSub(excStopIteration) {
		return nil, false
	}
	panic(exc)
}
