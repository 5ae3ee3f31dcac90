package kernel

import "fmt"

// Op names an elementwise operation. The names are NumPy's.
type Op uint16

// The operations, in alphabetical order.
const (
	Absolute Op = iota
	Add
	Arccos
	Arccosh
	Arcsin
	Arcsinh
	Arctan
	Arctan2
	Arctanh
	BitwiseAnd
	BitwiseCount
	BitwiseOr
	BitwiseXor
	Cbrt
	Ceil
	Clip
	Conjugate
	Copysign
	Cos
	Cosh
	Deg2rad
	Degrees
	Divide
	Divmod
	Equal
	Exp
	Exp2
	Expm1
	Fabs
	FloatPower
	Floor
	FloorDivide
	Fmax
	Fmin
	Fmod
	Frexp
	Gcd
	Greater
	GreaterEqual
	Heaviside
	Hypot
	Invert
	Isfinite
	Isinf
	Isnan
	Lcm
	Ldexp
	LeftShift
	Less
	LessEqual
	Log
	Log10
	Log1p
	Log2
	Logaddexp
	Logaddexp2
	LogicalAnd
	LogicalNot
	LogicalOr
	LogicalXor
	Maximum
	Minimum
	Modf
	Multiply
	Negative
	Nextafter
	NotEqual
	Positive
	Power
	Rad2deg
	Radians
	Reciprocal
	Remainder
	RightShift
	Rint
	Sign
	Signbit
	Sin
	Sinh
	Spacing
	Sqrt
	Square
	Subtract
	Tan
	Tanh
	Trunc
	NumOps // how many there are
)

var opNames = [NumOps]string{
	Absolute: "absolute", Add: "add", Arccos: "arccos", Arccosh: "arccosh", Arcsin: "arcsin",
	Arcsinh: "arcsinh", Arctan: "arctan", Arctan2: "arctan2", Arctanh: "arctanh",
	BitwiseAnd: "bitwise_and", BitwiseCount: "bitwise_count", BitwiseOr: "bitwise_or",
	BitwiseXor: "bitwise_xor", Cbrt: "cbrt", Ceil: "ceil", Clip: "clip", Conjugate: "conjugate",
	Copysign: "copysign", Cos: "cos", Cosh: "cosh", Deg2rad: "deg2rad", Degrees: "degrees",
	Divide: "divide", Divmod: "divmod", Equal: "equal", Exp: "exp", Exp2: "exp2",
	Expm1: "expm1", Fabs: "fabs", FloatPower: "float_power", Floor: "floor",
	FloorDivide: "floor_divide", Fmax: "fmax", Fmin: "fmin", Fmod: "fmod", Frexp: "frexp",
	Gcd: "gcd", Greater: "greater", GreaterEqual: "greater_equal", Heaviside: "heaviside",
	Hypot: "hypot", Invert: "invert", Isfinite: "isfinite", Isinf: "isinf", Isnan: "isnan",
	Lcm: "lcm", Ldexp: "ldexp", LeftShift: "left_shift", Less: "less", LessEqual: "less_equal",
	Log: "log", Log10: "log10", Log1p: "log1p", Log2: "log2", Logaddexp: "logaddexp",
	Logaddexp2: "logaddexp2", LogicalAnd: "logical_and", LogicalNot: "logical_not",
	LogicalOr: "logical_or", LogicalXor: "logical_xor", Maximum: "maximum",
	Minimum: "minimum", Modf: "modf", Multiply: "multiply", Negative: "negative",
	Nextafter: "nextafter", NotEqual: "not_equal", Positive: "positive", Power: "power",
	Rad2deg: "rad2deg", Radians: "radians", Reciprocal: "reciprocal", Remainder: "remainder",
	RightShift: "right_shift", Rint: "rint", Sign: "sign", Signbit: "signbit", Sin: "sin",
	Sinh: "sinh", Spacing: "spacing", Sqrt: "sqrt", Square: "square", Subtract: "subtract",
	Tan: "tan", Tanh: "tanh", Trunc: "trunc",
}

// String returns NumPy's name of the operation, such as "floor_divide".
func (o Op) String() string {
	if o < NumOps {
		return opNames[o]
	}
	return fmt.Sprintf("Op(%d)", uint16(o))
}
