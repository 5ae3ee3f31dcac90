package nd

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/loop"
)

// assignsRows assigns src to arrays of dtype dt in all layouts by both ways, holds one against
// the other and what lies beside them, and returns how many went the short way.
func assignsRows(t *testing.T, what string, src *Array, dt dtype.DType, rows, cols int) (quick int) {
	t.Helper()
	short, long := rowLayouts(dt, rows, cols), rowLayouts(dt, rows, cols)
	for to, dst := range short {
		if !dst.Writeable() || !layoutFits(src.Shape(), dst.Shape()) {
			continue
		}
		if err := loop.Assign(long[to].operand(), src.operand()); err != nil {
			t.Fatal(err)
		}
		if quickAssignRows("test", dst, src, false) {
			quick++
		} else {
			dst.Assign(src)
		}
		if !bytes.Equal(dst.buf.UnsafeBytes(), long[to].buf.UnsafeBytes()) {
			t.Fatalf("%s, %d×%d, to %s: %v, want %v", what, rows, cols, to, dst, long[to])
		}
	}
	return quick
}

// Numbers that are cast, or whose bytes are turned round, between rows have one result by
// both ways, and nothing beside them changes.
func TestQuickCastRows(t *testing.T) {
	quick := 0
	for _, pair := range [][2]dtype.DType{
		{dtype.Float64, dtype.Float32}, {dtype.Int32, dtype.Float64}, {dtype.Float64, dtype.Int16}, {dtype.Complex128, dtype.Float64},
		{dtype.Uint8, dtype.Complex64}, {dtype.Bool, dtype.Float32}, {dtype.Float32, dtype.Bool}, {dtype.Float16, dtype.Float64},
		{dtype.Float64.Swapped(), dtype.Float64}, {dtype.Float64, dtype.Float64.Swapped()}, {dtype.Complex64.Swapped(), dtype.Complex64},
		{dtype.Int16.Swapped(), dtype.Float32.Swapped()}, {dtype.Int64, dtype.Uint16.Swapped()},
	} {
		for _, shape := range [][2]int{{3, 9}, {1, 20}, {12, 1}, {40, 3}, {2, 150}} {
			for from, src := range rowLayouts(pair[0], shape[0], shape[1]) {
				quick += assignsRows(t, fmt.Sprintf("%v from %s", pair, from), src, pair[1], shape[0], shape[1])
			}
		}
	}
	if quick < 2000 {
		t.Errorf("only %d went the short way", quick)
	}
	a := Arange(24.0).Reshape(4, 6)
	if b := a.View(dtype.Int64).Copy(); quickAssignRows("test", a.Slice(From(1)), a.View(dtype.Int64).Slice(To(-1)), false) || !a.View(dtype.Int64).ArrayEqual(b) {
		t.Error("rows that overlap went the short way")
	}
}

// Bytes that lie dense are turned round as those that lie apart, in a copy and in place.
func TestQuickSwap(t *testing.T) {
	for _, dt := range numericDTypes {
		for _, dt := range []dtype.DType{dt, dt.Swapped()} {
			a := Arange(12).AsType(dt).Reshape(3, 4)
			want := Zeros(dt, 6, 8).Slice(Step(2), Step(2))
			want.Assign(a)
			if quickSwap(want, want) && dt.ItemSize() > 1 {
				t.Error("items that lie apart went the short way")
			}
			want = want.ByteSwap(Out(want))
			for what, got := range map[string]*Array{
				"C": a.ByteSwap(), "F": a.Copy(F).ByteSwap(), "turned": a.T().ByteSwap().T(), "in place": a.ByteSwap(Out(a.Copy())),
				"from F to C": a.Copy(F).ByteSwap(Out(Zeros(dt, 3, 4))),
			} {
				if fmt.Sprint(got.bytesInC()) != fmt.Sprint(want.bytesInC()) {
					t.Errorf("%s %s: %v, want %v", dt, what, got, want)
				}
			}
		}
	}
	a := Arange(20)
	want := a.Slice(To(10)).Copy().ByteSwap()
	if got := a.Slice(To(10)).ByteSwap(Out(a.Slice(R(5, 15)))); !got.ArrayEqual(want) {
		t.Errorf("into what overlaps: %v, want %v", got, want)
	}
}
