package calc

var _ = later(func() {
	t := typeList
	self := func(a []Value) *List { return a[0].(*List) }
	t.construct("iterable=?, /", func(in *Interp, a []Value) Value {
		if a[0] == nil {
			return &List{}
		}
		return &List{in.listOf(a[0])}
	})
	t.def("append", "self, object, /", func(in *Interp, a []Value) Value {
		in.charge(16)
		l := self(a)
		l.items = append(l.items, a[1])
		return None
	})
	t.def("extend", "self, iterable, /", func(in *Interp, a []Value) Value {
		self(a).extend(in, a[1])
		return None
	})
	t.def("insert", "self, index, object, /", func(in *Interp, a []Value) Value {
		l := self(a)
		i := in.toIndex(a[1])
		if i < 0 {
			i = max(0, i+len(l.items))
		}
		i = min(i, len(l.items))
		in.charge(16)
		l.items = append(l.items, nil)
		copy(l.items[i+1:], l.items[i:])
		l.items[i] = a[2]
		return None
	})
	t.def("pop", "self, index=-1, /", func(in *Interp, a []Value) Value {
		l := self(a)
		i := in.toIndex(a[1])
		if len(l.items) == 0 {
			throw(excIndexError, "pop from empty list")
		}
		if i < 0 {
			i += len(l.items)
		}
		if i < 0 || i >= len(l.items) {
			throw(excIndexError, "pop index out of range")
		}
		v := l.items[i]
		l.items = append(l.items[:i], l.items[i+1:]...)
		return v
	})
	t.def("remove", "self, value, /", func(in *Interp, a []Value) Value {
		l := self(a)
		i := in.findItem(l.items, a[1])
		if i < 0 {
			throw(excValueError, "list.remove(x): x not in list")
		}
		l.items = append(l.items[:i], l.items[i+1:]...)
		return None
	})
	t.def("clear", "self, /", func(in *Interp, a []Value) Value {
		self(a).items = nil
		return None
	})
	t.def("copy", "self, /", func(in *Interp, a []Value) Value {
		return &List{in.listOf(a[0])}
	})
	t.def("index", "self, value, start=0, stop=9223372036854775807, /", func(in *Interp, a []Value) Value {
		i := in.indexIn(self(a).items, a)
		if i < 0 {
			throw(excValueError, "%s is not in list", in.Repr(a[1]))
		}
		return Int(i)
	})
	t.def("count", "self, value, /", func(in *Interp, a []Value) Value {
		return in.countIn(self(a).items, a[1])
	})
	t.def("reverse", "self, /", func(in *Interp, a []Value) Value {
		l := self(a).items
		for i, j := 0, len(l)-1; i < j; i, j = i+1, j-1 {
			l[i], l[j] = l[j], l[i]
		}
		return None
	})
	t.def("sort", "self, /, *, key=None, reverse=False", func(in *Interp, a []Value) Value {
		if _, ok := in.asIndex(a[2]); !ok {
			throw(excTypeError, "'%s' object cannot be interpreted as an integer", a[2].Type().tpName())
		}
		in.sortItems(self(a).items, a[1], in.truth(a[2]))
		return None
	})

	t = typeTuple
	t.construct("iterable=?, /", func(in *Interp, a []Value) Value {
		if a[0] == nil {
			return emptyTuple
		}
		if t, ok := a[0].(*Tuple); ok {
			return t
		}
		return &Tuple{in.listOf(a[0])}
	})
	t.def("index", "self, value, start=0, stop=9223372036854775807, /", func(in *Interp, a []Value) Value {
		i := in.indexIn(a[0].(*Tuple).items, a)
		if i < 0 {
			throw(excValueError, "tuple.index(x): x not in tuple")
		}
		return Int(i)
	})
	t.def("count", "self, value, /", func(in *Interp, a []Value) Value {
		return in.countIn(a[0].(*Tuple).items, a[1])
	})
})

func (in *Interp) countIn(items []Value, v Value) Value {
	n := Int(0)
	for i := 0; i < len(items); i++ {
		in.step()
		if in.same(items[i], v) {
			n++
		}
	}
	return n
}

// indexIn finds a[1] in items between the bounds a[2] and a[3].
func (in *Interp) indexIn(items []Value, a []Value) int {
	s := &Slice{a[2], a[3], None}
	start, stop, _, _ := s.resolve(in, len(items))
	for i := start; i < stop && i < len(items); i++ {
		in.step()
		if in.same(items[i], a[1]) {
			return i
		}
	}
	return -1
}
