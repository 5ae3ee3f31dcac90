package kernel

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestComplexFunctions holds the loops of elementary functions of complex numbers against
// the Go ones, which are held to the truth, on parts of like and of unlike magnitude.
func TestComplexFunctions(t *testing.T) {
	const n = 1 << 12
	r := rand.New(rand.NewPCG(15, 16))
	in, got, want := make([]byte, 16*n), make([]byte, 16*n), make([]byte, 16*n)
	atLevel(t, func(t *testing.T, _ Level) {
		for _, op := range []Op{Absolute, Sqrt, Exp, Log, Sinh, Cosh, Tanh, Sin, Cos, Tan, Sign, Log2, Log10, Log1p, Arcsin, Arccos, Arctan, Arcsinh, Arccosh, Arctanh, Exp2, Expm1} {
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
							if op == Log || op == Log2 || op == Log10 {
								y, x = math.Sincos(y)
								x *= 1 + math.Ldexp(r.NormFloat64(), -r.IntN(56))
							}
						case 2:
							if op == Arcsin || op == Arccos || op == Arctan || op == Arcsinh || op == Arccosh || op == Arctanh { // near branch points
								if x, y = 1+math.Ldexp(x, -r.IntN(70)), math.Ldexp(y, -r.IntN(300)); r.IntN(4) == 0 {
									x, y = math.Ldexp(x, r.IntN(270)-145), math.Ldexp(y, r.IntN(270)-145)
								}
								if r.IntN(2) == 0 {
									x, y = -y, x
								}
								if r.IntN(4) == 0 {
									x = math.Copysign(0, x)
								}
								if r.IntN(4) == 0 {
									y = math.Copysign(0, y)
								}
								break
							}
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

// TestComplexPowers does so for powers of every size of base and exponent, and around the
// points where a part of the result vanishes.
func TestComplexPowers(t *testing.T) {
	const n = 1 << 12
	r := rand.New(rand.NewPCG(19, 20))
	in, by, got, want := make([]complex128, n), make([]complex128, n), make([]byte, 16*n), make([]byte, 16*n)
	atLevel(t, func(t *testing.T, _ Level) {
		for turn := range 20 {
			for i := range n {
				scale, size := math.Ldexp(1, r.IntN(4)*r.IntN(60)-60), math.Ldexp(1, r.IntN(14)-10)
				in[i] = complex(scale*r.NormFloat64(), scale*r.NormFloat64())
				by[i] = complex(size*r.NormFloat64(), size*r.NormFloat64())
				switch r.IntN(6) {
				case 0:
					in[i] = complex(math.Abs(real(in[i])), 0)
				case 1:
					by[i] = complex(real(by[i]), 0)
				case 2: // near the unit circle
					s, c := math.Sincos(r.NormFloat64())
					in[i] = complex(c, s)
				case 3: // near a multiple of the right angle
					l := cmplx.Log(in[i])
					turn := math.Pi / 2 * float64(r.IntN(9)-4) * (1 + math.Ldexp(r.NormFloat64(), -r.IntN(50)))
					by[i] = complex(real(by[i]), (turn-imag(l)*real(by[i]))/real(l))
				}
				if turn%4 == 0 { // integers, and vectors of nothing else
					in[i] = complex(math.Ldexp(r.NormFloat64(), r.IntN(8)-4), math.Ldexp(float64(r.IntN(3)-1), r.IntN(8)-4))
					if by[i] = complex(float64(r.IntN(1<<(2*(turn/4)))), 0); r.IntN(30) == 0 {
						in[i] = complex(math.Copysign(0, r.NormFloat64()), math.Copysign(float64(r.IntN(2)), r.NormFloat64()))
					}
				}
			}
			for _, k := range []dtype.Kind{kC64, kC128} {
				x, y := unsafe.Pointer(&in[0]), unsafe.Pointer(&by[0])
				if k == kC64 {
					narrow := [2][]complex64{make([]complex64, n), make([]complex64, n)}
					for i := range n {
						narrow[0][i], narrow[1][i] = complex64(in[i]), complex64(by[i])
					}
					x, y = unsafe.Pointer(&narrow[0][0]), unsafe.Pointer(&narrow[1][0])
				}
				e, size := tables[Power].Find(k, k), itemSizes[k]
				e.Binary(first(got), x, y, n)
				twin(Power, e).Binary(first(want), x, y, n)
				for i := range n {
					if msg := nearby(k, got[i*size:], want[i*size:]); msg != "" {
						t.Fatalf("%v ** %v in %s: %s", in[i], by[i], letters[k], msg)
					}
				}
			}
		}
	})
}
