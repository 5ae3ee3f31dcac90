package kernel

import (
	"math"
	"testing"

	"github.com/stride-go/nd/float16"
)

// TestFrexpHalf: the parts of every float16 are those of its value.
func TestFrexpHalf(t *testing.T) {
	for b := range 1 << 16 {
		x := half(b)
		f, e := frexpHalf(x)
		m, k := math.Frexp(x.Float64())
		if want := float16.FromFloat64(m); f != want && !(x.IsNaN() && f.IsNaN()) || e != int32(k) {
			t.Errorf("%#04x: %#04x and %d, want %#04x and %d", b, uint16(f), e, uint16(want), k)
		}
	}
}
