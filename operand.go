package nd

import (
	"math"
	"reflect"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// Operand is what may stand in an operation: an array or a Go number.
//
// A Go number is weak in the sense of NEP 50: only its kind counts (bool, int,
// float, complex), so adding 2.5 to a float32 array stays float32. A number
// that must keep its own dtype is written Scalar(float32(2.5)).
type Operand interface {
	*Array | ~bool |
		~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr |
		~float32 | ~float64 | ~complex64 | ~complex128
}

// asArray returns x itself, or a weak 0-d array of the number x.
func asArray[T Operand](x T) *Array {
	switch v := any(x).(type) {
	case *Array:
		if v == nil {
			fail("operand", ErrType, "the operand is a nil array")
		}
		return v
	case int:
		return weakScalar(dtype.Int64, dtype.WeakInt, itemWords{first: uint64(v)})
	case float64:
		return weakScalar(dtype.Float64, dtype.WeakFloat, itemWords{first: math.Float64bits(v)})
	}
	return weakScalar(rareNumber(reflect.ValueOf(x)))
}

// rareNumber returns a Go number of any type as an item, the low bytes of bits.
func rareNumber(v reflect.Value) (dt dtype.DType, w dtype.Weak, bits itemWords) {
	switch {
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			bits.first = 1
		}
		return dtype.Bool, dtype.WeakBool, bits
	case v.CanInt():
		return dtype.Int64, dtype.WeakInt, itemWords{first: uint64(v.Int())}
	case v.CanUint():
		dt = dtype.Int64
		if v.Uint() > math.MaxInt64 {
			dt = dtype.Uint64
		}
		return dt, dtype.WeakInt, itemWords{first: v.Uint()}
	case v.CanFloat():
		return dtype.Float64, dtype.WeakFloat, itemWords{first: math.Float64bits(v.Float())}
	}
	c := v.Complex()
	return dtype.Complex128, dtype.WeakComplex, itemWords{math.Float64bits(real(c)), math.Float64bits(imag(c))}
}

// weakScalar returns a 0-d array of the item that the low bytes of bits are, weak in
// promotions.
func weakScalar(dt dtype.DType, w dtype.Weak, bits itemWords) *Array {
	a := dense(dt, nil, 1, buffer.Soon)
	setItem(a.ptr(), bits, dt.ItemSize())
	a.weak = w
	return a
}

// scalarOf returns a 0-d array of dtype dt, whose item has T's memory layout; a sub-array
// dtype folds into the shape.
func scalarOf[T any](dt dtype.DType, x T) *Array {
	if dt.IsNumeric() {
		a := dense(dt, nil, 1, buffer.Soon)
		*(*T)(a.ptr()) = x
		return a
	}
	p := new(T)
	*p = x
	buf := buffer.FromSlice(unsafe.Slice(p, 1))
	if dt.IsSubArray() {
		shape, base := dt.SubShape(), dt.Base()
		return newArray(buf, base, layout.Layout{Shape: shape, Strides: layout.CStrides(shape, base.ItemSize())}, OwnData|Writeable, nil)
	}
	return newArray(buf, dt, layout.Layout{}, OwnData|Writeable, nil)
}

// Scalar returns a 0-d array of x with x's own dtype (dtype.Of[T], a str for a string):
// a strong operand. A Go array of anything but bytes gives its axes, as in Of. It copies
// x. It panics with ErrDType if T holds pointers.
func Scalar[T any](x T) *Array {
	dt := native[T]("Scalar")
	if isText(dt) {
		return strScalar(any(x).(string))
	}
	return scalarOf(dt, x)
}

// Weak returns a as an operand whose kind alone counts in promotions, as a Go
// number's does. a must be a 0-d array of bool, int64, uint64, float64 or
// complex128; the result shares its memory.
func Weak(a *Array) *Array {
	w := dtype.NotWeak
	switch a.dtype {
	case dtype.Bool:
		w = dtype.WeakBool
	case dtype.Int64, dtype.Uint64:
		w = dtype.WeakInt
	case dtype.Float64:
		w = dtype.WeakFloat
	case dtype.Complex128:
		w = dtype.WeakComplex
	}
	if a.NDim() != 0 || w == dtype.NotWeak {
		fail("Weak", ErrType, "a weak operand is a 0-d array of a default dtype, not %s of shape %s", a.dtype, shapeText(a.lay.Shape))
	}
	v := a.view(a.dtype, a.lay)
	v.weak = w
	return v
}
