package layout

import (
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// shapesOf lists the shapes of up to ndim axes that hold size items.
func shapesOf(size, ndim int) (out [][]int) {
	for n := 0; n <= ndim; n++ {
		lengths := make([]int, size+1)
		for k := range lengths {
			lengths[k] = k
		}
		eachTuple(n, lengths, func(s []int) {
			if Size(s) == size {
				out = append(out, slices.Clone(s))
			}
		})
	}
	return out
}

// stridable is the naive question whether any strides read the places at, in
// order, as an array of the given shape: the strides can only be the distances
// to the first neighbours.
func stridable(at, shape []int, fortran bool) bool {
	strides := make([]int, len(shape))
	step := 1
	for i := range shape {
		k := len(shape) - 1 - i
		if fortran {
			k = i
		}
		if shape[k] > 1 {
			strides[k] = at[step] - at[0]
		}
		step *= shape[k]
	}
	l := Layout{shape, strides, at[0]}
	if fortran {
		return slices.Equal(fplaces(l), at)
	}
	return slices.Equal(places(l), at)
}

func TestReshapeAgainstModel(t *testing.T) {
	const item = 1
	targets := map[int][][]int{}
	for _, size := range []int{0, 1, 2, 3, 4, 6, 8, 9, 12} {
		targets[size] = shapesOf(size, 3)
	}
	views, copies := 0, 0
	check := func(l Layout) {
		size := Size(l.Shape)
		for _, to := range targets[size] {
			for _, order := range []byte{'C', 'F'} {
				list := places
				if order == 'F' {
					list = fplaces
				}
				at := list(l)
				got, ok := Reshape(l.Shape, l.Strides, item, to, order)
				if ok {
					views++
					if !slices.Equal(list(Layout{to, got, 0}), at) {
						t.Fatalf("Reshape(%v, %v, %c) = %v reads other items", l, to, order, got)
					}
				} else if copies++; stridable(at, to, order == 'F') {
					t.Fatalf("Reshape(%v, %v, %c) found no strides, but there are some", l, to, order)
				}
			}
		}
	}
	eachLayout(2, []int{0, 1, 2, 3}, []int{-3, -1, 0, 1, 2, 3, 4, 6}, check)
	eachTuple(3, []int{1, 2, 3}, func(shape []int) {
		if Size(shape) <= 12 {
			eachTuple(3, []int{-1, 0, 1, 2, 4, 6}, func(st []int) { check(Layout{shape, st, 0}) })
		}
	})
	if views == 0 || copies == 0 {
		t.Error(views, copies)
	}
}

// The strides that NumPy 2.4.6 gives to axes of length 1.
func TestReshapeStridesOfOnes(t *testing.T) {
	for _, c := range []struct {
		shape, strides, to []int
		order              byte
		want               []int
	}{
		{[]int{2, 6}, []int{96, 8}, []int{2, 6, 1}, 'C', []int{96, 8, 8}},
		{[]int{2, 6}, []int{96, 8}, []int{1, 2, 1, 6, 1, 1}, 'C', []int{192, 96, 48, 8, 8, 8}},
		{[]int{2, 6}, []int{96, 8}, []int{2, 1, 2, 1, 3}, 'C', []int{96, 48, 24, 24, 8}},
		{[]int{3, 2}, []int{16, 96}, []int{1, 3, 1, 2, 1}, 'F', []int{16, 16, 96, 96, 192}},
		{[]int{2, 3}, []int{96, 16}, []int{1, 2, 1, 3, 1}, 'C', []int{192, 96, 48, 16, 16}},
		{[]int{1}, []int{160}, []int{1}, 'C', []int{8}},
		{[]int{1}, []int{160}, []int{1, 1}, 'C', []int{8, 8}},
		{[]int{3, 1}, []int{0, 0}, []int{3}, 'C', []int{0}},
		{[]int{6, 4}, []int{8, 48}, []int{6, 2, 2}, 'A', []int{8, 48, 96}},
		{[]int{0, 3}, []int{0, 0}, []int{3, 0}, 'C', []int{8, 8}},
	} {
		got, ok := Reshape(c.shape, c.strides, 8, c.to, c.order)
		if !ok || !slices.Equal(got, c.want) {
			t.Errorf("Reshape(%v, %v, %v, %c) = %v, %v; want %v", c.shape, c.strides, c.to, c.order, got, ok, c.want)
		}
	}
}

func TestResolveReshape(t *testing.T) {
	for _, c := range []struct {
		size     int
		to, want []int
		err      string
	}{
		{6, []int{2, -1}, []int{2, 3}, ""},
		{6, []int{-2}, []int{6}, ""},
		{1, []int{}, []int{}, ""},
		{0, []int{3, -1}, []int{3, 0}, ""},
		{0, []int{-5}, []int{0}, ""},
		{6, []int{4, -1}, nil, "cannot reshape array of size 6 into shape (4,newaxis)"},
		{6, []int{-1, -1}, nil, "can only specify one unknown dimension"},
		{6, []int{5}, nil, "cannot reshape array of size 6 into shape (5,)"},
		{6, []int{}, nil, "cannot reshape array of size 6 into shape ()"},
		{0, []int{0, -1}, nil, "cannot reshape array of size 0 into shape (0,newaxis)"},
		{6, []int{math.MaxInt, math.MaxInt, 2}, nil, "cannot reshape array of size 6 into shape (9223372036854775807,9223372036854775807,2)"},
		{6, make([]int, 65), nil, "maximum supported dimension for an ndarray is currently 64, found 65"},
	} {
		if len(c.to) == 3 && math.MaxInt != 9223372036854775807 {
			continue // the text names a 64-bit length
		}
		got, err := ResolveReshape(c.size, c.to)
		if c.err != "" {
			message(t, err, nderr.ErrShape, c.err)
		} else if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("ResolveReshape(%d, %v) = %v, %v", c.size, c.to, got, err)
		}
	}
}
