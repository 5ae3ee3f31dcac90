package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestStridesAgreeWithTwins gathers items of every size and of distances that have
// loops of their own, from and to memory that ends at a fence.
func TestStridesAgreeWithTwins(t *testing.T) {
	in, out, want := newFence(t), newFence(t), make([]byte, fenceBytes)
	r := rand.New(rand.NewPCG(9, 10))
	for i := range in {
		in[i] = byte(r.Uint32())
	}
	copies := map[int]func(dst unsafe.Pointer, ds int, src unsafe.Pointer, ss, n int){1: copyItems[b1], 2: copyItems[b2], 4: copyItems[b4], 8: copyItems[b8], 16: copyItems[b16]}
	atLevel(t, func(t *testing.T, _ Level) {
		for size, twin := range copies {
			for _, stride := range []int{-size, 2 * size, -2 * size, 3 * size, 4 * size, 5 * size, size + 1, 18, 1, 64} {
				for _, n := range lengths()[1:] {
					span := (n-1)*max(stride, -stride) + size
					if span > len(in) || n*size+64 > len(out) {
						continue
					}
					src := in.last(span) // the last item ends at the fence
					from := 0
					if stride < 0 {
						from = span - size
					}
					for i := range out {
						out[i] = byte(i)
					}
					copy(want, out)
					off := n % 3 // items need no alignment
					twin(first(want[len(want)-n*size-off:]), size, unsafe.Pointer(&src[from]), stride, n)
					move := Copy
					if n > 300 { // long enough to go past the caches
						move = CopyPast
					}
					move(first(out.last(n*size+off)), size, unsafe.Pointer(&src[from]), stride, size, n)
					EndStream()
					if !bytes.Equal(out, want) {
						t.Fatalf("size %d, stride %d, n %d", size, stride, n)
					}
				}
			}
		}
	})
}

// TestLongGathers holds gathers past the caches against items one by one.
func TestLongGathers(t *testing.T) {
	atLevel(t, func(t *testing.T, _ Level) { longGathers(t) })
}

func longGathers(t *testing.T) {
	for _, size := range []int{2, 4, 8, 16} {
		n := StreamBytes/size + 77
		src, dst := make([]byte, 2*n*size), make([]byte, n*size+64)
		for i := range src {
			src[i] = byte(i ^ i>>8 ^ i>>16)
		}
		for _, stride := range []int{-size, 2 * size} {
			for _, off := range []int{0, size, 1} {
				from := 0
				if stride < 0 {
					from = (n - 1) * size
				}
				clear(dst)
				Gather(unsafe.Pointer(&dst[off]), unsafe.Pointer(&src[from]), stride, size, n)
				for i := range n {
					if !bytes.Equal(dst[off+i*size:][:size], src[from+i*stride:][:size]) {
						t.Fatalf("size %d, stride %d, offset %d: item %d", size, stride, off, i)
					}
				}
				if !bytes.Equal(dst[:off], make([]byte, off)) || !bytes.Equal(dst[off+n*size:], make([]byte, 64-off)) {
					t.Fatalf("size %d, stride %d, offset %d: wrote outside", size, stride, off)
				}
			}
		}
	}
}

// TestLongSwaps swaps bytes past the caches, to any address.
func TestLongSwaps(t *testing.T) {
	atLevel(t, func(t *testing.T, _ Level) {
		for _, size := range []int{2, 4, 8} {
			n := StreamBytes/size + 77
			src, dst := make([]byte, n*size+1), make([]byte, n*size+128)
			for i := range src {
				src[i] = byte(i ^ i>>8 ^ i>>16)
			}
			for _, off := range []int{0, size, 1, 64 - size} {
				clear(dst)
				from := off & 1
				if off != size {
					ByteSwap(unsafe.Pointer(&dst[off]), unsafe.Pointer(&src[from]), size, n)
				}
				if off == size { // as a part
					ByteSwapPast(unsafe.Pointer(&dst[off]), unsafe.Pointer(&src[from]), size, n/5)
					ByteSwapPast(unsafe.Pointer(&dst[off+n/5*size]), unsafe.Pointer(&src[from+n/5*size]), size, n-n/5)
				}
				for i := range n * size {
					if dst[off+i] != src[from+(i^(size-1))] {
						t.Fatalf("size %d, offset %d: byte %d", size, off, i)
					}
				}
				if !bytes.Equal(dst[:off], make([]byte, off)) || !bytes.Equal(dst[off+n*size:], make([]byte, 128-off)) {
					t.Fatalf("size %d, offset %d: wrote outside", size, off)
				}
			}
		}
	})
}
