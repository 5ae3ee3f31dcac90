package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestRunningFolds holds the loops of every level against sums and products formed one by one from
// bytes: all lengths, starts at every place of a cache line, warm and cold results that
// end at a fence and begin after a guard band, also in place.
func TestRunningFolds(t *testing.T) {
	in, out := newFence(t), newFence(t)
	r := rand.New(rand.NewPCG(8, 1))
	for i := range in {
		in[i] = byte(r.Uint32())
	}
	was := CurrentLevel()
	defer SetLevel(was)
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for k := kBool; k <= kU64; k++ {
			size := itemSizes[k]
			for _, op := range []Op{Add, Multiply} {
				run, odd := RunningFoldOf(op, k)
				for at := range 8 {
					for n := range 330 {
						if at > 0 && n%41 > 1 {
							continue
						}
						for _, extra := range []int{0, ColdLeast} {
							n, cold := n+extra, extra > 0
							b := in.last(n*size + at*size)
							a := first(b)
							start := r.Uint64() | odd // an odd one for products
							want := make([]byte, 8*n)
							sum := start
							for i := range n {
								x := extended(k, b[i*size:])
								if k == kBool {
									x = min(x, 1)
								}
								if op == Multiply {
									sum *= x
								} else {
									sum += x
								}
								*(*uint64)(unsafe.Pointer(&want[8*i])) = sum
							}
							room := out.last(8*n + 8*at + 64)
							for i := range room {
								room[i] = 0xa5
							}
							got := room[64 : 64+8*n]
							if g := run(first(got), a, n, start, cold); g != sum {
								t.Fatalf("%v %s n=%d at %d: total %x, want %x", l, letters[k], n, at, g, sum)
							}
							if !bytes.Equal(got, want) {
								t.Fatalf("%v %s n=%d at %d cold %v: %x, want %x", l, letters[k], n, at, cold, got, want)
							}
							if guard := append(room[:64:64], room[64+8*n:]...); bytes.Count(guard, []byte{0xa5}) != len(guard) {
								t.Fatalf("%v %s n=%d at %d: wrote beside the result", l, letters[k], n, at)
							}
							if size == 8 {
								copy(got, b[:8*n])
								run(first(got), first(got), n, start, false)
								if !bytes.Equal(got, want) {
									t.Fatalf("%v %s n=%d at %d: in place", l, letters[k], n, at)
								}
							}
						}
					}
				}
			}
		}
	}
}

// extended is the native item of kind k at the start of b as 64 bits.
func extended(k dtype.Kind, b []byte) uint64 {
	p := unsafe.Pointer(&b[0])
	switch k {
	case kI8:
		return uint64(*(*int8)(p))
	case kBool, kU8:
		return uint64(*(*uint8)(p))
	case kI16:
		return uint64(*(*int16)(p))
	case kU16:
		return uint64(*(*uint16)(p))
	case kI32:
		return uint64(*(*int32)(p))
	case kU32:
		return uint64(*(*uint32)(p))
	}
	return *(*uint64)(p)
}
