package calc

import "github.com/stride-go/nd"

// The module copy: shallow and deep copies of containers, arrays and objects.
var _ = later(func() {
	m := newModule("copy")
	m.python("copy", "x", func(in *Interp, a []Value) Value { return in.shallowCopy(a[0]) })
	m.python("deepcopy", "x, memo=None", func(in *Interp, a []Value) Value {
		return (&deepCopier{in: in, done: map[Value]Value{}}).copy(a[0])
	})
})

// shallowCopy is copy.copy: what cannot change is its own copy.
func (in *Interp) shallowCopy(v Value) Value {
	switch x := v.(type) {
	case *List:
		return &List{in.listOf(x)}
	case *Dict:
		return x.copy(in)
	case *Set:
		if x.frozen {
			return x
		}
		return &Set{d: x.d.copy(in)}
	case *Bytearray:
		in.charge(len(x.b))
		return &Bytearray{b: append([]byte(nil), x.b...)}
	case *Array:
		return x.item(in, &Slice{None, None, None})
	case *Ndarray:
		in.chargeCopy(x.a)
		as := x.as
		if x.Type() == typeMemmap {
			as = typeMemmap
		}
		return like(x, &Ndarray{a: x.a.Copy(nd.K), as: as})
	case *Scalar:
		return &Scalar{a: x.a.Copy(), rec: x.rec}
	case *Instance:
		if r, ok := x.special(in, "__copy__"); ok {
			return r
		}
		return &Instance{typ: x.typ, attrs: x.attrs.copy(in)}
	case *memoryView:
		throw(excTypeError, "cannot pickle memoryview objects")
	case *generator, *Module:
		throw(excTypeError, "cannot pickle '%s' object", v.Type().tpName())
	}
	return v
}

// deepCopier copies a value and what it holds, each object once.
type deepCopier struct {
	in   *Interp
	done map[Value]Value
}

func (c *deepCopier) copy(v Value) Value {
	switch v.(type) {
	case *List, *Tuple, *Dict, *Set, *Instance, *Ndarray:
	default:
		return c.in.shallowCopy(v)
	}
	if r, ok := c.done[v]; ok {
		return r
	}
	c.in.enterText("")
	defer c.in.leave()
	switch x := v.(type) {
	case *List:
		out := &List{}
		c.done[v] = out
		for i := 0; i < len(x.items); i++ {
			c.in.step()
			c.in.charge(itemBytesInList)
			out.items = append(out.items, c.copy(x.items[i]))
		}
		return out
	case *Tuple:
		items, same := make([]Value, len(x.items)), true
		for i, w := range x.items {
			items[i] = c.copy(w)
			same = same && identical(items[i], w)
		}
		if r, ok := c.done[v]; ok {
			return r // it held itself
		}
		if same {
			c.done[v] = x
			return x
		}
		out := &Tuple{items}
		c.done[v] = out
		return out
	case *Dict:
		out := newDict()
		c.done[v] = out
		for _, e := range append([]dictEntry(nil), x.entries...) {
			if e.key != nil {
				out.set(c.in, c.copy(e.key), c.copy(e.value))
			}
		}
		return out
	case *Set: // its items are hashable, and what is hashable does not change here
		out := &Set{d: x.d.copy(c.in), frozen: x.frozen}
		c.done[v] = out
		return out
	case *Instance:
		if r, ok := x.special(c.in, "__deepcopy__", newDict()); ok {
			return r
		}
		out := &Instance{typ: x.typ, attrs: newDict()}
		c.done[v] = out
		for _, e := range append([]dictEntry(nil), x.attrs.entries...) {
			if e.key != nil {
				out.attrs.set(c.in, e.key, c.copy(e.value))
			}
		}
		return out
	}
	r := c.in.shallowCopy(v)
	c.done[v] = r
	return r
}
