package kernel

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// tapeTestOps are the operations that entries name steps for.
var tapeTestOps = []Op{Add, Subtract, Multiply, Divide, Maximum, Minimum, Square, Negative, Absolute, Fabs, Sqrt, Reciprocal}

// TestTapeSteps compares every step, in both orders, over 0 to 4 chunks of
// unaligned operands, the second one advancing or not, with the table's loop. The
// operands end where memory ends.
func TestTapeSteps(t *testing.T) {
	atLevel(t, func(t *testing.T, _ Level) {
		ran := 0
		for k := kBool; k < dtype.KindBytes; k++ {
			chunk := TapeChunk(k)
			if chunk == 0 {
				continue
			}
			for _, op := range tapeTestOps {
				in := [3]dtype.Kind{k, k}
				e := tables[op].Find(in[:tables[op].NIn]...)
				if e == nil || e.Tape == TapeEnd {
					continue
				}
				ran++
				t.Run(fmt.Sprint(op, dtype.OfKind(k)), func(t *testing.T) { testTapeStep(t, e, k, chunk) })
			}
		}
		if ran == 0 {
			t.Error("no step was tried")
		}
	})
}

func testTapeStep(t *testing.T, e *Entry, k dtype.Kind, chunk int) {
	rng := rand.New(rand.NewPCG(3, uint64(k)))
	size := itemSizes[k]
	fa, fb := newFence(t), newFence(t)
	for chunks := range 5 {
		for _, along := range []uint8{0xff, 0} {
			for _, reversed := range []bool{false, true} {
				if reversed && e.Tape.Unary() {
					continue
				}
				n := chunks * chunk
				bn := n
				if along == 0 {
					bn = min(chunk, n)
				}
				a, b := fa.last(n*size), fb.last(bn*size)
				hardItems(a, k, rng)
				hardItems(b, k, rng)
				whole := make([]byte, n*size)
				for i := 0; i < n*size; i += max(1, bn*size) {
					copy(whole[i:], b)
				}
				const guard = 64
				got := bytes.Repeat([]byte{0xa5}, n*size+2*guard)
				want := bytes.Clone(got)
				at := []unsafe.Pointer{first(a), first(b), first(got[guard+size:])}
				op, x, y := e.Tape, first(a), first(whole)
				if reversed {
					op, x, y = op.Reversed(), y, x
				}
				tape := []TapeStep{{Op: TapeLoad, Along: 0xff}, {Op: op, Along: along, At: 1}, {Op: TapeStore, Along: 0xff, At: 2}, {Op: TapeEnd}}
				RunTape(k, tape, at, chunks)
				if d := first(want[guard+size:]); e.Unary != nil {
					e.Unary(d, x, n)
				} else {
					e.Binary(d, x, y, n)
				}
				if !bytes.Equal(got, want) {
					t.Fatalf("%d chunks, along %x, reversed %v: the tape differs from the loop", chunks, along, reversed)
				}
			}
		}
	}
}

// TestTapeStream writes past the caches, and keeps a value in a slot.
func TestTapeStream(t *testing.T) {
	atLevel(t, func(t *testing.T, _ Level) {
		chunk := TapeChunk(kF64)
		n := 3 * chunk
		a, dst, slot := make([]float64, n), make([]float64, n+8), make([]float64, chunk)
		for i := range a {
			a[i] = float64(i)
		}
		to := dst
		for uintptr(unsafe.Pointer(&to[0]))&63 != 0 {
			to = to[1:]
		}
		tape := []TapeStep{{Op: TapeLoad, Along: 0xff}, {Op: TapeSquare}, {Op: TapeStore, At: 1}, {Op: TapeAdd, At: 1}, {Op: TapeStream, Along: 0xff, At: 2}, {}}
		RunTape(kF64, tape, []unsafe.Pointer{unsafe.Pointer(&a[0]), unsafe.Pointer(&slot[0]), unsafe.Pointer(&to[0])}, 3)
		for i := range a {
			if to[i] != 2*a[i]*a[i] {
				t.Fatalf("item %d: %v", i, to[i])
			}
		}
	})
}
