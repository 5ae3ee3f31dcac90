package sorting

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestAmong holds both ways against looking at every item.
func TestAmong(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	tables := 0
	for _, dt := range append(slices.Clone(nums), others(t)...) {
		compare, isNaN, size := Compare(dt), HasNaN(dt), dt.ItemSize()
		for _, m := range []int{0, 1, 2, 17, 300} {
			p, b := random(r, dt, 2500)
			q, qb := random(r, dt, m)
			for i := range m / 2 { // some that occur
				copy(qb[2*i*size:(2*i+1)*size], b[7*i*size:])
			}
			if dt.IsInteger() && m > 2 && size > 1 { // numbers near each other, on both sides of others
				for i := range m * size {
					if i%size > 0 {
						qb[i] = qb[i%size]
					}
				}
			}
			want := make([]bool, 2500)
			for i := range want {
				x := unsafe.Pointer(&b[i*size])
				for j := range m {
					want[i] = want[i] || compare(x, unsafe.Pointer(&qb[j*size])) == 0 && (isNaN == nil || !isNaN(x))
				}
			}
			for _, invert := range []bool{false, true} {
				got := make([]bool, len(want))
				if Among(dt, p, got, q, m, invert) {
					tables++
					if !slices.Equal(got, want) {
						t.Fatalf("%s among %d by a table: wrong (invert %v)", dt, m, invert)
					}
				} else if slices.Contains(got, true) {
					t.Fatalf("%s among %d: written though refused", dt, m)
				}
				sorted, sb := random(r, dt, m)
				copy(sb, qb[:m*size])
				if err := Sort(dt, sorted, m); err != nil {
					t.Fatal(err)
				}
				if AmongSorted(dt, p, got, sorted, m, invert); !slices.Equal(got, want) {
					t.Fatalf("%s among %d sorted: wrong (invert %v)", dt, m, invert)
				}
				for i := range want {
					want[i] = !want[i]
				}
			}
		}
	}
	if tables < 20 {
		t.Errorf("only %d tables were made", tables)
	}
}

// TestAmongExtremes: the span of the numbers is the whole of their type.
func TestAmongExtremes(t *testing.T) {
	x, y := []int64{-1 << 63, -1, 0, 1<<63 - 1}, []int64{1<<63 - 1, -1 << 63}
	found := make([]bool, 4)
	if Among(dtype.Int64, unsafe.Pointer(&x[0]), found, unsafe.Pointer(&y[0]), 2, false) {
		t.Error("a table for all of int64")
	}
	u, v := []int8{-128, 127, 0}, []int8{-128, 127}
	long := append(u, make([]int8, 100)...)
	found = make([]bool, len(long))
	if !Among(dtype.Int8, unsafe.Pointer(&long[0]), found, unsafe.Pointer(&v[0]), 2, false) || !found[0] || !found[1] || found[2] {
		t.Errorf("among the extremes of int8: %v", found[:3])
	}
}
