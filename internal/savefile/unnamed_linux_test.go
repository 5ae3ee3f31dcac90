package savefile

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// While a file is written nothing stands beside the old one that a killed process could
// leave behind; where the file system cannot do that, it is written all the same.
func TestNothingToLeaveBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	f, err := unnamed(path, 0o600)
	if err != nil {
		t.Skip("no unnamed files here: ", err)
	}
	f.Close()
	for _, old := range [][]string{nil, {"x"}} {
		if err := Write(path, func(w io.Writer) error {
			if names := files(t, filepath.Dir(path)); !slices.Equal(names, old) {
				t.Error(names)
			}
			_, err := io.WriteString(w, "new")
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); string(got) != "new" {
		t.Errorf("%q %v", got, err)
	}
	if names := files(t, filepath.Dir(path)); len(names) != 1 {
		t.Error(names)
	}
}
