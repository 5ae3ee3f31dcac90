package buffer

import (
	"io/fs"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// sysSegment holds the section object: its name lasts as long as some process
// holds a handle, so there is nothing to unlink.
type sysSegment struct{ section windows.Handle }

func (s *Segment) create(n int) error {
	name, err := windows.UTF16PtrFromString(s.name)
	if err != nil {
		return err
	}
	section, err := windows.CreateFileMapping(windows.InvalidHandle, nil, windows.PAGE_READWRITE, uint32(uint64(n)>>32), uint32(n), name)
	if err == windows.ERROR_ALREADY_EXISTS {
		windows.CloseHandle(section)
		return &fs.PathError{Op: "create", Path: s.name, Err: fs.ErrExist}
	}
	if err != nil {
		return &fs.PathError{Op: "create", Path: s.name, Err: err}
	}
	return s.mapSection(section, n, false)
}

var openFileMapping = windows.NewLazySystemDLL("kernel32.dll").NewProc("OpenFileMappingW")

func (s *Segment) attach(n int, readOnly bool) error {
	name, err := windows.UTF16PtrFromString(s.name)
	if err != nil {
		return err
	}
	access := uintptr(windows.FILE_MAP_WRITE | windows.FILE_MAP_READ)
	if readOnly {
		access = windows.FILE_MAP_READ
	}
	section, _, err := openFileMapping.Call(access, 0, uintptr(unsafe.Pointer(name)))
	if section == 0 {
		return &fs.PathError{Op: "open", Path: s.name, Err: err}
	}
	return s.mapSection(windows.Handle(section), n, readOnly)
}

// mapSection maps a view of the section, which s takes over.
func (s *Segment) mapSection(section windows.Handle, n int, readOnly bool) error {
	// A private copy's mode, because there is no file that a flush could reach.
	info, access := MapInfo{Path: s.name, Mode: MapCopy}, uint32(windows.FILE_MAP_WRITE)
	if readOnly {
		info.Mode, access = MapRead, windows.FILE_MAP_READ
	}
	addr, err := windows.MapViewOfFile(section, access, 0, 0, 0)
	if err != nil {
		windows.CloseHandle(section)
		return &fs.PathError{Op: "map", Path: s.name, Err: err}
	}
	var region windows.MemoryBasicInformation
	if err = windows.VirtualQuery(addr, &region, unsafe.Sizeof(region)); err == nil {
		n, err = checkSize(s.name, n, int64(region.RegionSize))
	}
	if err != nil {
		windows.UnmapViewOfFile(addr)
		windows.CloseHandle(section)
		return err
	}
	m := &mapping{info: info, addr: systemAddress(addr), length: n}
	b := &Buffer{base: m.addr, n: n, kind: Shared, readOnly: readOnly, mapped: m}
	b.self = uintptr(unsafe.Pointer(b))
	watch(m)
	runtime.AddCleanup(b, (*mapping).release, m)
	remember(b)
	s.buf, s.sys.section = b, section
	return nil
}

func (s *Segment) unlink() error { return nil }

func (s *Segment) letGo() error {
	if s.file != nil {
		return s.file.Close()
	}
	section := s.sys.section
	if section == 0 {
		return nil
	}
	s.sys.section = 0
	return windows.CloseHandle(section)
}
