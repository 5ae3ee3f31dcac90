package layout

import (
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// naiveSlice follows the words of Python's reference: clip the bounds, then
// walk while the bound is not reached.
func naiveSlice(n int, start, stop *int, step int) (at []int) {
	pos := func(p *int, missing int) int {
		if p == nil {
			return missing
		}
		i := *p
		if i < 0 {
			i += n
		}
		if step > 0 {
			return max(0, min(i, n))
		}
		return max(-1, min(i, n-1))
	}
	if step > 0 {
		for i, end := pos(start, 0), pos(stop, n); i < end; i += step {
			at = append(at, i)
		}
	} else {
		for i, end := pos(start, n-1), pos(stop, -1); i > end; i += step {
			at = append(at, i)
		}
	}
	return at
}

func TestSliceAxisAgainstModel(t *testing.T) {
	bounds := []*int{nil}
	for i := -6; i <= 6; i++ {
		bounds = append(bounds, &i)
	}
	for n := 0; n <= 4; n++ {
		for _, start := range bounds {
			for _, stop := range bounds {
				for step := -5; step <= 5; step++ {
					if step == 0 {
						continue
					}
					want := naiveSlice(n, start, stop, step)
					first, by, count, err := SliceAxis(n, start, stop, &step)
					var got []int
					for i := range count {
						got = append(got, first+i*by)
					}
					if err != nil || !slices.Equal(got, want) {
						t.Fatalf("SliceAxis(%d, %v, %v, %d) = %v, want %v", n, start, stop, step, got, want)
					}
				}
			}
		}
	}
}

func TestSliceAxisExtremes(t *testing.T) {
	lo, hi, zero := math.MinInt, math.MaxInt, 0
	for _, c := range []struct {
		n                  int
		start, stop, step  *int
		first, count, want int
	}{
		{5, &lo, &hi, nil, 0, 5, 1},
		{5, &hi, &lo, &lo, 4, 1, -math.MaxInt},
		{5, nil, nil, &hi, 0, 1, math.MaxInt},
		{math.MaxInt, nil, nil, nil, 0, math.MaxInt, 1},
		{0, &hi, &lo, &lo, -1, 0, -math.MaxInt},
	} {
		first, step, count, err := SliceAxis(c.n, c.start, c.stop, c.step)
		if first != c.first || count != c.count || step != c.want || err != nil {
			t.Errorf("%+v: %d, %d, %d, %v", c, first, step, count, err)
		}
	}
	_, _, _, err := SliceAxis(5, nil, nil, &zero)
	message(t, err, nderr.ErrValue, "slice step cannot be zero")
}

func TestView(t *testing.T) {
	l := Layout{[]int{4, 6}, []int{48, 8}, 100}
	for _, c := range []struct {
		index string
		want  Layout
	}{
		{"()", l},
		{"...", l},
		{"1", Layout{[]int{6}, []int{8}, 148}},
		{"-1, -6", Layout{[]int{}, []int{}, 244}},
		{"..., 2", Layout{[]int{4}, []int{48}, 116}},
		{"1:3, ::2", Layout{[]int{2, 3}, []int{48, 16}, 148}},
		{"::-1, ::-2", Layout{[]int{4, 3}, []int{-48, -16}, 284}},
		{":, None", Layout{[]int{4, 1, 6}, []int{48, 0, 8}, 100}},
		{"..., None", Layout{[]int{4, 6, 1}, []int{48, 8, 0}, 100}},
		{"None, 1, ..., None", Layout{[]int{1, 6, 1}, []int{0, 8, 0}, 148}},
		{":0", Layout{[]int{0, 6}, []int{48, 8}, 100}},
		{"3:1:2, 5", Layout{[]int{0}, []int{48}, 140}}, // without items: no offset, the axis's own stride
		{"::20", Layout{[]int{1, 6}, []int{960, 8}, 100}},
		{":, :, ...", l},
	} {
		items, err := ParseSubscript(c.index)
		if err != nil {
			t.Fatal(err)
		}
		got, err := View(l, items...)
		if err != nil || !slices.Equal(got.Shape, c.want.Shape) || !slices.Equal(got.Strides, c.want.Strides) || got.Offset != c.want.Offset {
			t.Errorf("[%s] = %v, %v; want %v", c.index, got, err, c.want)
		}
	}
}

func TestViewErrors(t *testing.T) {
	l := Layout{[]int{2, 3}, []int{24, 8}, 0}
	for _, c := range []struct {
		index, text string
		kind        error
	}{
		{"5", "index 5 is out of bounds for axis 0 with size 2", nderr.ErrIndex},
		{"-3", "index -3 is out of bounds for axis 0 with size 2", nderr.ErrIndex},
		{"..., 3", "index 3 is out of bounds for axis 1 with size 3", nderr.ErrIndex},
		{"0, 0, 0", "too many indices for array: array is 2-dimensional, but 3 were indexed", nderr.ErrIndex},
		{"..., 0, ...", "an index can only have a single ellipsis ('...')", nderr.ErrIndex},
		{"::0", "slice step cannot be zero", nderr.ErrValue},
	} {
		items, err := ParseSubscript(c.index)
		if err != nil {
			t.Fatal(err)
		}
		_, err = View(l, items...)
		message(t, err, c.kind, c.text)
	}
	_, err := View(l, slices.Repeat([]Item{{Kind: NewAxisItem}}, 63)...)
	message(t, err, nderr.ErrIndex, "number of dimensions must be within [0, 64], indexing result would have 65")
}
