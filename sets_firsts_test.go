package nd

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/sorting"
)

// Which sorted numbers differ from the one before is what comparisons find, for NaNs of
// either part and zeros of both signs too.
func TestFirstsAmongNumbers(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	draw := func() float64 {
		return []float64{math.NaN(), 0, math.Copysign(0, -1), 1, 2, math.Inf(1), math.Inf(-1)}[rng.IntN(7)]
	}
	for _, n := range []int{0, 1, 2, 3, 40, 1000} {
		s := make([]complex128, n+1)
		for i := range s {
			if s[i] = complex(draw(), draw()); rng.IntN(3) > 0 {
				s[i] = 1
			}
		}
		for _, dt := range []dtype.DType{dtype.Complex128, dtype.Complex64, dtype.Float64, dtype.Float32, dtype.Float16, dtype.Int8, dtype.Bool} {
			x := Of(s).Slice(To(n))
			if !dt.IsComplex() {
				x = x.Real().Copy()
			}
			if dt.IsInteger() || dt == dtype.Bool {
				x = x.NanToNum().Clip(0, 2)
			}
			x = Sorted(x.AsType(dt))
			if n == 0 {
				x = Empty(dt, 0)
			}
			want := sorting.Firsts(sorting.Compare(dt), sorting.HasNaN(dt), dt.ItemSize(), x.ptr(), n)
			if got := x.firsts(false); !slices.Equal(got, want) {
				t.Fatalf("%v: %v, want %v", x, got, want)
			}
			if hasNaN(dt) { // all but the first of them are out
				nan := x.IsNaN()
				for i := 1; i < n; i++ {
					want[i] = want[i] && !(nan.At[bool](i) && nan.At[bool](i-1))
				}
			}
			if got := x.firsts(true); !slices.Equal(got, want) {
				t.Fatalf("%v with one NaN: %v, want %v", x, got, want)
			}
		}
	}
}
