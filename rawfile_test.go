package nd

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// countingBytes returns n bytes counting modulo 251.
func countingBytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i % 251)
	}
	return b
}

// countingLong is countingBytes for the layouts of rawLayouts, made once.
var countingLong = sync.OnceValue(func() []byte { return countingBytes(4 << 20) })

// rawItems returns the bytes of a's items in C order, one item at a time.
func rawItems(a *Array) []byte {
	var out []byte
	raw := a.buf.UnsafeBytes()
	for off := range rawOffsets(a.lay.Shape, a.lay.Strides, a.lay.Offset) {
		out = append(out, raw[off:off+a.ItemSize()]...)
	}
	return out
}

// rawOffsets yields the offset of every item in C order.
func rawOffsets(shape, strides []int, off int) func(func(int) bool) {
	return func(yield func(int) bool) {
		if len(shape) == 0 {
			yield(off)
			return
		}
		for i := range shape[0] {
			for o := range rawOffsets(shape[1:], strides[1:], off+i*strides[0]) {
				if !yield(o) {
					return
				}
			}
		}
	}
}

// rawLayouts returns arrays of one dtype in many layouts.
func rawLayouts(t *testing.T, dt dtype.DType) map[string]*Array {
	t.Helper()
	item := dt.ItemSize()
	over := func(shape, strides []int, offset int) *Array {
		a, err := Over(buffer.FromSlice(slices.Clone(countingLong())), dt, shape, strides, offset)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	return map[string]*Array{
		"0-d":            over(nil, nil, 0),
		"empty":          over([]int{3, 0, 2}, nil, 0),
		"C":              over([]int{3, 4}, nil, 16),
		"F":              over([]int{3, 4}, []int{item, 3 * item}, 0),
		"reversed":       over([]int{7}, []int{-2 * item}, 13*item),
		"broadcast":      over([]int{5, 3}, []int{0, item}, 0),
		"unaligned":      over([]int{3, 4}, []int{8 * item, item}, 3),
		"long":           over([]int{600, 100}, []int{150 * item, item}, 0),
		"long transpose": over([]int{100, 600}, []int{item, 150 * item}, 1),
		"wide rows":      over([]int{2, 3, 40000}, []int{0, item, item}, 0),
	}
}

func TestWriteToAndReadFullInAnyLayout(t *testing.T) {
	rec, err := dtype.Parse("i1,>f4")
	if err != nil {
		t.Fatal(err)
	}
	for _, dt := range []dtype.DType{dtype.Uint8, dtype.Float64.NewByteOrder(dtype.Big), dtype.Bytes(5), rec} {
		for name, a := range rawLayouts(t, dt) {
			want := rawItems(a)
			var out bytes.Buffer
			n, err := a.WriteTo(&out)
			if err != nil || n != int64(len(want)) || !bytes.Equal(out.Bytes(), want) {
				t.Fatalf("%s %s: wrote %d bytes of %d, %v", dt, name, n, len(want), err)
			}
			if name == "broadcast" || name == "wide rows" {
				continue // items share memory
			}
			fresh := rawLayouts(t, dt)[name]
			clear(fresh.buf.UnsafeBytes())
			n, err = fresh.ReadFull(iotest.HalfReader(bytes.NewReader(want)))
			if err != nil || n != int64(len(want)) || !bytes.Equal(rawItems(fresh), want) {
				t.Fatalf("%s %s: read %d bytes of %d, %v", dt, name, n, len(want), err)
			}
		}
	}
}

func TestReadFullErrors(t *testing.T) {
	a := Zeros(dtype.Uint16, 4)
	if n, err := a.ReadFull(bytes.NewReader(countingBytes(7))); n != 7 || err != io.ErrUnexpectedEOF {
		t.Errorf("%d %v", n, err)
	}
	if n, err := a.ReadFull(bytes.NewReader(nil)); n != 0 || err != io.ErrUnexpectedEOF {
		t.Errorf("%d %v", n, err)
	}
	ro, err := FromString("abcd", dtype.Uint8)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ro.ReadFull(bytes.NewReader(countingBytes(4))); !errors.Is(err, ErrReadOnly) {
		t.Error(err)
	}
}

// Answers of np.fromfile on a file of 19 bytes.
func TestFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "raw")
	if err := os.WriteFile(path, countingBytes(19), 0o644); err != nil {
		t.Fatal(err)
	}
	i4 := dtype.Int32.NewByteOrder(dtype.Little)
	sub, err := dtype.SubArray(i4, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dt     dtype.DType
		count  int
		offset int64
		shape  []int
		first  byte
	}{
		{i4, -1, 0, []int{4}, 0}, {i4, 2, 0, []int{2}, 0}, {i4, 10, 0, []int{4}, 0}, {i4, -1, 3, []int{4}, 3},
		{i4, -1, 19, []int{0}, 0}, {i4, 0, 0, []int{0}, 0}, {i4, -5, 0, []int{4}, 0}, {sub, -1, 0, []int{2, 2}, 0}, {sub, 1, 8, []int{1, 2}, 8},
	} {
		a, err := FromFile(path, c.dt, c.count, c.offset)
		if err != nil || !reflect.DeepEqual(a.Shape(), c.shape) || !a.OwnData() {
			t.Errorf("%+v: %v %v", c, a, err)
			continue
		}
		if a.Size() > 0 && a.buf.UnsafeBytes()[0] != c.first {
			t.Errorf("%+v: first byte %d", c, a.buf.UnsafeBytes()[0])
		}
	}
	for _, c := range []struct {
		dt     dtype.DType
		offset int64
		want   string
	}{
		{i4, 25, "offset 25 lies behind the end of the file, which has 19 bytes"}, {i4, -1, "offset -1 is negative"}, {dtype.Bytes(0), 0, "itemsize cannot be zero"},
	} {
		if _, err := FromFile(path, c.dt, -1, c.offset); !errors.Is(err, ErrValue) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if _, err := FromFile(path+"no", i4, -1, 0); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := FromFile(filepath.Dir(path), i4, -1, 0); err == nil {
		t.Error("a directory was read")
	}
}

func TestFromDevice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "raw")
	if err := os.WriteFile(path, countingBytes(19), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for count, want := range map[int]int{0: 0, 3: 3, 9: 4} {
		a, err := fromDevice(f, dtype.Uint32, count, 2)
		if err != nil || a.Size() != want || want > 0 && a.buf.UnsafeBytes()[0] != 2 {
			t.Errorf("count %d: %v %v", count, a, err)
		}
	}
}

func TestToFileRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "raw")
	for name, a := range rawLayouts(t, dtype.Int16) {
		if err := a.ToFile(path); err != nil {
			t.Fatal(name, err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, rawItems(a)) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

// A file truncated under its map is an error of WriteTo, and of operations.
func TestFaultUnderMapIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "raw")
	if err := os.WriteFile(path, countingBytes(1<<16), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	buf, err := buffer.Map(f, 0, 1<<16, buffer.MapRead)
	if err != nil {
		t.Fatal(err)
	}
	a, err := OverOrder(F, buf, dtype.Float64, []int{64, 128}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 4096); err != nil {
		t.Skip("this system does not truncate a mapped file: ", err)
	}
	if _, err := os.Stat("/proc/self"); err != nil {
		t.Skip("what follows is Linux' behaviour")
	}
	if _, err := a.WriteTo(io.Discard); !errors.Is(err, ErrFault) || !strings.Contains(err.Error(), path) {
		t.Errorf("WriteTo: %v", err)
	}
	if err := Try(func() { a.Copy() }); !errors.Is(err, ErrFault) {
		t.Errorf("Copy: %v", err)
	}
	buf.Close()
	if _, err := a.WriteTo(io.Discard); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}
