package nd

import (
	"fmt"
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// The short way of a slice gives the layout that the long one gives, for all ends and
// steps around the ends of an axis, and leaves mistakes alone.
func TestQuickSlice(t *testing.T) {
	ends := []int{math.MinInt, -6, -5, -4, -1, 0, 1, 3, 4, 5, math.MaxInt}
	var items []Idx
	for _, step := range []int{math.MinInt, -5, -4, -2, -1, 0, 1, 2, 4, 7} {
		items = append(items, Step(step))
		for _, first := range ends {
			items = append(items, From(first, step), To(first, step))
			for _, last := range ends {
				items = append(items, R(first, last, step))
			}
		}
	}
	items = append(items, All, NewAxis, Ellipsis, I(0), I(-1), I(3), I(4), I(-5))
	same := 0
	for _, n := range []int{0, 1, 4} {
		a := Zeros(dtype.Float64, n, 2)
		for _, it := range items {
			for _, index := range [][]Idx{{it}, {NewAxis, it}, {it, I(1)}, {it, NewAxis, Step(-1)}, {it, I(0), I(0)}, {Ellipsis, it}, {it, Ellipsis, NewAxis}} {
				v := a.quickSlice(index)
				want, err := layout.View(a.lay, appendBasic(nil, "index", index)...)
				if err != nil && v != nil {
					t.Fatalf("%d rows by %v: %v, want %v", n, index, v.lay, err)
				}
				if v == nil {
					continue
				}
				if fmt.Sprint(v.lay) != fmt.Sprint(want) {
					t.Fatalf("%d rows by %v: %v, want %v", n, index, v.lay, want)
				}
				same++
			}
		}
	}
	if same < 5000 {
		t.Errorf("only %d went the short way", same)
	}
}

// The short way of Reshape gives the layout that the long one gives, and leaves mistakes
// alone.
func TestQuickReshape(t *testing.T) {
	same := 0
	for _, from := range [][]int{{24}, {4, 6}, {2, 3, 4}, {1, 24, 1}, {1}, {}, {0, 3}} {
		a := Zeros(dtype.Int32, append([]int{2}, from...)...).Slice(I(1))
		for _, to := range [][]int{{24}, {-1}, {}, {1}, {6, 4}, {4, -1}, {-1, 1, 8}, {5, -1}, {-1, -1}, {3, -1, -1}, {0, -1}, {0}, {3, 0}, {-24}, {25},
			{2, 3, 2, 2}, {1, 2, 3, 4, 1}, {1, -1, 1, 1}, {math.MaxInt, math.MaxInt}, {math.MaxInt, -1}, {-1, math.MinInt}} {
			v := a.quickReshape(to)
			shape, err := layout.ResolveReshape(a.Size(), to)
			if err != nil && v != nil {
				t.Fatalf("%v to %v: %v, want %v", from, to, v.lay, err)
			}
			if v == nil {
				continue
			}
			strides, ok := layout.Reshape(a.lay.Shape, a.lay.Strides, 4, shape, 'C')
			if want := fmt.Sprint(layout.Layout{Shape: shape, Strides: strides, Offset: a.lay.Offset}); !ok || fmt.Sprint(v.lay) != want {
				t.Fatalf("%v to %v: %v, want %v", from, to, v.lay, want)
			}
			same++
		}
	}
	if same < 30 {
		t.Errorf("only %d went the short way", same)
	}
}
