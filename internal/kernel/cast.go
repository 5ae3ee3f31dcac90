package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
)

// casts[from][to] converts n items. The rules are NumPy's:
//
//   - integer to integer wraps modulo 2ⁿ;
//   - float to integer truncates; see castFloatInt for what does not fit;
//   - complex to real drops the imaginary part;
//   - everything but zero is true, NaN included;
//   - a float rounds to a narrower one half to even, in one step.
var casts [dtype.KindBytes][dtype.KindBytes]Unary

// Cast returns the loop that converts n items of one numeric kind (KindBool to
// KindComplex128) to another, or nil for other kinds.
func Cast(from, to dtype.Kind) Unary {
	if from >= dtype.KindBytes || to >= dtype.KindBytes {
		return nil
	}
	ready()
	return casts[from][to]
}

func cast(from, to dtype.Kind, f Unary) { casts[from][to] = f }

func registerCasts() {
	castInt[uint8](kBool)
	castInt[int8](kI8)
	castInt[uint8](kU8)
	castInt[int16](kI16)
	castInt[uint16](kU16)
	castInt[int32](kI32)
	castInt[uint32](kU32)
	castInt[int64](kI64)
	castInt[uint64](kU64)
	castReal[float32](kF32)
	castReal[float64](kF64)
	cast(kF32, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, float16.FromFloat32) })
	castHalf()
	castByPart(kC64, kF32)
	castByPart(kC128, kF64)

	// What the families above leave: copies, and what keeps a NaN's payload or
	// an imaginary part.
	cast(kF32, kF32, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x uint32) uint32 { return x }) })
	cast(kF64, kF64, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x uint64) uint64 { return x }) })
	castComplex[float32, float32](kC64, kC64)
	castComplex[float32, float64](kC64, kC128)
	castComplex[float64, float32](kC128, kC64)
	castComplex[float64, float64](kC128, kC128)
}

// castInt registers the casts from an integer kind, or from bool, whose bytes
// count as 0 or 1.
func castInt[A integer](k dtype.Kind) {
	cast(k, kBool, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x A) bool { return x != 0 }) })
	value := func(x A) A { return x }
	if k == kBool {
		value = func(x A) A { return pick(x != 0, A(1), A(0)) }
	}
	fromInt[A, int8](k, kI8)
	fromInt[A, uint8](k, kU8)
	fromInt[A, int16](k, kI16)
	fromInt[A, uint16](k, kU16)
	fromInt[A, int32](k, kI32)
	fromInt[A, uint32](k, kU32)
	fromInt[A, int64](k, kI64)
	fromInt[A, uint64](k, kU64)
	fromInt[A, float32](k, kF32)
	fromInt[A, float64](k, kF64)
	cast(k, kF16, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x A) half { return float16.FromFloat32(float32(value(x))) })
	})
}

// fromInt is not inlined: the loop inside a closure that is copied with its
// inlined function would call the conversion for every item.
//
//go:noinline
func fromInt[A integer, D realNumber](from, to dtype.Kind) {
	if from == kBool {
		cast(from, to, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x A) D { return pick(x != 0, D(1), D(0)) }) })
		return
	}
	cast(from, to, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x A) D { return D(x) }) })
}

// castReal registers the casts from float32 and float64.
func castReal[A float](k dtype.Kind) {
	cast(k, kBool, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x A) bool { return x != 0 }) })
	realToNarrow[A, int8](k, kI8)
	realToNarrow[A, uint8](k, kU8)
	realToNarrow[A, int16](k, kI16)
	realToNarrow[A, uint16](k, kU16)
	realToNarrow[A, int32](k, kI32)
	realToWide[A, uint32](k, kU32)
	realToWide[A, int64](k, kI64)
	cast(k, kU64, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x A) uint64 { return truncateUnsigned(float64(x)) })
	})
	cast(k, kF16, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x A) half { return float16.FromFloat64(float64(x)) })
	})
	cast(k, kF32, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x A) float32 { return float32(x) }) })
	cast(k, kF64, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x A) float64 { return float64(x) }) })
}

// realToNarrow converts through int32, realToWide through int64. Neither is
// inlined, for fromInt's reason.
//
//go:noinline
func realToNarrow[A float, D integer](from, to dtype.Kind) {
	cast(from, to, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x A) D { return D(truncate32(float64(x))) })
	})
}

//go:noinline
func realToWide[A float, D integer](from, to dtype.Kind) {
	cast(from, to, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x A) D { return D(truncate64(float64(x))) })
	})
}

// castHalf registers the casts from float16 by the value in float64, which holds it
// exactly.
func castHalf() {
	fromHalf(kBool, func(x float64) bool { return x != 0 })
	fromHalf(kI8, castFloatInt[int8])
	fromHalf(kU8, castFloatInt[uint8])
	fromHalf(kI16, castFloatInt[int16])
	fromHalf(kU16, castFloatInt[uint16])
	fromHalf(kI32, castFloatInt[int32])
	fromHalf(kU32, castFloatInt[uint32])
	fromHalf(kI64, castFloatInt[int64])
	fromHalf(kU64, castFloatInt[uint64])
	fromHalf(kF64, func(x float64) float64 { return x })
	cast(kF16, kF16, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x half) half { return x }) })
	cast(kF16, kF32, func(d, a unsafe.Pointer, n int) { map1(d, a, n, half.Float32) })
}

func fromHalf[D any](to dtype.Kind, convert func(float64) D) {
	cast(kF16, to, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x half) D { return convert(x.Float64()) }) })
}

func castComplex[A, D float](from, to dtype.Kind) {
	cast(from, to, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x cx[A]) cx[D] { return cx[D]{D(x.re), D(x.im)} })
	})
}

// castFloatInt truncates. What does not fit is undefined in C; here it is, on
// every architecture, what NumPy gives on x86-64: the smallest int64 for int64,
// the smallest int32 for int32 and its low bits (zeros) for the narrower
// integers, the low half of the int64 for uint32, and for uint64 the int64 below
// 2⁶³ and 0 from 2⁶⁴ on. (NumPy's vectorised loops to uint32 differ from its
// scalar ones beyond the range; these are the scalar ones.)
func castFloatInt[D integer](x float64) D {
	switch {
	case unsafe.Sizeof(D(0)) < 4 || unsafe.Sizeof(D(0)) == 4 && ^D(0) < 0:
		return D(truncate32(x))
	case unsafe.Sizeof(D(0)) == 4 || ^D(0) < 0:
		return D(truncate64(x))
	}
	return D(truncateUnsigned(x))
}

func truncate32(x float64) int32 {
	if x > math.MinInt32-1 && x < math.MaxInt32+1 {
		return int32(x)
	}
	return math.MinInt32
}

func truncate64(x float64) int64 {
	if x >= -1<<63 && x < 1<<63 {
		return int64(x)
	}
	return math.MinInt64
}

func truncateUnsigned(x float64) uint64 {
	if !(x >= 1<<63) {
		return uint64(truncate64(x))
	}
	if x < 1<<64 {
		return uint64(int64(x-1<<63)) | 1<<63
	}
	return 0
}
