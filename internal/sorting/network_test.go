package sorting

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// By the zero-one principle (Knuth, volume 3, 5.3.4) a network that sorts all rows of
// zeros and ones sorts all rows.
func TestNetworksSort(t *testing.T) {
	for n := range networkMost + 1 {
		for bits := range 1 << n {
			row := make([]uint8, n)
			ones := 0
			for i := range row {
				row[i] = uint8(bits >> i & 1)
				ones += int(row[i])
			}
			sortFew(row)
			for i, x := range row {
				if (x == 1) != (i >= n-ones) {
					t.Fatalf("%d places, row %b: %v", n, bits, row)
				}
			}
		}
	}
	for range 1000 {
		row := make([]uint64, rand.IntN(networkMost+1))
		for i := range row {
			row[i] = rand.Uint64() >> (rand.IntN(4) * 20)
		}
		want := slices.Sorted(slices.Values(row))
		if sortFew(row); !slices.Equal(row, want) {
			t.Fatalf("%v, want %v", row, want)
		}
	}
}
