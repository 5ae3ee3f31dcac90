package kernel

import (
	"math/bits"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

func registerBits() {
	bitwise[int8](kI8)
	bitwise[uint8](kU8)
	bitwise[int16](kI16)
	bitwise[uint16](kU16)
	bitwise[int32](kI32)
	bitwise[uint32](kU32)
	bitwise[int64](kI64)
	bitwise[uint64](kU64)
}

func bitwise[T integer](k dtype.Kind) {
	binary(BitwiseAnd, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x & y }) })
	binary(BitwiseOr, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x | y }) })
	binary(BitwiseXor, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, func(x, y T) T { return x ^ y }) })
	unary(Invert, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return ^x }) })
	// A count of the width or more, or a negative one, shifts every bit out. Go's
	// shifts by an unsigned count do just that, and a negative count is a huge
	// unsigned one.
	binary(LeftShift, k, k, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y T) T { return x << uint64(y) })
	})
	binary(RightShift, k, k, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y T) T { return x >> uint64(y) })
	})
	unary(BitwiseCount, k, kU8, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x T) uint8 { return uint8(bits.OnesCount64(magnitude(x))) })
	})
	binary(Gcd, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, gcd[T]) })
	binary(Lcm, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, lcm[T]) })
}

// magnitude returns |x|, which for the smallest integer only an unsigned type
// holds.
func magnitude[T integer](x T) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// gcd returns the greatest common divisor of the magnitudes; gcd(0, x) is |x|. The result
// wraps as NumPy's does.
func gcd[T integer](x, y T) T { return T(gcd64(magnitude(x), magnitude(y))) }

// lcm returns the least common multiple of the magnitudes, wrapped; 0 when
// both are 0.
func lcm[T integer](x, y T) T {
	a, b := magnitude(x), magnitude(y)
	g := gcd64(a, b)
	if g == 0 {
		return 0
	}
	return T(a / g * b)
}

// gcd64 is Stein's algorithm: of two odd numbers, the difference without its factors of 2
// takes the place of the greater. One division first makes them equally long.
func gcd64(a, b uint64) uint64 {
	if b == 0 {
		return a
	}
	a, b = b, a%b
	if b == 0 {
		return a
	}
	twos := bits.TrailingZeros64(a | b)
	a >>= bits.TrailingZeros64(a) & 63
	b >>= bits.TrailingZeros64(b) & 63
	for a != b {
		d := a - b
		zeros := bits.TrailingZeros64(d) & 63
		if a < b {
			d = -d
		}
		a, b = min(a, b), d>>zeros
	}
	return a << (twos & 63)
}
