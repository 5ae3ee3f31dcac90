package buffer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A map is listed with its file, also without Trace.
func TestLiveNamesTheFile(t *testing.T) {
	defer Trace(Trace(false))
	path := filepath.Join(t.TempDir(), "leaked.dat")
	must(t, os.WriteFile(path, make([]byte, 54321), 0o644))
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	one, err := Map(f, 0, 54321, MapRead)
	must(t, err)
	two, err := Map(f, 0, 321, MapRead)
	must(t, err)
	list := liveOf(Mapped, 54321)
	if len(list) != 1 || !strings.HasSuffix(list[0].File, "leaked.dat") || list[0].Place != "" || !strings.Contains(list[0].String(), "leaked.dat") {
		t.Errorf("%v", list)
	}
	// The report counts blocks of one origin together.
	found := false
	for line := range strings.Lines(LiveReport()) {
		if w := strings.Fields(line); strings.HasSuffix(w[len(w)-1], "leaked.dat") {
			found = found || w[0] == "mapped" && w[1] == "2" && strings.Contains(line, "53.4 KiB")
		}
	}
	if !found {
		t.Error(LiveReport())
	}
	must(t, one.Close())
	must(t, two.Close())
	if strings.Contains(LiveReport(), "leaked.dat") {
		t.Error("closed, and listed")
	}
}
