// Package docs holds the guides; its tests run what they show.
package docs

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stride-go/nd/calc"
)

// row is one line of a two-column table: NumPy, Go.
type row struct{ python, golang string }

var rowPattern = regexp.MustCompile("(?m)^\\| `(.*)` \\| `(.*)` \\|$")

// guide reads docs/numpy.md: its rows and the variables that each starts from.
func guide(t *testing.T) (rows []row, setup string) {
	t.Helper()
	text, err := os.ReadFile("numpy.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```python\n(.*?)```").FindSubmatch(text)
	if block == nil {
		t.Fatal("no block of variables")
	}
	for _, m := range rowPattern.FindAllSubmatch(text, -1) {
		unpipe := func(b []byte) string { return strings.ReplaceAll(string(b), `\|`, "|") }
		rows = append(rows, row{unpipe(m[1]), unpipe(m[2])})
	}
	if len(rows) < 100 {
		t.Fatalf("only %d rows", len(rows))
	}
	return rows, string(block[1])
}

// TestGuide runs both sides of every row and compares what they print.
func TestGuide(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	rows, setup := guide(t)
	want := make([]string, len(rows))
	for i, r := range rows {
		in := calc.New(calc.Limits{NoFiles: true})
		if _, err := in.Run(setup, nil); err != nil {
			t.Fatalf("the variables: %v", err)
		}
		res, err := in.Run(r.python, nil)
		if err != nil {
			t.Errorf("%s: %v", r.python, err)
			continue
		}
		text, err := res.Repr()
		if err != nil {
			t.Errorf("%s: %v", r.python, err)
		}
		if want[i] = res.Stdout; !res.IsNone() {
			want[i] += text + "\n"
		}
	}
	got := runGo(t, rows)
	for i, r := range rows {
		if got[i] != want[i] {
			t.Errorf("row %d\n%s\n%s%s\n%s", i, r.python, want[i], r.golang, got[i])
		}
	}
}

// runGo builds one program with a function for each row and returns what each
// prints.
func runGo(t *testing.T, rows []row) []string {
	t.Helper()
	var src bytes.Buffer
	src.WriteString(preamble)
	for i, r := range rows {
		parts := strings.Split(r.golang, "; ")
		last := parts[len(parts)-1]
		fmt.Fprintf(&src, "func row%d() {\n\t%s\n\t_, _, _, _, _ = a, x, v, m, t\n\t%s\n", i, variables, strings.Join(parts[:len(parts)-1], "\n\t"))
		if strings.HasPrefix(last, "fmt.Print") {
			fmt.Fprintf(&src, "\t%s\n}\n", last)
		} else {
			fmt.Fprintf(&src, "\tshow(%s)\n}\n", last)
		}
	}
	src.WriteString("func main() {\n")
	for i := range rows {
		fmt.Fprintf(&src, "\trow%d()\n\tfmt.Print(\"\\x00\")\n", i)
	}
	src.WriteString("}\n")
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, src.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", file).Output()
	if err != nil {
		message := err.Error()
		if e, ok := err.(*exec.ExitError); ok {
			message = string(e.Stderr)
		}
		t.Fatalf("the Go side: %s", message)
	}
	got := strings.Split(string(out), "\x00")
	if len(got) != len(rows)+1 {
		t.Fatalf("%d answers for %d rows", len(got)-1, len(rows))
	}
	return got[:len(rows)]
}

// variables starts every function.
const variables = `a, x, v, m, t := variables()`

// preamble holds the variables and prints values as Python's prompt would.
const preamble = `package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

func variables() (a, x, v, m, t *nd.Array) {
	a = nd.Arange(12).Reshape(3, 4)
	x = nd.Of([]float64{4.5, -1.5, 2.5, math.NaN()})
	v = nd.Of([]int64{3, 1, 2})
	m = nd.Of([]bool{true, false, true})
	t = nd.Zeros(dtype.MustParse("S30,i4,f4"), 2)
	t.Field("f0").Assign(nd.Of([]string{"Zhang", "Wang"}).AsType(dtype.Bytes(30)))
	t.Field("f1").Assign(nd.Of([]int32{32, 24}))
	t.Field("f2").Assign(nd.Of([]float32{72.5, 65.2}))
	return
}

func show(x any) { fmt.Println(repr(x)) }

func repr(x any) string {
	switch x := x.(type) {
	case *nd.Array:
		if x.NDim() == 0 {
			return x.ScalarRepr()
		}
		return x.Repr()
	case []*nd.Array:
		var parts []string
		for _, a := range x {
			parts = append(parts, repr(a))
		}
		return "(" + strings.Join(parts, ", ") + ")"
	case []int:
		if len(x) == 1 {
			return fmt.Sprintf("(%d,)", x[0])
		}
		return "(" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(x)), ", "), "[]") + ")"
	case []string:
		return "('" + strings.Join(x, "', '") + "')"
	case bool:
		if x {
			return "True"
		}
		return "False"
	case string:
		return "'" + strings.ReplaceAll(x, "'", "\\'") + "'"
	case dtype.DType:
		return x.Repr()
	}
	return fmt.Sprint(x)
}

`
