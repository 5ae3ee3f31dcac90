package nd

import "github.com/stride-go/nd/internal/kernel"

// Operations: integers and bools bit by bit.
var (
	BitwiseAnd = Binary{face{kernel.BitwiseAnd}} // the bits set in both a and b
	BitwiseOr  = Binary{face{kernel.BitwiseOr}}  // the bits set in a or b
	BitwiseXor = Binary{face{kernel.BitwiseXor}} // the bits set in just one of a and b
	LeftShift  = Binary{face{kernel.LeftShift}}  // a shifted left by b bits, 0 for b of the width or more
	RightShift = Binary{face{kernel.RightShift}} // a shifted right by b bits, the sign filling up
)

// Unary operations on bits.
var (
	Invert       = Unary{face{kernel.Invert}}       // ^a; of bools not a
	BitwiseCount = Unary{face{kernel.BitwiseCount}} // the number of bits set in |a|
	LogicalNot   = Unary{face{kernel.LogicalNot}}   // whether a is zero
)

// Invert returns every bit of a the other way round; of bools not a.
func (a *Array) Invert(opts ...Option) *Array { return Invert.Call(a, opts...) }

// BitwiseCount returns the number of bits set in the magnitude of each item, as uint8.
func (a *Array) BitwiseCount(opts ...Option) *Array { return BitwiseCount.Call(a, opts...) }

// LogicalNot returns whether each item is zero.
func (a *Array) LogicalNot(opts ...Option) *Array { return LogicalNot.Call(a, opts...) }

// BitwiseAnd returns the bits set in both a and b. See Ufunc for dtypes and options.
func (a *Array) BitwiseAnd[T Operand](b T, opts ...Option) *Array {
	return BitwiseAnd.Call(a, b, opts...)
}

// BitwiseOr returns the bits set in a or b. See Ufunc for dtypes and options.
func (a *Array) BitwiseOr[T Operand](b T, opts ...Option) *Array {
	return BitwiseOr.Call(a, b, opts...)
}

// BitwiseXor returns the bits set in just one of a and b. See Ufunc for dtypes and options.
func (a *Array) BitwiseXor[T Operand](b T, opts ...Option) *Array {
	return BitwiseXor.Call(a, b, opts...)
}

// LeftShift returns a shifted left by b bits, 0 for b of the width or more. See Ufunc for dtypes and options.
func (a *Array) LeftShift[T Operand](b T, opts ...Option) *Array {
	return LeftShift.Call(a, b, opts...)
}

// RightShift returns a shifted right by b bits, the sign filling up. See Ufunc for dtypes and options.
func (a *Array) RightShift[T Operand](b T, opts ...Option) *Array {
	return RightShift.Call(a, b, opts...)
}
