package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/internal/elementary"
)

// TestPowerCases: bases that are negative, zero, infinite, tiny or no number, with every
// exponent, in the company of one another: what the special ones are is exact, the rest
// within a unit of the last place of the Go function.
func TestPowerCases(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	xs := []float64{0, math.Copysign(0, -1), 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e30, -1e30, 1e-30, -1e-30, 0x1p-149, -0x1p-149, 0x1p-1074, -0x1p-1040, inf, -inf, nan, math.Nextafter(1, 2)}
	ys := []float64{0, math.Copysign(0, -1), 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -2.5, 101, -101, 0x1p24 + 1, 0x1p53, -0x1p60, 1e300, inf, -inf, nan, 1e-300}
	n := len(xs) * len(ys)
	x, y, got := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		x[i], y[i] = xs[i/len(ys)], ys[i%len(ys)]
	}
	same := func(got, want, ulp float64) bool {
		switch {
		case math.IsNaN(want):
			return math.IsNaN(got)
		case want == 0 || math.IsInf(want, 0):
			return got == want && math.Signbit(got) == math.Signbit(want)
		}
		return math.Abs(got-want) <= ulp
	}
	f := func(v []float64) unsafe.Pointer { return unsafe.Pointer(&v[0]) }
	defer SetLevel(CurrentLevel())
	rng := rand.New(rand.NewPCG(1, 2))
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for range 20 {
			tables[Power].Find(kF64, kF64).Binary(f(got), f(x), f(y), n)
			for i := range n {
				want := elementary.Pow(x[i], y[i])
				if !same(got[i], want, math.Nextafter(math.Abs(want), inf)-math.Abs(want)) {
					t.Fatalf("level %v: %v ** %v is %v, want %v", l, x[i], y[i], got[i], want)
				}
			}
			rng.Shuffle(n, func(i, j int) { x[i], x[j], y[i], y[j] = x[j], x[i], y[j], y[i] })
		}
		x32, y32, got32 := make([]float32, n), make([]float32, n), make([]float32, n)
		for range 20 {
			for i := range n {
				x32[i], y32[i] = float32(x[i]), float32(y[i])
			}
			tables[Power].Find(kF32, kF32).Binary(unsafe.Pointer(&got32[0]), unsafe.Pointer(&x32[0]), unsafe.Pointer(&y32[0]), n)
			for i := range n {
				want := float32(elementary.Pow(float64(x32[i]), float64(y32[i])))
				ulp := math.Nextafter32(float32(math.Abs(float64(want))), float32(inf)) - float32(math.Abs(float64(want)))
				if !same(float64(got32[i]), float64(want), float64(ulp)) {
					t.Fatalf("level %v: float32 %v ** %v is %v, want %v", l, x32[i], y32[i], got32[i], want)
				}
			}
			rng.Shuffle(n, func(i, j int) { x[i], x[j], y[i], y[j] = x[j], x[i], y[j], y[i] })
		}
	}
}
