package kernel

import (
	"math/bits"
	"sync"
	"unsafe"
)

// streamLoop copies n bytes, a multiple of 128, between addresses that are
// multiples of 32, with stores that bypass the caches, and streamFence waits for
// them; nil if there are none.
var (
	streamLoop  func(dst, src unsafe.Pointer, n int)
	streamFence func()
)

// StreamBytes is the length of a result from which its stores bypass the caches:
// with its operands it would push everything else out of them, and by the time it
// is read its beginning would be gone. The generated loops know it by themselves.
const StreamBytes = 16 << 20

// Cold, added to a count of ColdLeast items or more, tells a loop of an entry that
// Streams to store past the caches however few they are: the result is in none.
const (
	Cold      = 1 << (bits.UintSize - 2)
	ColdLeast = 512 // so many that the loop takes several turns after it has aligned the result
)

// ColdCount is the count for n items of a result, with Cold if it is cold and they are
// not too few.
func ColdCount(cold bool, n int) int {
	if cold && n >= ColdLeast {
		return n | Cold
	}
	return n
}

// ColdBytes is the length of a run from which it may go past the caches where the
// destination is in none, or a part of what is too long for them: what begins and ends
// it costs little of it.
const ColdBytes = 4096

// CanStream reports whether Stream bypasses the caches.
func CanStream() bool { return streamLoop != nil }

// Stream copies n bytes from src to dst, which do not overlap, past the caches where
// the machine can and both are multiples of 64: for results that no cache has, or so
// large that none of them would be found in one later. EndStream must follow.
func Stream(dst, src unsafe.Pointer, n int) {
	m := 0
	if streamLoop != nil && uintptr(dst)&63 == 0 && uintptr(src)&63 == 0 {
		m = n &^ 127
		streamLoop(dst, src, m)
	}
	if m < n {
		copy(unsafe.Slice((*byte)(unsafe.Add(dst, m)), n-m), unsafe.Slice((*byte)(unsafe.Add(src, m)), n-m))
	}
}

// EndStream makes what this goroutine has streamed visible to others.
func EndStream() {
	if streamFence != nil {
		streamFence()
	}
}

// streamBlock is what goes through the first-level cache at once: so little that the
// lines which the processor fetches ahead cover the time of the stores.
const streamBlock = 2048

// coldBlock is the same for results that bypass the caches because they are in none,
// while their operands may well be.
const coldBlock = 8192

var streamRooms = sync.Pool{New: func() any { return new([coldBlock/8 + 8]uint64) }}

// InBlocks calls fill for pieces that make up n contiguous items of size bytes at
// dst: once for all, with to = dst, or, where the items are StreamBytes or more, for
// a block of them at a time in other memory, from where they go past the caches.
func InBlocks(dst unsafe.Pointer, size, n int, fill func(to unsafe.Pointer, first, n int)) {
	if n*size < StreamBytes {
		fill(dst, 0, n)
		return
	}
	inBlocks(dst, size, n, streamBlock, fill)
}

// InColdBlocks is InBlocks for items at dst that are in no cache, however few. Loops
// that stream long results by themselves are left alone with these.
func InColdBlocks(dst unsafe.Pointer, size, n int, fill func(to unsafe.Pointer, first, n int)) {
	if n*size >= StreamBytes {
		fill(dst, 0, n)
		return
	}
	inBlocks(dst, size, n, coldBlock, fill)
}

func inBlocks(dst unsafe.Pointer, size, n, block int, fill func(to unsafe.Pointer, first, n int)) {
	head := int(-uintptr(dst) & 63) // bytes up to a cache line
	if streamLoop == nil || head%size != 0 || block%size != 0 {
		fill(dst, 0, n)
		return
	}
	b := streamRooms.Get().(*[coldBlock/8 + 8]uint64)
	room := unsafe.Pointer(b)
	room = unsafe.Add(room, -uintptr(room)&63)
	head /= size
	if head > 0 {
		fill(dst, 0, head)
	}
	for most := block / size; head < n; head += most {
		k := min(most, n-head)
		fill(room, head, k)
		Stream(unsafe.Add(dst, head*size), room, k*size)
	}
	EndStream()
	streamRooms.Put(b)
}
