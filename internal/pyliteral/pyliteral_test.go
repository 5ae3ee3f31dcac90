package pyliteral

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

func TestParse(t *testing.T) {
	for s, want := range map[string]any{
		"None": nil, "True": true, "False": false,
		"0": int64(0), "00": int64(0), "-12": int64(-12), "+3": int64(3), "1_000": int64(1000), "0x1F": int64(31), "0b101": int64(5),
		"9223372036854775807": int64(1<<63 - 1), "-9223372036854775808": int64(-1 << 63),
		"10L": int64(10), "1.5": 1.5, "-2e3": -2000.0, ".5": .5, "5.": 5.0, "1e+2": 100.0,
		"''": "", "'a' \"b\"": "ab", `'it\'s'`: "it's", `"\x41\u00e9\U0001F600\101\n"`: "Aé😀A\n", `'\udcff'`: "\xff",
		`'\q'`: `\q`, `r'\n'`: `\n`, "b'ab\\xff'": Bytes("ab\xff"), "u'é'": "é",
		"[]": List{}, "()": Tuple{}, "{}": Dict{}, "(1)": int64(1), "(1,)": Tuple{int64(1)}, "[1, 2,]": List{int64(1), int64(2)},
		" (3, 4) \n": Tuple{int64(3), int64(4)}, "(\n1,\n 2)": Tuple{int64(1), int64(2)},
		"{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }": Dict{{"descr", "<f4"}, {"fortran_order", false},
			{"shape", Tuple{int64(3), int64(4)}}},
		"{'a': 1, 'b': 2, 'a': 3}":     Dict{{"a", int64(3)}, {"b", int64(2)}},
		"[('a', '<i4'), ('', '|V7')]":  List{Tuple{"a", "<i4"}, Tuple{"", "|V7"}},
		"[(('t', 'a'), 'i4', (2, 3))]": List{Tuple{Tuple{"t", "a"}, "i4", Tuple{int64(2), int64(3)}}},
	} {
		got, err := Parse(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, want %#v", s, got, want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for s, want := range map[string]string{
		"":                         "expected a value, got end of text",
		"foo":                      "unknown name 'foo'",
		"1 2":                      "unexpected '2' after the literal",
		"[1 2]":                    "expected ',' or ']', got '2'",
		"(1, 2":                    "expected ',' or ')', got end of text",
		"(,)":                      "expected a value, got ','",
		"{'a' 1}":                  "expected ':' after the key, got '1'",
		"{[]: 1}":                  "a list as a key is not supported",
		"{1, 2}":                   "expected ':' after the key, got ','",
		"'abc":                     "unterminated string",
		"'a\nb'":                   "line end inside a string",
		`'\x4'`:                    "malformed escape sequence",
		`'\ud800'`:                 "U+D800 is not a character",
		"'''a'''":                  "triple-quoted strings are not supported",
		"012":                      "leading zeros in the number '012'",
		"1__0":                     "malformed number '1__0'",
		"9223372036854775808":      "the integer does not fit into 64 bits",
		"-":                        "expected a number, got '-'",
		"__import__('os')":         "unknown name '__import__'",
		"'a' b'c'":                 "cannot mix bytes and nonbytes literals",
		strings.Repeat("[", 10e3):  "too many nested brackets (limit 200)",
		strings.Repeat("(", 10e3):  "too many nested brackets (limit 200)",
		strings.Repeat("{1:", 9e3): "too many nested brackets (limit 200)",
		strings.Repeat(" ", 2<<20): "exceeds the limit of 1048576",
	} {
		_, err := Parse(s)
		if err == nil || !errors.Is(err, nderr.ErrFormat) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got %v, want %s", s, err, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for s, want := range map[string]string{
		"": "''", "a": "'a'", "it's": `"it's"`, `'"`: `'\'"'`, "\\\n\t\r\x00\x7f": `'\\\n\t\r\x00\x7f'`,
		"é\u00a0\u200b😀": `'é\xa0\u200b😀'`, "\xff": `'\udcff'`,
	} {
		if got := Quote(s); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
		if back, err := Parse(Quote(s)); err != nil || back != s {
			t.Errorf("%q: read back as %q, %v", s, back, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"{'descr': [('a', '<i4', (2,))], 'shape': (3,), }", "[1, -2.5e3, 0x1f, b'\\xff', None]", "'\\udcff' \"'\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := Parse(s)
		if text, ok := v.(string); ok && err == nil {
			if back, err := Parse(Quote(text)); err != nil || back != text {
				t.Fatalf("%q reads as %q, %v", Quote(text), back, err)
			}
		}
	})
}

// TestReprIsPythons holds Repr against Python's repr of the same literals.
func TestReprIsPythons(t *testing.T) {
	for _, s := range []string{"None", "[True, False]", "()", "(1,)", "(1, -2)", "{'a': [1.5, 'x'], 2: b'\\xff\"'}", "1e-05", "1e+16",
		"0.0001", "123456789012345.0", "-0.0", "{}", "b\"it's\""} {
		v, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := Repr(v); got != s {
			t.Errorf("got %s, want %s", got, s)
		}
	}
}
