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
var headroom []byte

// headroomMost is measured, in large pages (askAround). 100 000 floats into a fresh
// block take 48 µs with 32 MB, 43 with 48, 40 with 64, 39 with 96 and 128, and the
// process grows by about half as much again. In small pages the first results of a
// program cost three times as much, and more headroom would mean more of them. Collections
// asked for after every 4 to 16 MB of results, with dead blocks brought back by
// finalizers, cost more than what stays in the caches gains.
const headroomMost = 64 << 20

// headroomPart is the part of what the machine, the container or the process may still
// take that goes to garbage.
const headroomPart = 1.0 / 32

// roomFrom is how many bytes of blocks are made before the headroom: making it
// starts a collection, which a program that answers one question should not wait
// for.
const roomFrom = 256 << 10

// blocksMade counts the bytes of blocks until the headroom has been thought about,
// as roomSettled then says.
var (
	blocksMade  atomic.Int64
	roomSettled atomic.Bool
)

// countBlock counts a block of n bytes.
func countBlock(n int) {
	if !roomSettled.Load() && blocksMade.Add(int64(n)) >= roomFrom {
		makeRoom()
	}
}

// countSmall counts a small block at an address, with its header: one in 64, for the
// others. Which one is chosen by a product of the address, because blocks of one
// size lie at few distances from their pages.
func countSmall(at uintptr) {
	if uint32(at>>4)*2654435769 < 1<<26 {
		countBlock(64 * 256)
	}
}

// roomy tells whether there is headroom.
func roomy() bool { return roomSettled.Load() && headroom != nil }

// makeRoom makes the headroom. A program that has set a memory limit, and a
// machine whose addresses are memory, go without.
var makeRoom = sync.OnceFunc(func() {
	if runtime.GOARCH != "wasm" && debug.SetMemoryLimit(-1) == 1<<63-1 {
		have, _ := available()
		headroom = make([]byte, min(headroomMost, int(float64(have)*headroomPart)))
		chunksMost.Store(int64(len(headroom)) * 3 / 2)
	}
	roomSettled.Store(true)
})
