//go:build unix

package gemm

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestShortRows compares rows that follow one another, of which there are loops that take
// many at a time, with rows that lie in other ways: bit for bit, the order of sums is one.
func TestShortRows(t *testing.T) {
	fences := [4]fence{newFence(t, 1<<14), newFence(t, 1<<14), newFence(t, 1<<14), newFence(t, 1<<14)}
	r := rand.New(rand.NewPCG(3, 4))
	settings(t, func(t *testing.T) {
		for k := range 7 {
			for m := 1; m < 150; m++ {
				shortRowsOf(t, dtype.KindFloat32, fences, m, k, r, math.Float32bits, func() float32 { return float32(oneOf(r)) })
				shortRowsOf(t, dtype.KindFloat64, fences, m, k, r, math.Float64bits, func() float64 { return oneOf(r) })
			}
		}
	})
}

// oneOf returns a number, sometimes one that is special.
func oneOf(r *rand.Rand) float64 {
	if r.IntN(50) == 0 {
		return []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), 1e-310, math.MaxFloat32}[r.IntN(6)]
	}
	return r.NormFloat64()
}

func shortRowsOf[T float32 | float64, B comparable](t *testing.T, kind dtype.Kind, fences [4]fence, m, k int, r *rand.Rand, bits func(T) B, item func() T) {
	t.Helper()
	size := int(unsafe.Sizeof(T(0)))
	atEnd := r.IntN(2) == 0
	a := places[0].put(fences[0], m, k, size, atEnd)
	other := places[[]int{2, 5, 7}[r.IntN(3)]]
	if k == 1 { // a column, which may be weighted by the one number: zeros keep their signs then
		other = places[2]
	}
	apart := other.put(fences[1], m, k, size, atEnd)
	x := places[0].put(fences[2], k, 1, size, atEnd)
	fill(a, m, k, func(int, int) T { return item() })
	fill(apart, m, k, func(i, j int) T { return *(*T)(a.at(i, j)) })
	fill(x, k, 1, func(int, int) T { return item() })
	var c [2]Matrix
	c[0] = places[0].put(fences[3], m, 1, size, atEnd)
	Mul(kind, c[0], a, x, m, 1, k)
	out := make([]T, m)
	c[1] = Matrix{unsafe.Pointer(&out[0]), size, size}
	Mul(kind, c[1], apart, x, m, 1, k)
	for i := range m {
		if got, want := *(*T)(c[0].at(i, 0)), out[i]; bits(got) != bits(want) && !(isNaN(got) && isNaN(want)) {
			t.Fatalf("%v %d×%d: row %d is %v, %v where the rows lie otherwise", kind, m, k, i, got, want)
		}
		if got, want := *(*T)(c[0].at(i, 0)), naive[T](a, x, i, 0, k); math.Abs(float64(got-want)) > 1e-5*max(1, math.Abs(float64(want))) {
			t.Fatalf("%v %d×%d: row %d is %v, want %v", kind, m, k, i, got, want)
		}
	}
}

// TestPairsOfRows holds many inner products against each by itself, bit for bit, with
// the rows of one side in either direction, or the same again and again.
func TestPairsOfRows(t *testing.T) {
	fences := [2]fence{newFence(t, 1<<14), newFence(t, 1<<14)}
	r := rand.New(rand.NewPCG(7, 8))
	settings(t, func(t *testing.T) {
		for depth := range 20 {
			for count := 1; count < 40; count++ {
				pairsOf(t, dtype.KindFloat32, fences, count, depth, r, math.Float32bits, func() float32 { return float32(oneOf(r)) })
				pairsOf(t, dtype.KindFloat64, fences, count, depth, r, math.Float64bits, func() float64 { return oneOf(r) })
			}
		}
	})
}

func pairsOf[T float32 | float64, B comparable](t *testing.T, kind dtype.Kind, fences [2]fence, count, depth int, r *rand.Rand, bits func(T) B, item func() T) {
	t.Helper()
	size := int(unsafe.Sizeof(T(0)))
	lay := func() place { return places[[]int{0, 2, 4, 8}[r.IntN(4)]] }
	a, b := lay().put(fences[0], count, depth, size, true), lay().put(fences[1], count, depth, size, r.IntN(2) == 0)
	fill(a, count, depth, func(int, int) T { return item() })
	fill(b, count, depth, func(int, int) T { return item() })
	got, want := make([]T, count), make([]T, count)
	MulEach(kind, count, [3]int{size, a.Row, b.Row}, Matrix{unsafe.Pointer(&got[0]), size, size}, a, Matrix{b.P, size, size}, 1, 1, depth)
	for i := range count {
		Mul(kind, Matrix{unsafe.Pointer(&want[i]), size, size}, a.from(i, 0), Matrix{b.at(i, 0), size, size}, 1, 1, depth)
		if bits(got[i]) != bits(want[i]) && !(isNaN(got[i]) && isNaN(want[i])) {
			t.Fatalf("%v, %d rows of %d: row %d is %v, by itself %v", kind, count, depth, i, got[i], want[i])
		}
	}
}
