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

// Equal returns a == b; int64 and uint64 are compared exactly, and NaN equals
// nothing. Unlike the operation Equal it also compares records, field by field,
// and finds strings and numbers unequal, as Python's operator does; so it does str and
// byte strings: a Go string is a str, and a field of [N]byte is compared with
// Scalar("x").AsType(dtype.Bytes(0)). See Ufunc for dtypes and options.
func (a *Array) Equal[T Operand](b T, opts ...Option) *Array {
	if !a.dtype.IsNumeric() && len(opts) == 0 || !isNumber(b) {
		if r, ok := sameItems(kernel.Equal, a, asArray(b)); ok {
			return r
		}
	}
	return Equal.Call(a, b, opts...)
}

// NotEqual returns a != b, for the same dtypes as Equal.
func (a *Array) NotEqual[T Operand](b T, opts ...Option) *Array {
	if !a.dtype.IsNumeric() && len(opts) == 0 || !isNumber(b) {
		if r, ok := sameItems(kernel.NotEqual, a, asArray(b)); ok {
			return r
		}
	}
	return NotEqual.Call(a, b, opts...)
}

// isNumber tells whether x is a Go number or an array of numbers.
func isNumber[T Operand](x T) bool {
	v, ok := any(x).(*Array)
	return !ok || v == nil || v.dtype.IsNumeric()
}

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
