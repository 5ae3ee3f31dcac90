package layout

import (
	"slices"
	"testing"
)

// visits lists, in the order of the walk, the place of every operand.
func visits(w *Walk) (out [][]int) {
	eachIndex(w.Shape, func(ix []int) {
		at := slices.Clone(w.Offsets)
		for op := range at {
			for k, i := range ix {
				at[op] += i * w.Strides[op][k]
			}
		}
		out = append(out, at)
	})
	return out
}

// together lists the same in C order of the shape.
func together(shape []int, strides [][]int) (out [][]int) {
	eachIndex(shape, func(ix []int) {
		at := make([]int, len(strides))
		for op := range at {
			for k, i := range ix {
				at[op] += i * strides[op][k]
			}
		}
		out = append(out, at)
	})
	return out
}

func TestWalkAgainstModel(t *testing.T) {
	var c, k Walk // used again and again, as the engine does
	check := func(shape []int, strides ...[]int) {
		want := together(shape, strides)
		c.InitC(shape, strides...)
		if got := visits(&c); !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Fatalf("InitC(%v, %v) = %+v visits %v", shape, strides, c, got)
		}
		k.InitK(shape, strides...)
		got := visits(&k)
		slices.SortFunc(got, slices.Compare[[]int])
		slices.SortFunc(want, slices.Compare[[]int])
		if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Fatalf("InitK(%v, %v) = %+v visits %v", shape, strides, k, got)
		}
		for _, w := range []*Walk{&c, &k} {
			if len(w.Shape) == 0 || len(w.Strides) != len(strides) || w.Size() != Size(shape) {
				t.Fatalf("%v, %v: %+v", shape, strides, w)
			}
			for j := range w.Shape {
				if w.Shape[j] == 1 && len(w.Shape) > 1 {
					t.Fatalf("%v, %v: a loop of length 1 in %+v", shape, strides, w)
				}
				if j > 0 && w.mergeable(j-1, j) {
					t.Fatalf("%v, %v: loops left unmerged in %+v", shape, strides, w)
				}
			}
		}
	}
	eachTuple(3, []int{0, 1, 2, 3}, func(shape []int) {
		eachTuple(3, []int{-4, -1, 0, 1, 2, 6}, func(a []int) {
			check(shape, a)
			check(shape, a, CStrides(shape, 1))
			check(shape, FStrides(shape, 2), a, []int{0, 0, -1})
		})
	})
	eachTuple(2, []int{1, 2, 3}, func(shape []int) {
		eachTuple(2, []int{-3, -1, 0, 1, 2}, func(a []int) {
			eachTuple(2, []int{-2, -1, 0, 1, 3}, func(b []int) { check(shape, a, b) })
		})
	})
	check(nil)
	check(nil, nil, nil)
}

// A dense operand is one loop forward, whatever the order and the direction of
// its axes.
func TestWalkOfDenseIsOneLoop(t *testing.T) {
	shape := []int{2, 3, 4, 5}
	dense := CStrides(shape, 8)
	for _, perm := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}} {
		for turned := range 16 {
			sh, st := make([]int, 4), make([]int, 4)
			low := 0
			for k, p := range perm {
				sh[k], st[k] = shape[p], dense[p]
				if turned>>k&1 == 1 {
					st[k] = -st[k]
					low += (sh[k] - 1) * st[k]
				}
			}
			var w Walk
			w.InitK(sh, st)
			if !slices.Equal(w.Shape, []int{120}) || !slices.Equal(w.Strides[0], []int{8}) || w.Offsets[0] != low {
				t.Errorf("%v, %v: %+v", sh, st, w)
			}
		}
	}
}

func TestWalkReuseAllocatesNothing(t *testing.T) {
	shape, a, b := []int{3, 4, 5}, []int{8, 24, 96}, []int{160, 40, 8}
	var w Walk
	w.InitK(shape, a, b)
	if n := testing.AllocsPerRun(100, func() { w.InitK(shape, a, b) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzWalk(f *testing.F) {
	f.Add([]byte{2, 3, 4}, []byte{1, 2, 6, 12, 4, 1})
	f.Fuzz(func(t *testing.T, lengths, steps []byte) {
		if len(lengths) > 5 || len(steps) > 15 {
			return
		}
		shape := make([]int, len(lengths))
		for k, n := range lengths {
			shape[k] = int(n % 5)
		}
		var strides [][]int
		for n := len(shape); n > 0 && len(steps) >= n; steps = steps[n:] {
			s := make([]int, n)
			for k := range s {
				s[k] = int(int8(steps[k]))
			}
			strides = append(strides, s)
		}
		var w Walk
		w.InitK(shape, strides...)
		got, want := visits(&w), together(shape, strides)
		slices.SortFunc(got, slices.Compare[[]int])
		slices.SortFunc(want, slices.Compare[[]int])
		if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Fatalf("InitK(%v, %v) = %+v", shape, strides, w)
		}
	})
}
