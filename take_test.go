package nd_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// The answers are NumPy's.
func TestPutFromItsOwnMemory(t *testing.T) {
	s := []float64{0, 1, 2, 3, 4, 5}
	a, b := nd.Of(s), nd.Of(s) // two blocks over one slice
	a.Put(nd.Of([]int64{1, 2, 3, -1}), b.Slice(nd.To(4)))
	if !slices.Equal(s, []float64{0, 0, 1, 2, 4, 3}) {
		t.Error(s)
	}
}

func TestPutRepeatsItsValues(t *testing.T) {
	f := nd.Arange(12).Reshape(3, 4)
	f.T().Put(nd.Of([]int64{1, 5, -1}), nd.Of([]int64{100, 200}))
	if want := nd.Of([]int64{0, 1, 2, 3, 100, 5, 6, 7, 8, 200, 10, 100}).Reshape(3, 4); !f.ArrayEqual(want) {
		t.Error(f)
	}
	g := nd.Zeros(f.DType(), 7)
	g.Put(nd.Of([]int64{6, 0, 2, 3, -2, 0}), nd.Of([]int64{1, 2, 3, 4}))
	if want := nd.Of([]int64{2, 0, 3, 4, 0, 1, 1}); !g.ArrayEqual(want) {
		t.Error(g)
	}
	g.Put(nd.Of([]int64{1, -1}), 9)
	if want := nd.Of([]int64{2, 9, 3, 4, 0, 1, 9}); !g.ArrayEqual(want) {
		t.Error(g)
	}
}

// Long takes are cut for all cores; one thread is the judge.
func TestTakeDoesNotDependOnTheThreads(t *testing.T) {
	defer nd.SetThreads(nd.SetThreads(1))
	a := nd.Arange(700*300).Reshape(700, 300)
	at := nd.Arange(900).Multiply(37).Remainder(300).Subtract(150)
	for axis := range 2 {
		nd.SetThreads(1)
		want := a.Take(at, nd.Axis(axis))
		nd.SetThreads(4)
		if got := a.Take(at, nd.Axis(axis)); !got.ArrayEqual(want) {
			t.Errorf("axis %d", axis)
		}
		for _, place := range []int{0, 13, 899} {
			if got, want := want.Take(nd.Of([]int64{int64(place)}), nd.Axis(axis)), a.Take(at.Slice(nd.R(place, place+1)), nd.Axis(axis)); !got.ArrayEqual(want) {
				t.Errorf("axis %d, place %d", axis, place)
			}
		}
	}
}

// NumPy does not come back from these: a place is brought into an axis of length 0
// by adding the length until it lies inside.
func TestWrapIntoNothing(t *testing.T) {
	one := nd.Of([]int{1})
	for name, f := range map[string]func(){
		"take":   func() { nd.Zeros(dtype.Float64, 0, 0).Take(one, nd.Axis(0), nd.Mode(nd.ModeWrap)) },
		"choose": func() { one.Choose(nil, nd.Mode(nd.ModeWrap)) },
		"put":    func() { nd.Zeros(dtype.Float64, 0).Put(one, 2, nd.Mode(nd.ModeWrap)) },
	} {
		if err := nd.Try(f); !errors.Is(err, nd.ErrIndex) && !errors.Is(err, nd.ErrValue) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
