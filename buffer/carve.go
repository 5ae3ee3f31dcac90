package buffer

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Blocks of a few kilobytes are carved from chunks: the allocator gives each
// object above 8 KB pages of its own, under a lock, and many small ones cost a
// sweep each. A chunk is one object of the Go heap, and any pointer into it, of a
// Buffer or of a raw slice, keeps the whole of it alive. That is the price: a
// block that stays may pin its chunk. It is bounded: at most chunksMost bytes of
// chunks exist at a time, those that wait for the garbage collector included;
// beyond that each block is an object of its own.
const (
	carveFrom  = 1 << 10
	carveMost  = 32 << 10
	chunkBytes = 1 << 20 // the allocator takes 5 µs for one
)

// chunksMost is more than is allocated between two collections of a program that holds
// little: the headroom and a half.
var chunksMost atomic.Int64

// chunk is what is left of a chunk: the last left bytes. Blocks come from it in the
// order of their addresses, the one in which processors bring memory beforehand:
// the other way round a sum of 1000 items takes twice the time.
type chunk struct {
	base unsafe.Pointer
	left int
}

// chunks holds the chunk that each processor carves from; chunksLive counts the
// bytes of all chunks that the garbage collector has not freed yet.
var (
	chunks     sync.Pool
	chunksLive atomic.Int64
)

// carve returns room bytes, which hold anything, at a multiple of 64, or nil where
// there shall be no chunk more. room is at most carveMost.
func carve(room int) unsafe.Pointer {
	c, _ := chunks.Get().(*chunk)
	if c == nil {
		c = new(chunk)
	}
	room = (room + 63) &^ 63
	if c.left < room {
		if !roomy() {
			chunks.Put(c)
			return nil
		}
		if chunksLive.Add(chunkBytes) > chunksMost.Load() {
			chunksLive.Add(-chunkBytes)
			chunks.Put(c)
			return nil
		}
		c.base, c.left = unzeroed(chunkBytes), chunkBytes
		runtime.AddCleanup((*uint64)(c.base), func(n int64) { chunksLive.Add(-n) }, chunkBytes)
	}
	// Invariant: the bytes before the last left belong to blocks that were carved
	// before, and left, as chunkBytes, is a multiple of 64.
	base := unsafe.Add(c.base, chunkBytes-c.left)
	c.left -= room
	chunks.Put(c)
	return base
}
