package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestTakeFewOfManyRows holds Take along inner axes against Pick, over rows that lie evenly
// and others, more of them than are gone through at a time.
func TestTakeFewOfManyRows(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Uint8, dtype.Int16, dtype.Float64, dtype.Complex128, dtype.Bytes(3)} {
		a := Arange(2*700*6*3).AsType(dt).Reshape(2, 700, 6, 3)
		for name, b := range map[string]*Array{
			"as it lies": a, "every second": a.Slice(All, Step(2)), "backwards": a.Slice(All, Step(-1)), "turned": a.Copy(F), "inner": a.Slice(All, To(600)),
			"one row apart": a.Slice(Step(-1), All, Step(2)), "broadcast": a.Slice(All, R(0, 1)).BroadcastTo(2, 700, 6, 3),
		} {
			for _, n := range []int{1, 2, 8, 9} {
				places := Arange(n).Multiply(5).Remainder(3)
				for axis := range 4 {
					index := []Idx{All, All, All, All}
					if axis == 0 {
						places = places.Remainder(2)
					}
					index[axis] = By(places)
					got, want := b.Take(places, Axis(axis)), b.Pick(index...)
					if !equalShape(got.Shape(), want.Shape()) || string(got.Copy(C).denseBytes()) != string(want.Copy(C).denseBytes()) {
						t.Fatalf("%v %s, %d places of axis %d: not what Pick gives", dt, name, n, axis)
					}
					if at := []int{1, b.Dim(1) - 1, 2, 1}; axis > 0 {
						from := append([]int(nil), at...)
						at[axis] = n - 1
						from[axis] = int(places.At[int64](n - 1))
						if dt == dtype.Float64 && got.At[float64](at...) != b.At[float64](from...) {
							t.Fatalf("%s, %d places of axis %d: item %v is not that of %v", name, n, axis, at, from)
						}
					}
				}
			}
		}
	}
}
