package sorting

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// By the zero-one principle (Knuth, volume 3, 5.3.4) a network that sorts all rows of
// zeros and ones sorts all rows; of long rows some are tried.
func TestNetworksSort(t *testing.T) {
	for n := range networkMost + 1 {
		net := networkOf(n)
		if n > 64 {
			for range 300 {
				row := make([]bool, n)
				ones := 0
				for i := range row {
					if row[i] = rand.IntN(2) > 0; row[i] {
						ones++
					}
				}
				for _, pair := range net {
					i, j := pair[0], pair[1]
					row[i], row[j] = row[i] && row[j], row[i] || row[j]
				}
				if slices.Contains(row[:n-ones], true) || slices.Contains(row[n-ones:], false) {
					t.Fatalf("%d places: %v", n, row)
				}
			}
			continue
		}
		trials := 1 << n
		if n > fewMost {
			trials = 1000
		}
		for trial := range trials {
			row := uint64(trial)
			if n > fewMost {
				row = rand.Uint64() & (1<<n - 1)
			}
			start, ones := row, bits.OnesCount64(row)
			for _, pair := range net {
				i, j := pair[0], pair[1]
				x, y := row>>i&1, row>>j&1
				row = row&^(1<<i|1<<j) | (x&y)<<i | (x|y)<<j
			}
			if row != (1<<ones-1)<<(n-ones) {
				t.Fatalf("%d places, row %b: %b", n, start, row)
			}
		}
	}
	for range 1000 {
		row := make([]uint64, rand.IntN(fewMost+1))
		for i := range row {
			row[i] = rand.Uint64() >> (rand.IntN(4) * 20)
		}
		want := slices.Sorted(slices.Values(row))
		if sortFew(row); !slices.Equal(row, want) {
			t.Fatalf("%v, want %v", row, want)
		}
	}
}
