package npy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/pyliteral"
)

// ReadHeader reads what stands before the data and leaves r at the data.
// Errors are *Error and wrap ErrFormat.
func ReadHeader(r io.Reader, opts ...Option) (Header, error) {
	in := headerReader{r: r}
	h, err := in.header(gather(opts).maxHeader)
	if err != nil {
		var e *nd.Error
		if errors.As(err, &e) {
			return Header{}, &Error{Offset: in.at, Err: e}
		}
		return Header{}, err
	}
	return h, nil
}

// headerReader counts the bytes it has read.
type headerReader struct {
	r  io.Reader
	at int64
}

// read reads n bytes of a part with a name for the error. It takes memory as they
// come, not for a length that the file merely claims.
func (in *headerReader) read(n int, part string) ([]byte, error) {
	var b []byte
	for len(b) < n {
		from := len(b)
		b = append(b, make([]byte, min(n-from, max(from, 64<<10)))...)
		k, err := io.ReadFull(in.r, b[from:])
		in.at += int64(k)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil, bad("EOF: reading %s, expected %d bytes got %d", part, n, from+k)
		}
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (in *headerReader) header(limit int) (h Header, err error) {
	start, err := in.read(len(magic)+2, "magic string")
	if err != nil {
		return h, err
	}
	if string(start[:len(magic)]) != magic {
		in.at = 0
		return h, bad("the magic string is not correct; expected %s, got %s",
			pyliteral.Repr(pyliteral.Bytes(magic)), pyliteral.Repr(pyliteral.Bytes(start[:len(magic)])))
	}
	h.Major, h.Minor = start[6], start[7]
	if h.Major < 1 || h.Major > 3 || h.Minor != 0 {
		in.at = int64(len(magic))
		return h, bad("%s", unsupported(h.Major, h.Minor))
	}
	width := 4
	if h.Major == 1 {
		width = 2
	}
	length, err := in.read(width, "array header length")
	if err != nil {
		return h, err
	}
	n := int64(binary.LittleEndian.Uint16(length))
	if width == 4 {
		n = int64(binary.LittleEndian.Uint32(length))
	}
	// A character takes at most four bytes, in version 3.
	if n > int64(limit)*4 || h.Major < 3 && n > int64(limit) {
		return h, tooLong(n)
	}
	raw, err := in.read(int(n), "array header")
	if err != nil {
		return h, err
	}
	text := string(raw)
	switch {
	case h.Major < 3:
		text = fromLatin1(raw)
	case !utf8.Valid(raw):
		return h, bad("the header of a file of version (3,0) is not UTF-8")
	case utf8.RuneCountInString(text) > limit:
		return h, tooLong(int64(utf8.RuneCountInString(text)))
	}
	h.DataOffset = int(in.at)
	in.at -= n
	return h, h.parse(text)
}

func unsupported(major, minor byte) string {
	return fmt.Sprintf("we only support format version (1,0), (2,0), and (3,0), not (%d, %d)", major, minor)
}

func tooLong(n int64) error {
	return bad("Header info length (%d) is large and may not be safe to load securely.\n"+
		"To allow loading, adjust `max_header_size` or fully trust the `.npy` file using `allow_pickle=True`.\n"+
		"For safety against large resource use or crashes, sandboxing may be necessary.", n)
}

// parse fills h from the dict literal.
func (h *Header) parse(text string) error {
	v, err := pyliteral.Parse(text)
	if err != nil {
		return bad("Cannot parse header: %s (%s)", clip(pyliteral.Quote(text)), reason(err))
	}
	d, ok := v.(pyliteral.Dict)
	if !ok {
		return bad("Header is not a dictionary: %s", clip(pyliteral.Repr(v)))
	}
	descr, ok1 := d.Lookup("descr")
	fortran, ok2 := d.Lookup("fortran_order")
	shape, ok3 := d.Lookup("shape")
	if !ok1 || !ok2 || !ok3 || len(d) != 3 {
		var keys []string
		for _, p := range d {
			keys = append(keys, pyliteral.Repr(p.Key))
		}
		slices.Sort(keys)
		return bad("Header does not contain the correct keys: %s", clip("["+strings.Join(keys, ", ")+"]"))
	}
	dims, ok := shape.(pyliteral.Tuple)
	h.Shape = make([]int, len(dims))
	for i, x := range dims {
		n, isInt := x.(int64)
		h.Shape[i] = int(n)
		ok = ok && isInt && int64(int(n)) == n
	}
	if !ok {
		return bad("shape is not valid: %s", clip(pyliteral.Repr(shape)))
	}
	if h.Fortran, ok = fortran.(bool); !ok {
		return bad("fortran_order is not a valid bool: %s", clip(pyliteral.Repr(fortran)))
	}
	if err := h.setDType(descr); err != nil {
		return err
	}
	if err := h.check(); err != nil {
		return err
	}
	return nil
}

func (h *Header) setDType(descr any) error {
	if hasObject(descr, false) {
		return bad("Object arrays cannot be loaded when allow_pickle=False")
	}
	var err error
	switch descr.(type) {
	case string, pyliteral.List, pyliteral.Tuple:
		h.DType, err = dtype.FromDescr(descr)
	default: // None and bytes mean a dtype elsewhere, not here
		err = nd.ErrDType
	}
	switch {
	case errors.Is(err, nd.ErrDType) || errors.Is(err, nd.ErrType):
		return bad("descr is not a valid dtype descriptor: %s", clip(pyliteral.Repr(descr)))
	case err != nil:
		return bad("%s", reason(err))
	}
	if h.DType.IsSubArray() {
		// NumPy reads such a file as one that is too short.
		return bad("descr is not a valid dtype descriptor: %s", clip(pyliteral.Repr(descr)))
	}
	return nil
}

// hasObject tells whether a descr has a type for Python objects anywhere; field
// is true where v is a field, whose first item is a name.
func hasObject(v any, field bool) bool {
	switch v := v.(type) {
	case string:
		v = strings.TrimLeft(v, "<>=|")
		return v == "O" || v == "O8" || v == "O4" || v == "object"
	case pyliteral.List:
		for _, x := range v {
			if hasObject(x, true) {
				return true
			}
		}
	case pyliteral.Tuple:
		if field && len(v) > 1 {
			return hasObject(v[1], false)
		}
		return !field && len(v) > 0 && hasObject(v[0], false)
	}
	return false
}

// reason returns the text of an error of another package.
func reason(err error) string {
	var e *nderr.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return err.Error()
}

// clip shortens a text that came from a file, for a message of one line.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
