package memmap

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// The rows M1 to M22 of the memmap contract, each for all modes that it speaks of.
// The golden table (plan_test.go) holds the same rows against NumPy in thousands
// of combinations; M15, M16 and M21 stand in memmap_test.go.

var allModes = []Mode{ReadOnly, CopyOnWrite, ReadWrite, Create}

// opening is what came of opening a file of n counting bytes.
type opening struct {
	mode Mode
	a    *nd.Array
	err  error
	path string
	size int // of the file afterwards, -1 if there is none
}

// openAll opens a fresh file of n bytes (none for n < 0) in each of the modes.
func openAll(t *testing.T, n int, o Options, modes ...Mode) []opening {
	t.Helper()
	if len(modes) == 0 {
		modes = allModes
	}
	var list []opening
	for _, mode := range modes {
		path := filepath.Join(t.TempDir(), "x.dat")
		if n >= 0 {
			write(t, path, n)
		}
		o.Mode = mode
		a, err := OpenWith(path, o)
		size := -1
		if st, serr := os.Stat(path); serr == nil {
			size = int(st.Size())
		}
		if err == nil {
			t.Cleanup(func() { Close(a) })
		}
		list = append(list, opening{mode, a, err, path, size})
	}
	return list
}

// refused tells whether an opening failed for the reason and left n bytes.
func (x opening) refused(t *testing.T, kind error, n int) {
	t.Helper()
	if !errors.Is(x.err, kind) || x.size != n {
		t.Errorf("mode %s: %v, the file has %d bytes", x.mode, x.err, x.size)
	}
}

// opened tells whether an opening gave the shape and left n bytes.
func (x opening) opened(t *testing.T, n int, shape ...int) {
	t.Helper()
	if x.err != nil || !slices.Equal(x.a.Shape(), shape) || x.size != n {
		t.Errorf("mode %s: %v %v, the file has %d bytes", x.mode, x.a, x.err, x.size)
	}
}

func TestM1OpenFlags(t *testing.T) {
	for _, x := range openAll(t, 16, Options{Shape: []int{16}}) {
		x.opened(t, 16, 16)
		if x.a.Writeable() != (x.mode != ReadOnly) {
			t.Errorf("mode %s: writeable %t", x.mode, x.a.Writeable())
		}
		if first := x.a.At[uint8](5); first != 5 && x.mode != Create || first != 0 && x.mode == Create {
			t.Errorf("mode %s: item %d", x.mode, first)
		}
		if x.mode != ReadOnly {
			x.a.Set(uint8(99), 5)
		}
		Close(x.a)
		raw, err := os.ReadFile(x.path)
		if wrote := err == nil && raw[5] == 99; wrote != (x.mode == ReadWrite || x.mode == Create) {
			t.Errorf("mode %s: the write reached the file: %t", x.mode, wrote)
		}
	}
}

func TestM2FileMissing(t *testing.T) {
	for _, x := range openAll(t, -1, Options{Shape: []int{3}}) {
		if x.mode == Create {
			x.opened(t, 3, 3)
		} else {
			x.refused(t, fs.ErrNotExist, -1)
		}
	}
}

func TestM3ShapeMissing(t *testing.T) {
	for _, x := range openAll(t, 24, Options{DType: dtype.Float64}) {
		if x.mode == Create {
			x.refused(t, nd.ErrValue, 24)
		} else {
			x.opened(t, 24, 3)
		}
	}
}

func TestM4Remainder(t *testing.T) {
	for _, x := range openAll(t, 25, Options{DType: dtype.Float64, Offset: 2}, ReadOnly, CopyOnWrite, ReadWrite) {
		x.refused(t, nd.ErrValue, 25)
	}
}

func TestM5SmallerShape(t *testing.T) {
	for _, x := range openAll(t, 100, Options{Shape: []int{2, 5}, Offset: 7}) {
		if x.mode == Create {
			x.opened(t, 17, 2, 5)
		} else {
			x.opened(t, 100, 2, 5)
		}
	}
}

func TestM6NeedMoreThanTheFileHas(t *testing.T) {
	for _, x := range openAll(t, 10, Options{DType: dtype.Int32, Shape: []int{2000}, Offset: 3}) {
		switch x.mode {
		case ReadOnly, CopyOnWrite:
			x.refused(t, nd.ErrValue, 10)
		default:
			x.opened(t, 8003, 2000)
			if x.a.At[int32](1999) != 0 {
				t.Error("the growth is not zero")
			}
		}
	}
}

func TestM7OffsetAtTheEnd(t *testing.T) {
	for _, x := range openAll(t, 40, Options{DType: dtype.Float64, Offset: 40}, ReadOnly, CopyOnWrite, ReadWrite) {
		x.opened(t, 40, 0)
	}
}

func TestM8OffsetBeyondTheEnd(t *testing.T) {
	for _, x := range openAll(t, 40, Options{DType: dtype.Float64, Offset: 48}, ReadOnly, CopyOnWrite, ReadWrite) {
		if x.err == nil || x.size != 40 {
			t.Errorf("mode %s: %v, %d bytes", x.mode, x.a, x.size)
		}
	}
}

func TestM9OffsetBeyondTheEndWithShape(t *testing.T) {
	for _, x := range openAll(t, 40, Options{DType: dtype.Float64, Offset: 5000, Shape: []int{2}}) {
		switch x.mode {
		case ReadOnly, CopyOnWrite:
			x.refused(t, nd.ErrValue, 40)
		default:
			x.opened(t, 5016, 2)
		}
	}
}

func TestM10EmptyFile(t *testing.T) {
	for _, x := range openAll(t, 0, Options{Shape: []int{0, 4}}) {
		switch x.mode {
		case ReadOnly, CopyOnWrite:
			x.refused(t, nd.ErrValue, 0)
		default:
			x.opened(t, 1, 0, 4) // NumPy's pad byte
		}
	}
}

func TestM11NoItemsAtAPage(t *testing.T) {
	page := buffer.Granularity()
	for _, x := range openAll(t, 2*page, Options{Shape: []int{0}, Offset: int64(page)}) {
		want := 2 * page
		if x.mode == Create {
			want = page
		}
		x.opened(t, want, 0)
	}
}

func TestM12NoAxes(t *testing.T) {
	for _, x := range openAll(t, 8, Options{DType: dtype.Uint16, Shape: []int{}, Offset: 2}) {
		want := 8
		if x.mode == Create {
			want = 4
		}
		x.opened(t, want)
		if x.err == nil && x.a.Size() != 1 {
			t.Errorf("mode %s: %d items", x.mode, x.a.Size())
		}
	}
}

func TestM13NegativeNumbers(t *testing.T) {
	for _, o := range []Options{{Offset: -8, Shape: []int{2}}, {Offset: -8}, {Shape: []int{-3}}, {Shape: []int{2, -3}}} {
		for _, x := range openAll(t, 16, o) {
			var e *Error
			if !errors.As(x.err, &e) || x.size != 16 || e.Offset != o.Offset {
				t.Errorf("mode %s offset %d shape %v: %v, %d bytes", x.mode, o.Offset, o.Shape, x.err, x.size)
			}
		}
	}
}

func TestM14BadMode(t *testing.T) {
	for _, x := range openAll(t, 3, Options{}, "rw", "x", "R") {
		x.refused(t, nd.ErrValue, 3)
		want := "nd: memmap: mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got '" + string(x.mode) + "')"
		if x.err.Error() != want {
			t.Errorf("%v\nwant %s", x.err, want)
		}
	}
	for _, x := range openAll(t, 3, Options{Shape: []int{3}}, "readonly", "copyonwrite", "readwrite", "write") {
		x.opened(t, 3, 3)
	}
}

func TestM17Objects(t *testing.T) {
	for _, name := range []string{"O", "object", "|O8"} {
		if dt, err := dtype.Parse(name); err == nil {
			t.Errorf("%s is a dtype that a map could have: %v", name, dt)
		}
	}
}

func TestM17bNoBytesAnItem(t *testing.T) {
	for _, x := range openAll(t, 3, Options{DType: dtype.Bytes(0)}, ReadOnly, CopyOnWrite, ReadWrite) {
		x.refused(t, nd.ErrZeroDivision, 3)
	}
}

func TestM18SharedWritesAreSeenAtOnce(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("needs maps")
	}
	x := openAll(t, 5000, Options{}, ReadWrite)[0]
	y, err := Open(x.path, ReadOnly, dtype.Uint8)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(y)
	x.a.Index("4000:4010").Fill(77)
	if y.At[uint8](4009) != 77 {
		t.Error("another map does not see the write")
	}
	f, err := os.OpenFile(x.path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := make([]byte, 10)
	if _, err := f.ReadAt(got, 4000); err != nil || !bytes.Equal(got, bytes.Repeat([]byte{77}, 10)) {
		t.Errorf("reading the file finds %v, %v", got, err)
	}
	if _, err := f.WriteAt([]byte{78}, 4005); err != nil || x.a.At[uint8](4005) != 78 || y.At[uint8](4005) != 78 {
		t.Error("a map does not see what is written to the file", err)
	}
	if err := Flush(x.a); err != nil {
		t.Error(err)
	}
}

func TestM19CopyOnWrite(t *testing.T) {
	page := os.Getpagesize()
	x := openAll(t, 3*page, Options{}, CopyOnWrite)[0]
	x.a.Set(uint8(50), page)
	f, err := os.OpenFile(x.path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	snap, err := Snapshot(x.a)
	if err != nil {
		t.Fatal(err)
	}
	before := snap.At[uint8](2*page + 1)
	if _, err := f.WriteAt([]byte{60, 60, 60}, int64(page)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{60, 60, 60}, int64(2*page)); err != nil {
		t.Fatal(err)
	}
	if x.a.At[uint8](page) != 50 {
		t.Error("the own write is gone")
	}
	if runtime.GOOS == "linux" && x.a.At[uint8](page+1) == 60 {
		t.Error("a page written to changed after all")
	}
	if snap.At[uint8](2*page+1) != before || snap.At[uint8](page) != 50 {
		t.Error("a snapshot has changed")
	}
	if snap.ClassName() != "ndarray" || !snap.Writeable() || !snap.OwnData() {
		t.Error("a snapshot is a plain array")
	}
	snap.Fill(1)
	if err := Flush(x.a); err != nil {
		t.Error(err)
	}
	if err := Close(x.a); err != nil {
		t.Error(err)
	}
	raw, err := os.ReadFile(x.path)
	if err != nil || raw[page] != 60 || raw[0] != 0 || raw[5] != 5 {
		t.Error("mode c reached the file", err)
	}
	if _, err := Snapshot(x.a); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
}

func TestM20Attributes(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "x.dat"), 100)
	t.Chdir(dir)
	for mode, want := range map[Mode]buffer.MapMode{"": buffer.MapUpdate, "readonly": buffer.MapRead, "copyonwrite": buffer.MapCopy, "r+": buffer.MapUpdate} {
		a, err := OpenWith("x.dat", Options{Mode: mode, Offset: 10, DType: dtype.Int16})
		if err != nil {
			t.Fatal(err)
		}
		info, ok := Info(a.Index("3:"))
		if resolved, _ := filepath.EvalSymlinks(filepath.Dir(info.Path)); !ok || !filepath.IsAbs(info.Path) || filepath.Base(info.Path) != "x.dat" || resolved == "" ||
			info.Offset != 10 || info.Mode != want {
			t.Errorf("%+v", info)
		}
		if a.Index("::2").ClassName() != "memmap" || a.T().ClassName() != "memmap" {
			t.Error("views of a memmap are memmaps")
		}
		for name, plain := range map[string]*nd.Array{"sum": a.Sum(), "add": a.Add(1), "copy": a.Copy(), "pick": a.Pick(nd.Ints(0, 2))} {
			if _, ok := Info(plain); ok || plain.ClassName() != "ndarray" {
				t.Errorf("%s gives a memmap", name)
			}
		}
		Close(a)
	}
	t.Chdir(here)
}

func TestM21Structures(t *testing.T) {
	rec := dtypeOf(t, "i1,<f4")
	for _, order := range []nd.Order{nd.C, nd.F} {
		path := filepath.Join(t.TempDir(), "x")
		a, err := OpenWith(path, Options{Mode: Create, DType: rec, Offset: 3, Shape: []int{2, 3}, Order: order})
		if err != nil {
			t.Fatal(err)
		}
		a.Field("f1").Assign(nd.Arange(6).Reshape(2, 3))
		a.Field("f0").Fill(-1)
		want := a.Copy()
		if err := Close(a); err != nil {
			t.Fatal(err)
		}
		b, err := OpenWith(path, Options{Mode: ReadOnly, DType: rec, Offset: 3, Shape: []int{2, 3}, Order: order})
		if err != nil || !b.ArrayEqual(want) {
			t.Errorf("%c: %v %v", order, b, err)
		}
		Close(b)
	}
}

func TestM22ReadOnlyStaysReadOnly(t *testing.T) {
	x := openAll(t, 8, Options{}, ReadOnly)[0]
	for _, v := range []*nd.Array{x.a, x.a.Index("2:"), x.a.Reshape(2, 4).T()} {
		if err := v.SetWriteable(true); !errors.Is(err, nd.ErrValue) && !errors.Is(err, nd.ErrReadOnly) {
			t.Errorf("%v", err)
		}
		for name, write := range map[string]func(){
			"fill": func() { v.Fill(1) }, "add": func() { v.Add(1, nd.Out(v)) }, "assign": func() { v.Assign(2) }, "sort": func() { v.Sort() },
		} {
			if err := nd.Try(write); err == nil && name != "sort" {
				t.Errorf("%s wrote to a read-only map", name)
			}
		}
	}
	if raw, err := os.ReadFile(x.path); err != nil || fmt.Sprint(raw) != "[0 1 2 3 4 5 6 7]" {
		t.Error(raw, err)
	}
}
