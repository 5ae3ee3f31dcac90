//go:build !unix && !windows

package buffer

import "unsafe"

// pageSize stands for the page that these platforms lack.
var pageSize = 4096

// canReserve is false: growable buffers live in the Go heap and move.
const canReserve = false

// reserve takes the memory at once, from the Go heap.
func (s *space) reserve() error {
	if err := checkAvailable(s.size); err != nil {
		return err
	}
	s.heap = make([]uint64, words(s.size))
	s.addr = unsafe.Pointer(unsafe.SliceData(s.heap))
	return nil
}

func (s *space) commit(to int) error { return nil }

// discard clears [from, s.committed): the heap takes it back when nothing refers to
// it.
func (s *space) discard(from int) error {
	clear(unsafe.Slice((*byte)(s.addr), s.committed)[from:])
	return nil
}

func (s *space) unmap() { s.heap = nil }
