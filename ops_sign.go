package nd

import "github.com/stride-go/nd/internal/kernel"

// Operations: sign, magnitude and the classes of floats.
var (
	Absolute  = Unary{face{kernel.Absolute}}  // the magnitude
	Fabs      = Unary{face{kernel.Fabs}}      // the magnitude as a float
	Negative  = Unary{face{kernel.Negative}}  // -x
	Positive  = Unary{face{kernel.Positive}}  // a copy of x
	Sign      = Unary{face{kernel.Sign}}      // -1, 0 or 1
	Conjugate = Unary{face{kernel.Conjugate}} // the complex conjugate
	SignBit   = Unary{face{kernel.Signbit}}   // whether the sign bit is set
	IsNaN     = Unary{face{kernel.Isnan}}     // whether x is not a number
	IsInf     = Unary{face{kernel.Isinf}}     // whether x is infinite
	IsFinite  = Unary{face{kernel.Isfinite}}  // whether x is neither infinite nor NaN
	Spacing   = Unary{face{kernel.Spacing}}   // the distance to the next number away from zero
)

// Absolute returns item by item the magnitude; of complex numbers a float. The smallest signed integer stays negative. See Ufunc for dtypes and options.
func (a *Array) Absolute(opts ...Option) *Array { return Absolute.Call(a, opts...) }

// Fabs returns the magnitude as a float, item by item. See Ufunc for dtypes and options.
func (a *Array) Fabs(opts ...Option) *Array { return Fabs.Call(a, opts...) }

// Negative returns item by item -x; unsigned integers wrap. Bools panic with ErrType. See Ufunc for dtypes and options.
func (a *Array) Negative(opts ...Option) *Array { return Negative.Call(a, opts...) }

// Positive returns a copy of x, item by item. See Ufunc for dtypes and options.
func (a *Array) Positive(opts ...Option) *Array { return Positive.Call(a, opts...) }

// Sign returns item by item -1, 0 or 1; NaN for NaN; z/|z| for complex numbers. See Ufunc for dtypes and options.
func (a *Array) Sign(opts ...Option) *Array { return Sign.Call(a, opts...) }

// Conjugate returns item by item the complex conjugate; of real numbers a copy. See Ufunc for dtypes and options.
func (a *Array) Conjugate(opts ...Option) *Array { return Conjugate.Call(a, opts...) }

// SignBit returns whether the sign bit is set, item by item. See Ufunc for dtypes and options.
func (a *Array) SignBit(opts ...Option) *Array { return SignBit.Call(a, opts...) }

// IsNaN returns whether x is not a number, item by item. See Ufunc for dtypes and options.
func (a *Array) IsNaN(opts ...Option) *Array { return IsNaN.Call(a, opts...) }

// IsInf returns whether x is infinite, item by item. See Ufunc for dtypes and options.
func (a *Array) IsInf(opts ...Option) *Array { return IsInf.Call(a, opts...) }

// IsFinite returns whether x is neither infinite nor NaN, item by item. See Ufunc for dtypes and options.
func (a *Array) IsFinite(opts ...Option) *Array { return IsFinite.Call(a, opts...) }

// Spacing returns the distance to the next number away from zero, item by item. See Ufunc for dtypes and options.
func (a *Array) Spacing(opts ...Option) *Array { return Spacing.Call(a, opts...) }
