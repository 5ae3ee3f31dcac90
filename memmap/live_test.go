package memmap

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"
)

// With ND_NUMPY naming a Python that has NumPy, the golden answers are asked for
// anew.
func TestGoldenIsWhatNumPySays(t *testing.T) {
	python := os.Getenv("ND_NUMPY")
	if python == "" {
		t.Skip("ND_NUMPY is not set")
	}
	fresh := filepath.Join(t.TempDir(), "golden.json")
	if out, err := exec.Command(python, "-W", "ignore", "testdata/golden.py", fresh).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	read := func(path string) (v struct{ Rows []any }) {
		data, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(data, &v)
		}
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	old, now := read("testdata/golden.json"), read(fresh)
	if len(old.Rows) != len(now.Rows) {
		t.Fatalf("%d rows, %d now", len(old.Rows), len(now.Rows))
	}
	for i := range old.Rows {
		if !reflect.DeepEqual(old.Rows[i], now.Rows[i]) {
			t.Errorf("golden %v\nnow    %v", old.Rows[i], now.Rows[i])
		}
	}
}
