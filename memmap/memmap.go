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
// whether later writes of others show through is left open page by page; take
// a.Copy() for a snapshot.
//
// Views of a mapped array are mapped arrays; results of arithmetic are plain
// ones. Bytes that cannot be read any more (the file was truncated, the disk
// failed) make an operation panic with an *nd.Error that wraps nd.ErrFault, a
// closed map with nd.ErrClosed; nd.Try turns either into an error.
package memmap

import (
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
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
}

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
// made, truncated or grown. Errors: *Error for what the arguments and the file's
// length forbid, *fs.PathError from the system.
func OpenWith(path string, o Options) (*nd.Array, error) {
	r, err := newRequest(path, o)
	if err != nil {
		return nil, err
	}
	create := r.mode == buffer.MapCreate
	if create {
		// The file will be empty, so the answer does not depend on it.
		if _, err := r.plan(0); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(path, r.openFlags(o.Exclusive), 0o666)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return r.open(f, create)
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
	return r.open(f, false)
}

// open sizes the file and maps it.
func (r *request) open(f *os.File, truncate bool) (*nd.Array, error) {
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
		if err := f.Truncate(0); err != nil {
			return nil, err
		}
	}
	if p.grow > have {
		if err := f.Truncate(p.grow); err != nil {
			return nil, err
		}
	}
	buf, err := buffer.Map(f, r.offset, p.bytes, r.mode)
	if err != nil {
		return nil, err
	}
	return nd.OverOrder(r.order, buf, r.dtype, p.shape, 0)
}

func (r *request) openFlags(exclusive bool) int {
	switch r.mode {
	case buffer.MapUpdate:
		return os.O_RDWR
	case buffer.MapCreate:
		if exclusive {
			return os.O_RDWR | os.O_CREATE | os.O_EXCL
		}
		return os.O_RDWR | os.O_CREATE
	}
	return os.O_RDONLY
}
