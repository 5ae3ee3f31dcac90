package npy

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"unsafe"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

func get[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// address returns where the array's bytes lie.
func address(a *nd.Array) unsafe.Pointer { return a.Buffer().Pointer() }

// hasMaps tells whether the system has maps that may reach beyond their file.
var hasMaps = runtime.GOOS != "windows" && runtime.GOOS != "js" && runtime.GOOS != "wasip1"

func TestAppenderEqualsSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	all := nd.Arange(3000).Reshape(1000, 3)
	w := get[*Appender](t)(NewAppender(path, dtype.Int64, 3))
	var views []*nd.Array
	for i := 0; i < 1000; i += 50 {
		check(t, w.Append(all.Slice(nd.R(i, i+50))))
		v := get[*nd.Array](t)(w.View())
		if v.Shape()[0] != i+50 || !v.ArrayEqual(all.Slice(nd.R(0, i+50))) {
			t.Fatalf("view after %d rows: shape %v", i+50, v.Shape())
		}
		views = append(views, v)
		if i%200 == 0 {
			check(t, w.Sync())
		}
		if a := get[*nd.Array](t)(Load(path)); a.Shape()[0] != w.Saved() || !a.ArrayEqual(all.Slice(nd.R(0, w.Saved()))) {
			t.Fatalf("others see %v, saved are %d", a.Shape(), w.Saved())
		}
	}
	if w.Len() != 1000 || w.DType() != dtype.Int64 {
		t.Error(w.Len(), w.DType())
	}
	check(t, w.Close())
	check(t, w.Close())
	if got, err := os.ReadFile(path); err != nil || string(got) != content(t, all) {
		t.Error("the file is not what Save writes", err)
	}
	for i, v := range views {
		if !v.ArrayEqual(all.Slice(nd.R(0, 50*(i+1)))) {
			t.Errorf("view %d has changed", i)
		}
		if hasMaps && address(v) != address(views[0]) {
			t.Errorf("view %d lies elsewhere", i)
		}
	}
	if hasMaps {
		views[3].Set(int64(-5), 0, 0)
		if views[19].At[int64](0, 0) != -5 {
			t.Error("views have parted")
		}
	}
	check(t, memmap.Close(views[7]))
	if err := nd.Try(func() { views[19].Copy() }); !errors.Is(err, nd.ErrClosed) && hasMaps {
		t.Error(err)
	}
	if _, err := w.View(); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
	if err := w.Append(all); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
	if err := w.Sync(); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
}

func TestAppenderFortranAndRecords(t *testing.T) {
	dir := t.TempDir()
	rec := get[dtype.DType](t)(dtype.Parse("i1,>f8,(2,)i4"))
	for name, all := range map[string]*nd.Array{
		"fortran": nd.Arange(60).Reshape(3, 4, 5).T(),
		"records": nd.Zeros(rec, 7), "big": nd.Arange(9).AsType(dtype.Int32.NewByteOrder(dtype.Big)),
	} {
		path := filepath.Join(dir, name)
		axis := 0
		if name == "fortran" {
			axis = 2
		}
		part := func(i, j int) *nd.Array {
			if axis == 2 {
				return all.Slice(nd.All, nd.All, nd.R(i, j))
			}
			return all.Slice(nd.R(i, j))
		}
		check(t, Save(path, part(0, 2).Copy(nd.K)))
		w := get[*Appender](t)(OpenAppender(path, Reserve(1<<20)))
		check(t, w.Append(part(2, 3)))
		check(t, w.Append(part(3, 3)))
		n := all.Shape()[axis]
		v := get[*nd.Array](t)(w.View())
		if !reflect.DeepEqual(v.Shape(), part(0, 3).Shape()) {
			t.Errorf("%s: %v", name, v.Shape())
		}
		check(t, w.Append(part(3, n)))
		check(t, w.Close())
		memmap.Close(v)
		if got, err := os.ReadFile(path); err != nil || string(got) != content(t, all) {
			t.Errorf("%s: not what Save writes, %v", name, err)
		}
	}
}

func TestAppenderRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	w := get[*Appender](t)(NewAppender(path, dtype.Float32, 2))
	if _, err := NewAppender(path, dtype.Float32, 2); !errors.Is(err, fs.ErrExist) {
		t.Error("twice:", err)
	}
	if runtime.GOOS != "js" {
		if _, err := OpenAppender(path); !errors.Is(err, nd.ErrLocked) {
			t.Error("two appenders:", err)
		}
		if err := Append(path, nd.Zeros(dtype.Float32, 1, 2)); !errors.Is(err, nd.ErrLocked) {
			t.Error("Append beside an appender:", err)
		}
	}
	if err := w.Append(nd.Zeros(dtype.Float64, 1, 2)); !errors.Is(err, nd.ErrDType) {
		t.Error(err)
	}
	if err := w.Append(nd.Zeros(dtype.Float32, 2)); !errors.Is(err, nd.ErrShape) {
		t.Error(err)
	}
	check(t, w.Close())
	if a := get[*nd.Array](t)(Load(path)); !slices.Equal(a.Shape(), []int{0, 2}) {
		t.Error(a.Shape())
	}
	check(t, Save(path, nd.Scalar(1.0)))
	if _, err := OpenAppender(path); !errors.Is(err, nd.ErrValue) {
		t.Error("0-d:", err)
	}
	text := "{'descr': '|u1', 'fortran_order': False, 'shape': (9,), }"
	tight := wrap(1, []byte(text), 10+len(text)+1)
	check(t, os.WriteFile(path, append(tight, make([]byte, 9)...), 0o644))
	if _, err := OpenAppender(path); !errors.Is(err, nd.ErrValue) {
		t.Error("a tight header:", err)
	}
	check(t, os.WriteFile(path, []byte("no array"), 0o644))
	if _, err := OpenAppender(path); !errors.Is(err, nd.ErrFormat) {
		t.Error(err)
	}
}

// One goroutine appends while others read the finished part.
func TestAppendingRacesWithReading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	w := get[*Appender](t)(NewAppender(path, dtype.Int64, 8))
	const rows = 400
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for n := 0; n < rows; runtime.Gosched() {
				v, err := w.View()
				if err != nil {
					t.Error(err)
					return
				}
				n = v.Shape()[0]
				if n > 0 && v.Sum().At[int64]() != int64(8*n*(n-1)/2) {
					t.Errorf("a view of %d rows holds unfinished ones", n)
					return
				}
			}
		})
	}
	for i := range rows {
		check(t, w.Append(nd.Full(dtype.Int64, i, 1, 8)))
		if i%100 == 0 {
			check(t, w.Sync())
		}
	}
	readers.Wait()
	check(t, w.Close())
}

// A copy of an Appender is the Appender; the zero one is closed.
func TestAppenderByValue(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	w, err := NewAppender(path, dtype.Int64)
	if err != nil {
		t.Fatal(err)
	}
	c := new(Appender)
	reflect.ValueOf(c).Elem().Set(reflect.ValueOf(w).Elem())
	if err := errors.Join(w.Append(nd.Arange(3)), c.Append(nd.Arange(2)), w.Close()); err != nil {
		t.Fatal(err)
	}
	if a, err := Load(path); err != nil || a.String() != "[0 1 2 0 1]" {
		t.Errorf("%v, %v", a, err)
	}
	for name, w := range map[string]*Appender{"a copy": c, "zero": new(Appender), "nil": nil} {
		_, verr := w.View()
		for _, err := range []error{verr, w.Append(nd.Arange(1)), w.Sync()} {
			if !errors.Is(err, nd.ErrClosed) {
				t.Errorf("%s: %v, want ErrClosed", name, err)
			}
		}
		w.DType()
		if n := w.Len(); w.Close() != nil || name != "a copy" && n+w.Saved() != 0 {
			t.Errorf("%s has %d rows", name, n)
		}
	}
}

// Who waits for the lock appends behind the rows that were added meanwhile.
func TestAppendersTakeTurns(t *testing.T) {
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("no locks here")
	}
	path := filepath.Join(t.TempDir(), "x.npy")
	check(t, get[*Appender](t)(NewAppender(path, dtype.Int64)).Close())
	const each, all = 100, 4
	var turns sync.WaitGroup
	for range all {
		turns.Go(func() {
			for i := 0; i < each; {
				w, err := OpenAppender(path)
				switch {
				case errors.Is(err, nd.ErrLocked):
					continue
				case err == nil:
					err = errors.Join(w.Append(nd.Arange(1)), w.Close())
				}
				if err != nil {
					t.Error(err)
					return
				}
				i++
			}
		})
	}
	turns.Wait()
	if a := get[*nd.Array](t)(Load(path)); a.Size() != all*each {
		t.Errorf("%d rows of %d", a.Size(), all*each)
	}
}

func TestAppenderOfAFileMadeShorter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	w := get[*Appender](t)(NewAppender(path, dtype.Int64))
	check(t, w.Append(nd.Arange(10)))
	check(t, w.Sync())
	check(t, os.Truncate(path, 130))
	_, err := w.View()
	for _, err := range []error{err, w.Append(nd.Arange(10)), w.Sync(), w.Close()} {
		var e *Error
		if !errors.Is(err, nd.ErrChanged) || !errors.As(err, &e) || e.Path != path {
			t.Error(err)
		}
	}
	if err := w.Append(nd.Arange(10)); !errors.Is(err, nd.ErrClosed) {
		t.Error(err)
	}
}

// A view that outlives its appender does not keep the lock.
func TestCloseUnlocks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	w := get[*Appender](t)(NewAppender(path, dtype.Float32))
	check(t, w.Append(nd.Ones(dtype.Float32, 3)))
	v := get[*nd.Array](t)(w.View())
	check(t, w.Close())
	w = get[*Appender](t)(OpenAppender(path))
	check(t, w.Append(v))
	check(t, w.Close())
	memmap.Close(v)
}

// A file that NewAppender has just made may have rows of another appender before it has its lock.
func TestAppendersOfANewFile(t *testing.T) {
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("no locks there")
	}
	dir := t.TempDir()
	for i := range 60 {
		path := filepath.Join(dir, strconv.Itoa(i))
		done := make(chan error)
		for _, open := range []func() (*Appender, error){
			func() (*Appender, error) { return NewAppender(path, dtype.Int64) },
			func() (*Appender, error) { return OpenAppender(path) },
		} {
			go func() {
				w, err := open()
				for errors.Is(err, fs.ErrNotExist) || errors.Is(err, nd.ErrLocked) {
					runtime.Gosched()
					w, err = OpenAppender(path)
				}
				if err == nil {
					err = errors.Join(w.Append(nd.Arange(3)), w.Close())
				}
				done <- err
			}()
		}
		check(t, errors.Join(<-done, <-done))
		if a := get[*nd.Array](t)(Load(path)); a.Size() != 6 {
			t.Fatalf("round %d: two appenders of three rows left %v", i, a)
		}
	}
}
