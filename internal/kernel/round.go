package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

func registerRound() {
	for _, op := range []Op{Floor, Ceil, Trunc} {
		roundInt[int8](op, kI8)
		roundInt[uint8](op, kU8)
		roundInt[int16](op, kI16)
		roundInt[uint16](op, kU16)
		roundInt[int32](op, kI32)
		roundInt[uint32](op, kU32)
		roundInt[int64](op, kI64)
		roundInt[uint64](op, kU64)
	}
	roundFloat[float32](kF32)
	roundFloat[float64](kF64)
	half1(Floor, func(x float32) float32 { return float32(math.Floor(float64(x))) })
	half1(Ceil, func(x float32) float32 { return float32(math.Ceil(float64(x))) })
	half1(Trunc, func(x float32) float32 { return float32(math.Trunc(float64(x))) })
	half1(Rint, rint[float32])
}

// roundInt registers a copy: an integer is its own floor. (Not inlined, for the
// reason told at fromInt.)
//
//go:noinline
func roundInt[T integer](op Op, k dtype.Kind) {
	unary(op, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return x }) })
}

func roundFloat[T float](k dtype.Kind) {
	unary(Floor, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return T(math.Floor(float64(x))) }) })
	unary(Ceil, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return T(math.Ceil(float64(x))) }) })
	unary(Trunc, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return T(math.Trunc(float64(x))) }) })
	unary(Rint, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, rint[T]) })
}

// rint rounds half to even.
func rint[T float](x T) T { return T(math.RoundToEven(float64(x))) }
