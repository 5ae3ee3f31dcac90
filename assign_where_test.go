package nd

import (
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestAssignWhereCasts holds AssignWhere between dtypes and layouts against Where:
// rows of several blocks, sources that are one item, swapped, stepped, reversed.
func TestAssignWhereCasts(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	const rows, n = 2, 3000
	kinds := []string{"?", "u1", "<i4", ">i4", "<f4", ">f8", "<f8", "<c16", "S5", "S9000"}
	for _, to := range kinds {
		for _, from := range kinds {
			toDT, fromDT := dtype.MustParse(to), dtype.MustParse(from)
			if toDT.IsNumeric() != fromDT.IsNumeric() {
				continue
			}
			n := n
			if toDT.ItemSize() > 100 || fromDT.ItemSize() > 100 {
				n = 5
			}
			digits := make([]int64, rows*2*n)
			for i := range digits {
				digits[i] = int64(rng.IntN(10))
			}
			wide := Of(digits).Reshape(rows, 2*n).AsType(fromDT)
			mask := Of(digits).Reshape(rows, 2*n).BitwiseAnd(1).AsType(dtype.Bool)
			for name, src := range map[string]*Array{
				"dense": wide.Slice(All, To(n)).Copy(), "stepped": wide.Slice(All, Step(2)), "reversed": wide.Slice(All, To(n)).Flip(),
				"row": wide.Slice(I(1), To(n)), "column": wide.Slice(All, R(3, 4)), "one": wide.Slice(I(0), I(0)),
			} {
				for k, on := range []*Array{mask.Slice(All, To(n)).Copy(), mask.Slice(All, Step(2)), mask.Slice(I(0), To(n)), Of(digits).Reshape(rows, 2*n).Slice(All, To(n)).Remainder(2)} {
					for _, dst := range []*Array{Zeros(toDT, rows, n), Zeros(toDT, rows, 2*n).Slice(All, Step(2)), Zeros(toDT, n, rows).T()} {
						dst.Assign(Full(dtype.Int8, 7, rows, n))
						want := dst.Copy()
						from, at := src.BroadcastTo(rows, n), on.AsType(dtype.Bool).BroadcastTo(rows, n)
						want.Assign(at.Where(from.AsType(toDT), want))
						if dst.AssignWhere(src, on, Casting(dtype.Unsafe)); !dst.ArrayEqual(want) {
							t.Fatalf("%s to %s: %s source, mask %d, strides %v", from.DType(), to, name, k, dst.lay.Strides)
						}
					}
				}
			}
		}
	}
}
