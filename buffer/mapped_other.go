//go:build !unix && !windows

package buffer

import (
	"io"
	"os"
	"unsafe"
)

// granularity is that of the platforms with maps, so that an item's address is
// as aligned here as there.
const granularity = 4096

// Each map is a copy of its own.
const (
	mapsBeyondEnd  = false
	mapsShareBytes = false
)

// sysMapping stands for a map on a platform that has none: the range in the
// heap, and the file that Flush writes it to.
type sysMapping struct {
	heap *Buffer
	file *os.File // of a map whose writes reach the file, else nil
	from int64    // offset of the range in the file
}

// mapRange reads m.length bytes of f from start on and sets m.addr.
func (m *mapping) mapRange(f *os.File, start int64) error {
	heap, err := Make(m.length)
	if err != nil {
		return err
	}
	if _, err := f.ReadAt(heap.UnsafeBytes(), start); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	if m.info.Mode.writesFile() {
		// The caller may close f; Flush needs a file of its own.
		if m.sys.file, err = os.OpenFile(m.info.Path, os.O_RDWR, 0); err != nil {
			return err
		}
	}
	m.sys.heap, m.sys.from, m.addr = heap, start, heap.base
	return nil
}

// syncRange writes n bytes from lo on to the file. Bytes outside the block
// proper, which the caller's rounding may have added, hold what was read.
func (m *mapping) syncRange(lo, n int) error {
	if m.sys.file == nil {
		return nil // a longer map has taken over
	}
	first := int(m.info.Offset - m.sys.from)
	if lo < first {
		lo, n = first, n-(first-lo)
	}
	if _, err := m.sys.file.WriteAt(unsafe.Slice((*byte)(unsafe.Add(m.addr, lo)), n), m.sys.from+int64(lo)); err != nil {
		return err
	}
	return m.sys.file.Sync()
}

// advise: the system takes none.
func (m *mapping) advise(lo, n int, how Advice) error { return nil }

// poison cannot take heap memory away: the closed flag alone guards, and a raw
// slice keeps the bytes it had.
func (m *mapping) poison() error { return nil }

// unmapRange writes what Flush has not, as the kernel does elsewhere.
func (m *mapping) unmapRange() {
	if m.sys.file != nil {
		m.syncRange(0, m.length)
	}
	m.sys.heap = nil
}

func (s *sysMapping) close() error {
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return file.Close()
}

// isBadAddress tells whether err says that memory cannot be reached.
func isBadAddress(err error) bool { return false }
