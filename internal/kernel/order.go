package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

func registerOrder() {
	orderInt[int8](kI8)
	orderInt[uint8](kU8)
	orderInt[int16](kI16)
	orderInt[uint16](kU16)
	orderInt[int32](kI32)
	orderInt[uint32](kU32)
	orderInt[int64](kI64)
	orderInt[uint64](kU64)
	orderFloat[float32](kF32)
	orderFloat[float64](kF64)
	orderComplex[float32](kC64)
	orderComplex[float64](kC128)

	ternary(Clip, kBool, func(d, a, b, c unsafe.Pointer, n int) { map3(d, a, b, c, n, clipInt[uint8]) })

	// Between equal float16 (the two zeros) NumPy's loop takes the first.
	half2(Maximum, func(x, y float32) float32 { return pick(x >= y || x != x, x, y) })
	half2(Minimum, func(x, y float32) float32 { return pick(x <= y || x != x, x, y) })
	half2(Fmax, fmax[float32])
	half2(Fmin, fmin[float32])
	ternary(Clip, kF16, func(d, a, b, c unsafe.Pointer, n int) {
		map3(d, a, b, c, n, func(x, lo, hi half) half {
			f, l, h := x.Float32(), lo.Float32(), hi.Float32()
			if f < l || l != l && f == f {
				x, f = lo, l
			}
			if f > h || h != h && f == f {
				x = hi
			}
			return x
		})
	})
}

func pick[T any](first bool, x, y T) T {
	if first {
		return x
	}
	return y
}

func orderInt[T integer](k dtype.Kind) {
	hi := func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return max(x, y) }) }
	lo := func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return min(x, y) }) }
	binary(Maximum, k, k, hi)
	binary(Minimum, k, k, lo)
	binary(Fmax, k, k, hi)
	binary(Fmin, k, k, lo)
	ternary(Clip, k, func(d, a, b, c unsafe.Pointer, n int) { map3(d, a, b, c, n, clipInt[T]) })
}

func orderFloat[T float](k dtype.Kind) {
	binary(Maximum, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, maximum[T]) })
	binary(Minimum, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, minimum[T]) })
	binary(Fmax, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, fmax[T]) })
	binary(Fmin, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, fmin[T]) })
	ternary(Clip, k, func(d, a, b, c unsafe.Pointer, n int) { map3(d, a, b, c, n, clipFloat[T]) })
}

// maximum and minimum propagate NaN. Between the two zeros they take the
// second, as NumPy's vector loops do.

func maximum[T float](x, y T) T { return pick(x > y || x != x, x, y) }
func minimum[T float](x, y T) T { return pick(x < y || x != x, x, y) }

// fmax and fmin ignore a NaN beside a number. Between the two zeros they take
// the first.

func fmax[T float](x, y T) T { return pick(x >= y || y != y, x, y) }
func fmin[T float](x, y T) T { return pick(x <= y || y != y, x, y) }

// clipInt returns min(max(x, lo), hi): hi wins where lo > hi.
func clipInt[T integer](x, lo, hi T) T { return min(max(x, lo), hi) }

// clipFloat is clipInt with a NaN in any argument propagated; a zero is kept
// when it meets the other zero.
func clipFloat[T float](x, lo, hi T) T {
	if x < lo || lo != lo && x == x {
		x = lo
	}
	if x > hi || hi != hi && x == x {
		x = hi
	}
	return x
}

func orderComplex[F float](k dtype.Kind) {
	type c = cx[F]
	binary(Maximum, k, k, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) c { return pick(nanComplex(x) || complexLessEqual(y, x), x, y) })
	})
	binary(Minimum, k, k, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) c { return pick(nanComplex(x) || complexLessEqual(x, y), x, y) })
	})
	binary(Fmax, k, k, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) c { return pick(nanComplex(y) || complexLessEqual(y, x), x, y) })
	})
	binary(Fmin, k, k, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) c { return pick(nanComplex(y) || complexLessEqual(x, y), x, y) })
	})
	ternary(Clip, k, func(d, a, b, e unsafe.Pointer, n int) {
		map3(d, a, b, e, n, func(x, lo, hi c) c {
			if !nanComplex(x) && (nanComplex(lo) || complexLess(x, lo)) {
				x = lo
			}
			if !nanComplex(x) && (nanComplex(hi) || complexLess(hi, x)) {
				x = hi
			}
			return x
		})
	})
}

func nanComplex[F float](x cx[F]) bool { return x.re != x.re || x.im != x.im }
