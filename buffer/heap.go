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
	if err := b.Init(n, true); err != nil {
		return nil, err
	}
	return b, nil
}

// MakeUninit is Make without the zeroing: the caller overwrites all n bytes
// before anybody else sees them.
func MakeUninit(n int) (*Buffer, error) {
	b := new(Buffer)
	if err := b.Init(n, false); err != nil {
		return nil, err
	}
	return b, nil
}

// Init gives b, a zero Buffer that is a part of something larger, a block as Make
// or MakeUninit would. A Buffer that has a block already is refused (ErrValue).
func (b *Buffer) Init(n int, zero bool) error {
	if b.base != nil {
		return nderr.New("", nderr.ErrValue, "the %s buffer has a block already", b.kind)
	}
	base := reuse(n)
	used := base != nil
	if n >= roomFrom {
		makeRoom()
	}
	switch {
	case used:
		if zero {
			clear(unsafe.Slice((*byte)(base), n))
		}
	case n >= 0 && (n < uninitFrom || zero && n < checkFrom):
		// Words, so that the allocator's alignment is at least 8. Its size classes
		// from 512 bytes up are multiples of 64.
		base = unsafe.Pointer(unsafe.SliceData(make([]uint64, words(n))))
	default:
		if err := checkAvailable(n); err != nil {
			return err
		}
		if zero {
			base = unsafe.Pointer(unsafe.SliceData(make([]uint64, words(n))))
			break
		}
		// strings.Builder is the one door of the standard library to memory that
		// the allocator does not clear. Its block is noscan, as make([]byte) is.
		var sb strings.Builder
		sb.Grow(words(n) * 8)
		sb.WriteByte(0)
		base = unsafe.Pointer(unsafe.StringData(sb.String()))
	}
	if n >= hugeFrom && !used {
		askHuge(base, n)
	}
	b.n, b.kind, b.base = n, Heap, base
	if n >= recycleFrom {
		b.self = uintptr(unsafe.Pointer(b))
	}
	born(b)
	return nil
}

// hugeFrom is the length from which a block is worth large pages, NumPy's choice
// too; roomFrom that of a block whose garbage soon adds up to a collection.
const (
	hugeFrom = 4 << 20
	roomFrom = 4 << 10
)

// UnsafeInitAt gives b, a zero Buffer, the n bytes at base. The caller vouches that
// they belong to the same object of the Go heap as b. The block is never reused.
func (b *Buffer) UnsafeInitAt(base unsafe.Pointer, n int) {
	b.n, b.kind, b.base = n, Heap, base
	b.state.Store(isEscaped)
	born(b)
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
