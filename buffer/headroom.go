package buffer

import (
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// The garbage collector starts when the heap has grown by as much as is live. A
// program that holds a few small arrays would collect every 4 MB of results,
// which is every fifth result of 100 000 floats. headroom counts as live memory,
// so that this much more is allocated between two collections. Nobody ever
// touches it, so it takes addresses but no memory.
//
//lint:ignore U1000 it is there to be there
var headroom []byte

// headroomBytes is measured: with less, collections cost more than what stays in the
// caches gains.
const headroomBytes = 32 << 20

// roomFrom is the length of a block whose garbage soon adds up to a collection.
const roomFrom = 4 << 10

// smallBorn makes the headroom once many small blocks have been made: making it
// starts a collection, which a program that answers one question should not wait
// for. It counts one block in 64 or so, by the addresses.
func smallBorn(at uintptr) {
	if at>>4&63 == 0 && smallBlocks.Add(1) == 64 {
		makeRoom()
	}
}

var smallBlocks atomic.Uint32

// makeRoom makes the headroom. A program that has set a memory limit, and a
// machine whose addresses are memory, go without.
var makeRoom = sync.OnceFunc(func() {
	if runtime.GOARCH != "wasm" && debug.SetMemoryLimit(-1) == 1<<63-1 {
		headroom = make([]byte, headroomBytes)
	}
})
