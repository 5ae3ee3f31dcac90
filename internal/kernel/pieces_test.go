package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestLoopsInPieces: loops that take their items a piece at a time give what they give for
// each item alone, at every level: casts by the parts of complex numbers, logic by bools.
func TestLoopsInPieces(t *testing.T) {
	const n = 2*piece + 450
	r := rand.New(rand.NewPCG(51, 52))
	values := make([]float64, 2*n)
	for i := range values {
		values[i] = float64(r.IntN(7))
	}
	f := func(b []uint64) unsafe.Pointer { return unsafe.Pointer(&b[0]) }
	items := func() []uint64 { return make([]uint64, 2*n+1) }
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		a, b, got, want := items(), items(), items(), items()
		raw := func(b []uint64) []byte { return unsafe.Slice((*byte)(f(b)), 8*len(b)) }
		for from := kBool; from <= kC128; from++ {
			casts[kC128][from](f(a), unsafe.Pointer(&values[0]), n)
			casts[kF64][from](f(b), unsafe.Pointer(&values[n]), n)
			size := itemSizes[from]
			for to := kBool; to <= kC128; to++ {
				clear(got)
				clear(want)
				casts[from][to](f(got), f(a), n)
				for i := range n {
					casts[from][to](unsafe.Add(f(want), i*itemSizes[to]), unsafe.Add(f(a), i*size), 1)
				}
				if !bytes.Equal(raw(got), raw(want)) {
					t.Fatalf("level %v: cast %v to %v", l, from, to)
				}
			}
			for _, op := range []Op{LogicalAnd, LogicalOr, LogicalXor} {
				clear(got)
				clear(want)
				e := tables[op].Find(from, from)
				e.Binary(f(got), f(a), f(b), n)
				for i := range n {
					e.Binary(unsafe.Add(f(want), i), unsafe.Add(f(a), i*size), unsafe.Add(f(b), i*size), 1)
				}
				if !bytes.Equal(raw(got), raw(want)) {
					t.Fatalf("level %v: %v of %v", l, op, from)
				}
			}
		}
	}
}

// TestHalfExtremes: the extremes of many float16 are those of a few at a time, one after
// another, with NaN and zeros of both signs, dense and apart.
func TestHalfExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(61, 62))
	special := []uint16{0, 0x8000, 0x7e00, 0x7c00, 0xfc00, 1, 0x8001}
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for round := range 200 {
			n, apart := 1+r.IntN(3*halfPiece), 1+r.IntN(3)
			a := make([]uint16, n*apart)
			for i := range a {
				switch {
				case round%4 == 0: // zeros alone
					a[i] = special[r.IntN(2)]
				case round%4 == 1 || r.IntN(20) > 0:
					a[i] = uint16(r.IntN(0x7c00)) | uint16(r.IntN(2))<<15
				default:
					a[i] = special[r.IntN(len(special))]
				}
			}
			for _, op := range []Op{Maximum, Minimum, Fmax, Fmin} {
				f := tables[op].Find(kF16, kF16).Reduce
				got, want := a[0], a[0]
				f(unsafe.Pointer(&got), unsafe.Pointer(&a[0]), 2*apart, n)
				for i := 0; i < n; i += minHalves - 1 {
					f(unsafe.Pointer(&want), unsafe.Pointer(&a[i*apart]), 2*apart, min(minHalves-1, n-i))
				}
				if nan := func(x uint16) bool { return x&0x7fff > 0x7c00 }; got != want && !(nan(got) && nan(want)) {
					t.Fatalf("level %v: %v of %d items is %#x, want %#x", l, op, n, got, want)
				}
			}
		}
	}
}
