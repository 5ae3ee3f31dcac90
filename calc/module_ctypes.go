package calc

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// The part of ctypes that looks at arrays: string_at, cast, POINTER, the C types, and
// np.ctypeslib.as_array. An address is a number here, so all of them read only what
// lies inside a block that a variable holds, which is then kept alive.
var _ = later(func() {
	m := newModule("ctypes")
	m.def("string_at", "ptr, size=-1", func(in *Interp, a []Value) Value {
		n := in.toInt(a[1])
		if n < 0 {
			throw(excValueError, "string_at needs a size here")
		}
		in.charge(n)
		return Bytes(arrayBytes(in.at(addressOf(in, a[0]), dtype.Uint8, []int{n})))
	})
	for name, code := range map[string]string{
		"c_bool": "?", "c_byte": "i1", "c_ubyte": "u1", "c_short": "i2", "c_ushort": "u2", "c_int": "i4", "c_uint": "u4",
		"c_long": "i8", "c_ulong": "u8", "c_float": "f4", "c_double": "f8",
	} {
		dt, err := dtype.Parse(code)
		if err != nil {
			panic(err)
		}
		t := newModuleType("ctypes", name, typeObject)
		cTypes[t], m.dict[name] = dt, t
		pointerTypes[t] = newModuleType("__main__", "LP_"+name, typePointer)
		cTypes[pointerTypes[t]] = dt
	}
	for alias, name := range map[string]string{
		"c_int8": "c_byte", "c_uint8": "c_ubyte", "c_int16": "c_short", "c_uint16": "c_ushort", "c_int32": "c_int", "c_uint32": "c_uint",
		"c_int64": "c_long", "c_uint64": "c_ulong", "c_longlong": "c_long", "c_ulonglong": "c_ulong", "c_size_t": "c_ulong", "c_ssize_t": "c_long",
	} {
		m.dict[alias] = m.dict[name]
	}
	m.def("POINTER", "type, /", func(in *Interp, a []Value) Value {
		t, _ := a[0].(*Type)
		p, ok := pointerTypes[t]
		if !ok {
			throw(excTypeError, "must be a ctypes type")
		}
		return p
	})
	m.def("cast", "obj, typ", func(in *Interp, a []Value) Value { return in.pointer(addressOf(in, a[0]), a[1]) })
	m.def("sizeof", "obj, /", func(in *Interp, a []Value) Value {
		t, _ := a[0].(*Type)
		dt, ok := cTypes[t]
		if !ok {
			throw(excTypeError, "this type has no size")
		}
		if t.isSub(typePointer) {
			return Int(8)
		}
		return Int(dt.ItemSize())
	})
	npSub("ctypeslib").python("as_array", "obj, shape=None", func(in *Interp, a []Value) Value {
		p, ok := a[0].(*cPointer)
		if !ok {
			return in.newArray(arraySpec{object: a[0], copy: None})
		}
		if !given(a[1]) {
			throw(excTypeError, "as_array() requires a shape argument when called on a pointer")
		}
		return &Ndarray{a: in.at(p.addr, cTypes[p.typ], in.toShape(a[1])), base: p}
	})
})

var (
	typePointer = newModuleType("_ctypes", "_Pointer", typeObject)
	// cTypes holds the dtype of each C type, and of what each pointer type points at.
	cTypes = map[*Type]dtype.DType{}
	// pointerTypes holds the pointer type of each C type.
	pointerTypes = map[*Type]*Type{}
)

// cPointer is an address with the type of what lies there.
type cPointer struct {
	typ  *Type
	addr int64
}

func (p *cPointer) Type() *Type { return p.typ }

func (p *cPointer) repr(in *Interp) string {
	return fmt.Sprintf("<%s object at 0x%x>", p.typ.tpName(), in.id(p))
}

func (p *cPointer) truth(*Interp) bool { return p.addr != 0 }

// item reads what lies i items further.
func (p *cPointer) item(in *Interp, key Value) Value {
	n, ok := in.asIndex(key)
	if !ok {
		throw(excTypeError, "Pointer indices must be integer")
	}
	dt := cTypes[p.typ]
	return in.itemOf(in.at(p.addr+int64(in.toIndex(n))*int64(dt.ItemSize()), dt, nil))
}

func (p *cPointer) setItem(in *Interp, key, v Value) {
	n, ok := in.asIndex(key)
	if !ok || v == nil {
		throw(excTypeError, "Pointer indices must be integer")
	}
	dt := cTypes[p.typ]
	dst := in.at(p.addr+int64(in.toIndex(n))*int64(dt.ItemSize()), dt, nil)
	in.readOnly(dst)
	in.setOne(dst, v)
}

func (in *Interp) pointer(addr int64, typ Value) Value {
	t, _ := typ.(*Type)
	if t == nil || !t.isSub(typePointer) {
		throw(excTypeError, "cast() argument 2 must be a pointer type, not %s", in.Str(in.getAttr(typ, "__name__")))
	}
	return &cPointer{t, addr}
}

// addressOf is the number of an address, or where a pointer points.
func addressOf(in *Interp, v Value) int64 {
	switch x := v.(type) {
	case *cPointer:
		return x.addr
	case *ctypesValue:
		return int64(x.x.a.DataPtr())
	}
	return int64(in.toIndex(v))
}

// at is the array at an address, if it lies in the block of a variable.
func (in *Interp) at(addr int64, dt dtype.DType, shape []int) *nd.Array {
	n := dt.ItemSize()
	for _, d := range shape {
		if n *= d; d < 0 || n < 0 || n > 1<<48 {
			throw(excValueError, "no variable holds an array of shape %s at that address", dtype.ShapeText(shape))
		}
	}
	frames := append([]*frame{in.globals}, in.calls...)
	for _, fr := range frames {
		for ; fr != nil; fr = fr.parent {
			for _, v := range fr.vars {
				if a := in.holds(v, addr, n, dt, shape, 4); a != nil {
					return a
				}
			}
		}
	}
	throw(excValueError, "no variable holds %d bytes at that address", n)
	return nil
}

// holds is the array at an address inside the block of v, or of what v holds.
func (in *Interp) holds(v Value, addr int64, n int, dt dtype.DType, shape []int, depth int) *nd.Array {
	if x, ok := v.(*Instance); ok {
		for _, e := range x.attrs.entries {
			if e.key != nil && depth > 0 {
				if a := in.holds(e.value, addr, n, dt, shape, depth-1); a != nil {
					return a
				}
			}
		}
		return nil
	}
	return in.inBlock(v, addr, n, dt, shape, nil)
}
