package npy

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/flate" // faster than the standard library's, both ways
	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/internal/openfile"
	"github.com/stride-go/nd/internal/pyliteral"
)

// An npz file is a zip archive whose members are npy files, stored or deflated;
// the array called a is the member a.npy.

// Archive is an open npz file. Its members are read when they are asked for. Its
// methods may be called from several goroutines at once.
type Archive struct {
	path    string
	from    io.ReaderAt
	file    *os.File // nil when the archive is not a file
	closed  atomic.Bool
	size    int64
	names   []string
	members map[string]*zip.File // by name, with and without .npy
	opts    []Option
}

// OpenZ opens the npz file at path and reads its directory. The file stays open
// until Close. The options apply to every member. Errors: *Error for what is no
// zip archive or is cut short, *fs.PathError.
func OpenZ(path string, opts ...Option) (*Archive, error) {
	f, err := openfile.Open(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	z, err := ReadZ(f, st.Size(), opts...)
	if err != nil {
		f.Close()
		return nil, inFile(err, path)
	}
	z.file, z.path = f, path
	return z, nil
}

// ReadZ opens an npz file of size bytes that is read from r.
func ReadZ(r io.ReaderAt, size int64, opts ...Option) (*Archive, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is ever written to a member's path
		return nil, &Error{Offset: size, Err: bad("File is not a zip file (%s)", strings.TrimPrefix(err.Error(), "zip: "))}
	}
	zr.RegisterDecompressor(zip.Deflate, flate.NewReader)
	z := &Archive{from: r, size: size, members: make(map[string]*zip.File, 2*len(zr.File)), opts: opts}
	for _, f := range zr.File {
		name := strings.TrimSuffix(f.Name, ".npy")
		z.names = append(z.names, name)
		z.members[name] = f
	}
	for _, f := range zr.File {
		z.members[f.Name] = f
	}
	return z, nil
}

// Names returns the names of the arrays in the order of the archive, without
// .npy, in a fresh slice.
func (z *Archive) Names() []string { return append([]string(nil), z.names...) }

// Path returns the path that OpenZ was given, "" for an archive that is no file.
func (z *Archive) Path() string { return z.path }

// Has tells whether there is an array called name; the name may end in .npy.
func (z *Archive) Has(name string) bool { return z.members[name] != nil }

// Len returns the number of members.
func (z *Archive) Len() int { return len(z.names) }

// String returns the text of NumPy's repr: "NpzFile 'x.npz' with keys: a, b".
func (z *Archive) String() string {
	name := z.path
	if name == "" {
		name = "object"
	}
	keys := strings.Join(z.names[:min(5, len(z.names))], ", ")
	if len(z.names) > 5 {
		keys += "..."
	}
	return "NpzFile " + pyliteral.Quote(name) + " with keys: " + keys
}

// Close closes the file: asking for an array is ErrClosed then. Arrays that Open has
// mapped stay valid. A second Close does nothing.
func (z *Archive) Close() error {
	if z.file == nil || z.closed.Swap(true) {
		return nil
	}
	return z.file.Close()
}

// Header returns the header of an array without reading its data.
func (z *Archive) Header(name string) (Header, error) {
	f, err := z.find(name)
	if err != nil {
		return Header{}, err
	}
	r, err := z.reader(f)
	if err != nil {
		return Header{}, z.fail(f, err)
	}
	defer r.Close()
	h, err := ReadHeader(r, z.opts...)
	return h, z.fail(f, err)
}

// Load reads an array into memory and checks its sum.
func (z *Archive) Load(name string) (*nd.Array, error) {
	f, err := z.find(name)
	if err != nil {
		return nil, err
	}
	a, err := z.load(f)
	return a, z.fail(f, err)
}

// Open returns an array without reading it, if it is stored: its part of the
// file is mapped copy on write, so the array is writeable and the file never
// changes. NumPy aligns no member, so the array may be unaligned; it works all
// the same. The sum is not checked. A deflated member is read as Load reads it.
func (z *Archive) Open(name string) (*nd.Array, error) {
	f, err := z.find(name)
	if err != nil {
		return nil, err
	}
	if f.Method != zip.Store || z.file == nil || f.Flags&encrypted != 0 {
		a, err := z.load(f)
		return a, z.fail(f, err)
	}
	a, err := z.mapMember(f)
	return a, z.fail(f, err)
}

// encrypted is the bit of a member's flags that says so.
const encrypted = 1

func (z *Archive) find(name string) (*zip.File, error) {
	if z.closed.Load() {
		return nil, &nd.Error{Op: "npz", Err: nd.ErrClosed, Msg: "the archive " + z.path + " is closed"}
	}
	if f := z.members[name]; f != nil {
		return f, nil
	}
	return nil, &nd.Error{Op: "npz", Err: nd.ErrNotFound, Msg: name + " is not a file in the archive"}
}

// reader checks a member's place and returns its content.
func (z *Archive) reader(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&encrypted != 0 {
		return nil, bad("File %s is encrypted, password required for extraction", pyliteral.Quote(f.Name))
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return nil, bad("That compression method is not supported (method %d)", f.Method)
	}
	if _, err := z.place(f); err != nil {
		return nil, err
	}
	return f.Open()
}

// place returns where a member's content starts, having checked that it lies in
// the archive and can have the size it claims.
func (z *Archive) place(f *zip.File) (int64, error) {
	at, err := f.DataOffset()
	if system := (*fs.PathError)(nil); errors.As(err, &system) {
		return 0, err
	}
	if err != nil {
		return 0, bad("Bad magic number for file header (%s)", strings.TrimPrefix(err.Error(), "zip: "))
	}
	if room := z.size - at; room < 0 || f.CompressedSize64 > uint64(room) {
		return 0, &Error{Offset: at, Need: at + int64(f.CompressedSize64), Have: z.size, Err: bad("the archive ends inside the member")}
	}
	if name, err := z.localName(f, at); err != nil {
		return 0, err
	} else if name != f.Name {
		return 0, bad("File name in directory %s and header b%s differ.", pyliteral.Quote(f.Name), pyliteral.Quote(name))
	}
	switch {
	case f.Method == zip.Store && f.CompressedSize64 != f.UncompressedSize64:
		return 0, bad("a stored member has two sizes, %d and %d", f.CompressedSize64, f.UncompressedSize64)
	case f.UncompressedSize64/maxRatio > f.CompressedSize64+1:
		return 0, bad("%d deflated bytes cannot hold the %d that the member claims", f.CompressedSize64, f.UncompressedSize64)
	}
	return at, nil
}

// localName returns the name in the header before a member's content, which starts at
// byte at: who rewrites an archive that is open may put another member there. The header
// is found from behind, as package zip does not tell where it starts.
func (z *Archive) localName(f *zip.File, at int64) (string, error) {
	const size, magic, most = localHeader, "PK\x03\x04", 1<<16 - 1
	head := make([]byte, min(at, size+2*most))
	if _, err := z.from.ReadAt(head, at-int64(len(head))); err != nil {
		return "", err
	}
	for i := len(head) - size; i >= 0; i-- {
		h := head[i:]
		name, extra := int(binary.LittleEndian.Uint16(h[26:])), int(binary.LittleEndian.Uint16(h[28:]))
		if string(h[:len(magic)]) == magic && size+name+extra == len(h) {
			return string(h[size : size+name]), nil
		}
	}
	return "", zip.ErrFormat
}

// maxRatio is by how much deflate can shrink at most: 258 bytes in 2 bits.
const maxRatio = 1032

func (z *Archive) load(f *zip.File) (*nd.Array, error) {
	r, err := z.reader(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	h, err := ReadHeader(r, z.opts...)
	if err != nil {
		return nil, err
	}
	left := int64(f.UncompressedSize64) - int64(h.DataOffset)
	if int64(h.NBytes()) > left {
		return nil, h.short(r, max(left, 0))
	}
	a, err := readData(r, &h)
	if err != nil {
		return nil, err
	}
	// The sum is checked where the member ends. NumPy ignores what stands
	// between the data and that end.
	_, err = io.CopyN(io.Discard, r, left-int64(h.NBytes())+1)
	if err != nil && err != io.EOF {
		return nil, err
	}
	return a, nil
}

func (z *Archive) mapMember(f *zip.File) (*nd.Array, error) {
	at, err := z.place(f)
	if err != nil {
		return nil, err
	}
	n := int64(f.UncompressedSize64)
	r := io.NewSectionReader(z.file, at, n)
	h, err := ReadHeader(r, z.opts...)
	if err != nil {
		return nil, err
	}
	if left := n - int64(h.DataOffset); int64(h.NBytes()) > left {
		return nil, h.short(r, left)
	}
	buf, err := buffer.MapMember(z.file, at+int64(h.DataOffset), h.NBytes(), buffer.MapCopy)
	if err != nil {
		return nil, err
	}
	return h.over(buf)
}

// fail names the archive and the member in err, and turns the errors of zip and
// flate into ours.
func (z *Archive) fail(f *zip.File, err error) error {
	var corrupt flate.CorruptInputError
	var ours *Error
	var plain *nd.Error
	switch {
	case err == nil || errors.As(err, &ours):
		return inMember(err, z.path, f.Name)
	case errors.As(err, &plain):
		if !errors.Is(err, nd.ErrFormat) {
			return err // ErrMemory
		}
	case errors.Is(err, zip.ErrChecksum):
		plain = bad("Bad CRC-32 for file %s", pyliteral.Quote(f.Name))
	case errors.As(err, &corrupt):
		plain = bad("Error -3 while decompressing data: %s", strings.TrimPrefix(corrupt.Error(), "flate: "))
	case errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm):
		plain = bad("Bad magic number for file header")
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		plain = bad("EOF: the member ends before its data")
	default:
		return err // of the system
	}
	return inMember(&Error{Err: plain}, z.path, f.Name)
}
