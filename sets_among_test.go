package nd

import (
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestIsInFew holds IsIn against a Go map: with so few values that all items are compared
// with each, with more, and with items that fill several blocks.
func TestIsInFew(t *testing.T) {
	numbers := Of([]float64{1, math.NaN(), math.Copysign(0, -1), 3, math.Inf(1), -2, 100, 7}).Tile(5000)
	words := Of([]string{"", "a", "ab", "ba", "ä", "ab\x00", "abc", "z"}).Tile(5000)
	whole := Of([]int64{1, -128, 3, 5, 127, -2, 100, 7}).Tile(5000)
	for _, a := range []*Array{whole.AsType(dtype.Int8), whole, whole.Multiply(1 << 40), numbers, numbers.AsType(dtype.Float16), words, numbers.AsType(dtype.Complex128), numbers.Reshape(100, 400).T()} {
		flat := a.Flatten()
		for _, n := range []int{1, 2, 7, fewText, fewText + 1, fewNumbers, fewNumbers + 1} {
			at := make([]int, n)
			for i := range at {
				at[i] = []int{0, 1, 2, 4}[i%4]
			}
			b := flat.Take(Of(at))
			in := map[string]bool{}
			for i := range n {
				v := b.Slice(I(i))
				in[v.String()] = v.Equal(v).Item[bool]() // NaN is not
			}
			got, not := IsIn(a, b).Flatten(), IsIn(a, b, Inverted()).Flatten()
			want := make([]bool, flat.Size())
			for i := range want {
				if want[i] = i >= 800 && want[i%800]; i < 800 {
					want[i] = in[flat.Slice(I(i)).String()]
				}
			}
			if !got.ArrayEqual(Of(want)) || !not.LogicalNot().ArrayEqual(Of(want)) {
				t.Errorf("%s %v among %s: got %s, want %s", a.DType(), a.Shape(), b, got, Of(want))
			}
		}
	}
}
