package dtype

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/pyliteral"
)

// golden is testdata/golden.json: NumPy's answers, asked by testdata/golden.py.
type golden struct {
	Parse []struct {
		Text, Class, Error                          string
		Align, Literal, Native                      bool
		Str, Repr, Name, TypeStr, Char, Descr, Back string
		Base                                        string
		ItemSize, Alignment                         int
		Fields                                      [][4]any
		Shape                                       []int
	}
	DTypes, Texts   []string
	Cast, Equal     []string
	Promote         [][]int
	Weak            [][]int
	Buffer, Formats [][2]string
	Groups          [][2]json.RawMessage
}

func loadGolden(t *testing.T) golden {
	t.Helper()
	if Native != Little {
		t.Skip("the answers are those of a little-endian machine")
	}
	b, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func (g golden) dtypes(t *testing.T) []DType {
	t.Helper()
	ds := make([]DType, len(g.DTypes))
	for i, s := range g.DTypes {
		d, err := parse(strings.TrimPrefix(s, "!"), s[0] == '!')
		if err != nil {
			t.Fatal(err)
		}
		ds[i] = d
	}
	return ds
}

func TestParseGolden(t *testing.T) {
	for _, c := range loadGolden(t).Parse {
		var d DType
		var err error
		if c.Literal {
			v, e := pyliteral.Parse(c.Text)
			if e != nil {
				t.Errorf("%s: %v", c.Text, e)
				continue
			}
			d, err = FromLiteral(v, c.Align)
		} else {
			d, err = parseText(c.Text, c.Align)
		}
		if c.Class != "" {
			checkParseError(t, c.Text, d, err, c.Class, c.Error)
			continue
		}
		if err != nil {
			t.Errorf("%q align=%v: %v, want %s", c.Text, c.Align, err, c.Repr)
			continue
		}
		for _, p := range []struct{ what, got, want string }{
			{"str", d.String(), c.Str}, {"repr", d.Repr(), c.Repr}, {"name", d.Name(), c.Name},
			{"typestr", d.TypeStr(), c.TypeStr}, {"char", string(rune(d.Char())), c.Char},
		} {
			if p.got != p.want {
				t.Errorf("%q align=%v: %s is %s, want %s", c.Text, c.Align, p.what, p.got, p.want)
			}
		}
		if d.ItemSize() != c.ItemSize || d.Alignment() != c.Alignment || d.IsNative() != (c.Native && d.Native() == d) {
			t.Errorf("%q align=%v: size %d alignment %d native %v, want %d %d %v", c.Text, c.Align,
				d.ItemSize(), d.Alignment(), d.IsNative(), c.ItemSize, c.Alignment, c.Native)
		}
		if d.NumField() != len(c.Fields) {
			t.Errorf("%q: %d fields, want %d", c.Text, d.NumField(), len(c.Fields))
			continue
		}
		for i, want := range c.Fields {
			f := d.FieldAt(i)
			title, _ := want[1].(string)
			if f.Name != want[0] || f.Title != title || f.DType.Repr() != want[2] || float64(f.Offset) != want[3] {
				t.Errorf("%q: field %d is %v, want %v", c.Text, i, f, want)
			}
			if byName, ok := d.Field(f.Name); !ok || byName != f {
				t.Errorf("%q: no field by name %s", c.Text, f.Name)
			}
		}
		if c.Base != "" && (d.Base().Repr() != c.Base || ShapeText(d.SubShape()) != ShapeText(c.Shape)) {
			t.Errorf("%q: sub-array of %v %v, want %s %v", c.Text, d.Base(), d.SubShape(), c.Base, c.Shape)
		}
		checkDescr(t, d, c.Descr, c.Back)
	}
}

func checkParseError(t *testing.T, text string, d DType, err error, class, msg string) {
	t.Helper()
	if err == nil {
		t.Errorf("%q: got %v, want the %s %s", text, d.Repr(), class, msg)
		return
	}
	if class == "*" {
		return
	}
	kind := map[string]error{"ValueError": nderr.ErrValue, "TypeError": nderr.ErrDType}[class]
	var e *nderr.Error
	if !errors.As(err, &e) || e.Msg != msg || !errors.Is(err, kind) {
		t.Errorf("%q: error %v, want the %s %s", text, err, class, msg)
	}
}

// checkDescr holds the array-interface list and the way back against
// numpy.lib.format's. A sub-array is left out: an array never has it as dtype.
func checkDescr(t *testing.T, d DType, descr, back string) {
	t.Helper()
	if d.IsSubArray() {
		return
	}
	got, err := d.TryDescr()
	if descr == "" {
		if err == nil {
			t.Errorf("%v: descr %s, want an error", d, got)
		}
		return
	}
	if err != nil || got != descr {
		t.Errorf("%v: descr %s (%v), want %s", d, got, err, descr)
		return
	}
	if back == "" {
		return
	}
	b, err := ParseDescr(got)
	if err != nil || b.Repr() != back {
		t.Errorf("%v: back from descr %s: %s (%v), want %s", d, got, b.Repr(), err, back)
	}
}

func TestCanCastGolden(t *testing.T) {
	g := loadGolden(t)
	ds := g.dtypes(t)
	for i, a := range ds {
		for j, b := range ds {
			if a.IsSubArray() && b == Void(0) {
				continue // NumPy contradicts itself here: the swapped base casts better than the native one
			}
			level, ok := castLevel(a, b)
			if !ok {
				level = 5
			}
			if want := Casting(g.Cast[i][j] - '0'); level != want {
				t.Errorf("%v to %v: %v, want %v", a, b, level, want)
			}
			for c := No; c <= Unsafe; c++ {
				if CanCast(a, b, c) != (level <= c) {
					t.Errorf("CanCast(%v, %v, %v) is %v", a, b, c, !(level <= c))
				}
			}
			if a.Equal(b) != (g.Equal[i][j] == '1') && !(i == j) {
				t.Errorf("%v == %v is %v", a, b, a.Equal(b))
			}
			if a == b && !a.Equal(b) {
				t.Errorf("%v is not equal to itself", a)
			}
		}
	}
}

func TestPromoteGolden(t *testing.T) {
	g := loadGolden(t)
	ds := g.dtypes(t)
	for i, a := range ds {
		for j, b := range ds {
			want := g.Texts[g.Promote[i][j]]
			got, err := Promote(a, b)
			if msg, bad := strings.CutPrefix(want, "!"); bad {
				var e *nderr.Error
				if !errors.As(err, &e) || e.Msg != msg || e.Err != nderr.ErrPromotion {
					t.Errorf("%v with %v: %v %v, want the error %s", a, b, got, err, msg)
				}
			} else if err != nil || got.Repr() != want {
				t.Errorf("%v with %v: %v %v, want %s", a, b, got.Repr(), err, want)
			}
		}
	}
}

func TestPromoteWeakGolden(t *testing.T) {
	g := loadGolden(t)
	for i, d := range g.dtypes(t) {
		for j, text := range g.Weak[i] {
			want := g.Texts[text]
			got := PromoteWeak(WeakBool+Weak(j), d)
			if want == "!" {
				if got.IsValid() {
					t.Errorf("weak %d with %v: %v, want none", j, d, got)
				}
			} else if got.Repr() != want {
				t.Errorf("weak %d with %v: %v, want %s", j, d, got.Repr(), want)
			}
		}
	}
}

func TestResultTypeGolden(t *testing.T) {
	for _, g := range loadGolden(t).Groups {
		var codes []string
		var want string
		if json.Unmarshal(g[0], &codes) != nil || json.Unmarshal(g[1], &want) != nil {
			t.Fatalf("bad group %s", g)
		}
		var ds []DType
		for _, c := range codes {
			d, err := Parse(c)
			if err != nil {
				t.Fatal(err)
			}
			ds = append(ds, d)
		}
		if got, err := ResultType(NotWeak, ds...); err != nil || got.String() != want {
			t.Errorf("%v: %v (%v), want %s", codes, got, err, want)
		}
	}
}
