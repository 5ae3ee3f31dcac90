package savefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func put(s string) func(*os.File) error {
	return func(f *os.File) error {
		_, err := f.WriteString(s)
		return err
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	content := func(want string) {
		t.Helper()
		if got, err := os.ReadFile(path); string(got) != want || want != "" && err != nil {
			t.Errorf("%q %v, want %q", got, err, want)
		}
		if n := files(t, filepath.Dir(path)); len(n) > 1 {
			t.Errorf("left behind: %v", n)
		}
	}
	boom := errors.New("boom")
	if _, err := Create(path, false, func(f *os.File) error { f.WriteString("half"); return boom }); err != boom {
		t.Error(err)
	}
	content("")
	f, err := Create(path, true, put("one"))
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("ONE")
	f.Close()
	content("ONE")
	if _, err := Create(path, true, put("two")); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if _, err := Create(path, false, func(f *os.File) error { f.WriteString("half"); return boom }); err != boom {
		t.Error(err)
	}
	content("ONE")
	old, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	f, err = Create(path, false, put("three"))
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	content("three")
	kept := make([]byte, 9)
	if n, _ := old.ReadAt(kept, 0); string(kept[:n]) != "ONE" {
		t.Errorf("who had the old file open reads %q", kept[:n])
	}
	if _, err := Create(filepath.Dir(path), false, put("x")); err == nil {
		t.Error("a directory was filled")
	}
}
