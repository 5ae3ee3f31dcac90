//go:build unix

package buffer

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// pageSize is the unit of commitment.
var pageSize = unix.Getpagesize()

// canReserve tells whether addresses can be reserved without memory.
const canReserve = true

// idle memory is counted against nobody before it is touched.
const idle = unix.MAP_PRIVATE | unix.MAP_ANON | noReserve

// reserve takes s.size bytes of address space.
func (s *space) reserve() (err error) {
	s.addr, err = unix.MmapPtr(-1, 0, nil, uintptr(s.size), unix.PROT_NONE, idle)
	return err
}

// commit makes [s.committed, to) usable.
func (s *space) commit(to int) error {
	// Invariant: committed ≤ to ≤ size, so the slice lies inside the range.
	return unix.Mprotect(unsafe.Slice((*byte)(unsafe.Add(s.addr, s.committed)), to-s.committed), unix.PROT_READ|unix.PROT_WRITE)
}

// discard replaces [from, s.committed) by zeros that take no memory, in one step.
func (s *space) discard(from int) error {
	_, err := unix.MmapPtr(-1, 0, unsafe.Add(s.addr, from), uintptr(s.committed-from), unix.PROT_READ|unix.PROT_WRITE, idle|unix.MAP_FIXED)
	return err
}

func (s *space) unmap() { unix.MunmapPtr(s.addr, uintptr(s.size)) }
