package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

type (
	signed   interface{ int8 | int16 | int32 | int64 }
	unsigned interface {
		uint8 | uint16 | uint32 | uint64
	}
	integer  interface{ signed | unsigned }
	float    interface{ float32 | float64 }
	complexT interface{ complex64 | complex128 }
	number   interface{ integer | float | complexT }
)

func init() {
	arith[int8](dtype.KindInt8)
	arith[uint8](dtype.KindUint8)
	arith[int16](dtype.KindInt16)
	arith[uint16](dtype.KindUint16)
	arith[int32](dtype.KindInt32)
	arith[uint32](dtype.KindUint32)
	arith[int64](dtype.KindInt64)
	arith[uint64](dtype.KindUint64)
	arith[float32](dtype.KindFloat32)
	arith[float64](dtype.KindFloat64)
	arith[complex64](dtype.KindComplex64)
	arith[complex128](dtype.KindComplex128)
}

func arith[T number](k dtype.Kind) {
	binary(Add, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x + y }) })
	binary(Subtract, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x - y }) })
	binary(Multiply, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x * y }) })
}
