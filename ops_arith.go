package nd

import "github.com/stride-go/nd/internal/kernel"

// Operations: arithmetic.
var (
	Add         = Binary{face{kernel.Add}}         // a + b
	Subtract    = Binary{face{kernel.Subtract}}    // a - b
	Multiply    = Binary{face{kernel.Multiply}}    // a * b
	Divide      = Binary{face{kernel.Divide}}      // a / b, of integers as float64
	FloorDivide = Binary{face{kernel.FloorDivide}} // the floor of a / b
	Remainder   = Binary{face{kernel.Remainder}}   // a - b*floor(a/b), which has the sign of b
	FMod        = Binary{face{kernel.Fmod}}        // a - b*trunc(a/b), which has the sign of a
	Power       = Binary{face{kernel.Power}}       // a to the power b
	FloatPower  = Binary{face{kernel.FloatPower}}  // a to the power b in float64 or complex128
	Hypot       = Binary{face{kernel.Hypot}}       // sqrt(a*a + b*b) without overflow
	Arctan2     = Binary{face{kernel.Arctan2}}     // the angle of the point (b, a)
	LogAddExp   = Binary{face{kernel.Logaddexp}}   // log(exp(a) + exp(b))
	LogAddExp2  = Binary{face{kernel.Logaddexp2}}  // log2(2**a + 2**b)
	CopySign    = Binary{face{kernel.Copysign}}    // the magnitude of a with the sign of b
	NextAfter   = Binary{face{kernel.Nextafter}}   // the next number after a towards b
	LDExp       = Binary{face{kernel.Ldexp}}       // a * 2**b, b being integers
	Heaviside   = Binary{face{kernel.Heaviside}}   // 0 for a < 0, b for a = 0, 1 for a > 0
	GCD         = Binary{face{kernel.Gcd}}         // the greatest common divisor of integers
	LCM         = Binary{face{kernel.Lcm}}         // the least common multiple of integers
	Maximum     = Binary{face{kernel.Maximum}}     // the greater of a and b, NaN if either is
	Minimum     = Binary{face{kernel.Minimum}}     // the smaller of a and b, NaN if either is
	FMax        = Binary{face{kernel.Fmax}}        // the greater of a and b, the other one where one is NaN
	FMin        = Binary{face{kernel.Fmin}}        // the smaller of a and b, the other one where one is NaN
)

// Add returns a + b; of bools a or b, of strings their concatenation. See Ufunc for dtypes and options.
func (a *Array) Add[T Operand](b T, opts ...Option) *Array { return Add.Call(a, b, opts...) }

// Subtract returns a - b. Bools panic with ErrType. See Ufunc for dtypes and options.
func (a *Array) Subtract[T Operand](b T, opts ...Option) *Array { return Subtract.Call(a, b, opts...) }

// Multiply returns a * b; of bools a and b. See Ufunc for dtypes and options.
func (a *Array) Multiply[T Operand](b T, opts ...Option) *Array { return Multiply.Call(a, b, opts...) }

// Divide returns a / b, of integers as float64. See Ufunc for dtypes and options.
func (a *Array) Divide[T Operand](b T, opts ...Option) *Array { return Divide.Call(a, b, opts...) }

// FloorDivide returns the floor of a / b; integers divided by 0 give 0. See Ufunc for dtypes and options.
func (a *Array) FloorDivide[T Operand](b T, opts ...Option) *Array {
	return FloorDivide.Call(a, b, opts...)
}

// Remainder returns a - b*floor(a/b), which has the sign of b; integers give 0 for b = 0. See Ufunc for dtypes and options.
func (a *Array) Remainder[T Operand](b T, opts ...Option) *Array {
	return Remainder.Call(a, b, opts...)
}

// FMod returns a - b*trunc(a/b), which has the sign of a. See Ufunc for dtypes and options.
func (a *Array) FMod[T Operand](b T, opts ...Option) *Array { return FMod.Call(a, b, opts...) }

// Power returns a to the power b; integers wrap, and panic with ErrValue for a negative b.
// float32 and float64 to the numbers -1, 0.5, 1 and 2 are what Reciprocal, Sqrt, Positive and
// Square give, as in NumPy: -0.0 to the power 0.5 is -0.0. See Ufunc for dtypes and options.
func (a *Array) Power[T Operand](b T, opts ...Option) *Array { return Power.Call(a, b, opts...) }

// FloatPower returns a to the power b in float64 or complex128. See Ufunc for dtypes and options.
func (a *Array) FloatPower[T Operand](b T, opts ...Option) *Array {
	return FloatPower.Call(a, b, opts...)
}

// Hypot returns sqrt(a*a + b*b) without overflow. See Ufunc for dtypes and options.
func (a *Array) Hypot[T Operand](b T, opts ...Option) *Array { return Hypot.Call(a, b, opts...) }

// Arctan2 returns the angle of the point (b, a). See Ufunc for dtypes and options.
func (a *Array) Arctan2[T Operand](b T, opts ...Option) *Array { return Arctan2.Call(a, b, opts...) }

// LogAddExp returns log(exp(a) + exp(b)). See Ufunc for dtypes and options.
func (a *Array) LogAddExp[T Operand](b T, opts ...Option) *Array {
	return LogAddExp.Call(a, b, opts...)
}

// LogAddExp2 returns log2(2**a + 2**b). See Ufunc for dtypes and options.
func (a *Array) LogAddExp2[T Operand](b T, opts ...Option) *Array {
	return LogAddExp2.Call(a, b, opts...)
}

// CopySign returns the magnitude of a with the sign of b. See Ufunc for dtypes and options.
func (a *Array) CopySign[T Operand](b T, opts ...Option) *Array { return CopySign.Call(a, b, opts...) }

// NextAfter returns the next number after a towards b. See Ufunc for dtypes and options.
func (a *Array) NextAfter[T Operand](b T, opts ...Option) *Array {
	return NextAfter.Call(a, b, opts...)
}

// LDExp returns a * 2**b, b being integers. See Ufunc for dtypes and options.
func (a *Array) LDExp[T Operand](b T, opts ...Option) *Array { return LDExp.Call(a, b, opts...) }

// Heaviside returns 0 for a < 0, b for a = 0, 1 for a > 0. See Ufunc for dtypes and options.
func (a *Array) Heaviside[T Operand](b T, opts ...Option) *Array {
	return Heaviside.Call(a, b, opts...)
}

// GCD returns the greatest common divisor of integers. See Ufunc for dtypes and options.
func (a *Array) GCD[T Operand](b T, opts ...Option) *Array { return GCD.Call(a, b, opts...) }

// LCM returns the least common multiple of integers. See Ufunc for dtypes and options.
func (a *Array) LCM[T Operand](b T, opts ...Option) *Array { return LCM.Call(a, b, opts...) }

// Maximum returns the greater of a and b, NaN if either is. See Ufunc for dtypes and options.
func (a *Array) Maximum[T Operand](b T, opts ...Option) *Array { return Maximum.Call(a, b, opts...) }

// Minimum returns the smaller of a and b, NaN if either is. See Ufunc for dtypes and options.
func (a *Array) Minimum[T Operand](b T, opts ...Option) *Array { return Minimum.Call(a, b, opts...) }

// FMax returns the greater of a and b, the other one where one is NaN. See Ufunc for dtypes and options.
func (a *Array) FMax[T Operand](b T, opts ...Option) *Array { return FMax.Call(a, b, opts...) }

// FMin returns the smaller of a and b, the other one where one is NaN. See Ufunc for dtypes and options.
func (a *Array) FMin[T Operand](b T, opts ...Option) *Array { return FMin.Call(a, b, opts...) }
