package nd

import (
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestCovIsSymmetric holds the covariances against the sums that they are, over the edges
// of a product's blocks: the matrix equals its conjugate transpose bit for bit, and is
// real on its diagonal.
func TestCovIsSymmetric(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, dt := range []dtype.DType{dtype.Float64, dtype.Complex128, dtype.Float32} {
		for _, shape := range [][2]int{{2, 3}, {5, 40}, {31, 31}, {33, 300}, {97, 131}, {150, 700}} {
			x := make([]complex128, shape[0]*shape[1])
			for i := range x {
				x[i] = complex(rng.NormFloat64(), rng.NormFloat64())
			}
			m := Of(x).Reshape(shape[0], shape[1])
			if !dt.IsComplex() {
				m = m.Real()
			}
			m = m.AsType(dt)
			c := Cov(m, nil)
			if !c.ArrayEqual(c.T().Conjugate()) {
				t.Errorf("%v of %v: the covariances are not symmetric", shape, dt)
			}
			if c.dtype.IsComplex() && Diag(c, 0).Imag().AnyTrue().Item[bool]() {
				t.Errorf("%v of %v: the variances are not real", shape, dt)
			}
			d := m.AsType(c.dtype)
			d = d.Subtract(d.Mean(Axis(1), KeepDims()))
			for i := range min(shape[0], 7) {
				want := d.Multiply(d.row(i).Conjugate()).Sum(Axis(1)).Divide(shape[1] - 1)
				if got := c.along("", 1, I(i)); !got.AllClose(want, Tolerances{Absolute: 1e-13}) {
					t.Errorf("%v of %v: column %d is not the sums of products", shape, dt, i)
				}
			}
		}
	}
}
