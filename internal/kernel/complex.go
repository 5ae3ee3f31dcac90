package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/elementary"
)

func registerComplex() {
	arithComplex[float32](kC64, kF32)
	arithComplex[float64](kC128, kF64)
}

func arithComplex[F float](k, part dtype.Kind) {
	type c = cx[F]
	binary(Add, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, addComplex[F]) })
	binary(Subtract, k, k, func(d, a, b unsafe.Pointer, n int) {
		map2(d, a, b, n, func(x, y c) c { return c{x.re - y.re, x.im - y.im} })
	})
	binary(Multiply, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, mulComplex[F]) })
	binary(Divide, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, divComplex[F]) })
	unary(Square, k, k, func(d, a unsafe.Pointer, n int) {
		map1(d, a, n, func(x c) c { p := F(x.re * x.im); return c{fma(x.re, x.re, -F(x.im*x.im)), p + p} })
	})
	unary(Reciprocal, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, reciprocalComplex[F]) })
	unary(Negative, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x c) c { return c{-x.re, -x.im} }) })
	unary(Positive, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x c) c { return x }) })
	unary(Conjugate, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x c) c { return c{x.re, -x.im} }) })
	unary(Absolute, k, part, func(d, a unsafe.Pointer, n int) { map1(d, a, n, absComplex[F]) })
	unary(Sign, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, signComplex[F]) })
	unary(Rint, k, k, func(d, a unsafe.Pointer, n int) { map1(d, a, n, func(x c) c { return c{rint(x.re), rint(x.im)} }) })
}

func addComplex[F float](x, y cx[F]) cx[F] { return cx[F]{x.re + y.re, x.im + y.im} }

// mulComplex fuses one product of each part into the sum, as NumPy's loops do
// wherever the machine has a fused multiply-add. There is no recovery of
// infinities.
func mulComplex[F float](x, y cx[F]) cx[F] {
	return cx[F]{fma(x.re, y.re, -F(x.im*y.im)), fma(x.re, y.im, F(x.im*y.re))}
}

// divComplex is Smith's algorithm (CACM 5 (1962), algorithm 116).
func divComplex[F float](x, y cx[F]) cx[F] {
	if abs(y.re) >= abs(y.im) {
		if y.re == 0 && y.im == 0 {
			return cx[F]{x.re / abs(y.re), x.im / abs(y.re)}
		}
		rat := y.im / y.re
		scl := 1 / (y.re + F(y.im*rat))
		return cx[F]{(x.re + F(x.im*rat)) * scl, (x.im - F(x.re*rat)) * scl}
	}
	rat := y.re / y.im
	scl := 1 / (y.im + F(y.re*rat))
	return cx[F]{(F(x.re*rat) + x.im) * scl, (F(x.im*rat) - x.re) * scl}
}

func reciprocalComplex[F float](x cx[F]) cx[F] {
	if abs(x.im) <= abs(x.re) {
		r := x.im / x.re
		d := x.re + F(x.im*r)
		return cx[F]{1 / d, -r / d}
	}
	r := x.re / x.im
	d := F(x.re*r) + x.im
	return cx[F]{r / d, -1 / d}
}

// absComplex is the hypotenuse of the parts: infinite when either is, even
// beside a NaN.
func absComplex[F float](x cx[F]) F {
	if unsafe.Sizeof(x.re) == 4 {
		return F(elementary.Hypot32(float32(x.re), float32(x.im)))
	}
	return F(elementary.Hypot(float64(x.re), float64(x.im)))
}

// signComplex returns z/|z|, 0 for 0, and the direction of a single infinity.
func signComplex[F float](x cx[F]) cx[F] {
	m := absComplex(x)
	switch {
	case m != m:
		return cx[F]{m, m}
	case isInf(m):
		if isInf(x.re) {
			if isInf(x.im) {
				nan := F(math.NaN())
				return cx[F]{nan, nan}
			}
			return cx[F]{copysign(1, x.re), 0}
		}
		return cx[F]{0, copysign(1, x.im)}
	case m == 0:
		return cx[F]{0, 0}
	}
	return cx[F]{x.re / m, x.im / m}
}

func abs[F float](x F) F { return F(math.Abs(float64(x))) }

// fma returns x*y + z rounded once.
func fma[F float](x, y, z F) F {
	if unsafe.Sizeof(x) == 8 {
		return F(math.FMA(float64(x), float64(y), float64(z)))
	}
	p := float64(float64(x) * float64(y)) // exact
	s := p + float64(z)
	if b := math.Float64bits(s); b&(1<<29-1) == 1<<28 {
		// Half way between two float32: the part that the sum lost decides.
		t := s - p
		lost := (p - (s - t)) + (float64(z) - t)
		if lost != 0 {
			if (lost > 0) == (s > 0) {
				b++
			} else {
				b--
			}
			s = math.Float64frombits(b)
		}
	}
	return F(s)
}
