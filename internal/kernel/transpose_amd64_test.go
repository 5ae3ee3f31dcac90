package kernel

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestTransposesAgree holds squares of every size against items one by one, from
// rows that end at a fence, into rows with something between them.
func TestTransposesAgree(t *testing.T) {
	in := newFence(t)
	r := rand.New(rand.NewPCG(11, 12))
	for i := range in {
		in[i] = byte(r.Uint32())
	}
	atLevel(t, func(t *testing.T, _ Level) {
		for size, f := range transposeLoops.cached {
			if f == nil {
				continue
			}
			side := transposeLoops.side[size]
			for m := 0; m <= 5*side; m += side {
				for _, c := range []struct {
					f              transposeLoop
					srcGap, dstGap int
					off            int
				}{{f, 0, 0, 0}, {f, 3, 7, 1}, {transposeLoops.stream[size], 5, 64, 0}, {transposeLoops.stream[size], 0, 0, 0}} {
					if c.f == nil {
						continue
					}
					ss, ds := m*size+c.srcGap, (side*size+63)&^63+c.dstGap
					src := in.last(max(0, (side-1)*ss+m*size))
					room := make([]byte, m*ds+192)
					at := int(-uintptr(unsafe.Pointer(&room[0]))&63) + 64 + c.off
					want := bytes.Clone(room)
					for i := range side {
						for j := range m {
							copy(want[at+j*ds+i*size:][:size], src[i*ss+j*size:])
						}
					}
					c.f(unsafe.Pointer(&room[at]), ds, first(src), ss, m)
					EndStream()
					if !bytes.Equal(room, want) {
						t.Fatalf("size %d, %d columns, gaps %d and %d", size, m, c.srcGap, c.dstGap)
					}
				}
			}
		}
	})
}
