package nd

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// quickAssign is the short way of copyInto: numbers that lie dense on both sides, in
// equal shapes, apart or equal byte for byte, or one number for all. It reports false,
// and does nothing, where the long way must go.
func quickAssign(op string, dst, src *Array) bool {
	if dst.flags&Writeable == 0 || !dst.plain() || !dst.dtype.IsNumeric() || !dst.dtype.IsNative() {
		return false
	}
	n, size := dst.Size(), dst.dtype.ItemSize()
	if n == 0 || n*size > quickMost {
		return false
	}
	same := dst.dtype == src.dtype
	if len(src.lay.Shape) == 0 {
		return (same || src.weak == dtype.WeakFloat && dst.dtype.IsFloat()) && quickFill(op, dst, src)
	}
	if !src.plain() || !sameShape(dst, src) || !same && (n*src.dtype.ItemSize() > quickMost || !src.dtype.IsNumeric() || !src.dtype.IsNative() || !apart(dst, src, n)) || !dst.buf.Pin() {
		return false
	}
	if same {
		copy(unsafe.Slice((*byte)(dst.ptr()), n*size), unsafe.Slice((*byte)(src.ptr()), n*size))
	} else {
		kernel.Cast(src.dtype.Kind(), dst.dtype.Kind())(dst.ptr(), src.ptr(), n)
	}
	dst.buf.UnsafeUnpin()
	src.done(op)
	return true
}

// quickAssignNumber is quickAssign of a Go number that dst's dtype holds, for dense items
// and for rows of them.
func quickAssignNumber[T Operand](dst *Array, x T) bool {
	if dst == nil || dst.flags&Writeable == 0 {
		return false
	}
	bits, ok := itemBits(x, dst.dtype)
	if !ok {
		return false
	}
	size := dst.dtype.ItemSize()
	if n := dst.Size(); dst.plain() && n > 0 && n*size <= quickMost && dst.buf.Pin() {
		setItem(dst.ptr(), bits, size) // the first one stands for all, so that none is made elsewhere
		kernel.Fill(dst.ptr(), dst.ptr(), size, n)
		dst.buf.UnsafeUnpin()
		return true
	}
	item := scalarBlocks.Get().(*scalarBlock)
	item.set(bits, size)
	ok = fillFrom(dst, unsafe.Pointer(item))
	scalarBlocks.Put(item)
	return ok
}

// fillFrom writes the item of dst's dtype at p to all of dst's, dense ones or few.
func fillFrom(dst *Array, p unsafe.Pointer) bool {
	if !dst.plain() {
		to, ok := dst.side()
		return ok && assignRows(dst, to, rowSide{p: p, rows: 1, cols: 1}, nil, nil)
	}
	n, size := dst.Size(), dst.dtype.ItemSize()
	if n == 0 || n*size > quickMost || !dst.buf.Pin() {
		return false
	}
	kernel.Fill(dst.ptr(), p, size, n)
	dst.buf.UnsafeUnpin()
	return true
}

// itemBits returns a number as an item that is assigned, ok is false if the dtype does not
// hold it or x is no frequent number.
func itemBits[T Operand](x T, dt dtype.DType) (bits itemWords, ok bool) {
	if !dt.IsNative() {
		return bits, false
	}
	if bits, ok = numberBits(x, dt.Kind()); !ok && dt.Kind() == dtype.KindBool {
		bits.first, ok = truthBits(x)
	}
	return bits, ok
}

// truthBits returns a number as a bool, ok is false if x is no frequent one.
func truthBits[T Operand](x T) (bits uint64, ok bool) {
	switch v := any(x).(type) {
	case int:
		return min(uint64(v), 1), true
	case float64:
		if v != 0 {
			bits = 1
		}
		return bits, true
	}
	return 0, false
}

// quickFill writes the one number of src, a float if it is not of dst's dtype, to all items
// of dst.
func quickFill(op string, dst, src *Array) bool {
	if !src.buf.Plain() || src.flags&Aligned == 0 {
		return false
	}
	item := scalarBlocks.Get().(*scalarBlock)
	defer scalarBlocks.Put(item)
	to, size := unsafe.Pointer(item), dst.dtype.ItemSize()
	if src.dtype == dst.dtype {
		copy(unsafe.Slice((*byte)(to), size), unsafe.Slice((*byte)(src.ptr()), size))
	} else {
		kernel.Cast(src.dtype.Kind(), dst.dtype.Kind())(to, src.ptr(), 1)
	}
	src.done(op)
	return fillFrom(dst, to)
}
