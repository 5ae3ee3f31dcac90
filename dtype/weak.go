package dtype

// Weak is the strength of an operand in type promotion. A number written in the
// program, without a dtype of its own, is weak: it takes the dtype of what it
// meets where its class allows (NEP 50).
type Weak uint8

// The strengths, in the order of their classes.
const (
	NotWeak Weak = iota
	WeakBool
	WeakInt
	WeakFloat
	WeakComplex
)

// DType returns the dtype that a weak number has by itself: bool, int64, float64
// or complex128. NotWeak gives the zero DType.
func (w Weak) DType() DType {
	switch w {
	case WeakBool:
		return Bool
	case WeakInt:
		return Int64
	case WeakFloat:
		return Float64
	case WeakComplex:
		return Complex128
	}
	return DType{}
}

// PromoteWeak returns the dtype of an operation between a weak number and an
// operand of dtype with. The operand's kind stands unless the number's class is
// higher (bool < integer < real < complex); then the number's default dtype is
// promoted, save that a complex number keeps the precision of a float operand.
// The result is in native byte order. With the zero DType the weak number stands
// alone. It is invalid, the zero DType, where NumPy has no common dtype: a
// number with strings or raw memory.
func PromoteWeak(w Weak, with DType) DType {
	if w == NotWeak {
		return with.Native()
	}
	if !with.IsValid() {
		return w.DType()
	}
	if !with.IsNumeric() {
		if w == WeakBool { // a Python bool is a typed bool
			d, _ := Promote(Bool, with)
			return d
		}
		return DType{}
	}
	k := with.kind
	switch {
	case w == WeakBool || weakClass(k) >= w:
		return plain(k)
	case w == WeakComplex && with.IsFloat():
		return plain(promoted[k][KindComplex64])
	}
	return w.DType()
}

// weakClass is the class of a kind on the scale of weak numbers.
func weakClass(k Kind) Weak {
	switch k.Class() {
	case 'b':
		return WeakBool
	case 'i', 'u':
		return WeakInt
	case 'f':
		return WeakFloat
	}
	return WeakComplex
}
