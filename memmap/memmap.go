// Package memmap maps raw binary files as arrays, as NumPy's np.memmap does:
// the file's bytes are the array's bytes, nothing is read until it is touched,
// and files larger than memory work.
//
// Terms:
//
//	need   bytes the file must hold: offset + items × item size
//	have   bytes the file holds
//	mode   r, r+, w+ or c
//
// The modes:
//
//	r   read-only: writing panics with nd.ErrReadOnly
//	r+  writes reach the file, which must exist and grows to need
//	w+  as r+, of a file that is made, or truncated, to hold need zero bytes
//	c   copy on write: writes stay private to the array, the file never changes
//
// Writes in the modes r+ and w+ are seen at once by every other map of the file
// and by whoever reads it; they are durable after Flush or Close. In mode c,
// whether later writes of others show through is left open page by page: promised
// is only that own writes stay private and the file never changes. Snapshot makes
// a copy that nobody else can change.
//
// Views of a mapped array are mapped arrays; results of arithmetic are plain
// ones. Every view keeps the map alive, also after the file is unlinked; Close
// ends all of them at once, and without it a cleanup unmaps what nobody can reach.
// Bytes that cannot be read any more (the file was truncated, the disk failed)
// make an operation panic with an *nd.Error that wraps nd.ErrFault, a closed map
// with nd.ErrClosed; nd.Try turns either into an error.
package memmap

import (
	"errors"
	"io/fs"
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/diskspace"
	"github.com/stride-go/nd/internal/filelock"
	"github.com/stride-go/nd/internal/openfile"
)

// Options say what part of a file to map and how. The zero value maps the whole
// file as bytes, in mode r+, as NumPy's defaults do.
type Options struct {
	Mode   Mode        // "" means ReadWrite
	DType  dtype.DType // the zero DType means uint8
	Offset int64       // of the first item in the file, any byte
	Shape  []int       // nil: one axis, as long as the file has items; empty: a 0-d array
	Order  nd.Order    // nd.C or nd.F; 0 means nd.C

	// Exclusive makes Create fail (fs.ErrExist) when the file exists already.
	Exclusive bool

	// Sparse leaves it to the first write of a byte to find room on the disk, as
	// NumPy does: a full disk is then a fault of that write. Otherwise the room is
	// reserved when the file is made or grows, and a full disk is an error
	// (syscall.ENOSPC) that leaves the file as it was.
	Sparse bool

	// Reserve is how long, in bytes, the map may become without moving: Grow then
	// returns an array at the same address. It takes address space, not memory.
	Reserve int

	// Lock asks for an advisory lock on the file, which lasts until the map is
	// closed or unreachable. With OpenFile it lasts until that file is closed too. A
	// lock of somebody else's in the way is nd.ErrLocked; nothing waits.
	Lock Lock
}

// Lock is a kind of advisory lock: one that binds those who ask for it. On Unix it
// is flock's, in Python fcntl.flock.
type Lock uint8

// The locks.
const (
	NoLock        Lock = iota
	SharedLock         // others may have a shared lock too: for readers
	ExclusiveLock      // nobody else has any: for a writer
)

// Open maps the file at path from its first byte on as an array of the given
// dtype and dimensions. Without dimensions the array has one axis, as long as
// the file has items. See OpenWith for the errors.
func Open(path string, mode Mode, dt dtype.DType, dims ...int) (*nd.Array, error) {
	o := Options{Mode: mode, DType: dt}
	if len(dims) > 0 {
		o.Shape = dims
	}
	return OpenWith(path, o)
}

// OpenWith maps the file at path. All arguments are checked before the file is
// made, truncated or grown. Errors: *Error for what the arguments, the file's
// length and locks forbid, *fs.PathError from the system. On an error a file that
// was to be made is not there, and one that was to grow is as long as it was.
func OpenWith(path string, o Options) (*nd.Array, error) {
	r, err := newRequest(path, o)
	if err != nil {
		return nil, err
	}
	if r.mode != buffer.MapCreate {
		f, err := openfile.Open(path, r.openFlags())
		if err != nil {
			return nil, err
		}
		return r.open(f, false, true)
	}
	// The file will be empty, so the answer does not depend on it.
	if _, err := r.plan(0); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	made := err == nil
	if !o.Exclusive && errors.Is(err, fs.ErrExist) {
		f, err = openfile.Open(path, os.O_RDWR|os.O_CREATE) // a link may lead nowhere yet
	}
	if err != nil {
		return nil, err
	}
	a, err := r.open(f, true, true)
	if err != nil && made {
		os.Remove(path)
	}
	return a, err
}

// OpenFile maps an open file. Its position does not matter and stays; it may be
// closed afterwards. Mode w+ does not truncate it: it grows if it is shorter
// than needed. f must have been opened for writing in the modes r+ and w+
// (fs.ErrPermission otherwise), for reading in all.
func OpenFile(f *os.File, o Options) (*nd.Array, error) {
	r, err := newRequest(f.Name(), o)
	if err != nil {
		return nil, err
	}
	return r.open(f, false, false)
}

// open locks, sizes and maps f. It takes f over if own is set.
func (r *request) open(f *os.File, truncate, own bool) (_ *nd.Array, err error) {
	var held *os.File
	if own && (r.lock != NoLock || r.reserve > 0) {
		held = f
	}
	defer func() {
		if own && err != nil && r.lock != NoLock {
			filelock.Unlock(f) // a process that is just being started still has it open
		}
		if own && (err != nil || held == nil) {
			f.Close()
		}
	}()
	if err := r.takeLock(f); err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	have := st.Size()
	if truncate {
		have = 0
	}
	p, err := r.plan(have)
	if err != nil {
		return nil, err
	}
	if truncate && st.Size() > 0 {
		err = diskspace.Renew(f, st.Size(), p.grow, r.sparse)
	} else {
		err = diskspace.Extend(f, have, p.grow, r.sparse)
	}
	if err != nil {
		return nil, err
	}
	buf, err := buffer.MapWith(f, p.bytes, buffer.MapOptions{
		Offset: r.offset, Mode: r.mode, Reserve: r.reserve, Sparse: r.sparse, Hold: held,
	})
	if err != nil {
		if st, serr := f.Stat(); p.grow > have && serr == nil && st.Size() == p.grow { // else somebody else has made it longer still
			f.Truncate(have)
		}
		return nil, err
	}
	return nd.OverOrder(r.order, buf, r.dtype, p.shape, 0)
}

func (r *request) takeLock(f *os.File) error {
	if r.lock == NoLock {
		return nil
	}
	ok, err := filelock.Try(f, r.lock == ExclusiveLock)
	if err == nil && !ok {
		err = r.refuse(0, 0, nd.ErrLocked, "somebody else holds a lock on the file")
	}
	return err
}

func (r *request) openFlags() int {
	if r.mode == buffer.MapUpdate {
		return os.O_RDWR
	}
	return os.O_RDONLY
}
