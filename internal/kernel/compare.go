package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

func registerCompare() {
	compareReal[int8](kI8)
	compareReal[uint8](kU8)
	compareReal[int16](kI16)
	compareReal[uint16](kU16)
	compareReal[int32](kI32)
	compareReal[uint32](kU32)
	compareReal[int64](kI64)
	compareReal[uint64](kU64)
	compareReal[float32](kF32)
	compareReal[float64](kF64)
	compareComplex[float32](kC64)
	compareComplex[float64](kC128)
	compareMixed()

	halfCompare(Equal, func(x, y float32) bool { return x == y })
	halfCompare(NotEqual, func(x, y float32) bool { return x != y })
	halfCompare(Less, func(x, y float32) bool { return x < y })
	halfCompare(LessEqual, func(x, y float32) bool { return x <= y })
	halfCompare(Greater, func(x, y float32) bool { return x > y })
	halfCompare(GreaterEqual, func(x, y float32) bool { return x >= y })
}

func compareReal[T realNumber](k dtype.Kind) {
	binary(Equal, k, kBool, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) bool { return x == y }) })
	binary(NotEqual, k, kBool, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) bool { return x != y }) })
	binary(Less, k, kBool, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) bool { return x < y }) })
	binary(LessEqual, k, kBool, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) bool { return x <= y }) })
	binary(Greater, k, kBool, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) bool { return x > y }) })
	binary(GreaterEqual, k, kBool, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) bool { return x >= y }) })
}

func compareComplex[F float](k dtype.Kind) {
	type c = cx[F]
	binary(Equal, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) bool { return x.re == y.re && x.im == y.im })
	})
	binary(NotEqual, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) bool { return x.re != y.re || x.im != y.im })
	})
	binary(Less, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) bool { return complexLess(x, y) })
	})
	binary(LessEqual, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) bool { return complexLessEqual(x, y) })
	})
	binary(Greater, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) bool { return complexLess(y, x) })
	})
	binary(GreaterEqual, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) bool { return complexLessEqual(y, x) })
	})
}

// complexLess orders by the real part, then by the imaginary part. A NaN in
// either part of either number makes it false.
func complexLess[F float](x, y cx[F]) bool {
	return x.re < y.re && x.im == x.im && y.im == y.im || x.re == y.re && x.im < y.im
}

func complexLessEqual[F float](x, y cx[F]) bool {
	return x.re < y.re && x.im == x.im && y.im == y.im || x.re == y.re && x.im <= y.im
}

// mixed registers a comparison of int64 with uint64 and of uint64 with int64,
// exact for every pair of values.
func mixed(op Op, iu func(x int64, y uint64) bool, ui func(x uint64, y int64) bool) {
	register(op, 2, 1, Entry{In: [3]dtype.Kind{kI64, kU64}, Out: [2]dtype.Kind{kBool},
		Binary: func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, iu) }})
	register(op, 2, 1, Entry{In: [3]dtype.Kind{kU64, kI64}, Out: [2]dtype.Kind{kBool},
		Binary: func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, ui) }})
}

func compareMixed() {
	eq := func(x int64, y uint64) bool { return x >= 0 && uint64(x) == y }
	lt := func(x int64, y uint64) bool { return x < 0 || uint64(x) < y }
	le := func(x int64, y uint64) bool { return x < 0 || uint64(x) <= y }
	mixed(Equal, eq, func(x uint64, y int64) bool { return eq(y, x) })
	mixed(NotEqual, func(x int64, y uint64) bool { return !eq(x, y) }, func(x uint64, y int64) bool { return !eq(y, x) })
	mixed(Less, lt, func(x uint64, y int64) bool { return !le(y, x) })
	mixed(LessEqual, le, func(x uint64, y int64) bool { return !lt(y, x) })
	mixed(Greater, func(x int64, y uint64) bool { return !le(x, y) }, func(x uint64, y int64) bool { return lt(y, x) })
	mixed(GreaterEqual, func(x int64, y uint64) bool { return !lt(x, y) }, func(x uint64, y int64) bool { return le(y, x) })
}
