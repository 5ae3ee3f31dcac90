package npy

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unsafe"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// goldenArray is what NumPy says of an array, or the error it raises.
type goldenArray struct {
	DType          string
	Shape, Strides []int
	Data           []byte
	Error, Msg     string
}

// golden holds NumPy's answers; see testdata/golden.py.
type golden struct {
	Files []struct {
		Name, DType string
		Shape       []int
		Fortran     bool
		NPY, Start  []byte
		Length      int
	}
	Loads []struct {
		NPY    []byte
		Answer goldenArray
	}
	NPZ []struct {
		NPZ    []byte
		Names  []string
		Arrays []goldenArray
	}
}

func readGolden(t testing.TB) (g golden) {
	t.Helper()
	data, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Files) < 70 || len(g.Loads) < 40 || len(g.NPZ) != 2 {
		t.Fatalf("golden.json has %d files, %d loads, %d npz", len(g.Files), len(g.Loads), len(g.NPZ))
	}
	return g
}

// check compares a with NumPy's answer; the data are in C order.
func (want *goldenArray) check(t *testing.T, name string, a *nd.Array) {
	t.Helper()
	var data bytes.Buffer
	if _, err := a.WriteTo(&data); err != nil {
		t.Fatal(err)
	}
	if a.DType().Descr() != want.DType || !slices.Equal(a.Shape(), want.Shape) || !bytes.Equal(data.Bytes(), want.Data) {
		t.Errorf("%s: %s %v % x, want %s %v % x", name, a.DType().Descr(), a.Shape(), data.Bytes(), want.DType, want.Shape, want.Data)
	}
	if a.Size() > 0 && !slices.Equal(a.Strides(), want.Strides) {
		t.Errorf("%s: strides %v, want %v", name, a.Strides(), want.Strides)
	}
}

// Every file that NumPy writes is read as the array it was, and written again
// byte for byte.
func TestFilesOfNumPy(t *testing.T) {
	for _, g := range readGolden(t).Files {
		if g.NPY == nil {
			continue
		}
		a, err := Read(bytes.NewReader(g.NPY), MaxHeader(1<<20))
		if err != nil {
			t.Errorf("%s: %v", g.Name, err)
			continue
		}
		if a.DType().Descr() != g.DType || !slices.Equal(a.Shape(), g.Shape) || a.Flags().FNC() != g.Fortran {
			t.Errorf("%s: %s %v fortran %t, want %s %v %t", g.Name, a.DType().Descr(), a.Shape(), a.Flags().FNC(), g.DType, g.Shape, g.Fortran)
		}
		if !a.Writeable() || a.OwnData() || a.ClassName() != "ndarray" {
			t.Errorf("%s: flags %v, class %s", g.Name, a.Flags(), a.ClassName())
		}
		var out bytes.Buffer
		if err := Write(&out, a); err != nil {
			t.Errorf("%s: %v", g.Name, err)
		} else if !bytes.Equal(out.Bytes(), g.NPY) {
			t.Errorf("%s: wrote\n%q\nNumPy wrote\n%q", g.Name, out.Bytes(), g.NPY)
		}
	}
}

// The length at which version 2 begins.
func TestVersionTwoBegins(t *testing.T) {
	for _, g := range readGolden(t).Files {
		n, ok := strings.CutPrefix(g.Name, "name of ")
		if !ok || g.Start == nil {
			continue
		}
		var letters int
		if err := json.Unmarshal([]byte(n), &letters); err != nil {
			t.Fatal(err)
		}
		dt, err := dtype.Struct([]dtype.Field{{Name: strings.Repeat("n", letters), DType: dtype.Uint8}})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Write(&out, nd.Zeros(dt, 1)); err != nil || !bytes.HasPrefix(out.Bytes(), g.Start) || out.Len() != g.Length {
			t.Errorf("%s: %v, %d bytes, starts % x, want %d, % x", g.Name, err, out.Len(), out.Bytes()[:12], g.Length, g.Start)
		}
		if _, err := Read(bytes.NewReader(out.Bytes())); err == nil || !strings.Contains(err.Error(), "large and may not be safe") {
			t.Errorf("%s: %v", g.Name, err)
		}
		if _, err := Read(bytes.NewReader(out.Bytes()), MaxHeader(1<<18)); err != nil {
			t.Errorf("%s: trusted: %v", g.Name, err)
		}
	}
}

// countItems returns a small array with items that differ.
func countItems() *nd.Array { return nd.Arange(12).Reshape(3, 4) }

func TestSaveLoadOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	views := map[string]*nd.Array{
		"C": countItems(), "F": countItems().T(), "stepped": countItems().Index("::2, ::-1"), "0-d": nd.Scalar(2.5), "empty": nd.Zeros(dtype.Str(3), 0, 4),
		"broadcast": nd.Of([]int16{1, 2, 3}).BroadcastTo(4, 3),
	}
	for name, a := range views {
		if err := Save(path, a); err != nil {
			t.Fatal(name, err)
		}
		var want bytes.Buffer
		a.WriteTo(&want)
		for _, how := range []string{"load", "r", "r+", "c", "stream"} {
			var b *nd.Array
			var err error
			switch how {
			case "load":
				b, err = Load(path)
			case "stream":
				raw, rerr := os.ReadFile(path)
				if rerr != nil {
					t.Fatal(rerr)
				}
				b, err = Read(iotest.OneByteReader(bytes.NewReader(raw)))
			default:
				b, err = Open(path, Mode(how))
			}
			if err != nil {
				t.Fatal(name, how, err)
			}
			var got bytes.Buffer
			b.WriteTo(&got)
			if b.DType() != a.DType() || !slices.Equal(b.Shape(), a.Shape()) || !bytes.Equal(got.Bytes(), want.Bytes()) || b.Flags().FNC() != a.Flags().FNC() {
				t.Errorf("%s %s: %v %v", name, how, b.DType(), b.Shape())
			}
			if b.Writeable() != (how != "r") || !b.Aligned() {
				t.Errorf("%s %s: writeable %t, aligned %t", name, how, b.Writeable(), b.Aligned())
			}
			if info, ok := b.Buffer().MapInfo(); ok != (len(how) < 3) || ok && (info.Path != path || info.Offset != 128 || b.ClassName() != "memmap") {
				t.Errorf("%s %s: %+v %t", name, how, info, ok)
			}
			if err := b.Buffer().Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestOpenWritesByMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	if err := Save(path, countItems()); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []string{"c", "r+"} {
		a, err := Open(path, Mode(mode))
		if err != nil {
			t.Fatal(err)
		}
		a.Set(int64(99), 0, 0)
		if err := a.Buffer().Close(); err != nil {
			t.Fatal(err)
		}
		b, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.At[int64](0, 0) == 99; got != (mode == "r+") {
			t.Errorf("%s: the file changed: %t", mode, got)
		}
	}
	if _, err := Open(path, Mode("w+")); !errors.Is(err, nd.ErrValue) || !strings.Contains(err.Error(), "Create") {
		t.Error(err)
	}
	if _, err := Open(path, Mode("x")); !errors.Is(err, nd.ErrValue) {
		t.Error(err)
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	a, err := Create(path, dtype.Float32.NewByteOrder(dtype.Big), nd.F, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	if !a.Flags().FNC() || a.At[float32](2, 3) != 0 || !a.Writeable() {
		t.Errorf("flags %v", a.Flags())
	}
	a.Set(float32(1.5), 2, 3)
	if err := a.Buffer().Close(); err != nil {
		t.Fatal(err)
	}
	want := nd.ZerosOrder(nd.F, dtype.Float32.NewByteOrder(dtype.Big), 3, 4)
	want.Set(float32(1.5), 2, 3)
	var raw bytes.Buffer
	if err := Write(&raw, want); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, raw.Bytes()) {
		t.Errorf("%v: %q", err, got)
	}
	if _, err := Create(path, dtype.Float32, nd.C, 3, -4); !errors.Is(err, nd.ErrValue) {
		t.Error(err)
	}
	if got, _ := os.ReadFile(path); !bytes.Equal(got, raw.Bytes()) {
		t.Error("a refused Create changed the file")
	}
	sub, err := dtype.SubArray(dtype.Int16, 2)
	if err != nil {
		t.Fatal(err)
	}
	if a, err = Create(path, sub, nd.C, 3); err != nil || !slices.Equal(a.Shape(), []int{3, 2}) {
		t.Error(a, err)
	}
	a.Buffer().Close()
}

// A 10 GB file opens by its header alone.
func TestLargeSparseFile(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("needs sparse files")
	}
	path := filepath.Join(t.TempDir(), "big.npy")
	a, err := Create(path, dtype.Float32, nd.C, 10<<28, 1)
	if err != nil {
		t.Skip("no room for a sparse file: ", err)
	}
	a.Buffer().Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Slice(nd.R(10<<28-3, 10<<28), nd.All).At[float32](2, 0); got != 0 {
		t.Error(got)
	}
	b.Buffer().Close()
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 64<<10 {
		t.Errorf("%d bytes allocated", n)
	}
}

func TestTruncatedFileNamesTheFacts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	if err := Save(path, countItems()); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 150); err != nil {
		t.Fatal(err)
	}
	_, err := Load(path)
	want := "nd: npy " + path + ": Failed to read all data for array. Expected (3, 4) = 12 elements, could only read 2 elements. (file seems not fully written?) (at byte 150, need 224 bytes, have 150)"
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
	for _, mode := range []string{"r", "r+", "c"} {
		_, err := Open(path, Mode(mode))
		want := "nd: npy " + path + ": mmap length is greater than file size (at byte 128, need 224 bytes, have 150)"
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v\nwant %s", mode, err, want)
		}
	}
	if st, _ := os.Stat(path); st.Size() != 150 {
		t.Errorf("the file has %d bytes now", st.Size())
	}
	if _, err := Load(path + "no"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestSaveRefusesAndKeepsTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.npy")
	if err := Save(path, countItems()); err != nil {
		t.Fatal(err)
	}
	overlap, err := dtype.Struct([]dtype.Field{{Name: "a", DType: dtype.Int32}, {Name: "b", DType: dtype.Int16, Offset: 2}}, dtype.StructOptions{Offsets: true})
	if err != nil {
		t.Fatal(err)
	}
	closed := nd.Zeros(dtype.Int8, 3)
	closed.Buffer().Close()
	for want, a := range map[string]*nd.Array{"overlapping or out-of-order fields": nd.Zeros(overlap, 2), "closed": closed} {
		if err := Save(path, a); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if b, err := Load(path); err != nil || b.At[int64](2, 3) != 11 {
		t.Errorf("the old file: %v", err)
	}
	if names, _ := os.ReadDir(dir); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

// Saving over the very file that the array maps must not eat the data.
func TestSaveOverOwnMap(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a mapped file cannot be replaced there")
	}
	path := filepath.Join(t.TempDir(), "x.npy")
	if err := Save(path, countItems()); err != nil {
		t.Fatal(err)
	}
	a, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := Save(path, a.T()); err != nil {
		t.Fatal(err)
	}
	b, err := Load(path)
	if err != nil || !slices.Equal(b.Shape(), []int{4, 3}) || b.At[int64](3, 2) != 11 || a.At[int64](2, 3) != 11 {
		t.Errorf("%v %v", b, err)
	}
	a.Buffer().Close()
}

// Several arrays may follow one another in a stream.
func TestReadStopsAfterTheData(t *testing.T) {
	var s bytes.Buffer
	for i := range 3 {
		if err := Write(&s, nd.Of([]int{i, i})); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 {
		a, err := Read(&s)
		if err != nil || a.At[int64](1) != int64(i) {
			t.Fatal(i, err)
		}
	}
	if _, err := Read(&s); err == nil {
		t.Error("no error at the end")
	}
}

// A block that Load has filled goes back with Release like any other: reading files one
// after another takes no new memory.
func TestReleasedLoadsShareABlock(t *testing.T) {
	for _, order := range []nd.Order{nd.C, nd.F} {
		path := filepath.Join(t.TempDir(), "a.npy")
		want := nd.Arange(2000).Reshape(40, 50).Copy(order)
		if err := Save(path, want); err != nil {
			t.Fatal(err)
		}
		reused := 0
		var last unsafe.Pointer
		for range 10 { // a collection between two of them empties the list of released blocks
			a, err := Load(path)
			if err != nil || !a.ArrayEqual(want) {
				t.Fatal(a, err)
			}
			if p := a.Buffer().Pointer(); p == last {
				reused++
			} else {
				last = p
			}
			a.Release()
		}
		if reused == 0 {
			t.Errorf("order %v: ten loads and as many blocks", order)
		}
	}
}

func TestReaderErrorsPass(t *testing.T) {
	boom := errors.New("boom")
	var s bytes.Buffer
	if err := Write(&s, countItems()); err != nil {
		t.Fatal(err)
	}
	for n := range s.Len() {
		if _, err := Read(io.MultiReader(bytes.NewReader(s.Bytes()[:n]), iotest.ErrReader(boom))); !errors.Is(err, boom) {
			t.Fatalf("after %d bytes: %v", n, err)
		}
	}
}
