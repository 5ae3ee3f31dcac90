package nd

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// AsType returns a copy of a whose items are cast to dt, in a's own memory order
// (K). Options: Casting (default Unsafe), OrderIs, CopyIs(false), which returns a
// itself when it already has the dtype and the order.
//
// A dt of a string kind and length 0 gets the length that the items of a's dtype
// need. Conversions follow NumPy: floats are truncated, integers wrap, text is
// parsed as Python parses it, numbers are printed as Python prints them.
//
// It panics with ErrType where the casting rule forbids the cast, ErrDType for the
// zero DType, ErrValue and ErrOverflow for text that is no number of dt.
func (a *Array) AsType(dt dtype.DType, opts ...Option) *Array {
	s := settings{casting: dtype.Unsafe, order: K, copy: true}
	if len(opts) > 0 {
		s = gather("astype", optCasting|optOrder|optCopy, opts)
		if !s.has(optCasting) {
			s.casting = dtype.Unsafe
		}
	}
	a.use("astype")
	if dt.ItemSize() == 0 {
		dt = a.textDType(dt)
	}
	if !dtype.CanCast(a.dtype, dt, s.casting) {
		what := "array data"
		if a.NDim() == 0 {
			what = "scalar"
		}
		fail("astype", ErrType, "Cannot cast %s from %s to %s according to the rule '%s'", what, a.dtype.Repr(), dt.Repr(), s.casting)
	}
	if !s.copy && dt == a.dtype && a.inOrder(s.order) {
		return a
	}
	if dt.IsSubArray() {
		// The sub-array's axes are appended, and every item is broadcast over them.
		shape := append(a.Shape(), dt.SubShape()...)
		b := alloc("astype", dt.Base(), shape, C, true)
		lay := layout.Layout{Shape: shape[:a.NDim()], Strides: b.lay.Strides[:a.NDim()]}
		copyInto("astype", newArray(b.buf, dt, lay, Writeable, nil), a)
		return b
	}
	return a.copied("astype", dt, s.order)
}

func (a *Array) inOrder(o Order) bool {
	switch o {
	case C:
		return a.flags.Has(CContiguous)
	case F:
		return a.flags.Has(FContiguous)
	case A:
		return a.flags.Forc()
	}
	return true
}

// textDType gives a string or void dtype of length 0 the length that items of
// a's dtype need as text, and the byte order of a's text.
func (a *Array) textDType(dt dtype.DType) dtype.DType {
	n := a.dtype.ItemSize()
	if !dt.IsValid() {
		fail("astype", ErrDType, "invalid dtype")
	}
	if dt.Kind() == dtype.KindVoid {
		if dt.IsStruct() || dt.IsSubArray() {
			return dt
		}
		return dtype.Void(n)
	}
	switch k := a.dtype.Kind(); k {
	case dtype.KindBytes:
	case dtype.KindStr:
		n /= 4
	case dtype.KindVoid:
		if a.dtype.IsStruct() {
			class := "Str"
			if dt.Kind() == dtype.KindBytes {
				class = "Bytes"
			}
			fail("astype", ErrType, "cannot cast dtype %s to <class 'numpy.dtypes.%sDType'>.", a.dtype, class)
		}
	default:
		n = loop.TextLength(k)
	}
	if dt.Kind() == dtype.KindBytes {
		return dtype.Bytes(max(n, 1))
	}
	d := dtype.Str(max(n, 1))
	if a.dtype.Kind() == dtype.KindStr {
		d = d.NewByteOrder(a.dtype.Order())
	}
	return d
}
