package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// TestTurnedOperands holds operations on transposed operands, which come through blocks of
// several rows, against the same on copies: shapes below and above a tile, a band and a
// block, operands of one dtype and of two, one turned and both, in a stack.
func TestTurnedOperands(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	for l := kernel.LevelGo; l <= kernel.BestLevel(); l++ {
		kernel.SetLevel(l)
		for _, d := range []dtype.DType{dtype.Bool, dtype.Int16, dtype.Int32, dtype.Float16, dtype.Float64, dtype.Complex128, dtype.Int32.NewByteOrder('>')} {
			for _, e := range []dtype.DType{d, dtype.Float64, dtype.Uint8} {
				for _, shape := range [][2]int{{8, 8}, {9, 17}, {31, 31}, {16, 200}, {130, 70}, {300, 330}, {33, 1100}, {1100, 33}} {
					m, n := shape[0], shape[1]
					items := Arange(2 * m * n).Multiply(7919).Remainder(101)
					a := items.AsType(d).Reshape(2, m, n)
					b := items.Flip().AsType(e).Reshape(2, n, m)
					turned := a.SwapAxes(1, 2)
					plain := turned.Copy()
					what := fmt.Sprintf("%v, %v and %v, %d × %d", l, d, e, m, n)
					same := func(how string, got, want *Array) {
						if !got.ArrayEqual(want) {
							t.Fatalf("%s, %s", what, how)
						}
					}
					same("a stack", turned.Add(b), plain.Add(b))
					x, y, z := turned.Slice(I(0)), plain.Slice(I(0)), b.Slice(I(1))
					same("a matrix", x.Multiply(z), y.Multiply(z))
					same("the second", z.Multiply(x), z.Multiply(y))
					same("compared", x.Less(z), y.Less(z))
					out, other := Zeros(d.Native(), n, m), turned.Slice(I(1))
					x.Add(other, Out(out))
					same("both", out, y.Add(plain.Slice(I(1))))
				}
			}
		}
	}
}
