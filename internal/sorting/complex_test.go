package sorting

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestComplexOrder: complex numbers, with equal parts, zeros of both signs and infinities, and
// in every third array NaN, go where a stable sort by the comparison puts them.
func TestComplexOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	part := func(nan bool) float64 {
		switch r.IntN(20) {
		case 0:
			return math.Inf(1 - 2*r.IntN(2))
		case 1:
			return math.Copysign(0, -1)
		case 2:
			if nan {
				return math.NaN()
			}
		}
		return float64(r.IntN(9) - 4)
	}
	for round := range 60 {
		n := r.IntN(300)
		a, b := make([]complex128, n+1), make([]complex64, n+1)
		for i := range a {
			a[i] = complex(part(round%3 == 0), part(round%3 == 0))
			b[i] = complex64(a[i])
		}
		for _, c := range []struct {
			dt dtype.DType
			p  unsafe.Pointer
		}{{dtype.Complex128, unsafe.Pointer(&a[0])}, {dtype.Complex64, unsafe.Pointer(&b[0])}} {
			got, want := make([]int64, n), make([]int64, n)
			ArgSort(c.dt, c.p, got)
			ArgSortBy(Compare(c.dt), c.dt.ItemSize(), c.p, want)
			if !slices.Equal(got, want) {
				t.Fatalf("%v, %v: order %v, want %v", c.dt, a[:n], got, want)
			}
		}
		sorted := slices.Clone(a)
		SortBy(Compare(dtype.Complex128), 16, unsafe.Pointer(&sorted[0]), n)
		if err := Sort(dtype.Complex128, unsafe.Pointer(&a[0]), n); err != nil {
			t.Fatal(err)
		}
		bits := func(s []complex128) []byte { return unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), 16*len(s)) }
		if !slices.Equal(bits(a), bits(sorted)) {
			t.Fatalf("sorted %v, want %v", a[:n], sorted[:n])
		}
	}
}
