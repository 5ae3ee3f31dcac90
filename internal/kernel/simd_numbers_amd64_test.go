package kernel

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestNumberLoops runs the loops for one second operand on all lengths and starts at
// every place of a cache line, to the end of readable memory, in place and past the
// caches.
func TestNumberLoops(t *testing.T) {
	in, out, want := newFence(t), newFence(t), newFence(t)
	r := rand.New(rand.NewPCG(7, 8))
	defer SetLevel(CurrentLevel())
	for l := LevelGo; l <= BestLevel(); l++ {
		SetLevel(l)
		for _, op := range []Op{FloorDivide, Remainder, Power} {
			for k := kI8; k <= kU64; k++ {
				e, size := tables[op].Find(k, k), itemSizes[k]
				for i := range in {
					in[i] = byte(r.Uint32())
				}
				for _, n := range append(lengths(), 5000) {
					y := uint64(r.IntN(12))
					a, d, w := in.last(n*size), out.last(n*size+128), want.last(n*size)
					b := make([]byte, n*size)
					Fill(first(b), unsafe.Pointer(&y), size, n) // of its low bytes
					e.Binary(first(w), first(a), first(b), n)
					for i := range d {
						d[i] = 0xaa
					}
					by := e.Number(unsafe.Pointer(&y))
					if by == nil {
						t.Fatalf("%v %s by %d: no entry", op, letters[k], y)
					}
					by.Binary(first(d[128:]), first(a), unsafe.Pointer(&y), n)
					name := op.String() + " " + letters[k] + " " + l.String()
					ok := same(t, name, k, d[128:], w)
					for i, x := range d[:128] {
						if x != 0xaa {
							t.Fatalf("%s n=%d: wrote %d bytes before the result", name, n, 128-i)
						}
					}
					from := n * 5 % 64 * size
					count := n
					if by.Streams && n >= ColdLeast {
						count |= Cold
						c := out[from : from+n*size]
						by.Binary(first(c), first(a), unsafe.Pointer(&y), count)
						ok = ok && same(t, name+" cold", k, c, w)
					}
					c := out[from : from+n*size]
					copy(c, a)
					by.Binary(first(c), first(c), unsafe.Pointer(&y), count)
					ok = ok && same(t, name+" in place", k, c, w)
					if !ok {
						t.Fatalf("n=%d, number %d", n, y)
					}
				}
			}
		}
	}
}
