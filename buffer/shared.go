package buffer

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/internal/nderr"
)

// A segment is memory that several processes see at once.
//
//	named   found by its name: a file in /dev/shm on Linux, a section object on
//	        Windows. Python: multiprocessing.shared_memory.SharedMemory(name=…)
//	sealed  a memfd without a name, which nobody can shrink or grow. Another
//	        process gets it as a descriptor, or as /proc/PID/fd/N
//	owner   the side that made a named segment; its Close removes the name
//
// The processes write to the same bytes without asking one another: who may
// write when is theirs to agree.
//
// Python before 3.13 removes a segment that it has merely attached when it exits:
// unregister it (multiprocessing.resource_tracker.unregister(shm._name,
// "shared_memory")), or from 3.13 on attach with track=False.

// Segment is a handle on shared memory: a Buffer, and what keeps it findable. A
// copy made by assignment is the same handle. The zero Segment is a closed one.
type Segment struct {
	self *Segment // the handle that was made; copies hold nothing else that counts
	buf  *Buffer
	name string
	file *os.File // nil on Windows
	//lint:ignore U1000 Linux needs nothing here
	sys   sysSegment
	mu    sync.Mutex
	owner bool // and the name is still there
}

// it returns the handle that s is, or a copy of; for one that was never made, a
// closed one.
func (s *Segment) it() *Segment {
	if s == nil || s.self == nil {
		return noSegment
	}
	return s.self
}

var noSegment = func() *Segment {
	s := &Segment{buf: &Buffer{base: unsafe.Pointer(new([16]byte)), kind: Shared}}
	s.buf.state.Or(isClosed)
	return s
}()

// CreateShared makes a named segment of n zero bytes that only this user may
// attach, and owns it: Close removes the name. The name holds no slash apart from
// one at the start, which does not count. The memory is reserved at once, so that
// a full /dev/shm is an error here. Errors: fs.ErrExist if there is a segment of
// that name, ErrValue for an unusable name or size, errors.ErrUnsupported on
// systems without named segments (there, share a mapped file).
//
// A process that ends without Close leaves the segment behind, as with every
// POSIX segment.
func CreateShared(name string, n int) (*Segment, error) {
	name, err := segmentName(name)
	if err != nil {
		return nil, err
	}
	if n <= 0 {
		return nil, nderr.New("shared", nderr.ErrValue, "'size' must be a positive number different from zero")
	}
	s := &Segment{name: name}
	s.self = s
	if err := s.create(n); err != nil {
		return nil, err
	}
	s.owner = true
	return s, nil
}

// AttachShared attaches the named segment, which must hold at least n bytes; with
// n = 0 all of it. The one who made it removes the name. Errors: fs.ErrNotExist,
// fs.ErrPermission, ErrValue if the segment is smaller than n.
func AttachShared(name string, n int, readOnly bool) (*Segment, error) {
	name, err := segmentName(name)
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, nderr.New("shared", nderr.ErrValue, "negative size %d", n)
	}
	s := &Segment{name: name}
	s.self = s
	if err := s.attach(n, readOnly); err != nil {
		return nil, err
	}
	return s, nil
}

// AttachFile maps a descriptor that another process handed over: n bytes, or all
// for n = 0. The segment takes f over; Close closes it. ErrValue if the file is
// smaller than n: f is closed then too.
func AttachFile(f *os.File, n int, readOnly bool) (*Segment, error) {
	s := &Segment{file: f}
	s.self = s
	if err := s.mapFile(f.Name(), n, readOnly); err != nil {
		f.Close()
		return nil, err
	}
	return s, nil
}

// mapFile maps s.file, whose size is checked.
func (s *Segment) mapFile(path string, n int, readOnly bool) error {
	st, err := s.file.Stat()
	if err != nil {
		return err
	}
	n, err = checkSize(path, n, st.Size())
	if err != nil {
		return err
	}
	mode := MapUpdate
	if readOnly {
		mode = MapRead
	}
	s.buf, err = mapInfo(s.file, n, MapInfo{Path: path, Mode: mode}, Shared)
	return err
}

// checkSize returns the bytes to map of a segment that has the given size.
func checkSize(path string, n int, have int64) (int, error) {
	if n == 0 {
		n = int(have)
	}
	if n < 0 || int64(n) > have {
		return 0, nderr.New("shared", nderr.ErrValue, "%s has %d bytes, %d are needed", path, have, n)
	}
	return n, nil
}

// Buffer returns the block. It stays mapped while it is reachable, even when the
// Segment is not.
func (s *Segment) Buffer() *Buffer { return s.it().buf }

// Name returns the segment's name without a slash, "" for one without a name.
func (s *Segment) Name() string { return s.it().name }

// File returns the descriptor, for handing to another process; nil on Windows.
// It belongs to the segment.
func (s *Segment) File() *os.File { return s.it().file }

// Owner tells whether Close removes the name.
func (s *Segment) Owner() bool {
	s = s.it()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.owner
}

// Disown leaves the name to somebody else, who must remove it.
func (s *Segment) Disown() {
	s = s.it()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.owner = false
}

// Unlink removes the name: nobody can attach any more, and the memory goes when
// the last process has let go of it. Who has it goes on using it. Only Close of
// the owner calls it unasked.
func (s *Segment) Unlink() error {
	s = s.it()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.name == "" {
		return nil
	}
	s.owner = false
	return s.unlink()
}

// Close ends this process's use of the segment: every array over it reports
// ErrClosed. The owner's Close removes the name too. A second Close does nothing.
func (s *Segment) Close() error {
	s = s.it()
	var err error
	if s.Owner() {
		if err = s.Unlink(); errors.Is(err, fs.ErrNotExist) {
			err = nil // somebody else removed it
		}
	}
	if s == noSegment {
		return nil
	}
	return errors.Join(err, s.buf.Close(), s.letGo())
}

// segmentName checks a name and takes its leading slash off.
func segmentName(name string) (string, error) {
	short := strings.TrimPrefix(name, "/")
	if short == "" || short == "." || short == ".." || len(short) > 250 || strings.ContainsAny(short, "/\\\x00") {
		return "", nderr.New("shared", nderr.ErrValue, "%q is no name of a shared memory segment", name)
	}
	return short, nil
}

// unsupported says what to do where the system has no such memory.
//
//lint:ignore U1000 systems without it call this
func unsupported(what string) error {
	return &nderr.Error{Op: "shared", Err: errors.ErrUnsupported,
		Msg: what + " is not available on " + runtime.GOOS + "; share a mapped file instead"}
}
