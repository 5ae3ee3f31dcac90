package memmap

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// write makes a file of n bytes counting modulo 251.
func write(t testing.TB, path string, n int) {
	t.Helper()
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(i % 251)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Rows S89 to S95: the seed's walk through the modes.
func TestSeedWalk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "newfile.dat")
	f4 := dtype.Float32
	fp, err := Open(path, Create, f4, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Size() != 48 {
		t.Fatalf("file %v %v", st, err)
	}
	data, ok := fp.UnsafeData[float32]()
	if !ok {
		t.Fatal("no data")
	}
	for i := range data {
		data[i] = float32(i)
	}
	if info, ok := Info(fp); !ok || info.Path != path || info.Offset != 0 || info.Mode != buffer.MapCreate {
		t.Errorf("info %+v", info)
	}
	if fp.ClassName() != "memmap" || fp.OwnData() || !fp.Writeable() {
		t.Errorf("class %s, own %t, writeable %t", fp.ClassName(), fp.OwnData(), fp.Writeable())
	}
	if err := Close(fp); err != nil {
		t.Fatal(err)
	}

	fpr, err := Open(path, ReadOnly, f4, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(fpr)
	if fpr.Writeable() || fpr.At[float32](2, 3) != 11 {
		t.Errorf("writeable %t, last %v", fpr.Writeable(), fpr.At[float32](2, 3))
	}
	if err := fpr.SetWriteable(true); err == nil {
		t.Error("a read-only map became writeable (M22)")
	}
	if err := nd.Try(func() { fpr.Set(float32(1), 0, 0) }); !errors.Is(err, nd.ErrReadOnly) {
		t.Errorf("Set on mode r: %v", err)
	}

	fpc, err := Open(path, CopyOnWrite, f4, 3, 4)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(fpc)
	for j := range 4 {
		fpc.Set(float32(1), 2, j)
	}
	if fpc.At[float32](2, 3) != 1 || fpr.At[float32](2, 3) != 11 {
		t.Errorf("c %v, r %v", fpc.At[float32](2, 3), fpr.At[float32](2, 3))
	}
	if err := Flush(fpc); err != nil {
		t.Fatal(err)
	}
	if raw, _ := os.ReadFile(path); raw[len(raw)-1] == 0x3f {
		t.Error("mode c reached the file")
	}

	fpo, err := OpenWith(path, Options{Mode: ReadOnly, DType: f4, Offset: 16})
	if err != nil {
		t.Fatal(err)
	}
	defer Close(fpo)
	if s := fpo.Shape(); len(s) != 1 || s[0] != 8 || fpo.At[float32](0) != 4 || fpo.At[float32](-1) != 11 {
		t.Errorf("offset 16: shape %v", s)
	}
}

// Row S96: an offset that is no multiple of the item works, unaligned.
func TestM16UnalignedOffset(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 19)
	a, err := OpenWith(path, Options{Mode: ReadOnly, DType: dtype.Uint16.NewByteOrder(dtype.Little), Offset: 3})
	if err != nil {
		t.Fatal(err)
	}
	defer Close(a)
	if a.Aligned() || a.Size() != 8 || a.At[uint16](1) != 6<<8|5 {
		t.Errorf("aligned %t, size %d, item %#x", a.Aligned(), a.Size(), a.At[uint16](1))
	}
}

// Row S100, and a sub-array dtype, which folds into the shape.
func TestM21Orders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 48)
	a, err := OpenWith(path, Options{Mode: ReadOnly, DType: dtype.Float32, Shape: []int{2, 2}, Order: nd.F})
	if err != nil || !reflect.DeepEqual(a.Strides(), []int{4, 8}) {
		t.Fatalf("%v %v", a, err)
	}
	Close(a)
	sub, err := dtype.SubArray(dtype.Int16, 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	for order, want := range map[nd.Order][]int{nd.C: {24, 12, 6, 2}, nd.F: {2, 4, 8, 16}} {
		a, err := OpenWith(path, Options{Mode: ReadOnly, DType: sub, Shape: []int{2, 2}, Order: order})
		if err != nil || !reflect.DeepEqual(a.Strides(), want) || a.DType() != dtype.Int16 {
			t.Errorf("%c: %v %v", order, a, err)
		}
		Close(a)
	}
	if _, err := OpenWith(path, Options{Order: nd.K}); !errors.Is(err, nd.ErrValue) {
		t.Errorf("order K: %v", err)
	}
}

// Row S99 and M15: a file object.
func TestM15FileObject(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 48)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.Seek(20, 0)
	a, err := OpenFile(f, Options{Mode: Create, Shape: []int{8}})
	if err != nil {
		t.Fatal(err)
	}
	if a.At[uint8](0) != 0 || a.At[uint8](7) != 7 {
		t.Error("a file object was truncated, or its position counted")
	}
	if at, _ := f.Seek(0, 1); at != 20 {
		t.Errorf("position moved to %d", at)
	}
	f.Close()
	a.Set(uint8(99), 0)
	if err := Close(a); err != nil {
		t.Fatal(err)
	}
	if raw, _ := os.ReadFile(path); raw[0] != 99 || len(raw) != 48 {
		t.Errorf("first byte %d of %d", raw[0], len(raw))
	}
	ro, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	if _, err := OpenFile(ro, Options{Mode: ReadWrite}); runtime.GOOS != "js" && !errors.Is(err, fs.ErrPermission) {
		t.Errorf("r+ on a read-only file: %v", err)
	}
	c, err := OpenFile(ro, Options{Mode: CopyOnWrite})
	if err != nil {
		t.Fatalf("c on a read-only file: %v", err)
	}
	c.Set(uint8(1), 5)
	Close(c)
}

func TestB8RefusalsNameTheFacts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 48)
	_, err := OpenWith(path, Options{Mode: ReadOnly, DType: dtype.Float64, Offset: 8, Shape: []int{3, 3}})
	want := "nd: memmap " + path + ": mmap length is greater than file size (mode r, offset 8, need 80 bytes, have 48 bytes)"
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
	if _, err := Open(path+"no", ReadWrite, dtype.Uint8); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := Open(path, ReadOnly, dtype.Bytes(0)); !errors.Is(err, nd.ErrZeroDivision) {
		t.Errorf("item size 0: %v", err)
	}
	for _, shape := range [][]int{{1 << 62, 8}, {1 << 40, 1 << 40}, {1<<63 - 1}} {
		if _, err := OpenWith(path, Options{Mode: Create, DType: dtype.Float64, Shape: shape}); !errors.Is(err, nd.ErrValue) {
			t.Errorf("shape %v: %v", shape, err)
		}
	}
	if raw, _ := os.ReadFile(path); len(raw) != 48 {
		t.Errorf("a refused w+ truncated the file to %d bytes", len(raw))
	}
	if _, err := OpenWith(path, Options{Mode: Create, Shape: []int{1}, Exclusive: true}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("exclusive: %v", err)
	}
}

// Rows M18 and M20: shared maps see each other's writes; a view keeps the map
// after the original is gone and after the file is unlinked.
func TestM18M20ViewsKeepTheMap(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 4096)
	view := func() *nd.Array {
		a, err := Open(path, ReadWrite, dtype.Uint8)
		if err != nil {
			t.Fatal(err)
		}
		v, err := nd.OverArray(a, dtype.Uint8, []int{10}, nil, 100)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}()
	b, err := Open(path, ReadOnly, dtype.Uint8)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(b)
	for range 3 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	view.Set(uint8(77), 0)
	if runtime.GOOS != "js" && b.At[uint8](100) != 77 {
		t.Error("a shared write was not seen")
	}
	if view.ClassName() != "memmap" {
		t.Error("a view of a memmap is a memmap")
	}
	if runtime.GOOS != "windows" {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if view.At[uint8](1) != 101 {
		t.Error("the view lost its map")
	}
	if err := Flush(view); err != nil {
		t.Error(err)
	}
	if err := Close(view); err != nil {
		t.Error(err)
	}
	if err := nd.Try(func() { view.At[uint8](1) }); !errors.Is(err, nd.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if err := Flush(view); !errors.Is(err, nd.ErrClosed) {
		t.Errorf("Flush after Close: %v", err)
	}
}

func TestPlainArraysPass(t *testing.T) {
	a := nd.Zeros(dtype.Uint8, 3)
	if _, ok := Info(a); ok || Flush(a) != nil || Close(a) != nil || Check(a) != nil {
		t.Error("a plain array is no map")
	}
	if a.At[uint8](0) != 0 {
		t.Error("Close closed a plain array")
	}
}

func TestCheckFindsTruncation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 8192)
	a, err := Open(path, ReadOnly, dtype.Uint8)
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(a); err != nil {
		t.Error(err)
	}
	if runtime.GOOS == "linux" {
		if err := os.Truncate(path, 10); err != nil {
			t.Fatal(err)
		}
		if err := Check(a); !errors.Is(err, nd.ErrFault) || !strings.Contains(err.Error(), "need 8192 bytes, have 10 bytes") {
			t.Error(err)
		}
	}
	Close(a)
	if err := Check(a); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
}

func TestCloseWritesEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	a, err := Open(path, Create, dtype.Uint16.NewByteOrder(dtype.Big), 2)
	if err != nil {
		t.Fatal(err)
	}
	raw := a.Buffer().UnsafeBytes()
	copy(raw, []byte{1, 2, 3, 4})
	if err := Close(a); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); !bytes.Equal(got, []byte{1, 2, 3, 4}) {
		t.Errorf("% x", got)
	}
}

func TestFlushRange(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	a, err := Open(path, Create, dtype.Int32, 5000, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(a)
	for _, v := range []*nd.Array{a, a.Index("4000:4001"), a.Index("::-1, 1"), a.Index("7:7"), a.Index("-1, -1"), a.T()} {
		v.Fill(9)
		if err := FlushRange(v); err != nil {
			t.Errorf("%v: %v", v.Shape(), err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil || bytes.Count(raw, []byte{9}) != 15000 {
		t.Errorf("%v, %d of 15000 items in the file", err, bytes.Count(raw, []byte{9}))
	}
	if err := FlushRange(nd.Arange(3)); err != nil {
		t.Error("a plain array:", err)
	}
}

func TestCreateBehindALinkThatLeadsNowhere(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("x", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	a, err := Open(filepath.Join(dir, "link"), Create, dtype.Int32, 3)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(filepath.Join(dir, "x")); err != nil || st.Size() != 12 {
		t.Error(st, err)
	}
	if err := Close(a); err != nil {
		t.Error(err)
	}
}
