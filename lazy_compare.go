package nd

import "github.com/stride-go/nd/internal/kernel"

// Lazy comparisons, logic and operations on bits.

// Equal is e == b: the operation Equal.
func (e *Lazy) Equal[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.Equal, opts, e, LazyOf(b))
}

// NotEqual is e != b: the operation NotEqual.
func (e *Lazy) NotEqual[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.NotEqual, opts, e, LazyOf(b))
}

// Less is e < b: the operation Less.
func (e *Lazy) Less[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.Less, opts, e, LazyOf(b))
}

// LessEqual is e <= b: the operation LessEqual.
func (e *Lazy) LessEqual[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.LessEqual, opts, e, LazyOf(b))
}

// Greater is e > b: the operation Greater.
func (e *Lazy) Greater[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.Greater, opts, e, LazyOf(b))
}

// GreaterEqual is e >= b: the operation GreaterEqual.
func (e *Lazy) GreaterEqual[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.GreaterEqual, opts, e, LazyOf(b))
}

// LogicalAnd is whether both e and b are non-zero: the operation LogicalAnd.
func (e *Lazy) LogicalAnd[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.LogicalAnd, opts, e, LazyOf(b))
}

// LogicalOr is whether e or b is non-zero: the operation LogicalOr.
func (e *Lazy) LogicalOr[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.LogicalOr, opts, e, LazyOf(b))
}

// LogicalXor is whether just one of e and b is non-zero: the operation LogicalXor.
func (e *Lazy) LogicalXor[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.LogicalXor, opts, e, LazyOf(b))
}

// BitwiseAnd is the bits set in both e and b: the operation BitwiseAnd.
func (e *Lazy) BitwiseAnd[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.BitwiseAnd, opts, e, LazyOf(b))
}

// BitwiseOr is the bits set in e or b: the operation BitwiseOr.
func (e *Lazy) BitwiseOr[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.BitwiseOr, opts, e, LazyOf(b))
}

// BitwiseXor is the bits set in just one of e and b: the operation BitwiseXor.
func (e *Lazy) BitwiseXor[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.BitwiseXor, opts, e, LazyOf(b))
}

// LeftShift is e shifted left by b bits, 0 for b of the width or more: the operation LeftShift.
func (e *Lazy) LeftShift[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.LeftShift, opts, e, LazyOf(b))
}

// RightShift is e shifted right by b bits, the sign filling up: the operation RightShift.
func (e *Lazy) RightShift[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily(kernel.RightShift, opts, e, LazyOf(b))
}
