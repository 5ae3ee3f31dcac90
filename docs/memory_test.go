package docs

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stride-go/nd/calc"
)

//go:generate go test -run TestMemoryDrawings -update .

var update = flag.Bool("update", false, "write the drawings of memory.md anew")

// page is a page of the guide: its blocks of code, each with what it prints.
type page []block

type block struct{ kind, code, prints string }

func memoryPage(t *testing.T) (blocks page) {
	t.Helper()
	text, err := os.ReadFile("memory.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```([a-z]+)\n(.*?)```").FindAllSubmatch(text, -1) {
		kind, code := string(m[1]), string(m[2])
		if n := len(blocks); kind == "text" && n > 0 {
			blocks[n-1].prints = code
		} else {
			blocks = append(blocks, block{kind: kind, code: code})
		}
	}
	return blocks
}

// TestMemoryDrawings runs the page's commands; what they print stands below them,
// what they draw is checked in.
func TestMemoryDrawings(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("builds the command and needs a shell")
	}
	if os.Getpagesize() != 4096 {
		t.Skip("the page counts pages of 4096 bytes")
	}
	text, err := os.ReadFile("memory.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if n := runConsole(t, "memory.md", dir); n < 5 {
		t.Errorf("only %d commands were run", n)
	}
	drawn, err := filepath.Glob(filepath.Join(dir, "*.svg"))
	if err != nil || len(drawn) < 5 {
		t.Fatal(drawn, err)
	}
	for _, path := range drawn {
		name := filepath.Base(path)
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		kept := filepath.Join("memory", name)
		if *update {
			if err := os.WriteFile(kept, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(kept); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the command draws now (go generate ./docs): %v", kept, err)
		}
		if !bytes.Contains(text, []byte("](memory/"+name+")")) {
			t.Errorf("%s is drawn, and not shown", name)
		}
	}
	if kept, _ := filepath.Glob("memory/*.svg"); len(kept) != len(drawn) {
		t.Errorf("%d drawings are checked in, %d are drawn", len(kept), len(drawn))
	}
}

// TestMemoryCode runs the page's Go and Python blocks, in the order of the page and
// in one folder, and compares what they print. Python is our calculator, and with
// ND_NUMPY NumPy itself after it.
func TestMemoryCode(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" || runtime.GOOS == "js" {
		t.Skip("builds a program, which cuts a file under its map")
	}
	blocks := memoryPage(t)
	bin := filepath.Join(t.TempDir(), "main")
	source := memoryProgram(blocks)
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, source, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", bin, file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Chdir(t.TempDir())
	ran := map[string]int{}
	for i, b := range blocks {
		var out []byte
		var err error
		switch b.kind {
		case "go":
			out, err = exec.Command(bin, fmt.Sprint(i)).CombinedOutput()
		case "python":
			var r calc.Result
			r, err = calc.New(calc.Limits{}).Run(b.code, nil)
			out = []byte(r.Stdout)
			if python := os.Getenv("ND_NUMPY"); err == nil && python != "" {
				out, err = exec.Command(python, "-c", b.code).CombinedOutput()
			}
		default:
			continue
		}
		ran[b.kind]++
		if err != nil || string(out) != b.prints {
			t.Errorf("%v\n%s\nprints\n%s\nthe page says\n%s", err, b.code, out, b.prints)
		}
	}
	if ran["go"] < 10 || ran["python"] < 1 {
		t.Error(ran)
	}
}

// memoryProgram makes one program of all Go blocks; its argument chooses one.
func memoryProgram(blocks page) []byte {
	var body bytes.Buffer
	cases := ""
	for i, b := range blocks {
		if b.kind == "go" {
			fmt.Fprintf(&body, "func block%d() {\n%s}\n\n", i, b.code)
			cases += fmt.Sprintf("\tcase %q:\n\t\tblock%d()\n", fmt.Sprint(i), i)
		}
	}
	fmt.Fprintf(&body, "func check(err error) {\n\tif err != nil {\n\t\tpanic(err)\n\t}\n}\n\nfunc main() {\n\tswitch os.Args[1] {\n%s\t}\n}\n", cases)
	var src bytes.Buffer
	src.WriteString("package main\n\nimport (\n")
	for _, path := range []string{"errors", "fmt", "os", "runtime", "strings", "github.com/stride-go/nd", "github.com/stride-go/nd/buffer",
		"github.com/stride-go/nd/dtype", "github.com/stride-go/nd/memmap", "github.com/stride-go/nd/npy"} {
		if regexp.MustCompile(`\b` + filepath.Base(path) + `\.`).Match(body.Bytes()) {
			fmt.Fprintf(&src, "\t%q\n", path)
		}
	}
	src.WriteString(")\n\n")
	src.Write(body.Bytes())
	return src.Bytes()
}

// runConsole runs every line of a page's console blocks that begins with "$ ", in
// dir, and compares what it prints with what stands below. It returns how many.
func runConsole(t *testing.T, page, dir string) (lines int) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "nd"), "../cmd/nd").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllSubmatch(text, -1) {
		for _, part := range regexp.MustCompile(`(?m)^\$ `).Split(string(block[1]), -1)[1:] {
			command, want, _ := strings.Cut(part, "\n")
			cmd := exec.Command("sh", "-c", command)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			got, _ := cmd.CombinedOutput() // a status of 1 is part of what is shown
			if string(got) != want {
				t.Errorf("$ %s\n%s\n%s says\n%s", command, got, page, want)
			}
			lines++
		}
	}
	return lines
}
