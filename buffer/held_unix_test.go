//go:build unix

package buffer

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/stride-go/nd/internal/filelock"
)

// The lock of a held file ends with its map, though a process that is just being
// started has the file open still: a duplicate stands for its descriptor.
func TestLockEndsWithTheMap(t *testing.T) {
	for name, end := range map[string]func(b *Buffer){
		"closed":      func(b *Buffer) { must(t, b.Close()) },
		"unreachable": func(b *Buffer) {},
	} {
		path := filepath.Join(t.TempDir(), "x")
		must(t, os.WriteFile(path, make([]byte, 100), 0o600))
		func() {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			must(t, err)
			if ok, err := filelock.Try(f, true); !ok {
				t.Skip("no locks here: ", err)
			}
			child, err := unix.Dup(int(f.Fd()))
			must(t, err)
			t.Cleanup(func() { unix.Close(child) })
			b, err := MapWith(f, 100, MapOptions{Mode: MapUpdate, Hold: f})
			must(t, err)
			end(b)
		}()
		other, err := os.Open(path)
		must(t, err)
		defer other.Close()
		ok, err := filelock.Try(other, true)
		for range 200 {
			if ok || name == "closed" {
				break
			}
			runtime.GC()
			time.Sleep(10 * time.Millisecond)
			ok, err = filelock.Try(other, true)
		}
		if !ok {
			t.Errorf("%s: the lock is still there (%v)", name, err)
		}
	}
}
