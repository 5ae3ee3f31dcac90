package calc

import (
	"slices"
	"testing"
)

func TestSplitLast(t *testing.T) {
	for code, want := range map[string][]string{
		"a":                               {"a"},
		"a = 1; a, a[1:, ::2]":            {"a", "a[1:, ::2]"},
		"x\nf(a, 'q,;'), [1, 2]":          {"f(a, 'q,;')", "[1, 2]"},
		"a = np.arange(3); a.T, a[::-1];": {"a.T", "a[::-1]"},
		"":                                nil,
	} {
		if got := splitLast(code); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}
