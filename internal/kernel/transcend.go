package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/elementary"
)

func registerTranscend() {
	unaryFunction(Sqrt, math.Sqrt)
	unaryFunction(Cbrt, elementary.Cbrt)
	unaryFunction(Exp, elementary.Exp)
	unaryFunction(Exp2, elementary.Exp2)
	unaryFunction(Expm1, elementary.Expm1)
	unaryFunction(Log, elementary.Log)
	unaryFunction(Log2, elementary.Log2)
	unaryFunction(Log10, elementary.Log10)
	unaryFunction(Log1p, elementary.Log1p)
	unaryFunction(Sin, elementary.Sin)
	unaryFunction(Cos, elementary.Cos)
	unaryFunction(Tan, elementary.Tan)
	unaryFunction(Arcsin, elementary.Asin)
	unaryFunction(Arccos, elementary.Acos)
	unaryFunction(Arctan, elementary.Atan)
	unaryFunction(Sinh, elementary.Sinh)
	unaryFunction(Cosh, elementary.Cosh)
	unaryFunction(Tanh, elementary.Tanh)
	unaryFunction(Arcsinh, elementary.Asinh)
	unaryFunction(Arccosh, elementary.Acosh)
	unaryFunction(Arctanh, elementary.Atanh)
	binaryFunction(Arctan2, elementary.Atan2)
	half2(Hypot, elementary.Hypot32)
	binary(Hypot, kF32, kF32, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, elementary.Hypot32) })
	binary(Hypot, kF64, kF64, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, elementary.Hypot) })
	half2(Logaddexp, logaddexp[float32])
	half2(Logaddexp2, logaddexp2[float32])
	addedLogs[float32](kF32)
	addedLogs[float64](kF64)

	complexFunction(Sqrt, elementary.ComplexSqrt)
	complexFunction(Exp, elementary.ComplexExp)
	complexFunction(Exp2, elementary.ComplexExp2)
	complexFunction(Expm1, elementary.ComplexExpm1)
	complexFunction(Log, elementary.ComplexLog)
	complexFunction(Log2, elementary.ComplexLog2)
	complexFunction(Log10, elementary.ComplexLog10)
	complexFunction(Log1p, elementary.ComplexLog1p)
	complexFunction(Sin, elementary.ComplexSin)
	complexFunction(Cos, elementary.ComplexCos)
	complexFunction(Tan, elementary.ComplexTan)
	complexFunction(Arcsin, elementary.ComplexAsin)
	complexFunction(Arccos, elementary.ComplexAcos)
	complexFunction(Arctan, elementary.ComplexAtan)
	complexFunction(Sinh, elementary.ComplexSinh)
	complexFunction(Cosh, elementary.ComplexCosh)
	complexFunction(Tanh, elementary.ComplexTanh)
	complexFunction(Arcsinh, elementary.ComplexAsinh)
	complexFunction(Arccosh, elementary.ComplexAcosh)
	complexFunction(Arctanh, elementary.ComplexAtanh)

	angle[float32](kF32)
	angle[float64](kF64)
	for _, op := range []Op{Degrees, Rad2deg} {
		half1(op, func(x float32) float32 { return x * (180 / float32(math.Pi)) })
	}
	for _, op := range []Op{Radians, Deg2rad} {
		half1(op, func(x float32) float32 { return x * (float32(math.Pi) / 180) })
	}
}

// unaryFunction registers f for the three floats. The narrower ones are
// computed in float64 and rounded.
func unaryFunction(op Op, f func(float64) float64) {
	unary(op, kF16, kF16, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x half) half { return float16.FromFloat64(f(x.Float64())) })
	})
	unary(op, kF32, kF32, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x float32) float32 { return float32(f(float64(x))) })
	})
	unary(op, kF64, kF64, func(d, a unsafe.Pointer, n int) { map1(d, a, n, f) })
}

func binaryFunction(op Op, f func(x, y float64) float64) {
	binary(op, kF16, kF16, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y half) half { return float16.FromFloat64(f(x.Float64(), y.Float64())) })
	})
	binary(op, kF32, kF32, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y float32) float32 { return float32(f(float64(x), float64(y))) })
	})
	binary(op, kF64, kF64, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, f) })
}

func complexFunction(op Op, f func(re, im float64) (float64, float64)) {
	unary(op, kC64, kC64, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x cx[float32]) cx[float32] {
			re, im := f(float64(x.re), float64(x.im))
			return cx[float32]{float32(re), float32(im)}
		})
	})
	unary(op, kC128, kC128, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x cx[float64]) cx[float64] {
			re, im := f(x.re, x.im)
			return cx[float64]{re, im}
		})
	})
}

// angle registers the conversions between degrees and radians: one product
// with a constant rounded to T.
func angle[T float](k dtype.Kind) {
	pi, turn := T(math.Pi), T(180)
	degrees, radians := turn/pi, pi/turn
	for _, op := range []Op{Degrees, Rad2deg} {
		unary(op, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return x * degrees }) })
	}
	for _, op := range []Op{Radians, Deg2rad} {
		unary(op, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x T) T { return x * radians }) })
	}
}

func addedLogs[T float](k dtype.Kind) {
	binary(Logaddexp, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, logaddexp[T]) })
	binary(Logaddexp2, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, logaddexp2[T]) })
}

// logaddexp returns log(exp(x) + exp(y)) as NumPy computes it, each step rounded
// to T: where the result is near zero, that rounding is the result's error.
func logaddexp[T float](x, y T) T {
	if x == y { // infinities too
		return x + T(math.Ln2)
	}
	d := x - y
	switch {
	case d > 0:
		return x + T(elementary.Log1p(float64(T(elementary.Exp(float64(-d))))))
	case d <= 0:
		return y + T(elementary.Log1p(float64(T(elementary.Exp(float64(d))))))
	}
	return d // NaN
}

// logaddexp2 returns log2(2**x + 2**y) in the same way.
func logaddexp2[T float](x, y T) T {
	if x == y {
		return x + 1
	}
	d := x - y
	switch {
	case d > 0:
		return x + T(T(math.Log2E)*T(elementary.Log1p(float64(T(elementary.Exp2(float64(-d)))))))
	case d <= 0:
		return y + T(T(math.Log2E)*T(elementary.Log1p(float64(T(elementary.Exp2(float64(d)))))))
	}
	return d
}
