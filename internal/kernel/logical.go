package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

func registerLogical() {
	logicalReal[uint8](kBool)
	logicalReal[int8](kI8)
	logicalReal[uint8](kU8)
	logicalReal[int16](kI16)
	logicalReal[uint16](kU16)
	logicalReal[int32](kI32)
	logicalReal[uint32](kU32)
	logicalReal[int64](kI64)
	logicalReal[uint64](kU64)
	logicalReal[float32](kF32)
	logicalReal[float64](kF64)
	registerBool()
	logicalByTruth(kF16)
	logicalByTruth(kC64)
	logicalByTruth(kC128)

	for k := kBool; k <= kU64; k++ {
		classInt(k)
	}
	classFloat[float32](kF32)
	classFloat[float64](kF64)
	classComplex[float32](kC64)
	classComplex[float64](kC128)
	halfTest(Isnan, func(x float32) bool { return x != x })
	halfTest(Isinf, func(x float32) bool { return x-x != 0 && x == x })
	halfTest(Isfinite, func(x float32) bool { return x-x == 0 })
	unary(Signbit, kF16, kBool, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x half) bool { return x&0x8000 != 0 })
	})
}

// logicalReal registers the logical operations; NaN is true.
func logicalReal[T realNumber](k dtype.Kind) {
	binary(LogicalAnd, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y T) bool { return x != 0 && y != 0 })
	})
	binary(LogicalOr, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y T) bool { return x != 0 || y != 0 })
	})
	binary(LogicalXor, k, kBool, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y T) bool { return (x != 0) != (y != 0) })
	})
	unary(LogicalNot, k, kBool, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) bool { return x == 0 }) })
}

// logicalByTruth registers the logical operations of a kind whose items are cast to bools
// for them, a piece at a time.
func logicalByTruth(k dtype.Kind) {
	size := itemSizes[k]
	for _, op := range []Op{LogicalAnd, LogicalOr, LogicalXor} {
		binary(op, k, kBool, func(d, a, b unsafe.Pointer, n int) {
			room := pieces.Get().(*[piece]uint64)
			x := unsafe.Pointer(room)
			y := unsafe.Add(x, piece)
			for i := 0; i < n; i += piece {
				m := min(piece, n-i)
				casts[k][kBool](x, unsafe.Add(a, i*size), m)
				casts[k][kBool](y, unsafe.Add(b, i*size), m)
				tables[op].Find(kBool, kBool).Binary(unsafe.Add(d, i), x, y, m)
			}
			pieces.Put(room)
		})
	}
	unary(LogicalNot, k, kBool, func(d, a unsafe.Pointer, n int) {
		casts[k][kBool](d, a, n)
		tables[LogicalNot].Find(kBool).Unary(d, d, n)
	})
}

// classInt registers the tests that integers answer without being read.
func classInt(k dtype.Kind) {
	unary(Isnan, k, kBool, func(d, _ unsafe.Pointer, n int) { clear(items[bool](d, n)) })
	unary(Isinf, k, kBool, func(d, _ unsafe.Pointer, n int) { clear(items[bool](d, n)) })
	unary(Isfinite, k, kBool, func(d, _ unsafe.Pointer, n int) { one := true; Fill(d, unsafe.Pointer(&one), 1, n) })
}

func classFloat[T float](k dtype.Kind) {
	unary(Isnan, k, kBool, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) bool { return x != x }) })
	unary(Isinf, k, kBool, func(d, a unsafe.Pointer, n int) { map1(d, a, n, isInf[T]) })
	unary(Isfinite, k, kBool, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) bool { return x-x == 0 }) })
	unary(Signbit, k, kBool, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x T) bool { return math.Signbit(float64(x)) })
	})
}

func classComplex[F float](k dtype.Kind) {
	type c = cx[F]
	unary(Isnan, k, kBool, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x c) bool { return x.re != x.re || x.im != x.im })
	})
	unary(Isinf, k, kBool, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x c) bool { return isInf(x.re) || isInf(x.im) })
	})
	unary(Isfinite, k, kBool, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x c) bool { return x.re-x.re == 0 && x.im-x.im == 0 })
	})
}

// isInf reports an infinity of either sign: the only number equal to itself
// whose difference with itself is not zero.
func isInf[T float](x T) bool { return x == x && x-x != 0 }

// registerBool registers what bools call by other names: their sum is or, their
// product and, their inverse not. Any non-zero byte is true, and only 0 and 1
// are written.
func registerBool() {
	and, or, xor := tables[LogicalAnd].Find(kBool, kBool), tables[LogicalOr].Find(kBool, kBool), tables[LogicalXor].Find(kBool, kBool)
	for op, e := range map[Op]*Entry{Multiply: and, BitwiseAnd: and, Minimum: and, Fmin: and,
		Add: or, BitwiseOr: or, Maximum: or, Fmax: or, BitwiseXor: xor, NotEqual: xor} {
		register(op, 2, 1, *e)
	}
	register(Invert, 1, 1, *tables[LogicalNot].Find(kBool))
	for _, op := range []Op{Absolute, Floor, Ceil, Trunc} {
		unary(op, kBool, kBool, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x uint8) bool { return x != 0 }) })
	}
	compare := func(op Op, f Binary) { binary(op, kBool, kBool, f) }
	compare(Equal, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y uint8) bool { return (x != 0) == (y != 0) })
	})
	compare(Less, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y uint8) bool { return x == 0 && y != 0 })
	})
	compare(LessEqual, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y uint8) bool { return x == 0 || y != 0 })
	})
	compare(Greater, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y uint8) bool { return x != 0 && y == 0 })
	})
	compare(GreaterEqual, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y uint8) bool { return x != 0 || y == 0 })
	})
}
