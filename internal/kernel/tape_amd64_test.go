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
var tapeTestOps = []Op{Add, Subtract, Multiply, Divide, Maximum, Minimum, Square, Negative, Absolute, Fabs, Sqrt, Reciprocal,
	Floor, Ceil, Rint, Trunc, BitwiseAnd, BitwiseOr, BitwiseXor, Invert, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual,
	Isnan, Isinf, Isfinite, Signbit}

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
				osize, store := size, TapeStore
				if e.Tape.Tests() {
					osize, store = 1, TapeMaskStore
				}
				got := bytes.Repeat([]byte{0xa5}, n*osize+2*guard)
				want := bytes.Clone(got)
				at := []unsafe.Pointer{first(a), first(b), first(got[guard+osize:])}
				op, x, y := e.Tape, first(a), first(whole)
				if reversed {
					op, x, y = op.Reversed(), y, x
				}
				tape := []TapeStep{{Op: TapeLoad, Along: 0xff}, {Op: op, Along: along, At: 1}, {Op: store, Along: 0xff, At: 2}, {Op: TapeEnd}}
				RunTape(k, tape, at, chunks)
				if d := first(want[guard+osize:]); e.Unary != nil {
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
	atLevel(t, func(t *testing.T, l Level) {
		rng := rand.New(rand.NewPCG(7, 7))
		f := newFence(t)
		type pair struct{ from, to dtype.Kind }
		var there []pair
		for from := kBool; from < dtype.KindBytes; from++ {
			for to := kBool; to < dtype.KindBytes; to++ {
				if TapeWiden(from, to) != TapeEnd {
					there = append(there, pair{from, to})
				}
			}
		}
		if want := map[Level]int{LevelGo: 0, LevelAVX2: 39, LevelAVX512: 39}[l]; len(there) != want {
			t.Fatalf("%d steps that load and cast, not %d: %v", len(there), want, there)
		}
		for _, c := range there {
			step, chunk := TapeWiden(c.from, c.to), TapeChunk(c.to)
			for chunks := 1; chunks < 5; chunks++ {
				n, size := chunks*chunk, itemSizes[c.to]
				a := f.last(itemSizes[c.from] * n)
				hardItems(a, c.from, rng)
				got, want := make([]byte, size*(n+1)), make([]byte, size*(n+1))
				Cast(c.from, c.to)(first(want), first(a), n)
				tape := []TapeStep{{Op: step, Along: 0xff}, {Op: TapeStore, Along: 0xff, At: 1}, {}}
				RunTape(c.to, tape, []unsafe.Pointer{first(a), first(got)}, chunks)
				if !bytes.Equal(got, want) {
					t.Errorf("%v to %v, %d items: the tape differs from the cast", dtype.OfKind(c.from), dtype.OfKind(c.to), n)
				}
			}
		}
	})
}

// TestTapeMasks does every step of masks to bools of any byte, which advance or not and
// end where memory ends, and compares each item with the truth of it.
func TestTapeMasks(t *testing.T) {
	atLevel(t, func(t *testing.T, l Level) {
		ran := 0
		for _, k := range []dtype.Kind{kF64, kF32, kI64, kI32} {
			if TapeChunk(k) > 0 {
				ran++
				t.Run(dtype.OfKind(k).String(), func(t *testing.T) { testTapeMasks(t, k) })
			}
		}
		if ran == 0 && l > LevelGo {
			t.Error("no loop was tried")
		}
	})
}

func testTapeMasks(t *testing.T, k dtype.Kind) {
	rng := rand.New(rand.NewPCG(11, uint64(k)))
	size, chunk := itemSizes[k], TapeChunk(k)
	fp, fq, fx, fy := newFence(t), newFence(t), newFence(t), newFence(t)
	const guard = 64
	one := make([]byte, chunk*size)
	Cast(kBool, k)(first(one), first(bytes.Repeat([]byte{1}, chunk)), chunk)
	for chunks := range 5 {
		for _, along := range []uint8{0xff, 0} {
			n := chunks * chunk
			qn := n
			if along == 0 {
				qn = min(chunk, n)
			}
			p, q, x, y := fp.last(n), fq.last(qn), fx.last(n*size), fy.last(qn*size)
			for _, b := range [][]byte{p, q} {
				for i := range b {
					b[i] = byte(rng.IntN(4)) // 2 and 3 are as true as 1
				}
			}
			hardItems(x, k, rng)
			hardItems(y, k, rng)
			slot := make([]byte, TapeChunkBytes)
			for _, c := range []struct {
				name  string
				steps []TapeStep // with p in the mask and q in the slot
				mask  func(p, q bool) bool
				item  func(p bool, x, y []byte) []byte // nil: the mask is stored
			}{
				{"and", []TapeStep{{Op: TapeMaskAnd, At: 2}}, func(p, q bool) bool { return p && q }, nil},
				{"or", []TapeStep{{Op: TapeMaskOr, At: 2}}, func(p, q bool) bool { return p || q }, nil},
				{"xor", []TapeStep{{Op: TapeMaskXor, At: 2}}, func(p, q bool) bool { return p != q }, nil},
				{"not", []TapeStep{{Op: TapeMaskNot}}, func(p, q bool) bool { return !p }, nil},
				{"take", []TapeStep{{Op: TapeMaskTake, At: 2}}, func(p, q bool) bool { return q }, nil},
				{"then", []TapeStep{{Op: TapeLoad, At: 3, Along: 0xff}, {Op: TapeThen, At: 4, Along: along}}, nil,
					func(p bool, x, y []byte) []byte {
						if p {
							return y
						}
						return x
					}},
				{"else", []TapeStep{{Op: TapeLoad, At: 3, Along: 0xff}, {Op: TapeElse, At: 4, Along: along}}, nil,
					func(p bool, x, y []byte) []byte {
						if p {
							return x
						}
						return y
					}},
				{"number", []TapeStep{{Op: TapeNumber}}, nil, func(p bool, _, _ []byte) []byte {
					if p {
						return one[:size]
					}
					return make([]byte, size)
				}},
			} {
				tape := []TapeStep{{Op: TapeMaskLoad, At: 1, Along: along}, {Op: TapeMaskKeep, At: 2}, {Op: TapeMaskLoad, Along: 0xff}}
				osize, store := 1, TapeMaskStore
				if c.item != nil {
					osize, store = size, TapeStore
				}
				tape = append(append(tape, c.steps...), TapeStep{Op: store, At: 5, Along: 0xff}, TapeStep{})
				got := bytes.Repeat([]byte{0xa5}, n*osize+2*guard)
				want := bytes.Clone(got)
				for i := range n {
					to := want[guard+1+i*osize:][:osize]
					switch {
					case c.item != nil:
						copy(to, c.item(p[i] != 0, x[i*size:][:size], y[i%qn*size:][:size]))
					case c.mask(p[i] != 0, q[i%qn] != 0):
						to[0] = 1
					default:
						to[0] = 0
					}
				}
				RunTape(k, tape, []unsafe.Pointer{first(p), first(q), first(slot), first(x), first(y), first(got[guard+1:])}, chunks)
				if !bytes.Equal(got, want) {
					t.Fatalf("%s, %d chunks, along %x: got % x, want % x", c.name, chunks, along, got, want)
				}
			}
		}
	}
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
