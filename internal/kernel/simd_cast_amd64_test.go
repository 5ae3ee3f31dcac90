package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
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

// TestCastsAtTheirEdges holds the conversions between wide integers and floats against the Go
// loop where they round, where the ranges end, and at every exponent.
func TestCastsAtTheirEdges(t *testing.T) {
	const n = 1 << 14
	r := rand.New(rand.NewPCG(7, 8))
	longs, floats, singles := make([]uint64, n), make([]float64, n), make([]float32, n)
	for i := range n {
		x := r.Uint64() >> r.IntN(64)
		if i%4 == 0 { // beside the middle of two floats of 24 or 53 bits
			keep := [...]int{24, 53, 11}[r.IntN(3)]
			shift := r.IntN(64-keep) + 1
			x = (r.Uint64()>>(64-keep)<<1|1)<<(shift-1) + uint64(r.IntN(3)-1)
		}
		if longs[i] = x; i%2 == 0 {
			longs[i] = -x
		}
		f := math.Ldexp(1+float64(r.Uint64()>>r.IntN(53)>>11)/(1<<53), r.IntN(140)-45)
		if i%4 == 1 {
			f = math.Ldexp(1, r.IntN(70)) + float64(r.IntN(5)-2)/2
		}
		if i%3 == 0 {
			f = -f
		}
		floats[i], singles[i] = f, float32(f)
	}
	from := map[dtype.Kind]unsafe.Pointer{kU64: unsafe.Pointer(&longs[0]), kU32: unsafe.Pointer(&longs[0]),
		kI64: unsafe.Pointer(&longs[0]), kF64: unsafe.Pointer(&floats[0]), kF32: unsafe.Pointer(&singles[0])}
	atLevel(t, func(t *testing.T, _ Level) {
		for k, p := range from {
			for _, to := range numericKinds {
				got, want := make([]byte, n*itemSizes[to]), make([]byte, n*itemSizes[to])
				casts[k][to](first(got), p, n)
				twins.casts[k][to](first(want), p, n)
				same(t, fmt.Sprintf("%s to %s", letters[k], letters[to]), to, got, want)
			}
		}
	})
}
