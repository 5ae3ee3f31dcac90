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
	if base := reuse(n); base != nil {
		clear(unsafe.Slice((*byte)(base), n))
		return born(&Buffer{n: n, kind: Heap, base: base}), nil
	}
	if err := checkAvailable(n); err != nil {
		return nil, err
	}
	b := &Buffer{n: n, kind: Heap}
	// Words, so that the allocator's alignment is at least 8. Its size classes
	// from 512 bytes up are multiples of 64.
	b.base = unsafe.Pointer(unsafe.SliceData(make([]uint64, words(n))))
	return born(b), nil
}

// MakeUninit is Make without the zeroing: the caller overwrites all n bytes
// before anybody else sees them.
func MakeUninit(n int) (*Buffer, error) {
	if n < uninitFrom {
		return Make(n) // zeroing this much costs less than the detour
	}
	if base := reuse(n); base != nil {
		return born(&Buffer{n: n, kind: Heap, base: base}), nil
	}
	if err := checkAvailable(n); err != nil {
		return nil, err
	}
	// strings.Builder is the one door of the standard library to memory that
	// the allocator does not clear. Its block is noscan, as make([]byte) is.
	var sb strings.Builder
	sb.Grow(words(n) * 8)
	sb.WriteByte(0)
	return born(&Buffer{n: n, kind: Heap, base: unsafe.Pointer(unsafe.StringData(sb.String()))}), nil
}

// uninitFrom is the length from which MakeUninit skips the zeroing.
const uninitFrom = 2048

// words returns how many 8-byte words hold n bytes, at least two: below 16
// bytes the allocator would pack blocks at odd addresses.
func words(n int) int { return max((n+7)/8, 2) }

// checkAvailable refuses a block that the machine cannot hold, because the Go
// runtime ends the process when it runs out of memory.
func checkAvailable(n int) error {
	if n < 0 {
		return nderr.New("", nderr.ErrMemory, "Unable to allocate an array of %d bytes", n)
	}
	if n < checkFrom {
		return nil
	}
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
