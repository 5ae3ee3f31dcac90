package nd

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestHistogramOfBlocks holds the counts in equal bins, of several blocks of items and of
// every dtype, against those between the same edges.
func TestHistogramOfBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint8, dtype.Int16, dtype.Uint32, dtype.Int64, dtype.Uint64, dtype.Float16, dtype.Float32, dtype.Float64} {
		for _, n := range []int{1, 100, countedBlock, countedBlock + 1, 3*countedBlock + 77} {
			x := make([]float64, n)
			for i := range x {
				x[i] = float64(r.IntN(100)) + 0.25
			}
			a := Of(x).AsType(dt)
			for _, opts := range [][]Option{nil, {HistRange(10, 60)}, {HistRange(10.5, 60.5), Weights(Ones(dtype.Float64, n))}} {
				for _, bins := range []int{1, 7, 50} {
					counts, edges := Histogram(a, bins, opts...)
					given := opts
					if len(opts) > 0 {
						given = opts[1:]
					}
					want, _ := Histogram(a, edges, given...)
					if !counts.ArrayEqual(want) {
						t.Fatalf("%s: %v, want %v", fmt.Sprint(n, " ", dt, " in ", bins, " bins, ", len(opts), " options"), counts, want)
					}
				}
			}
		}
	}
}
