package nd

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// goldenCase is one question that NumPy has answered.
type goldenCase struct {
	Op    string
	In    []goldenArray
	Opts  map[string]any
	Out   []goldenArray
	Error *string
}

// goldenArray is an array with its bytes in C order, in hexadecimal.
type goldenArray struct {
	Descr, Data string
	Shape       []int
}

// array returns a fresh array of the items.
func (g *goldenArray) array(t *testing.T) *Array {
	dt, err := dtype.Parse(g.Descr)
	if err != nil {
		t.Fatal(err)
	}
	b, err := hex.DecodeString(g.Data)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Over(buffer.FromSlice(b), dt, g.Shape, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return a.Copy() // into aligned memory
}

// axis returns the option for the case's axis: none, all (null) or one.
func (c *goldenCase) axis() []Option {
	switch k, ok := c.Opts["axis"]; {
	case !ok:
		return nil
	case k == nil:
		return []Option{AllAxes()}
	default:
		return []Option{Axis(int(k.(float64)))}
	}
}

// readGolden reads the cases of a file that a script in testdata has written.
func readGolden(t *testing.T, name string) (cases []goldenCase) {
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(r).Decode(&cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// littleEndian skips a test on other machines: native dtypes and bytes are part of
// the golden answers.
func littleEndian(t *testing.T) {
	t.Helper()
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		t.Skip("the golden answers are a little-endian machine's")
	}
}

// runGolden runs every case by the function of its operation's name, on its
// inputs as they are and in one other layout, and compares the results by check.
func runGolden(t *testing.T, file string, ops map[string]func(c *goldenCase, in []*Array) []*Array, check func(op string, got *Array, want []byte) bool) {
	littleEndian(t)
	layouts := []string{"F", "reversed", "stepped", "misaligned", "read-only"}
	for i, c := range readGolden(t, file) {
		f := ops[c.Op]
		if f == nil {
			t.Fatalf("no operation %s", c.Op)
		}
		for _, kind := range []string{"C", layouts[i%len(layouts)]} {
			in := make([]*Array, len(c.In))
			shapes := make([][]int, len(c.In))
			for k := range c.In {
				in[k] = c.In[k].array(t)
				shapes[k] = in[k].Shape()
				if kind != "C" {
					in[k] = presentations(in[k])[kind]
				}
			}
			var got []*Array
			err := Try(func() { got = f(&c, in) })
			if c.Error != nil {
				if err == nil || err.(*Error).Msg != *c.Error {
					t.Errorf("case %d: %s %v of %v: error %v, want %q", i, c.Op, c.Opts, shapes, err, *c.Error)
				}
				continue
			}
			if err != nil {
				t.Errorf("case %d: %s %v of %v, %s: %v", i, c.Op, c.Opts, shapes, kind, err)
				continue
			}
			for k := range c.Out {
				want := c.Out[k].array(t)
				if got[k].dtype != want.dtype || !slices.Equal(got[k].lay.Shape, want.lay.Shape) || !check(c.Op, got[k], itemBytes(want)) {
					t.Errorf("case %d: %s %v, %s\nof   %v\ngot  %s %v %s\nwant %s %v %s", i, c.Op, c.Opts, kind, in,
						got[k].dtype, got[k].lay.Shape, got[k], want.dtype, want.lay.Shape, want)
				}
			}
		}
	}
}

func sameBytes(_ string, got *Array, want []byte) bool { return bytes.Equal(itemBytes(got), want) }

func TestSortingGolden(t *testing.T) {
	fields := func(c *goldenCase) []Option {
		opts := c.axis()
		if names, ok := c.Opts["order"]; ok {
			var o []string
			for _, n := range names.([]any) {
				o = append(o, n.(string))
			}
			opts = append(opts, ByFields(o...))
		}
		return opts
	}
	two := func(f func(a, b *Array) *Array) func(*goldenCase, []*Array) []*Array {
		return func(_ *goldenCase, in []*Array) []*Array { return []*Array{f(in[0], in[1])} }
	}
	runGolden(t, "sorting.json.gz", map[string]func(c *goldenCase, in []*Array) []*Array{
		"sort":    func(c *goldenCase, in []*Array) []*Array { return []*Array{Sorted(in[0], fields(c)...)} },
		"argsort": func(c *goldenCase, in []*Array) []*Array { return []*Array{in[0].ArgSort(fields(c)...)} },
		"lexsort": func(c *goldenCase, in []*Array) []*Array { return []*Array{LexSort(in, c.axis()...)} },
		"searchsorted": func(c *goldenCase, in []*Array) []*Array {
			var opts []Option
			if c.Opts["side"] == "right" {
				opts = append(opts, SideIs(Right))
			}
			if len(in) > 2 {
				opts = append(opts, Sorter(in[2]))
			}
			return []*Array{in[0].SearchSorted(in[1], opts...)}
		},
		"unique": func(c *goldenCase, in []*Array) []*Array {
			r := Unique(in[0], append(c.axis(), ReturnIndex(), ReturnInverse(), ReturnCounts(), EqualNaN(c.Opts["equal_nan"].(bool)))...)
			return []*Array{r.Values, r.Index, r.Inverse, r.Counts}
		},
		"union1d":     two(Union1D),
		"intersect1d": two(Intersect1D),
		"setdiff1d":   two(SetDiff1D),
		"setxor1d":    two(SetXor1D),
		"isin":        two(func(a, b *Array) *Array { return IsIn(a, b) }),
		"isin_not":    two(func(a, b *Array) *Array { return IsIn(a, b, Inverted()) }),
		"intersect1d_indices": func(_ *goldenCase, in []*Array) []*Array {
			v, i, j := Intersect1DIndices(in[0], in[1])
			return []*Array{v, i, j}
		},
	}, sameBytes)
}
