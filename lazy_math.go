package nd

import "github.com/stride-go/nd/internal/kernel"

// Lazy operations with one operand.

// Sqrt is the operation Sqrt: the non-negative square root.
func (e *Lazy) Sqrt(opts ...Option) *Lazy { return lazily(kernel.Sqrt, opts, e) }

// Cbrt is the operation Cbrt: the cube root.
func (e *Lazy) Cbrt(opts ...Option) *Lazy { return lazily(kernel.Cbrt, opts, e) }

// Square is the operation Square: x*x.
func (e *Lazy) Square(opts ...Option) *Lazy { return lazily(kernel.Square, opts, e) }

// Reciprocal is the operation Reciprocal: 1/x.
func (e *Lazy) Reciprocal(opts ...Option) *Lazy { return lazily(kernel.Reciprocal, opts, e) }

// Exp is the operation Exp: e to the power x.
func (e *Lazy) Exp(opts ...Option) *Lazy { return lazily(kernel.Exp, opts, e) }

// Exp2 is the operation Exp2: 2 to the power x.
func (e *Lazy) Exp2(opts ...Option) *Lazy { return lazily(kernel.Exp2, opts, e) }

// Expm1 is the operation Expm1: exp(x)-1, exact near 0.
func (e *Lazy) Expm1(opts ...Option) *Lazy { return lazily(kernel.Expm1, opts, e) }

// Log is the operation Log: the natural logarithm.
func (e *Lazy) Log(opts ...Option) *Lazy { return lazily(kernel.Log, opts, e) }

// Log2 is the operation Log2: the logarithm to base 2.
func (e *Lazy) Log2(opts ...Option) *Lazy { return lazily(kernel.Log2, opts, e) }

// Log10 is the operation Log10: the logarithm to base 10.
func (e *Lazy) Log10(opts ...Option) *Lazy { return lazily(kernel.Log10, opts, e) }

// Log1p is the operation Log1p: log(1+x), exact near 0.
func (e *Lazy) Log1p(opts ...Option) *Lazy { return lazily(kernel.Log1p, opts, e) }

// Sin is the operation Sin: the sine of x radians.
func (e *Lazy) Sin(opts ...Option) *Lazy { return lazily(kernel.Sin, opts, e) }

// Cos is the operation Cos: the cosine of x radians.
func (e *Lazy) Cos(opts ...Option) *Lazy { return lazily(kernel.Cos, opts, e) }

// Tan is the operation Tan: the tangent of x radians.
func (e *Lazy) Tan(opts ...Option) *Lazy { return lazily(kernel.Tan, opts, e) }

// Arcsin is the operation Arcsin: the inverse sine.
func (e *Lazy) Arcsin(opts ...Option) *Lazy { return lazily(kernel.Arcsin, opts, e) }

// Arccos is the operation Arccos: the inverse cosine.
func (e *Lazy) Arccos(opts ...Option) *Lazy { return lazily(kernel.Arccos, opts, e) }

// Arctan is the operation Arctan: the inverse tangent.
func (e *Lazy) Arctan(opts ...Option) *Lazy { return lazily(kernel.Arctan, opts, e) }

// Sinh is the operation Sinh: the hyperbolic sine.
func (e *Lazy) Sinh(opts ...Option) *Lazy { return lazily(kernel.Sinh, opts, e) }

// Cosh is the operation Cosh: the hyperbolic cosine.
func (e *Lazy) Cosh(opts ...Option) *Lazy { return lazily(kernel.Cosh, opts, e) }

// Tanh is the operation Tanh: the hyperbolic tangent.
func (e *Lazy) Tanh(opts ...Option) *Lazy { return lazily(kernel.Tanh, opts, e) }

// Arcsinh is the operation Arcsinh: the inverse hyperbolic sine.
func (e *Lazy) Arcsinh(opts ...Option) *Lazy { return lazily(kernel.Arcsinh, opts, e) }

// Arccosh is the operation Arccosh: the inverse hyperbolic cosine.
func (e *Lazy) Arccosh(opts ...Option) *Lazy { return lazily(kernel.Arccosh, opts, e) }

// Arctanh is the operation Arctanh: the inverse hyperbolic tangent.
func (e *Lazy) Arctanh(opts ...Option) *Lazy { return lazily(kernel.Arctanh, opts, e) }

// Degrees is the operation Degrees: radians in degrees.
func (e *Lazy) Degrees(opts ...Option) *Lazy { return lazily(kernel.Degrees, opts, e) }

// Radians is the operation Radians: degrees in radians.
func (e *Lazy) Radians(opts ...Option) *Lazy { return lazily(kernel.Radians, opts, e) }

// Floor is the operation Floor: the largest integer not above x.
func (e *Lazy) Floor(opts ...Option) *Lazy { return lazily(kernel.Floor, opts, e) }

// Ceil is the operation Ceil: the smallest integer not below x.
func (e *Lazy) Ceil(opts ...Option) *Lazy { return lazily(kernel.Ceil, opts, e) }

// Trunc is the operation Trunc: x without its fraction.
func (e *Lazy) Trunc(opts ...Option) *Lazy { return lazily(kernel.Trunc, opts, e) }

// Rint is the operation Rint: the nearest integer, halves to even.
func (e *Lazy) Rint(opts ...Option) *Lazy { return lazily(kernel.Rint, opts, e) }

// Absolute is the operation Absolute: the magnitude.
func (e *Lazy) Absolute(opts ...Option) *Lazy { return lazily(kernel.Absolute, opts, e) }

// Fabs is the operation Fabs: the magnitude as a float.
func (e *Lazy) Fabs(opts ...Option) *Lazy { return lazily(kernel.Fabs, opts, e) }

// Negative is the operation Negative: -x.
func (e *Lazy) Negative(opts ...Option) *Lazy { return lazily(kernel.Negative, opts, e) }

// Positive is the operation Positive: a copy of x.
func (e *Lazy) Positive(opts ...Option) *Lazy { return lazily(kernel.Positive, opts, e) }

// Sign is the operation Sign: -1, 0 or 1.
func (e *Lazy) Sign(opts ...Option) *Lazy { return lazily(kernel.Sign, opts, e) }

// Conjugate is the operation Conjugate: the complex conjugate.
func (e *Lazy) Conjugate(opts ...Option) *Lazy { return lazily(kernel.Conjugate, opts, e) }

// SignBit is the operation SignBit: whether the sign bit is set.
func (e *Lazy) SignBit(opts ...Option) *Lazy { return lazily(kernel.Signbit, opts, e) }

// IsNaN is the operation IsNaN: whether x is not a number.
func (e *Lazy) IsNaN(opts ...Option) *Lazy { return lazily(kernel.Isnan, opts, e) }

// IsInf is the operation IsInf: whether x is infinite.
func (e *Lazy) IsInf(opts ...Option) *Lazy { return lazily(kernel.Isinf, opts, e) }

// IsFinite is the operation IsFinite: whether x is neither infinite nor NaN.
func (e *Lazy) IsFinite(opts ...Option) *Lazy { return lazily(kernel.Isfinite, opts, e) }

// Spacing is the operation Spacing: the distance to the next number away from zero.
func (e *Lazy) Spacing(opts ...Option) *Lazy { return lazily(kernel.Spacing, opts, e) }

// Invert is the operation Invert: ^a; of bools not a.
func (e *Lazy) Invert(opts ...Option) *Lazy { return lazily(kernel.Invert, opts, e) }

// BitwiseCount is the operation BitwiseCount: the number of bits set in |a|.
func (e *Lazy) BitwiseCount(opts ...Option) *Lazy { return lazily(kernel.BitwiseCount, opts, e) }

// LogicalNot is the operation LogicalNot: whether a is zero.
func (e *Lazy) LogicalNot(opts ...Option) *Lazy { return lazily(kernel.LogicalNot, opts, e) }
