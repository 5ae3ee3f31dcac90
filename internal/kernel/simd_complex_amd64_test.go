package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestComplexFunctions holds the loops of elementary functions of complex numbers against
// the Go ones, which are held to the truth, on parts of like and of unlike magnitude.
func TestComplexFunctions(t *testing.T) {
	const n = 1 << 12
	r := rand.New(rand.NewPCG(15, 16))
	in, got, want := make([]byte, 16*n), make([]byte, 16*n), make([]byte, 16*n)
	atLevel(t, func(t *testing.T, _ Level) {
		for _, op := range []Op{Absolute, Sqrt, Exp, Log, Sinh, Cosh, Tanh, Sin, Cos, Tan} {
			for _, k := range []dtype.Kind{kC64, kC128} {
				e, size := tables[op].Find(k), itemSizes[k]
				for range 20 {
					for i := range n {
						x, y := r.NormFloat64(), r.NormFloat64()
						switch r.IntN(4) {
						case 0:
							x, y = math.Ldexp(x, r.IntN(60)-30), math.Ldexp(y, r.IntN(60)-30)
						case 1:
							x, y = 100*x, 1000*y
						case 3: // near the unit circle
							if op == Log {
								y, x = math.Sincos(y)
								x *= 1 + math.Ldexp(r.NormFloat64(), -r.IntN(56))
							}
						case 2:
							y = math.Pi / 2 * float64(r.IntN(9)-4) * (1 + math.Ldexp(y, -r.IntN(60)))
						}
						if k == kC128 {
							items[cx[float64]](first(in), n)[i] = cx[float64]{x, y}
						} else {
							items[cx[float32]](first(in), n)[i] = cx[float32]{float32(x), float32(y)}
						}
					}
					e.Unary(first(got), first(in), n)
					twin(op, e).Unary(first(want), first(in), n)
					osize := itemSizes[e.Out[0]]
					for i := range n {
						if msg := nearby(e.Out[0], got[i*osize:], want[i*osize:]); msg != "" {
							t.Fatalf("%v %s of % x: %s", op, letters[k], in[i*size:][:size], msg)
						}
					}
				}
			}
		}
	})
}

// TestComplexClasses holds isnan, isinf and isfinite against the Go loops, at lengths about
// those of pieces, before a fence.
func TestComplexClasses(t *testing.T) {
	in, out := newFence(t), newFence(t)
	r := rand.New(rand.NewPCG(17, 18))
	atLevel(t, func(t *testing.T, _ Level) {
		for _, op := range []Op{Isnan, Isinf, Isfinite} {
			for _, k := range []dtype.Kind{kC64, kC128} {
				hardItems(in, k, r)
				for n := 0; n < 2*classPiece+70; n += 1 + r.IntN(3) {
					e, got, want := tables[op].Find(k), out.last(n), make([]byte, n)
					a := first(in.last(n * itemSizes[k]))
					e.Unary(first(got), a, n)
					twin(op, e).Unary(first(want), a, n)
					if !same(t, op.String()+" "+letters[k], kBool, got, want) {
						break
					}
				}
			}
		}
	})
}
