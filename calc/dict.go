package calc

import (
	"encoding/binary"
	"math"
	"strings"
)

// Dict is Python's dict: it keeps the order of insertion. A removed entry
// leaves a hole with a nil key until the next growth.
type Dict struct {
	at      map[any]int
	entries []dictEntry
	n       int
	version int // counts changes of the keys
}

type dictEntry struct {
	key, value Value
	hash       any
}

func newDict() *Dict { return &Dict{at: map[any]int{}} }

type (
	bytesKey   string
	tupleKey   string
	complexKey complex128
	rangeKey   struct{ start, step, n int64 }
)

// hashKey returns a comparable Go value that is equal for equal values.
func (in *Interp) hashKey(v Value) any {
	switch x := v.(type) {
	case Str, Int, NoneType, EllipsisType:
		return x
	case Bool:
		return boolInt(x)
	case *BigInt:
		in.charge(x.z.BitLen() / 8)
		return bytesKey("int" + string(rune('1'+x.z.Sign())) + string(x.z.Bytes()))
	case Float:
		f := float64(x)
		if f == math.Trunc(f) {
			if math.Abs(f) < 1<<62 {
				return Int(f)
			}
			if !math.IsInf(f, 0) {
				return in.hashKey(floatToInt(f))
			}
		}
		if math.IsNaN(f) {
			return bytesKey("nan")
		}
		return x
	case Complex:
		if imag(x) == 0 {
			return in.hashKey(Float(real(x)))
		}
		return complexKey(x)
	case Bytes:
		return bytesKey("b" + x)
	case *Tuple:
		var b strings.Builder
		in.enterText("")
		defer in.leave()
		for _, y := range x.items {
			in.step()
			in.writeKey(&b, in.hashKey(y))
		}
		return tupleKey(b.String())
	case *Range:
		switch x.n {
		case 0:
			return rangeKey{}
		case 1:
			return rangeKey{x.start, 0, 1}
		}
		return rangeKey{x.start, x.step, x.n}
	case hashed:
		return x.hashKey(in)
	case *List, *Dict, *Bytearray:
		throw(excTypeError, "unhashable type: '%s'", v.Type().tpName())
	case unhashable:
		throw(excTypeError, "unhashable type: '%s'", v.Type().tpName())
	}
	return v
}

// unhashable marks foreign mutable values.
type unhashable interface{ unhashable() }

// writeKey appends a key in a form that is distinct for distinct keys.
func (in *Interp) writeKey(b *strings.Builder, key any) {
	text := func(tag byte, s string) {
		b.WriteByte(tag)
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		b.Write(n[:])
		b.WriteString(s)
	}
	word := func(tag byte, u uint64) {
		b.WriteByte(tag)
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], u)
		b.Write(n[:])
	}
	switch k := key.(type) {
	case Int:
		word('i', uint64(k))
	case Float:
		word('f', math.Float64bits(float64(k)))
	case Str:
		text('s', string(k))
	case bytesKey:
		text('b', string(k))
	case tupleKey:
		text('t', string(k))
	case complexKey:
		word('c', math.Float64bits(real(k)))
		word('c', math.Float64bits(imag(k)))
	case NoneType:
		b.WriteByte('n')
	case EllipsisType:
		b.WriteByte('e')
	case Value:
		word('p', uint64(in.id(k)))
	default:
		throw(excTypeError, "unhashable type")
	}
}

func (d *Dict) get(in *Interp, key Value) (Value, bool) {
	if i, ok := d.at[in.hashKey(key)]; ok {
		return d.entries[i].value, true
	}
	return nil, false
}

func (d *Dict) set(in *Interp, key, v Value) {
	h := in.hashKey(key)
	if i, ok := d.at[h]; ok {
		d.entries[i].value = v
		return
	}
	in.charge(96)
	if len(d.entries) > 16 && d.n < len(d.entries)/2 {
		d.compact()
	}
	d.at[h] = len(d.entries)
	d.entries = append(d.entries, dictEntry{key, v, h})
	d.n++
	d.version++
}

func (d *Dict) compact() {
	kept := make([]dictEntry, 0, d.n+1)
	for _, e := range d.entries {
		if e.key != nil {
			d.at[e.hash] = len(kept)
			kept = append(kept, e)
		}
	}
	d.entries = kept
}

func (d *Dict) remove(in *Interp, key Value) bool {
	h := in.hashKey(key)
	i, ok := d.at[h]
	if ok {
		d.removeAt(i)
	}
	return ok
}

func (d *Dict) removeAt(i int) {
	delete(d.at, d.entries[i].hash)
	d.entries[i] = dictEntry{}
	d.n--
	d.version++
	for n := len(d.entries); n > 0 && d.entries[n-1].key == nil; n-- {
		d.entries = d.entries[:n-1]
	}
}

func (d *Dict) clear() { *d = Dict{at: map[any]int{}, version: d.version + 1} }

func (d *Dict) copy(in *Interp) *Dict {
	in.charge(96 * d.n)
	c := &Dict{at: make(map[any]int, d.n), entries: make([]dictEntry, 0, d.n), n: d.n}
	for _, e := range d.entries {
		if e.key != nil {
			c.at[e.hash] = len(c.entries)
			c.entries = append(c.entries, e)
		}
	}
	return c
}

func (d *Dict) length(*Interp) int { return d.n }

func (d *Dict) repr(in *Interp) string {
	if in.visiting[d] {
		return "{...}"
	}
	in.visiting[d] = true
	defer delete(in.visiting, d)
	var b strings.Builder
	b.WriteByte('{')
	first := true
	for _, e := range d.entries {
		if e.key == nil {
			continue
		}
		in.step()
		if !first {
			b.WriteString(", ")
		}
		first = false
		b.WriteString(in.Repr(e.key) + ": " + in.Repr(e.value))
	}
	b.WriteByte('}')
	return b.String()
}

func (d *Dict) item(in *Interp, key Value) Value {
	v, ok := d.get(in, key)
	if !ok {
		throwKey(key)
	}
	return v
}

func (d *Dict) setItem(in *Interp, key, v Value) { d.set(in, key, v) }

func (d *Dict) delItem(in *Interp, key Value) {
	if !d.remove(in, key) {
		throwKey(key)
	}
}

func (d *Dict) iterate(*Interp) Iterator {
	return &dictIterator{d: d, kind: 'k', version: d.version, what: "dictionary"}
}

// binary is the union d | e.
func (d *Dict) binary(in *Interp, op binOp, other Value, reflected bool) Value {
	o, ok := other.(*Dict)
	if !ok || op != opOr {
		return NotImplemented
	}
	if reflected {
		d, o = o, d
	}
	c := d.copy(in)
	c.update(in, o)
	return c
}

func (d *Dict) inplace(in *Interp, op binOp, other Value) Value {
	if op != opOr {
		return NotImplemented
	}
	d.update(in, other)
	return d
}

// update adds the entries of a dict, or the pairs of an iterable.
func (d *Dict) update(in *Interp, v Value) {
	if o, ok := v.(*Dict); ok {
		for _, e := range o.entries {
			if e.key != nil {
				d.set(in, e.key, e.value)
			}
		}
		return
	}
	if keys, ok := in.tryAttr(v, "keys"); ok {
		for _, k := range in.listOf(in.call(keys, nil, nil)) {
			d.set(in, k, in.getItem(v, k))
		}
		return
	}
	it := in.iterate(v)
	for i := 0; ; i++ {
		pair, ok := it.Next(in)
		if !ok {
			return
		}
		if _, ok := in.iterator(pair); !ok {
			throw(excTypeError, "cannot convert dictionary update sequence element #%d to a sequence", i)
		}
		kv := in.listOf(pair)
		if len(kv) != 2 {
			throw(excValueError, "dictionary update sequence element #%d has length %d; 2 is required", i, len(kv))
		}
		d.set(in, kv[0], kv[1])
	}
}

var _ = later(func() {
	t := typeDict
	self := func(a []Value) *Dict { return a[0].(*Dict) }
	t.construct("mapping=?, /, **kw", func(in *Interp, a []Value) Value {
		d := newDict()
		if a[0] != nil {
			d.update(in, a[0])
		}
		d.update(in, a[1])
		return d
	})
	t.def("keys", "self, /", func(in *Interp, a []Value) Value { return &dictView{self(a), 'k'} })
	t.def("values", "self, /", func(in *Interp, a []Value) Value { return &dictView{self(a), 'v'} })
	t.def("items", "self, /", func(in *Interp, a []Value) Value { return &dictView{self(a), 'i'} })
	t.def("get", "self, key, default=None, /", func(in *Interp, a []Value) Value {
		if v, ok := self(a).get(in, a[1]); ok {
			return v
		}
		return a[2]
	})
	t.def("setdefault", "self, key, default=None, /", func(in *Interp, a []Value) Value {
		if v, ok := self(a).get(in, a[1]); ok {
			return v
		}
		self(a).set(in, a[1], a[2])
		return a[2]
	})
	t.def("pop", "self, key, default=?, /", func(in *Interp, a []Value) Value {
		v, ok := self(a).get(in, a[1])
		if ok {
			self(a).remove(in, a[1])
			return v
		}
		if a[2] == nil {
			throwKey(a[1])
		}
		return a[2]
	})
	t.def("popitem", "self, /", func(in *Interp, a []Value) Value {
		d := self(a)
		if d.n == 0 {
			throwKey(Str("popitem(): dictionary is empty"))
		}
		e := d.entries[len(d.entries)-1]
		d.removeAt(len(d.entries) - 1)
		return newTuple(e.key, e.value)
	})
	t.def("update", "self, other=?, /, **kw", func(in *Interp, a []Value) Value {
		if a[1] != nil {
			self(a).update(in, a[1])
		}
		self(a).update(in, a[2])
		return None
	})
	t.def("clear", "self, /", func(in *Interp, a []Value) Value {
		self(a).clear()
		return None
	})
	t.def("copy", "self, /", func(in *Interp, a []Value) Value { return self(a).copy(in) })
	t.defStatic("fromkeys", "type, iterable, value=None, /", func(in *Interp, a []Value) Value {
		d := newDict()
		for _, k := range in.listOf(a[1]) {
			d.set(in, k, a[2])
		}
		return d
	})
})
