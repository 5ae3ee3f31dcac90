package buffer

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// A mapped block is a range of a file in the address space.
//
// Terms:
//
//	granularity  the system maps at multiples of it: the page, 64 KiB on Windows
//	start        the block's offset in the file rounded down to the granularity
//	escaped      a bare slice over the block left this module's hands
//	poisoned     closed: the addresses stay reserved, and touching them faults
//
// Lifetime. Close flushes and poisons. When the Buffer becomes unreachable a
// cleanup gives the addresses back, unless the block is escaped: a bare slice
// does not keep a Buffer reachable, so an escaped range is never given back.
// Hence a stale slice sees its own file or faults, never another map.

// MapMode says how a file is mapped. The names are NumPy's.
type MapMode uint8

// The modes of a map.
const (
	MapRead   MapMode = iota // "r": read-only, shared with the file
	MapUpdate                // "r+": writes reach the file
	MapCreate                // "w+": as "r+", of a file made for the purpose
	MapCopy                  // "c": writes stay private, the file never changes
)

var mapModeNames = [...]string{"r", "r+", "w+", "c"}

// String returns NumPy's name of the mode: r, r+, w+ or c.
func (m MapMode) String() string { return mapModeNames[m] }

// ParseMapMode returns the mode that NumPy's spelling means: r, r+, w+, c, or
// readonly, readwrite, write, copyonwrite. The error (ErrValue) is NumPy's.
func ParseMapMode(s string) (MapMode, error) {
	switch s {
	case "r", "readonly":
		return MapRead, nil
	case "r+", "readwrite":
		return MapUpdate, nil
	case "w+", "write":
		return MapCreate, nil
	case "c", "copyonwrite":
		return MapCopy, nil
	}
	return 0, nderr.New("memmap", nderr.ErrValue,
		"mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got '%s')", s)
}

// writesFile tells whether writes to the map reach the file.
func (m MapMode) writesFile() bool { return m == MapUpdate || m == MapCreate }

// MapInfo describes the file behind a mapped block.
type MapInfo struct {
	Path   string // absolute
	Offset int64  // of the block's first byte in the file
	Mode   MapMode
	Member bool // the block is a part of an archive, not a file of its own
}

// mapping is what a mapped block remembers of its file. It must not refer to
// its Buffer, whose cleanup holds it.
type mapping struct {
	info     MapInfo
	addr     unsafe.Pointer // of the range as mapped, nil for an empty block
	length   int            // of the range as mapped
	escaped  atomic.Bool
	mu       sync.Mutex // held while the range is flushed, poisoned or released
	poisoned bool
	sys      sysMapping
}

// Granularity returns the multiple at which the system maps files.
func Granularity() int { return granularity }

// Map maps n bytes of f from offset on. The file must hold them: Map neither
// grows nor shrinks it. f's position does not matter, and f may be closed
// afterwards. Errors are of the system (*fs.PathError).
//
// On a platform without file maps (js, wasip1, plan9) the bytes are read into
// the heap; writes to an "r+" map reach the file at Flush and Close.
func Map(f *os.File, offset int64, n int, mode MapMode) (*Buffer, error) {
	path, err := filepath.Abs(f.Name())
	if err != nil {
		path = f.Name()
	}
	return mapInfo(f, n, MapInfo{Path: path, Offset: offset, Mode: mode}, Mapped)
}

// MapMember maps n bytes of the archive f from offset on, read-only or as a
// private copy. The block is a part of a file: MapInfo.Member is set.
func MapMember(f *os.File, offset int64, n int, mode MapMode) (*Buffer, error) {
	b, err := Map(f, offset, n, mode)
	if err == nil {
		b.mapped.info.Member = true
	}
	return b, err
}

// mapInfo maps n bytes of f as info says, for a block of kind Mapped or Shared.
func mapInfo(f *os.File, n int, info MapInfo, kind Kind) (*Buffer, error) {
	if info.Offset < 0 || n < 0 || info.Offset+int64(n) < 0 {
		return nil, &fs.PathError{Op: "mmap", Path: info.Path, Err: fs.ErrInvalid}
	}
	m := &mapping{info: info}
	b := &Buffer{kind: kind, n: n, readOnly: info.Mode == MapRead, mapped: m}
	if n == 0 {
		b.base = emptyBase()
		return b, nil
	}
	skip := int(info.Offset % int64(granularity))
	if n+skip < n {
		return nil, &fs.PathError{Op: "mmap", Path: info.Path, Err: fs.ErrInvalid}
	}
	m.length = n + skip
	if err := m.mapRange(f, info.Offset-int64(skip)); err != nil {
		return nil, &fs.PathError{Op: "mmap", Path: info.Path, Err: err}
	}
	b.base = unsafe.Add(m.addr, skip)
	watch(m)
	runtime.AddCleanup(b, (*mapping).release, m)
	remember(b)
	return b, nil
}

// MapInfo returns the file behind a mapped block; ok is false for other kinds.
func (b *Buffer) MapInfo() (info MapInfo, ok bool) {
	if b.kind != Mapped {
		return MapInfo{}, false
	}
	return b.mapped.info, true
}

// Flush writes a mapped block's changes to its file and returns when they are
// stored. It does nothing for blocks whose writes do not reach a file.
func (b *Buffer) Flush() error { return b.FlushRange(0, b.n) }

// FlushRange is Flush for the n bytes from lo on, widened to whole pages.
func (b *Buffer) FlushRange(lo, n int) error {
	if err := b.Err(); err != nil {
		return err
	}
	m := b.mapped
	if lo < 0 || n < 0 || lo > b.n-n {
		return nderr.New("flush", nderr.ErrValue, "range [%d, %d) is out of bounds for a buffer of %d bytes", lo, lo+n, b.n)
	}
	if m == nil || m.addr == nil || n == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.poisoned {
		return b.Err()
	}
	lo += int(uintptr(b.base) - uintptr(m.addr))
	return m.flush(lo, n)
}

// flush syncs [lo, lo+n) of the range as mapped. m.mu is held.
func (m *mapping) flush(lo, n int) error {
	if !m.info.Mode.writesFile() {
		return nil
	}
	down := lo % granularity
	if err := m.syncRange(lo-down, n+down); err != nil {
		return &fs.PathError{Op: "msync", Path: m.info.Path, Err: err}
	}
	return nil
}

// close flushes the map and poisons its addresses.
func (m *mapping) close() error {
	if m.addr == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	err := m.flush(0, m.length)
	m.poisoned = true
	cerr := m.sys.close()
	if perr := m.poison(); perr != nil {
		cerr = perr
	}
	if cerr != nil && err == nil {
		err = &fs.PathError{Op: "munmap", Path: m.info.Path, Err: cerr}
	}
	return err
}

// release gives the addresses back when nothing can refer to them any more.
func (m *mapping) release() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.escaped.Load() {
		return
	}
	unwatch(m)
	m.unmapRange()
	m.sys.close()
	m.addr = nil
}

// fault describes a fault at addr, an address inside the range as mapped.
func (m *mapping) fault(addr uintptr) error {
	if m.isPoisoned() {
		return &nderr.Error{Err: nderr.ErrClosed, Msg: "the map of " + m.info.Path + " was closed while in use"}
	}
	start := m.info.Offset - m.info.Offset%int64(granularity)
	at := start + int64(addr-uintptr(m.addr))
	msg := m.info.Path + ": memory fault at offset " + strconv.FormatInt(at, 10) + " of the file under its map"
	st, err := os.Stat(m.info.Path)
	switch {
	case err == nil && st.Size() <= at:
		msg += ", which now has " + strconv.FormatInt(st.Size(), 10) + " bytes"
	case m.info.Mode == MapRead:
		msg += " (a read error, or a write to a read-only map)"
	case m.info.Mode == MapCopy:
		msg += " (a read error)"
	default:
		msg += " (a read error, or no room on the disk)"
	}
	return &nderr.Error{Err: nderr.ErrFault, Msg: msg}
}

func (m *mapping) isPoisoned() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.poisoned
}
