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

func (s *space) decommit(from int) error { return nil }

// discard clears the first n bytes: the heap takes them back when nothing refers
// to them.
func (s *space) discard(n int) error {
	clear(unsafe.Slice((*byte)(s.addr), n))
	return nil
}

func (s *space) unmap() { s.heap = nil }
