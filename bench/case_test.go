package main

import (
	"path/filepath"
	"testing"
)

// items is how many the inputs of a case have.
func (c *benchCase) items() (n int) {
	for _, in := range c.inputs {
		m := 1
		for _, d := range in.shape {
			m *= d
		}
		n += m
	}
	return n
}

// arrays makes the inputs.
func (c *benchCase) arrays(t testing.TB) vars {
	v := vars{}
	for i, in := range c.inputs {
		a, err := in.make(filepath.Join(t.TempDir(), string(rune('a'+i))+".npy"))
		if err != nil {
			t.Fatal(err)
		}
		v[in.name] = a
	}
	return v
}

func TestCasesHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range cases(true) {
		if seen[c.name()] {
			t.Errorf("two cases are called %s", c.name())
		}
		seen[c.name()] = true
		if (c.python == "" || c.golang == nil) && c.commands == nil {
			t.Errorf("%s has only one side", c.name())
		}
	}
	for _, c := range cases(false) {
		if !seen[c.name()] {
			t.Errorf("%s is in the quick run only", c.name())
		}
	}
}

// The cases run, where that is quick.
func TestCasesRun(t *testing.T) {
	ran := 0
	for _, c := range cases(true) {
		if c.commands != nil || c.items() > 50_000 {
			continue
		}
		ran++
		undo := useThreads(c.all)
		c.golang(c.arrays(t))()
		undo()
	}
	if ran < 50 {
		t.Errorf("%d cases were run", ran)
	}
}

// BenchmarkCases runs nd's side of the quick cases, for machines without NumPy.
// What stands beside another peer is there beside NumPy as well.
func BenchmarkCases(b *testing.B) {
	for _, c := range cases(false) {
		if c.commands != nil || c.peer != "" {
			continue
		}
		b.Run(c.name(), func(b *testing.B) {
			run := c.golang(c.arrays(b))
			defer useThreads(c.all)()
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}
