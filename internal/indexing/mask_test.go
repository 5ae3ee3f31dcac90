package indexing

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

func randomBits(r *rand.Rand, n int) []byte {
	bits := make([]byte, n)
	for i := range bits {
		bits[i] = byte(r.IntN(3) / 2)
	}
	return bits
}

// All three walks of a mask, of one part and of several, against a plain loop.
func TestMask(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 63, 64, 4095, 4096, 4097, 10_000, maskPart*3 + 17} {
		bits := randomBits(r, n)
		src := make([]int32, n+1)
		var items []int32
		var places []int
		for i := range n {
			src[i] = int32(i * 3)
			if bits[i] != 0 {
				items, places = append(items, src[i]), append(places, i)
			}
		}
		m := NewMask(bits)
		if m.Count() != len(places) {
			t.Fatalf("%d: count %d, want %d", n, m.Count(), len(places))
		}
		got := make([]int32, len(places)+1)
		if err := m.Compress(unsafe.Pointer(&got[0]), unsafe.Pointer(&src[0]), 4); err != nil || !slices.Equal(got[:len(places)], items) {
			t.Errorf("%d: Compress %v", n, err)
		}
		at := make([]int, len(places))
		if err := m.Places(at); err != nil || !slices.Equal(at, places) {
			t.Errorf("%d: Places %v", n, err)
		}
		back := make([]int32, n+1)
		if err := m.Expand(unsafe.Pointer(&back[0]), unsafe.Pointer(&got[0]), 4, 4); err != nil {
			t.Errorf("%d: Expand %v", n, err)
		}
		for i := range n {
			if want := src[i] * int32(bits[i]); back[i] != want {
				t.Fatalf("%d: Expand put %d at %d, want %d", n, back[i], i, want)
			}
		}
	}
}

// A mask that somebody changes after it was counted ends in an error, and nothing
// beyond the room for the counted items is written.
func TestMaskThatChanges(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{100, 5000, maskPart*3 + 17} {
		for _, more := range []bool{true, false} {
			bits := randomBits(r, n)
			m := NewMask(bits)
			for i := range bits {
				bits[i] = 0
				if more {
					bits[i] = 1
				}
			}
			src := make([]int64, n)
			dst := slices.Repeat([]int64{-1}, n+1)
			if err := m.Compress(unsafe.Pointer(&dst[0]), unsafe.Pointer(&src[0]), 8); !errors.Is(err, nderr.ErrChanged) {
				t.Errorf("Compress: %v", err)
			}
			for i, v := range dst[m.Count():] {
				if v != -1 {
					t.Fatalf("item %d of %d was written", m.Count()+i, m.Count())
				}
			}
			at := make([]int, n)
			if err := m.Places(at[:m.Count()]); !errors.Is(err, nderr.ErrChanged) {
				t.Errorf("Places: %v", err)
			}
			if err := m.Expand(unsafe.Pointer(&dst[0]), unsafe.Pointer(&src[0]), 8, 8); !errors.Is(err, nderr.ErrChanged) {
				t.Errorf("Expand: %v", err)
			}
		}
	}
}
