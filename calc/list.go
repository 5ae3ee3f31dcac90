package calc

import (
	"sort"
)

func (l *List) length(*Interp) int { return len(l.items) }

func (l *List) repr(in *Interp) string {
	if in.visiting[l] {
		return "[...]"
	}
	in.visiting[l] = true
	defer delete(in.visiting, l)
	return "[" + in.joinRepr(l.items) + "]"
}

func (l *List) item(in *Interp, key Value) Value {
	if s, ok := key.(*Slice); ok {
		return &List{in.sliceItems(l.items, s)}
	}
	i := in.subscript(key, len(l.items), "list")
	if i < 0 {
		throw(excIndexError, "list index out of range")
	}
	return l.items[i]
}

// sliceItems copies the items that a slice selects.
func (in *Interp) sliceItems(items []Value, s *Slice) []Value {
	start, _, step, n := s.resolve(in, len(items))
	in.charge(16*n + 48)
	out := make([]Value, n)
	for i := range out {
		out[i] = items[start+i*step]
	}
	return out
}

func (l *List) setItem(in *Interp, key, v Value) {
	s, ok := key.(*Slice)
	if !ok {
		i := in.subscript(key, len(l.items), "list")
		if i < 0 {
			throw(excIndexError, "list assignment index out of range")
		}
		l.items[i] = v
		return
	}
	if _, ok := in.iterator(v); !ok {
		if s.step == Value(None) {
			throw(excTypeError, "can only assign an iterable")
		}
		throw(excTypeError, "must assign iterable to extended slice")
	}
	items := in.listOf(v)
	start, stop, step, n := s.resolve(in, len(l.items))
	if step == 1 {
		stop = max(start, stop)
		tail := append([]Value(nil), l.items[stop:]...)
		l.items = append(append(l.items[:start], items...), tail...)
		return
	}
	if len(items) != n {
		throw(excValueError, "attempt to assign sequence of size %d to extended slice of size %d", len(items), n)
	}
	for i, v := range items {
		l.items[start+i*step] = v
	}
}

func (l *List) delItem(in *Interp, key Value) {
	s, ok := key.(*Slice)
	if !ok {
		i := in.subscript(key, len(l.items), "list")
		if i < 0 {
			throw(excIndexError, "list assignment index out of range")
		}
		l.items = append(l.items[:i], l.items[i+1:]...)
		return
	}
	start, _, step, n := s.resolve(in, len(l.items))
	drop := make(map[int]bool, n)
	for i := range n {
		drop[start+i*step] = true
	}
	kept := l.items[:0]
	for i, v := range l.items {
		if !drop[i] {
			kept = append(kept, v)
		}
	}
	clear(l.items[len(kept):])
	l.items = kept
}

func (in *Interp) concat(x, y Value) Value {
	switch a := x.(type) {
	case *List:
		b, ok := y.(*List)
		if !ok {
			throw(excTypeError, "can only concatenate list (not \"%s\") to list", y.Type().tpName())
		}
		in.charge(16 * (len(a.items) + len(b.items)))
		return &List{append(append(make([]Value, 0, len(a.items)+len(b.items)), a.items...), b.items...)}
	case *Tuple:
		b, ok := y.(*Tuple)
		if !ok {
			throw(excTypeError, "can only concatenate tuple (not \"%s\") to tuple", y.Type().tpName())
		}
		in.charge(16 * (len(a.items) + len(b.items)))
		return &Tuple{append(append(make([]Value, 0, len(a.items)+len(b.items)), a.items...), b.items...)}
	case Str:
		b, ok := y.(Str)
		if !ok {
			throw(excTypeError, "can only concatenate str (not \"%s\") to str", y.Type().tpName())
		}
		in.charge(len(a) + len(b))
		return a + b
	case Bytes, *Bytearray:
		b, ok := bytesLike(y)
		if !ok {
			throw(excTypeError, "can't concat %s to %s", y.Type().tpName(), x.Type().tpName())
		}
		s, _ := bytesLike(x)
		in.charge(len(s) + len(b))
		return likeBytes(x, s+b)
	case concatenable:
		return a.concat(in, y)
	}
	return nil
}

type concatenable interface {
	concat(in *Interp, y Value) Value
}

func (l *List) repeat(in *Interp, n int) Value {
	return &List{in.repeatItems(l.items, n)}
}

func (t *Tuple) repeat(in *Interp, n int) Value {
	return &Tuple{in.repeatItems(t.items, n)}
}

func (in *Interp) repeatItems(items []Value, n int) []Value {
	out := make([]Value, 0, in.repeated(len(items), n, 16))
	in.stepN(len(items) * n / 64)
	if len(items) == 0 {
		return out
	}
	for range n {
		out = append(out, items...)
	}
	return out
}

func (l *List) inplace(in *Interp, op binOp, other Value) Value {
	switch op {
	case opAdd:
		if f, ok := other.(binaryOperand); ok {
			if _, inst := other.(*Instance); !inst {
				if r := f.binary(in, op, l, true); r != Value(NotImplemented) {
					return r
				}
			}
		}
		l.extend(in, other)
		return l
	case opMul:
		if n, ok := in.asIndex(other); ok {
			l.items = in.repeatItems(l.items, in.repeatCount(n))
			return l
		}
	}
	return NotImplemented
}

func (l *List) extend(in *Interp, v Value) {
	if v == Value(l) {
		v = &Tuple{l.items}
	}
	for it := in.iterate(v); ; {
		w, ok := it.Next(in)
		if !ok {
			return
		}
		in.step()
		in.charge(itemBytesInList)
		l.items = append(l.items, w)
	}
}

func (l *List) iterate(*Interp) Iterator { return &listIterator{l: l} }

type listIterator struct {
	l *List
	i int
}

var typeListIterator = newType("list_iterator", typeObject)

func (it *listIterator) Type() *Type { return typeListIterator }

func (it *listIterator) Next(*Interp) (Value, bool) {
	if it.l == nil || it.i >= len(it.l.items) {
		it.l = nil
		return nil, false
	}
	it.i++
	return it.l.items[it.i-1], true
}

// sortItems sorts stably by key, as list.sort does.
func (in *Interp) sortItems(items []Value, key Value, reverse bool) {
	keys := items
	if key != nil && key != Value(None) {
		keys = make([]Value, len(items))
		for i, v := range items {
			keys[i] = in.call(key, []Value{v}, nil)
		}
	}
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	in.charge(24 * len(items))
	sort.SliceStable(order, func(i, j int) bool {
		in.step()
		a, b := keys[order[i]], keys[order[j]]
		if reverse {
			a, b = b, a
		}
		return in.truth(in.compareOp(cmpLT, a, b))
	})
	sorted := make([]Value, len(items))
	for i, j := range order {
		sorted[i] = items[j]
	}
	copy(items, sorted)
}

func (t *Tuple) length(*Interp) int { return len(t.items) }

func (t *Tuple) repr(in *Interp) string {
	if in.visiting[t] {
		return "(...)"
	}
	in.visiting[t] = true
	defer delete(in.visiting, t)
	if len(t.items) == 1 {
		return "(" + in.Repr(t.items[0]) + ",)"
	}
	return "(" + in.joinRepr(t.items) + ")"
}

func (t *Tuple) item(in *Interp, key Value) Value {
	if s, ok := key.(*Slice); ok {
		return &Tuple{in.sliceItems(t.items, s)}
	}
	i := in.subscript(key, len(t.items), "tuple")
	if i < 0 {
		throw(excIndexError, "tuple index out of range")
	}
	return t.items[i]
}

func (t *Tuple) iterate(*Interp) Iterator { return &tupleIterator{t: t} }

type tupleIterator struct {
	t *Tuple
	i int
}

var typeTupleIterator = newType("tuple_iterator", typeObject)

func (it *tupleIterator) Type() *Type { return typeTupleIterator }

func (it *tupleIterator) Next(*Interp) (Value, bool) {
	if it.i >= len(it.t.items) {
		return nil, false
	}
	it.i++
	return it.t.items[it.i-1], true
}
