package nd

import (
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestAtRows holds the operation at rows, some of them named twice, against one call for
// each row.
func TestAtRows(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for _, op := range []Binary{Add, Subtract, Multiply, Maximum, Minimum, LeftShift} {
		for _, dt := range []dtype.DType{dtype.Int8, dtype.Int32, dtype.Uint64, dtype.Float32, dtype.Float64, dtype.Float64.Swapped(), dtype.Complex64} {
			if op == LeftShift && !dt.IsInteger() {
				continue
			}
			for _, width := range []int{1, 2, 5, 40} {
				rows := make([]int64, 50)
				for i := range rows {
					rows[i] = r.Int64N(7)
				}
				b := Arange(len(rows)*width).Remainder(11).Reshape(len(rows), width).AsType(dt)
				for name, got := range map[string]*Array{
					"dense":    Ones(dt, 7, width),
					"stepped":  Ones(dt, 7, 2*width).Slice(All, Step(2)),
					"reversed": Ones(dt, 7, width).Slice(All, Step(-1)),
				} {
					want := got.Copy()
					op.At(got, b, By(Of(rows)))
					for i, k := range rows {
						row := want.Slice(I(int(k)))
						op.Call(row, b.Slice(I(i)), Out(row))
					}
					if !got.ArrayEqual(want) {
						t.Errorf("%s at %s rows of %d %s:\n%v\nwant\n%v", op.Name(), name, width, dt, got, want)
					}
				}
			}
		}
	}
}
