package dtype

import (
	"errors"
	"strings"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

func TestBufferFormatGolden(t *testing.T) {
	for _, c := range loadGolden(t).Buffer {
		d, err := parse(strings.TrimPrefix(c[0], "!"), c[0][0] == '!')
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.BufferFormat()
		if msg, bad := strings.CutPrefix(c[1], "!"); bad {
			var e *nderr.Error
			if !errors.As(err, &e) || e.Msg != msg {
				t.Errorf("%s: %s %v, want the error %s", c[0], got, err, msg)
			}
		} else if err != nil || got != c[1] {
			t.Errorf("%s: %s (%v), want %s", c[0], got, err, c[1])
		}
	}
}

func TestFromFormatGolden(t *testing.T) {
	for _, c := range loadGolden(t).Formats {
		got, err := FromFormat(c[0])
		if msg, bad := strings.CutPrefix(c[1], "!"); bad {
			var e *nderr.Error
			if !errors.As(err, &e) || e.Msg != msg {
				t.Errorf("%s: %v %v, want the error %s", c[0], got, err, msg)
			}
		} else if err != nil || got.Repr() != c[1] {
			t.Errorf("%s: %s (%v), want %s", c[0], got.Repr(), err, c[1])
		}
	}
}

// TestFormatSpellsOut takes layouts that NumPy's own text does not describe.
func TestFormatSpellsOut(t *testing.T) {
	o := Native.String()
	for _, c := range []struct{ dtype, want string }{
		{"{'names':['x'],'formats':['=i4'],'offsets':[4],'itemsize':12}", "T{xxxx=i:x:xxxx}"},
		{"[('a','S2'),('b',[('c','S2'),('d','=i4')])]", "T{2s:a:T{2s:c:=i:d:}:b:}"},
		{"{'names':['x'],'formats':['=i4'],'itemsize':104}", "T{=i:x:100x}"},
	} {
		d := mustParse(t, c.dtype)
		got, err := d.BufferFormat()
		if err != nil || got != c.want {
			t.Errorf("%s: %s (%v), want %s", c.dtype, got, err, c.want)
		}
		if back, err := FromFormat(got); err != nil || !back.Equal(d) {
			t.Errorf("%s reads back as %v (%v) of order %s", got, back, err, o)
		}
	}
}

func TestFromFormatErrors(t *testing.T) {
	for s, want := range map[string]string{
		"T{h": "'T{' without its '}'", "h}": "'}' without its 'T{'", "(2": "'(' without its ')'", "h:a": "without its second ':'", "4": "Unknown PEP 3118 data type specifier ''",
		"Z": "Unknown", "=n": "Unknown", "O": "Python objects", "g": "long double", "99999999999999999999d": "too large", "3000000000s": "too large",
		"2000000000d": "C int", "2000000000w": "Unknown", strings.Repeat("T{", 10000): "too many nested structures",
		strings.Repeat("b", 2<<20): "exceeds the limit", "é": "Unknown PEP 3118 data type specifier 'é'",
	} {
		if d, err := FromFormat(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20s: %v %v, want %s", s, d, err, want)
		}
	}
	for s, want := range map[string]DType{"n": Int64, "NP": {}, " h ": Int16} {
		d, err := FromFormat(s)
		if err != nil || want.IsValid() && d != want {
			t.Errorf("%q: %v %v", s, d, err)
		}
	}
}

// FuzzFromFormat: no panic, and what is read can be written and read again,
// unless its fields overlap.
func FuzzFromFormat(f *testing.F) {
	for _, s := range []string{"=hdd", "T{b:a:xxxxxxxd:b:}", "(2,3)2d", "3T{bi}<Zf:c:", "10s:n:3w", "2T{=i@b}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := FromFormat(s)
		if err != nil {
			return
		}
		text, err := d.BufferFormat()
		if err != nil {
			t.Fatalf("%q: %v has no format: %v", s, d, err)
		}
		back, err := FromFormat(text)
		if err != nil || !back.Equal(d) && d.Base().IsStruct() {
			t.Fatalf("%q: %v is written %s and read %v (%v)", s, d, text, back, err)
		}
	})
}
