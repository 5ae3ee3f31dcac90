package savefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
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

// What Create returns is its own file, never one that another call has put in its place.
func TestCreateByTwo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open is not replaced there")
	}
	path := filepath.Join(t.TempDir(), "x")
	done := make(chan error)
	for _, mine := range []string{"one", "another"} {
		go func() {
			for range 200 {
				f, err := Create(path, false, put(mine))
				if errors.Is(err, nderr.ErrChanged) {
					continue
				}
				got := make([]byte, 10)
				n := 0
				if err == nil {
					n, _ = f.ReadAt(got, 0)
					f.Close()
				}
				if string(got[:n]) != mine {
					done <- fmt.Errorf("%q instead of %q (%w)", got[:n], mine, err)
					return
				}
			}
			done <- nil
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
