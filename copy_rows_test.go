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

// TestCopyOfSmallMatrices turns, reverses and cuts stacks of small matrices, which go item by
// item of many of them, or row by row without a call.
func TestCopyOfSmallMatrices(t *testing.T) {
	counts := []int{7, 40}
	if testing.Short() {
		counts = counts[:1]
	}
	for _, dt := range []dtype.DType{dtype.Uint8, dtype.Int16, dtype.Float32, dtype.Float64, dtype.Complex128, dtype.MustParse("S3"), dtype.MustParse("U5"), dtype.MustParse(">i4")} {
		for _, n := range counts {
			for _, s := range [][2]int{{2, 2}, {2, 9}, {3, 3}, {3, 4}, {4, 4}, {5, 7}, {8, 3}, {17, 2}} {
				wide := Arange(2*n*s[0]*s[1]*2).Remainder(251).AsType(dt).Reshape(2, n, s[0], 2*s[1])
				for name, a := range map[string]*Array{
					"turned": wide.Transpose(0, 1, 3, 2), "reversed": wide.Flip(1, 2, 3), "cut": wide.Slice(All, Step(2), From(1), To(s[1])), "turned cut": wide.Slice(All, Step(-1), All, Step(2)).Transpose(0, 1, 3, 2),
					"turned about the stack": wide.Transpose(1, 0, 3, 2), "behind": wide.Transpose(0, 3, 1, 2),
				} {
					c := a.Copy(C)
					d := c.Shape()
					room := Zeros(dt, d[0], d[1], d[2], 2*d[3])
					half := room.Slice(Ellipsis, Step(2))
					half.Assign(a)
					for at := range c.Size() {
						k, i, j, l := at/(d[1]*d[2]*d[3]), at/(d[2]*d[3])%d[1], at/d[3]%d[2], at%d[3]
						want := a.Slice(I(k), I(i), I(j), I(l)).ArrayEqual
						if !want(c.Slice(I(k), I(i), I(j), I(l))) || !want(half.Slice(I(k), I(i), I(j), I(l))) {
							t.Fatalf("%v, %d matrices of %v %s: wrong at [%d,%d,%d,%d]", dt, n, s, name, k, i, j, l)
						}
					}
					if !room.Slice(Ellipsis, From(1, 2)).ArrayEqual(Zeros(dt, d...)) {
						t.Fatalf("%v, %d matrices of %v %s: items between are written", dt, n, s, name)
					}
				}
			}
		}
	}
}
