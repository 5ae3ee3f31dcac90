package buffer

import "golang.org/x/sys/windows"

// pageSize is the unit of commitment; Windows has pages of 4 KiB on every
// platform that Go runs on.
var pageSize = 4096

// canReserve tells whether addresses can be reserved without memory.
const canReserve = true

// reserve takes s.size bytes of address space.
func (s *space) reserve() error {
	addr, err := windows.VirtualAlloc(0, uintptr(s.size), windows.MEM_RESERVE, windows.PAGE_NOACCESS)
	if err != nil {
		return err
	}
	s.addr = systemAddress(addr)
	return nil
}

// commit makes [s.committed, to) usable.
func (s *space) commit(to int) error {
	_, err := windows.VirtualAlloc(uintptr(s.addr)+uintptr(s.committed), uintptr(to-s.committed), windows.MEM_COMMIT, windows.PAGE_READWRITE)
	return err
}

// discard tells the system that the contents of [from, s.committed) do not matter:
// it takes the pages when it needs them. A reader that comes too late sees old
// bytes or zeros.
func (s *space) discard(from int) error {
	_, err := windows.VirtualAlloc(uintptr(s.addr)+uintptr(from), uintptr(s.committed-from), windows.MEM_RESET, windows.PAGE_READWRITE)
	return err
}

func (s *space) unmap() { windows.VirtualFree(uintptr(s.addr), 0, windows.MEM_RELEASE) }
