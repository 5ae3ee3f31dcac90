package kernel

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
	for _, pkg := range []string{"kernel", "gemm"} {
		if err := os.Mkdir(filepath.Join(dir, pkg), 0o755); err != nil {
			t.Fatal(err)
		}
	}
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
	for _, pkg := range []string{"kernel", "gemm"} {
		made, err := filepath.Glob(filepath.Join(dir, pkg, "*"))
		if err != nil || len(made) == 0 {
			t.Fatalf("nothing was generated for %s: %v", pkg, err)
		}
		for _, p := range made {
			want, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			kept := filepath.Join("..", pkg, filepath.Base(p))
			if got, err := os.ReadFile(kept); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what the generator writes (%v): go generate ./internal/kernel", kept, err)
			}
		}
		if kept, _ := filepath.Glob(filepath.Join("..", pkg, "z*_amd64.*")); len(kept) != len(made) {
			t.Errorf("%s: %d generated files are checked in, %d are written", pkg, len(kept), len(made))
		}
	}
}
