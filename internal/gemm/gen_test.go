package gemm

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGeneratedFilesAreCurrent runs the generator and compares what it writes
// with what is checked in. It needs the generator's module, avo, and is skipped
// where that cannot be had.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the generator")
	}
	dir := t.TempDir()
	load := exec.Command("go", "mod", "download")
	load.Dir = "gen"
	if out, err := load.CombinedOutput(); err != nil {
		t.Skipf("the generator's modules are out of reach: %v\n%s", err, out)
	}
	run := exec.Command("go", "run", ".", dir)
	run.Dir = "gen"
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("go run .: %v\n%s", err, out)
	}
	made, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(made) == 0 {
		t.Fatalf("nothing was generated: %v", err)
	}
	for _, p := range made {
		want, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Base(p)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes (%v): go generate ./internal/gemm", filepath.Base(p), err)
		}
	}
	if kept, _ := filepath.Glob("z*_amd64.*"); len(kept) != len(made) {
		t.Errorf("%d generated files are checked in, %d are written", len(kept), len(made))
	}
}
