package calc

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPrograms runs the programs of testdata/programs, the seeds' listings and one
// on record arrays, and compares what they print.
func TestPrograms(t *testing.T) {
	littleEndian(t)
	files, err := filepath.Glob("testdata/programs/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".py"), func(t *testing.T) {
			code, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(name, ".py") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			r, err := New(Limits{}).Run(string(code), nil)
			if err != nil {
				t.Errorf("line %d: %v", err.(*Error).Line, err)
			}
			if r.Stdout != string(want) {
				t.Errorf("got\n%s\nwant\n%s", r.Stdout, want)
			}
		})
	}
}
