package npy

import (
	"io"
	"io/fs"
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Write writes a as an npy file to w, without a copy of the whole. See Save for
// the order of the items and the errors.
func Write(w io.Writer, a *nd.Array) error {
	h := Header{DType: a.DType(), Fortran: a.Flags().FNC(), Shape: a.Shape()}
	head, err := h.MarshalBinary()
	if err != nil {
		return err
	}
	if err := a.Buffer().Err(); err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	if h.Fortran {
		a = a.T()
	}
	_, err = a.WriteTo(w)
	return err
}

// Read reads one npy file from r and leaves r behind its last item, so that
// several may follow one another. The items are read straight into the array's
// memory.
func Read(r io.Reader, opts ...Option) (*nd.Array, error) {
	h, err := ReadHeader(r, opts...)
	if err != nil {
		return nil, err
	}
	return readData(r, &h)
}

func readData(r io.Reader, h *Header) (*nd.Array, error) {
	need := h.NBytes()
	// Where the end is known, a header that lies costs no memory.
	if left, ok := remaining(r); ok && left < int64(need) {
		return nil, h.short(r, left)
	}
	buf, err := buffer.MakeUninit(need)
	if err != nil {
		return nil, err
	}
	a, err := h.over(buf)
	if err != nil {
		return nil, err
	}
	items := a
	if h.Fortran {
		items = a.T()
	}
	n, err := items.ReadFull(r)
	if err == io.ErrUnexpectedEOF {
		return nil, h.short(r, n)
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// short is the error for data of which r had only have bytes. NumPy has one text
// for files and another for streams.
func (h *Header) short(r io.Reader, have int64) error {
	need, item := int64(h.NBytes()), int64(h.DType.ItemSize())
	e := &Error{Offset: int64(h.DataOffset) + have, Need: int64(h.DataOffset) + need, Have: int64(h.DataOffset) + have}
	if _, isFile := r.(*os.File); isFile {
		e.Err = bad("Failed to read all data for array. Expected %s = %d elements, could only read %d elements. (file seems not fully written?)",
			dtype.ShapeText(h.Shape), need/item, have/item)
	} else {
		e.Err = bad("EOF: reading array data, expected %d bytes got %d", need, have)
	}
	return e
}

// remaining returns how many bytes r still has, if that can be known.
func remaining(r io.Reader) (int64, bool) {
	switch r := r.(type) {
	case interface{ Len() int }: // bytes.Reader, bytes.Buffer, strings.Reader
		return int64(r.Len()), true
	case interface {
		io.Seeker
		Size() int64
	}: // io.SectionReader
		at, err := r.Seek(0, io.SeekCurrent)
		return r.Size() - at, err == nil
	case interface {
		io.Seeker
		Stat() (fs.FileInfo, error)
	}: // os.File
		st, err := r.Stat()
		if err != nil || !st.Mode().IsRegular() {
			return 0, false
		}
		at, err := r.Seek(0, io.SeekCurrent)
		return st.Size() - at, err == nil
	}
	return 0, false
}
