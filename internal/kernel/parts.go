package kernel

import (
	"math"
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// The operations on the parts of a float: sign, exponent, fraction, neighbours.

func registerParts() {
	partsFloat[float32](kF32)
	partsFloat[float64](kF64)
	partsHalf()
}

func partsFloat[T float](k dtype.Kind) {
	binary(Copysign, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, copysign[T]) })
	binary(Nextafter, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, nextafter[T]) })
	binary(Heaviside, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, heaviside[T]) })
	unary(Spacing, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, spacing[T]) })
	unary2(Modf, k, k, k, func(d0, d1, a unsafe.Pointer, n int) { mapPair1(d0, d1, a, n, modf[T]) })
	unary2(Frexp, k, k, kI32, func(d0, d1, a unsafe.Pointer, n int) {
		mapPair1(d0, d1, a, n, func(x T) (T, int32) { f, e := math.Frexp(float64(x)); return T(f), int32(e) })
	})
	ldexp[int32](k, kI32, func(x T, e int32) T { return T(scale(float64(x), int64(e))) })
	ldexp[int64](k, kI64, func(x T, e int64) T { return T(scale(float64(x), e)) })
}

func partsHalf() {
	binary(Copysign, kF16, kF16, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y half) half { return x&0x7fff | y&0x8000 })
	})
	binary(Nextafter, kF16, kF16, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, nextafterHalf) })
	half2(Heaviside, heaviside[float32])
	unary(Spacing, kF16, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, spacingHalf) })
	unary2(Modf, kF16, kF16, kF16, func(d0, d1, a unsafe.Pointer, n int) {
		mapPair1(d0, d1, a, n, func(x half) (half, half) {
			f, i := modf(x.Float32())
			return float16.FromFloat32(f), float16.FromFloat32(i)
		})
	})
	unary2(Frexp, kF16, kF16, kI32, func(d0, d1, a unsafe.Pointer, n int) {
		mapPair1(d0, d1, a, n, frexpHalf)
	})
	ldexp[int32](kF16, kI32, func(x half, e int32) half { return float16.FromFloat64(scale(x.Float64(), int64(e))) })
	ldexp[int64](kF16, kI64, func(x half, e int64) half { return float16.FromFloat64(scale(x.Float64(), e)) })
}

// frexpHalf moves the exponent of the pattern.
func frexpHalf(x half) (half, int32) {
	m, e := x&0x7fff, int32(x>>10&31)
	switch {
	case m == 0 || e == 31:
		return x, 0
	case e == 0:
		up := bits.LeadingZeros16(uint16(m)) - 5
		m <<= up
		e = 1 - int32(up)
	}
	return x&0x8000 | 14<<10 | m&0x3ff, e - 14
}

func ldexp[E, T any](k, exponent dtype.Kind, f func(T, E) T) {
	register(Ldexp, 2, 1, Entry{In: [3]dtype.Kind{k, exponent}, Out: [2]dtype.Kind{k},
		Binary: func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, f) }})
}

// scale returns x * 2**e for any e.
func scale(x float64, e int64) float64 { return math.Ldexp(x, int(min(max(e, -5000), 5000))) }

// modf returns the fraction and the integer, both with the sign of x.
func modf[T float](x T) (frac, whole T) {
	switch {
	case x != x:
		return x, x
	case isInf(x):
		return copysign(0, x), x
	}
	whole = T(math.Trunc(float64(x)))
	return copysign(x-whole, x), whole
}

// heaviside is 0 below zero, 1 above, and h at zero.
func heaviside[T float](x, h T) T {
	switch {
	case x != x:
		return x
	case x == 0:
		return h
	case x < 0:
		return 0
	}
	return 1
}

// nextafter is the neighbour of x towards y; y itself when they are equal, so
// that the sign of a zero is y's.
func nextafter[T float](x, y T) T {
	if x == y {
		return y
	}
	if unsafe.Sizeof(x) == 4 {
		return T(math.Nextafter32(float32(x), float32(y)))
	}
	return T(math.Nextafter(float64(x), float64(y)))
}

func nextafterHalf(x, y half) half {
	fx, fy := x.Float32(), y.Float32()
	switch {
	case fx != fx || fy != fy:
		return 0x7e00
	case fx == fy:
		return x
	case fx == 0:
		return y&0x8000 | 1
	case (fy > fx) == (fx > 0):
		return x + 1
	}
	return x - 1
}

// spacing is the distance to the neighbour of greater magnitude, with the sign
// of x. Of a zero it is the smallest positive number.
func spacing[T float](x T) T {
	switch {
	case isInf(x):
		return T(math.NaN())
	case x == 0:
		return nextafter(T(0), 1)
	}
	return nextafter(x, copysign(T(math.Inf(1)), x)) - x
}

// spacingHalf is positive for every sign, and measures the negative powers of
// two towards zero: NumPy's float16 differs from its wider floats in that.
func spacingHalf(x half) half {
	exp := x & 0x7c00
	step := half(0x2800) // ten binades: the weight of the last place
	if x&0x8000 != 0 && x&0x03ff == 0 {
		step = 0x2c00
	}
	switch {
	case exp == 0x7c00:
		return 0x7e00
	case x == 0x7bff:
		return 0x7c00
	case exp > step:
		return exp - step
	case exp > 0x0400:
		return 1 << (exp>>10 - (step>>10 - 9))
	}
	return 1
}
