package kernel

import (
	"os"
	"sync"
	"testing"
)

// The tests look at the tables without Lookup.
func TestMain(m *testing.M) {
	ready()
	os.Exit(m.Run())
}

// Every way to the tables fills them, whichever is the first.
func TestTablesFillThemselves(t *testing.T) {
	defer SetLevel(CurrentLevel())
	for name, ask := range map[string]func() bool{
		"Lookup":       func() bool { return Lookup(Add).Find(kF64, kF64) != nil },
		"Cast":         func() bool { return Cast(kI8, kF64) != nil },
		"CountNonzero": func() bool { return CountNonzero(kF64)(nil, 8, 0) == 0 },
		"Nonzero":      func() bool { return Nonzero(kBool)(nil, nil, 1, 0, 0) == 0 },
		"Argmax":       func() bool { return Argmax(kF64).Place != nil },
		"Argmin":       func() bool { return Argmin(kF64).Place != nil },
		"SetLevel":     func() bool { return SetLevel(LevelGo) <= BestLevel() },
	} {
		SetLevel(LevelGo) // the searches begin as Go loops
		tables, casts = [NumOps]Table{}, [len(casts)][len(casts)]Unary{}
		tablesFull.Store(false)
		fill = sync.OnceFunc(fillTables)
		if !ask() || !tablesFull.Load() || tables[Add].Find(kF64, kF64) == nil || casts[kI8][kF64] == nil {
			t.Error(name, "does not fill the tables")
		}
	}
}
