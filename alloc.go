package nd

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// alloc makes an array over a fresh block, zeroed or for the caller to
// overwrite. order is C or F. A sub-array dtype folds into the shape.
func alloc(op string, dt dtype.DType, shape []int, order Order, zero bool) *Array {
	if dt.IsSubArray() {
		shape = append(append([]int(nil), shape...), dt.SubShape()...)
		dt = dt.Base()
	}
	item := dt.ItemSize()
	if item == 0 && !dt.IsValid() {
		fail(op, ErrDType, "invalid dtype")
	}
	n, err := layout.CheckedSize(shape, item)
	must(op, err)
	if n > 0 && item > 0 && item%dt.Alignment() == 0 {
		fill := buffer.Soon
		if zero {
			fill = buffer.Zeros
		}
		var a *Array
		if order == F {
			a = denseF(dt, shape, n, fill)
		} else {
			a = dense(dt, shape, n, fill)
		}
		if a != nil {
			return a
		}
	}
	strides := layout.CStrides(shape, item)
	if order == F {
		strides = layout.FStrides(shape, item)
	}
	return allocStrides(op, dt, shape, strides, n, zero)
}

// allocLate is alloc in C order of a numeric dtype for a caller that works long
// between two stores.
func allocLate(op string, dt dtype.DType, shape []int) *Array {
	n, err := layout.CheckedSize(shape, dt.ItemSize())
	must(op, err)
	if n > 0 {
		if a := dense(dt, shape, n, buffer.Late); a != nil {
			return a
		}
	}
	return alloc(op, dt, shape, C, false)
}

// allocLike makes an array of the given dtype and shape whose axes lie in the
// order of a's (order K), or in order C, F or A as told.
func allocLike(op string, dt dtype.DType, a *Array, order Order, zero bool) *Array {
	switch order {
	case A:
		if a.flags.FNC() {
			return alloc(op, dt, a.lay.Shape, F, zero)
		}
		return alloc(op, dt, a.lay.Shape, C, zero)
	case C, F:
		return alloc(op, dt, a.lay.Shape, order, zero)
	}
	s := a.lay.Strides
	switch {
	case dt.IsSubArray() || a.flags.Has(CContiguous) || len(s) <= 1:
		return alloc(op, dt, a.lay.Shape, C, zero)
	case a.flags.Has(FContiguous) || len(s) == 2 && max(s[0], -s[0]) < max(s[1], -s[1]):
		return alloc(op, dt, a.lay.Shape, F, zero)
	case len(s) == 2:
		return alloc(op, dt, a.lay.Shape, C, zero)
	}
	n, err := layout.CheckedSize(a.lay.Shape, dt.ItemSize())
	must(op, err)
	return allocStrides(op, dt, a.lay.Shape, layout.KStrides(a.lay.Shape, s, a.dtype.ItemSize(), dt.ItemSize()), n, zero)
}

// allocStrides makes a fresh block of n items for a dense layout.
func allocStrides(op string, dt dtype.DType, shape, strides []int, n int, zero bool) *Array {
	fill := buffer.Soon
	if zero {
		fill = buffer.Zeros
	}
	return allocFill(op, dt, shape, strides, n, fill)
}

// allocFill is allocStrides for a block with a given fill.
func allocFill(op string, dt dtype.DType, shape, strides []int, n int, fill buffer.Fill) *Array {
	if n > 0 && len(shape) <= inlineDims && !dt.IsStruct() && !dt.IsSubArray() {
		if a := newOwner(len(shape), n*dt.ItemSize(), fill); a != nil { // newArray, the layout being dense
			a.dtype = dt
			copy(a.lay.Shape, shape)
			copy(a.lay.Strides, strides)
			a.flags = OwnData | Writeable | contiguity(a.lay, a.addr(), dt.ItemSize(), dt.Alignment())
			return a
		}
	}
	buf := new(buffer.Buffer)
	if err := buf.Init(n*dt.ItemSize(), fill); err != nil {
		fail(op, ErrMemory, "Unable to allocate %s for an array with shape %s and data type %s",
			buffer.Human(n*dt.ItemSize()), shapeText(shape), dt)
	}
	return newArray(buf, dt, layout.Layout{Shape: shape, Strides: strides}, OwnData|Writeable, nil)
}

// roomFor returns n zero values of T, n given by the caller of the operation op. Go
// ends the process where an array would be ErrMemory, so it asks first.
func roomFor[T any](op string, n int) []T {
	var zero T
	size := int(unsafe.Sizeof(zero))
	if n < 0 || n > math.MaxInt/max(size, 1) {
		fail(op, ErrMemory, "Unable to allocate %d items of %d bytes", n, size)
	}
	must(op, buffer.CheckRoom(n*size))
	return make([]T, n)
}

// Empty returns an array whose items hold whatever the memory held; every item
// must be written before it is read. Items of dtypes other than numbers are
// zeroed.
func Empty(dt dtype.DType, shape ...int) *Array {
	return alloc("empty", dt, shape, C, !dt.IsNumeric())
}

// EmptyOrder is Empty in memory order C or F.
func EmptyOrder(order Order, dt dtype.DType, shape ...int) *Array {
	return alloc("empty", dt, shape, order.of("empty", "CF"), !dt.IsNumeric())
}

// Zeros returns a C-ordered array of zeros: numbers 0, strings empty, records
// with all fields zero.
func Zeros(dt dtype.DType, shape ...int) *Array { return alloc("zeros", dt, shape, C, true) }

// ZerosOrder is Zeros in memory order C or F.
func ZerosOrder(order Order, dt dtype.DType, shape ...int) *Array {
	return alloc("zeros", dt, shape, order.of("zeros", "CF"), true)
}
