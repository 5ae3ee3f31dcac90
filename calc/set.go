package calc

import "strings"

// Set is Python's set, and frozenset.
type Set struct {
	d      *Dict
	frozen bool
}

func newSet() *Set { return &Set{d: newDict()} }

func (s *Set) add(in *Interp, v Value) { s.d.set(in, v, None) }

func (in *Interp) setOf(v Value) *Set {
	if s, ok := v.(*Set); ok {
		return s
	}
	s := newSet()
	for it := in.iterate(v); ; {
		w, ok := it.Next(in)
		if !ok {
			return s
		}
		in.step()
		s.add(in, w)
	}
}

func (s *Set) subset(in *Interp, of *Set) bool {
	for _, e := range s.d.entries {
		if e.key == nil {
			continue
		}
		in.step()
		if _, ok := of.d.get(in, e.key); !ok {
			return false
		}
	}
	return true
}

func (s *Set) length(*Interp) int { return s.d.n }

func (s *Set) iterate(*Interp) Iterator {
	return &dictIterator{d: ordered(s.d), kind: 'k', version: s.d.version, what: "Set"}
}

func (s *Set) repr(in *Interp) string {
	name := ""
	if s.frozen {
		name = "frozenset"
	}
	if s.d.n == 0 {
		if s.frozen {
			return "frozenset()"
		}
		return "set()"
	}
	var parts []string
	for _, e := range ordered(s.d).entries {
		if e.key != nil {
			parts = append(parts, in.Repr(e.key))
		}
	}
	text := "{" + strings.Join(parts, ", ") + "}"
	if name != "" {
		return name + "(" + text + ")"
	}
	return text
}

func (s *Set) hashKey(in *Interp) any {
	if s.frozen {
		throw(excTypeError, "frozensets as keys are not supported")
	}
	throw(excTypeError, "unhashable type: 'set'")
	return nil
}

// ordered returns the entries in the order in which CPython's hash table would
// hold them, when all are small integers; the order of others means nothing in
// Python either and is that of insertion here.
func ordered(d *Dict) *Dict {
	for _, e := range d.entries {
		if e.key == nil {
			continue
		}
		if _, ok := e.hash.(Int); !ok {
			return d
		}
	}
	if d.n == 0 {
		return d
	}
	// The table of setobject.c: linear probes of nine places, then a jump.
	table := make([]*dictEntry, 8)
	insert := func(e *dictEntry) {
		hash := uint64(e.hash.(Int))
		if e.hash.(Int) == -1 {
			hash = ^uint64(1)
		}
		mask := uint64(len(table) - 1)
		for i, perturb := hash&mask, hash; ; {
			for j := uint64(0); j <= 9; j++ {
				if j > 0 && i+9 > mask {
					break
				}
				if table[i+j] == nil {
					table[i+j] = e
					return
				}
			}
			perturb >>= 5
			i = (i*5 + 1 + perturb) & mask
		}
	}
	fill := 0
	for i := range d.entries {
		e := &d.entries[i]
		if e.key == nil {
			continue
		}
		insert(e)
		fill++
		if fill*5 >= (len(table)-1)*3 {
			size := 8
			for used := fill * 4; size <= used; {
				size <<= 1
			}
			if fill > 50000 {
				for size = 8; size <= fill*2; {
					size <<= 1
				}
			}
			old := table
			table = make([]*dictEntry, size)
			for _, o := range old {
				if o != nil {
					insert(o)
				}
			}
		}
	}
	out := &Dict{n: d.n, version: d.version}
	for _, e := range table {
		if e != nil {
			out.entries = append(out.entries, *e)
		}
	}
	return out
}

func (s *Set) clone(in *Interp) *Set { return &Set{s.d.copy(in), s.frozen} }

// binary is union, intersection, difference and symmetric difference.
func (s *Set) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	o, ok := other.(*Set)
	if !ok {
		return NotImplemented
	}
	if reflected {
		s, o = o, s
	}
	r := &Set{d: newDict(), frozen: s.frozen}
	keep := func(a, b *Set, want bool) {
		for _, e := range a.d.entries {
			if e.key == nil {
				continue
			}
			in.step()
			if _, ok := b.d.get(in, e.key); ok == want {
				r.add(in, e.key)
			}
		}
	}
	switch op {
	case opOr:
		r.d = s.d.copy(in)
		r.d.update(in, o.d)
	case opAnd:
		keep(s, o, true)
	case opSub:
		keep(s, o, false)
	case opXor:
		keep(s, o, false)
		keep(o, s, false)
	default:
		return NotImplemented
	}
	return r
}

func (s *Set) inplace(in *Interp, op binOp, other Value) Value {
	r := s.binary(in, op, other, false)
	if t, ok := r.(*Set); ok && !s.frozen {
		s.d = t.d
		return s
	}
	return r
}

var _ = later(func() {
	for _, t := range []*Type{typeSet, typeFrozenset} {
		frozen := t == typeFrozenset
		self := func(a []Value) *Set { return a[0].(*Set) }
		t.construct("iterable=?, /", func(in *Interp, a []Value) Value {
			s := &Set{d: newDict(), frozen: frozen}
			if a[0] != nil {
				s.d = in.setOf(a[0]).d.copy(in)
			}
			return s
		})
		for name, op := range map[string]binOp{"union": opOr, "intersection": opAnd, "difference": opSub} {
			t.def(name, "self, *others", func(in *Interp, a []Value) Value {
				r := self(a).clone(in)
				for _, o := range a[1].(*Tuple).items {
					r = r.binary(in, op, in.setOf(o), false).(*Set)
				}
				return r
			})
		}
		t.def("symmetric_difference", "self, other, /", func(in *Interp, a []Value) Value {
			return self(a).binary(in, opXor, in.setOf(a[1]), false)
		})
		t.def("issubset", "self, other, /", func(in *Interp, a []Value) Value { return Bool(self(a).subset(in, in.setOf(a[1]))) })
		t.def("issuperset", "self, other, /", func(in *Interp, a []Value) Value { return Bool(in.setOf(a[1]).subset(in, self(a))) })
		t.def("isdisjoint", "self, other, /", func(in *Interp, a []Value) Value {
			return Bool(self(a).binary(in, opAnd, in.setOf(a[1]), false).(*Set).d.n == 0)
		})
		t.def("copy", "self, /", func(in *Interp, a []Value) Value { return self(a).clone(in) })
		if frozen {
			continue
		}
		t.def("add", "self, object, /", func(in *Interp, a []Value) Value {
			self(a).add(in, a[1])
			return None
		})
		t.def("discard", "self, object, /", func(in *Interp, a []Value) Value {
			self(a).d.remove(in, a[1])
			return None
		})
		t.def("remove", "self, object, /", func(in *Interp, a []Value) Value {
			if !self(a).d.remove(in, a[1]) {
				throwKey(a[1])
			}
			return None
		})
		t.def("pop", "self, /", func(in *Interp, a []Value) Value {
			d := self(a).d
			if d.n == 0 {
				throwKey(Str("pop from an empty set"))
			}
			for _, e := range ordered(d).entries {
				if e.key != nil {
					d.remove(in, e.key)
					return e.key
				}
			}
			return None
		})
		t.def("clear", "self, /", func(in *Interp, a []Value) Value {
			self(a).d.clear()
			return None
		})
		t.def("update", "self, *others", func(in *Interp, a []Value) Value {
			for _, o := range a[1].(*Tuple).items {
				self(a).d.update(in, in.setOf(o).d)
			}
			return None
		})
	}
})
