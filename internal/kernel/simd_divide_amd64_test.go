package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestFmodIsExact holds the loops against math.Mod, on quotients of every size, near
// integers, and where the loops give up.
func TestFmodIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const n = 1 << 12
	x, y, got := make([]float64, n), make([]float64, n), make([]float64, n)
	x4, y4, got4 := make([]float32, n), make([]float32, n), make([]float32, n)
	atLevel(t, func(t *testing.T, _ Level) {
		for range 20 {
			for i := range n {
				y[i] = math.Ldexp(1+r.Float64(), r.IntN(40)-20)
				x[i] = math.Ldexp(1+r.Float64(), r.IntN(400)-200)
				switch r.IntN(4) {
				case 0: // a multiple, nearly
					x[i] = y[i] * math.Trunc(math.Ldexp(r.Float64(), r.IntN(60)))
				case 1:
					x[i] = math.Nextafter(y[i]*float64(r.IntN(1<<20)), 0)
				case 2:
					y[i] = math.Float64frombits(r.Uint64() >> r.IntN(64))
				}
				if r.IntN(2) == 0 {
					x[i] = -x[i]
				}
				x4[i], y4[i] = float32(x[i]), float32(y[i])
			}
			tables[Fmod].Find(kF64, kF64).Binary(unsafe.Pointer(&got[0]), unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0]), n)
			tables[Fmod].Find(kF32, kF32).Binary(unsafe.Pointer(&got4[0]), unsafe.Pointer(&x4[0]), unsafe.Pointer(&y4[0]), n)
			for i := range n {
				if want := math.Mod(x[i], y[i]); math.Float64bits(got[i]) != math.Float64bits(want) && (got[i] == got[i] || want == want) {
					t.Fatalf("fmod(%v, %v) = %v, want %v", x[i], y[i], got[i], want)
				}
				want := float32(math.Mod(float64(x4[i]), float64(y4[i])))
				if math.Float32bits(got4[i]) != math.Float32bits(want) && (got4[i] == got4[i] || want == want) {
					t.Fatalf("float32: fmod(%v, %v) = %v, want %v", x4[i], y4[i], got4[i], want)
				}
			}
		}
	})
}

// TestDivmodInPlace gives the two results the places of the operands in every way.
func TestDivmodInPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const n = roomBytes/4 + 77
	atLevel(t, func(t *testing.T, _ Level) {
		for _, kind := range []dtype.Kind{kF32, kF64} {
			e, bytes := tables[Divmod].Find(kind, kind), n*itemSizes[kind]
			a, b := make([]byte, bytes), make([]byte, bytes)
			hardItems(a, kind, r)
			hardItems(b, kind, r)
			quo, rem := make([]byte, bytes), make([]byte, bytes)
			twin(Divmod, e).Binary2(first(quo), first(rem), first(a), first(b), n)
			for i := range 9 {
				x, y, c, d := append([]byte(nil), a...), append([]byte(nil), b...), make([]byte, bytes), make([]byte, bytes)
				q, m := [][]byte{x, y, c}[i/3], [][]byte{x, y, d}[i%3]
				if i/3 == i%3 && i != 8 {
					continue // one place for both
				}
				e.Binary2(first(q), first(m), first(x), first(y), n)
				same(t, "quotient", kind, q, quo)
				same(t, "remainder", kind, m, rem)
			}
		}
	})
}

// TestDivisors holds common divisors and multiples against the Go loops, on numbers that have
// factors in common, neighbours of such, and neighbours of the greatest.
func TestDivisors(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	const n = 1 << 14
	in, got, want := [2][]byte{make([]byte, 8*n), make([]byte, 8*n)}, make([]byte, 8*n), make([]byte, 8*n)
	atLevel(t, func(t *testing.T, _ Level) {
		for _, op := range []Op{Gcd, Lcm} {
			for k := kI8; k <= kU64; k++ {
				e, size := tables[op].Find(k, k), itemSizes[k]
				for i := range n {
					common := r.Uint64() >> r.IntN(64)
					for _, b := range in {
						x := common * (r.Uint64() >> r.IntN(64))
						if r.IntN(8) == 0 {
							x = uint64(r.IntN(4)) - 2
						}
						if r.IntN(8) == 0 {
							x += 1 << (8*size - 1)
						}
						copy(b[i*size:][:size], unsafe.Slice((*byte)(unsafe.Pointer(&x)), 8)) // the low bytes
					}
				}
				e.Binary(first(got), first(in[0]), first(in[1]), n)
				twin(op, e).Binary(first(want), first(in[0]), first(in[1]), n)
				same(t, op.String()+" "+letters[k], k, got[:n*size], want[:n*size])
			}
		}
	})
}

// TestLongDivisionsAgreeWithTwins: of integers of 64 bits of every size, by ones of every
// size, among them the least and the greatest that become floats.
func TestLongDivisionsAgreeWithTwins(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	const n = 1<<12 + 3
	x, y, got, want := make([]uint64, n), make([]uint64, n), make([]byte, 8*n), make([]byte, 8*n)
	edges := [...]uint64{0, 1, 2, 3, 1<<51 - 1, 1 << 51, 1<<51 + 1, 1 << 52, 1 << 53, 1<<63 - 1, 1 << 63}
	atLevel(t, func(t *testing.T, _ Level) {
		for most := range 64 { // the sizes of neighbours are alike
			for i := range n {
				for _, p := range []*uint64{&x[i], &y[i]} {
					if *p = r.Uint64() >> (63 - r.IntN(most+1)); i%8 < 2 && most > 50 {
						*p = edges[r.IntN(len(edges))]
					}
					if r.IntN(2) == 0 {
						*p = -*p
					}
				}
				if i%5 == 0 {
					x[i] = y[i]*(r.Uint64()>>(63-r.IntN(most+1))) - uint64(r.IntN(2))
				}
			}
			for _, k := range []dtype.Kind{kI64, kU64} {
				if k == kU64 {
					for i := range n {
						if most < 63 {
							x[i], y[i] = max(x[i], -x[i])&(1<<63-1), max(y[i], -y[i])&(1<<63-1)
						}
						if i%2 == 0 {
							x[i], y[i] = x[i]>>(63-most), y[i]>>(63-most)
						}
					}
				}
				for _, op := range []Op{FloorDivide, Remainder, Fmod, Gcd, Lcm} {
					e := tables[op].Find(k, k)
					e.Binary(first(got), unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0]), n)
					twin(op, e).Binary(first(want), unsafe.Pointer(&x[0]), unsafe.Pointer(&y[0]), n)
					if !same(t, op.String()+" "+letters[k], k, got, want) {
						return
					}
				}
			}
		}
	})
}
