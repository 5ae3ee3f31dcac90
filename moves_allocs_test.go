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
	truth, rows, cols, places := Of([]bool{true, false, true}), Of([]int64{2, 0}), Of([]int64{1, 3}), Arange(10)
	rec := Zeros(typed("[('a', '<i4'), ('b', '<f8')]"), 3)
	grid, two := rows.Reshape(2, 1), Arange(2.0)
	s := a.Repeat(2).Slice(Step(2))
	m := Arange(12.0).Reshape(3, 4)
	w, pair, times := m.Copy(), []*Array{Arange(5.0), Arange(5.0)}, Arange(3)
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
		{"AssignWhere of a number", 0, func() { b.AssignWhere(1, mask) }},
		{"AssignWhere of an array", 0, func() { b.AssignWhere(a, mask) }},
		{"PutMask", 0, func() { b.PutMask(mask, a) }},
		{"a[mask]", 1, func() { r = a.Pick(By(mask)) }},
		{"a[mask] of strided items", 1, func() { r = s.Pick(By(mask)) }},
		{"a[mask] = number", 0, func() { b.SetPick(1, By(mask)) }},
		{"m[truth of rows]", 1, func() { r = m.Pick(By(truth)) }},
		{"m[rows]", 1, func() { r = m.Pick(By(rows)) }},
		{"m[:, columns]", 2, func() { r = m.Pick(All, By(rows)) }},
		{"m[rows, columns]", 1, func() { r = m.Pick(By(rows), By(cols)) }},
		{"m[1, columns]", 1, func() { r = m.Pick(I(1), By(cols)) }},
		{"m[grid]", 1, func() { r = m.Pick(By(grid), By(cols)) }},
		{"a[places] = array", 0, func() { b.SetPick(a, By(places)) }},
		{"m[rows] = number", 0, func() { w.SetPick(1.5, By(rows)) }},
		{"m[:, columns] = number", 0, func() { w.SetPick(1.5, All, By(rows)) }},
		{"m[rows, columns] = number", 0, func() { w.SetPick(1.5, By(rows), By(cols)) }},
		{"m[rows, columns] = array", 0, func() { w.SetPick(two, By(rows), By(cols)) }},
		{"Concatenate", 1, func() { r = Concatenate(pair) }},
		{"Stack", 1, func() { r = Stack(pair) }},
		{"VStack", 1, func() { r = VStack(pair) }},
		{"HStack", 1, func() { r = HStack(pair) }},
		{"ColumnStack", 1, func() { r = ColumnStack(pair) }},
		{"Append", 2, func() { r = Append(pair[0], pair[1], 0) }},
		{"Repeat", 1, func() { r = pair[0].Repeat(2) }},
		{"Repeat each", 1, func() { r = truth.Repeat(times) }},
		{"Sort", 0, func() { b.Sort() }},
		{"Sorted", 1, func() { r = Sorted(a) }},
		{"ArgSort", 1, func() { r = a.ArgSort() }},
		{"Full", 1, func() { r = Full(dtype.Float64, 2.5, 10) }},
		{"OnesLike", 1, func() { r = OnesLike(a) }},
		{"Diagonal", 1, func() { r = m.Diagonal(0) }},
		{"Squeeze", 2, func() { r = a.Reshape(1, 10).Squeeze() }},
		{"View of another size", 1, func() { r = a.View(dtype.Int32) }},
		{"Subscript", 1, func() { r = a.Subscript(R(2, 5)) }},
		{"SetSubscript, which makes a view", 1, func() { b.SetSubscript(2.5, R(2, 5)) }},
		{"Take strided", 1, func() { r = s.Take(places) }},
		{"Take along an axis", 2, func() { r = m.Take(rows, Axis(1)) }},
		{"Roll, which is reshaped", 2, func() { r = a.Roll(2) }},
		{"Where strided", 1, func() { r = mask.Where(a, s) }},
		{"Where of two dtypes", 1, func() { r = mask.Where(a, places) }},
		{"Field", 1, func() { r = rec.Field("a") }},
	} {
		c.call()
		if got := testing.AllocsPerRun(100, c.call); got > c.want {
			t.Errorf("%s: %v allocations, want %v", c.name, got, c.want)
		}
	}
	_, _ = r, list
}
