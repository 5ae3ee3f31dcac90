package nd

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
)

// View reads the same bytes as items of another dtype. It is a view.
//
// Items of the same size leave the shape alone. Items of another size change
// the length of the last axis, whose items must lie one after another (unless
// there is one, or none) and make a whole number of new ones. A sub-array dtype
// of the same size adds its axes. View(dtype.Void(0)) means void items of the
// same size. The errors are ErrValue.
func (a *Array) View(dt dtype.DType) *Array {
	const op = "view"
	a.use(op)
	if !dt.IsValid() {
		fail(op, ErrDType, "invalid dtype")
	}
	from, to := a.ItemSize(), dt.ItemSize()
	if dt.Kind() == dtype.KindVoid && to == 0 && !dt.IsStruct() && !dt.IsSubArray() {
		dt, to = dtype.Void(from), from
	}
	lay := a.lay
	var room room
	if to != from {
		if dt.IsSubArray() {
			fail(op, ErrValue, "Changing the dtype to a subarray type is only supported if the total itemsize is unchanged")
		}
		lay = a.resizedItems(op, room.copied(lay), from, to)
	}
	if dt.IsSubArray() {
		return a.subArrayView(dt, lay)
	}
	return a.view(dt, lay)
}

// resizedItems returns a's layout, which lay is a copy of, with the last axis cut into items
// of another size.
func (a *Array) resizedItems(op string, lay layout.Layout, from, to int) layout.Layout {
	last := a.NDim() - 1
	if last < 0 {
		fail(op, ErrValue, "Changing the dtype of a 0d array is only supported if the itemsize is unchanged")
	}
	n := lay.Shape[last]
	if n != 1 && a.Size() != 0 && lay.Strides[last] != from {
		fail(op, ErrValue, "To change to a dtype of a different size, the last axis must be contiguous")
	}
	if to < from {
		if to == 0 || from%to != 0 {
			fail(op, ErrValue, "When changing to a smaller dtype, its size must be a divisor of the size of original dtype")
		}
		lay.Shape[last] = n * (from / to)
	} else {
		if n*from%to != 0 {
			fail(op, ErrValue, "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.")
		}
		lay.Shape[last] = n * from / to
	}
	lay.Strides[last] = to
	return lay
}

// subArrayView makes a header whose items are sub-arrays: their axes follow the
// array's own.
func (a *Array) subArrayView(dt dtype.DType, lay layout.Layout) *Array {
	base, sub := dt.Base(), dt.SubShape()
	lay = lay.Clone()
	lay.Shape = append(lay.Shape, sub...)
	lay.Strides = append(lay.Strides, layout.StridesOver(sub, base.ItemSize(), 'C')...)
	if base.IsSubArray() {
		return a.subArrayView(base, lay)
	}
	return a.view(base, lay)
}

// NewByteOrder reads the same bytes as items of the same kind in another byte
// order, so their values change. It is a view.
func (a *Array) NewByteOrder(order dtype.ByteOrder) *Array {
	a.use("newbyteorder")
	return a.within(a.dtype.NewByteOrder(order), a.lay)
}

// ByteSwap reverses the bytes of each number, in strings of each code point, in
// records of each field. The dtype stays, so the values change. It is a copy in
// order A; with the option Out(a) the bytes of a itself are swapped and a is
// returned.
func (a *Array) ByteSwap(opts ...Option) *Array {
	const op = "byteswap"
	a.use(op)
	s := gather(op, optOut, opts)
	out := s.out
	if out == nil {
		out = allocLike(op, a.dtype, a, A, !a.dtype.IsNumeric())
	} else {
		out.mutate(op)
		if out.dtype != a.dtype {
			fail(op, ErrType, "output has dtype %s, not %s", out.dtype, a.dtype)
		}
	}
	if quickSwap(out, a) {
		a.done(op)
		return out
	}
	// An item that keeps its value while its byte order changes has its bytes
	// reversed.
	copyInto(op, out.view(a.dtype.Swapped(), out.lay), a)
	return out
}

// quickSwap is the copy of ByteSwap for a few numbers that lie dense in one order on both
// sides; it reports whether it did it.
func quickSwap(out, a *Array) bool {
	n, unit := a.Size(), a.ItemSize()
	if a.dtype.IsComplex() {
		unit /= 2
	}
	if out.flags&a.flags&(CContiguous|FContiguous) == 0 || !sameShape(out, a) || !a.dtype.IsNumeric() || unit < 2 || n == 0 || n*a.ItemSize() > quickMost ||
		!out.buf.Plain() || !a.buf.Plain() || !apart(out, a, n) || !out.buf.Pin() {
		return false
	}
	kernel.ByteSwap(out.ptr(), a.ptr(), unit, n*(a.ItemSize()/unit))
	out.buf.UnsafeUnpin()
	return true
}

// Real returns the real parts of a complex array as a view, and any other array
// itself.
func (a *Array) Real() *Array {
	if !a.dtype.IsComplex() {
		return a
	}
	return a.part("real", 0)
}

// Imag returns the imaginary parts of a complex array as a view; for any other
// array fresh, read-only zeros of its dtype.
func (a *Array) Imag() *Array {
	if a.dtype.IsComplex() {
		return a.part("imag", a.ItemSize()/2)
	}
	a.use("imag")
	z := allocLike("imag", a.dtype, a, A, true)
	z.flags &^= Writeable
	return z
}

// part is a view of one half of each complex number.
func (a *Array) part(op string, offset int) *Array {
	a.use(op)
	half := dtype.Float64
	if a.dtype.Kind() == dtype.KindComplex64 {
		half = dtype.Float32
	}
	lay := a.lay
	if a.Size() > 0 {
		lay.Offset += offset
	}
	return a.within(half.NewByteOrder(a.dtype.Order()), lay)
}
