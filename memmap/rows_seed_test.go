package memmap

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// Rows S87 to S100, the seed on memmap, and the holes X7 and X8. S88 (resize in
// place) is the calculator's.

// seedFile makes the seed's file, twelve float32 counting, and returns its path.
func seedFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "newfile.dat")
	fp := opened(t, path, Options{Mode: Create, DType: dtype.Float32, Shape: []int{3, 4}})
	fp.Assign(nd.ArangeAs(dtype.Float32, 12).Reshape(3, 4))
	if err := Close(fp); err != nil {
		t.Fatal(err)
	}
	return path
}

func opened(t *testing.T, path string, o Options) *nd.Array {
	t.Helper()
	a, err := OpenWith(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { Close(a) })
	return a
}

func wantText(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

const seedRepr = `memmap([[ 0.,  1.,  2.,  3.],
        [ 4.,  5.,  6.,  7.],
        [ 8.,  9., 10., 11.]], dtype=float32)`

// The zero Options are NumPy's defaults.
func TestS87Defaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 10)
	a := opened(t, path, Options{})
	info, _ := Info(a)
	if a.DType() != dtype.Uint8 || info.Mode.String() != "r+" || info.Offset != 0 || !slices.Equal(a.Shape(), []int{10}) || !a.Flags().Has(nd.CContiguous) {
		t.Errorf("%s %+v %v", a.DType(), info, a.Shape())
	}
	for _, mode := range []Mode{"r", "r+", "c", "w+"} { // the four; the seed names r+ twice
		opened(t, path, Options{Mode: mode, Shape: []int{1}})
	}
}

func TestS89CreatedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "newfile.dat")
	fp := opened(t, path, Options{Mode: Create, DType: dtype.Float32, Shape: []int{3, 4}})
	raw, err := os.ReadFile(path)
	if err != nil || !slices.Equal(raw, make([]byte, 48)) {
		t.Errorf("%x %v", raw, err)
	}
	wantText(t, fp.Repr(), `memmap([[0., 0., 0., 0.],
        [0., 0., 0., 0.],
        [0., 0., 0., 0.]], dtype=float32)`)
}

func TestS90AssignedFile(t *testing.T) {
	a := opened(t, seedFile(t), Options{DType: dtype.Float32, Shape: []int{3, 4}})
	wantText(t, a.Repr(), seedRepr)
}

func TestS91PathIsAbsolute(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "x.dat", 4)
	a := opened(t, "x.dat", Options{Mode: ReadOnly})
	want, err := filepath.Abs("x.dat")
	if info, _ := Info(a); err != nil || info.Path != want {
		t.Errorf("%q, want %q", info.Path, want)
	}
}

func TestS92ContentsPersist(t *testing.T) {
	path := seedFile(t)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "000000000000803f0000004000004040000080400000a0400000c0400000e04000000041000010410000204100003041"
	if dtype.Native == dtype.Little {
		wantText(t, hex.EncodeToString(raw), want)
	}
	wantText(t, opened(t, path, Options{Mode: ReadOnly, DType: dtype.Float32, Shape: []int{3, 4}}).Repr(), seedRepr)
}

func TestS93ReadOnlyMode(t *testing.T) {
	a := opened(t, seedFile(t), Options{Mode: ReadOnly, DType: dtype.Float32, Shape: []int{3, 4}})
	if a.Writeable() || a.Slice(nd.I(0)).Writeable() {
		t.Error("writeable")
	}
	err := nd.Try(func() { a.Set(float32(1), 0, 0) })
	if e, ok := err.(*nd.Error); !errors.Is(err, nd.ErrReadOnly) || !ok || e.Msg != "assignment destination is read-only" {
		t.Error(err)
	}
	if a.SetWriteable(true) == nil || a.Writeable() {
		t.Error("switched on")
	}
}

func TestS94CopyOnWriteMode(t *testing.T) {
	path := seedFile(t)
	o := Options{Mode: CopyOnWrite, DType: dtype.Float32, Shape: []int{3, 4}}
	fpc := opened(t, path, o)
	o.Mode = ReadOnly
	fpr := opened(t, path, o)
	before, _ := os.ReadFile(path)
	if !fpc.Writeable() {
		t.Error("read-only")
	}
	fpc.Slice(nd.I(2), nd.All).Assign(1)
	wantText(t, fpc.Repr(), `memmap([[0., 1., 2., 3.],
        [4., 5., 6., 7.],
        [1., 1., 1., 1.]], dtype=float32)`)
	wantText(t, fpr.Repr(), seedRepr)
	if err := Close(fpc); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(path); !slices.Equal(before, after) {
		t.Error("the file changed")
	}
}

func TestS95OffsetWithoutShape(t *testing.T) {
	a := opened(t, seedFile(t), Options{Mode: ReadOnly, DType: dtype.Float32, Offset: 16})
	wantText(t, a.Repr(), "memmap([ 4.,  5.,  6.,  7.,  8.,  9., 10., 11.], dtype=float32)")
}

// An offset need not be a multiple of the item size.
func TestS96AnyOffset(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 11)
	a := opened(t, path, Options{Mode: ReadOnly, DType: dtype.Uint32.NewByteOrder(dtype.Big), Offset: 3})
	if a.Aligned() || a.Len() != 2 || a.At[uint32](0) != 0x03040506 || a.At[uint32](1) != 0x0708090a {
		t.Error(a.Flags(), a)
	}
}

// An offset beyond the end extends the file only in r+ and w+, and only with a shape.
func TestS97OffsetBeyondTheEnd(t *testing.T) {
	for _, c := range []struct {
		mode  Mode
		shape []int
		grows bool
	}{
		{ReadWrite, []int{2}, true}, {Create, []int{2}, true}, {CopyOnWrite, []int{2}, false},
		{ReadOnly, []int{2}, false}, {ReadWrite, nil, false}, {CopyOnWrite, nil, false},
	} {
		path := filepath.Join(t.TempDir(), "x")
		write(t, path, 10)
		a, err := OpenWith(path, Options{Mode: c.mode, DType: dtype.Int32, Offset: 100, Shape: c.shape})
		if (err == nil) != c.grows || !c.grows && !errors.Is(err, nd.ErrValue) {
			t.Errorf("%s %v: %v", c.mode, c.shape, err)
		}
		want := int64(10)
		if c.grows {
			want = 108
			Close(a)
		}
		if st, err := os.Stat(path); err != nil || st.Size() != want {
			t.Errorf("%s %v: the file has %v", c.mode, c.shape, st)
		}
	}
}

// A rest that is no whole number of items needs a shape in every mode.
func TestS98RemainderNeedsAShape(t *testing.T) {
	for _, mode := range []Mode{ReadOnly, CopyOnWrite, ReadWrite} {
		path := filepath.Join(t.TempDir(), "x")
		write(t, path, 10)
		if _, err := OpenWith(path, Options{Mode: mode, DType: dtype.Float32}); !errors.Is(err, nd.ErrValue) {
			t.Errorf("%s: %v", mode, err)
		}
		if a := opened(t, path, Options{Mode: mode, DType: dtype.Float32, Shape: []int{2}}); a.Len() != 2 {
			t.Error(a)
		}
	}
}

// A file counts from its start wherever its position is, and w+ does not truncate it.
func TestS99FileObject(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 16)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.Seek(5, 0)
	a, err := OpenFile(f, Options{Mode: Create, Shape: []int{4}})
	if err != nil {
		t.Fatal(err)
	}
	defer Close(a)
	wantText(t, a.String(), "[0 1 2 3]")
	if st, _ := f.Stat(); st.Size() != 16 {
		t.Error("truncated to", st.Size())
	}
}

func TestS100Orders(t *testing.T) {
	path := seedFile(t)
	for _, c := range []struct {
		order   nd.Order
		shape   []int
		strides []int
	}{
		{nd.C, []int{2, 2}, []int{8, 4}}, {nd.F, []int{2, 2}, []int{4, 8}}, {nd.C, []int{4}, []int{4}}, {nd.F, []int{4}, []int{4}},
	} {
		a := opened(t, path, Options{Mode: ReadOnly, DType: dtype.Float32, Shape: c.shape, Order: c.order})
		if !slices.Equal(a.Strides(), c.strides) {
			t.Errorf("%c %v: strides %v", c.order, c.shape, a.Strides())
		}
	}
}

// Closing ends the views; a map made afterwards, even at the same address, never
// shows through them.
func TestX7ClosedMapsNeverAlias(t *testing.T) {
	dir := t.TempDir()
	one, two := filepath.Join(dir, "1"), filepath.Join(dir, "2")
	os.WriteFile(one, []byte{1, 1, 1, 1}, 0o644)
	os.WriteFile(two, []byte{2, 2, 2, 2}, 0o644)
	a, err := Open(one, ReadOnly, dtype.Uint8, 4)
	if err != nil {
		t.Fatal(err)
	}
	v := a.Slice(nd.From(1))
	if err := Close(a); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		opened(t, two, Options{Mode: ReadOnly})
		if err := nd.Try(func() { v.At[uint8](0) }); !errors.Is(err, nd.ErrClosed) {
			t.Fatal(err)
		}
	}
}

// A file that is truncated under its map is an error that names it, not SIGBUS.
func TestX8TruncationIsAnError(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 1<<20)
	a := opened(t, path, Options{Mode: ReadOnly})
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(){
		"At": func() { a.At[uint8](1 << 19) }, "Sum": func() { a.Sum() }, "Copy": func() { a.Copy() },
	} {
		if err := nd.Try(f); !errors.Is(err, nd.ErrFault) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
