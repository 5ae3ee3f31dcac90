package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestFmod compares with package math over quotients of every size, and close
// to whole ones.
func TestFmod(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300000 {
		y := math.Ldexp(1+r.Float64(), r.IntN(40)-20)
		x := math.Ldexp(1+r.Float64(), r.IntN(1200)-200)
		if r.IntN(2) == 0 {
			x = y * float64(r.Int64N(1<<(1+r.IntN(54))))
			x = math.Nextafter(x, x+float64(r.IntN(3)-1))
		}
		if r.IntN(2) == 0 {
			x = -x
		}
		if r.IntN(2) == 0 {
			y = -y
		}
		got, want := fmod(x, y), math.Mod(x, y)
		if got != want || math.Signbit(got) != math.Signbit(want) {
			t.Fatalf("fmod(%v, %v) = %v, want %v", x, y, got, want)
		}
	}
}
