package loop

import (
	"slices"
	"testing"

	"github.com/stride-go/nd/internal/layout"
)

// visits lists the offsets of all operands at every position of the nest.
func visits(n *Nest) (out [][2]int) {
	if n.Empty() {
		return nil
	}
	for {
		out = append(out, [2]int{n.Off[0], n.Off[1]})
		if !n.Next(0) {
			return out
		}
	}
}

// TestNestVisitsEverything: whatever is sorted, flipped and joined, the same pairs
// of items are visited, each once, and the order of axes is layout's.
func TestNestVisitsEverything(t *testing.T) {
	lengths := [][]int{{}, {1}, {4}, {0, 3}, {2, 3}, {3, 1, 2}, {2, 1, 3, 2}}
	steps := []int{-24, -8, -1, 0, 1, 3, 8, 16, 48}
	k := 0
	next := func() int { k = (k*7 + 3) % 1009; return steps[k%len(steps)] }
	for _, shape := range lengths {
		for range 300 {
			var s [2][]int
			for i := range s {
				for range shape {
					s[i] = append(s[i], next())
				}
			}
			var plain, walked Nest
			for _, n := range []*Nest{&plain, &walked} {
				n.Reset(shape)
				n.Add(shape, s[0])
				n.Add(shape, s[1])
			}
			want := visits(&plain)
			walked.Sort()
			perm := layout.Order(shape, s[0], s[1])
			for i := range walked.N {
				if got := len(shape) - 1 - walked.Perm[i]; got != perm[len(perm)-1-i] {
					t.Fatalf("shape %v strides %v: axis %d from inside is %d, want %d", shape, s, i, got, perm[len(perm)-1-i])
				}
			}
			walked.Flip()
			walked.Coalesce()
			got := visits(&walked)
			compare := func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }
			slices.SortFunc(got, compare)
			slices.SortFunc(want, compare)
			if !slices.Equal(got, want) {
				t.Fatalf("shape %v strides %v: visited %v, want %v", shape, s, got, want)
			}
		}
	}
}

func TestCoalesce(t *testing.T) {
	var n Nest
	shape := []int{4, 3, 5}
	n.Reset(shape)
	n.Add(shape, layout.CStrides(shape, 8))
	n.Add(shape, []int{15, 5, 1})
	n.Sort()
	n.Coalesce()
	if n.N != 1 || n.Shape[0] != 60 || n.Stride[0][0] != 8 || n.Stride[1][0] != 1 {
		t.Errorf("two dense operands make %d axes of %d items", n.N, n.Shape[0])
	}
}
