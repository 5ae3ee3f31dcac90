package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestTranspose: matrices of every shape, of which only squares of a cache line are a
// loop's, with something between the rows of both sides.
func TestTranspose(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	src := make([]byte, 150*(150*16+5))
	for i := range src {
		src[i] = byte(r.Uint32())
	}
	copied := 0
	for _, size := range []int{1, 2, 4, 8, 16} {
		for range 400 {
			n, m := r.IntN(150), r.IntN(150)
			ss, ds := m*size+r.IntN(5), n*size+r.IntN(5)
			got := bytes.Repeat([]byte{0xa5}, m*ds+100)
			want := bytes.Clone(got)
			for i := range n {
				for j := range m {
					copy(want[50+j*ds+i*size:][:size], src[i*ss+j*size:])
				}
			}
			done := Transpose(unsafe.Pointer(&got[50]), ds, unsafe.Pointer(&src[0]), ss, size, n, m)
			if done != CanTranspose(size, n, m) {
				t.Fatalf("%d × %d items of %d bytes: copied %v", n, m, size, done)
			}
			if done {
				copied++
				if !bytes.Equal(got, want) {
					t.Fatalf("%d × %d items of %d bytes, rows %d and %d bytes apart", n, m, size, ss, ds)
				}
			}
		}
	}
	if (copied > 0) != (CurrentLevel() > LevelGo) {
		t.Fatalf("%d matrices were copied at level %v", copied, CurrentLevel())
	}
}
