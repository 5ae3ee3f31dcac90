package nd

import (
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// TestStridedRows casts and copies rows of items at a distance, of lengths on both
// sides of those from which rows are taken together or have a loop of their own, at
// every level: the same as from a dense copy made item by item.
func TestStridedRows(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	r := rand.New(rand.NewPCG(21, 22))
	for l := kernel.LevelGo; l <= kernel.BestLevel(); l++ {
		kernel.SetLevel(l)
		for range 30 {
			from, to := numericDTypes[r.IntN(len(numericDTypes))], numericDTypes[r.IntN(len(numericDTypes))]
			if r.IntN(3) == 0 {
				from = from.Swapped()
			}
			if r.IntN(6) == 0 {
				to = to.Swapped()
			}
			rows, cols, step := 1+r.IntN(9), 1+r.IntN(300), []int{2, 2, 2, 3, -2, 7}[r.IntN(6)]
			width := cols * max(step, -step)
			if r.IntN(2) == 0 {
				width++
			}
			items := make([]int64, rows*width)
			for i := range items {
				items[i] = r.Int64N(100)
			}
			wide := Of(items).AsType(from, Casting(dtype.Unsafe)).Reshape(rows, width)
			a := wide.Slice(All, Step(step))
			want := Zeros(to, a.Shape()...)
			for i := range rows {
				for j := range a.Dim(1) {
					want.Slice(I(i), R(j, j+1)).Assign(a.Slice(I(i), R(j, j+1)))
				}
			}
			if got := a.AsType(to, Casting(dtype.Unsafe)); !got.ArrayEqual(want) {
				t.Fatalf("%v: %s to %s, %d rows of %d, every %d", l, from, to, rows, cols, step)
			}
			into := Zeros(to, rows, 2*a.Dim(1)) // a destination with gaps, and one out of line
			into.Slice(All, Step(2)).Assign(a)
			if !into.Slice(All, Step(2)).ArrayEqual(want) || into.Slice(All, From(1, 2)).AnyTrue().Item[bool]() {
				t.Fatalf("%v: %s to every second %s, %d rows of %d, every %d", l, from, to, rows, cols, step)
			}
		}
	}
}
