package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// A call on few items allocates its results and nothing else, whatever the dtypes and the
// layout of its operands.
func TestCallsAllocate(t *testing.T) {
	if raceEnabled {
		t.Skip("pools forget under the race detector")
	}
	a, i := Arange(10.0), Arange(10).AsType(dtype.Int32)
	s, is := a.Repeat(2).Slice(Step(2)), i.Repeat(2).Slice(Step(2))
	swapped := a.AsType(dtype.Float64.Swapped())
	m, mi := a.Slice(To(9)).Reshape(3, 3), i.Slice(To(9)).Reshape(3, 3)
	row := a.Slice(To(3))
	deep := a.Slice(To(8)).Reshape(2, 2, 2)
	deepT := deep.Transpose(1, 0, 2)
	mask := i.Remainder(3).Equal(0)
	half, ints := Zeros(dtype.Float32, 10), Zeros(dtype.Int32, 10)
	c, d := Zeros(dtype.Float64, 10), Zeros(dtype.Float64, 10)
	first, turned := m.Slice(I(0)), m.T()
	var r, q *Array
	for _, k := range []struct {
		name string
		most float64
		call func()
	}{
		{"add into an output", 0, func() { a.Add(a, Out(c)) }},
		{"a number", 1, func() { r = a.Add(1) }},
		{"divide of strided integers into an output", 0, func() { is.Divide(is, Out(c)) }},
		{"log1p of swapped items into an output", 0, func() { swapped.Log1p(Out(c)) }},
		{"add to a mixture of strided items", 1, func() { r = is.Add(s) }},
		{"add where", 0, func() { a.Add(a, Out(c), Where(mask)) }},
		{"add where, fresh", 1, func() { r = a.Add(a, Where(mask)) }},
		{"add in another dtype", 1, func() { r = i.Add(i, DType(dtype.Float64)) }},
		{"add into another dtype", 0, func() { a.Add(a, Out(half)) }},
		{"add into swapped items", 0, func() { a.Add(a, Out(swapped)) }},
		{"a row that is a part of the output", 0, func() { m.Add(first, Out(m)) }},
		{"a row in place", 0, func() { m.Multiply(row, Out(m)) }},
		{"power of strided integers", 0, func() { is.Power(is, Out(ints)) }},
		{"divmod", 2, func() { r, q = a.DivMod(a) }},
		{"divmod of strided items into outputs", 0, func() { s.DivMod(s, Out(c, d)) }},
		{"modf of strided items", 2, func() { r, q = s.ModF() }},
		{"ldexp", 1, func() { r = a.LDExp(i) }},
		{"logaddexp of a turned matrix and another dtype", 1, func() { r = turned.LogAddExp(mi) }},
		{"three axes", 1, func() { r = deep.Add(deepT) }},
		{"sin of three axes", 1, func() { r = deepT.Sin() }},
		{"ldexp by a number", 1, func() { r = a.LDExp(3) }},
		{"divmod by a number", 2, func() { r, q = i.DivMod(3) }},
		{"comparison of strided integers with a float", 1, func() { r = is.Greater(1.5) }},
		{"clip of strided items", 1, func() { r = s.Clip(1, 3) }},
		{"clip of integers to floats, into an output", 0, func() { is.Clip(1.5, 3.5, Out(c)) }},
		{"where", 1, func() { r = mask.Where(s, is) }},
		{"where beside a number", 1, func() { r = mask.Where(0, i) }},
		{"logical_and of two dtypes", 1, func() { r = a.LogicalAnd(mask) }},
	} {
		if n := testing.AllocsPerRun(100, k.call); n > k.most {
			t.Errorf("%s: %v allocations, want %v", k.name, n, k.most)
		}
	}
	_, _ = r, q
}
