package nd

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestCloseIsItsFormula holds IsClose, AllClose and ArrayEqual against the operations one by
// one, for few items and for more than are compared at once.
func TestCloseIsItsFormula(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 1, 1 + 1e-6, 1 + 1e-3, -1}
	for _, n := range []int{0, 1, 50, 2*blockwiseLeast + 3} {
		draw := func() *Array {
			s := make([]float64, 2*n)
			for i := range s {
				s[i] = odd[rng.IntN(len(odd))]
			}
			return Of(append(s, 0)).Slice(To(2 * n))
		}
		for _, k := range []string{"<f8", "<f4", ">f8", "<f2", "<c16", "<i4", "u1", "?"} {
			dt := dtype.MustParse(k)
			x, y := draw(), draw()
			if dt.IsInteger() {
				x, y = x.NanToNum().Clip(0, 100), y.NanToNum().Clip(0, 100)
			}
			x, y = x.AsType(dt), y.AsType(dt).Slice(To(n))
			for _, a := range []*Array{x.Slice(To(n)), x.Slice(Step(2)), x.Slice(To(n)).Flip()} {
				for _, tol := range []Tolerances{{}, {EqualNaN: true}, {Absolute: 0.01}, {Exact: true}} {
					rtol, atol := tol.Relative, tol.Absolute
					if rtol == 0 && atol == 0 && !tol.Exact {
						rtol, atol = 1e-5, 1e-8
					}
					b := y.AsType(dtype.PromoteWeak(dtype.WeakFloat, dt))
					want := a.Subtract(b).Absolute().LessEqual(b.Absolute().Multiply(rtol).Add(atol)).LogicalAnd(b.IsFinite()).LogicalOr(a.Equal(b))
					same := a.Equal(y)
					if nans := a.IsNaN().LogicalAnd(b.IsNaN()); tol.EqualNaN {
						want, same = want.LogicalOr(nans), same.LogicalOr(nans)
					}
					if got := a.IsClose(y, tol); got.Size() != n || got.NotEqual(want).AnyTrue().Item[bool]() {
						t.Fatalf("%d %s: %v is close to %v: %v, want %v", n, k, a, y, got, want)
					}
					if got := a.AllClose(y, tol); got != want.AllTrue().Item[bool]() {
						t.Errorf("%d %s: all close %v", n, k, got)
					}
					if got := a.ArrayEqual(y, tol.EqualNaN); got != same.AllTrue().Item[bool]() {
						t.Errorf("%d %s: equal %v", n, k, got)
					}
				}
			}
			// Equal but for the last item.
			if n == 0 {
				continue
			}
			c := x.NanToNum()
			d := c.Copy()
			if !c.ArrayEqual(d) || !c.ArrayEquiv(d) || !c.AllClose(d) || !c.ArrayEqual(c.Slice(All).AsType(dtype.Complex128)) {
				t.Errorf("%d %s: a copy is another array", n, k)
			}
			d.Slice(I(-1)).Assign(d.Slice(I(-1)).Equal(0))
			if c.ArrayEqual(d) || c.ArrayEquiv(d) || c.ArrayEqual(d.Slice(To(-1))) {
				t.Errorf("%d %s: the last item is not looked at", n, k)
			}
		}
	}
	rows := Zeros(dtype.Float64, 3, blockwiseLeast)
	if rows.ArrayEqual(rows.Slice(I(0))) || !rows.ArrayEquiv(rows.Slice(I(0))) || rows.ArrayEquiv(Zeros(dtype.Float64, 5)) {
		t.Error("rows and one row")
	}
	if err := Try(func() { rows.IsClose(Zeros(dtype.MustParse("S3"), 1)) }); !errors.Is(err, ErrType) {
		t.Error(err)
	}
}
