package buffer

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Close ends the block at once. Every header over it reports nd.ErrClosed from
// then on. A second Close does nothing.
//
//	Mapped, Shared  flushed, then the addresses are poisoned: a raw slice kept
//	                from before faults
//	Anonymous       the memory goes back to the system; a raw slice reads zeros
//	Growing         this view alone ends, and no longer counts as an export
//	Heap            the next Make of the same length may take the block, unless a
//	                raw slice escaped: then it stays with the garbage collector
//	Foreign         the memory stays its owner's
//
// Close must not run while another goroutine computes on the block: for a heap
// block that is a data race, as writing to it would be.
func (b *Buffer) Close() error {
	old := b.state.Or(isClosed)
	if old&isClosed != 0 {
		return nil
	}
	forget(b)
	switch {
	case b.mapped != nil:
		return b.mapped.close()
	case b.kind == Heap && old&isEscaped == 0:
		recycle(b.base, words(b.n))
	case b.kind == Anonymous:
		s := b.owner.(*systemBlock)
		leave(s.entry)
		return s.space.blank()
	}
	return nil
}

// Escape records that a bare slice over the block goes to code that does not
// keep the Buffer reachable. A mapped or reserved range is then never given back
// behind it, and a heap block is never reused.
func (b *Buffer) Escape() {
	if b.state.Load()&isEscaped != 0 {
		return
	}
	b.state.Or(isEscaped)
	if b.mapped != nil {
		b.mapped.escaped.Store(true)
	}
	if s, ok := b.owner.(*systemBlock); ok && s.space != nil {
		s.space.escaped.Store(true)
	}
}

// Released heap blocks wait here for a Make of the same length. The list is
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
	base  unsafe.Pointer
	words int
}

// maxReleased is how many released blocks wait at once.
const maxReleased = 32

// recycle offers a heap block that nothing may touch any more.
func recycle(base unsafe.Pointer, words int) {
	r := &released
	r.Lock()
	defer r.Unlock()
	n := int(r.n.Load())
	if n == maxReleased {
		copy(r.blocks[:], r.blocks[1:])
		n--
	}
	r.blocks[n] = freeBlock{base, words}
	r.n.Store(int32(n + 1))
	if !r.armed {
		r.armed = true
		runtime.AddCleanup(new([4]uintptr), func(struct{}) { dropReleased() }, struct{}{})
	}
}

// reuse returns a released block that holds size bytes as Make would lay them
// out, or nil.
func reuse(size int) unsafe.Pointer {
	r := &released
	if r.n.Load() == 0 || size < 0 {
		return nil
	}
	words := words(size)
	r.Lock()
	defer r.Unlock()
	n := int(r.n.Load())
	for i := n - 1; i >= 0; i-- {
		if r.blocks[i].words == words {
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
