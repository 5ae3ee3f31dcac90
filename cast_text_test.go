package nd

import (
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Text goes to longer and shorter items of its kind as it stands there, wherever the items lie;
// one text that fills many is brought to their length once.
func TestTextWidths(t *testing.T) {
	lengths, most := []int{1, 2, 3, 5, 8, 12, 17, 33, 70, 130}, 130
	if testing.Short() { // an emulated processor takes half a minute for all
		lengths, most = []int{1, 3, 12, 70}, 20
	}
	for _, make := range []func(int) dtype.DType{dtype.Bytes, dtype.Str} {
		for _, from := range lengths {
			words := []string{}
			for i := range 300 {
				words = append(words, strings.Repeat(string(rune('a'+i%26)), i%(from+1)))
			}
			a := Of(words).AsType(make(from))
			for _, to := range lengths {
				dt := make(to)
				cut := func(s string) string { return s[:min(len(s), to)] }
				for name, v := range map[string]*Array{"dense": a, "stepped": a.Slice(Step(3)), "reversed": a.Slice(Step(-1)), "other order": a.AsType(a.DType().Swapped())} {
					b := v.AsType(dt)
					wide := Full(dtype.Bool, false, v.Len(), 2).AsType(dt) // items a step apart
					wide.Slice(All, I(1)).Assign(v)
					same := v.Equal(b)
					for i := range v.Len() {
						want := cut(v.At[string](i))
						if got := b.At[string](i); got != want {
							t.Fatalf("%s %s to %s, item %d: %q, want %q", name, v.DType(), dt, i, got, want)
						}
						if got := wide.At[string](i, 1); got != want || wide.At[string](i, 0) != cut("False") {
							t.Fatalf("%s %s to a step of %s, item %d: %q, want %q", name, v.DType(), dt, i, got, want)
						}
						if same.At[bool](i) != (want == v.At[string](i)) {
							t.Fatalf("%s %s == %s, item %d", name, v.DType(), dt, i)
						}
					}
				}
				for _, one := range []*Array{a.Slice(I(min(3, from))), Scalar(7)} {
					want := cut(one.AsType(make(70)).At[string]())
					for n := range most {
						z := Zeros(dt, n, 2)
						z.Slice(All, I(0)).Assign(one)
						y := Zeros(dt, n)
						y.Assign(one)
						for i := range n {
							if z.At[string](i, 0) != want || z.At[string](i, 1) != "" || y.At[string](i) != want {
								t.Fatalf("%s to %d of %s: %q", one.DType(), n, dt, z.At[string](i, 0))
							}
						}
					}
				}
			}
			if got := a.CountNonzero().Item[int](); got != 300-a.Equal(Scalar("").AsType(make(1))).CountNonzero().Item[int]() {
				t.Fatalf("%d of %s are not empty", got, a.DType())
			}
		}
	}
}
