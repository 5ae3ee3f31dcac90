package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// A reduction of a few items allocates its result, whatever way it goes.
func TestReduceAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the detector drops what is pooled")
	}
	a := Arange(10.0)
	m := Arange(9.0).Reshape(3, 3)
	turned := m.T()
	k, ints := Arange(24.0).Reshape(2, 3, 4), Arange(9).Reshape(3, 3)
	mask, index := a.Greater(3), []int{0, 3, 5}
	s := a.Repeat(2).Slice(Step(2))
	swapped := a.AsType(dtype.Float64.Swapped())
	out0, out3 := Zeros(dtype.Float64), Zeros(dtype.Float64, 3)
	for _, c := range []struct {
		name string
		most float64
		call func()
	}{
		{"sum of strided", 1, func() { s.Sum() }},
		{"sum of swapped", 1, func() { swapped.Sum() }},
		{"sum of turned", 1, func() { turned.Sum() }},
		{"sum along 0", 1, func() { m.Sum(Axis(0)) }},
		{"sum along 1", 1, func() { m.Sum(Axis(1), KeepDims()) }},
		{"sum into", 0, func() { m.Sum(Axis(0), Out(out3)) }},
		{"sum of all into", 0, func() { a.Sum(Out(out0)) }},
		{"product of strided", 1, func() { s.Prod() }},
		{"all along 0", 1, func() { m.AllTrue(Axis(0)) }},
		{"mean of strided", 1, func() { s.Mean() }},
		{"mean along 0", 1, func() { m.Mean(Axis(0)) }},
		{"variance of strided", 1, func() { s.Var() }},
		{"variance along 1", 3, func() { m.Var(Axis(1)) }},
		{"peak to peak", 2, func() { a.Ptp() }},
		{"cumsum of strided", 1, func() { s.CumSum() }},
		{"cumsum along 0", 1, func() { m.CumSum(Axis(0)) }},
		{"Accumulate", 1, func() { Maximum.Accumulate(a) }},
		{"argmax of strided", 1, func() { s.ArgMax() }},
		{"argmin of turned", 1, func() { turned.ArgMin() }},
		{"count of strided", 1, func() { s.CountNonzero() }},
		{"median", 1, func() { a.Median() }},
		{"median of strided", 1, func() { s.Median() }},
		{"sum along the middle", 1, func() { k.Sum(Axis(1)) }},
		{"mean of ints along 1", 1, func() { ints.Mean(Axis(1)) }},
		{"masked sum", 1, func() { a.Sum(Where(mask)) }},
		{"argmax along the middle", 1, func() { k.ArgMax(Axis(1)) }},
		{"ReduceAt", 1, func() { Add.ReduceAt(a, index) }},
		{"Reduce", 1, func() { Add.Reduce(a) }},
	} {
		if n := testing.AllocsPerRun(100, c.call); n > c.most {
			t.Errorf("%s makes %v objects, want %v", c.name, n, c.most)
		}
	}
}
