package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// plainItems fills b with items of kind k in one of several moods: what a search
// stops at must not be in every array.
func plainItems(b []byte, k dtype.Kind, mood int, r *rand.Rand) {
	switch mood {
	case 0:
		hardItems(b, k, r)
	case 1:
		clear(b)
	default: // small numbers; mood 2 without zeros, mood 3 of both signs and zeros of both signs,
		// mood 5 none above zero, among NaN
		n := len(b) / itemSizes[k]
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(r.IntN(100) + 1)
			if mood == 3 || mood == 5 {
				x[i] = float64(r.IntN(7) - 3)
				if x[i] == 0 && r.IntN(2) == 0 {
					x[i] = math.Copysign(0, -1)
				}
			}
			if mood == 4 {
				x[i] = -float64(r.IntN(1000)) / 8
			}
			if mood == 5 && (i < n/8 || r.IntN(3) == 0) {
				x[i] = math.NaN()
			} else if mood == 5 {
				x[i] = -math.Abs(x[i])
			}
		}
		if n > 0 {
			twins.casts[kF64][k](first(b), unsafe.Pointer(&x[0]), n)
		}
		switch k { // imaginary parts, among which real ones are equal
		case kC64:
			for i := range items[cx[float32]](first(b), n) {
				items[cx[float32]](first(b), n)[i].im = float32(smallParts[r.IntN(len(smallParts))])
			}
		case kC128:
			for i := range items[cx[float64]](first(b), n) {
				items[cx[float64]](first(b), n)[i].im = smallParts[r.IntN(len(smallParts))]
			}
		}
	}
}

var smallParts = []float64{0, math.Copysign(0, -1), 1, 2, -1, 1.5, -3}

var numericKinds = []dtype.Kind{kBool, kI8, kU8, kI16, kU16, kI32, kU32, kI64, kU64, kF16, kF32, kF64, kC64, kC128}

// TestReductionsAgreeWithTwins holds every fold and search against the Go loops: those
// for items in the caches, then those for long arrays.
func TestReductionsAgreeWithTwins(t *testing.T) {
	t.Run("near", reductionsAgreeWithTwins)
	t.Run("far", func(t *testing.T) {
		defer func(n int) { farBytes = n }(farBytes)
		farBytes = 0
		reductionsAgreeWithTwins(t)
	})
}

func reductionsAgreeWithTwins(t *testing.T) {
	in := newFence(t)
	r := rand.New(rand.NewPCG(3, 4))
	atLevel(t, func(t *testing.T, _ Level) {
		for _, k := range numericKinds {
			size := itemSizes[k]
			for mood := range 6 {
				plainItems(in, k, mood, r)
				for _, n := range append(lengths(), 4095, 4096, 16385, 33000, 65536) {
					if n*size > len(in) {
						continue
					}
					a := first(in.last(n * size))
					for _, op := range []Op{Add, Multiply, Maximum, Minimum, Fmax, Fmin, LogicalAnd, LogicalOr, LogicalXor, BitwiseAnd, BitwiseOr, BitwiseXor} {
						e := tables[op].Find(k, k)
						if e == nil || e.Reduce == nil {
							continue
						}
						var got, want [16]byte
						plainItems(got[:itemSizes[e.Out[0]]], e.Out[0], mood, r)
						if mood == 0 && n%2 == 0 {
							plainItems(got[:itemSizes[e.Out[0]]], e.Out[0], 2, r)
						}
						want = got
						start := got
						e.Reduce(unsafe.Pointer(&got), a, size, n)
						twin(op, e).Reduce(unsafe.Pointer(&want), a, size, n)
						if !same(t, fmt.Sprintf("%v %s mood %d n=%d from %x", op, letters[k], mood, n, start), e.Out[0], got[:], want[:]) {
							return
						}
					}
					s, tw := &searches[k], &twins.searches[k]
					if g, w := s.count(a, size, n), tw.count(a, size, n); g != w {
						t.Fatalf("count %s mood %d n=%d: %d, want %d", letters[k], mood, n, g, w)
					}
					if n > 0 {
						if g, w := s.argmax.Place(a, size, n), tw.argmax.Place(a, size, n); g != w {
							t.Fatalf("argmax %s mood %d n=%d: %d, want %d", letters[k], mood, n, g, w)
						}
						if g, w := s.argmin.Place(a, size, n), tw.argmin.Place(a, size, n); g != w {
							t.Fatalf("argmin %s mood %d n=%d: %d, want %d", letters[k], mood, n, g, w)
						}
					}
				}
			}
		}
	})
}

// TestSearchStopsAtEveryPlace puts one item that decides at each place.
func TestSearchStopsAtEveryPlace(t *testing.T) {
	in := newFence(t)
	atLevel(t, func(t *testing.T, _ Level) {
		for _, k := range numericKinds {
			size := itemSizes[k]
			n := 300
			b := in.last(n * size)
			a := first(b)
			for _, fill := range []float64{0, 1} {
				x := make([]float64, n)
				for at := -1; at < n; at++ {
					for i := range x {
						x[i] = fill
					}
					if at >= 0 {
						x[at] = 1 - fill
					}
					twins.casts[kF64][k](a, unsafe.Pointer(&x[0]), n)
					for _, op := range []Op{LogicalAnd, LogicalOr, Maximum, Minimum} {
						e := tables[op].Find(k, k)
						got := [16]byte{}
						copy(got[:], b[:itemSizes[e.Out[0]]])
						if op == LogicalAnd || op == LogicalOr {
							got[0] = byte(fill)
						}
						want := got
						e.Reduce(unsafe.Pointer(&got), a, size, n)
						twin(op, e).Reduce(unsafe.Pointer(&want), a, size, n)
						if got != want {
							t.Fatalf("%v %s of %v but at %d: %x, want %x", op, letters[k], fill, at, got, want)
						}
					}
					s, tw := &searches[k], &twins.searches[k]
					if g, w := s.argmax.Place(a, size, n), tw.argmax.Place(a, size, n); g != w {
						t.Fatalf("argmax %s at %d: %d, want %d", letters[k], at, g, w)
					}
					if g, w := s.argmin.Place(a, size, n), tw.argmin.Place(a, size, n); g != w {
						t.Fatalf("argmin %s at %d: %d, want %d", letters[k], at, g, w)
					}
				}
			}
		}
	})
}

// TestTreesAgreeWithTwin holds the sums of eight leaves against the Go loop at every
// length, ends at a fence and starts at every place of a vector.
func TestTreesAgreeWithTwin(t *testing.T) {
	if BestLevel() < LevelAVX2 {
		t.Skip("no AVX2")
	}
	in := newFence(t)
	r := rand.New(rand.NewPCG(6, 6))
	for i := 0; i < len(in); i += 8 {
		x := math.Ldexp(r.Float64()-0.5, r.IntN(40)-20)
		*(*float64)(unsafe.Pointer(&in[i])) = x
	}
	for v := treeFrom; v <= treeTo; v++ {
		for _, at := range []int{0, 8, 16, 24, 40} {
			b := in.last(64*v + at)
			if got, want := sumTreeF64AVX2(first(b), v), pairwise[float64](first(b), 8, 8*v); math.Float64bits(got) != math.Float64bits(want) {
				t.Fatalf("float64, %d vectors, %d before the end: %v, want %v", v, at, got, want)
			}
		}
	}
	for i := 0; i < len(in); i += 4 {
		*(*float32)(unsafe.Pointer(&in[i])) = float32(math.Ldexp(r.Float64()-0.5, r.IntN(40)-20))
	}
	for v := treeFrom; v <= treeTo; v++ {
		for _, at := range []int{0, 4, 12, 20} {
			b := in.last(32*v + at)
			if got, want := sumTreeF32AVX2(first(b), v), pairwise[float32](first(b), 4, 8*v); math.Float32bits(got) != math.Float32bits(want) {
				t.Fatalf("float32, %d vectors, %d before the end: %v, want %v", v, at, got, want)
			}
		}
	}
}
