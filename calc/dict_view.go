package calc

// dictView is what keys(), values() and items() return.
type dictView struct {
	d    *Dict
	kind byte // 'k', 'v' or 'i'
}

var (
	typeDictKeys     = newType("dict_keys", typeObject)
	typeDictValues   = newType("dict_values", typeObject)
	typeDictItems    = newType("dict_items", typeObject)
	typeDictIterator = newType("dict_keyiterator", typeObject)
)

func (v *dictView) Type() *Type {
	switch v.kind {
	case 'k':
		return typeDictKeys
	case 'v':
		return typeDictValues
	}
	return typeDictItems
}

func (v *dictView) length(*Interp) int { return v.d.n }

func (v *dictView) iterate(*Interp) Iterator {
	return &dictIterator{d: v.d, kind: v.kind, version: v.d.version, what: "dictionary"}
}

func (v *dictView) repr(in *Interp) string {
	return v.Type().name + "([" + in.joinRepr(in.listOf(v)) + "])"
}

func (v *dictView) contains(in *Interp, x Value) bool {
	if v.kind == 'k' {
		_, ok := v.d.get(in, x)
		return ok
	}
	return in.findItem(in.listOf(v), x) >= 0
}

func (v *dictView) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	if v.kind == 'v' {
		return NotImplemented
	}
	switch other.(type) {
	case *Set, *dictView:
		if reflected {
			op = op.swapped()
		}
		return Bool(in.compareSets(op, in.setOf(v), in.setOf(other)))
	}
	return NotImplemented
}

func (v *dictView) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	if v.kind == 'v' || op != opAnd && op != opOr && op != opXor && op != opSub {
		return NotImplemented
	}
	if reflected {
		return in.setOf(other).binary(in, op, in.setOf(v), false)
	}
	return in.setOf(v).binary(in, op, in.setOf(other), false)
}

type dictIterator struct {
	d       *Dict
	kind    byte
	i       int
	version int
	what    string
	back    bool
}

func (it *dictIterator) Type() *Type { return typeDictIterator }

func (it *dictIterator) Next(in *Interp) (Value, bool) {
	if it.d == nil {
		return nil, false
	}
	if it.version != it.d.version {
		it.version = it.d.version
		throw(excRuntimeError, "%s changed size during iteration", it.what)
	}
	for it.i < len(it.d.entries) {
		i := it.i
		if it.back {
			i = len(it.d.entries) - 1 - it.i
		}
		it.i++
		e := it.d.entries[i]
		if e.key == nil {
			continue
		}
		switch it.kind {
		case 'k':
			return e.key, true
		case 'v':
			return e.value, true
		}
		return newTuple(e.key, e.value), true
	}
	it.d = nil
	return nil, false
}
