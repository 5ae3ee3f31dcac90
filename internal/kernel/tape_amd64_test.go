package kernel

import (
	"bytes"
	endian "encoding/binary"
	"fmt"
	"math"
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

// TestTapeWiden compares loads that cast, of unaligned items that end where memory ends,
// with the loops of casts.
func TestTapeWiden(t *testing.T) {
	atLevel(t, func(t *testing.T, _ Level) {
		rng := rand.New(rand.NewPCG(7, 7))
		f := newFence(t)
		for _, k := range []dtype.Kind{kF32, kI32} {
			step, chunk := TapeWiden(k, kF64), TapeChunk(kF64)
			if (step != TapeEnd) != (chunk > 0) || TapeWiden(k, kF32) != TapeEnd || TapeWiden(kI64, kF64) != TapeEnd {
				t.Fatalf("the steps that load %v", dtype.OfKind(k))
			}
			for chunks := 1; chunk > 0 && chunks < 5; chunks++ {
				n := chunks * chunk
				a := f.last(4 * n)
				hardItems(a, k, rng)
				got, want := make([]byte, 8*n+8), make([]byte, 8*n+8)
				Cast(k, kF64)(first(want), first(a), n)
				tape := []TapeStep{{Op: step, Along: 0xff}, {Op: TapeStore, Along: 0xff, At: 1}, {}}
				RunTape(kF64, tape, []unsafe.Pointer{first(a), first(got)}, chunks)
				if !bytes.Equal(got, want) {
					t.Errorf("%v, %d items: the tape differs from the cast", dtype.OfKind(k), n)
				}
			}
		}
	})
}

// TestSumTape compares the sums of what a tape computes, of every length up to several
// runs, with the sum of the stored items, bit by bit; the room has a guard behind it.
func TestSumTape(t *testing.T) {
	atLevel(t, func(t *testing.T, l Level) {
		for _, k := range []dtype.Kind{kF32, kF64} {
			if TapeChunk(k) > 0 != CanSumTape(k) {
				t.Fatalf("%v: a tape's loop without a sum", dtype.OfKind(k))
			}
			if CanSumTape(k) {
				t.Run(dtype.OfKind(k).String(), func(t *testing.T) { testSumTape(t, k) })
			}
		}
	})
}

func testSumTape(t *testing.T, k dtype.Kind) {
	rng := rand.New(rand.NewPCG(5, uint64(k)))
	size, chunk := itemSizes[k], TapeChunk(k)
	const most, guard = 2600, 64
	a, b := make([]byte, (most+chunk+1)*size), make([]byte, chunk*size)
	stored := make([]byte, (most+chunk)*size)
	room := bytes.Repeat([]byte{0xa5}, TapeRoomBytes+guard)
	add, mul := tables[Add].Find(k, k), tables[Multiply].Find(k, k)
	for n := 8; n <= most; n += 1 + n/300 {
		normalItems(a, k, rng)
		normalItems(b[:size], k, rng)
		for i := range b {
			b[i] = b[i%size] // one number: runs begin anywhere in a chunk
		}
		if n%7 == 0 {
			hardItems(a[size:][:n*size], k, rng)
		}
		at := []unsafe.Pointer{first(a[size:]), first(b)} // which is no whole vector's place
		tape := []TapeStep{{Op: TapeLoad, Along: 0xff}, {Op: TapeMultiply, At: 1}, {Op: TapeRoom}, {Op: TapeEnd}}
		var got [8]byte
		want := got
		minusZeroOf(want[:], k) // to which adding changes nothing
		SumTape(k, tape, at, first(room), n, first(got[:]))
		for i := 0; i < n; i += chunk {
			mul.Binary(first(stored[i*size:]), first(a[size+i*size:]), first(b), min(chunk, n-i))
		}
		add.Reduce(first(want[:]), first(stored), size, n)
		if got != want {
			t.Fatalf("%d items: % x, the loops give % x", n, got, want)
		}
		if !bytes.Equal(room[TapeRoomBytes:], bytes.Repeat([]byte{0xa5}, guard)) {
			t.Fatalf("%d items: the room was too small", n)
		}
	}
}

func normalItems(b []byte, k dtype.Kind, rng *rand.Rand) {
	for i := 0; i < len(b); i += itemSizes[k] {
		if k == kF32 {
			endian.NativeEndian.PutUint32(b[i:], math.Float32bits(float32(rng.NormFloat64())))
		} else {
			endian.NativeEndian.PutUint64(b[i:], math.Float64bits(rng.NormFloat64()))
		}
	}
}

func minusZeroOf(b []byte, k dtype.Kind) {
	if k == kF32 {
		endian.NativeEndian.PutUint32(b, 1<<31)
	} else {
		endian.NativeEndian.PutUint64(b, 1<<63)
	}
}
