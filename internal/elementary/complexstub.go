package elementary

import (
	"math"
	"math/cmplx"
)

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
