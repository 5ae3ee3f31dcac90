//go:build unix

package savefile

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestOwnerStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, 12345, 54321); err != nil {
		t.Skip("only root can give files away: ", err)
	}
	if err := Write(path, text("new")); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if is := st.Sys().(*syscall.Stat_t); is.Uid != 12345 || is.Gid != 54321 || st.Mode().Perm() != 0o640 {
		t.Errorf("owner %d, group %d, mode %v", is.Uid, is.Gid, st.Mode())
	}
}
