package nd

import (
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Repeat with a number for each item is Take of the items' places, however far apart they lie
// and however long the slices along the axis are.
func TestRepeatEach(t *testing.T) {
	for _, text := range []string{"?", "u1", ">i2", "f4", "f8", "c16", "S3", "U5", "V7", "i4,f8", "S300"} {
		dt := dtype.MustParse(text)
		wide := Zeros(dt, 6, 1400, 2)
		raw := wide.View(dtype.Void(dt.ItemSize())).View(dtype.Uint8)
		raw.Assign(Arange(raw.Size()).Remainder(251).AsType(dtype.Uint8).Reshape(raw.Shape()...))
		if text == "?" {
			wide = raw.Greater(100)
		}
		for name, a := range map[string]*Array{"dense": wide, "stepped": wide.Slice(All, Step(-2)), "turned": wide.T()} {
			for axis := range 3 {
				for _, v := range []*Array{a, a.Slice(I(0), All, I(0)), a.Slice(All, I(0), All)} {
					if axis >= v.NDim() {
						continue
					}
					reps, places := []int64{}, []int64{}
					for i := range v.Dim(axis) {
						r := []int64{0, 1, 3, 2, 0, 9, 5, 4}[(i*i/3+i)%8]
						reps, places = append(reps, r), append(places, slices.Repeat([]int64{int64(i)}, int(r))...)
					}
					got, want := v.Repeat(Of(reps), Axis(axis)), v.Take(Of(places), Axis(axis))
					bytes := dtype.Void(max(1, dt.ItemSize()))
					if got.DType() != want.DType() || !slices.Equal(got.Shape(), want.Shape()) || !got.View(bytes).Equal(want.View(bytes)).AllTrue().Item[bool]() || !got.Flags().Has(CContiguous) {
						t.Fatalf("%s %s, axis %d of %v", text, name, axis, v.Shape())
					}
				}
			}
		}
	}
}
