package nd

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestInterpFindsItsPoints holds Interp against a look at every point: places in order, in
// reverse, at random, on points, outside and NaN; points that repeat, end in NaN, or are one.
func TestInterpFindsItsPoints(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	for _, n := range []int{1, 2, 3, 9, 500} {
		xp, fp := make([]float64, n), make([]float64, n)
		for i := range xp {
			xp[i], fp[i] = float64(rng.IntN(4*n))/8, float64(rng.IntN(100)-50)
		}
		slices.Sort(xp)
		if n == 9 {
			xp[8], fp[3], fp[4] = math.NaN(), math.Inf(1), math.Inf(1)
		}
		for _, m := range []int{0, 1, 63, 64, 65, 1000} {
			x := make([]float64, m)
			for i := range x {
				x[i] = (rng.Float64()*1.2 - 0.1) * float64(n) / 2
				switch rng.IntN(6) {
				case 0:
					x[i] = xp[rng.IntN(n)]
				case 1:
					x[i] = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[rng.IntN(3)]
				}
			}
			for range 3 {
				got := Interp(Of(append(x, 0)).Slice(To(m)), Of(xp), Of(fp))
				wide := Interp(Of(append(x, 0)).Slice(To(m)), Of(xp), Of(fp).Add(0i))
				for i, v := range x {
					want := lookAtAll(v, xp, fp)
					if y := got.At[float64](i); y != want && (y == y || want == want) {
						t.Fatalf("%d points, %d places: %v at %v, want %v", n, m, y, v, want)
					}
					y := real(wide.At[complex128](i))
					if d := math.Abs(y - want); !(d <= 1e-12*math.Abs(want)) && (y == y || want == want) && y != want {
						t.Fatalf("%d points, %d places: %v at %v, want %v", n, m, y, v, want)
					}
				}
				if slices.IsSorted(x) {
					slices.Reverse(x)
				} else {
					slices.Sort(x)
				}
			}
		}
	}
}

func lookAtAll(x float64, xp, fp []float64) float64 {
	n := len(xp)
	j := -1
	for k, p := range xp {
		if p <= x {
			j = k
		}
	}
	switch {
	case x > xp[n-1]:
		return fp[n-1]
	case x < xp[0] || n == 1:
		return fp[0]
	case x != x:
		return x
	case j == n-1 || xp[j] == x:
		return fp[j]
	}
	slope := (fp[j+1] - fp[j]) / (xp[j+1] - xp[j])
	y := float64(slope*(x-xp[j])) + fp[j]
	if y != y {
		if y = float64(slope*(x-xp[j+1])) + fp[j+1]; y != y && fp[j] == fp[j+1] {
			y = fp[j]
		}
	}
	return y
}
