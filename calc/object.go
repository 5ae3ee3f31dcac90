package calc

import (
	"fmt"
	"reflect"
	"strings"
)

// tryAttr looks an attribute up: the value's own, then its class's.
func (in *Interp) tryAttr(v Value, name string) (Value, bool) {
	if a, ok := v.(attributer); ok {
		if r, ok := a.attr(in, name); ok {
			return r, true
		}
		switch v.(type) {
		case *Instance, *Exception, *Module:
			return nil, false
		}
	}
	return in.classAttr(v, name)
}

// classAttr looks an attribute up in the class of the value.
func (in *Interp) classAttr(v Value, name string) (Value, bool) {
	if name == "__class__" {
		return v.Type(), true
	}
	d, ok := v.Type().lookup(name)
	if !ok {
		return nil, false
	}
	return in.bindTo(d, v), true
}

func (in *Interp) getAttr(v Value, name string) Value {
	if r, ok := in.tryAttr(v, name); ok {
		return r
	}
	switch v := v.(type) {
	case *Ndarray:
		if v.as == typeRecarray {
			throw(excAttributeError, "recarray has no attribute %s", name)
		}
	case *Scalar:
		if v.rec {
			throw(excAttributeError, "'record' object has no attribute '%s'", name)
		}
	case *Type:
		throw(excAttributeError, "type object '%s' has no attribute '%s'", v.tpName(), name)
	case *Module:
		v.missing(name)
	}
	throw(excAttributeError, "'%s' object has no attribute '%s'", v.Type().tpName(), name)
	return nil
}

func (in *Interp) setAttr(v Value, name string, x Value) {
	if d, ok := v.Type().lookup(name); ok {
		if p, ok := d.(*Property); ok {
			p.assign(in, v, name, x)
			return
		}
	}
	switch r := v.(type) {
	case *Ndarray:
		if r.as == typeRecarray {
			r.setField(in, name, x)
			return
		}
	case *Scalar:
		if r.rec {
			r.setField(in, name, x)
			return
		}
	}
	if s, ok := v.(attrSetter); ok {
		s.setAttr(in, name, x)
		return
	}
	if _, ok := in.tryAttr(v, name); ok {
		throw(excAttributeError, "'%s' object attribute '%s' is read-only", v.Type().tpName(), name)
	}
	throw(excAttributeError, "'%s' object has no attribute '%s'", v.Type().tpName(), name)
}

func (in *Interp) getItem(v, key Value) Value {
	if x, ok := v.(indexed); ok {
		return x.item(in, key)
	}
	if t, ok := v.(*Type); ok {
		throw(excTypeError, "type '%s' is not subscriptable", t.tpName())
	}
	throw(excTypeError, "'%s' object is not subscriptable", v.Type().tpName())
	return nil
}

func (in *Interp) setItem(v, key, x Value) {
	if s, ok := v.(itemSetter); ok {
		s.setItem(in, key, x)
		return
	}
	throw(excTypeError, "'%s' object does not support item assignment", v.Type().tpName())
}

func (in *Interp) delItem(v, key Value) {
	if s, ok := v.(itemDeleter); ok {
		s.delItem(in, key)
		return
	}
	word := "doesn't"
	if _, ok := v.(indexed); ok {
		word = "doesn't"
	}
	throw(excTypeError, "'%s' object %s support item deletion", v.Type().tpName(), word)
}

func (in *Interp) truth(v Value) bool {
	switch v := v.(type) {
	case Bool:
		return bool(v)
	case NoneType:
		return false
	case Int:
		return v != 0
	case *BigInt:
		return true
	case Float:
		return v != 0
	case Complex:
		return v != 0
	case Str:
		return v != ""
	case Bytes:
		return v != ""
	case truthful:
		return v.truth(in)
	case sized:
		return v.length(in) != 0
	}
	return true
}

func (in *Interp) length(v Value) int {
	if s, ok := v.(sized); ok {
		return s.length(in)
	}
	throw(excTypeError, "object of type '%s' has no len()", v.Type().tpName())
	return 0
}

// iterator returns the iterator of a value, if it has one.
func (in *Interp) iterator(v Value) (Iterator, bool) {
	if it, ok := v.(Iterator); ok {
		return it, true
	}
	if o, ok := v.(*Instance); ok {
		_, has := o.typ.lookup("__iter__")
		_, get := o.typ.lookup("__getitem__")
		if !has && !get {
			return nil, false
		}
	}
	if x, ok := v.(iterable); ok {
		return x.iterate(in), true
	}
	return nil, false
}

func (in *Interp) iterate(v Value) Iterator {
	it, ok := in.iterator(v)
	if !ok {
		throw(excTypeError, "'%s' object is not iterable", v.Type().tpName())
	}
	return it
}

// listOf collects the items of an iterable.
func (in *Interp) listOf(v Value) []Value {
	switch x := v.(type) {
	case *List:
		in.charge(16 * len(x.items))
		return append([]Value(nil), x.items...)
	case *Tuple:
		return append([]Value(nil), x.items...)
	case *Range:
		in.chargeItems(int(x.n)) // refused at once, not after minutes
	}
	var out []Value
	for it := in.iterate(v); ; {
		w, ok := it.Next(in)
		if !ok {
			return out
		}
		in.step()
		in.charge(itemBytesInList)
		out = append(out, w)
	}
}

// itemBytesInList is what an item of a list takes with the number it holds.
const itemBytesInList = 32

// chargeItems refuses a list of n items that cannot be held; the items are counted
// as they come.
func (in *Interp) chargeItems(n int) {
	if n > 1<<20 {
		in.charge(int(min(int64(n), 1<<58) * itemBytesInList))
		in.used -= min(int64(n), 1<<58) * itemBytesInList
	}
}

// Repr is Python's repr.
func (in *Interp) Repr(v Value) string {
	switch x := v.(type) {
	case Int:
		return fmt.Sprint(int64(x))
	case Float:
		return floatRepr(float64(x))
	case Complex:
		return complexRepr(complex128(x))
	case Str:
		in.charge(len(x))
		return strRepr(string(x))
	case Bytes:
		in.charge(len(x))
		return bytesRepr(string(x))
	case printed:
		in.enterText(" while getting the repr of an object")
		defer in.leave()
		s := x.repr(in)
		in.charge(len(s))
		return s
	}
	return fmt.Sprintf("<%s object at 0x%x>", v.Type().tpName(), in.id(v))
}

// Str is Python's str.
func (in *Interp) Str(v Value) string {
	switch x := v.(type) {
	case Str:
		return string(x)
	case stringed:
		in.enterText(" while getting the str of an object")
		defer in.leave()
		return x.str(in)
	}
	return in.Repr(v)
}

// id numbers an object.
func (in *Interp) id(v Value) int64 {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer {
		return int64(r.Pointer())
	}
	key := any(v)
	if f, ok := v.(Float); ok && f != f {
		key = "nan"
	}
	if n, ok := in.ids[key]; ok {
		return n
	}
	if len(in.ids) > 4096 {
		clear(in.ids)
	}
	in.nextID += 32
	in.ids[key] = 0x7f0000000000 + in.nextID
	return in.ids[key]
}

// asIndex converts a value that can stand for an integer.
func (in *Interp) asIndex(v Value) (Value, bool) {
	switch x := v.(type) {
	case Int, *BigInt:
		return x, true
	case Bool:
		return boolInt(x), true
	case indexer:
		return x.index(in)
	}
	return nil, false
}

// toIndex converts an argument to an int that fits a machine word.
func (in *Interp) toIndex(v Value) int {
	x, ok := in.asIndex(v)
	if !ok {
		throw(excTypeError, "'%s' object cannot be interpreted as an integer", v.Type().tpName())
	}
	n, ok := x.(Int)
	if !ok {
		throw(excOverflowError, "Python int too large to convert to C ssize_t")
	}
	return int(n)
}

// subscript resolves an integer key of a sequence of n items; kind names the
// sequence in messages.
func (in *Interp) subscript(key Value, n int, kind string) int {
	x, ok := in.asIndex(key)
	if !ok {
		if kind == "string" {
			throw(excTypeError, "string indices must be integers, not '%s'", key.Type().tpName())
		}
		throw(excTypeError, "%s indices must be integers or slices, not %s", kind, key.Type().tpName())
	}
	i, fits := x.(Int)
	if !fits {
		throw(excIndexError, "cannot fit 'int' into an index-sized integer")
	}
	if i < 0 {
		i += Int(n)
	}
	if i < 0 || i >= Int(n) {
		return -1
	}
	return int(i)
}

// sliceBound converts a part of a slice.
func (in *Interp) sliceBound(v Value) (n int, given bool) {
	if v == Value(None) {
		return 0, false
	}
	x, ok := in.asIndex(v)
	if !ok {
		throw(excTypeError, "slice indices must be integers or None or have an __index__ method")
	}
	switch x := x.(type) {
	case Int:
		return int(max(min(x, 1<<62), -1<<62)), true
	case *BigInt:
		return x.z.Sign() << 62, true
	}
	return 0, true
}

// resolve is slice.indices(n) with the number of items it selects.
func (s *Slice) resolve(in *Interp, n int) (start, stop, step, count int) {
	step = 1
	if v, ok := in.sliceBound(s.step); ok {
		step = v
	}
	if step == 0 {
		throw(excValueError, "slice step cannot be zero")
	}
	low, high := 0, n
	if step < 0 {
		low, high = -1, n-1
	}
	bound := func(v Value, absent int) int {
		b, ok := in.sliceBound(v)
		if !ok {
			return absent
		}
		if b < 0 {
			b += n
		}
		return max(low, min(b, high))
	}
	if step > 0 {
		start, stop = bound(s.start, low), bound(s.stop, high)
		if stop > start {
			count = (stop-start-1)/step + 1
		}
		return
	}
	start, stop = bound(s.start, high), bound(s.stop, low)
	if stop < start {
		count = (start-stop-1)/-step + 1
	}
	return
}

func (s *Slice) repr(in *Interp) string {
	return "slice(" + in.Repr(s.start) + ", " + in.Repr(s.stop) + ", " + in.Repr(s.step) + ")"
}

func (s *Slice) hashKey(in *Interp) any {
	throw(excTypeError, "unhashable type: 'slice'")
	return nil
}

var _ = later(func() {
	typeSlice.get("start", func(in *Interp, v Value) Value { return v.(*Slice).start })
	typeSlice.get("stop", func(in *Interp, v Value) Value { return v.(*Slice).stop })
	typeSlice.get("step", func(in *Interp, v Value) Value { return v.(*Slice).step })
	typeSlice.def("indices", "self, length, /", func(in *Interp, a []Value) Value {
		n := in.toIndex(a[1])
		if n < 0 {
			throw(excValueError, "length should not be negative")
		}
		start, stop, step, _ := a[0].(*Slice).resolve(in, n)
		return newTuple(Int(start), Int(stop), Int(step))
	})
	typeSlice.construct("a, b=?, c=?, /", func(in *Interp, a []Value) Value {
		s := &Slice{None, a[0], None}
		if a[1] != nil {
			s.start, s.stop = a[0], a[1]
		}
		if a[2] != nil {
			s.step = a[2]
		}
		return s
	})
})

// joinRepr writes the reprs of items between separators; open stands for a
// container that holds itself.
func (in *Interp) joinRepr(items []Value) string {
	var b strings.Builder
	for i, v := range items {
		in.step()
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(in.Repr(v))
	}
	return b.String()
}
