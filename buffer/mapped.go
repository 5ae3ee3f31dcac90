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
//	reserved     mapped beyond the end of the file: touching it faults until the
//	             file is longer
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
func (m MapMode) String() string { return nameOf(mapModeNames[:], uint8(m)) }

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
	Sparse bool // growth does not reserve room on the disk
}

// mapping is what a mapped block remembers of its file. It must not refer to
// its Buffer, whose cleanup holds it.
type mapping struct {
	info     MapInfo
	file     fs.FileInfo    // the file when it was mapped; nil for a Shared block
	addr     unsafe.Pointer // of the range as mapped, nil for an empty block
	length   int            // of the range as mapped
	escaped  atomic.Bool
	mu       sync.Mutex // held while the range is flushed, extended, poisoned or released
	used     int        // of the range: what the file must hold for the longest block
	poisoned bool
	sys      sysMapping
	family   *family // after Extend: the blocks and ranges that end together
	blocks   int     // reachable Buffers over the range, beyond the first
}

// MapOptions say what part of a file MapWith maps and how.
type MapOptions struct {
	Offset int64 // of the block's first byte in the file
	Mode   MapMode
	Member bool // the block is a part of an archive: MapInfo.Member is set
	Sparse bool // MapInfo.Sparse is set, for who makes the file longer

	// Reserve is the length up to which Extend can make the block longer without
	// moving it: so much address space is taken, or less if there is less. It
	// costs no memory. Nothing is reserved in the mode c, nor on Windows, js and
	// wasip1.
	Reserve int

	// Hold is an open file that the map takes over, unless MapWith fails: it is
	// closed when the map is closed or unreachable. A lock that was taken on it
	// lasts as long.
	Hold *os.File
}

// Granularity returns the multiple at which the system maps files.
func Granularity() int { return granularity }

// Map maps n bytes of f from offset on. The file must hold them: Map neither
// grows nor shrinks it. f's position does not matter, and f may be closed
// afterwards. Errors are of the system (*fs.PathError).
//
// The map stays while the Buffer is reachable and not closed. On a platform
// without file maps (js, wasip1, plan9) the bytes are read into the heap; writes
// to an "r+" map reach the file at Flush and Close.
func Map(f *os.File, offset int64, n int, mode MapMode) (*Buffer, error) {
	return MapWith(f, n, MapOptions{Offset: offset, Mode: mode})
}

// MapMember maps n bytes of the archive f from offset on, read-only or as a
// private copy. The block is a part of a file: MapInfo.Member is set.
func MapMember(f *os.File, offset int64, n int, mode MapMode) (*Buffer, error) {
	return MapWith(f, n, MapOptions{Offset: offset, Mode: mode, Member: true})
}

// MapWith is Map with options.
func MapWith(f *os.File, n int, o MapOptions) (*Buffer, error) {
	path, err := filepath.Abs(f.Name())
	if err != nil {
		path = f.Name()
	}
	b, err := mapReserve(f, n, max(n, o.Reserve), MapInfo{Path: path, Offset: o.Offset, Mode: o.Mode, Member: o.Member, Sparse: o.Sparse}, Mapped)
	if err == nil {
		b.mapped.file, err = f.Stat()
	}
	if err != nil {
		return nil, err
	}
	if o.Hold != nil {
		b.mapped.join(b, &family{held: o.Hold})
	}
	return b, nil
}

// mapInfo maps n bytes of f as info says, for a block of kind Mapped or Shared.
func mapInfo(f *os.File, n int, info MapInfo, kind Kind) (*Buffer, error) {
	return mapReserve(f, n, n, info, kind)
}

// mapReserve is mapInfo with address space for the first room bytes, if there is
// so much. room is at least n.
func mapReserve(f *os.File, n, room int, info MapInfo, kind Kind) (*Buffer, error) {
	if info.Offset < 0 || n < 0 || info.Offset+int64(n) < 0 {
		return nil, &fs.PathError{Op: "mmap", Path: info.Path, Err: fs.ErrInvalid}
	}
	m := &mapping{info: info}
	b := &Buffer{kind: kind, n: n, readOnly: info.Mode == MapRead, mapped: m}
	if !mapsBeyondEnd || info.Mode == MapCopy || info.Offset+int64(room) < 0 {
		room = n
	}
	runtime.AddCleanup(b, (*mapping).release, m)
	skip := int(info.Offset % int64(granularity))
	if n+skip < n {
		return nil, &fs.PathError{Op: "mmap", Path: info.Path, Err: fs.ErrInvalid}
	}
	if room+skip < room {
		room = n
	}
	for m.used = n + skip; room > 0; {
		m.length = room + skip
		err := m.mapRange(f, info.Offset-int64(skip))
		if err == nil {
			b.base = unsafe.Add(m.addr, skip)
			b.self = uintptr(unsafe.Pointer(b))
			watch(m)
			remember(b)
			return b, nil
		}
		if room == n {
			return nil, &fs.PathError{Op: "mmap", Path: info.Path, Err: err}
		}
		if room /= 2; room < max(n, granularity) {
			room = n // less will do, but nothing less than n
		}
	}
	b.base = emptyBase()
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
	return b.onRange("flush", lo, n, func(lo, n int) error { return b.mapped.flush(lo, n) })
}

// onRange calls work for the n bytes from lo on of a block that is mapped and not
// closed, counted from the start of the range.
func (b *Buffer) onRange(op string, lo, n int, work func(lo, n int) error) error {
	if err := b.Err(); err != nil {
		return err
	}
	m := b.mapped
	if lo < 0 || n < 0 || lo > b.n-n {
		return nderr.New(op, nderr.ErrValue, "range [%d, %d) is out of bounds for a buffer of %d bytes", lo, lo+n, b.n)
	}
	if m == nil || m.addr == nil || n == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.poisoned {
		return b.Err()
	}
	return work(lo+int(uintptr(b.base)-uintptr(m.addr)), n)
}

// Advice says how the bytes of a map are going to be used.
type Advice uint8

// The advices. They change no value, only how fast it comes.
const (
	Normal     Advice = iota // no special use: takes back Sequential and Random
	Sequential               // in rising order, once: the system reads far ahead
	Random                   // here and there: the system reads nothing ahead
	WillNeed                 // soon: the system starts to read now
	DontNeed                 // not soon: the memory may serve others, the values stay in the file
)

// Advise tells the system how the n bytes from lo on, widened to whole pages, are
// going to be used. It does nothing for blocks that are not mapped, and on systems
// that take no advice. DontNeed does nothing in the mode c, whose changed pages
// are nowhere else. ErrValue for what is none of the advices.
func (b *Buffer) Advise(lo, n int, how Advice) error {
	m := b.mapped
	if m == nil {
		return b.Err()
	}
	if how > DontNeed {
		return nderr.New("advise", nderr.ErrValue, "unknown advice %d", how)
	}
	return b.onRange("advise", lo, n, func(lo, n int) error {
		if how == DontNeed && m.info.Mode == MapCopy {
			return nil
		}
		down := lo % granularity
		if err := m.advise(lo-down, n+down, how); err != nil {
			return &fs.PathError{Op: "madvise", Path: m.info.Path, Err: err}
		}
		return nil
	})
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

// close ends the range, and with it all that Extend made of it.
func (m *mapping) close() error {
	m.mu.Lock()
	f := m.family
	m.mu.Unlock()
	if f != nil {
		return f.close()
	}
	return m.end()
}

// end flushes the range and poisons its addresses.
func (m *mapping) end() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.addr == nil || m.poisoned {
		m.poisoned = true
		return nil
	}
	err := m.flush(0, m.used)
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

// release runs when a Buffer over the range has become unreachable. After the
// last one it gives the addresses back.
func (m *mapping) release() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.blocks--; m.blocks >= 0 {
		return
	}
	if m.family != nil {
		m.family.leave(m)
	}
	if m.escaped.Load() || m.addr == nil {
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
