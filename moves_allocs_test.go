package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Moves of a few items allocate their result, and nothing else.
func TestMovesAllocate(t *testing.T) {
	if raceEnabled {
		t.Skip("pools drop what they hold at random")
	}
	var r *Array
	var list []*Array
	a := Arange(10.0)
	b, mask := Zeros(dtype.Float64, 10), a.Remainder(3).Equal(0)
	s := a.Repeat(2).Slice(Step(2))
	m := Arange(12.0).Reshape(3, 4)
	to4, sw := Zeros(dtype.Float32, 10), a.AsType(dtype.Float64.Swapped())
	for _, c := range []struct {
		name string
		want float64
		call func()
	}{
		{"cast strided items", 0, func() { to4.Assign(s) }},
		{"cast to strided items", 0, func() { s.Assign(to4) }},
		{"swap into", 0, func() { sw.Assign(a) }},
		{"swap in place", 0, func() { sw.ByteSwap(Out(sw)) }},
		{"fill", 0, func() { a.Fill(2.5) }},
		{"assign a number to every second item", 0, func() { s.Assign(1) }},
		{"AsType strided", 1, func() { r = s.AsType(dtype.Float32) }},
		{"AsType turned", 2, func() { r = m.T().AsType(dtype.Int32) }},
		{"AsType swapped", 1, func() { r = sw.AsType(dtype.Float64) }},
		{"ByteSwap", 1, func() { r = a.ByteSwap() }},
		{"Copy strided", 1, func() { r = s.Copy() }},
		{"Copy F", 1, func() { r = m.Copy(F) }},
		{"Copy K", 2, func() { r = m.T().Copy(K) }},
		{"T", 1, func() { r = m.T() }},
		{"SwapAxes", 1, func() { r = m.SwapAxes(0, 1) }},
		{"Transpose", 1, func() { r = m.Transpose(1, 0) }},
		{"NonZero", 3, func() { list = a.NonZero() }},
		{"NonZero strided", 3, func() { list = s.NonZero() }},
		{"NonZero of two axes", 5, func() { list = m.NonZero() }},
		{"FlatNonZero", 2, func() { r = a.FlatNonZero() }},
		{"ArgWhere", 1, func() { r = a.ArgWhere() }},
		{"ArgWhere of two axes, with a block of 176 bytes", 3, func() { r = m.ArgWhere() }},
		{"Compress", 2, func() { r = a.Compress(mask) }},
		{"Extract", 2, func() { r = Extract(mask, a) }},
		{"Place", 0, func() { b.Place(mask, a) }},
	} {
		c.call()
		if got := testing.AllocsPerRun(100, c.call); got > c.want {
			t.Errorf("%s: %v allocations, want %v", c.name, got, c.want)
		}
	}
	_, _ = r, list
}
