package sorting

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// TestSearchFew: places among up to a few more numbers than are counted, of every kind, with
// NaN, infinities and both zeros on both sides, are those of a search by comparisons.
func TestSearchFew(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	r := rand.New(rand.NewPCG(31, 32))
	special := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1)}
	for l := kernel.LevelGo; l <= kernel.BestLevel(); l++ {
		kernel.SetLevel(l)
		for k := dtype.KindBool; k <= dtype.KindFloat64; k++ {
			dt := dtype.OfKind(k)
			// items are of dt, in a block of its own.
			items := func(x []float64) unsafe.Pointer {
				b := make([]uint64, len(x)+1)
				kernel.Cast(dtype.KindFloat64, k)(unsafe.Pointer(&b[0]), unsafe.Pointer(unsafe.SliceData(x)), len(x))
				return unsafe.Pointer(&b[0])
			}
			counted := 0
			for range 60 {
				n, m := r.IntN(Few+4), r.IntN(3*fewBlock)
				hay, v := make([]float64, n), make([]float64, m)
				for _, x := range [][]float64{hay, v} {
					for i := range x {
						if x[i] = float64(r.IntN(12)); dt.IsFloat() && r.IntN(9) == 0 {
							x[i] = special[r.IntN(len(special))]
						}
					}
				}
				if r.IntN(2) == 0 {
					hay = slices.DeleteFunc(hay, math.IsNaN)
				}
				slices.SortFunc(hay, func(a, b float64) int {
					switch {
					case a < b || a == a && b != b:
						return -1
					case b < a || b == b && a != a:
						return 1
					}
					return 0
				})
				p, q := items(hay), items(v)
				for _, right := range []bool{false, true} {
					got, want := make([]int64, m), make([]int64, m)
					searchItems(Compare(dt), dt.ItemSize(), p, len(hay), nil, q, want, right)
					if searchFew(dt, p, len(hay), q, got, right) {
						counted++
					} else {
						Search(dt, p, len(hay), nil, q, got, right)
					}
					if !slices.Equal(got, want) {
						t.Fatalf("level %v, %v: places of %v among %v, right %v: %v, want %v", l, dt, v, hay, right, got, want)
					}
				}
			}
			if (counted > 0) != (l > kernel.LevelGo) {
				t.Fatalf("level %v, %v: %d searches were counted", l, dt, counted)
			}
		}
	}
}
