package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestExtremesOfManyAgreeWithTwins holds the places in rows and in columns against those in
// one lane after another, at all lengths, at the end of a fence and from odd addresses,
// with rows and lanes apart, and sees that nothing beside dst is written.
func TestExtremesOfManyAgreeWithTwins(t *testing.T) {
	in := newFence(t)
	r := rand.New(rand.NewPCG(13, 14))
	atLevel(t, func(t *testing.T, _ Level) {
		for _, k := range numericKinds {
			size := itemSizes[k]
			for i, e := range []Extreme{searches[k].argmax, searches[k].argmin} {
				twin := []Arg{twins.searches[k].argmax.Place, twins.searches[k].argmin.Place}[i]
				if e.Rows == nil {
					continue
				}
				for mood := range 6 {
					plainItems(in, k, mood, r)
					for n := 1; n <= 300; n++ {
						rows := 1 + r.IntN(9)
						gap := r.IntN(3) * size
						stride := n*size + gap
						a := first(in.last(rows*stride - gap))
						got, want := slices.Repeat([]int64{-7}, rows+2), slices.Repeat([]int64{-7}, rows+2)
						for at := 0; at < rows; at++ {
							at += e.Rows(unsafe.Pointer(&got[at+1]), unsafe.Add(a, at*stride), stride, n, rows-at)
							if at < rows {
								if !hasNaN(unsafe.Add(a, at*stride), k, n) {
									t.Fatalf("row %d of %d of %d %s is left undone without a NaN", at, rows, n, letters[k])
								}
								got[at+1] = int64(twin(unsafe.Add(a, at*stride), size, n))
							}
						}
						for at := range rows {
							want[at+1] = int64(twin(unsafe.Add(a, at*stride), size, n))
						}
						if !slices.Equal(got, want) {
							t.Fatalf("%d rows of %d %s, mood %d: %v, want %v", rows, n, letters[k], mood, got, want)
						}

						if e.Columns == nil { // complex
							continue
						}
						tall, lanes := rows, n // the same as columns
						got, want = slices.Repeat([]int64{-7}, lanes+2), slices.Repeat([]int64{-7}, lanes+2)
						e.Columns(unsafe.Pointer(&got[1]), a, stride, tall, lanes)
						for at := range lanes {
							want[at+1] = int64(twin(unsafe.Add(a, at*size), stride, tall))
						}
						if !slices.Equal(got, want) {
							t.Fatalf("%d columns of %d %s, mood %d: %v, want %v", lanes, tall, letters[k], mood, got, want)
						}
					}
				}
			}
		}
	})
}

// hasNaN tells whether there is a NaN among n items.
func hasNaN(a unsafe.Pointer, k dtype.Kind, n int) bool {
	switch k {
	case kF16:
		return slices.ContainsFunc(items[half](a, n), half.IsNaN)
	case kF32:
		return slices.ContainsFunc(items[float32](a, n), func(x float32) bool { return x != x })
	case kF64:
		return slices.ContainsFunc(items[float64](a, n), func(x float64) bool { return x != x })
	case kC64:
		return slices.ContainsFunc(items[cx[float32]](a, n), nanComplex[float32])
	case kC128:
		return slices.ContainsFunc(items[cx[float64]](a, n), nanComplex[float64])
	}
	return false
}
