package sorting

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Keys that differ only in bits that a word beside a place has no room for are told apart.
func TestArgSortOfCloseKeys(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 33))
	for _, n := range []int{32, 100, 1000, 4096, 20001} {
		for _, apart := range []int64{1, 1 << 20, 1 << 51, 1 << 62} {
			s := make([]int64, n)
			for i := range s {
				s[i] = int64(r.IntN(3)-1)*apart + int64(r.IntN(20)) + math.MinInt64/4
			}
			want, got := make([]int64, n), make([]int64, n)
			for i := range want {
				want[i] = int64(i)
			}
			slices.SortStableFunc(want, func(i, j int64) int { return cmp.Compare(s[i], s[j]) })
			if ArgSortRows(dtype.Int64, unsafe.Pointer(&s[0]), got, n); !slices.Equal(got, want) {
				t.Fatalf("%d keys, %d apart: %v, want %v", n, apart, got, want)
			}
			f := make([]float64, n)
			for i, x := range s {
				f[i] = math.Float64frombits(uint64(x-math.MinInt64/4+2*apart) & (1<<62 - 1))
			}
			for i := range want {
				want[i] = int64(i)
			}
			slices.SortStableFunc(want, func(i, j int64) int { return cmp.Compare(f[i], f[j]) })
			if ArgSortRows(dtype.Float64, unsafe.Pointer(&f[0]), got, n); !slices.Equal(got, want) {
				t.Fatalf("%d floats, %d apart", n, apart)
			}
		}
	}
}

// Places refined by a second key keep the order of the first where the second is equal.
func TestRefine(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 33))
	for _, n := range []int{0, 1, 5, 40, 300, 5000} {
		first, second := make([]uint8, n+1), make([]float32, n+1)
		for i := range first {
			first[i], second[i] = uint8(r.IntN(5)), float32(r.IntN(7))
		}
		got, want := make([]int64, n), make([]int64, n)
		for i := range want {
			want[i] = int64(i)
		}
		slices.SortStableFunc(want, func(i, j int64) int {
			if d := int(first[i]) - int(first[j]); d != 0 {
				return d
			}
			return int(second[i] - second[j])
		})
		ArgSortRows(dtype.Float32, unsafe.Pointer(&second[0]), got, n)
		if Refine(dtype.Uint8, unsafe.Pointer(&first[0]), got); !slices.Equal(got, want) {
			t.Fatalf("%d places: %v, want %v", n, got, want)
		}
	}
}
