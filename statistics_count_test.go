package nd

import (
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Many items in few bins are counted in several tables, whose sum is the count.
func TestBinCountTables(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	for _, bins := range []int{1, 3, 100, 256, fewBins, fewBins + 1} {
		for _, n := range []int{1, 7, 8 * bins, 8*bins + 3, 30000} {
			s, want := make([]int64, n), make([]int64, bins)
			for i := range s {
				s[i] = int64(rng.IntN(bins))
				want[s[i]]++
			}
			for _, k := range []string{"<i8", ">i8", "<i4", "u8", "u1"} {
				if k == "u1" && bins > 256 {
					continue
				}
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

// TestBinCountBytes: as many bins as the greatest byte asks for, or MinLength.
func TestBinCountBytes(t *testing.T) {
	for _, c := range []struct {
		places []uint8
		opts   []Option
		want   []int64
	}{
		{nil, nil, []int64{}},
		{nil, []Option{MinLength(2)}, []int64{0, 0}},
		{[]uint8{0}, nil, []int64{1}},
		{[]uint8{2, 0, 2}, nil, []int64{1, 0, 2}},
		{[]uint8{2, 0, 2}, []Option{MinLength(2)}, []int64{1, 0, 2}},
		{[]uint8{2, 0, 2}, []Option{MinLength(5)}, []int64{1, 0, 2, 0, 0}},
	} {
		if got := BinCount(Of(c.places), c.opts...); !got.ArrayEqual(Of(c.want)) {
			t.Errorf("bytes %v: %v, want %v", c.places, got, c.want)
		}
	}
	if got := BinCount(Of([]uint8{255, 3, 255}), MinLength(300)); got.Len() != 300 || got.At[int64](255) != 2 || got.At[int64](3) != 1 {
		t.Errorf("300 bins: %v", got)
	}
}

// TestBinCountGivesBack: what the places and the weights were cast to is taken again by the
// next call.
func TestBinCountGivesBack(t *testing.T) {
	if raceEnabled {
		t.Skip("the detector drops what is pooled")
	}
	const n, calls = 50_000, 40
	a, w, b := Zeros(dtype.Int32, n), Ones(dtype.Float32, n), Zeros(dtype.Uint8, 2*n).Slice(Step(2))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range calls {
		BinCount(a, Weights(w))
		BinCount(a)
		BinCount(b)
	}
	runtime.ReadMemStats(&after)
	if took, all := after.TotalAlloc-before.TotalAlloc, uint64(calls*n*(3*8+1)); took > all/2 {
		t.Errorf("%d bytes were allocated, %d are all copies", took, all)
	}
}
