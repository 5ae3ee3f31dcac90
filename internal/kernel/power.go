package kernel

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/elementary"
	"github.com/stride-go/nd/internal/nderr"
)

func registerPower() {
	powerInt[int8](kI8)
	powerInt[uint8](kU8)
	powerInt[int16](kI16)
	powerInt[uint16](kU16)
	powerInt[int32](kI32)
	powerInt[uint32](kU32)
	powerInt[int64](kI64)
	powerInt[uint64](kU64)
	binaryFunction(Power, elementary.Pow)
	powerComplex[float32](Power, kC64)
	powerComplex[float64](Power, kC128)
	binary(FloatPower, kF64, kF64, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, elementary.Pow) })
	powerComplex[float64](FloatPower, kC128)
}

func powerInt[T integer](k dtype.Kind) {
	e := Entry{In: [3]dtype.Kind{k, k}, Out: [2]dtype.Kind{k}}
	e.Binary = func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, powInt[T]) }
	if ^T(0) < 0 {
		e.Check = checkExponents[T](k)
	}
	register(Power, 2, 1, e)
}

// powInt returns x**y by repeated squaring, wrapped; y is not negative. In 64 bits nothing
// is extended on the way.
func powInt[T integer](x, y T) T {
	r, s, e := uint64(1), uint64(x), uint64(y)
	for {
		if e&1 != 0 {
			r *= s
		}
		if e >>= 1; e == 0 {
			return T(r)
		}
		s *= s
	}
}

// checkExponents refuses negative ones: the least is by the loop that folds.
func checkExponents[T integer](k dtype.Kind) Check {
	return func(_, b unsafe.Pointer, n int) error {
		y, lowest := items[T](b, n), T(0)
		if n >= 64 {
			acc := new(T)
			tables[Minimum].Find(k, k).Reduce(unsafe.Pointer(acc), b, itemSizes[k], n)
			y, lowest = nil, *acc
		}
		for _, y := range y {
			lowest = min(lowest, y)
		}
		if lowest < 0 {
			return nderr.New("power", nderr.ErrValue, "Integers to negative integer powers are not allowed.")
		}
		return nil
	}
}

func powerComplex[F float](op Op, k dtype.Kind) {
	binary(op, k, k, func(d, a, b unsafe.Pointer, n int) { map2(d, a, b, n, powComplex[F]) })
}

// powComplex multiplies for integer exponents below 100 in magnitude, as NumPy
// does, and is exp(y log x) otherwise. 0 to a power with a positive real part
// is 0; to any other power but 0 it is NaN.
func powComplex[F float](x, y cx[F]) cx[F] {
	if y.re == 0 && y.im == 0 {
		return cx[F]{1, 0}
	}
	if x.re == 0 && x.im == 0 {
		if y.re > 0 {
			return cx[F]{0, 0}
		}
		nan := F(math.NaN())
		return cx[F]{nan, nan}
	}
	if y.im == 0 && abs(y.re) < 100 && y.re == F(math.Trunc(float64(y.re))) {
		return powComplexInt(x, int(y.re))
	}
	re, im := elementary.ComplexPow(float64(x.re), float64(x.im), float64(y.re), float64(y.im))
	return cx[F]{F(re), F(im)}
}

func powComplexInt[F float](x cx[F], n int) cx[F] {
	switch n {
	case 1:
		return x
	case 2:
		return mulPlain(x, x)
	case 3:
		return mulPlain(x, mulPlain(x, x))
	}
	m := max(n, -n)
	r := cx[F]{1, 0}
	for {
		if m&1 != 0 {
			r = mulPlain(r, x)
		}
		m >>= 1
		if m == 0 {
			break
		}
		x = mulPlain(x, x)
	}
	if n < 0 {
		r = divComplex(cx[F]{1, 0}, r)
	}
	return r
}

// mulPlain is mulComplex without fused operations.
func mulPlain[F float](x, y cx[F]) cx[F] {
	return cx[F]{F(x.re*y.re) - F(x.im*y.im), F(x.re*y.im) + F(x.im*y.re)}
}
