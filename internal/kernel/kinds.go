package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

type (
	signed   interface{ int8 | int16 | int32 | int64 }
	unsigned interface {
		uint8 | uint16 | uint32 | uint64
	}
	integer    interface{ signed | unsigned }
	float      interface{ float32 | float64 }
	realNumber interface{ integer | float }

	half = float16.Float16
)

// cx is a complex number as the two floats it is made of: complex64 is
// cx[float32], complex128 cx[float64]. Go's own complex types are not used,
// because their products may be fused differently on each architecture.
type cx[F float] struct{ re, im F }

// Short names of the kinds, NumPy's letters in the comments.
const (
	kBool = dtype.KindBool       // ?
	kI8   = dtype.KindInt8       // b
	kU8   = dtype.KindUint8      // B
	kI16  = dtype.KindInt16      // h
	kU16  = dtype.KindUint16     // H
	kI32  = dtype.KindInt32      // i
	kU32  = dtype.KindUint32     // I
	kI64  = dtype.KindInt64      // l, q
	kU64  = dtype.KindUint64     // L, Q
	kF16  = dtype.KindFloat16    // e
	kF32  = dtype.KindFloat32    // f
	kF64  = dtype.KindFloat64    // d
	kC64  = dtype.KindComplex64  // F
	kC128 = dtype.KindComplex128 // D
)

// half1 and half2 register a float16 loop that computes in float32 and rounds
// once, as NumPy does.

func half1(op Op, f func(float32) float32) {
	unary(op, kF16, kF16, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x half) half { return float16.FromFloat32(f(x.Float32())) })
	})
}

func half2(op Op, f func(x, y float32) float32) {
	binary(op, kF16, kF16, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y half) half { return float16.FromFloat32(f(x.Float32(), y.Float32())) })
	})
}

// halfTest and halfCompare register a float16 loop with a bool result.

func halfTest(op Op, f func(float32) bool) {
	unary(op, kF16, kBool, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x half) bool { return f(x.Float32()) })
	})
}

func halfCompare(op Op, f func(x, y float32) bool) {
	binary(op, kF16, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y half) bool { return f(x.Float32(), y.Float32()) })
	})
}

// itemSizes are the bytes of an item of each kind.
var itemSizes = [dtype.KindBytes]int{kBool: 1, kI8: 1, kU8: 1, kI16: 2, kU16: 2, kI32: 4, kU32: 4, kI64: 8, kU64: 8,
	kF16: 2, kF32: 4, kF64: 8, kC64: 8, kC128: 16}
