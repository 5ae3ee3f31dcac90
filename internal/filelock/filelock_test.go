package filelock

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestTry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	open := func() *os.File {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	expect := func(f *os.File, exclusive, want bool) {
		t.Helper()
		got, err := Try(f, exclusive)
		if errors.Is(err, errors.ErrUnsupported) {
			t.Skip(err)
		}
		if err != nil || got != want {
			t.Errorf("%t %v, want %t", got, err, want)
		}
	}
	a, b, c := open(), open(), open()
	expect(a, false, true)
	expect(b, false, true)
	expect(c, true, false)
	a.Close()
	b.Close()
	expect(c, true, true)
	expect(open(), false, false)
	if _, err := c.WriteString("a lock is only advice"); err != nil {
		t.Error(err)
	}
	c.Close()
	d := open()
	expect(d, true, true)
	Unlock(d)
	Unlock(d) // which has none any more
	expect(open(), true, true)
	if _, err := Try(c, true); err == nil {
		t.Error("a closed file was locked")
	}
}
