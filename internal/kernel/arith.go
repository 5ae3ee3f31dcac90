package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

func registerArith() {
	arithInt[int8](kI8)
	arithInt[uint8](kU8)
	arithInt[int16](kI16)
	arithInt[uint16](kU16)
	arithInt[int32](kI32)
	arithInt[uint32](kU32)
	arithInt[int64](kI64)
	arithInt[uint64](kU64)
	arithFloat[float32](kF32)
	arithFloat[float64](kF64)

	half2(Add, func(x, y float32) float32 { return x + y })
	half2(Subtract, func(x, y float32) float32 { return x - y })
	half2(Multiply, func(x, y float32) float32 { return x * y })
	half1(Square, func(x float32) float32 { return x * x })
	half1(Reciprocal, func(x float32) float32 { return 1 / x })
	half1(Sign, signFloat[float32])
	unary(Positive, kF16, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x half) half { return x }) })
	unary(Conjugate, kF16, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x half) half { return x }) })
	unary(Negative, kF16, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x half) half { return x ^ 0x8000 }) })
	unary(Absolute, kF16, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x half) half { return x & 0x7fff }) })
	unary(Fabs, kF16, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x half) half { return x & 0x7fff }) })
}

// arithReal registers what integers and floats compute alike; integers wrap.
func arithReal[T realNumber](k dtype.Kind) {
	binary(Add, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x + y }) })
	binary(Subtract, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x - y }) })
	binary(Multiply, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x * y }) })
	unary(Square, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return x * x }) })
	unary(Negative, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return -x }) })
	same := func(d, a unsafe.Pointer, n int) { copy(items[T](d, n), items[T](a, n)) }
	unary(Positive, k, k, same)
	unary(Conjugate, k, k, same)
}

func arithInt[T integer](k dtype.Kind) {
	arithReal[T](k)
	unary(Absolute, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, absInt[T]) })
	unary(Sign, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, signInt[T]) })
	of0 := T(castFloatInt[T](math.Inf(1)))
	unary(Reciprocal, k, k, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x T) T {
			switch {
			case x == 1 || x+1 == 0 && ^T(0) < 0:
				return x
			case x == 0:
				return of0 // NumPy converts 1.0/0 to the integer type
			}
			return 0
		})
	})
}

func arithFloat[T float](k dtype.Kind) {
	arithReal[T](k)
	unary(Absolute, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return T(math.Abs(float64(x))) }) })
	unary(Fabs, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return T(math.Abs(float64(x))) }) })
	unary(Sign, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, signFloat[T]) })
	unary(Reciprocal, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return 1 / x }) })
}

// absInt returns |x|; of the smallest integer, itself.
func absInt[T integer](x T) T {
	if x < 0 {
		return -x
	}
	return x
}

func signInt[T integer](x T) T {
	if x > 0 {
		return 1
	}
	if x < 0 {
		return ^T(0) // -1
	}
	return 0
}

// signFloat returns ±1, +0 for either zero, and NaN for NaN.
func signFloat[T float](x T) T {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	case x == 0:
		return 0
	}
	return x
}
