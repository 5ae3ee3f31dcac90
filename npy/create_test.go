package npy

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

// Row M21 (NumPy's open_memmap): a header, the data at 128, then a map in mode r+.
func TestM21CreateAndOpen(t *testing.T) {
	rec := get[dtype.DType](t)(dtype.Parse("i1,>f4"))
	for _, order := range []nd.Order{nd.C, nd.F} {
		path := filepath.Join(t.TempDir(), "x.npy")
		a := get[*nd.Array](t)(Create(path, rec, order, 2, 3))
		info, ok := memmap.Info(a)
		if !ok || info.Offset != 128 || info.Mode != buffer.MapUpdate || a.ClassName() != "memmap" {
			t.Errorf("%+v", info)
		}
		a.Field("f1").Assign(nd.Arange(6).Reshape(2, 3))
		want := a.Copy(nd.K)
		check(t, memmap.Close(a))
		for _, mode := range []string{"r", "r+", "c"} {
			b := get[*nd.Array](t)(Open(path, Mode(mode)))
			if !b.ArrayEqual(want) || b.Writeable() != (mode != "r") {
				t.Errorf("%c %s: %v", order, mode, b)
			}
			check(t, memmap.Close(b))
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content(t, want) {
			t.Errorf("%c: not what Save writes, %v", order, err)
		}
	}
}

func TestCreateLosesNothingInVain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	check(t, Save(path, nd.Arange(3)))
	if _, err := CreateWith(path, dtype.Int8, CreateOptions{Exclusive: true}, 3); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if _, err := Create(path, dtype.Int8, nd.C, -1); err == nil {
		t.Error("a negative dimension")
	}
	if runtime.GOOS == "linux" {
		for _, p := range []string{path, path + ".new"} {
			if _, err := Create(p, dtype.Int8, nd.C, 1<<55); !errors.Is(err, syscall.ENOSPC) {
				t.Error(err)
			}
		}
		if _, err := os.Stat(path + ".new"); !errors.Is(err, fs.ErrNotExist) {
			t.Error("the file that could not be made is there:", err)
		}
	}
	if a, err := Load(path); err != nil || !a.ArrayEqual(nd.Arange(3)) {
		t.Error("a refused Create changed the file", err)
	}
	if runtime.GOOS != "linux" {
		return
	}
	big, err := CreateWith(path+".big", dtype.Float64, CreateOptions{Sparse: true}, 1<<30, 10)
	if err != nil {
		t.Skip(err)
	}
	big.Set(1.5, -1, -1)
	check(t, memmap.Close(big))
}

func TestCreateRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.npy")
	for _, c := range []struct {
		order nd.Order
		dt    dtype.DType
		want  error
	}{{nd.K, dtype.Int8, nd.ErrValue}, {'f', dtype.Int8, nd.ErrValue}, {nd.C, dtype.DType{}, nd.ErrDType}} {
		if _, err := Create(path, c.dt, c.order, 3); !errors.Is(err, c.want) {
			t.Errorf("Create in order %q of %v: %v, want %v", c.order, c.dt, err, c.want)
		}
	}
	if _, err := NewAppender(path, dtype.DType{}, 3); !errors.Is(err, nd.ErrDType) {
		t.Errorf("NewAppender of no dtype: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a refused call left a file: %v", err)
	}
}
