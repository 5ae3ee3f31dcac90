package nd

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// The arrays that the expressions below speak of; views.py makes the same.
var viewBases = map[string]*Array{
	"a": viewBase("<i8", Arange(24), 2, 3, 4),
	"v": viewBase("<i8", Arange(3), 3),
	"s": viewBase("<i8", Scalar(int64(5))),
	"m": viewBase(">i4", Arange(12), 3, 4),
	"o": viewBase("<i2", Arange(6), 1, 2, 1, 3, 1),
	"z": viewBase("<c16", Of([]complex128{0 + 5i, 1 + 4i, 2 + 3i, 3 + 2i, 4 + 1i, 5}), 2, 3),
	"t": viewRecords("[('name', 'S3'), ('age', '<i4'), ('w', '<f4', (2,))]", "w", Of([]float32{2, 3, 5, 6}).Reshape(2, 2)),
	"g": viewRecords("{'names': ['name', 'age', 'w'], 'formats': ['S3', '<i4', '<f8'], 'offsets': [0, 4, 8], 'itemsize': 16, 'aligned': True}", "w", Of([]float64{2, 5})),
}

func typed(s string) dtype.DType {
	dt, err := dtype.Parse(s)
	must("Parse", err)
	return dt
}

func viewBase(dt string, values *Array, shape ...int) *Array {
	a := Zeros(typed(dt), shape...)
	copyInto("test", a, values.Reshape(shape...))
	return a
}

func viewRecords(dt, last string, values *Array) *Array {
	a := Zeros(typed(dt), 2)
	copyInto("test", a.Field("name"), Of([]string{"ab", "cde"}))
	copyInto("test", a.Field("age"), Of([]int32{1, 4}))
	copyInto("test", a.Field(last), values)
	return a
}

// viewAnswer describes a result as views.py does.
func viewAnswer(r, base *Array) string {
	off := "-"
	shares := r.SharesMemory(base)
	if shares {
		off = fmt.Sprint(int(r.DataPtr()) - int(base.DataPtr()))
	}
	flags := []byte("-----")
	for k, f := range []Flags{CContiguous, FContiguous, OwnData, Writeable, Aligned} {
		if r.flags.Has(f) {
			flags[k] = "CFOWA"[k]
		}
	}
	self := ""
	if r == base {
		self = "self "
	}
	name := r.dtype.TypeStr()
	if r.dtype.IsStruct() {
		name = r.dtype.String()
	}
	tuple := func(s []int) string { return strings.ReplaceAll(shapeText(s), " ", "") }
	return fmt.Sprintf("%s %s %s off=%s %s %s%08x", tuple(r.lay.Shape), tuple(r.lay.Strides),
		name, off, flags, self, crc32.ChecksumIEEE(itemBytes(r)))
}

// itemBytes returns the bytes of the items in C order, gathered one by one, of
// records field by field.
func itemBytes(r *Array) []byte {
	var out []byte
	for _, name := range r.dtype.Names() {
		out = append(out, itemBytes(r.Field(name))...)
	}
	if r.dtype.IsStruct() {
		return out
	}
	var rec func(k, at int)
	rec = func(k, at int) {
		if k == r.NDim() {
			out = append(out, r.buf.UnsafeBytes()[at:at+r.ItemSize()]...)
			return
		}
		for i := range r.lay.Shape[k] {
			rec(k+1, at+i*r.lay.Strides[k])
		}
	}
	rec(0, r.lay.Offset)
	return out
}

// pythonClass is the Python class of an error, as the calculator will name it.
func pythonClass(err error) string {
	for _, c := range []struct {
		kind error
		name string
	}{
		{ErrAxis, "AxisError"}, {ErrIndex, "IndexError"}, {ErrType, "TypeError"},
		{ErrDType, "TypeError"}, {ErrZeroDivision, "ZeroDivisionError"}, {ErrTooHard, "TooHardError"},
		{ErrShape, "ValueError"}, {ErrValue, "ValueError"}, {ErrReadOnly, "ValueError"}, {ErrNotFound, "KeyError"},
	} {
		if errors.Is(err, c.kind) {
			return c.name
		}
	}
	return "?"
}

func goldenViews(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/views.golden")
	if err != nil {
		t.Fatal(err)
	}
	golden := map[string]string{}
	for line := range strings.Lines(string(text)) {
		expr, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		golden[expr] = want
	}
	return golden
}

// view is the NumPy expression, and the same in Go.
type view struct {
	expr string
	run  func() any // *Array or []*Array
}

// TestViews holds every view operation against NumPy: shape, strides, dtype,
// place in the block, flags (is it a view? read-only?), bytes and errors.
func TestViews(t *testing.T) {
	golden := goldenViews(t)
	a, v, s, m := viewBases["a"], viewBases["v"], viewBases["s"], viewBases["m"]
	o, z, rec, g := viewBases["o"], viewBases["z"], viewBases["t"], viewBases["g"]
	for _, c := range viewCases(a, v, s, m, o, z, rec, g) {
		want, ok := golden[c.expr]
		if !ok {
			t.Errorf("%s: no golden answer; run testdata/views.py", c.expr)
			continue
		}
		var got string
		err := Try(func() {
			r := c.run()
			list, ok := r.([]*Array)
			if !ok {
				list = []*Array{r.(*Array)}
			}
			base := viewBases[baseName(c.expr)]
			for k, x := range list {
				if k > 0 {
					got += "; "
				}
				got += viewAnswer(x, base)
				if b := x.Base(); b != nil && b.Base() != nil {
					t.Errorf("%s: the base is a view", c.expr)
				}
				if x.SharesMemory(base) && x != base && x.Base() != base {
					t.Errorf("%s: shares memory, but Base is not the owner", c.expr)
				}
			}
		})
		if e := (*Error)(nil); errors.As(err, &e) {
			got = "!" + pythonClass(e) + " " + e.Msg
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", c.expr, got, want)
		}
	}
}

// baseName returns the base array that an expression starts from.
func baseName(expr string) string {
	word := ""
	for _, r := range expr + " " {
		if r == '_' || r == '.' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			word += string(r)
			continue
		}
		head, _, _ := strings.Cut(word, ".")
		if viewBases[head] != nil && !strings.HasSuffix(head, "'") {
			return head
		}
		word = ""
	}
	return ""
}
