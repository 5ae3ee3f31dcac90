package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Slices are rolled, left out and put in as if they were taken by their places.
func TestEditFew(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Uint8, dtype.Complex128, dtype.Int16.Swapped(), dtype.Str(2)} {
		var from map[string]*Array
		if dt.IsNumeric() {
			from = rowLayouts(dt, 3, 9)
		} else {
			from = map[string]*Array{"text": Arange(27).AsType(dt).Reshape(3, 9)}
		}
		for what, a := range from {
			for axis := range a.NDim() {
				n := a.Dim(axis)
				for _, k := range []int{0, 1, -1, n, n + 2, -3*n - 1} {
					want := a.Take(Arange(n).Subtract(k).Remainder(n), Axis(axis))
					if got := a.Roll(k, Axis(axis)); got.dtype != dt || !got.ArrayEqual(want) {
						t.Errorf("%s %s: roll by %d on axis %d: %v, want %v", dt, what, k, axis, got, want)
					}
				}
				for _, k := range []int{0, n - 1} {
					places := Arange(n)
					want := a.Take(places.Compress(places.NotEqual(k)), Axis(axis))
					if got := Delete(a, axis, k); got.dtype != dt || !got.ArrayEqual(want) {
						t.Errorf("%s %s: without %d on axis %d: %v, want %v", dt, what, k, axis, got, want)
					}
					one := a.Take(Of([]int64{int64(k)}), Axis(axis))
					want = a.Take(Concatenate([]*Array{Arange(k), Of([]int64{int64(k)}), Arange(k, n)}), Axis(axis))
					if got := Insert(a, axis, []int{k}, one); got.dtype != dt || !got.ArrayEqual(want) {
						t.Errorf("%s %s: with %d twice on axis %d: %v, want %v", dt, what, k, axis, got, want)
					}
				}
			}
			want := a.Flatten().Roll(4, Axis(0)).Reshape(a.Shape()...)
			if got := a.Roll(4); fmt.Sprint(got.Shape()) != fmt.Sprint(a.Shape()) || !got.ArrayEqual(want) {
				t.Errorf("%s %s: roll all: %v, want %v", dt, what, got, want)
			}
		}
	}
}
