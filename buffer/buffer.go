// Package buffer owns bytes: where they live, whether they may be written, and
// when they stop being there. It knows nothing of dtypes or shapes.
//
// Terms:
//
//	block    the bytes of one Buffer: base address and length; neither changes
//	kind     where the block lives: Go heap, mapped file, foreign memory, …
//	owner    the Go value that keeps a foreign block alive
//	closed   the block is gone; every header over it must refuse to work
//	escaped  a bare slice over the block left this module's hands
//	stale    the Growable that the block belonged to has moved on
//	pinned   somebody writes to the block: it is not given away before it is done
//
// Invariant: as long as a Buffer is reachable and not closed, the Len bytes at
// Pointer are readable, and writable unless ReadOnly.
package buffer

import (
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// Kind says where a block lives.
type Kind uint8

// The kinds of block.
const (
	Heap      Kind = iota // allocated by Make or MakeUninit on the Go heap
	Mapped                // a mapped file
	Foreign               // memory of another owner: a Go slice, a string, a pointer
	Shared                // memory shared with other processes
	Growing               // the finished part of a Growable
	Anonymous             // system memory outside the Go heap, without a file
)

var kindNames = [...]string{"heap", "mapped", "foreign", "shared", "growable", "anonymous"}

// String returns the kind's name in lower case.
func (k Kind) String() string { return nameOf(kindNames[:], uint8(k)) }

// nameOf returns the name of a value of a small enumeration, "?" of one outside it.
func nameOf(names []string, v uint8) string {
	if int(v) >= len(names) {
		return "?"
	}
	return names[v]
}

// Buffer is one block of bytes and its fate. All methods may be called from
// several goroutines at once.
type Buffer struct {
	base     unsafe.Pointer
	n        int
	kind     Kind
	readOnly bool
	cold     bool          // see Cold
	state    atomic.Uint32 // bits: isClosed, isEscaped, isStale, isGone, none of which is ever cleared; above them the pins
	self     uintptr       // the Buffer's own address, if the block may go before the last copy of b does; else 0
	owner    any           // keeps foreign, growing and anonymous memory reachable
	mapped   *mapping      // the file behind a Mapped or Shared block
}

// The bits of Buffer.state.
const (
	isClosed = 1 << iota
	isEscaped
	isStale
	isGone // the block was given away
	onePin // the first bit of the number of pins
)

// Pointer returns the address of the block's first byte. It is not nil, even
// for an empty block.
func (b *Buffer) Pointer() unsafe.Pointer { return b.base }

// Len returns the block's length in bytes.
func (b *Buffer) Len() int { return b.n }

// Kind returns where the block lives.
func (b *Buffer) Kind() Kind { return b.kind }

// ReadOnly tells whether the block must not be written.
func (b *Buffer) ReadOnly() bool { return b.readOnly }

// Closed tells whether the block is gone.
func (b *Buffer) Closed() bool { return b.state.Load()&isClosed != 0 }

// Owner returns the value that owns a Foreign block, nil for other kinds.
func (b *Buffer) Owner() any {
	if b.kind != Foreign {
		return nil
	}
	return b.owner
}

// MayFault tells whether touching the block may fault, because a file is behind
// it that others can truncate: work on it needs a Watch.
func (b *Buffer) MayFault() bool { return b.mapped != nil }

// Plain tells whether the block is open and cannot fault: nothing stands between
// a loop and its bytes.
func (b *Buffer) Plain() bool { return b.mapped == nil && b.state.Load()&isClosed == 0 }

// Err returns nil while the block may be used, and an error that wraps
// nd.ErrClosed after it has been closed.
func (b *Buffer) Err() error {
	if b.Closed() {
		return nderr.New("", nderr.ErrClosed, "the %s buffer is closed", b.kind)
	}
	return nil
}

// UnsafeBytes returns the block as a slice without copying. Writing through it
// ignores ReadOnly, and touching it after Close faults.
func (b *Buffer) UnsafeBytes() []byte {
	b.Escape() // a block that has been given away meanwhile is the caller's risk
	return unsafe.Slice((*byte)(b.base), b.n)
}
