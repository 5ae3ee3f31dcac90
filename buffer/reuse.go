package buffer

import (
	"math"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// roomOf returns how many bytes are set aside for a block of n bytes. From
// recycleFrom on it is one of 16 lengths between two powers of two, so that a
// released block serves results that are nearly as long, and a multiple of 64.
func roomOf(n int) int {
	if n < recycleFrom {
		return 8 * words(n)
	}
	step := 1 << max(6, bits.Len(uint(n))-5)
	if n > math.MaxInt-step {
		return n
	}
	return (n + step - 1) &^ (step - 1)
}

// Released heap blocks wait here for a Make of about the same length. The list is
// short, its last entry goes out first (its bytes are likely still in the cache),
// and the next run of the garbage collector empties it, so that a released block
// never outlives one cycle unused.
var released struct {
	sync.Mutex
	n      atomic.Int32 // entries, so that Make looks without the lock
	blocks [maxReleased]freeBlock
	armed  bool // the next collection will empty the list
}

type freeBlock struct {
	base unsafe.Pointer
	room int
}

// maxReleased is how many released blocks wait at once.
const maxReleased = 32

// recycle offers a heap block that nothing may touch any more.
func recycle(base unsafe.Pointer, room int) {
	r := &released
	r.Lock()
	defer r.Unlock()
	n := int(r.n.Load())
	if n == maxReleased {
		copy(r.blocks[:], r.blocks[1:])
		n--
	}
	r.blocks[n] = freeBlock{base, room}
	r.n.Store(int32(n + 1))
	if !r.armed {
		r.armed = true
		runtime.AddCleanup(new([4]uintptr), func(struct{}) { dropReleased() }, struct{}{})
	}
}

// reuse returns a released block that has room for size bytes, and not much more,
// or nil.
func reuse(size int) unsafe.Pointer {
	r := &released
	if r.n.Load() == 0 || size < 0 {
		return nil
	}
	room := roomOf(size)
	r.Lock()
	defer r.Unlock()
	n := int(r.n.Load())
	for i := n - 1; i >= 0; i-- {
		if r.blocks[i].room == room {
			base := r.blocks[i].base
			copy(r.blocks[i:n], r.blocks[i+1:n])
			r.blocks[n-1] = freeBlock{}
			r.n.Store(int32(n - 1))
			return base
		}
	}
	return nil
}

// dropReleased leaves the waiting blocks to the garbage collector.
func dropReleased() {
	r := &released
	r.Lock()
	defer r.Unlock()
	clear(r.blocks[:])
	r.n.Store(0)
	r.armed = false
}
