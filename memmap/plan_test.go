package memmap

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

func dtypeOf(t testing.TB, s string) dtype.DType {
	t.Helper()
	if s == "i1,<f4" {
		dt, err := dtype.Struct([]dtype.Field{{DType: dtype.Int8}, {DType: dtype.Float32.NewByteOrder(dtype.Little)}})
		if err != nil {
			t.Fatal(err)
		}
		return dt
	}
	dt, err := dtype.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return dt
}

// goldenRow is one combination and NumPy's answer; see testdata/golden.py.
type goldenRow struct {
	mode   Mode
	offset int64
	shape  []int
	dtype  string
	length int
	order  string
	answer []any
}

func (g *goldenRow) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&g.mode, &g.offset, &g.shape, &g.dtype, &g.length, &g.order, &g.answer})
}

// sentinels maps Python's classes to ours.
var sentinels = map[string]error{"ValueError": nd.ErrValue, "OverflowError": nd.ErrOverflow}

// Rows M1 to M16: every combination of arguments answers as NumPy does, and what
// is refused leaves the file alone (B4).
func TestArgumentsAgainstNumPy(t *testing.T) {
	if buffer.Granularity() != 4096 {
		t.Skip("the golden answers are for pages of 4096 bytes")
	}
	data, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct{ Rows []goldenRow }
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	if len(golden.Rows) < 3000 {
		t.Fatalf("%d rows", len(golden.Rows))
	}
	path := filepath.Join(quickDir(t), "x.dat")
	for _, g := range golden.Rows {
		name := fmt.Sprintf("%s offset %d shape %v %s length %d %s", g.mode, g.offset, g.shape, g.dtype, g.length, g.order)
		write(t, path, g.length)
		a, err := OpenWith(path, Options{Mode: g.mode, DType: dtypeOf(t, g.dtype), Offset: g.offset, Shape: g.shape, Order: nd.Order(g.order[0])})
		if len(g.shape) == 1 && g.shape[0] == -1 && len(g.answer) > 2 {
			// NumPy reads (-1,) as "what the map happens to hold", which after
			// growing is a page's remainder or one byte. We refuse it.
			g.answer = []any{"ValueError", "negative dimensions are not allowed"}
		}
		if len(g.answer) == 2 {
			class, msg := g.answer[0].(string), g.answer[1].(string)
			var e *nd.Error
			if !errors.As(err, &e) || e.Msg != msg || !errors.Is(err, sentinels[class]) {
				t.Errorf("%s: %v, want %s: %s", name, err, class, msg)
			}
			if now, err := os.ReadFile(path); err != nil || len(now) != g.length {
				t.Errorf("%s: refused, but the file has %d bytes", name, len(now))
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		info, _ := Info(a)
		raw := a.Buffer().UnsafeBytes()
		got := []any{ints(a.Shape()), ints(a.Strides()), info.Mode.String(), a.Writeable(), a.Aligned(), hex.EncodeToString(raw[:min(16, len(raw))])}
		if err := Close(a); err != nil {
			t.Errorf("%s: close: %v", name, err)
		}
		st, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, float64(st.Size()))
		if a.Size() == 0 {
			got[5] = g.answer[5] // no bytes: "" on both sides, or the pad byte
		}
		if runtime.GOARCH != "amd64" {
			got[4] = g.answer[4] // alignments are amd64's
		}
		if !reflect.DeepEqual(got, g.answer) {
			t.Errorf("%s:\ngot  %v\nwant %v", name, got, g.answer)
		}
	}
}

// ints returns v as encoding/json decodes a list.
func ints(v []int) []any {
	out := []any{}
	for _, x := range v {
		out = append(out, float64(x))
	}
	return out
}

// quickDir returns a directory of files that need no disk, if there is such a
// place: for tests that flush thousands of times.
func quickDir(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "nd-test")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
