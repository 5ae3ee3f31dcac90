package diskspace

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

func size(t *testing.T, f *os.File) int64 {
	t.Helper()
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return st.Size()
}

func TestExtendReservesRoom(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("abc"); err != nil {
		t.Fatal(err)
	}
	const n = 1 << 20
	if err := Extend(f, 3, n, true); err != nil || size(t, f) != n {
		t.Fatal(err, size(t, f))
	}
	sparse := occupied(f)
	if err := Extend(f, n, 2*n, false); err != nil || size(t, f) != 2*n {
		t.Fatal(err, size(t, f))
	}
	if got := occupied(f); runtime.GOOS == "linux" && got < sparse+n {
		t.Errorf("%d bytes on the disk, %d before", got, sparse)
	}
	if err := Extend(f, 2*n, n, false); err != nil || size(t, f) != 2*n {
		t.Error("Extend made the file shorter")
	}
	head := make([]byte, 5)
	if _, err := f.ReadAt(head, 0); err != nil || string(head) != "abc\x00\x00" {
		t.Errorf("%q %v", head, err)
	}
	if err := Renew(f, size(t, f), 10, false); err != nil || size(t, f) != 10 {
		t.Error(err)
	}
	if _, err := f.ReadAt(head, 0); err != nil || string(head) != "\x00\x00\x00\x00\x00" {
		t.Errorf("%q %v", head, err)
	}
}

// What the disk has no room for is refused before anything happens.
func TestFullDisk(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("kept"); err != nil {
		t.Fatal(err)
	}
	room, known := free(f)
	if !known || room > math.MaxInt64/4 {
		t.Skip("the free room is not known")
	}
	for name, err := range map[string]error{"Extend": Extend(f, 4, 4+2*room, false), "Renew": Renew(f, 4, 2*room+1<<20, false)} {
		if !errors.Is(err, syscall.ENOSPC) || size(t, f) != 4 {
			t.Errorf("%s: %v, %d bytes", name, err, size(t, f))
		}
	}
}
