package docs

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
)

// TestReadmeConsole runs every line of the README that begins with "$ " and
// compares what it prints with what stands below.
func TestReadmeConsole(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("builds the command and needs a shell")
	}
	lines := runConsole(t, "../README.md", t.TempDir())
	if lines < 5 {
		t.Errorf("only %d lines were run", lines)
	}
}

// TestReadmeGo runs the README's Go block and compares its output.
func TestReadmeGo(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)```go\n(.*?)```\n\n```text\n(.*?)```").FindSubmatch(text)
	if m == nil {
		t.Fatal("no Go block with its output")
	}
	var src bytes.Buffer
	src.WriteString("package main\n\nimport (\n\t\"errors\"\n\t\"fmt\"\n\n\t\"github.com/stride-go/nd\"\n\t\"github.com/stride-go/nd/dtype\"\n)\n\nfunc main() {\n")
	src.Write(m[1])
	src.WriteString("}\n")
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, src.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := exec.Command("go", "run", file).CombinedOutput()
	if err != nil || !bytes.Equal(got, m[2]) {
		t.Errorf("%v\n%s\nthe README says\n%s", err, got, m[2])
	}
}
