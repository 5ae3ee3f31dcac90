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
	return a.near(asArray(b), tol).Eval()
}

// AllClose returns whether every pair is close.
func (a *Array) AllClose[T Operand](b T, tol ...Tolerances) bool {
	return truthOf(a.near(asArray(b), tol).AllTrue().Eval())
}

// near is the expression of IsClose.
func (a *Array) near(b *Array, tol []Tolerances) *Lazy {
	t := optional("isclose", "Tolerances", tol, Tolerances{})
	if t.Relative == 0 && t.Absolute == 0 && !t.Exact {
		t.Relative, t.Absolute = 1e-5, 1e-8
	}
	if !b.dtype.IsNumeric() || !a.dtype.IsNumeric() {
		fail("isclose", ErrType, "ufunc 'isfinite' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''")
	}
	if b.weak == dtype.NotWeak {
		b = b.AsType(dtype.PromoteWeak(dtype.WeakFloat, b.dtype), CopyIs(false))
	}
	x, y := a.Lazy(), b.Lazy()
	near := x.Subtract(y).Absolute().LessEqual(y.Absolute().Multiply(t.Relative).Add(t.Absolute))
	near = near.LogicalAnd(y.IsFinite()).LogicalOr(x.Equal(y))
	if t.EqualNaN {
		near = near.LogicalOr(x.IsNaN().LogicalAnd(y.IsNaN()))
	}
	return near
}

// ArrayEqual returns whether b has a's shape and equal items; NaN equals nothing,
// unless equalNaN is true.
func (a *Array) ArrayEqual(b *Array, equalNaN ...bool) bool {
	return sameShape(a, b) && a.allEqual(b, optional("array_equal", "equalNaN", equalNaN, false))
}

// ArrayEquiv returns whether a and b can be broadcast together and then are equal.
func (a *Array) ArrayEquiv(b *Array) bool {
	same := false
	err := Try(func() { same = a.allEqual(b, false) })
	if errors.Is(err, ErrClosed) || errors.Is(err, ErrFault) {
		panic(err)
	}
	return err == nil && same
}

// blockwiseLeast is the number of items from which to compare block by block, which may stop
// early, beats comparing them all at once.
const blockwiseLeast = 8192

// allEqual returns whether a and b, broadcast together, are equal, with equalNaN NaN to
// NaN too.
func (a *Array) allEqual(b *Array, equalNaN bool) bool {
	equalNaN = equalNaN && hasNaN(a.dtype) && hasNaN(b.dtype)
	if a.Size() >= blockwiseLeast {
		x, y := a.Lazy(), b.Lazy()
		same := x.Equal(y)
		if equalNaN {
			same = same.LogicalOr(x.IsNaN().LogicalAnd(y.IsNaN()))
		}
		return truthOf(same.AllTrue().Eval())
	}
	same := a.Equal(b)
	if equalNaN {
		same = same.LogicalOr(a.IsNaN().LogicalAnd(b.IsNaN()))
	}
	return truthOf(same.AllTrue())
}

func hasNaN(d dtype.DType) bool { return d.IsFloat() || d.IsComplex() }

// truthOf reads a 0-d bool array.
func truthOf(a *Array) bool { return *(*bool)(a.ptr()) }
