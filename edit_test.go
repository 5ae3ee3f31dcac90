package nd

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Pad refuses a result that cannot be before it pads the first axes.
func TestPadTooMuch(t *testing.T) {
	wide := Ones(dtype.Float64, slices.Repeat([]int{1}, 64)...)
	for mode := PadConstant; mode <= PadWrap; mode++ {
		for _, c := range []struct {
			a     *Array
			width int
			kind  error
		}{
			{wide, 1 << 22, ErrShape}, {Ones(dtype.Float64, 2), math.MaxInt, ErrValue}, {Ones(dtype.Float64, 2), math.MaxInt / 2, ErrShape},
			{Ones(dtype.Uint8, 1<<20, 1), 1 << 24, ErrMemory},
		} {
			if err := Try(func() { Pad(c.a, [][2]int{{0, c.width}}, mode, 0) }); !errors.Is(err, c.kind) {
				t.Errorf("mode %d, %d: %v", mode, c.width, err)
			}
		}
	}
}

// TestInsertMany holds Insert and Delete of any number of places, along every axis, against
// a list of slices: few places among many slices, and many.
func TestInsertMany(t *testing.T) {
	for _, a := range []*Array{Arange(60).Reshape(3, 4, 5), Arange(1200).Reshape(600, 2)} {
		checkEdits(t, a)
	}
	// One place takes as many slices as the values have, axes counted from the last.
	row := Insert(Zeros(dtype.Int64, 2, 3), 1, []int{1}, Of([]int64{7, 8}))
	if want := Of([]int64{0, 7, 8, 0, 0, 0, 7, 8, 0, 0}).Reshape(2, 5); !row.ArrayEqual(want) {
		t.Error(row)
	}
	for _, places := range [][]int{{1}, {1, 2}} {
		if err := Try(func() { Insert(Zeros(dtype.Uint8, 3), 0, places, 300) }); !errors.Is(err, ErrOverflow) {
			t.Errorf("300 before %v of uint8: %v", places, err)
		}
	}
}

func checkEdits(t *testing.T, a *Array) {
	for axis := range a.NDim() {
		n := a.lay.Shape[axis]
		slice := func(i int) *Array { return a.between(axis, i, i+1) }
		for _, places := range [][]int{{}, {1}, {-1}, {n}, {2, 0, 2}, {0, n, 1, -1}} {
			values := a.between(axis, 0, 1).Negative()
			lists := make([][]*Array, n+1)
			gone := map[int]bool{}
			for _, p := range places {
				if p < 0 {
					p += n
				}
				lists[p] = append(lists[p], values)
				gone[p] = true
			}
			var with, without []*Array
			for i := range n + 1 {
				if with = append(with, lists[i]...); i < n {
					with = append(with, slice(i))
				}
				if i < n && !gone[i] {
					without = append(without, slice(i))
				}
			}
			for _, src := range []*Array{a, a.Copy(F)} {
				if r := Insert(src, axis, places, values); !r.ArrayEqual(Concatenate(with, Axis(axis))) || r.flags.FNC() != src.flags.FNC() {
					t.Errorf("%v before %v of axis %d", r, places, axis)
				}
				if slices.Contains(places, n) {
					continue
				}
				if r := Delete(src, axis, places...); !r.ArrayEqual(Concatenate(without, Axis(axis))) {
					t.Errorf("%v without %v of axis %d", r, places, axis)
				}
			}
		}
	}
}
