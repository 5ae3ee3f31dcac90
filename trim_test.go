package nd

import (
	"fmt"
	"testing"
)

func TestTrimZeros(t *testing.T) {
	a := Of([]int64{0, 0, 1, 0, 2, 0})
	m := Of([][]int64{{0, 0, 0}, {0, 5, 0}, {0, 7, 0}, {0, 0, 0}})
	none := Of([][]int64{{0, 0}, {0, 0}})
	for _, c := range []struct { // the answers of NumPy 2.4.6
		got  *Array
		want string
	}{
		{a.TrimZeros("fb"), "[1 0 2]"},
		{a.TrimZeros("F"), "[1 0 2 0]"},
		{a.TrimZeros("b"), "[0 0 1 0 2]"},
		{m.TrimZeros("bf"), "[[5]\n [7]]"},
		{m.TrimZeros("fb", Axis(-1)), "[[0]\n [5]\n [7]\n [0]]"},
		{m.TrimZeros("f", Axis(0)), "[[0 5 0]\n [0 7 0]\n [0 0 0]]"},
		{none.TrimZeros("fb").Ravel(), "[]"},
		{none.TrimZeros("f").Ravel(), "[]"},
		{none.TrimZeros("b").Ravel(), "[]"},
	} {
		if got := fmt.Sprint(c.got); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
	if !a.TrimZeros("fb").SharesMemory(a) {
		t.Error("no view")
	}
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { a.TrimZeros("x") }, "unexpected character(s) in `trim`: 'x'"},
		{func() { a.TrimZeros("fb", Axis(3)) }, "axis: axis 3 is out of bounds for array of dimension 1"},
	} {
		if err := Try(c.f); err == nil || err.(*Error).Msg != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}
