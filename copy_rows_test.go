package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestCopyOfShortRows copies many rows of a few items, read in every direction, and written
// so: such rows go several at a time or without a call for each.
func TestCopyOfShortRows(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Uint8, dtype.Int16, dtype.Float32, dtype.Float64, dtype.Complex128, dtype.MustParse("S3"), dtype.MustParse("U10"), dtype.MustParse("U40")} {
		for n := 1; n <= 18; n++ {
			wide := Arange(50*2*n).Remainder(251).AsType(dt).Reshape(50, 2*n)
			for name, a := range map[string]*Array{
				"backwards": wide.Slice(All, R(n, 0, -1)), "every second": wide.Slice(All, Step(2)), "every second backwards": wide.Slice(Step(-1), Step(-2)), "apart": wide.Slice(All, To(n)),
			} {
				c, into := a.Copy(), ZerosLike(wide)
				half := into.Slice(All, Step(-2))
				half.Assign(a)
				for i := range 50 {
					for j := range n {
						want := a.Slice(I(i), I(j)).String()
						if got := c.Slice(I(i), I(j)).String(); got != want {
							t.Fatalf("%v, rows of %d %s: [%d,%d] is copied as %s, not %s", dt, n, name, i, j, got, want)
						}
						if got := half.Slice(I(i), I(j)).String(); got != want {
							t.Fatalf("%v, rows of %d %s: [%d,%d] is assigned as %s, not %s", dt, n, name, i, j, got, want)
						}
					}
				}
				if odd, zero := into.Slice(All, Step(2)), Zeros(dt, 50, n); !odd.Equal(zero).AllTrue().Item[bool]() {
					t.Fatalf("%v, rows of %d %s: items between are written", dt, n, name)
				}
			}
		}
	}
}
