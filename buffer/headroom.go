package buffer

import (
	"runtime"
	"runtime/debug"
	"sync"
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

// makeRoom makes the headroom. A program that has set a memory limit, and a
// machine whose addresses are memory, go without.
var makeRoom = sync.OnceFunc(func() {
	if runtime.GOARCH != "wasm" && debug.SetMemoryLimit(-1) == 1<<63-1 {
		headroom = make([]byte, headroomBytes)
	}
})
