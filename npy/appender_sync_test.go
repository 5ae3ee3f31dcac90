//go:build unix

package npy

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// After rows that the system could not store none are counted: a later fsync says nothing of
// them. A pipe, which cannot be synced, stands for the disk.
func TestSyncAfterAFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npy")
	w, err := NewAppender(path, dtype.Int64)
	if err == nil {
		err = w.Append(nd.Arange(3))
	}
	if err != nil {
		t.Fatal(err)
	}
	r, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer pipe.Close()
	disk := w.file
	w.file = pipe
	failed := w.sync()
	w.file = disk
	if failed == nil {
		t.Fatal("a pipe was synced")
	}
	if err := w.Sync(); err != failed {
		t.Errorf("Sync says %v after %v", err, failed)
	}
	if w.Saved() != 0 {
		t.Errorf("%d rows are counted", w.Saved())
	}
	if err := w.Close(); err != failed {
		t.Errorf("Close says %v after %v", err, failed)
	}
	a, err := Load(path)
	if err != nil || a.Size() != 0 {
		t.Errorf("the file has %v (%v)", a, err)
	}
}
