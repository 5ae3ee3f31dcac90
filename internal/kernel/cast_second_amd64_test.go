package kernel

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestSecondCastsAgreeWithTwins converts every second item of every length, from
// memory that ends with the last of them, to the middle of a guard band.
func TestSecondCastsAgreeWithTwins(t *testing.T) {
	in, out, want := newFence(t), newFence(t), make([]byte, fenceBytes)
	r := rand.New(rand.NewPCG(15, 16))
	const guard = 200
	atLevel(t, func(t *testing.T, l Level) {
		loops := 0
		for _, from := range numericKinds {
			for _, to := range numericKinds {
				size, osize := itemSizes[from], itemSizes[to]
				if seconds[from][to] == nil {
					continue
				}
				loops++
				hardItems(in, from, r)
				for _, n := range lengths() {
					if n == 0 || (2*n-1)*size > len(in) || n*osize+2*guard > len(out) {
						continue
					}
					off := n % 4 // the source needs no alignment
					a := in.last((2*n-1)*size + off)
					whole := out.last(n*osize + n%osize + guard)[:n*osize+guard]
					for i := range whole {
						whole[i] = 0xaa
					}
					d := whole[guard/2:][:n*osize]
					lo, hi := CastSecond(from, to, first(d), first(a), n, n%2 == 0)
					if n >= 2*leastSecond && hi-lo < n-2*64/osize-seconds[from][to].lanes {
						t.Fatalf("only %d…%d of %d are converted", lo, hi, n)
					}
					w := want[:n*osize]
					for i := range n {
						if i < lo || i >= hi {
							copy(w[i*osize:(i+1)*osize], bytes.Repeat([]byte{0xaa}, osize))
							continue
						}
						twins.casts[from][to](first(w[i*osize:]), first(a[2*i*size:]), 1)
					}
					name := fmt.Sprintf("every second %s to %s n=%d", letters[from], letters[to], n)
					if !same(t, name, to, d, w) {
						break
					}
					for i, b := range whole {
						if (i < guard/2 || i >= guard/2+n*osize) && b != 0xaa {
							t.Fatalf("%s: wrote outside", name)
						}
					}
				}
			}
		}
		if (loops > 0) != (l == LevelAVX512) {
			t.Errorf("%d loops", loops)
		}
	})
}

// TestLongSecondCasts holds conversions past the caches against items one by one.
func TestLongSecondCasts(t *testing.T) {
	if BestLevel() < LevelAVX512 {
		t.Skip("no loops")
	}
	defer SetLevel(SetLevel(LevelAVX512))
	r := rand.New(rand.NewPCG(17, 18))
	for from := range seconds {
		for to, c := range seconds[from] {
			if c == nil {
				continue
			}
			from, to := dtype.Kind(from), dtype.Kind(to)
			size, osize := itemSizes[from], itemSizes[to]
			n := StreamBytes/osize + 77
			src, dst := make([]byte, 2*n*size), make([]byte, n*osize+128)
			hardItems(src[:1<<16], from, r)
			for i := 1 << 16; i < len(src); i *= 2 {
				copy(src[i:], src[:i])
			}
			off := osize * 3
			lo, hi := CastSecond(from, to, unsafe.Pointer(&dst[off]), unsafe.Pointer(&src[0]), n, false)
			if hi-lo < n-100 {
				t.Fatalf("only %d…%d of %d are converted", lo, hi, n)
			}
			period := 1 << 15 / size
			want := make([]byte, period*osize)
			for i := range period {
				twins.casts[from][to](unsafe.Pointer(&want[i*osize]), unsafe.Pointer(&src[2*i*size]), 1)
			}
			for i := lo; i < hi; {
				at := i % period
				k := min(period-at, hi-i)
				if !same(t, fmt.Sprintf("%s to %s from item %d", letters[from], letters[to], i), to, dst[off+i*osize:][:k*osize], want[at*osize:][:k*osize]) {
					return
				}
				i += k
			}
			if bytes.ContainsFunc(dst[:off+lo*osize], func(r rune) bool { return r != 0 }) || bytes.ContainsFunc(dst[off+hi*osize:], func(r rune) bool { return r != 0 }) {
				t.Fatalf("%s to %s: wrote outside", letters[from], letters[to])
			}
		}
	}
}
