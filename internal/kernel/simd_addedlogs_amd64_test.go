package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestAddedLogs holds the loops against the Go ones where sums cancel, to the last place:
// there the rounding of every step decides the result.
func TestAddedLogs(t *testing.T) {
	const n = 1 << 14
	r := rand.New(rand.NewPCG(11, 12))
	x, y, got, want := make([]byte, 8*n), make([]byte, 8*n), make([]byte, 8*n), make([]byte, 8*n)
	atLevel(t, func(t *testing.T, _ Level) {
		for _, op := range []Op{Logaddexp, Logaddexp2} {
			for _, k := range []dtype.Kind{kF32, kF64} {
				e, size := tables[op].Find(k, k), itemSizes[k]
				for range 30 {
					for i := range n {
						far := math.Ldexp(r.Float64(), r.IntN(12)-7)
						a := -math.Log1p(math.Exp(-far)) * (1 + math.Ldexp(r.NormFloat64(), -r.IntN(50))) // the result is about 0
						if r.IntN(4) == 0 {
							a = r.NormFloat64()
						}
						b := a - far
						if r.IntN(2) == 0 {
							a, b = b, a
						}
						if k == kF64 {
							items[float64](first(x), n)[i], items[float64](first(y), n)[i] = a, b
						} else {
							items[float32](first(x), n)[i], items[float32](first(y), n)[i] = float32(a), float32(b)
						}
					}
					e.Binary(first(got), first(x), first(y), n)
					twin(op, e).Binary(first(want), first(x), first(y), n)
					for i := range n {
						if msg := nearby(k, got[i*size:], want[i*size:]); msg != "" {
							t.Fatalf("%v %s of %v and %v: %s", op, letters[k], number(k, x[i*size:]), number(k, y[i*size:]), msg)
						}
					}
				}
			}
		}
	})
}
