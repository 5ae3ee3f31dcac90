package npy

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// some returns members of several kinds.
func some() []Member {
	return []Member{
		{"a", nd.Arange(12).Reshape(3, 4)}, {"café", nd.Of([]float32{1.5, -2.5})}, {"f", nd.Arange(6).Reshape(2, 3).T()},
		{"zero", nd.Scalar(int8(3))}, {"empty", nd.Zeros(dtype.Bytes(3), 0)}, {"dir/b", nd.Of([]uint8{9})},
	}
}

// saveZ writes the members to a file and returns its path.
func saveZ(t testing.TB, compress bool, members ...Member) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.npz")
	save := SaveZ
	if compress {
		save = SaveZCompressed
	}
	if err := save(path, members...); err != nil {
		t.Fatal(err)
	}
	return path
}

func content(t testing.TB, a *nd.Array) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, a); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchiveRoundTrip(t *testing.T) {
	for _, compress := range []bool{false, true} {
		path := saveZ(t, compress, some()...)
		z, err := OpenZ(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := z.Names(); !slices.Equal(got, []string{"a", "café", "f", "zero", "empty", "dir/b"}) || z.Len() != 6 {
			t.Errorf("names %q", got)
		}
		if want := "NpzFile '" + path + "' with keys: a, café, f, zero, empty..."; runtime.GOOS != "windows" && z.String() != want {
			t.Errorf("%s, want %s", z, want)
		}
		for _, m := range some() {
			for _, open := range []func(string) (*nd.Array, error){z.Load, z.Open} {
				a, err := open(m.Name)
				if err != nil {
					t.Fatal(m.Name, err)
				}
				if content(t, a) != content(t, m.Array) || !a.Writeable() || !a.Aligned() || a.ClassName() != "ndarray" {
					t.Errorf("%s: %v %v, flags %v, class %s", m.Name, a.DType(), a.Shape(), a.Flags(), a.ClassName())
				}
			}
			h, err := z.Header(m.Name + ".npy")
			if err != nil || h.DType != m.Array.DType() || !slices.Equal(h.Shape, m.Array.Shape()) {
				t.Errorf("%s: %+v %v", m.Name, h, err)
			}
		}
		_, err = z.Load("no")
		if !errors.Is(err, nd.ErrNotFound) || !strings.Contains(err.Error(), "no is not a file in the archive") || z.Has("no") || !z.Has("a.npy") {
			t.Error(err)
		}
		if err := z.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A stored member is mapped: writes stay private, and it outlives the archive.
func TestStoredMembersAreMapped(t *testing.T) {
	path := saveZ(t, false, some()...)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := OpenZ(path)
	if err != nil {
		t.Fatal(err)
	}
	a, err := z.Open("a")
	if err != nil {
		t.Fatal(err)
	}
	z.Close()
	info, ok := a.Buffer().MapInfo()
	if !ok || !info.Member || info.Offset%64 != 0 || info.Path != path {
		t.Errorf("%+v %t", info, ok)
	}
	a.Set(int64(99), 0, 0)
	if a.At[int64](0, 0) != 99 {
		t.Error("the write was lost")
	}
	if err := a.Buffer().Close(); err != nil {
		t.Error(err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the archive changed")
	}
	if _, err := z.Load("a"); err == nil {
		t.Error("a closed archive was read")
	}
}

// NumPy's own archives, stored (and unaligned) and deflated.
func TestArchivesOfNumPy(t *testing.T) {
	for _, g := range readGolden(t).NPZ {
		path := filepath.Join(t.TempDir(), "x.npz")
		if err := os.WriteFile(path, g.NPZ, 0o644); err != nil {
			t.Fatal(err)
		}
		z, err := OpenZ(path)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		if !slices.Equal(z.Names(), g.Names) {
			t.Errorf("%q, want %q", z.Names(), g.Names)
		}
		unaligned := false
		for i, name := range g.Names {
			for _, open := range []func(string) (*nd.Array, error){z.Load, z.Open} {
				a, err := open(name)
				if err != nil {
					t.Fatal(name, err)
				}
				g.Arrays[i].check(t, name, a)
				unaligned = unaligned || !a.Aligned()
				if a.DType() == dtype.Float64 && a.NDim() == 1 && !a.Aligned() && a.Add(a).At[float64](0) != 2*a.At[float64](0) {
					t.Errorf("%s: wrong sum", name)
				}
			}
		}
		if stored := z.members["arr_0"].Method == zip.Store; unaligned != stored && runtime.GOOS != "js" {
			t.Errorf("stored %t, some unaligned %t", stored, unaligned)
		}
	}
}

func TestMembersAndPositional(t *testing.T) {
	a, b := nd.Arange(3), nd.Arange(4)
	got := Members(map[string]*nd.Array{"y": a, "x": b})
	if len(got) != 2 || got[0] != (Member{"x", b}) || got[1] != (Member{"y", a}) {
		t.Errorf("%v", got)
	}
	got = Positional(a, b)
	if len(got) != 2 || got[0] != (Member{"arr_0", a}) || got[1] != (Member{"arr_1", b}) {
		t.Errorf("%v", got)
	}
	dir := t.TempDir()
	if err := SaveZ(filepath.Join(dir, "x.npz"), Member{"x", a}, Member{"x", b}); !errors.Is(err, nd.ErrValue) {
		t.Error(err)
	}
	if names, _ := os.ReadDir(dir); len(names) != 0 {
		t.Errorf("left behind %v", names)
	}
	one, two := content2(t, a, b), content2(t, a, b)
	if one != two {
		t.Error("equal arrays made archives that differ")
	}
}

func content2(t *testing.T, arrays ...*nd.Array) string {
	var b bytes.Buffer
	if err := WriteZ(&b, false, Positional(arrays...)...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever byte is missing or wrong, the answer is one clear error or the array.
func TestBrokenArchives(t *testing.T) {
	for _, compress := range []bool{false, true} {
		var b bytes.Buffer
		a := nd.Arange(40)
		if err := WriteZ(&b, compress, Positional(a)...); err != nil {
			t.Fatal(err)
		}
		good, want := b.Bytes(), content(t, a)
		for n := range len(good) {
			if _, err := ReadZ(bytes.NewReader(good[:n]), int64(n)); !errors.Is(err, nd.ErrFormat) {
				t.Fatalf("cut to %d of %d bytes: %v", n, len(good), err)
			}
		}
		for i := range good {
			raw := bytes.Clone(good)
			raw[i] ^= 0x55
			z, err := ReadZ(bytes.NewReader(raw), int64(len(raw)))
			if err != nil {
				continue
			}
			for _, name := range z.Names() {
				b, err := z.Load(name)
				if err == nil && content(t, b) != want {
					t.Errorf("byte %d: a wrong array without an error", i)
				}
				if err != nil && (!errors.Is(err, nd.ErrFormat) || strings.Contains(err.Error(), "\n")) {
					t.Errorf("byte %d: %v", i, err)
				}
			}
		}
	}
}

func TestTruncatedArchiveFile(t *testing.T) {
	path := saveZ(t, false, some()...)
	if err := os.Truncate(path, 400); err != nil {
		t.Fatal(err)
	}
	_, err := OpenZ(path)
	if want := "nd: npy " + path + ": File is not a zip file (not a valid zip file) (at byte 400)"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if _, err := OpenZ(path + "no"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := OpenZ(filepath.Dir(path)); err == nil {
		t.Error("a directory was opened")
	}
}

// A member that is not what its directory entry says.
func TestLyingMembers(t *testing.T) {
	head := func(shape ...int) []byte {
		h := Header{DType: dtype.Float64, Shape: shape}
		b, err := h.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		method uint16
		data   []byte
		want   string
	}{
		"short stored":   {zip.Store, append(head(3), make([]byte, 20)...), "EOF: reading array data, expected 24 bytes got 20"},
		"short deflated": {zip.Deflate, append(head(3), make([]byte, 20)...), "EOF: reading array data, expected 24 bytes got 20"},
		"huge deflated":  {zip.Deflate, append(head(1<<40), make([]byte, 20)...), "EOF: reading array data, expected 8796093022208 bytes got 20"},
		"no npy":         {zip.Store, []byte("hello, world"), "the magic string is not correct"},
		"empty":          {zip.Store, nil, "EOF: reading magic string, expected 8 bytes got 0"},
	} {
		var b bytes.Buffer
		zw := zip.NewWriter(&b)
		w, err := zw.CreateHeader(&zip.FileHeader{Name: "x.npy", Method: c.method})
		if err != nil {
			t.Fatal(err)
		}
		w.Write(c.data)
		zw.Close()
		path := filepath.Join(t.TempDir(), "x.npz")
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		z, err := OpenZ(path)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		for _, open := range []func(string) (*nd.Array, error){z.Load, z.Open} {
			if _, err := open("x"); err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "nd: npy "+path+" member x.npy: ") {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	}
}

// An archive that somebody rewrites in place while it is open has other members where the
// directory that was read once says; and a member's name may have a line's end.
func TestRewrittenArchive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npz")
	one, two := nd.Arange(10), nd.Arange(10, 20)
	check(t, SaveZ(path, Member{"a", one}, Member{"b\n", two}))
	z := get[*Archive](t)(OpenZ(path))
	defer z.Close()
	other := path + ".new"
	check(t, SaveZ(other, Member{"c\n", two}, Member{"a", one}))
	raw := get[[]byte](t)(os.ReadFile(other))
	check(t, os.WriteFile(path, raw, 0o600)) // the same file, other than a rename
	for _, read := range []func(string) (*nd.Array, error){z.Load, z.Open} {
		for name, want := range map[string]string{
			"a":   `File name in directory 'a.npy' and header b'c\n.npy' differ.`,
			"b\n": `File name in directory 'b\n.npy' and header b'a.npy' differ.`,
		} {
			a, err := read(name)
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q: %v, %v", name, a, err)
			}
		}
	}
}

// A bomb: a member that claims far more than its bytes can hold.
func TestInflateLimit(t *testing.T) {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	w, err := zw.CreateRaw(&zip.FileHeader{Name: "x.npy", Method: zip.Deflate, CompressedSize64: 100, UncompressedSize64: 1 << 40})
	if err != nil {
		t.Fatal(err)
	}
	w.Write(make([]byte, 100))
	zw.Close()
	z, err := ReadZ(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Load("x"); !errors.Is(err, nd.ErrFormat) || !strings.Contains(err.Error(), "cannot hold") {
		t.Error(err)
	}
}

func FuzzNPZ(f *testing.F) {
	for _, g := range readGolden(f).NPZ {
		f.Add(g.NPZ)
	}
	for _, compress := range []bool{false, true} {
		var b bytes.Buffer
		if err := WriteZ(&b, compress, Positional(nd.Arange(5))...); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		z, err := ReadZ(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			return
		}
		for _, name := range z.Names() {
			a, err := z.Load(name)
			if err != nil {
				continue
			}
			if a.NBytes() > (len(raw)+1)*maxRatio {
				t.Fatalf("%d bytes of data from %d", a.NBytes(), len(raw))
			}
			if b, err := z.Open(name); err != nil || content(t, b) != content(t, a) {
				t.Fatalf("Open: %v", err)
			}
		}
	})
}

// Members that are mapped where they lie in the file are what Load reads.
func FuzzNPZMap(f *testing.F) {
	for _, g := range readGolden(f).NPZ {
		f.Add(g.NPZ)
	}
	for _, compress := range []bool{false, true} {
		var b bytes.Buffer
		if err := WriteZ(&b, compress, Positional(nd.Arange(5), nd.Zeros(dtype.Float64, 0, 3), nd.Scalar(1.5))...); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	path := filepath.Join(f.TempDir(), "x.npz")
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		z, err := OpenZ(path)
		if err != nil {
			return
		}
		defer z.Close()
		for _, name := range z.Names() {
			a, err := z.Load(name)
			b, merr := z.Open(name)
			if merr == nil {
				if info, ok := b.Buffer().MapInfo(); ok && (info.Offset < 0 || info.Offset+int64(b.NBytes()) > int64(len(raw))) {
					t.Fatalf("%d bytes at %d of a file of %d", b.NBytes(), info.Offset, len(raw))
				}
			}
			// Load minds the checksum, which a map does not read.
			if err == nil && (merr != nil || content(t, b) != content(t, a)) {
				t.Fatalf("Open: %v", merr)
			}
			if merr == nil {
				b.Copy()
				b.Release()
			}
		}
	})
}

// A closed archive is not taken for a damaged one.
func TestClosedArchive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npz")
	if err := SaveZ(path, Positional(nd.Arange(3))...); err != nil {
		t.Fatal(err)
	}
	z, err := OpenZ(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := z.Close(); err != nil {
			t.Error(err)
		}
	}
	_, err1 := z.Header("arr_0")
	_, err2 := z.Load("arr_0")
	_, err3 := z.Open("arr_0")
	for _, err := range []error{err1, err2, err3} {
		if !errors.Is(err, nd.ErrClosed) || errors.Is(err, nd.ErrFormat) {
			t.Error(err)
		}
	}
}

// What the system refuses is not taken for a damaged archive either.
func TestArchiveThatCannotBeRead(t *testing.T) {
	var b bytes.Buffer
	if err := WriteZ(&b, false, Positional(nd.Arange(3))...); err != nil {
		t.Fatal(err)
	}
	broken := &brokenDisk{bytes: bytes.NewReader(b.Bytes())}
	z, err := ReadZ(broken, int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	broken.err = &fs.PathError{Op: "read", Path: "x", Err: errors.New("input/output error")}
	if _, err := z.Load("arr_0"); !errors.Is(err, broken.err) || errors.Is(err, nd.ErrFormat) {
		t.Error(err)
	}
}

type brokenDisk struct {
	bytes *bytes.Reader
	err   error
}

func (d *brokenDisk) ReadAt(p []byte, at int64) (int, error) {
	if d.err != nil {
		return 0, d.err
	}
	return d.bytes.ReadAt(p, at)
}
