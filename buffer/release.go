package buffer

import (
	"runtime"
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
//	Heap            the next Make of about that length may take the block, if it has
//	                512 bytes or more and no raw slice escaped; otherwise it stays
//	                with the garbage collector
//	Foreign         the memory stays its owner's
//
// Close may run while others compute on the block. What writes to it has pinned
// it, and the block is given away by the last UnsafeUnpin; what reads it asks StillOpen
// before it lets the result out.
func (b *Buffer) Close() error {
	old := b.state.Or(isClosed)
	if old&isClosed != 0 {
		return nil
	}
	forget(b)
	switch {
	case b.mapped != nil:
		return b.mapped.close()
	case b.kind == Heap && b.self != 0 && old < onePin:
		b.giveAway()
	case b.kind == Anonymous:
		s := b.owner.(*systemBlock)
		leave(s.entry)
		return s.space.blank()
	}
	return nil
}

// recycleFrom is the length from which a closed heap block serves another Buffer.
// Below it a fresh block costs about as much as the pins would.
const recycleFrom = 512

// Pin keeps the block from being given away until UnsafeUnpin: for work that writes to
// it. It reports false, and pins nothing, when the block is closed already and
// could belong to another Buffer.
func (b *Buffer) Pin() bool { return b.self == 0 || b.pin() }

func (b *Buffer) pin() bool {
	if b.state.Add(onePin)&isClosed != 0 {
		b.UnsafeUnpin()
		return false
	}
	return true
}

// UnsafeUnpin ends a Pin. The caller vouches that it reported true. The last one
// gives away a block that was closed meanwhile.
func (b *Buffer) UnsafeUnpin() {
	if b.self == 0 {
		return
	}
	if now := b.state.Add(^uint32(onePin - 1)); now < onePin && now&isClosed != 0 {
		b.giveAway()
	}
}

// giveAway offers the block to the next Make, once, and only if b is the Buffer
// that was made with it and not a copy of that.
func (b *Buffer) giveAway() {
	if b.kind == Heap && !b.Copied() && b.state.Or(isGone)&(isGone|isEscaped) == 0 {
		recycle(b.base, roomOf(b.n))
	}
}

// StillOpen tells whether the block is open, for a reader that has done its work:
// if so, every byte that it has read before was the block's. (A block is closed
// before it is given away, so a reader that has seen another Buffer's bytes finds
// it closed.)
func (b *Buffer) StillOpen() bool {
	if reordersLoads {
		// The reads must come before the question. The addition is a release, the
		// load of an atomic behind it an acquire, and no processor changes their order.
		var fence atomic.Uint32
		fence.Add(1)
	}
	return b.state.Load()&isClosed == 0
}

// reordersLoads tells whether the processor may read in another order than the
// program says.
const reordersLoads = runtime.GOARCH != "amd64" && runtime.GOARCH != "386" && runtime.GOARCH != "s390x" && runtime.GOARCH != "wasm"

// Copied tells whether b is a copy, made by assignment, of a Buffer: of nothing
// that can be known to be there.
func (b *Buffer) Copied() bool { return b.self != 0 && b.self != uintptr(unsafe.Pointer(b)) }

// Escape records that a bare slice over the block goes to code that does not
// keep the Buffer reachable. A mapped or reserved range is then never given back
// behind it, and a heap block is never reused. The error is Err's: a block that is
// closed may belong to another Buffer already.
func (b *Buffer) Escape() error {
	if b.state.Load()&isEscaped != 0 {
		return b.Err()
	}
	b.state.Or(isEscaped)
	if b.mapped != nil {
		b.mapped.escaped.Store(true)
	}
	if s, ok := b.owner.(*systemBlock); ok && s.space != nil {
		s.space.escaped.Store(true)
	}
	return b.Err()
}
