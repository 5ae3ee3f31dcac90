package sorting

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// Keys that are packed into one word sort as they do one after another.
func TestLexSort(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	r := rand.New(rand.NewPCG(61, 62))
	for level := kernel.LevelGo; level <= kernel.BestLevel(); level++ {
		kernel.SetLevel(level)
		for range 3000 {
			n := 1 + r.IntN(300)
			if r.IntN(30) == 0 {
				n = 1 + r.IntN(6000)
			}
			dts, ps := make([]dtype.DType, 1+r.IntN(3)), []unsafe.Pointer(nil)
			compare := make([]Comparer, len(dts))
			for i := range dts {
				dts[i] = nums[r.IntN(len(nums))]
				if r.IntN(2) == 0 {
					dts[i] = []dtype.DType{dtype.Int64, dtype.Int32, dtype.Uint16, dtype.Int8}[r.IntN(4)]
				}
				p, b := random(r, dts[i], n)
				if k := dts[i].ItemSize(); r.IntN(2) == 0 && !dts[i].IsFloat() && !dts[i].IsComplex() {
					for j := range b { // small numbers of both signs
						if j%k > 0 {
							b[j] = byte(int8(b[j-j%k]) >> 7)
						}
					}
				}
				ps, compare[i] = append(ps, p), Compare(dts[i])
			}
			got, want := make([]int64, n), make([]int64, n)
			LexSort(dts, ps, got)
			inTurn(want)
			slices.SortStableFunc(want, func(x, y int64) int {
				for i := len(dts) - 1; i >= 0; i-- {
					size := dts[i].ItemSize()
					if c := compare[i](unsafe.Add(ps[i], int(x)*size), unsafe.Add(ps[i], int(y)*size)); c != 0 {
						return c
					}
				}
				return 0
			})
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %d items of %v", kernel.CurrentLevel(), n, dts)
			}
		}
	}
}
