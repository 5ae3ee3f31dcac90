package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
)

// fewSubscripts are advanced ones of an array of two axes with three and four places or more.
func fewSubscripts() map[string][]Idx {
	rows, cols := Ints(2, 0, -1), Ints(1, 3, 0)
	grid := By(Of([]int64{2, 0}).Reshape(2, 1))
	wide := By(Of([]int32{1, -1}))
	far := By(Arange(6).Slice(Step(-3)))
	return map[string][]Idx{
		"rows": {rows}, "columns": {All, cols}, "both": {rows, cols}, "grid": {grid, cols}, "row": {I(1), cols}, "column": {rows, I(-1)},
		"part": {R(0, 2), cols}, "part of rows": {rows, R(1, 4, 2)}, "back": {rows, Step(-1)}, "other kind": {wide}, "apart": {far},
		"new axis": {NewAxis, rows}, "new axis between": {rows, NewAxis, cols}, "dots": {Ellipsis, cols}, "none": {By(Zeros(dtype.Int64, 0))},
		"two axes": {By(Of([]int64{0, 1, 2, 0}).Reshape(2, 2))}, "truth": {By(Of([]bool{true, false, true}))}, "truth of columns": {All, By(Of([]bool{true, false, true, true}))},
		"outside": {Ints(0, 3)}, "outside behind": {All, Ints(0, -5)}, "does not fit": {rows, wide}, "too many": {rows, rows, rows}, "twice": {Ints(1, 1, 1)},
		"nothing true": {By(Of([]bool{false, false, false}))},
	}
}

// A subscript of few places gives what it gives by the long way, and writes the same.
func TestFewSelected(t *testing.T) {
	text := func(f func() *Array) (s string) {
		if err := Try(func() {
			r := f()
			s = fmt.Sprint(r.dtype, r.Shape(), r.Strides(), r.Flags(), r.base == nil, r.bytesInC())
		}); err != nil {
			return err.Error()
		}
		return s
	}
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Uint8, dtype.Complex128, dtype.Int16.Swapped(), dtype.Bool} {
		for lay, a := range rowLayouts(dt, 3, 4) {
			if a.NDim() != 2 {
				continue
			}
			for what, index := range fewSubscripts() {
				want := text(func() *Array { return a.longPick(index) })
				if got := text(func() *Array { return a.Pick(index...) }); got != want {
					t.Errorf("%s %s %s: %s, want %s", dt, lay, what, got, want)
				}
				if !a.Writeable() {
					continue
				}
				for _, v := range []float64{1, 0, 200} {
					short, long := rowLayouts(dt, 3, 4)[lay], rowLayouts(dt, 3, 4)[lay]
					want := text(func() *Array { long.SetPick(Scalar(v), index...); return long })
					if got := text(func() *Array { short.SetPick(v, index...); return short }); got != want {
						t.Errorf("%s %s %s = %v: %s, want %s", dt, lay, what, v, got, want)
					}
				}
			}
		}
	}
}

// longPick is Pick with no way that is short: the places are found array by array.
func (a *Array) longPick(index []Idx) *Array {
	s := new(selection)
	a.selectItems("index", s, index)
	a.locateMany("index", s)
	runs, order := s.runs()
	dense, out := s.result("index", a.dtype, order)
	if len(s.places) > 0 && runs.Count > 0 {
		indexing.Gather(dense.ptr(), a.buf.Pointer(), a.ItemSize(), s.places, runs)
	}
	return out
}

// Items at which a mask is true are assigned as by the long way, whatever lies how.
func TestQuickAssignWhere(t *testing.T) {
	quick := 0
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Float32, dtype.Uint8, dtype.Complex128, dtype.Int16.Swapped(), dtype.Bool} {
		masks := rowLayouts(dtype.Bool, 3, 9)
		for lay := range masks {
			if !masks[lay].Writeable() || masks[lay].Size() != 27 {
				continue
			}
			masks[lay].Assign(Arange(27).Remainder(3).Reshape(3, 9))
			for to := range rowLayouts(dt, 3, 9) {
				for from, src := range rowLayouts(dt, 3, 9) {
					short, long := rowLayouts(dt, 3, 9)[to], rowLayouts(dt, 3, 9)[to]
					if short.Size() != 27 || !short.Writeable() || !layoutFits(src.Shape(), short.Shape()) {
						continue
					}
					src = src.Add(5).AsType(dt)
					assignWhere("copyto", long, src, masks[lay])
					if short.copyTrue("copyto", src, masks[lay]) {
						quick++
					} else {
						short.AssignWhere(src, masks[lay])
					}
					if !short.ArrayEqual(long) {
						t.Errorf("%s from %s to %s where %s: %v, want %v", dt, from, to, lay, short, long)
					}
				}
				for _, x := range []any{1, 0, -1, 2.5, true, 300} {
					short, long := rowLayouts(dt, 3, 9)[to], rowLayouts(dt, 3, 9)[to]
					if short.Size() != 27 || !short.Writeable() {
						continue
					}
					set := func(a *Array, opts ...Option) error {
						return Try(func() {
							switch x := x.(type) {
							case int:
								a.AssignWhere(x, masks[lay], opts...)
							case float64:
								a.AssignWhere(x, masks[lay], opts...)
							case bool:
								a.AssignWhere(x, masks[lay], opts...)
							}
						})
					}
					want, got := set(long, Casting(dtype.SameKind)), set(short)
					if fmt.Sprint(got) != fmt.Sprint(want) || !short.ArrayEqual(long) {
						t.Errorf("%s %s where %s = %v: %v %v, want %v %v", dt, to, lay, x, got, short, want, long)
					}
				}
			}
		}
	}
	if quick < 30 {
		t.Errorf("only %d went the short way", quick)
	}
	m := Of([]bool{true, false, true})
	m.AssignWhere(false, m)
	if m.AnyTrue().Item[bool]() {
		t.Error("a mask of itself")
	}
}
