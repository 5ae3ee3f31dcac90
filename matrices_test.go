package nd

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/dtype"
)

func TestTriIsOneBelow(t *testing.T) {
	for _, k := range []string{"?", ">i4", "<f8", "<c16", "S2"} {
		for n := range 7 {
			for m := range 7 {
				for d := -8; d <= 8; d++ {
					a := Tri(dtype.MustParse(k), n, m, d)
					want := Arange(n).Reshape(n, 1).Add(d).GreaterEqual(Arange(m)).AsType(dtype.Int8).AsType(a.DType())
					if k == "S2" { // zeros are empty
						want = Zeros(a.DType(), n, m)
						want.AssignWhere(Full(a.DType(), 1), Arange(n).Reshape(n, 1).Add(d).GreaterEqual(Arange(m)))
					}
					if !a.ArrayEqual(want) || !a.flags.Has(CContiguous|OwnData|Writeable) {
						t.Fatalf("tri(%d, %d, %d, %s) = %v, want %v", n, m, d, k, a, want)
					}
				}
			}
		}
	}
	if err := Try(func() { Tri(dtype.Float64, 1<<31, 1<<31, 0) }); !errors.Is(err, ErrShape) && !errors.Is(err, ErrMemory) {
		t.Error(err)
	}
}
