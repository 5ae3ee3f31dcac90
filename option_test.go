package nd

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestOneAxis gives no axis, two, and all of them to what works along one.
func TestOneAxis(t *testing.T) {
	a := Arange(24).Reshape(2, 3, 4)
	for name, call := range map[string]func(o Option){
		"Sort":         func(o Option) { a.Copy().Sort(o) },
		"Partition":    func(o Option) { a.Copy().Partition(1, o) },
		"LexSort":      func(o Option) { LexSort([]*Array{a, a}, o) },
		"Diff":         func(o Option) { a.Diff(1, o) },
		"Trapezoid":    func(o Option) { a.Trapezoid(o) },
		"Stack":        func(o Option) { Stack([]*Array{a, a}, o) },
		"Linspace":     func(o Option) { Linspace(a, a, 3, o) },
		"ArgSort":      func(o Option) { a.ArgSort(o) },
		"ArgPartition": func(o Option) { a.ArgPartition(1, o) },
		"ArgMax":       func(o Option) { a.ArgMax(o) },
		"Repeat":       func(o Option) { a.Repeat(2, o) },
		"Take":         func(o Option) { a.Take(Of([]int{0}), o) },
		"Compress":     func(o Option) { a.Compress(Of([]bool{true}), o) },
		"Unique":       func(o Option) { Unique(a, o) },
	} {
		flat := map[string]bool{"ArgSort": true, "ArgPartition": true, "ArgMax": true, "Repeat": true, "Take": true, "Compress": true, "Unique": true}[name]
		for axes, o := range map[string]Option{"no axes": Axis(), "two axes": Axis(0, 1), "all axes": AllAxes()} {
			err := Try(func() { call(o) })
			if ok := flat && axes == "all axes"; ok != (err == nil) || !ok && !errors.Is(err, ErrType) {
				t.Errorf("%s of %s: %v", name, axes, err)
			}
		}
		if err := Try(func() { call(Axis(1)) }); err != nil {
			t.Errorf("%s along axis 1: %v", name, err)
		}
	}
}

// TestFinerErrors asks for the coarser kind of a failure that has a finer one.
func TestFinerErrors(t *testing.T) {
	a := Arange(3)
	record := Zeros(dtype.MustParse("i4,f4"), 2)
	for name, c := range map[string]struct {
		call  func()
		kinds []error
	}{
		"no loop":       {func() { record.Add(1) }, []error{ErrCasting, ErrType}},
		"cast of Out":   {func() { a.Divide(2, Out(a)) }, []error{ErrCasting, ErrType}},
		"cast":          {func() { a.AsType(dtype.Int8, Casting(dtype.Safe)) }, []error{ErrType}},
		"no field":      {func() { record.Field("f2") }, []error{ErrNotFound, ErrValue}},
		"no fields":     {func() { record.Fields("f2") }, []error{ErrNotFound}},
		"no common one": {func() { Concatenate([]*Array{record, a}) }, []error{ErrPromotion, ErrDType}},
	} {
		err := Try(c.call)
		for _, k := range c.kinds {
			if !errors.Is(err, k) {
				t.Errorf("%s: %v is no %v", name, err, k)
			}
		}
	}
}

// Of Out given twice the last one counts, however many arrays each has.
func TestOutTwice(t *testing.T) {
	a := Of([]float64{7.5, -2})
	q, r, lone := Empty(dtype.Float64, 2), Empty(dtype.Float64, 2), Zeros(dtype.Float64, 2)
	a.DivMod(2.0, Out(lone), Out(q, r))
	a.Add(1.0, Out(r, q), Out(lone))
	for text, got := range map[string]*Array{"[ 3. -1.]": q, "[1.5 0. ]": r, "[ 8.5 -1. ]": lone} {
		if got.String() != text {
			t.Errorf("got %s, want %s", got, text)
		}
	}
	if err := Try(func() { a.Add(1.0, Out(lone), Out(q, r)) }); !errors.Is(err, ErrValue) {
		t.Errorf("two arrays for one result: %v", err)
	}
}
