package buffer

import (
	"strings"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// Make returns a block of n zero bytes on the Go heap. Blocks of 512 bytes and
// more start at a multiple of 64, smaller ones at a multiple of 8. It returns
// an error that wraps nd.ErrMemory when the machine cannot hold n bytes.
func Make(n int) (*Buffer, error) {
	b := new(Buffer)
	if err := b.Init(n, Zeros); err != nil {
		return nil, err
	}
	return b, nil
}

// MakeUninit is Make without the zeroing: the caller overwrites all n bytes
// before anybody else sees them.
func MakeUninit(n int) (*Buffer, error) {
	b := new(Buffer)
	if err := b.Init(n, Soon); err != nil {
		return nil, err
	}
	return b, nil
}

// Fill says what a fresh block is to hold, or what its owner does with it first.
type Fill uint8

// The kinds of Fill.
const (
	Zeros    Fill = iota // zero bytes
	Soon                 // anything: all of it is overwritten at once, one store after the other
	Late                 // anything: all of it is overwritten, with much work between the stores
	Streamed             // anything: all of it is overwritten, past the caches if it is Cold
)

// Init gives b, a zero Buffer that is a part of something larger, a block as Make
// or MakeUninit would. A Buffer that has a block already is refused (ErrValue).
func (b *Buffer) Init(n int, fill Fill) error {
	if b.base != nil {
		return nderr.New("", nderr.ErrValue, "the %s buffer has a block already", b.kind)
	}
	base, cold, err := onHeap(n, fill)
	if err != nil {
		return err
	}
	b.n, b.kind, b.base, b.cold = n, Heap, base, cold
	if n >= recycleFrom {
		b.self = uintptr(unsafe.Pointer(b))
	}
	born(b)
	return nil
}

// Cold reports whether the block, when it was made, was neither cleared nor one that
// had just been released: stores to it wait until its lines are read from memory,
// those that bypass the caches do not.
func (b *Buffer) Cold() bool { return b.cold }

// onHeap returns n bytes of the Go heap, and whether none of them has been touched.
func onHeap(n int, fill Fill) (base unsafe.Pointer, cold bool, err error) {
	if n < 0 {
		return nil, false, checkAvailable(n)
	}
	if n < recycleFrom {
		// Words, so that the allocator's alignment is at least 8.
		return unsafe.Pointer(unsafe.SliceData(make([]uint64, words(n)))), false, nil
	}
	countBlock(n)
	if base := reuse(n); base != nil {
		if fill == Zeros {
			clear(unsafe.Slice((*byte)(base), n))
		}
		return base, false, nil
	}
	room := roomOf(n)
	if n >= carveFrom && n <= carveMost {
		if base := carve(room); base != nil {
			if fill != Late {
				clear(unsafe.Slice((*byte)(base), room))
			}
			return base, false, nil
		}
	}
	if n <= carveMost || fill == Soon && n <= zeroMost || fill == Zeros && n < hugeFrom {
		base = unsafe.Pointer(unsafe.SliceData(make([]uint64, room/8)))
		if n > carveMost && roomy() {
			askAround(base, n)
		}
		return base, false, nil
	}
	if err := checkAvailable(n); err != nil {
		return nil, false, err
	}
	if room >= hugeFrom {
		countLarge(room)
	}
	if fill == Zeros {
		base = unsafe.Pointer(unsafe.SliceData(make([]uint64, room/8)))
	} else {
		base = unzeroed(room)
	}
	if room >= hugeFrom {
		askHuge(base, room)
	}
	return base, fill != Zeros, nil
}

// unzeroed returns n bytes of the Go heap that hold whatever they held.
//
// strings.Builder is the one door of the standard library to memory that the
// allocator does not clear. Its block is noscan, as make([]byte) is.
func unzeroed(n int) unsafe.Pointer {
	var sb strings.Builder
	sb.Grow(n)
	if n < hugeFrom && roomy() {
		// Before the first byte is written. The address of an empty string may be any:
		// asking changes nothing there.
		askAround(unsafe.Pointer(unsafe.StringData(sb.String())), n)
	}
	sb.WriteByte(0)
	return unsafe.Pointer(unsafe.StringData(sb.String()))
}

const (
	// hugeFrom is the length from which a block is worth large pages, NumPy's
	// choice too.
	hugeFrom = 4 << 20

	// zeroMost is the length up to which a fresh block is zeroed even if all of it
	// is overwritten Soon: zeroing takes the block into the caches without reading
	// it from memory, which stores would do that find it nowhere. Late stores wait
	// for memory beside the work between them, those of Streamed do not wait, and
	// zeroing would be work more.
	zeroMost = 256 << 10
)

// UnsafeInitAt gives b, a zero Buffer, the n bytes at base. The caller vouches that
// they belong to the same object of the Go heap as b. The block is never reused.
func (b *Buffer) UnsafeInitAt(base unsafe.Pointer, n int) {
	b.n, b.kind, b.base = n, Heap, base
	b.state.Store(isEscaped)
	countSmall(uintptr(base))
	born(b)
}

// words returns how many 8-byte words hold n bytes, at least two: below 16
// bytes the allocator would pack blocks at odd addresses.
func words(n int) int { return max((n+7)/8, 2) }

// CheckRoom returns an error that wraps nd.ErrMemory when the machine cannot hold n
// bytes more: for who is about to make a large Go slice.
func CheckRoom(n int) error { return checkAvailable(n) }

// checkAvailable refuses a block that the machine cannot hold, because the Go
// runtime ends the process when it runs out of memory.
func checkAvailable(n int) error {
	if n < 0 {
		return nderr.New("", nderr.ErrMemory, "Unable to allocate an array of %d bytes", n)
	}
	if n < checkFrom {
		return nil
	}
	return checkFree(n)
}

// checkFree asks the system whether it has n bytes, after what is kept for reuse was
// given back if need be.
func checkFree(n int) error {
	have, known := available()
	if known && int64(n) > have {
		Reclaim()
		have, known = available()
	}
	if known && int64(n) > have {
		return nderr.New("", nderr.ErrMemory, "Unable to allocate %s: %s are available", Human(n), Human(int(have)))
	}
	return nil
}

// checkFrom is the length from which asking the system is worth its time.
const checkFrom = 128 << 20
