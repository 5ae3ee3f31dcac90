package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestCastsAgreeWithTwins holds every conversion against the Go loop.
func TestCastsAgreeWithTwins(t *testing.T) {
	in, out, want := newFence(t), newFence(t), make([]byte, fenceBytes)
	r := rand.New(rand.NewPCG(5, 6))
	atLevel(t, func(t *testing.T, _ Level) {
		for _, from := range numericKinds {
			for _, to := range numericKinds {
				hardItems(in, from, r)
				size, osize := itemSizes[from], itemSizes[to]
				for _, n := range lengths() {
					if n*size > len(in) || n*osize+128 > len(out) {
						continue
					}
					a := in.last(n * size)
					whole := out.last(n*osize + 128)
					for i := range whole {
						whole[i] = 0xaa
					}
					d, w := whole[128:], want[:n*osize]
					casts[from][to](first(d), first(a), n)
					twins.casts[from][to](first(w), first(a), n)
					name := fmt.Sprintf("%s to %s n=%d", letters[from], letters[to], n)
					if !same(t, name, to, d, w) {
						for i := range n {
							if string(d[i*osize:(i+1)*osize]) != string(w[i*osize:(i+1)*osize]) {
								t.Logf("item %d: %x", i, a[i*size:(i+1)*size])
								break
							}
						}
						break
					}
					for _, b := range whole[:128] {
						if b != 0xaa {
							t.Fatalf("%s: wrote before the result", name)
						}
					}
				}
			}
		}
	})
}
