// Package elementary holds the elementary functions of one float64 or complex number.
package elementary

import (
	"math"
	"math/cmplx"
)

func Cbrt(x float64) float64     { return math.Cbrt(x) }
func Exp(x float64) float64      { return math.Exp(x) }
func Exp2(x float64) float64     { return math.Exp2(x) }
func Expm1(x float64) float64    { return math.Expm1(x) }
func Log(x float64) float64      { return math.Log(x) }
func Log2(x float64) float64     { return math.Log2(x) }
func Log10(x float64) float64    { return math.Log10(x) }
func Log1p(x float64) float64    { return math.Log1p(x) }
func Sin(x float64) float64      { return math.Sin(x) }
func Cos(x float64) float64      { return math.Cos(x) }
func Tan(x float64) float64      { return math.Tan(x) }
func Asin(x float64) float64     { return math.Asin(x) }
func Acos(x float64) float64     { return math.Acos(x) }
func Atan(x float64) float64     { return math.Atan(x) }
func Sinh(x float64) float64     { return math.Sinh(x) }
func Cosh(x float64) float64     { return math.Cosh(x) }
func Tanh(x float64) float64     { return math.Tanh(x) }
func Asinh(x float64) float64    { return math.Asinh(x) }
func Acosh(x float64) float64    { return math.Acosh(x) }
func Atanh(x float64) float64    { return math.Atanh(x) }
func Atan2(y, x float64) float64 { return math.Atan2(y, x) }
func Hypot(x, y float64) float64 { return math.Hypot(x, y) }
func Pow(x, y float64) float64   { return math.Pow(x, y) }

func LogAddExp(x, y float64) float64 {
	if x == y {
		return x + math.Ln2
	}
	d := x - y
	switch {
	case d > 0:
		return x + Log1p(Exp(-d))
	case d <= 0:
		return y + Log1p(Exp(d))
	}
	return d
}

func LogAddExp2(x, y float64) float64 {
	if x == y {
		return x + 1
	}
	d := x - y
	switch {
	case d > 0:
		return x + math.Log2E*Log1p(Exp2(-d))
	case d <= 0:
		return y + math.Log2E*Log1p(Exp2(d))
	}
	return d
}

func parts(z complex128) (float64, float64) { return real(z), imag(z) }

func ComplexSqrt(x, y float64) (float64, float64) { return parts(cmplx.Sqrt(complex(x, y))) }
func ComplexExp(x, y float64) (float64, float64)  { return parts(cmplx.Exp(complex(x, y))) }
func ComplexExp2(x, y float64) (float64, float64) { return ComplexExp(x*math.Ln2, y*math.Ln2) }
func ComplexExpm1(x, y float64) (float64, float64) {
	s := Sin(y / 2)
	return Expm1(x)*Cos(y) - 2*s*s, Exp(x) * Sin(y)
}
func ComplexLog(x, y float64) (float64, float64) { return parts(cmplx.Log(complex(x, y))) }
func ComplexLog2(x, y float64) (float64, float64) {
	re, im := ComplexLog(x, y)
	return re * math.Log2E, im * math.Log2E
}
func ComplexLog10(x, y float64) (float64, float64) {
	re, im := ComplexLog(x, y)
	return re * math.Log10E, im * math.Log10E
}
func ComplexLog1p(x, y float64) (float64, float64) {
	return Log(Hypot(x+1, y)), Atan2(y, x+1)
}
func ComplexSin(x, y float64) (float64, float64)   { return parts(cmplx.Sin(complex(x, y))) }
func ComplexCos(x, y float64) (float64, float64)   { return parts(cmplx.Cos(complex(x, y))) }
func ComplexTan(x, y float64) (float64, float64)   { return parts(cmplx.Tan(complex(x, y))) }
func ComplexAsin(x, y float64) (float64, float64)  { return parts(cmplx.Asin(complex(x, y))) }
func ComplexAcos(x, y float64) (float64, float64)  { return parts(cmplx.Acos(complex(x, y))) }
func ComplexAtan(x, y float64) (float64, float64)  { return parts(cmplx.Atan(complex(x, y))) }
func ComplexSinh(x, y float64) (float64, float64)  { return parts(cmplx.Sinh(complex(x, y))) }
func ComplexCosh(x, y float64) (float64, float64)  { return parts(cmplx.Cosh(complex(x, y))) }
func ComplexTanh(x, y float64) (float64, float64)  { return parts(cmplx.Tanh(complex(x, y))) }
func ComplexAsinh(x, y float64) (float64, float64) { return parts(cmplx.Asinh(complex(x, y))) }
func ComplexAcosh(x, y float64) (float64, float64) { return parts(cmplx.Acosh(complex(x, y))) }
func ComplexAtanh(x, y float64) (float64, float64) { return parts(cmplx.Atanh(complex(x, y))) }
func ComplexPow(a, b, c, d float64) (float64, float64) {
	return parts(cmplx.Pow(complex(a, b), complex(c, d)))
}
