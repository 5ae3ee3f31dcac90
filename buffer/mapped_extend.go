package buffer

import (
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"
	"unsafe"
	"weak"

	"github.com/stride-go/nd/internal/filelock"
	"github.com/stride-go/nd/internal/nderr"
)

// family is what one map has become by growing: the ranges, of which growth
// without a reservation adds more, the Buffers over them, and the file that is
// held open for them. Close on one of the Buffers ends all of them.
type family struct {
	mu      sync.Mutex
	ranges  []*mapping
	members []weak.Pointer[Buffer]
	held    *os.File
	closed  bool
}

// join makes b, a block over m, a member of f. It reports false if f is closed.
func (m *mapping) join(b *Buffer, f *family) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	if m.family == nil {
		m.family = f
		f.ranges = append(f.ranges, m)
	}
	f.members = slices.DeleteFunc(f.members, func(w weak.Pointer[Buffer]) bool { return w.Value() == nil })
	f.members = append(f.members, weak.Make(b))
	return true
}

// close ends every member and every range, and lets the file go.
func (f *family) close() error {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return nil
	}
	f.closed = true
	members, ranges, held := slices.Clone(f.members), slices.Clone(f.ranges), f.held
	f.mu.Unlock()
	for _, w := range members {
		if b := w.Value(); b != nil && b.state.Or(isClosed)&isClosed == 0 {
			forget(b)
		}
	}
	var err error
	for _, m := range ranges {
		if e := m.end(); err == nil {
			err = e
		}
	}
	if held != nil {
		filelock.Unlock(held) // a process that is just being started still has it open
		if e := held.Close(); err == nil {
			err = e
		}
	}
	return err
}

// leave takes out a range that no Buffer needs any more. The last one lets the
// file go.
func (f *family) leave(m *mapping) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ranges = slices.DeleteFunc(f.ranges, func(r *mapping) bool { return r == m })
	if len(f.ranges) == 0 && f.held != nil && !f.closed {
		filelock.Unlock(f.held)
		f.held.Close()
	}
}

// Held returns the open file that a mapped block holds (MapOptions.Hold), or nil.
// It belongs to the map.
func (b *Buffer) Held() *os.File {
	m := b.mapped
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.family == nil {
		return nil
	}
	return m.family.held
}

// MappedFile returns the file behind a mapped block as it was when it was mapped,
// and nil for other kinds.
func (b *Buffer) MappedFile() fs.FileInfo {
	if b.mapped == nil {
		return nil
	}
	return b.mapped.file
}

// Extend returns a longer block over the mapped file, its first n bytes from b's
// offset on. f is that file, opened as Map needs it and long enough already.
// While n fits the reservation (MapOptions.Reserve) the block has b's address.
// Otherwise the file is mapped once more, with a reservation of at least twice n;
// b keeps its address, and both see the same bytes. Where the system has no maps
// b becomes Stale instead. Close on either of them ends both.
//
// Errors: ErrClosed, ErrValue if b is not a map, is a private one (mode c) or is
// longer than n, fs.ErrInvalid if f is another file or shorter than needed.
func (b *Buffer) Extend(f *os.File, n int) (*Buffer, error) {
	m := b.mapped
	if m == nil || b.kind != Mapped || m.info.Mode == MapCopy || m.info.Member {
		return nil, nderr.New("extend", nderr.ErrValue, "only a map that shares its file with others can grow, not a %s buffer", b.kind)
	}
	if n < b.n {
		return nil, nderr.New("extend", nderr.ErrValue, "%d bytes are fewer than the %d that the buffer has", n, b.n)
	}
	if err := b.Err(); err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !os.SameFile(st, m.file) || st.Size() < m.info.Offset+int64(n) {
		return nil, &fs.PathError{Op: "extend", Path: f.Name(), Err: fs.ErrInvalid}
	}
	defer runtime.KeepAlive(b)
	m.mu.Lock()
	defer m.mu.Unlock()
	errClosed := nderr.New("extend", nderr.ErrClosed, "the %s buffer is closed", b.kind)
	if m.poisoned || b.Closed() {
		return nil, errClosed
	}
	if m.family == nil {
		m.join(b, &family{})
	}
	longer, err := m.longer(b, f, n)
	if err != nil {
		return nil, err
	}
	if !longer.mapped.join(longer, m.family) { // Close came in between
		longer.state.Or(isClosed)
		forget(longer)
		if longer.mapped != m {
			longer.mapped.end()
		}
		return nil, errClosed
	}
	return longer, nil
}

// longer makes a block of n bytes over the range, or over a new one. m.mu is held.
func (m *mapping) longer(b *Buffer, f *os.File, n int) (*Buffer, error) {
	if skip := int(m.info.Offset % int64(granularity)); m.addr != nil && n <= m.length-skip {
		// Invariant: [addr+skip, addr+skip+n) lies inside the range as mapped, and
		// the file holds it.
		m.used = max(m.used, n+skip)
		m.blocks++
		l := &Buffer{base: unsafe.Add(m.addr, skip), n: n, kind: b.kind, readOnly: b.readOnly, mapped: m}
		l.self = uintptr(unsafe.Pointer(l))
		runtime.AddCleanup(l, (*mapping).release, m)
		remember(l)
		return l, nil
	}
	if !mapsShareBytes && m.addr != nil {
		if err := m.flush(0, m.used); err != nil {
			return nil, err
		}
	}
	l, err := mapReserve(f, n, max(n, growReserve, 2*n), m.info, b.kind)
	if err != nil {
		return nil, err
	}
	l.mapped.file = m.file
	if !mapsShareBytes {
		m.sys.close()
		b.state.Or(isStale)
	}
	return l, nil
}

// growReserve is the address space that a map takes when it grows for the first
// time without a reservation.
const growReserve = (1 << 20) << (10 * (^uint(0) >> 63)) // 1 GiB; 1 MiB on 32-bit systems
