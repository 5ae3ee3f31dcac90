package kernel

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestTakeAtEveryLevel takes items from between guard bands to between guard bands,
// at any address, with a place outside at any number or none.
func TestTakeAtEveryLevel(t *testing.T) {
	defer SetLevel(CurrentLevel())
	r := rand.New(rand.NewPCG(11, 12))
	const items, guard = 57, 40
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for _, size := range []int{1, 2, 3, 4, 8, 16} {
			for count := range 301 {
				src := make([]byte, guard+r.IntN(3)+items*size)
				for i := range src {
					src[i] = byte(r.Uint32())
				}
				first := len(src) - items*size
				places := make([]int64, count)
				for i := range places {
					places[i] = r.Int64N(items)
				}
				bad := r.IntN(2*count + 1)
				if bad < count {
					places[bad] = [...]int64{-1, items, math.MinInt64, math.MaxInt64, items - 1 - 1<<32, 1 << 32}[r.IntN(6)]
				}
				start := r.IntN(17)
				dst := bytes.Repeat([]byte{0xa5}, start+count*size+guard)
				want := bytes.Clone(dst)
				take := Take
				if r.IntN(2) == 0 {
					take = TakeStream
				}
				taken := take(unsafe.Pointer(&dst[start]), unsafe.Pointer(&src[first]), size, items, places)
				EndStream()
				if least := min(bad, count) &^ 7; taken != least && (taken != 0 || moveLoops.take[min(size, 16)] != nil) {
					t.Fatalf("%v: %d of %d items of %d bytes taken, %d is outside", l, taken, count, size, bad)
				}
				for i, p := range places[:taken] {
					copy(want[start+i*size:], src[first+int(p)*size:][:size])
				}
				if !bytes.Equal(dst, want) {
					t.Fatalf("%v: %d items of %d bytes:\n%x\nwant\n%x", l, count, size, dst, want)
				}
			}
		}
	}
}
