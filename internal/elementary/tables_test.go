package elementary

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// TestTablesAreFresh makes the tables again and compares.
func TestTablesAreFresh(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command")
	}
	want, err := exec.Command("go", "run", "./gen", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("ztables.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("ztables.go is stale: go generate ./internal/elementary")
	}
}
