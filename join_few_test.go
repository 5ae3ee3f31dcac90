package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// shown is what two results of one call must have in common.
func shown(a *Array) string {
	return fmt.Sprint(a.dtype, a.Shape(), a.Strides(), a.Flags(), a.bytesInC())
}

// Few arrays are joined as by the long way, which a given dtype asks for.
func TestJoinFew(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Uint8, dtype.Complex128, dtype.Int16.Swapped(), dtype.Float32} {
		long, err := dtype.ResultType(dtype.NotWeak, dt, dt)
		if err != nil {
			t.Fatal(err)
		}
		for one, a := range rowLayouts(dt, 3, 9) {
			for two, b := range rowLayouts(dt, 3, 9) {
				what := fmt.Sprint(dt, " ", one, " and ", two)
				pair := []*Array{a, b, a}
				calls := map[string]func(...Option) *Array{
					"concatenate":   func(o ...Option) *Array { return Concatenate(pair, o...) },
					"concatenate 1": func(o ...Option) *Array { return Concatenate(pair, append(o, Axis(1))...) },
					"stack":         func(o ...Option) *Array { return Stack(pair, o...) },
					"stack -1":      func(o ...Option) *Array { return Stack(pair, append([]Option{Axis(-1)}, o...)...) },
					"hstack":        func(o ...Option) *Array { return HStack(pair, o...) },
					"vstack":        func(o ...Option) *Array { return VStack(pair, o...) },
				}
				for name, call := range calls {
					var want, got string
					wrong := Try(func() { want = shown(call(DType(long))) })
					err := Try(func() { got = shown(call()) })
					if fmt.Sprint(err) != fmt.Sprint(wrong) || got != want {
						t.Errorf("%s of %s: %v %s, want %v %s", name, what, err, got, wrong, want)
					}
				}
			}
		}
	}
	line := Arange(3.0)
	if got := ColumnStack([]*Array{line, line}); got.String() != "[[0. 0.]\n [1. 1.]\n [2. 2.]]" {
		t.Error(got)
	}
	empty := Zeros(dtype.Float64, 0)
	if got := Concatenate([]*Array{empty, line, empty}); !got.ArrayEqual(line) {
		t.Error(got)
	}
}

// Items of few are repeated as by places that are taken.
func TestRepeatFew(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Uint8, dtype.Complex128, dtype.Int16.Swapped()} {
		for what, a := range rowLayouts(dt, 3, 9) {
			for axis := range a.NDim() {
				n := a.Dim(axis)
				for _, r := range []int{1, 2, 5, 40} {
					places := Arange(n * r).FloorDivide(r)
					want, got := a.Take(places, Axis(axis)), a.Repeat(r, Axis(axis))
					if shown(got) != shown(want) {
						t.Errorf("%s %s: %d on axis %d: %v, want %v", dt, what, r, axis, got, want)
					}
				}
				each := Arange(n).Remainder(3)
				var places []int64
				for i, r := range items[int64](each) {
					for range r {
						places = append(places, int64(i))
					}
				}
				want, got := a.Take(Of(places), Axis(axis)), a.Repeat(each, Axis(axis))
				if shown(got) != shown(want) {
					t.Errorf("%s %s: each on axis %d: %v, want %v", dt, what, axis, got, want)
				}
			}
		}
	}
	wantErr(t, Try(func() { Arange(3).Repeat(Of([]int64{1, -1, 2})) }), ErrValue)
}
