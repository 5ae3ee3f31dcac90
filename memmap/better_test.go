package memmap

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// The rows B1 to B10 of the memmap contract: where NumPy's maps are weak.

// See also TestTortureTruncation.
func TestB1FaultsAreErrors(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a system that truncates mapped files")
	}
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 1<<16)
	a, err := Open(path, ReadWrite, dtype.Int32)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(a)
	if err := os.Truncate(path, 5000); err != nil {
		t.Fatal(err)
	}
	for name, work := range map[string]func(){"read": func() { a.Sum() }, "write": func() { a.Fill(1) }, "item": func() { a.At[int32](9000) }} {
		done := make(chan error)
		go func() { done <- nd.Try(work) }() // faults are a matter of the goroutine
		if err := checkFault(<-done, path, 5000, 1<<16); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Check(a); !errors.Is(err, nd.ErrFault) {
		t.Errorf("Check: %v", err)
	}
	if a.At[int32](10) != 1 {
		t.Error("what is left of the file can no longer be used")
	}
}

func TestB2CloseEndsEveryView(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 1<<16)
	a, err := Open(path, ReadWrite, dtype.Uint8)
	if err != nil {
		t.Fatal(err)
	}
	views := []*nd.Array{a, a.Index("5:"), a.Reshape(256, 256).T(), a.View(dtype.Int64)}
	raw, ok := a.UnsafeData[uint8]()
	if !ok {
		t.Fatal("no data")
	}
	if err := Close(views[2]); err != nil {
		t.Fatal(err)
	}
	others := make([]*nd.Array, 20) // the system likes to reuse addresses
	for i := range others {
		if others[i], err = Open(path, ReadOnly, dtype.Uint8); err != nil {
			t.Fatal(err)
		}
		defer Close(others[i])
	}
	for i, v := range views {
		if err := nd.Try(func() { v.Sum() }); !errors.Is(err, nd.ErrClosed) {
			t.Errorf("view %d: %v", i, err)
		}
	}
	read := func() (x byte, err error) {
		defer buffer.Watch().Done(&err)
		return raw[100], nil
	}
	if x, err := read(); runtime.GOOS != "js" && !errors.Is(err, nd.ErrClosed) {
		t.Errorf("a slice from before Close reads %d, %v", x, err)
	}
}

func TestB3DiskSpaceIsReserved(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs fallocate")
	}
	const n = 1 << 20
	onDisk := func(path string) int64 {
		st, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return reflect.ValueOf(st.Sys()).Elem().FieldByName("Blocks").Int() * 512
	}
	for _, sparse := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "x")
		a, err := OpenWith(path, Options{Mode: Create, Shape: []int{n}, Sparse: sparse})
		if err != nil {
			t.Fatal(err)
		}
		if got := onDisk(path); got < n != sparse {
			t.Errorf("sparse %t: %d bytes on the disk after creation", sparse, got)
		}
		if a, err = Grow(a, 2*n); err != nil {
			t.Fatal(err)
		}
		if got := onDisk(path); got < 2*n != sparse {
			t.Errorf("sparse %t: %d bytes on the disk after growth", sparse, got)
		}
		Close(a)
		if a, err = OpenWith(path, Options{Shape: []int{3 * n}, Sparse: sparse}); err != nil {
			t.Fatal(err)
		}
		if got := onDisk(path); got < 3*n != sparse {
			t.Errorf("sparse %t: %d bytes on the disk after r+", sparse, got)
		}
		Close(a)
	}
	full := filepath.Join(t.TempDir(), "full")
	if _, err := OpenWith(full, Options{Mode: Create, Shape: []int{1 << 55}}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("more than any disk has: %v", err)
	}
	if _, err := os.Stat(full); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the file that could not be made is there")
	}
}

// On a file system of one megabyte.
func TestB3FullDisk(t *testing.T) {
	dir := t.TempDir()
	if runtime.GOOS != "linux" || os.Getuid() != 0 || exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", dir).Run() != nil {
		t.Skip("needs the right to mount a file system")
	}
	defer exec.Command("umount", "-l", dir).Run()
	path := filepath.Join(dir, "x")
	a, err := Open(path, Create, dtype.Uint8, 600<<10)
	if err != nil {
		t.Fatal(err)
	}
	a.Fill(7)
	if _, err := Grow(a, 2<<20); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Grow: %v", err)
	}
	if _, err := Append(a, nd.Zeros(dtype.Uint8, 2<<20)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Append: %v", err)
	}
	if st, err := os.Stat(path); err != nil || st.Size() != 600<<10 || a.At[uint8](-1) != 7 {
		t.Error("a failure changed the file", err)
	}
	if _, err := Open(filepath.Join(dir, "y"), Create, dtype.Uint8, 600<<10); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Create: %v", err)
	}
	if _, err := Open(path, Create, dtype.Uint8, 2<<20); !errors.Is(err, syscall.ENOSPC) || a.At[uint8](0) != 7 {
		t.Errorf("Create again: %v", err)
	}
	// A sparse file is made; the write that finds no room is a fault.
	b, err := OpenWith(filepath.Join(dir, "z"), Options{Mode: Create, Shape: []int{2 << 20}, Sparse: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := nd.Try(func() { b.Fill(1) }); !errors.Is(err, nd.ErrFault) || !strings.Contains(err.Error(), "no room on the disk") {
		t.Errorf("a write without room: %v", err)
	}
	Close(b)
	Close(a)
}

func TestB4NothingIsTouchedBeforeAllIsChecked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 48)
	for name, o := range map[string]Options{
		"shape":     {Shape: []int{1 << 62, 8}},
		"negative":  {Shape: []int{-2}},
		"no shape":  {},
		"offset":    {Shape: []int{2}, Offset: -1},
		"order":     {Shape: []int{2}, Order: nd.K},
		"exclusive": {Shape: []int{2}, Exclusive: true},
		"room":      {Shape: []int{1 << 55}},
	} {
		o.Mode = Create
		if name == "room" && runtime.GOOS != "linux" {
			continue
		}
		if a, err := OpenWith(path, o); err == nil {
			t.Errorf("%s: %v", name, a.Shape())
		}
		if raw, err := os.ReadFile(path); err != nil || len(raw) != 48 || raw[47] != 47 {
			t.Errorf("%s: refused, but the file has changed", name)
		}
	}
}

func TestB5DurabilityAndAdvice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	a, err := Open(path, Create, dtype.Int32, 5000, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range []buffer.Advice{buffer.Sequential, buffer.Random, buffer.WillNeed, buffer.DontNeed, buffer.Normal} {
		for _, v := range []*nd.Array{a, a.Index("1000:3000"), a.Index("::-1, 1"), a.Index("7:7")} {
			v.Fill(3)
			wait := FlushAsync(v)
			if err := Advise(v, how); err != nil {
				t.Errorf("%v %d: %v", v.Shape(), how, err)
			}
			if err := errors.Join(wait(), wait()); err != nil {
				t.Error(err)
			}
		}
	}
	if a.Sum().At[int64]() != 3*15000 {
		t.Error("advice changed values")
	}
	raw, err := os.ReadFile(path)
	if err != nil || bytes.Count(raw, []byte{3}) != 15000 {
		t.Error("what was flushed is not in the file", err)
	}
	Close(a)
	if err := FlushAsync(a)(); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
	if err := errors.Join(Advise(nd.Arange(3), buffer.Random), FlushAsync(nd.Arange(3))()); err != nil {
		t.Error("a plain array:", err)
	}
}

func TestB6Locks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 100)
	open := func(mode Mode, lock Lock) (*nd.Array, error) {
		return OpenWith(path, Options{Mode: mode, Shape: []int{100}, Lock: lock})
	}
	r1, err := open(ReadOnly, SharedLock)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip(err)
	}
	r2, err2 := open(ReadOnly, SharedLock)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for _, mode := range []Mode{ReadWrite, Create} {
		var e *Error
		if _, err := open(mode, ExclusiveLock); !errors.Is(err, nd.ErrLocked) || !errors.As(err, &e) || e.Path != path {
			t.Errorf("mode %s: %v", mode, err)
		}
	}
	if r1.At[uint8](99) != 99 {
		t.Error("a writer without the lock truncated the file")
	}
	free, err := open(ReadWrite, NoLock) // a lock binds those who ask
	if err != nil {
		t.Error(err)
	}
	Close(free)
	Close(r1)
	Close(r2.Index("5:"))
	w, err := open(ReadWrite, ExclusiveLock)
	if err != nil {
		t.Fatal("after the readers:", err)
	}
	w, err = Grow(w, 200) // the lock stays
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(ReadOnly, SharedLock); !errors.Is(err, nd.ErrLocked) {
		t.Error(err)
	}
	runtime.KeepAlive(w) // up to here, and no longer
	for i := 0; ; i++ {  // the collector frees a lock that nobody can reach
		runtime.GC()
		if r, err := open(ReadOnly, SharedLock); err == nil {
			Close(r)
			break
		}
		if i == 200 {
			t.Fatal("an unreachable map holds its lock for ever")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestB6CheckFindsOtherWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 100)
	r, err := Open(path, ReadOnly, dtype.Uint8)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(r)
	if err := Check(r); err != nil {
		t.Error(err)
	}
	if err := os.Chtimes(path, time.Time{}, time.Now().Add(time.Minute)); err != nil { // as a later write would
		t.Fatal(err)
	}
	if err := Check(r.Index("3:")); !errors.Is(err, nd.ErrChanged) {
		t.Error(err)
	}
	w, err := Open(path, ReadWrite, dtype.Uint8)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(w)
	w.Fill(1)
	if err := errors.Join(Flush(w), Check(w)); err != nil {
		t.Error("its own writes:", err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := Check(w); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	write(t, path, 100)
	var e *Error
	if err := Check(w); !errors.Is(err, nd.ErrChanged) || !errors.As(err, &e) || e.Path != path {
		t.Error(err)
	}
}

// See also grow_test.go, and npy for files with a header.
func TestB7GrowKeepsOldViewsTrue(t *testing.T) {
	for _, reserve := range []int{0, 1 << 22} {
		path := filepath.Join(t.TempDir(), "x")
		a, err := OpenWith(path, Options{Mode: Create, Shape: []int{0, 4096}, Reserve: reserve, Sparse: true})
		if err != nil {
			t.Fatal(err)
		}
		var views []*nd.Array
		for i := range 300 {
			if a, err = Append(a, nd.Full(dtype.Uint8, i%256, 1, 4096)); err != nil {
				t.Fatal(err)
			}
			views = append(views, a.Index("-1"))
		}
		base := views[299].Buffer().Pointer()
		for i, v := range views {
			if v.At[uint8](0) != uint8(i) || v.At[uint8](4095) != uint8(i) {
				t.Fatalf("reserve %d: view %d has changed", reserve, i)
			}
			if !moves && reserve > 0 && v.Buffer().Pointer() != base {
				t.Errorf("view %d lies elsewhere", i)
			}
		}
		if err := Close(a); err != nil {
			t.Error(err)
		}
		if err := nd.Try(func() { views[0].Copy() }); !errors.Is(err, nd.ErrClosed) {
			t.Error(err)
		}
	}
}

func TestB9LargeOffsets(t *testing.T) {
	if runtime.GOOS == "js" || ^uint(0)>>32 == 0 {
		t.Skip("needs sparse files and 64 bits")
	}
	path := filepath.Join(t.TempDir(), "x")
	const far = 5<<30 + 3
	a, err := OpenWith(path, Options{Mode: Create, DType: dtype.Float64, Offset: far, Shape: []int{1000}, Sparse: true})
	if err != nil {
		t.Skip("no sparse file: ", err)
	}
	a.Assign(nd.Arange(1000))
	if err := Close(a); err != nil {
		t.Fatal(err)
	}
	for _, offset := range []int64{far, far + 8, far + 8*513, 0} {
		b, err := OpenWith(path, Options{Mode: ReadOnly, DType: dtype.Uint8, Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		if b.Size() != int(far+8000-offset) || b.NBytes() != b.Size() {
			t.Errorf("offset %d: %d bytes", offset, b.Size())
		}
		tail := b.Slice(nd.From(-16)).View(dtype.Float64)
		if tail.At[float64](0) != 998 || tail.At[float64](1) != 999 {
			t.Errorf("offset %d: %v", offset, tail)
		}
		Close(b)
	}
}

func TestB10UnreachableMapsAreUnmapped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 100)
	wait := func(enough func(n int) bool) int {
		for range 400 {
			runtime.GC()
			if enough(buffer.MappedRanges()) {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		return buffer.MappedRanges()
	}
	steady := 0
	before := 0
	before = wait(func(n int) bool {
		if n != before {
			before, steady = n, 0
		}
		steady++
		return steady > 5
	})
	for range 50 {
		a, err := OpenWith(path, Options{Reserve: 1 << 16})
		if err != nil {
			t.Fatal(err)
		}
		if a, err = Grow(a, 100); err != nil || a.Index("3:").At[uint8](0) != 3 {
			t.Fatal(err)
		}
	}
	if n := wait(func(n int) bool { return n <= before }); n > before && runtime.GOOS != "js" {
		t.Errorf("%d maps are left, %d before", n, before)
	}
}
