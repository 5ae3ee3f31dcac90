package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestMovesAtEveryLevel holds byte swaps, choices, masked copies, compression and
// the indices of true bytes against plain loops, at every level, with starts at
// any address and a guard band after the result.
func TestMovesAtEveryLevel(t *testing.T) {
	defer SetLevel(CurrentLevel())
	r := rand.New(rand.NewPCG(9, 10))
	at := func(b []byte) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(b)) }
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for _, size := range []int{1, 2, 3, 4, 8, 16} {
			for n := range 300 {
				off := r.IntN(3)
				make1 := func(k int) []byte {
					b := make([]byte, off+k+64)
					for i := range b {
						b[i] = byte(r.Uint32())
					}
					return b[off:]
				}
				x, y, mask := make1(n*size), make1(n*size), make1(n)
				for few, i := 1+r.IntN(30), 0; i < len(mask); i++ { // half of them true, or hardly one
					if n%2 == 0 && r.IntN(2) == 0 || n%2 > 0 && r.IntN(few) > 0 {
						mask[i] = 0
					}
				}
				dst := make1(n * size)
				item := func(b []byte, i int) []byte { return b[i*size : (i+1)*size] }
				check := func(name string, want []byte) {
					t.Helper()
					if !bytes.Equal(dst, want) {
						t.Fatalf("%s at %v, %d items of %d bytes:\n%x\nwant\n%x", name, l, n, size, dst, want)
					}
				}

				want := bytes.Clone(dst)
				for i := range n {
					for j := range size {
						item(want, i)[j] = item(x, i)[size-1-j]
					}
				}
				ByteSwap(at(dst), at(x), size, n)
				check("byte swap", want)
				ByteSwap(at(dst), at(dst), size, n)
				copy(want, x[:n*size])
				check("byte swap in place", want)

				for i := range n {
					copy(item(want, i), item(y, i))
					if mask[i] != 0 {
						copy(item(want, i), item(x, i))
					}
				}
				Choose(at(dst), at(mask), at(x), at(y), size, n)
				check("choose", want)

				for i := range n {
					if mask[i] == 0 {
						continue
					}
					copy(item(want, i), item(y, i))
				}
				AssignTrue(at(dst), at(mask), at(y), size, n)
				check("assign", want)

				k := 0
				var places []int
				for i := range n {
					if mask[i] != 0 {
						copy(item(want, k), item(x, i))
						places = append(places, i)
						k++
					}
				}
				if got := Compress(at(dst), at(x), size, mask[:n]); got != k {
					t.Fatalf("compress at %v: %d items, want %d", l, got, k)
				}
				check("compress", want)

				const first = 5000
				got := make([]int, k+1)
				got[k] = -7
				if c := Nonzero(kBool)(got, at(mask), 1, n, first); c != k || got[k] != -7 {
					t.Fatalf("nonzero at %v: %d, want %d; guard %d", l, c, k, got[k])
				}
				for i := range places {
					if got[i] != first+places[i] {
						t.Fatalf("nonzero at %v: %v, want %v", l, got, places)
					}
				}
			}
		}
	}
}
