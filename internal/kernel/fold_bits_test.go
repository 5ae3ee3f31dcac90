package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestFoldsOfBits holds running folds and reductions that have loops of their own to single
// steps of Binary, at every length below 200, side by side and apart, from random bytes.
func TestFoldsOfBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, op := range []Op{BitwiseAnd, BitwiseOr, BitwiseXor, LogicalAnd, LogicalOr, Maximum, Minimum} {
		for k := kBool; k <= kF16; k++ {
			e := tables[op].Find(k, k)
			if e == nil || e.Out[0] != k {
				continue
			}
			size := dtype.OfKind(k).ItemSize()
			for n := 1; n < 200; n++ {
				in := make([]byte, 2*n*size)
				for i := range in {
					in[i] = byte(r.Uint32())
					if op == BitwiseAnd {
						in[i] |= byte(r.Uint32()) // and of some is not zero
					}
					if k == kBool {
						in[i] &= 1
					}
				}
				for _, step := range []int{size, 2 * size} {
					want, got := make([]byte, n*size), make([]byte, n*size)
					copy(want, in[:size])
					copy(got, in[:size])
					at := func(b []byte, i int) unsafe.Pointer { return unsafe.Pointer(&b[i]) }
					for i := 1; i < n; i++ {
						e.Binary(at(want, i*size), at(want, (i-1)*size), at(in, i*step), 1)
					}
					if e.Accumulate != nil {
						if e.Accumulate(at(got, 0), size, at(in, 0), step, n); !bytes.Equal(got, want) {
							t.Fatalf("%s.accumulate of %d %v, %d bytes apart: %x, want %x", opNames[op], n, k, step, got, want)
						}
					}
					if e.Reduce != nil && k != kF16 && n > 1 {
						one := bytes.Clone(in[:size])
						if e.Reduce(at(one, 0), at(in, step), step, n-1); !bytes.Equal(one, want[(n-1)*size:]) {
							t.Fatalf("%s.reduce of %d %v, %d bytes apart: %x, want %x", opNames[op], n, k, step, one, want[(n-1)*size:])
						}
					}
				}
			}
		}
	}
}
