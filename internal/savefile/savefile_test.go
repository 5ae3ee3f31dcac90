package savefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// files returns the names in dir: a temporary file left behind shows here.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWriteMakesAndReplaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	for _, s := range []string{"one", "another, longer", ""} {
		if err := Write(path, text(s)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != s {
			t.Fatalf("%q %v", got, err)
		}
	}
	if n := files(t, filepath.Dir(path)); len(n) != 1 {
		t.Errorf("left behind: %v", n)
	}
}

func TestFailureLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	err := Write(path, func(w io.Writer) error {
		io.WriteString(w, "half")
		return boom
	})
	if err != boom {
		t.Fatal(err)
	}
	func() {
		defer func() { recover() }()
		Write(path, func(w io.Writer) error { panic("mine") })
	}()
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("content %q", got)
	}
	if n := files(t, filepath.Dir(path)); len(n) != 1 {
		t.Errorf("left behind: %v", n)
	}
}

func TestPermissionsAndLinksStay(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "js" {
		t.Skip("permissions and links of Unix")
	}
	dir := t.TempDir()
	path, link := filepath.Join(dir, "x"), filepath.Join(dir, "link")
	if err := os.WriteFile(path, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("x", link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, text("new")); err != nil {
		t.Fatal(err)
	}
	st, err := os.Lstat(link)
	if err != nil || st.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link became %v %v", st.Mode(), err)
	}
	if st, err = os.Stat(path); err != nil || st.Mode().Perm() != 0o640 {
		t.Errorf("mode %v %v", st.Mode(), err)
	}
	if got, _ := os.ReadFile(path); string(got) != "new" {
		t.Errorf("content %q", got)
	}
}

func TestDirectoryIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := Write(dir, text("x")); err == nil {
		t.Error("no error")
	}
	if err := Write(filepath.Join(dir, "no", "x"), text("x")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestDeviceIsWrittenDirectly(t *testing.T) {
	if _, err := os.Stat("/dev/null"); err != nil {
		t.Skip("no /dev/null here")
	}
	if err := Write("/dev/null", text("x")); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat("/dev/null"); err != nil || st.Mode().IsRegular() {
		t.Errorf("the device became %v %v", st, err)
	}
}

func TestReadOnlyFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("old"), 0o444); err != nil {
		t.Fatal(err)
	}
	if f, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
		f.Close()
		t.Skip("permissions do not count for this user")
	}
	_, err := Create(path, false, func(*os.File) error { return nil })
	for _, err := range []error{err, Write(path, text("new"))} {
		if !errors.Is(err, os.ErrPermission) {
			t.Error(err)
		}
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("content %q", got)
	}
}

func TestLinkThatLeadsNowhere(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "js" {
		t.Skip("links of Unix")
	}
	dir := t.TempDir()
	for _, link := range [][2]string{{"../x", "a/sub/link"}, {"sub/link", "a/second"}, {"a", "other"}} {
		if err := errors.Join(os.MkdirAll(filepath.Join(dir, "a", "sub"), 0o777), os.Symlink(link[0], filepath.Join(dir, link[1]))); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(filepath.Join(dir, "other", "second"), text("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "a", "x")); string(got) != "new" {
		t.Errorf("%q %v", got, err)
	}
	if st, err := os.Lstat(filepath.Join(dir, "a", "second")); err != nil || st.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link became %v %v", st, err)
	}
}

func TestLongName(t *testing.T) {
	path := filepath.Join(t.TempDir(), strings.Repeat("x", 199)+strings.Repeat("é", 25))
	if err := Write(path, text("new")); err != nil {
		t.Error(err)
	}
}

func TestErrorsNameTheFile(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "no", "x"), filepath.Join(dir, "x")} {
		_, err := Create(path, false, func(f *os.File) error {
			f.Close()
			_, err := f.WriteString("x")
			return err
		})
		var e *fs.PathError
		if !errors.As(err, &e) || e.Path != path {
			t.Error(err)
		}
	}
}
