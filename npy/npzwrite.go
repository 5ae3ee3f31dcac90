package npy

import (
	"archive/zip"
	"encoding/binary"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/internal/pyliteral"
	"github.com/stride-go/nd/internal/savefile"
)

// Member is an array and its name in an npz file, without .npy.
type Member struct {
	Name  string
	Array *nd.Array
}

// Members returns the arrays of m as members, sorted by name.
func Members(m map[string]*nd.Array) []Member {
	var out []Member
	for name, a := range m {
		out = append(out, Member{name, a})
	}
	slices.SortFunc(out, func(x, y Member) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// Positional returns the arrays under the names that NumPy gives to unnamed
// ones: arr_0, arr_1, …
func Positional(arrays ...*nd.Array) []Member {
	out := make([]Member, len(arrays))
	for i, a := range arrays {
		out[i] = Member{"arr_" + strconv.Itoa(i), a}
	}
	return out
}

// SaveZ writes the arrays to an npz file at path, stored. Their data are aligned
// to 64 bytes in the file, so that Archive.Open maps them aligned. The file is
// replaced as a whole: on any error the old one stays. Errors: ErrValue for a
// name used twice, and those of Save.
func SaveZ(path string, members ...Member) error {
	return savefile.Write(path, func(w io.Writer) error { return WriteZ(w, false, members...) })
}

// SaveZCompressed is SaveZ with deflated members.
func SaveZCompressed(path string, members ...Member) error {
	return savefile.Write(path, func(w io.Writer) error { return WriteZ(w, true, members...) })
}

// WriteZ writes an npz file to w, without a copy of any array.
func WriteZ(w io.Writer, compress bool, members ...Member) error {
	seen := make(map[string]bool, len(members))
	for _, m := range members {
		if m.Array == nil {
			return &nd.Error{Op: "npz", Err: nd.ErrValue, Msg: "the member " + pyliteral.Quote(m.Name) + " has no array"}
		}
		if seen[m.Name] {
			return &nd.Error{Op: "npz", Err: nd.ErrValue, Msg: "the name " + pyliteral.Quote(m.Name) + " is used twice"}
		}
		seen[m.Name] = true
	}
	out := &counter{w: w}
	zw := zip.NewWriter(out)
	var deflate *flate.Writer // for one member after the other
	zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		if deflate != nil {
			deflate.Reset(w)
			return deflate, nil
		}
		var err error
		deflate, err = flate.NewWriter(w, 6) // NumPy's level
		return deflate, err
	})
	trailer := int64(0) // of the member before, still unwritten
	for _, m := range members {
		h := &zip.FileHeader{Name: m.Name + ".npy", Method: zip.Store, Modified: epoch}
		if compress {
			h.Method = zip.Deflate
		} else {
			if err := zw.Flush(); err != nil {
				return err
			}
			h.Extra = padding(out.n + trailer + localHeader + int64(len(h.Name)) + timeExtra)
		}
		f, err := zw.CreateHeader(h)
		if err != nil {
			return err
		}
		content := &counter{w: f}
		if err := Write(content, m.Array); err != nil {
			return err
		}
		trailer = 16
		if content.n >= 1<<32-1 {
			trailer = 24
		}
	}
	return zw.Close()
}

// epoch is the date of every member, NumPy's too: equal arrays make equal files.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

const (
	localHeader = 30 // bytes before a member's name
	timeExtra   = 9  // archive/zip's extended timestamp
)

// padding returns an extra field of zip that moves the content of a member to a
// multiple of align, if without it the content would start at byte at. The field
// is the one of Android's zipalign: id 0xD935, length, alignment, zeros.
func padding(at int64) []byte {
	n := 6 + (align-(at+6)%align)%align
	extra := make([]byte, n)
	binary.LittleEndian.PutUint16(extra, 0xD935)
	binary.LittleEndian.PutUint16(extra[2:], uint16(n-4))
	binary.LittleEndian.PutUint16(extra[4:], align)
	return extra
}

// counter counts what goes through it.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
