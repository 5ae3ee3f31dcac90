package npy

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/filelock"
	"github.com/stride-go/nd/internal/openfile"
)

// Append adds the items of a behind those of the npy file at path, along the
// first axis (the last, in a Fortran-ordered file), and rewrites the header in
// place: the spare blanks that NumPy leaves in every header are for this. The
// data are on the disk before the header counts them, so a crash in between
// leaves the array as it was, with bytes behind it that no reader looks at. For
// more than a few calls an Appender is faster.
//
// a must have the file's dtype and, apart from that axis, its shape. Errors:
// ErrDType and ErrShape if it has not, ErrValue if the header has no room, if
// another array follows in the file, or if the file holds a 0-d array; *Error
// for a file that is not well-formed or too short.
func Append(path string, a *nd.Array, opts ...Option) error {
	f, err := openfile.Open(path, os.O_RDWR)
	if err != nil {
		return err
	}
	err = appendTo(f, a, opts)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return inFile(err, path)
}

func appendTo(f *os.File, a *nd.Array, opts []Option) error {
	if err := lock(f); err != nil {
		return err
	}
	defer filelock.Unlock(f)
	h, err := ReadHeader(f, opts...)
	if err != nil {
		return err
	}
	grown, err := h.grow(a)
	if err != nil {
		return err
	}
	head, err := grown.fit()
	if err != nil {
		return err
	}
	end := int64(h.DataOffset) + int64(h.NBytes())
	if err := checkEnd(f, &h, end); err != nil {
		return err
	}
	if h.Fortran {
		a = a.T()
	}
	_, err = a.WriteTo(io.NewOffsetWriter(f, end))
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		f.Truncate(end)
		return err
	}
	return writeHeader(f, head)
}

// writeHeader puts head in the place of an equally long header and returns when
// it is stored. Only the bytes that differ are written, mostly a few digits, so
// that no crash can leave half of the old header and half of the new one.
func writeHeader(f *os.File, head []byte) error {
	old := make([]byte, len(head))
	if _, err := f.ReadAt(old, 0); err != nil {
		return err
	}
	lo, hi := 0, len(head)
	for lo < hi && old[lo] == head[lo] {
		lo++
	}
	for hi > lo && old[hi-1] == head[hi-1] {
		hi--
	}
	if _, err := f.WriteAt(head[lo:hi], int64(lo)); err != nil {
		return err
	}
	return f.Sync()
}

// lock keeps other appenders away from f until filelock.Unlock.
func lock(f *os.File) error {
	ok, err := filelock.Try(f, true)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return nil
	case err == nil && !ok:
		return &Error{Err: &nd.Error{Op: "npy", Err: nd.ErrLocked, Msg: "somebody else holds a lock on the file"}}
	}
	return err
}

// grow returns the header of the file with a's items behind its own.
func (h *Header) grow(a *nd.Array) (Header, error) {
	g := *h
	g.Shape = slices.Clone(h.Shape)
	shape := a.Shape()
	axis := h.growthAxis()
	if axis < 0 {
		return g, &nd.Error{Op: "npy.Append", Err: nd.ErrValue, Msg: "zero-dimensional arrays cannot be concatenated"}
	}
	if a.DType().Descr() != h.DType.Descr() {
		return g, &nd.Error{Op: "npy.Append", Err: nd.ErrDType, Msg: "the file holds items of " + h.DType.String() + ", not of " + a.DType().String()}
	}
	if len(shape) == len(g.Shape) {
		g.Shape[axis] += shape[axis]
		shape[axis] = g.Shape[axis]
	}
	if !slices.Equal(shape, g.Shape) {
		return g, &nd.Error{Op: "npy.Append", Err: nd.ErrShape, Msg: "an array of shape " + dtype.ShapeText(a.Shape()) +
			" does not fit behind one of shape " + dtype.ShapeText(h.Shape)}
	}
	if err := g.check(); err != nil {
		return g, err
	}
	return g, nil
}

// growthAxis is the axis along which the file can grow, -1 if there is none.
func (h *Header) growthAxis() int {
	if h.Fortran || len(h.Shape) == 0 {
		return len(h.Shape) - 1
	}
	return 0
}

// fit returns the header in just DataOffset bytes.
func (h *Header) fit() ([]byte, error) {
	text := strings.TrimRight(h.text(), " ")
	raw, isLatin1 := toLatin1(text)
	if h.Major == 3 || !isLatin1 {
		raw = []byte(text)
	}
	if prefix(h.Major)+len(raw)+1 > h.DataOffset {
		return nil, &nd.Error{Op: "npy.Append", Err: nd.ErrValue, Msg: "the file's header has no room for a longer shape"}
	}
	return wrap(h.Major, raw, h.DataOffset), nil
}

// checkEnd refuses a file that ends before its data, and one in which another
// array follows. Other bytes behind the data are what an append that failed has
// left.
func checkEnd(f *os.File, h *Header, end int64) error {
	st, err := f.Stat()
	if err != nil {
		return err
	}
	if st.Size() < end {
		return h.short(f, st.Size()-int64(h.DataOffset))
	}
	next := make([]byte, len(magic))
	if n, _ := f.ReadAt(next, end); bytes.Equal(next[:n], []byte(magic)) {
		return &nd.Error{Op: "npy.Append", Err: nd.ErrValue, Msg: "another array follows in the file"}
	}
	return nil
}
