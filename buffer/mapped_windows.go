package buffer

import (
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// granularity is Windows' allocation granularity. It is 64 KiB on every
// released system.
const granularity = 64 << 10

// A view cannot reach beyond the end of its file. All views show the same bytes.
const (
	mapsBeyondEnd  = false
	mapsShareBytes = true
)

// sysMapping holds a handle of a file that the map writes: FlushFileBuffers
// needs one.
type sysMapping struct{ file windows.Handle }

// mapRange maps m.length bytes of f from start on, a multiple of granularity,
// and sets m.addr.
func (m *mapping) mapRange(f *os.File, start int64) error {
	protect, access := uint32(windows.PAGE_READONLY), uint32(windows.FILE_MAP_READ)
	switch m.info.Mode {
	case MapUpdate, MapCreate:
		protect, access = windows.PAGE_READWRITE, windows.FILE_MAP_WRITE
	case MapCopy:
		protect, access = windows.PAGE_WRITECOPY, windows.FILE_MAP_COPY
	}
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	cerr := conn.Control(func(fd uintptr) {
		file := windows.Handle(fd)
		var section windows.Handle
		if section, err = windows.CreateFileMapping(file, nil, protect, 0, 0, nil); err != nil {
			return
		}
		defer windows.CloseHandle(section) // the view keeps the section
		var addr uintptr
		addr, err = windows.MapViewOfFile(section, access, uint32(start>>32), uint32(start), uintptr(m.length))
		if err != nil {
			return
		}
		m.addr = systemAddress(addr)
		if m.info.Mode.writesFile() {
			self := windows.CurrentProcess()
			err = windows.DuplicateHandle(self, file, self, &m.sys.file, 0, false, windows.DUPLICATE_SAME_ACCESS)
			if err != nil {
				windows.UnmapViewOfFile(addr)
				m.addr = nil
			}
		}
	})
	if cerr != nil {
		return cerr
	}
	return err
}

// systemAddress turns an address that the system chose into a pointer. Such an
// address is outside the Go heap, so the collector never moves or frees it.
func systemAddress(addr uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&addr)) }

// syncRange writes n bytes from lo on to the file.
func (m *mapping) syncRange(lo, n int) error {
	if err := windows.FlushViewOfFile(uintptr(m.addr)+uintptr(lo), uintptr(n)); err != nil {
		return err
	}
	return windows.FlushFileBuffers(m.sys.file)
}

// advise: the system takes none.
func (m *mapping) advise(lo, n int, how Advice) error { return nil }

// poison unmaps the view, so that the file may be deleted or truncated, and
// reserves its addresses. Another thread may take them between the two calls;
// then the closed flag alone guards, and only raw slices can go astray.
func (m *mapping) poison() error {
	if err := windows.UnmapViewOfFile(uintptr(m.addr)); err != nil {
		return err
	}
	_, err := windows.VirtualAlloc(uintptr(m.addr), uintptr(m.length), windows.MEM_RESERVE, windows.PAGE_NOACCESS)
	if err != nil {
		unwatch(m)
		m.addr = nil
	}
	return nil
}

// unmapRange gives the range back: a view, or after poison a reservation.
func (m *mapping) unmapRange() {
	switch {
	case m.addr == nil:
	case m.poisoned:
		windows.VirtualFree(uintptr(m.addr), 0, windows.MEM_RELEASE)
	default:
		windows.UnmapViewOfFile(uintptr(m.addr))
	}
}

func (s *sysMapping) close() error {
	if s.file == 0 {
		return nil
	}
	file := s.file
	s.file = 0
	return windows.CloseHandle(file)
}

// isBadAddress tells whether err says that memory cannot be reached.
func isBadAddress(err error) bool { return errors.Is(err, windows.ERROR_NOACCESS) }
