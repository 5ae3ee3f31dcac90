package sorting

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stride-go/nd/internal/kernel"
)

// TestSplitWords sorts words of many shapes by splits, also where every pivot counts as a bad one.
func TestSplitWords(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	for l := kernel.LevelAVX2; l <= kernel.BestLevel(); l++ {
		kernel.SetLevel(l)
		t.Run(fmt.Sprint(l, " 4 bytes"), splitsSort[int32])
		t.Run(fmt.Sprint(l, " 8 bytes"), splitsSort[int64])
	}
}

func splitsSort[T int32 | int64](t *testing.T) {
	r := rand.New(rand.NewPCG(81, 82))
	lowest, highest := pairLimits[T]()
	least, most := lowest[0], highest[0]
	shapes := map[string]func(i, n int) T{
		"random":    func(_, _ int) T { return T(r.Uint64()) },
		"few":       func(_, _ int) T { return T(r.IntN(13)) },
		"two":       func(i, _ int) T { return []T{least, most}[r.IntN(2)] },
		"one":       func(_, _ int) T { return most },
		"down":      func(i, n int) T { return T(n - i) },
		"pipe":      func(i, n int) T { return T(min(i, n-i)) },
		"low bytes": func(_, _ int) T { return least + T(r.IntN(300)) },
		"powers":    func(_, _ int) T { return most >> r.IntN(60) },
	}
	for name, of := range shapes {
		for _, n := range []int{0, 1, 17, 1000, 1025, 2049, 5000, 20011} {
			s := make([]T, n)
			for i := range s {
				s[i] = of(i, n)
			}
			want := slices.Clone(s)
			slices.Sort(want)
			for _, bad := range []int{0, 2, 3 * bits.Len(uint(n))} {
				got := slices.Clone(s)
				if splitWords(got, bad); !slices.Equal(got, want) {
					t.Fatalf("%d words, %s, %d bad pivots: not sorted", n, name, bad)
				}
			}
		}
	}
}
