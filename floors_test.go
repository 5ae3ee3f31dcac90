package nd

import (
	"os/exec"
	"strings"
	"testing"
)

// floor numbers the packages of ARCHITECTURE.md from the bottom; a package may
// import only from lower floors. The longest prefix that matches counts.
var floor = map[string]int{
	"internal/nderr":      -2,
	"internal/savefile":   -1,
	"internal/diskspace":  -1,
	"internal/openfile":   -1,
	"internal/filelock":   -1,
	"internal/pyliteral":  -1,
	"buffer":              0,
	"float16":             0,
	"dtype":               1,
	"internal/leaktest":   1,
	"internal/layout":     2,
	"internal/operand":    2,
	"internal/kernel":     2,
	"internal/elementary": 1,
	"internal/indexing":   3,
	"internal/parallel":   1,
	"internal/sorting":    3,
	"internal/printing":   3,
	"internal/gemm":       3,
	"internal/loop":       3,
	"internal/ufunc":      4,
	"internal/fuse":       4,
	"":                    5,
	"npy":                 6,
	"memmap":              6,
	"draw":                6,
	"structpack":          6,
	"samples":             7,
	"calc":                8,
	"oracle":              9,
	"examples":            9,
	"docs":                9,
	"cmd":                 10,
	"bench":               10,
}

const module = "github.com/stride-go/nd"

// floorOf returns the floor of a package of the module, by its path below it.
func floorOf(pkg string) (int, bool) {
	for p := pkg; ; {
		if f, ok := floor[p]; ok && (p != "" || pkg == "") {
			return f, true
		}
		i := strings.LastIndex(p, "/")
		if i < 0 {
			return 0, false
		}
		p = p[:i]
	}
}

// goList runs go list and returns its lines.
func goList(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		if _, lookErr := exec.LookPath("go"); lookErr != nil {
			t.Skip("no go command here") // a test binary copied to another machine
		}
		t.Fatalf("go list: %v", err)
	}
	return strings.Fields(strings.TrimSpace(string(out)))
}

func TestImportsGoDown(t *testing.T) {
	if testing.Short() {
		t.Skip("go list is slow under emulation")
	}
	lines := goList(t, "-f", `{{.ImportPath}}{{range .Imports}},{{.}}{{end}}`, "./...")
	if len(lines) < 8 {
		t.Fatalf("go list names only %d packages", len(lines))
	}
	for _, line := range lines {
		parts := strings.Split(line, ",")
		pkg := below(parts[0])
		from, ok := floorOf(pkg)
		if !ok {
			t.Errorf("package %q has no floor: add it to the table", pkg)
			continue
		}
		for _, imp := range parts[1:] {
			if imp != module && !strings.HasPrefix(imp, module+"/") {
				continue
			}
			to, ok := floorOf(below(imp))
			if ok && to >= from && below(imp) != pkg {
				t.Errorf("%s (floor %d) imports %s (floor %d)", pkg, from, below(imp), to)
			}
		}
	}
}

func below(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
}

func TestCoreIsLight(t *testing.T) {
	if testing.Short() {
		t.Skip("go list is slow under emulation")
	}
	for _, dep := range goList(t, "-deps", ".") {
		first, _, _ := strings.Cut(dep, "/")
		if strings.Contains(first, ".") && dep != module && !strings.HasPrefix(dep, module+"/") && !strings.HasPrefix(dep, "golang.org/x/sys") {
			t.Errorf("the root package depends on %s", dep)
		}
	}
	for _, line := range goList(t, "-deps", "-f", "{{.ImportPath}}:{{len .CgoFiles}}", ".") {
		if pkg, n, _ := strings.Cut(line, ":"); strings.HasPrefix(pkg, module) && n != "0" {
			t.Errorf("%s uses cgo", pkg)
		}
	}
}
