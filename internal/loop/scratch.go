package loop

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// BlockBytes is the size of one scratch block: two or three of them stay in the
// first-level cache beside the operands.
const BlockBytes = 8192

// WideBytes is the size of a wide block, which has the pieces of several rows: so long
// that where these go memory is written in order, so short that it stays in the
// second-level cache.
const WideBytes = 64 << 10

// Scratch is the working memory of one call: a nest, a mover and one block per role.
// Blocks are aligned to 64 bytes.
type Scratch struct {
	Nest   Nest
	mover  Mover
	blocks [2 * MaxOps]*block
	wides  [MaxOps + 1]*wide
}

type (
	block [BlockBytes/8 + 8]uint64
	wide  [WideBytes/8 + 8]uint64
)

var scratches = sync.Pool{New: func() any { return new(Scratch) }}

// Borrow takes a Scratch; the caller returns it with Return.
func Borrow() *Scratch { return scratches.Get().(*Scratch) }

// Return gives s back.
func (s *Scratch) Return() { scratches.Put(s) }

// NewMover is NewMover in the room of s, which has one: until the next call, or Return.
func (s *Scratch) NewMover(dst, src dtype.DType) (*Mover, error) {
	return &s.mover, s.mover.choose(dst, src)
}

// Block returns the i-th block, BlockBytes bytes long.
func (s *Scratch) Block(i int) unsafe.Pointer {
	b := s.blocks[i]
	if b == nil {
		b = new(block)
		s.blocks[i] = b
	}
	p := unsafe.Pointer(b)
	return unsafe.Add(p, -uintptr(p)&63)
}

// Wide returns the i-th wide block, WideBytes bytes long.
func (s *Scratch) Wide(i int) unsafe.Pointer {
	b := s.wides[i]
	if b == nil {
		b = new(wide)
		s.wides[i] = b
	}
	p := unsafe.Pointer(b)
	return unsafe.Add(p, -uintptr(p)&63)
}

// Temp returns n bytes of garbage-collected memory aligned to 16 bytes, not shared with anything.
func Temp(n int) unsafe.Pointer {
	return unsafe.Pointer(unsafe.SliceData(make([][2]uint64, (n+15)/16+1)))
}
