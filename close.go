package nd

import (
	"errors"

	"github.com/stride-go/nd/dtype"
)

// Tolerances says how near two numbers must be for IsClose and AllClose. The zero
// value means NumPy's defaults, relative 1e-5 and absolute 1e-8.
type Tolerances struct {
	Relative, Absolute float64
	Exact              bool // Relative and Absolute count even if both are 0
	EqualNaN           bool // NaN is close to NaN
}

// IsClose returns where |a-b| ≤ Absolute + Relative*|b|. Infinities are close to
// themselves.
func (a *Array) IsClose[T Operand](b T, tol ...Tolerances) *Array {
	var t Tolerances
	if len(tol) > 0 {
		t = tol[0]
	}
	if t.Relative == 0 && t.Absolute == 0 && !t.Exact {
		t.Relative, t.Absolute = 1e-5, 1e-8
	}
	y := asArray(b)
	if !y.dtype.IsNumeric() || !a.dtype.IsNumeric() {
		fail("isclose", ErrType, "ufunc 'isfinite' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''")
	}
	if y.weak == dtype.NotWeak {
		y = y.AsType(dtype.PromoteWeak(dtype.WeakFloat, y.dtype), CopyIs(false))
	}
	near := a.Subtract(y).Absolute().LessEqual(y.Absolute().Multiply(t.Relative).Add(t.Absolute))
	near = near.LogicalAnd(y.IsFinite()).LogicalOr(a.Equal(y))
	if t.EqualNaN {
		near = near.LogicalOr(a.IsNaN().LogicalAnd(y.IsNaN()))
	}
	return near
}

// AllClose returns whether every pair is close.
func (a *Array) AllClose[T Operand](b T, tol ...Tolerances) bool {
	return truthOf(a.IsClose(b, tol...).AllTrue())
}

// ArrayEqual returns whether b has a's shape and equal items; NaN equals nothing,
// unless equalNaN is true.
func (a *Array) ArrayEqual(b *Array, equalNaN ...bool) bool {
	if shapeText(a.lay.Shape) != shapeText(b.lay.Shape) {
		return false
	}
	same := a.Equal(b)
	if len(equalNaN) > 0 && equalNaN[0] && hasNaN(a.dtype) && hasNaN(b.dtype) {
		same = same.LogicalOr(a.IsNaN().LogicalAnd(b.IsNaN()))
	}
	return truthOf(same.AllTrue())
}

// ArrayEquiv returns whether a and b can be broadcast together and then are equal.
func (a *Array) ArrayEquiv(b *Array) bool {
	same := false
	err := Try(func() { same = truthOf(a.Equal(b).AllTrue()) })
	if errors.Is(err, ErrClosed) || errors.Is(err, ErrFault) {
		panic(err)
	}
	return err == nil && same
}

func hasNaN(d dtype.DType) bool { return d.IsFloat() || d.IsComplex() }

// truthOf reads a 0-d bool array.
func truthOf(a *Array) bool { return *(*bool)(a.ptr()) }
