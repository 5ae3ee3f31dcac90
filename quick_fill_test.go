package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestNumbersFillLayouts: a Go number that is assigned, or fills, writes what an array of it
// of the dtype does, in every layout, and nothing beside it.
func TestNumbersFillLayouts(t *testing.T) {
	for _, name := range []string{"?", "i1", "u2", ">i2", "i4", "u8", "f2", "f4", "f8", ">f8", "c8", "c16"} {
		dt := dtype.MustParse(name)
		for _, view := range []func(a *Array) *Array{
			func(a *Array) *Array { return a },
			func(a *Array) *Array { return a.Slice(All, Step(2)) },
			func(a *Array) *Array { return a.Slice(R(1, 5), R(2, 9)) },
			func(a *Array) *Array { return a.T() },
			func(a *Array) *Array { return a.Flip() },
			func(a *Array) *Array { return a.Slice(I(3)) },
			func(a *Array) *Array { return a.Slice(All, I(1)) },
			func(a *Array) *Array { return a.Slice(I(2), I(2)) },
			func(a *Array) *Array { return a.Slice(R(0, 0)) },
		} {
			numbers := []func(a *Array, fill bool){
				func(a *Array, fill bool) { put(a, 1, fill) }, func(a *Array, fill bool) { put(a, 0, fill) },
				func(a *Array, fill bool) { put(a, 2.5, fill) }, func(a *Array, fill bool) { put(a, true, fill) },
			}
			values := []*Array{Of([]int64{1}), Of([]int64{0}), Of([]float64{2.5}), Of([]bool{true})}
			for i, number := range numbers {
				for _, fill := range []bool{false, true} {
					got, want := Full(dt, 1, 7, 11).Multiply(Arange(77).Remainder(2).Reshape(7, 11)).AsType(dt), Empty(dt, 7, 11)
					want.Assign(got)
					number(view(got), fill)
					view(want).Assign(values[i].AsType(dt))
					if !got.ArrayEqual(want) {
						t.Fatalf("%s, number %d, fill %v: %v, want %v", name, i, fill, got, want)
					}
				}
			}
		}
	}
}

func put[T Operand](a *Array, x T, fill bool) {
	if fill {
		a.Fill(x)
	} else {
		a.Assign(x)
	}
}
