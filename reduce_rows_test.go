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

// TestReduceFewColumns: rows of few items, which are folded many at a time where the order of
// the items does not show, have the results that each column has alone.
func TestReduceFewColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint8, dtype.Uint16, dtype.Int32, dtype.Uint64, dtype.Float32, dtype.Float64, dtype.MustParse(">f4"), dtype.MustParse(">i4")} {
		for _, k := range []int{2, 3, 4, 7, 32, 33} {
			for _, rows := range []int{7, 8, 64, 65, 1000, 9001} {
				x := make([]float64, 2*rows*k)
				for i := range x {
					x[i] = 1e9 * r.NormFloat64()
				}
				if dt == dtype.Uint8 || dt == dtype.Uint16 || dt == dtype.Int8 || dt == dtype.Uint64 {
					for i := range x {
						x[i] = float64(r.IntN(100))
					}
				}
				a := Of(x).Reshape(2, rows, k).AsType(dt)
				for name, b := range map[string]*Array{
					"rows": a, "every second": a.Slice(All, Step(2)), "columns": a.Copy(F), "backwards": a.Slice(All, All, Step(-1)), "upwards": a.Slice(All, Step(-1)),
				} {
					for what, fold := range map[string]func(a *Array, axes ...int) *Array{
						"sum":       func(a *Array, axes ...int) *Array { return a.Sum(Axis(axes...)) },
						"sum from":  func(a *Array, axes ...int) *Array { return a.Sum(Axis(axes...), Initial(5)) },
						"product":   func(a *Array, axes ...int) *Array { return a.Prod(Axis(axes...)) },
						"max":       func(a *Array, axes ...int) *Array { return a.Max(Axis(axes...)) },
						"min from":  func(a *Array, axes ...int) *Array { return a.Min(Axis(axes...), Initial(0)) },
						"mean":      func(a *Array, axes ...int) *Array { return a.Mean(Axis(axes...)) },
						"any":       func(a *Array, axes ...int) *Array { return a.AnyTrue(Axis(axes...)) },
						"all":       func(a *Array, axes ...int) *Array { return a.AllTrue(Axis(axes...)) },
						"float sum": func(a *Array, axes ...int) *Array { return a.Sum(Axis(axes...), DType(dtype.Float64)) },
					} {
						if dt.IsFloat() && what != "max" && what != "min from" && what != "any" && what != "all" {
							continue // whose order shows
						}
						one, both := fold(b, 1), fold(b, 0, 1)
						for _, j := range []int{0, 1, k - 1} {
							column := b.Slice(All, All, I(j)).Copy()
							if got, want := both.Slice(I(j)), fold(column, 0, 1); string(got.Copy().denseBytes()) != string(want.Copy().denseBytes()) {
								t.Fatalf("%s of %v 2×%d×%d, %s, over both axes: column %d is %v, alone %v", what, dt, rows, k, name, j, got, want)
							}
							if got, want := one.Slice(I(1), I(j)), fold(column.Slice(I(1)), 0); string(got.Copy().denseBytes()) != string(want.Copy().denseBytes()) {
								t.Fatalf("%s of %v %d×%d, %s: column %d is %v, alone %v", what, dt, rows, k, name, j, got, want)
							}
						}
					}
				}
			}
		}
	}
}
