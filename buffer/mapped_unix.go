//go:build unix

package buffer

import (
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// granularity is the page: mmap's offset must be a multiple of it.
var granularity = unix.Getpagesize()

// A map may reach beyond the end of its file, and all maps of a file show the same
// bytes.
const (
	mapsBeyondEnd  = true
	mapsShareBytes = true
)

// sysMapping is empty: a map needs neither its file nor a descriptor.
type sysMapping struct{}

func (*sysMapping) close() error { return nil }

// mapRange maps m.length bytes of f from start on, a multiple of granularity,
// and sets m.addr.
func (m *mapping) mapRange(f *os.File, start int64) error {
	prot, flags := unix.PROT_READ, unix.MAP_SHARED
	if m.info.Mode != MapRead {
		prot |= unix.PROT_WRITE
	}
	if m.info.Mode == MapCopy {
		flags = unix.MAP_PRIVATE
	}
	// Not f.Fd(), which would put the descriptor into blocking mode.
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	cerr := conn.Control(func(fd uintptr) {
		m.addr, err = unix.MmapPtr(int(fd), start, nil, uintptr(m.length), prot, flags)
	})
	if cerr != nil {
		return cerr
	}
	if err != nil {
		m.addr = nil
	}
	return err
}

// syncRange writes n bytes from lo on, a multiple of granularity, to the file.
func (m *mapping) syncRange(lo, n int) error {
	// Invariant: [lo, lo+n) lies inside the range as mapped, and m.mu keeps it
	// mapped.
	return unix.Msync(unsafe.Slice((*byte)(unsafe.Add(m.addr, lo)), n), unix.MS_SYNC)
}

var advices = [...]int{unix.MADV_NORMAL, unix.MADV_SEQUENTIAL, unix.MADV_RANDOM, unix.MADV_WILLNEED, unix.MADV_DONTNEED}

func (m *mapping) advise(lo, n int, how Advice) error {
	// Invariant: as in syncRange.
	return unix.Madvise(unsafe.Slice((*byte)(unsafe.Add(m.addr, lo)), n), advices[how])
}

// poison replaces the range in one step by memory that may not be touched.
func (m *mapping) poison() error {
	_, err := unix.MmapPtr(-1, 0, m.addr, uintptr(m.length), unix.PROT_NONE, unix.MAP_PRIVATE|unix.MAP_ANON|unix.MAP_FIXED)
	if err != nil {
		// No room for the reservation: take the rights away from the map itself.
		return unix.Mprotect(unsafe.Slice((*byte)(m.addr), m.length), unix.PROT_NONE)
	}
	return nil
}

// unmapRange gives the range back.
func (m *mapping) unmapRange() { unix.MunmapPtr(m.addr, uintptr(m.length)) }

// isBadAddress tells whether err says that memory cannot be reached.
func isBadAddress(err error) bool { return errors.Is(err, unix.EFAULT) }
