package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

func registerDivide() {
	divideInt[int8](kI8)
	divideInt[uint8](kU8)
	divideInt[int16](kI16)
	divideInt[uint16](kU16)
	divideInt[int32](kI32)
	divideInt[uint32](kU32)
	divideInt[int64](kI64)
	divideInt[uint64](kU64)
	divideFloat[float32](kF32)
	divideFloat[float64](kF64)

	half2(Divide, func(x, y float32) float32 { return x / y })
	half2(FloorDivide, floorDivFloat[float32])
	half2(Remainder, remainderFloat[float32])
	half2(Fmod, fmodFloat[float32])
	binary2(Divmod, kF16, kF16, func(d0, d1, a, b unsafe.Pointer, n int) {
		mapPair2(d0, d1, a, b, n, func(x, y half) (half, half) {
			q, r := divmodFloat(x.Float32(), y.Float32())
			return float16.FromFloat32(q), float16.FromFloat32(r)
		})
	})
}

func divideInt[T integer](k dtype.Kind) {
	binary(FloorDivide, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, floorDivInt[T]) })
	binary(Remainder, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, remainderInt[T]) })
	binary(Fmod, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, fmodInt[T]) })
	binary2(Divmod, k, k, func(d0, d1, a, b unsafe.Pointer, n int) {
		mapPair2(d0, d1, a, b, n, divmodInt[T])
	})
}

func divideFloat[T float](k dtype.Kind) {
	binary(Divide, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x / y }) })
	binary(FloorDivide, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, floorDivFloat[T]) })
	binary(Remainder, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, remainderFloat[T]) })
	binary(Fmod, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, fmodFloat[T]) })
	binary2(Divmod, k, k, func(d0, d1, a, b unsafe.Pointer, n int) { mapPair2(d0, d1, a, b, n, divmodFloat[T]) })
}

// floorDivInt returns x/y rounded down; 0 when y is 0. The smallest integer
// divided by -1 is itself, which Go's division defines too.
func floorDivInt[T integer](x, y T) T {
	if y == 0 {
		return 0
	}
	q := x / y
	if (x < 0) != (y < 0) && q*y != x {
		q--
	}
	return q
}

// remainderInt returns x - y*floor(x/y), which has the sign of y; 0 when y is 0.
func remainderInt[T integer](x, y T) T {
	if y == 0 {
		return 0
	}
	r := x % y
	if (r < 0) != (y < 0) && r != 0 { // in this order: signs are foreseen more often than a remainder of 0
		r += y
	}
	return r
}

// divmodInt returns both with one division.
func divmodInt[T integer](x, y T) (quo, mod T) {
	if y == 0 {
		return 0, 0
	}
	quo = floorDivInt(x, y)
	return quo, x - quo*y
}

// fmodInt is C's remainder, with the sign of x; 0 when y is 0.
func fmodInt[T integer](x, y T) T {
	if y == 0 {
		return 0
	}
	return x % y
}

func fmodFloat[T float](x, y T) T { return T(fmod(float64(x), float64(y))) }

// fmod is C's fmod, exact. A quotient below 2⁵² is off by one at most when it is
// rounded, and a remainder fused from it is exact; a greater one is taken from the top,
// by y times powers of two.
func fmod(x, y float64) float64 {
	a, b := math.Abs(x), math.Abs(y)
	if a < b {
		return x
	}
	if !(a <= math.MaxFloat64 && b > 0x1p-960) { // NaN, too
		return math.Mod(x, y)
	}
	for a >= b {
		c := b
		if up := math.Float64bits(a)>>52 - 51; up > math.Float64bits(b)>>52 {
			c = math.Float64frombits(math.Float64bits(b)&(1<<52-1) | up<<52)
		}
		a = math.FMA(-math.Trunc(a/c), c, a)
		if a < 0 {
			a += c
		} else if a >= c {
			a -= c
		}
	}
	return math.Copysign(a, x)
}

func copysign[T float](x, sign T) T { return T(math.Copysign(float64(x), float64(sign))) }

// divmodFloat returns floor(x/y) and the remainder with the sign of y, as
// Python does: the quotient is made from the exact remainder, so that it is the
// nearest to an integer that rounding allows. 1 // 0.1 is 9, not 10.
func divmodFloat[T float](x, y T) (quo, mod T) {
	mod = fmodFloat(x, y)
	if y == 0 {
		return x / y, mod
	}
	div := (x - mod) / y
	switch {
	case mod == 0:
		mod = copysign(0, y)
	case (y < 0) != (mod < 0): // also taken, harmlessly, for a NaN
		mod += y
		div--
	}
	if div == 0 {
		return copysign(0, x/y), mod
	}
	quo = T(math.Floor(float64(div)))
	if div-quo > 0.5 {
		quo++
	}
	return quo, mod
}

func floorDivFloat[T float](x, y T) T {
	if y == 0 {
		return x / y
	}
	q, _ := divmodFloat(x, y)
	return q
}

func remainderFloat[T float](x, y T) T {
	if y == 0 {
		return fmodFloat(x, y)
	}
	_, r := divmodFloat(x, y)
	return r
}
