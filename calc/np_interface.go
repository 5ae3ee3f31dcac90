package calc

import (
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// The array interface, version 3: the dict by which an object shows its memory.

// arrayInterface is the dict of a.__array_interface__.
func (in *Interp) arrayInterface(a *nd.Array) Value {
	d := newDict()
	set := func(name string, v Value) { d.set(in, Str(name), v) }
	set("data", newTuple(Int(a.DataPtr()), Bool(!a.Writeable())))
	if a.Flags().Has(nd.CContiguous) {
		set("strides", None)
	} else {
		set("strides", intTuple(a.Strides()))
	}
	descr := Value(newList(newTuple(Str(""), Str(a.DType().TypeStr()))))
	if a.DType().IsStruct() {
		descr = in.getAttr(&DType{dt: a.DType()}, "descr")
	}
	set("descr", descr)
	set("typestr", Str(a.DType().TypeStr()))
	set("shape", intTuple(a.Shape()))
	set("version", Int(3))
	return d
}

// fromInterface makes the array that an array interface describes. Its address
// must lie in an array or a buffer that the object holds: no other memory is read.
func (in *Interp) fromInterface(desc Value, owner *Instance) *nd.Array {
	d, ok := desc.(*Dict)
	if !ok {
		throw(excValueError, "Invalid __array_interface__ value, must be a dict")
	}
	get := func(name string) Value {
		v, ok := d.get(in, Str(name))
		if !ok {
			v = None
		}
		return v
	}
	typestr, ok := get("typestr").(Str)
	if !ok {
		throw(excValueError, "Missing __array_interface__ typestr")
	}
	dt, err := dtype.Parse(string(typestr))
	if err != nil {
		panic(err)
	}
	if l, ok := get("descr").(*List); ok && len(l.items) > 0 && strings.HasPrefix(string(typestr), "|V") {
		if t, ok := l.items[0].(*Tuple); ok && len(t.items) > 0 && t.items[0] != Value(Str("")) {
			if dt, err = dtype.FromDescr(in.literal(l)); err != nil {
				panic(err)
			}
		}
	}
	if get("shape") == Value(None) {
		throw(excValueError, "Missing __array_interface__ shape")
	}
	shape := in.toShape(get("shape"))
	var strides []int
	if s := get("strides"); s != Value(None) {
		strides = in.toShape(s)
	}
	data, ok := get("data").(*Tuple)
	if !ok || len(data.items) != 2 {
		if b, lends := get("data").(buffered); lends {
			return in.overBuffer(in.bufferOf(b.(Value)), dt, shape, strides, 0)
		}
		throw(excTypeError, "__array_interface__ data attribute must be a 2-tuple or a buffer")
	}
	addr := int64(in.toIndex(data.items[0]))
	a := in.over(owner, addr, dt, shape, strides, map[*Instance]bool{})
	if a == nil {
		throw(excValueError, "the address of __array_interface__ lies in no array that the object holds")
	}
	if in.truth(data.items[1]) {
		if err := a.SetWriteable(false); err != nil {
			panic(err)
		}
	}
	return a
}

// over makes a view at an address of the memory of v, nil if it does not lie there.
// An object is searched through its attributes, once: it may hold itself.
func (in *Interp) over(v Value, addr int64, dt dtype.DType, shape, strides []int, seen map[*Instance]bool) *nd.Array {
	x, ok := v.(*Instance)
	if !ok {
		return in.inBlock(v, addr, 0, dt, shape, strides)
	}
	if seen[x] {
		return nil
	}
	seen[x] = true
	in.enterText("")
	defer in.leave()
	for _, e := range x.attrs.entries {
		if e.key != nil {
			if a := in.over(e.value, addr, dt, shape, strides, seen); a != nil {
				return a
			}
		}
	}
	return nil
}

// inBlock makes a view at an address of the block that v lends, nil if v lends
// none or fewer than n bytes lie there.
func (in *Interp) inBlock(v Value, addr int64, n int, dt dtype.DType, shape, strides []int) *nd.Array {
	var buf *buffer.Buffer
	writeable := true
	switch x := v.(type) {
	case *Ndarray:
		buf, writeable = x.a.Buffer(), x.a.Writeable()
	case *Array, *Bytearray:
		buf = in.bufferOf(x)
	default:
		return nil
	}
	if buf.Closed() {
		return nil
	}
	off := addr - int64(uintptr(buf.Pointer()))
	if off < 0 || off > int64(buf.Len()-n) {
		return nil
	}
	a := in.overBuffer(buf, dt, shape, strides, int(off))
	if !writeable {
		if err := a.SetWriteable(false); err != nil {
			panic(err)
		}
	}
	return a
}

func (in *Interp) overBuffer(buf *buffer.Buffer, dt dtype.DType, shape, strides []int, offset int) *nd.Array {
	var a *nd.Array
	var err error
	if strides == nil {
		a, err = nd.OverOrder(nd.C, buf, dt, shape, offset)
	} else {
		a, err = nd.Over(buf, dt, shape, strides, offset)
	}
	if err != nil {
		panic(err)
	}
	return a
}
