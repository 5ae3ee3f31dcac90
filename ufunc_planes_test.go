package nd

import (
	"fmt"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestSmallPlanes holds operations on many small matrices, where an operand is broadcast over
// the rows or lies in steps, against those on dense copies.
func TestSmallPlanes(t *testing.T) {
	for _, n := range []int{1, 5, 8, 700} {
		for rows := 2; rows <= 9; rows += 1 {
			for cols := 1; cols <= 6; cols++ {
				x := Arange(n*rows*2*cols).Remainder(101).Reshape(n, rows, 2*cols)
				y := Arange(n*cols).Remainder(7).Add(1).Reshape(n, 1, cols)
				for _, dt := range []dtype.DType{dtype.Uint8, dtype.Float32, dtype.Float64.Swapped(), dtype.Complex128} {
					for name, x := range map[string]*Array{"dense": x.Slice(All, All, To(cols)).AsType(dt), "steps": x.AsType(dt).Slice(All, Step(-1), Step(2)), "int64": x.Slice(All, All, To(cols))} {
						y := y.AsType(dt)
						want := x.Copy().Add(y.BroadcastTo(n, rows, cols).Copy())
						what := fmt.Sprintf("%d planes of %d×%d %s, %s", n, rows, cols, dt, name)
						if got := x.Add(y); !got.ArrayEqual(want) || got.DType() != want.DType() {
							t.Fatalf("%s: %v, want %v", what, got, want)
						}
						wide := Zeros(want.DType(), n, rows, 3*cols)
						out := wide.Slice(All, All, Step(3))
						if x.Add(y, Out(out)); !out.ArrayEqual(want) || wide.CountNonzero().Item[int64]() != want.CountNonzero().Item[int64]() {
							t.Fatalf("%s, into steps: %v, want %v", what, out, want)
						}
						mask := x.Real().Remainder(3).NotEqual(0)
						got := want.Copy()
						got.Fill(1)
						if x.Add(y, Where(mask), Out(got)); !got.ArrayEqual(mask.Where(want, 1)) {
							t.Fatalf("%s, where: %v, want %v", what, got, want)
						}
					}
				}
				if got, want := x.Divide(y.Slice(All, All, To(1))), x.Copy().Divide(y.Slice(All, All, To(1)).BroadcastTo(x.Shape()...).Copy()); !got.ArrayEqual(want) {
					t.Fatalf("%d planes divided: %v, want %v", n, got, want)
				}
			}
		}
	}
}

func BenchmarkSmallPlanes(b *testing.B) {
	m, v := Ones(dtype.Float32, 1000, 3, 3), Ones(dtype.Float32, 1000, 1, 3)
	out := Zeros(dtype.Float32, 1000, 3, 3)
	for b.Loop() {
		m.Subtract(v, Out(out))
	}
}
