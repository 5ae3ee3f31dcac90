package layout

import (
	"errors"
	"math"
	"math/bits"
	"slices"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// The naive model: the items' places, listed one by one.

// places lists the offsets of all items in C order.
func places(l Layout) []int {
	out := []int{l.Offset}
	for k, n := range l.Shape {
		next := make([]int, 0, len(out)*n)
		for _, at := range out {
			for i := range n {
				next = append(next, at+i*l.Strides[k])
			}
		}
		out = next
	}
	return out
}

// fplaces lists them with the first axis fastest.
func fplaces(l Layout) []int {
	shape, strides := slices.Clone(l.Shape), slices.Clone(l.Strides)
	slices.Reverse(shape)
	slices.Reverse(strides)
	return places(Layout{shape, strides, l.Offset})
}

// eachTuple calls f with every tuple of n values out of vals. f must not keep it.
func eachTuple(n int, vals []int, f func([]int)) {
	t := make([]int, n)
	var rec func(int)
	rec = func(k int) {
		if k == n {
			f(t)
			return
		}
		for _, v := range vals {
			t[k] = v
			rec(k + 1)
		}
	}
	rec(0)
}

// eachLayout calls f with every layout of up to ndim axes over lengths × strides.
func eachLayout(ndim int, lengths, strides []int, f func(Layout)) {
	for n := 0; n <= ndim; n++ {
		eachTuple(n, lengths, func(shape []int) {
			eachTuple(n, strides, func(st []int) { f(Layout{shape, st, 0}) })
		})
	}
}

// message checks an error's kind and its exact text.
func message(t *testing.T, err error, kind error, text string) {
	t.Helper()
	var e *nderr.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an error %q", err, text)
	}
	if e.Msg != text {
		t.Errorf("message %q, want %q", e.Msg, text)
	}
	if !errors.Is(err, kind) {
		t.Errorf("%q is of kind %v, want %v", e.Msg, e.Err, kind)
	}
}

func isRun(at []int, item int) bool {
	for k := range at {
		if at[k] != k*item {
			return false
		}
	}
	return true
}

func TestContiguityAgainstModel(t *testing.T) {
	const item = 2
	eachLayout(3, []int{0, 1, 2, 3}, []int{-2, 0, 2, 4, 6, 12}, func(l Layout) {
		at, fat := places(l), fplaces(l)
		if got, want := IsC(l.Shape, l.Strides, item), isRun(at, item); got != want {
			t.Fatalf("IsC(%v) = %v", l, got)
		}
		if got, want := IsF(l.Shape, l.Strides, item), isRun(fat, item); got != want {
			t.Fatalf("IsF(%v) = %v", l, got)
		}
		lo, hi := Span(l.Shape, l.Strides, item)
		clo, chi, ok := CheckedSpan(l.Shape, l.Strides, item)
		if clo != lo || chi != hi || !ok {
			t.Fatalf("CheckedSpan(%v) = %d, %d, %v; Span %d, %d", l, clo, chi, ok, lo, hi)
		}
		if len(at) == 0 {
			if lo != 0 || hi != 0 {
				t.Fatalf("Span(%v) = %d, %d", l, lo, hi)
			}
		} else if lo != slices.Min(at) || hi != slices.Max(at)+item {
			t.Fatalf("Span(%v) = %d, %d; items %v", l, lo, hi, at)
		}
		if Size(l.Shape) != len(at) {
			t.Fatalf("Size(%v) = %d", l.Shape, Size(l.Shape))
		}
	})
}

func TestDenseStrides(t *testing.T) {
	for n := 0; n <= 4; n++ {
		eachTuple(n, []int{0, 1, 2, 3}, func(shape []int) {
			c, f := CStrides(shape, 3), FStrides(shape, 3)
			if !IsC(shape, c, 3) || !IsF(shape, f, 3) {
				t.Errorf("%v: C %v, F %v", shape, c, f)
			}
			if Size(shape) == 0 && (slices.ContainsFunc(c, nonzero) || slices.ContainsFunc(f, nonzero)) {
				t.Errorf("%v has no items; strides %v, %v", shape, c, f)
			}
			if Size(shape) > 0 && (!slices.Equal(c, StridesOver(shape, 3, 'C')) || !slices.Equal(f, StridesOver(shape, 3, 'F'))) {
				t.Errorf("StridesOver(%v) differs", shape)
			}
		})
	}
	// np.zeros((4,6))[:0].reshape(2,0,3).strides
	if s := StridesOver([]int{2, 0, 3}, 8, 'C'); !slices.Equal(s, []int{24, 24, 8}) {
		t.Error(s)
	}
}

func nonzero(i int) bool { return i != 0 }

func TestCheckedSize(t *testing.T) {
	const big = "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
	for _, c := range []struct {
		shape []int
		item  int
		n     int
		err   string
	}{
		{nil, 8, 1, ""},
		{[]int{3, 4}, 8, 12, ""},
		{[]int{3, 0, 4}, 8, 0, ""},
		{[]int{3, 4}, 0, 12, ""},
		{[]int{math.MaxInt}, 1, math.MaxInt, ""},
		{[]int{math.MaxInt}, 2, 0, big},
		{[]int{math.MaxInt, 0}, 2, 0, big},
		{[]int{math.MaxInt, math.MaxInt}, 1, 0, big},
		{[]int{1 << (bits.UintSize / 2), 1 << (bits.UintSize / 2)}, 1, 0, big},
		{[]int{-1}, 1, 0, "negative dimensions are not allowed"},
		{[]int{0, -1}, 1, 0, "negative dimensions are not allowed"},
		{make([]int, 64), 8, 0, ""},
		{make([]int, 65), 8, 0, "maximum supported dimension for an ndarray is currently 64, found 65"},
	} {
		n, err := CheckedSize(c.shape, c.item)
		if c.err != "" {
			message(t, err, nderr.ErrShape, c.err)
		} else if n != c.n || err != nil {
			t.Errorf("CheckedSize(%v, %d) = %d, %v", c.shape, c.item, n, err)
		}
	}
}

func TestCheckedSpanOverflow(t *testing.T) {
	for _, c := range []struct {
		shape, strides []int
		ok             bool
	}{
		{[]int{2}, []int{math.MaxInt - 8}, true},
		{[]int{2}, []int{math.MaxInt - 7}, false},
		{[]int{3}, []int{math.MaxInt}, false},
		{[]int{2}, []int{-math.MaxInt}, true},
		{[]int{2}, []int{math.MinInt}, false},
		{[]int{2, 2}, []int{-math.MaxInt, -2}, false},
		{[]int{2, 2}, []int{-math.MaxInt, math.MaxInt - 8}, true},
		{[]int{2, 2}, []int{math.MaxInt / 2, math.MaxInt/2 + 2}, false},
		{[]int{1, 0}, []int{math.MaxInt, math.MaxInt}, true},
		{[]int{1}, []int{math.MinInt}, true},
	} {
		if _, _, ok := CheckedSpan(c.shape, c.strides, 8); ok != c.ok {
			t.Fatalf("CheckedSpan(%v, %v) ok = %v", c.shape, c.strides, ok)
		}
	}
}

func TestNormAxes(t *testing.T) {
	got, err := NormAxes([]int{-1, 0}, 3)
	if err != nil || !slices.Equal(got, []int{2, 0}) {
		t.Error(got, err)
	}
	_, err = NormAxes([]int{-1, 2}, 3)
	message(t, err, nderr.ErrValue, "duplicate value in 'axis'")
	for _, bad := range []int{3, -4} {
		_, err = NormAxes([]int{bad}, 3)
		message(t, err, nderr.ErrAxis, map[int]string{
			3:  "axis 3 is out of bounds for array of dimension 3",
			-4: "axis -4 is out of bounds for array of dimension 3",
		}[bad])
	}
	_, err = NormAxis(0, 0)
	message(t, err, nderr.ErrAxis, "axis 0 is out of bounds for array of dimension 0")
}
