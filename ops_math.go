package nd

import "github.com/stride-go/nd/internal/kernel"

// Operations: the elementary functions and rounding.
var (
	Sqrt       = Unary{face{kernel.Sqrt}}       // the non-negative square root
	Cbrt       = Unary{face{kernel.Cbrt}}       // the cube root
	Square     = Unary{face{kernel.Square}}     // x*x
	Reciprocal = Unary{face{kernel.Reciprocal}} // 1/x
	Exp        = Unary{face{kernel.Exp}}        // e to the power x
	Exp2       = Unary{face{kernel.Exp2}}       // 2 to the power x
	Expm1      = Unary{face{kernel.Expm1}}      // exp(x)-1, exact near 0
	Log        = Unary{face{kernel.Log}}        // the natural logarithm
	Log2       = Unary{face{kernel.Log2}}       // the logarithm to base 2
	Log10      = Unary{face{kernel.Log10}}      // the logarithm to base 10
	Log1p      = Unary{face{kernel.Log1p}}      // log(1+x), exact near 0
	Sin        = Unary{face{kernel.Sin}}        // the sine of x radians
	Cos        = Unary{face{kernel.Cos}}        // the cosine of x radians
	Tan        = Unary{face{kernel.Tan}}        // the tangent of x radians
	Arcsin     = Unary{face{kernel.Arcsin}}     // the inverse sine
	Arccos     = Unary{face{kernel.Arccos}}     // the inverse cosine
	Arctan     = Unary{face{kernel.Arctan}}     // the inverse tangent
	Sinh       = Unary{face{kernel.Sinh}}       // the hyperbolic sine
	Cosh       = Unary{face{kernel.Cosh}}       // the hyperbolic cosine
	Tanh       = Unary{face{kernel.Tanh}}       // the hyperbolic tangent
	Arcsinh    = Unary{face{kernel.Arcsinh}}    // the inverse hyperbolic sine
	Arccosh    = Unary{face{kernel.Arccosh}}    // the inverse hyperbolic cosine
	Arctanh    = Unary{face{kernel.Arctanh}}    // the inverse hyperbolic tangent
	Degrees    = Unary{face{kernel.Degrees}}    // radians in degrees
	Radians    = Unary{face{kernel.Radians}}    // degrees in radians
	Rad2Deg    = Unary{face{kernel.Rad2deg}}    // radians in degrees
	Deg2Rad    = Unary{face{kernel.Deg2rad}}    // degrees in radians
	Floor      = Unary{face{kernel.Floor}}      // the largest integer not above x
	Ceil       = Unary{face{kernel.Ceil}}       // the smallest integer not below x
	Trunc      = Unary{face{kernel.Trunc}}      // x without its fraction
	Rint       = Unary{face{kernel.Rint}}       // the nearest integer, halves to even
)

// Sqrt returns item by item the non-negative square root; NaN below zero. See Ufunc for dtypes and options.
func (a *Array) Sqrt(opts ...Option) *Array { return Sqrt.Call(a, opts...) }

// Cbrt returns the cube root, item by item. See Ufunc for dtypes and options.
func (a *Array) Cbrt(opts ...Option) *Array { return Cbrt.Call(a, opts...) }

// Square returns x*x, item by item. See Ufunc for dtypes and options.
func (a *Array) Square(opts ...Option) *Array { return Square.Call(a, opts...) }

// Reciprocal returns item by item 1/x; for integers truncated, and 0 for 0. See Ufunc for dtypes and options.
func (a *Array) Reciprocal(opts ...Option) *Array { return Reciprocal.Call(a, opts...) }

// Exp returns e to the power x, item by item. See Ufunc for dtypes and options.
func (a *Array) Exp(opts ...Option) *Array { return Exp.Call(a, opts...) }

// Exp2 returns 2 to the power x, item by item. See Ufunc for dtypes and options.
func (a *Array) Exp2(opts ...Option) *Array { return Exp2.Call(a, opts...) }

// Expm1 returns exp(x)-1, exact near 0, item by item. See Ufunc for dtypes and options.
func (a *Array) Expm1(opts ...Option) *Array { return Expm1.Call(a, opts...) }

// Log returns the natural logarithm, item by item. See Ufunc for dtypes and options.
func (a *Array) Log(opts ...Option) *Array { return Log.Call(a, opts...) }

// Log2 returns the logarithm to base 2, item by item. See Ufunc for dtypes and options.
func (a *Array) Log2(opts ...Option) *Array { return Log2.Call(a, opts...) }

// Log10 returns the logarithm to base 10, item by item. See Ufunc for dtypes and options.
func (a *Array) Log10(opts ...Option) *Array { return Log10.Call(a, opts...) }

// Log1p returns log(1+x), exact near 0, item by item. See Ufunc for dtypes and options.
func (a *Array) Log1p(opts ...Option) *Array { return Log1p.Call(a, opts...) }

// Sin returns the sine of x radians, item by item. See Ufunc for dtypes and options.
func (a *Array) Sin(opts ...Option) *Array { return Sin.Call(a, opts...) }

// Cos returns the cosine of x radians, item by item. See Ufunc for dtypes and options.
func (a *Array) Cos(opts ...Option) *Array { return Cos.Call(a, opts...) }

// Tan returns the tangent of x radians, item by item. See Ufunc for dtypes and options.
func (a *Array) Tan(opts ...Option) *Array { return Tan.Call(a, opts...) }

// Arcsin returns the inverse sine, item by item. See Ufunc for dtypes and options.
func (a *Array) Arcsin(opts ...Option) *Array { return Arcsin.Call(a, opts...) }

// Arccos returns the inverse cosine, item by item. See Ufunc for dtypes and options.
func (a *Array) Arccos(opts ...Option) *Array { return Arccos.Call(a, opts...) }

// Arctan returns the inverse tangent, item by item. See Ufunc for dtypes and options.
func (a *Array) Arctan(opts ...Option) *Array { return Arctan.Call(a, opts...) }

// Sinh returns the hyperbolic sine, item by item. See Ufunc for dtypes and options.
func (a *Array) Sinh(opts ...Option) *Array { return Sinh.Call(a, opts...) }

// Cosh returns the hyperbolic cosine, item by item. See Ufunc for dtypes and options.
func (a *Array) Cosh(opts ...Option) *Array { return Cosh.Call(a, opts...) }

// Tanh returns the hyperbolic tangent, item by item. See Ufunc for dtypes and options.
func (a *Array) Tanh(opts ...Option) *Array { return Tanh.Call(a, opts...) }

// Arcsinh returns the inverse hyperbolic sine, item by item. See Ufunc for dtypes and options.
func (a *Array) Arcsinh(opts ...Option) *Array { return Arcsinh.Call(a, opts...) }

// Arccosh returns the inverse hyperbolic cosine, item by item. See Ufunc for dtypes and options.
func (a *Array) Arccosh(opts ...Option) *Array { return Arccosh.Call(a, opts...) }

// Arctanh returns the inverse hyperbolic tangent, item by item. See Ufunc for dtypes and options.
func (a *Array) Arctanh(opts ...Option) *Array { return Arctanh.Call(a, opts...) }

// Degrees returns radians in degrees, item by item. See Ufunc for dtypes and options.
func (a *Array) Degrees(opts ...Option) *Array { return Degrees.Call(a, opts...) }

// Radians returns degrees in radians, item by item. See Ufunc for dtypes and options.
func (a *Array) Radians(opts ...Option) *Array { return Radians.Call(a, opts...) }

// Rad2Deg returns radians in degrees, item by item. See Ufunc for dtypes and options.
func (a *Array) Rad2Deg(opts ...Option) *Array { return Rad2Deg.Call(a, opts...) }

// Deg2Rad returns degrees in radians, item by item. See Ufunc for dtypes and options.
func (a *Array) Deg2Rad(opts ...Option) *Array { return Deg2Rad.Call(a, opts...) }

// Floor returns item by item the largest integer not above x; integers stay what they are. See Ufunc for dtypes and options.
func (a *Array) Floor(opts ...Option) *Array { return Floor.Call(a, opts...) }

// Ceil returns item by item the smallest integer not below x; integers stay what they are. See Ufunc for dtypes and options.
func (a *Array) Ceil(opts ...Option) *Array { return Ceil.Call(a, opts...) }

// Trunc returns item by item x without its fraction; integers stay what they are. See Ufunc for dtypes and options.
func (a *Array) Trunc(opts ...Option) *Array { return Trunc.Call(a, opts...) }

// Rint returns the nearest integer, halves to even, item by item. See Ufunc for dtypes and options.
func (a *Array) Rint(opts ...Option) *Array { return Rint.Call(a, opts...) }
