package printing

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkRepr writes a thousand numbers, the most that print whole by default.
func BenchmarkRepr(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	floats := make([]float64, 1000)
	ints := make([]int64, 1000)
	for i := range floats {
		floats[i], ints[i] = r.NormFloat64(), r.Int64N(1000)
	}
	o := Default()
	b.Run("float64", func(b *testing.B) {
		a := of(b, floats)
		for b.Loop() {
			Repr(a, &o)
		}
	})
	b.Run("int64", func(b *testing.B) {
		a := of(b, ints)
		for b.Loop() {
			Repr(a, &o)
		}
	})
}
