package nd

import (
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Many items in few bins are counted in several tables, whose sum is the count.
func TestBinCountTables(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	for _, bins := range []int{1, 3, 100, fewBins, fewBins + 1} {
		for _, n := range []int{1, 7, 8 * bins, 8*bins + 3, 30000} {
			s, want := make([]int64, n), make([]int64, bins)
			for i := range s {
				s[i] = int64(rng.IntN(bins))
				want[s[i]]++
			}
			for _, k := range []string{"<i8", ">i8", "<i4", "u8"} {
				if got := BinCount(Of(s).AsType(dtype.MustParse(k)), MinLength(bins)); !got.ArrayEqual(Of(want)) {
					t.Fatalf("%d %s in %d bins: %v, want %v", n, k, bins, got, want)
				}
			}
			weights := Of(s).Multiply(0.5)
			if got := BinCount(Of(s), Weights(weights), MinLength(bins)); !got.ArrayEqual(Of(want).Multiply(Arange(bins)).Multiply(0.5)) {
				t.Fatalf("%d weights in %d bins: %v", n, bins, got)
			}
		}
	}
}
