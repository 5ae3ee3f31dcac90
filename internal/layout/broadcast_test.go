package layout

import (
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// naiveBroadcast is the rule axis by axis, counted from the end.
func naiveBroadcast(a, b []int) ([]int, bool) {
	at := func(s []int, k int) int {
		if k >= len(s) {
			return 1
		}
		return s[len(s)-1-k]
	}
	out := make([]int, max(len(a), len(b)))
	for k := range out {
		x, y := at(a, k), at(b, k)
		if x != y && x != 1 && y != 1 {
			return nil, false
		}
		if x == 1 {
			x = y
		}
		out[len(out)-1-k] = x
	}
	return out, true
}

func TestBroadcastAgainstModel(t *testing.T) {
	var shapes [][]int
	for n := 0; n <= 3; n++ {
		eachTuple(n, []int{0, 1, 2, 3}, func(s []int) { shapes = append(shapes, slices.Clone(s)) })
	}
	for _, a := range shapes {
		for _, b := range shapes {
			want, ok := naiveBroadcast(a, b)
			got, err := Broadcast(a, b)
			if ok != (err == nil) || !slices.Equal(got, want) {
				t.Fatalf("Broadcast(%v, %v) = %v, %v", a, b, got, err)
			}
			st, err := BroadcastStrides(a, CStrides(a, 1), b)
			if fits := ok && slices.Equal(want, b); fits != (err == nil) {
				t.Fatalf("BroadcastStrides(%v to %v): %v", a, b, err)
			}
			if err != nil {
				continue
			}
			// Each item of the result is the item of a at the same place, or
			// at place 0 of a stretched axis.
			eachIndex(b, func(ix []int) {
				at, want := 0, 0
				for k := range b {
					at += ix[k] * st[k]
				}
				for k, s := range CStrides(a, 1) {
					if i := ix[len(b)-len(a)+k]; a[k] != 1 {
						want += i * s
					}
				}
				if at != want {
					t.Fatalf("%v to %v: item %v at %d, want %d", a, b, ix, at, want)
				}
			})
		}
	}
	got, err := Broadcast([]int{3, 1}, []int{4}, []int{2, 1, 1}, nil)
	if err != nil || !slices.Equal(got, []int{2, 3, 4}) {
		t.Error(got, err)
	}
	if got, err := Broadcast(); err != nil || len(got) != 0 {
		t.Error(got, err)
	}
}

// eachIndex calls f with every index into shape, in C order.
func eachIndex(shape []int, f func([]int)) {
	ix := make([]int, len(shape))
	var rec func(int)
	rec = func(k int) {
		if k == len(shape) {
			f(ix)
			return
		}
		for i := range shape[k] {
			ix[k] = i
			rec(k + 1)
		}
	}
	rec(0)
}

func TestBroadcastErrors(t *testing.T) {
	_, err := Broadcast([]int{2}, []int{3})
	message(t, err, nderr.ErrShape, "operands could not be broadcast together with shapes (2,) (3,) ")
	_, err = Broadcast([]int{2, 3}, nil, []int{4, 2})
	message(t, err, nderr.ErrShape, "operands could not be broadcast together with shapes (2,3) () (4,2) ")
	_, err = Broadcast([]int{math.MaxInt, 1}, []int{2})
	message(t, err, nderr.ErrShape, "broadcast dimensions too large.")
	_, err = BroadcastStrides([]int{2, 3}, []int{24, 8}, []int{2, 4, 5})
	message(t, err, nderr.ErrShape, "operands could not be broadcast together with remapped shapes [original->remapped]: (2,3)  and requested shape (2,4,5)")
	_, err = BroadcastStrides([]int{2, 3}, []int{24, 8}, []int{3})
	message(t, err, nderr.ErrShape, "input operand has more dimensions than allowed by the axis remapping")
}

func TestBroadcastStridesOfOnes(t *testing.T) {
	got, err := BroadcastStrides([]int{2, 1, 3}, []int{48, 24, 8}, []int{1, 2, 1, 3})
	if err != nil || !slices.Equal(got, []int{0, 48, 0, 8}) {
		t.Error(got, err)
	}
}

// The pairs that np.broadcast_shapes names.
func TestMismatch(t *testing.T) {
	for _, c := range []struct {
		shapes [][]int
		i, j   int
	}{
		{[][]int{{2, 3}, {2}, {5}}, 0, 1},
		{[][]int{{5}, {2, 3}, {2, 1}, {2, 4}}, 0, 1},
		{[][]int{{1}, {2}, {3}, {4}}, 1, 2},
		{[][]int{{2, 1}, {1, 3}, {3, 1}, {1, 2}}, 0, 2},
		{[][]int{{1, 2}, {1, 3}, {2, 1}, {3, 1}}, 2, 3},
		{[][]int{{1, 2}, {2, 1}, {3, 3}}, 1, 2},
	} {
		if i, j, ok := Mismatch(c.shapes...); i != c.i || j != c.j || !ok {
			t.Errorf("Mismatch(%v) = %d, %d, %v", c.shapes, i, j, ok)
		}
	}
	if _, _, ok := Mismatch([]int{2, 1}, []int{3}, nil); ok {
		t.Error("shapes that fit")
	}
}
