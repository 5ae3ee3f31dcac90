package nd

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestNanMedianOfRows holds short rows, which are sorted together, against each by itself.
func TestNanMedianOfRows(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 2))
	odd := []float64{math.NaN(), math.NaN(), math.Inf(1), math.Inf(-1), 0, 6e4}
	for _, dt := range []dtype.DType{dtype.Float16, dtype.Float32, dtype.Float64, dtype.Float64.Swapped()} {
		for n := 1; n <= 12; n++ {
			items := make([]float64, 40*n)
			for i := range items {
				if items[i] = r.NormFloat64(); r.IntN(3) == 0 {
					items[i] = odd[r.IntN(len(odd))]
				}
			}
			if dt == dtype.Float64 {
				items[0] = math.MaxFloat64
			}
			a := Of(items).AsType(dt).Reshape(4, 10, n)
			for _, keep := range [][]Option{{Axis(2)}, {Axis(-1), KeepDims()}} {
				got := a.NanMedian(keep...)
				for i := range 4 {
					for j := range 10 {
						want := a.Slice(I(i), I(j)).NanMedian()
						if one := got.Slice(I(i), I(j)); one.DType() != want.DType() || !one.Reshape().ArrayEqual(want, true) {
							t.Errorf("%s %v: %v of %s, want %v of %s", dt, a.Slice(I(i), I(j)), one, one.DType(), want, want.DType())
						}
					}
				}
			}
		}
	}
}
