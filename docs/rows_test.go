package docs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stride-go/nd/calc"
	"github.com/stride-go/nd/dtype"
)

// memoryRow is one line of rows.md.
type memoryRow struct{ number, holds, golang, line, prints, tests string }

// memoryRows reads rows.md: its rows and the variables that the lines start from.
func memoryRows(t *testing.T) (rows []memoryRow, setup string) {
	t.Helper()
	b, err := os.ReadFile("rows.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	block := regexp.MustCompile("(?s)```python\n(.*?)```").FindStringSubmatch(text)
	if block == nil {
		t.Fatal("no block of variables")
	}
	for line := range strings.Lines(text) {
		if !regexp.MustCompile(`^\| [SMBX]\d+b? \|`).MatchString(line) {
			continue
		}
		cells := strings.Split(strings.ReplaceAll(strings.TrimSpace(line), `\|`, "\x00"), " | ")
		if len(cells) != 6 {
			t.Fatalf("%d cells: %s", len(cells), line)
		}
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.Trim(cells[i], "| "), "\x00", "|")
		}
		rows = append(rows, memoryRow{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]})
	}
	return rows, block[1]
}

// TestRowsAreComplete wants every row of the specification once.
func TestRowsAreComplete(t *testing.T) {
	rows, _ := memoryRows(t)
	seen := map[string]int{}
	for _, r := range rows {
		seen[r.number]++
		if r.holds == "" || r.golang == "" || r.tests == "" {
			t.Errorf("%s: an empty cell", r.number)
		}
	}
	want := []string{"M17b"}
	for letter, n := range map[string]int{"S": 100, "M": 22, "B": 10, "X": 9} {
		for i := range n {
			want = append(want, fmt.Sprint(letter, i+1))
		}
	}
	for _, n := range want {
		if seen[n] != 1 {
			t.Errorf("%s is there %d times", n, seen[n])
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows, want %d", len(rows), len(want))
	}
}

// TestRowsLines runs the calculator's line of each row and compares what it prints.
func TestRowsLines(t *testing.T) {
	if dtype.Native != dtype.Little {
		t.Skip("the answers show bytes of a little-endian machine")
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "js" {
		t.Skip("the lines make files anew that are mapped")
	}
	rows, setup := memoryRows(t)
	t.Chdir(t.TempDir())
	ran := 0
	for _, r := range rows {
		if r.line == "" || r.line == "—" {
			continue
		}
		ran++
		in := calc.New(calc.Limits{})
		if _, err := in.Run(setup, nil); err != nil {
			t.Fatalf("the variables: %v", err)
		}
		res, err := in.Run(strings.Trim(r.line, "`"), nil)
		got := res.Stdout
		switch {
		case err != nil:
			got, _, _ = strings.Cut(err.Error(), "\n")
		case !res.IsNone():
			text, err := res.Repr()
			if err != nil {
				t.Errorf("%s: %v", r.number, err)
			}
			got += text
		}
		got = strings.ReplaceAll(strings.TrimSuffix(got, "\n"), "\n", " ⏎ ")
		if want := strings.Trim(r.prints, "`"); strings.ReplaceAll(got, "`", "'") != want {
			t.Errorf("%s: %s\n%s\nthe table says\n%s", r.number, r.line, got, want)
		}
	}
	if ran < 100 {
		t.Errorf("only %d lines", ran)
	}
}

// TestRowsTests wants each named test to exist and to bear the row's number.
func TestRowsTests(t *testing.T) {
	rows, _ := memoryRows(t)
	source := declared(t, "..", true)
	for _, r := range rows {
		for name := range strings.SplitSeq(r.tests, ", ") {
			name = strings.Trim(name, "`")
			if !source[name] {
				t.Errorf("%s: no test %s", r.number, name)
			}
			if !slices.Contains(regexp.MustCompile(`[SMBX]\d+b?`).FindAllString(name, -1), r.number) {
				t.Errorf("%s: %s does not bear the number", r.number, name)
			}
		}
	}
}

// TestRowsNames wants every Go name of the table to be declared in its package.
func TestRowsNames(t *testing.T) {
	rows, _ := memoryRows(t)
	dirs := map[string]string{"nd": "..", "fs": ""}
	for _, p := range []string{"buffer", "dtype", "memmap", "npy", "structpack"} {
		dirs[p] = filepath.Join("..", p)
	}
	names := map[string]map[string]bool{}
	for p, dir := range dirs {
		if dir != "" {
			names[p] = declared(t, dir, false)
		}
	}
	qualified := regexp.MustCompile(`\b([a-z]+)\.([A-Z]\w*)`)
	for _, r := range rows {
		for _, m := range qualified.FindAllStringSubmatch(r.golang, -1) {
			set, of := names[m[1]]
			if of && !set[m[2]] {
				t.Errorf("%s: %s is not declared", r.number, m[0])
			}
			if !of && m[1] != "fs" && m[1] != "json" && m[1] != "img" && !names["nd"][m[2]] && !names["dtype"][m[2]] && !names["buffer"][m[2]] {
				t.Errorf("%s: no method %s", r.number, m[2])
			}
		}
	}
}

// declared returns the names of the functions, methods, types, constants,
// variables and fields of the Go files in dir; of its tests below, if deep.
func declared(t *testing.T, dir string, deep bool) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && path != dir && !deep:
			return filepath.SkipDir
		case e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") != deep:
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				names[n.Name.Name] = true
				return false
			case *ast.TypeSpec:
				names[n.Name.Name] = true
			case *ast.ValueSpec:
				for _, id := range n.Names {
					names[id.Name] = true
				}
			case *ast.Field:
				for _, id := range n.Names {
					names[id.Name] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
