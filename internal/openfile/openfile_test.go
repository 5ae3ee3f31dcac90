//go:build unix

package openfile

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{syscall.Mkfifo(at("fifo"), 0o600), os.Symlink("loop", at("loop")), os.Symlink("fifo", at("link")), os.WriteFile(at("file"), []byte("abc"), 0o600)} {
		if err != nil {
			t.Skip(err)
		}
	}
	l, err := net.Listen("unix", at("s"))
	if err != nil {
		t.Skip(err)
	}
	defer l.Close()
	for name, want := range map[string]error{
		at("fifo"): ErrNotSeekable, at("link"): ErrNotSeekable, at("s"): ErrNotSeekable,
		dir: syscall.EISDIR, at("loop"): syscall.ELOOP, at("absent"): os.ErrNotExist,
		at("file"): nil, "/dev/null": nil,
	} {
		for _, flag := range []int{os.O_RDONLY, os.O_RDWR} {
			f, err := Open(name, flag)
			if !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
			if err == nil {
				f.Close()
			} else if !strings.Contains(err.Error(), name) {
				t.Errorf("%v does not name %s", err, name)
			}
		}
	}
}
