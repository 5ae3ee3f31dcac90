package printing

import "testing"

func TestPythonReprs(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{PyStrRepr("it's"), `"it's"`},
		{PyStrRepr("a'\"\n\x00é\u2028"), `'a\'"\n\x00é\u2028'`},
		{PyBytesRepr([]byte("it's")), `b"it's"`},
		{PyBytesRepr([]byte("\xff\t\\'\"")), `b'\xff\t\\\'"'`},
		{PyFloatRepr(1e16), "1e+16"},
		{PyFloatRepr(0.0001), "0.0001"},
		{PyFloatRepr(0.00001), "1e-05"},
		{PyFloatRepr(3), "3.0"},
		{PyComplexRepr(2i), "2j"},
		{PyComplexRepr(1 + 2i), "(1+2j)"},
		{PyComplexRepr(1.5 - 0.25i), "(1.5-0.25j)"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}
