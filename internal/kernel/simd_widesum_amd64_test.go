package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestWideSums holds the loops of every level against sums formed one by one: all
// lengths, ends at a fence, starts at every place of a cache line, and arrays of the
// greatest and the least items.
func TestWideSums(t *testing.T) {
	in := newFence(t)
	r := rand.New(rand.NewPCG(8, 2))
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for k := kBool; k <= kU32; k++ {
			size := itemSizes[k]
			for _, fill := range []int{-1, 0x00, 0x7f, 0x80, 0xff} {
				for i := range in {
					if in[i] = byte(fill); fill < 0 {
						in[i] = byte(r.Uint32())
					}
				}
				for _, n := range lengths() {
					for at := range 4 {
						b := in.last((n + at) * size)
						var want uint64
						for i := range n {
							if x := extended(k, b[i*size:]); k != kBool {
								want += x
							} else if x != 0 {
								want++
							}
						}
						if got := WideSumOf(k)(first(b), n); got != want {
							t.Fatalf("%v %s of %x n=%d at %d: %x, want %x", l, letters[k], fill, n, at, got, want)
						}
					}
				}
			}
		}
	}
}
