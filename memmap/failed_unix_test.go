//go:build unix

package memmap

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/stride-go/nd/internal/filelock"
)

// A lock that was taken for a map that is not made ends at once, though a process that is
// just being started has the file open still: a duplicate stands for its descriptor.
func TestFailureEndsTheLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	write(t, path, 100)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	child, err := unix.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(child)
	r, err := newRequest(path, Options{Mode: ReadOnly, Shape: []int{200}, Lock: ExclusiveLock})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.open(f, false, true); err == nil || errors.Is(err, errors.ErrUnsupported) {
		t.Skip("mapped, or no locks here: ", err)
	}
	other, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if ok, err := filelock.Try(other, true); !ok {
		t.Errorf("the lock is still there (%v)", err)
	}
}

// A file may be longer than any map: what the system does not map is as long as before.
func TestFailureLeavesTheLength(t *testing.T) {
	dir, err := os.MkdirTemp("/dev/shm", "nd-test-")
	if err != nil {
		t.Skip("no file system of memory: ", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "x")
	write(t, path, 100)
	const n = 1 << 50 // more than there are addresses
	if err := errors.Join(os.Truncate(path, n), os.Truncate(path, 100)); err != nil {
		t.Skip("no file of such a length: ", err)
	}
	for _, o := range []Options{{Mode: ReadWrite}, {Mode: ReadWrite, Reserve: 1 << 20}, {Mode: Create}} {
		o.Sparse, o.Shape = true, []int{n}
		if a, err := OpenWith(path, o); err == nil {
			Close(a)
			t.Skip("such a file can be mapped")
		}
		st, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]int64{false: 100}[o.Mode == Create]; st.Size() != want {
			t.Errorf("mode %s: %d bytes", o.Mode, st.Size())
		}
	}
	if _, err := OpenWith(filepath.Join(dir, "y"), Options{Mode: Create, Sparse: true, Shape: []int{n}}); err == nil {
		t.Fatal("mapped")
	}
	if _, err := os.Stat(filepath.Join(dir, "y")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the file that could not be mapped is there")
	}
}

// A file that may not become so long keeps what it holds.
func TestFailureOfALimit(t *testing.T) {
	path := os.Getenv("ND_TEST_LIMIT")
	if path == "" {
		path = filepath.Join(t.TempDir(), "x")
		write(t, path, 100)
		child := exec.Command(os.Args[0], "-test.run=^TestFailureOfALimit$")
		child.Env = append(os.Environ(), "ND_TEST_LIMIT="+path)
		if out, err := child.CombinedOutput(); errors.Is(err, syscall.ENOEXEC) {
			t.Skip("an emulator, which starts no program of its kind")
		} else if err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		if raw, err := os.ReadFile(path); err != nil || len(raw) != 100 || raw[99] != 99 {
			t.Errorf("%d bytes are left (%v)", len(raw), err)
		}
		return
	}
	limit := unix.Rlimit{Cur: 1 << 16, Max: 1 << 16}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		t.Skip(err)
	}
	for _, mode := range []Mode{Create, ReadWrite} {
		if _, err := OpenWith(path, Options{Mode: mode, Shape: []int{1 << 20}}); !errors.Is(err, syscall.EFBIG) {
			t.Errorf("mode %s: %v", mode, err)
		}
	}
}
