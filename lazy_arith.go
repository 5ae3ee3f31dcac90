package nd

import "github.com/stride-go/nd/internal/kernel"

// Lazy arithmetic. Options of every operation: DType, Casting.

// Add is e + b: the operation Add.
func (e *Lazy) Add[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Add, opts, e, b)
}

// Subtract is e - b: the operation Subtract.
func (e *Lazy) Subtract[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Subtract, opts, e, b)
}

// Multiply is e * b: the operation Multiply.
func (e *Lazy) Multiply[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Multiply, opts, e, b)
}

// Divide is e / b, of integers as float64: the operation Divide.
func (e *Lazy) Divide[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Divide, opts, e, b)
}

// FloorDivide is the floor of e / b: the operation FloorDivide.
func (e *Lazy) FloorDivide[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.FloorDivide, opts, e, b)
}

// Remainder is e - b*floor(e/b), which has the sign of b: the operation Remainder.
func (e *Lazy) Remainder[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Remainder, opts, e, b)
}

// FMod is e - b*trunc(e/b), which has the sign of e: the operation FMod.
func (e *Lazy) FMod[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Fmod, opts, e, b)
}

// Power is e to the power b: the operation Power.
func (e *Lazy) Power[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Power, opts, e, b)
}

// FloatPower is e to the power b in float64 or complex128: the operation FloatPower.
func (e *Lazy) FloatPower[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.FloatPower, opts, e, b)
}

// Hypot is sqrt(e*e + b*b) without overflow: the operation Hypot.
func (e *Lazy) Hypot[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Hypot, opts, e, b)
}

// Arctan2 is the angle of the point (b, e): the operation Arctan2.
func (e *Lazy) Arctan2[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Arctan2, opts, e, b)
}

// LogAddExp is log(exp(e) + exp(b)): the operation LogAddExp.
func (e *Lazy) LogAddExp[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Logaddexp, opts, e, b)
}

// LogAddExp2 is log2(2**e + 2**b): the operation LogAddExp2.
func (e *Lazy) LogAddExp2[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Logaddexp2, opts, e, b)
}

// CopySign is the magnitude of e with the sign of b: the operation CopySign.
func (e *Lazy) CopySign[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Copysign, opts, e, b)
}

// NextAfter is the next number after e towards b: the operation NextAfter.
func (e *Lazy) NextAfter[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Nextafter, opts, e, b)
}

// LDExp is e * 2**b, b being integers: the operation LDExp.
func (e *Lazy) LDExp[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Ldexp, opts, e, b)
}

// Heaviside is 0 for e < 0, b for e = 0, 1 for e > 0: the operation Heaviside.
func (e *Lazy) Heaviside[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Heaviside, opts, e, b)
}

// GCD is the greatest common divisor of integers: the operation GCD.
func (e *Lazy) GCD[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Gcd, opts, e, b)
}

// LCM is the least common multiple of integers: the operation LCM.
func (e *Lazy) LCM[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Lcm, opts, e, b)
}

// Maximum is the greater of e and b, NaN if either is: the operation Maximum.
func (e *Lazy) Maximum[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Maximum, opts, e, b)
}

// Minimum is the smaller of e and b, NaN if either is: the operation Minimum.
func (e *Lazy) Minimum[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Minimum, opts, e, b)
}

// FMax is the greater of e and b, the other one where one is NaN: the operation FMax.
func (e *Lazy) FMax[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Fmax, opts, e, b)
}

// FMin is the smaller of e and b, the other one where one is NaN: the operation FMin.
func (e *Lazy) FMin[T LazyOperand](b T, opts ...Option) *Lazy {
	return lazily2(kernel.Fmin, opts, e, b)
}
