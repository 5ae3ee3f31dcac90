package pyliteral

import "testing"

func TestRepr(t *testing.T) {
	for _, s := range []string{
		"None", "True", "False", "-12", "1.5", "2.0", "'it'", `"it's"`, `b'a\xff\n'`, `b"it's"`, "[]", "()", "(1,)", "[1, (2, 'x')]",
		"{'descr': [('a', '<i4', (2,))], 'shape': (3, 4)}", "{}",
	} {
		v, err := Parse(s)
		if err != nil {
			t.Fatal(s, err)
		}
		if got := Repr(v); got != s {
			t.Errorf("Repr of %s: %s", s, got)
		}
	}
}
