package calc

// funcIterator is an iterator made of a function. The function may call other
// iterators, so each step counts as a call.
type funcIterator struct {
	typ  *Type
	next func(in *Interp) (Value, bool)
	done bool
}

func (it *funcIterator) Type() *Type { return it.typ }

func (it *funcIterator) Next(in *Interp) (Value, bool) {
	if it.done {
		return nil, false
	}
	in.step()
	in.enter()
	v, ok := it.next(in)
	in.leave()
	it.done = !ok
	return v, ok
}

var (
	typeMap              = newType("map", typeObject)
	typeFilter           = newType("filter", typeObject)
	typeZip              = newType("zip", typeObject)
	typeEnumerate        = newType("enumerate", typeObject)
	typeReversed         = newType("reversed", typeObject)
	typeCallableIterator = newType("callable_iterator", typeObject)
)

var _ = later(func() {
	typeMap.construct("func, iterable, /, *more", func(in *Interp, a []Value) Value {
		its := []Iterator{in.iterate(a[1])}
		for _, v := range a[2].(*Tuple).items {
			its = append(its, in.iterate(v))
		}
		return &funcIterator{typ: typeMap, next: func(in *Interp) (Value, bool) {
			args := make([]Value, len(its))
			for i, it := range its {
				v, ok := it.Next(in)
				if !ok {
					return nil, false
				}
				args[i] = v
			}
			return in.call(a[0], args, nil), true
		}}
	})
	typeFilter.construct("func, iterable, /", func(in *Interp, a []Value) Value {
		it := in.iterate(a[1])
		return &funcIterator{typ: typeFilter, next: func(in *Interp) (Value, bool) {
			for {
				v, ok := it.Next(in)
				if !ok {
					return nil, false
				}
				in.step()
				test := v
				if a[0] != Value(None) {
					test = in.call(a[0], []Value{v}, nil)
				}
				if in.truth(test) {
					return v, true
				}
			}
		}}
	})
	typeZip.construct("*iterables, strict=False", func(in *Interp, a []Value) Value {
		var its []Iterator
		for i, v := range a[0].(*Tuple).items {
			it, ok := in.iterator(v)
			if !ok {
				throw(excTypeError, "'%s' object is not iterable", v.Type().tpName())
			}
			_ = i
			its = append(its, it)
		}
		strict := in.truth(a[1])
		return &funcIterator{typ: typeZip, next: func(in *Interp) (Value, bool) {
			if len(its) == 0 {
				return nil, false
			}
			items := make([]Value, len(its))
			in.charge(16*len(its) + 48)
			for i, it := range its {
				v, ok := it.Next(in)
				if !ok {
					if strict {
						zipStrict(in, its, i)
					}
					return nil, false
				}
				items[i] = v
			}
			return &Tuple{items}, true
		}}
	})
	typeEnumerate.construct("iterable, start=0", func(in *Interp, a []Value) Value {
		it := in.iterate(a[0])
		n, ok := in.asIndex(a[1])
		if !ok {
			throw(excTypeError, "'%s' object cannot be interpreted as an integer", a[1].Type().tpName())
		}
		return &funcIterator{typ: typeEnumerate, next: func(in *Interp) (Value, bool) {
			v, ok := it.Next(in)
			if !ok {
				return nil, false
			}
			in.charge(64)
			t := newTuple(n, v)
			n = in.binary(opAdd, n, Int(1))
			return t, true
		}}
	})
	typeReversed.construct("sequence, /", func(in *Interp, a []Value) Value {
		switch v := a[0].(type) {
		case *Range:
			if v.n == 0 {
				return &rangeIterator{}
			}
			return &rangeIterator{v.start + (v.n-1)*v.step, -v.step, v.n}
		case *Dict:
			return &dictIterator{d: v, kind: 'k', version: v.version, what: "dictionary", back: true}
		case *dictView:
			return &dictIterator{d: v.d, kind: v.kind, version: v.d.version, what: "dictionary", back: true}
		case *Instance:
			if r, ok := v.special(in, "__reversed__"); ok {
				return r
			}
		}
		_, hasLen := a[0].(sized)
		_, hasItem := a[0].(indexed)
		if _, isSet := a[0].(*Set); !hasLen || !hasItem || isSet {
			throw(excTypeError, "'%s' object is not reversible", a[0].Type().tpName())
		}
		i := in.length(a[0])
		return &funcIterator{typ: typeReversed, next: func(in *Interp) (Value, bool) {
			if i--; i < 0 {
				return nil, false
			}
			return in.getItem(a[0], Int(i)), true
		}}
	})
})

// zipStrict reports iterables of unequal length; iterable i ended first.
func zipStrict(in *Interp, its []Iterator, i int) {
	text := func(i int, word string) {
		if i == 1 {
			throw(excValueError, "zip() argument 2 is %s than argument 1", word)
		}
		throw(excValueError, "zip() argument %d is %s than arguments 1-%d", i+1, word, i)
	}
	if i > 0 {
		text(i, "shorter")
	}
	for j := 1; j < len(its); j++ {
		if _, ok := its[j].Next(in); ok {
			text(j, "longer")
		}
	}
}
