package nd

import (
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// The places of a few true items are those that the long way finds, whatever the dtype and
// however the items lie.
func TestFewPlaces(t *testing.T) {
	room := new(trueRoom)
	quick := 0
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Bool, dtype.Complex64, dtype.Uint8, dtype.Float16, dtype.Int32.Swapped()} {
		for _, shape := range [][2]int{{3, 9}, {1, 20}, {12, 1}, {2, 600}} {
			for what, a := range rowLayouts(dt, shape[0], shape[1]) {
				if a.Writeable() && a.Size() > 2 {
					a.Assign(Arange(a.Size()).Remainder(3).Reshape(a.Shape()...))
				}
				want := items[int](a.truePlacesFlat("test"))
				if got := a.truePlaces("test", room); !slices.Equal(got, want) {
					t.Errorf("%s %v %s: %v, want %v", dt, shape, what, got, want)
				}
				if _, few := a.fewPlaces("test", room); few {
					quick++
				}
			}
		}
	}
	if quick < 100 {
		t.Errorf("only %d went the short way", quick)
	}
	for _, shape := range [][]int{{2, 3, 4}, {1, 1, 5}, {4, 0, 2}, {3, 2, 2, 2}} {
		a := Zeros(dtype.Float64, shape...)
		if a.Size() > 0 {
			a.Assign(Arange(a.Size()).Remainder(4).Reshape(shape...))
		}
		far := Zeros(a.dtype, append([]int{2}, shape...)...).Slice(I(1)).MoveAxis(0, -1).Copy().MoveAxis(-1, 0)
		far.Assign(a)
		for _, b := range []*Array{a, far} {
			rows := b.ArgWhere()
			for k, places := range b.NonZero() {
				if !places.ArrayEqual(rows.Slice(All, I(k))) {
					t.Errorf("%v: axis %d: %v, want %v", shape, k, places, rows.Slice(All, I(k)))
				}
			}
			if !rows.ArrayEqual(a.ArgWhere()) || !b.Pick(By(b.NotEqual(0))).ArrayEqual(a.Pick(By(a.NotEqual(0)))) {
				t.Errorf("%v: %v", shape, rows)
			}
		}
	}
}
