package nd

import (
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestReduceManyShortRows folds rows of a few items, which is done for many rows at once:
// each has the result that it has alone, bit for bit, in every layout.
func TestReduceManyShortRows(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Uint8, dtype.Int16, dtype.Int64, dtype.Float16, dtype.Float32, dtype.Float64, dtype.Complex64, dtype.Complex128, dtype.MustParse(">f4"), dtype.MustParse(">i4")} {
		for k := 1; k <= 10; k++ {
			for _, rows := range []int{31, 32, 700, 3000} {
				x := make([]float64, 2*rows*k)
				for i := range x {
					x[i] = 3 * r.NormFloat64()
				}
				a := Of(x).Reshape(rows, 2*k).AsType(dt)
				for name, b := range map[string]*Array{
					"rows": a.Slice(All, To(k)).Copy(), "every second": a.Slice(All, Step(2)), "apart": a.Slice(All, To(k)),
					"columns": a.Slice(All, To(k)).Copy(F), "backwards": a.Slice(All, R(k, 0, -1)),
				} {
					for what, fold := range map[string]func(a *Array, axis int) *Array{
						"sum":        func(a *Array, axis int) *Array { return a.Sum(Axis(axis)) },
						"sum from 5": func(a *Array, axis int) *Array { return a.Sum(Axis(axis), Initial(5)) },
						"product":    func(a *Array, axis int) *Array { return a.Prod(Axis(axis)) },
						"max":        func(a *Array, axis int) *Array { return a.Max(Axis(axis)) },
						"min from 0": func(a *Array, axis int) *Array { return a.Min(Axis(axis), Initial(0)) },
						"mean":       func(a *Array, axis int) *Array { return a.Mean(Axis(axis)) },
						"any":        func(a *Array, axis int) *Array { return a.AnyTrue(Axis(axis)) },
					} {
						adds := what == "sum" || what == "sum from 5" || what == "product" || what == "mean"
						if name == "columns" && adds && (what == "mean" || !dt.IsInteger() && dt != dtype.Bool) {
							continue // columns are added up one after another, whatever their rows are alone: so does NumPy
						}
						all := fold(b, 1)
						for _, i := range []int{0, 1, 30, rows / 2, rows - 1} {
							one, want := all.Slice(I(i)), fold(b.Slice(I(i)), 0)
							if string(one.Copy().denseBytes()) != string(want.Copy().denseBytes()) {
								t.Fatalf("%s of %v %d×%d, %s: row %d is %v, alone %v", what, dt, rows, k, name, i, one, want)
							}
						}
					}
				}
			}
		}
	}
}
