package buffer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// named returns a segment name that no other run uses.
func named(t testing.TB) string {
	t.Helper()
	if runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		if _, err := CreateShared("nd_test", 1); !errors.Is(err, errors.ErrUnsupported) {
			t.Error(err)
		}
		t.Skip("no named segments here")
	}
	return fmt.Sprintf("nd_test_%d_%s", os.Getpid(), strings.ReplaceAll(t.Name(), "/", "_"))
}

func TestSharedByName(t *testing.T) {
	name := named(t)
	s, err := CreateShared("/"+name, 5000)
	must(t, err)
	defer s.Close()
	if s.Name() != name || !s.Owner() || s.Buffer().Len() != 5000 || s.Buffer().Kind() != Shared || !s.Buffer().MayFault() {
		t.Error(s.Name(), s.Buffer().Len(), s.Buffer().Kind())
	}
	if _, err := CreateShared(name, 10); !errors.Is(err, fs.ErrExist) {
		t.Error("two segments of one name:", err)
	}
	other, err := AttachShared(name, 5000, false)
	must(t, err)
	all, err := AttachShared(name, 0, true)
	must(t, err)
	if !all.Buffer().ReadOnly() || all.Owner() || all.Buffer().Len() < 5000 {
		t.Error(all.Buffer().Len())
	}
	s.Buffer().UnsafeBytes()[4999] = 77
	if other.Buffer().UnsafeBytes()[4999] != 77 || all.Buffer().UnsafeBytes()[4999] != 77 {
		t.Error("the segment is not one")
	}
	other.Buffer().UnsafeBytes()[0] = 5
	if s.Buffer().UnsafeBytes()[0] != 5 {
		t.Error("writes go one way only")
	}
	if _, err := AttachShared(name, 1<<20, false); !errors.Is(err, nderr.ErrValue) {
		t.Error("a segment too small was attached:", err)
	}
	must(t, other.Close())
	must(t, other.Close())
	if !other.Buffer().Closed() || s.Buffer().Closed() {
		t.Error("Close of one side reached the other")
	}
	must(t, all.Close())
	must(t, s.Close())
	if _, err := AttachShared(name, 0, false); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the owner's Close left the name:", err)
	}
}

func TestSharedOwnerUnlinks(t *testing.T) {
	name := named(t)
	if runtime.GOOS == "windows" {
		t.Skip("names last as long as handles")
	}
	s, err := CreateShared(name, 100)
	must(t, err)
	if st, err := os.Stat("/dev/shm/" + name); err != nil || st.Mode().Perm() != 0o600 || st.Size() != 100 {
		t.Error(st, err)
	}
	other, err := AttachShared(name, 100, false)
	must(t, err)
	must(t, s.Close())
	other.Buffer().UnsafeBytes()[0] = 1 // still there for who has it
	must(t, other.Close())

	s, err = CreateShared(name, 100)
	must(t, err)
	s.Disown()
	must(t, s.Close())
	s, err = AttachShared(name, 100, false) // nobody removed it
	must(t, err)
	must(t, s.Unlink())
	must(t, s.Close())
	if _, err := AttachShared(name, 0, false); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestSharedNames(t *testing.T) {
	named(t)
	for _, bad := range []string{"", "/", ".", "..", "a/b", "../x", "a\x00b", strings.Repeat("x", 300)} {
		if _, err := CreateShared(bad, 10); !errors.Is(err, nderr.ErrValue) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, n := range []int{0, -1} {
		if _, err := CreateShared("nd_test_size", n); !errors.Is(err, nderr.ErrValue) {
			t.Error(n, err)
		}
	}
}

func TestSharedDoesNotFollowLinks(t *testing.T) {
	name := named(t)
	if runtime.GOOS != "linux" {
		t.Skip("no links in the way here")
	}
	target := t.TempDir() + "/secret"
	must(t, os.WriteFile(target, make([]byte, 100), 0o600))
	must(t, os.Symlink(target, "/dev/shm/"+name))
	defer os.Remove("/dev/shm/" + name)
	if _, err := AttachShared(name, 0, false); err == nil {
		t.Error("followed a link")
	}
	if _, err := CreateShared(name, 10); err == nil {
		t.Error("followed a link")
	}
}
