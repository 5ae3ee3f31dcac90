package npy

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

const (
	magic = "\x93NUMPY"
	// align is the multiple at which the data starts, so that a map of the file
	// is aligned for every item.
	align = 64
	// growthDigits is the room kept for the length of the axis along which a
	// file may grow, so that the header can be rewritten in place.
	growthDigits = 21
)

// Header is what stands before the data.
type Header struct {
	Major, Minor byte // version of the format; 0.0 lets MarshalBinary choose the oldest that works
	DType        dtype.DType
	Fortran      bool
	Shape        []int
	DataOffset   int // where the data starts: the bytes of magic, version, length and header
}

// NBytes returns the bytes of the data.
func (h *Header) NBytes() int { return layout.Size(h.Shape) * h.DType.ItemSize() }

// Order returns the memory order of the data.
func (h *Header) Order() nd.Order {
	if h.Fortran {
		return nd.F
	}
	return nd.C
}

// over returns the array over buf, which holds just the data.
func (h *Header) over(buf *buffer.Buffer) (*nd.Array, error) {
	return nd.OverOrder(h.Order(), buf, h.DType, h.Shape, 0)
}

// check refuses a shape that no array can have.
func (h *Header) check() *nd.Error {
	if len(h.Shape) > 64 {
		return bad("maximum supported dimension for an ndarray is currently 64, found %d", len(h.Shape))
	}
	for _, n := range h.Shape {
		if n < 0 {
			return bad("negative dimensions are not allowed")
		}
	}
	if _, err := layout.CheckedSize(h.Shape, h.DType.ItemSize()); err != nil {
		return bad("array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
	}
	return nil
}

// MarshalBinary returns the bytes before the data, as NumPy writes them. It
// returns an error that wraps ErrValue for a structure that the format cannot
// describe, and for a shape that no array can have.
func (h *Header) MarshalBinary() ([]byte, error) {
	if err := h.check(); err != nil {
		err.Err = nd.ErrValue
		return nil, err
	}
	if !describable(h.DType) {
		return nil, &nd.Error{Op: "npy", Err: nd.ErrValue, Msg: "dtype.descr is not defined for types with overlapping or out-of-order fields"}
	}
	text := h.text()
	latin1, isLatin1 := toLatin1(text)
	version, raw := h.Major, latin1
	switch {
	case version == 0 && !isLatin1:
		version = 3
	case version == 0 && padded(10, len(latin1)) > 0xffff:
		version = 2
	case version == 0:
		version = 1
	}
	switch {
	case version > 3 || h.Minor != 0:
		return nil, &nd.Error{Op: "npy", Err: nd.ErrValue, Msg: unsupported(h.Major, h.Minor)}
	case version == 3:
		raw = []byte(text)
	case !isLatin1:
		return nil, &nd.Error{Op: "npy", Err: nd.ErrValue, Msg: "a field name needs version (3,0) of the format"}
	}
	before := prefix(version)
	n := padded(before, len(raw))
	if version == 1 && n > 0xffff {
		return nil, &nd.Error{Op: "npy", Err: nd.ErrValue, Msg: "Header length " + strconv.Itoa(len(raw)+1) + " too big for version=(1, 0)"}
	}
	return wrap(version, raw, before+n), nil
}

// prefix returns the bytes of magic, version and length.
func prefix(version byte) int {
	if version == 1 {
		return 10
	}
	return 12
}

// wrap puts magic, version and length before raw, and spaces and a newline
// behind it, total bytes in all.
func wrap(version byte, raw []byte, total int) []byte {
	out := make([]byte, 0, total)
	out = append(out, magic...)
	out = append(out, version, 0)
	if n := total - prefix(version); version == 1 {
		out = binary.LittleEndian.AppendUint16(out, uint16(n))
	} else {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	out = append(out, raw...)
	for len(out) < total-1 {
		out = append(out, ' ')
	}
	return append(out, '\n')
}

// padded returns the length of a header of n bytes with its newline and the
// spaces that move the data to a multiple of align. NumPy adds a whole align
// where none would be needed.
func padded(before, n int) int {
	n++
	return n + align - (before+n)%align
}

// text is the dict literal and the room to grow.
func (h *Header) text() string {
	fortran := "False"
	if h.Fortran {
		fortran = "True"
	}
	s := "{'descr': " + h.DType.Descr() + ", 'fortran_order': " + fortran + ", 'shape': " + dtype.ShapeText(h.Shape) + ", }"
	if len(h.Shape) == 0 {
		return s
	}
	axis := 0
	if h.Fortran {
		axis = len(h.Shape) - 1
	}
	return s + strings.Repeat(" ", growthDigits-len(strconv.Itoa(h.Shape[axis])))
}

// describable tells whether the fields, at every level, follow one another
// without overlap, so that a list with padding says where they are.
func describable(dt dtype.DType) bool {
	dt = dt.Base()
	end := 0
	for i := range dt.NumField() {
		f := dt.FieldAt(i)
		if f.Offset < end || !describable(f.DType) {
			return false
		}
		end = f.Offset + f.DType.ItemSize()
	}
	return true
}

// toLatin1 encodes s one byte a character; ok is false if a character has none.
func toLatin1(s string) (b []byte, ok bool) {
	b = make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return nil, false
		}
		b = append(b, byte(r))
	}
	return b, true
}

// fromLatin1 decodes one character a byte.
func fromLatin1(b []byte) string {
	s := make([]byte, 0, len(b))
	for _, c := range b {
		s = utf8.AppendRune(s, rune(c))
	}
	return string(s)
}
