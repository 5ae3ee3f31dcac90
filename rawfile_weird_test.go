//go:build unix

package nd

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// What is no file with an end is read as np.fromfile reads it, and nothing waits.
func TestFromFileOfWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	fifo, loop := filepath.Join(dir, "fifo"), filepath.Join(dir, "loop")
	if err := errors.Join(syscall.Mkfifo(fifo, 0o600), os.Symlink(loop, loop)); err != nil {
		t.Skip(err)
	}
	for _, c := range []struct {
		path   string
		count  int
		offset int64
		want   string // text of the array, or of the error
	}{
		{fifo, -1, 0, "File or stream is not seekable"},
		{fifo, 3, 0, "File or stream is not seekable"},
		{loop, -1, 0, syscall.ELOOP.Error()},
		{dir, 3, 0, syscall.EISDIR.Error()},
		{"/dev/null", -1, 0, "[]"},
		{"/dev/null", 3, 0, "[]"},
		{"/dev/zero", -1, 0, "[]"},
		{"/dev/zero", 3, 0, "[0 0 0]"},
		{"/dev/zero", 3, 1 << 60, "[0 0 0]"},
		{"/dev/zero", 1 << 60, 0, "Unable to allocate"},
	} {
		a, err := FromFile(c.path, dtype.Int16, c.count, c.offset)
		switch {
		case err != nil && (!strings.Contains(err.Error(), c.want) || !errors.Is(err, ErrMemory) && !strings.Contains(err.Error(), c.path)):
			t.Errorf("%s, %d items: %v, want %q", c.path, c.count, err, c.want)
		case err == nil && a.String() != c.want:
			t.Errorf("%s, %d items: %s, want %q", c.path, c.count, a, c.want)
		}
	}
}
