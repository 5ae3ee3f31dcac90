package nd

import "github.com/stride-go/nd/internal/kernel"

// Lazy comparisons, logic and operations on bits.

// Equal is e == b: the operation Equal.
func (e *Lazy) Equal[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Equal, opts, e, b)
}

// NotEqual is e != b: the operation NotEqual.
func (e *Lazy) NotEqual[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.NotEqual, opts, e, b)
}

// Less is e < b: the operation Less.
func (e *Lazy) Less[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Less, opts, e, b)
}

// LessEqual is e <= b: the operation LessEqual.
func (e *Lazy) LessEqual[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.LessEqual, opts, e, b)
}

// Greater is e > b: the operation Greater.
func (e *Lazy) Greater[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Greater, opts, e, b)
}

// GreaterEqual is e >= b: the operation GreaterEqual.
func (e *Lazy) GreaterEqual[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.GreaterEqual, opts, e, b)
}

// LogicalAnd is whether both e and b are non-zero: the operation LogicalAnd.
func (e *Lazy) LogicalAnd[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.LogicalAnd, opts, e, b)
}

// LogicalOr is whether e or b is non-zero: the operation LogicalOr.
func (e *Lazy) LogicalOr[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.LogicalOr, opts, e, b)
}

// LogicalXor is whether just one of e and b is non-zero: the operation LogicalXor.
func (e *Lazy) LogicalXor[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.LogicalXor, opts, e, b)
}

// BitwiseAnd is the bits set in both e and b: the operation BitwiseAnd.
func (e *Lazy) BitwiseAnd[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.BitwiseAnd, opts, e, b)
}

// BitwiseOr is the bits set in e or b: the operation BitwiseOr.
func (e *Lazy) BitwiseOr[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.BitwiseOr, opts, e, b)
}

// BitwiseXor is the bits set in just one of e and b: the operation BitwiseXor.
func (e *Lazy) BitwiseXor[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.BitwiseXor, opts, e, b)
}

// LeftShift is e shifted left by b bits, 0 for b of the width or more: the operation LeftShift.
func (e *Lazy) LeftShift[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.LeftShift, opts, e, b)
}

// RightShift is e shifted right by b bits, the sign filling up: the operation RightShift.
func (e *Lazy) RightShift[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.RightShift, opts, e, b)
}
