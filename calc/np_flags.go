package calc

import (
	"strings"

	"github.com/stride-go/nd"
)

// flagsValue is the value of a.flags.
type flagsValue struct{ x *Ndarray }

func (*flagsValue) Type() *Type { return typeFlags }

func (f *flagsValue) repr(*Interp) string { return f.x.a.Flags().String() }

func (f *flagsValue) named(name string) (bool, bool) {
	fl := f.x.a.Flags()
	switch name {
	case "c_contiguous", "C_CONTIGUOUS", "contiguous", "CONTIGUOUS", "C":
		return fl.Has(nd.CContiguous), true
	case "f_contiguous", "F_CONTIGUOUS", "fortran", "FORTRAN", "F":
		return fl.Has(nd.FContiguous), true
	case "owndata", "OWNDATA", "O":
		return fl.Has(nd.OwnData), true
	case "writeable", "WRITEABLE", "W":
		return fl.Has(nd.Writeable), true
	case "aligned", "ALIGNED", "A":
		return fl.Has(nd.Aligned), true
	case "writebackifcopy", "WRITEBACKIFCOPY", "X":
		return false, true
	case "behaved", "BEHAVED", "B":
		return fl.Behaved(), true
	case "carray", "CARRAY", "CA":
		return fl.CArray(), true
	case "farray", "FARRAY", "FA":
		return fl.FArray(), true
	case "fnc", "FNC":
		return fl.FNC(), true
	case "forc", "FORC":
		return fl.Forc(), true
	}
	return false, false
}

func (f *flagsValue) attr(in *Interp, name string) (Value, bool) {
	if name == "num" {
		return Int(f.x.a.Flags()), true
	}
	if strings.ToLower(name) != name {
		return nil, false
	}
	b, ok := f.named(name)
	return Bool(b), ok
}

func (f *flagsValue) item(in *Interp, key Value) Value {
	if s, ok := key.(Str); ok {
		if b, ok := f.named(string(s)); ok {
			return Bool(b)
		}
	}
	throw(excKeyError, "Unknown flag")
	return nil
}

func (f *flagsValue) setAttr(in *Interp, name string, v Value) {
	switch name {
	case "writeable":
		if v == nil {
			throw(excAttributeError, "Cannot delete flags writeable attribute")
		}
		f.x.setWriteable(in.truth(v))
		return
	case "aligned":
		if in.truth(v) && !f.x.a.Aligned() {
			throw(excValueError, "cannot set aligned flag of mis-aligned array to True")
		}
		return
	}
	if _, ok := f.named(name); ok {
		throw(excAttributeError, "attribute '%s' of 'numpy._core.multiarray.flagsobj' objects is not writable", name)
	}
	throw(excAttributeError, "'numpy._core.multiarray.flagsobj' object has no attribute '%s'", name)
}

func (f *flagsValue) setItem(in *Interp, key, v Value) {
	if s, ok := key.(Str); ok {
		switch s {
		case "WRITEABLE", "W":
			f.setAttr(in, "writeable", v)
			return
		case "ALIGNED", "A":
			f.setAttr(in, "aligned", v)
			return
		}
	}
	throw(excKeyError, "Unknown flag")
}

func (x *Ndarray) setWriteable(on bool) {
	if err := x.a.SetWriteable(on); err != nil {
		panic(err)
	}
}

func (f *flagsValue) compare(in *Interp, op cmpOp, other Value, reflected bool) Value {
	o, ok := other.(*flagsValue)
	if !ok {
		return NotImplemented
	}
	return Bool((f.x.a.Flags() == o.x.a.Flags()) == (op == cmpEQ))
}

// ctypesValue is the value of a.ctypes.
type ctypesValue struct{ x *Ndarray }

func (*ctypesValue) Type() *Type { return typeCTypes }

func (c *ctypesValue) attr(in *Interp, name string) (Value, bool) {
	switch name {
	case "data":
		return Int(c.x.a.DataPtr()), true
	case "shape":
		return intTuple(c.x.a.Shape()), true
	case "strides":
		return intTuple(c.x.a.Strides()), true
	case "data_as":
		return function("data_as", "obj", func(in *Interp, a []Value) Value { return in.pointer(int64(c.x.a.DataPtr()), a[0]) }), true
	}
	return nil, false
}
