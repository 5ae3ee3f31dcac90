package kernel

import (
	"os"
	"os/exec"
	"testing"
)

// The tests look at the tables without Lookup.
func TestMain(m *testing.M) {
	if os.Getenv("ND_TEST_TABLES") == "" {
		ready()
	}
	os.Exit(m.Run())
}

// Every way to the tables fills them, whichever is the first. Each is tried in a
// process of its own.
func TestTablesFillThemselves(t *testing.T) {
	first := map[string]func() bool{
		"Lookup":       func() bool { return Lookup(Add).Find(kF64, kF64) != nil },
		"Cast":         func() bool { return Cast(kI8, kF64) != nil },
		"CountNonzero": func() bool { return CountNonzero(kF64)(nil, 8, 0) == 0 },
		"Nonzero":      func() bool { return Nonzero(kBool)(nil, nil, 1, 0, 0) == 0 },
		"Argmax":       func() bool { return Argmax(kF64) != nil },
		"Argmin":       func() bool { return Argmin(kF64) != nil },
		"SetLevel":     func() bool { return SetLevel(LevelGo) == CurrentLevel() || BestLevel() != LevelGo },
	}
	if name := os.Getenv("ND_TEST_TABLES"); name != "" {
		if tablesFull.Load() {
			t.Fatal("the tables are full before anybody asked")
		}
		if !first[name]() || !tablesFull.Load() || tables[Add].Find(kF64, kF64) == nil {
			t.Fatal(name, "does not fill the tables")
		}
		return
	}
	for name := range first {
		cmd := exec.Command(os.Args[0], "-test.run=^TestTablesFillThemselves$")
		cmd.Env = append(os.Environ(), "ND_TEST_TABLES="+name)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
