package nd

import "github.com/stride-go/nd/internal/kernel"

// Operations: comparison and logic, with bool results.
var (
	Equal        = Binary{face{kernel.Equal}}        // a == b
	NotEqual     = Binary{face{kernel.NotEqual}}     // a != b
	Less         = Binary{face{kernel.Less}}         // a < b
	LessEqual    = Binary{face{kernel.LessEqual}}    // a <= b
	Greater      = Binary{face{kernel.Greater}}      // a > b
	GreaterEqual = Binary{face{kernel.GreaterEqual}} // a >= b
	LogicalAnd   = Binary{face{kernel.LogicalAnd}}   // whether both a and b are non-zero
	LogicalOr    = Binary{face{kernel.LogicalOr}}    // whether a or b is non-zero
	LogicalXor   = Binary{face{kernel.LogicalXor}}   // whether just one of a and b is non-zero
)

// Equal returns a == b; int64 and uint64 are compared exactly, and NaN equals nothing. See Ufunc for dtypes and options.
func (a *Array) Equal[T Operand](b T, opts ...Option) *Array { return Equal.Call(a, b, opts...) }

// NotEqual returns a != b. See Ufunc for dtypes and options.
func (a *Array) NotEqual[T Operand](b T, opts ...Option) *Array { return NotEqual.Call(a, b, opts...) }

// Less returns a < b; complex numbers by real, then imaginary part. See Ufunc for dtypes and options.
func (a *Array) Less[T Operand](b T, opts ...Option) *Array { return Less.Call(a, b, opts...) }

// LessEqual returns a <= b. See Ufunc for dtypes and options.
func (a *Array) LessEqual[T Operand](b T, opts ...Option) *Array {
	return LessEqual.Call(a, b, opts...)
}

// Greater returns a > b. See Ufunc for dtypes and options.
func (a *Array) Greater[T Operand](b T, opts ...Option) *Array { return Greater.Call(a, b, opts...) }

// GreaterEqual returns a >= b. See Ufunc for dtypes and options.
func (a *Array) GreaterEqual[T Operand](b T, opts ...Option) *Array {
	return GreaterEqual.Call(a, b, opts...)
}

// LogicalAnd returns whether both a and b are non-zero. See Ufunc for dtypes and options.
func (a *Array) LogicalAnd[T Operand](b T, opts ...Option) *Array {
	return LogicalAnd.Call(a, b, opts...)
}

// LogicalOr returns whether a or b is non-zero. See Ufunc for dtypes and options.
func (a *Array) LogicalOr[T Operand](b T, opts ...Option) *Array {
	return LogicalOr.Call(a, b, opts...)
}

// LogicalXor returns whether just one of a and b is non-zero. See Ufunc for dtypes and options.
func (a *Array) LogicalXor[T Operand](b T, opts ...Option) *Array {
	return LogicalXor.Call(a, b, opts...)
}
