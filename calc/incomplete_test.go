package calc

import "testing"

func TestIncomplete(t *testing.T) {
	for code, want := range map[string]bool{
		"":                     false,
		"1 + 2":                false,
		"(1 +":                 true,
		"a = [1,\n2,":          true,
		"'''text":              true,
		"for i in range(3):":   true,
		"if x:\n  y":           false,
		"1 +":                  false, // an error whatever follows
		")":                    false,
		"x = 1 + \\":           true,
		"def f(a,\n b):":       true,
		"print('never closed'": true,
	} {
		if got := Incomplete(code); got != want {
			t.Errorf("Incomplete(%q) = %v", code, got)
		}
	}
}
