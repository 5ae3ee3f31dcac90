package calc

import (
	"os"
	"strings"
	"testing"
)

// readDiffer returns the snippets whose answers differ from CPython's on
// purpose, one a line; lines with "#" say why.
func readDiffer(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("testdata/differ.txt")
	if err != nil {
		t.Fatal(err)
	}
	differ := map[string]bool{}
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" && !strings.HasPrefix(line, "# ") {
			differ[line] = true
		}
	}
	return differ
}
