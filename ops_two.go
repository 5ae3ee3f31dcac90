package nd

import "github.com/stride-go/nd/internal/kernel"

// Operations with two results.
var (
	DivMod = Binary2{face{kernel.Divmod}} // floor_divide and remainder
	ModF   = Unary2{face{kernel.Modf}}    // fraction and integer part
	Frexp  = Unary2{face{kernel.Frexp}}   // mantissa in [0.5, 1) and exponent
)

// DivMod returns FloorDivide and Remainder of a and b.
func (a *Array) DivMod[T Operand](b T, opts ...Option) (quotient, remainder *Array) {
	return DivMod.Call(a, b, opts...)
}

// ModF returns the fractions and the integer parts of the items, both with their
// sign.
func (a *Array) ModF(opts ...Option) (fraction, whole *Array) { return ModF.Call(a, opts...) }

// Frexp returns mantissas, 0.5 or more and less than 1 in magnitude, and int32
// exponents, with a = mantissa * 2**exponent.
func (a *Array) Frexp(opts ...Option) (mantissa, exponent *Array) { return Frexp.Call(a, opts...) }
