package printing

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
	"unsafe"

	"math"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/operand"
)

// The cases that testdata/golden.py makes; its docstring has the format.
type goldenCase struct {
	NumPy string

	N, X, R string
	W       int
	A       struct {
		Precision  *int
		Unique     *bool
		Trim       string
		Sign       bool
		PadLeft    *int `json:"pad_left"`
		PadRight   *int `json:"pad_right"`
		MinDigits  *int `json:"min_digits"`
		ExpDigits  *int `json:"exp_digits"`
		Fractional *bool
	}

	D    json.RawMessage
	S    []int
	B    []byte
	G    int
	O    goldenOptions
	Str  *string
	Repr string
	Item []string
	Sep  []string
	A2S  string
}

type goldenOptions struct {
	Precision, Threshold, EdgeItems, LineWidth *int
	Suppress                                   bool
	NanStr, InfStr, Sign, FloatMode            *string
}

func (g *goldenOptions) options() Options {
	o := Default()
	number := func(dst *int, v *int) {
		if v != nil {
			*dst = *v
		}
	}
	text := func(dst *string, v *string) {
		if v != nil {
			*dst = *v
		}
	}
	number(&o.Precision, g.Precision)
	number(&o.Threshold, g.Threshold)
	number(&o.EdgeItems, g.EdgeItems)
	number(&o.LineWidth, g.LineWidth)
	text(&o.NanStr, g.NanStr)
	text(&o.InfStr, g.InfStr)
	text(&o.FloatMode, g.FloatMode)
	o.Suppress = g.Suppress
	if g.Sign != nil {
		o.Sign = (*g.Sign)[0]
	}
	return o
}

func goldenDType(t *testing.T, text json.RawMessage) dtype.DType {
	t.Helper()
	var plain string
	if json.Unmarshal(text, &plain) == nil {
		d, err := dtype.Parse(plain)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	var record struct {
		F [][]json.RawMessage
		N int
		A bool
	}
	if err := json.Unmarshal(text, &record); err != nil {
		t.Fatal(err)
	}
	var fields []dtype.Field
	for _, f := range record.F {
		field := dtype.Field{DType: goldenDType(t, f[1])}
		var shape []int
		for _, err := range []error{json.Unmarshal(f[0], &field.Name), json.Unmarshal(f[2], &field.Offset), json.Unmarshal(f[3], &shape)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if len(shape) > 0 {
			sub, err := dtype.SubArray(field.DType, shape...)
			if err != nil {
				t.Fatal(err)
			}
			field.DType = sub
		}
		fields = append(fields, field)
	}
	d, err := dtype.Struct(fields, dtype.StructOptions{Offsets: true, ItemSize: record.N, Align: record.A})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// place lays C-ordered items out in one of several ways: as they are, reversed,
// in Fortran order, or with gaps, always one byte off alignment.
func place(data []byte, d dtype.DType, shape []int, way int) operand.Operand {
	item := d.ItemSize()
	o := operand.Operand{DType: d, Shape: shape}
	n := layout.Size(shape)
	block := make([]byte, 3*n*item+16)
	start := 1
	switch way % 4 {
	case 0:
		o.Strides = layout.CStrides(shape, item)
	case 1:
		o.Strides = layout.FStrides(shape, item)
	case 2:
		o.Strides = layout.CStrides(shape, 3*item)
	case 3:
		o.Strides = layout.CStrides(shape, item)
		for k, s := range o.Strides {
			start += max(shape[k]-1, 0) * s
			o.Strides[k] = -s
		}
	}
	o.Ptr = unsafe.Pointer(&block[start])
	index := make([]int, len(shape))
	for i := range n {
		at := start
		for k, j := range index {
			at += j * o.Strides[k]
		}
		copy(block[at:at+item], data[i*item:])
		for k := len(shape) - 1; k >= 0; k-- {
			if index[k]++; index[k] < shape[k] {
				break
			}
			index[k] = 0
		}
	}
	return o
}

func (c *goldenCase) check(t *testing.T, i int) {
	t.Helper()
	same := func(what, got string, err error, want string) {
		t.Helper()
		if err != nil {
			t.Errorf("case %d, %s: %v", i, what, err)
		} else if got != want {
			t.Errorf("case %d, %s of %s %v %+v\ngot  %q\nwant %q", i, what, c.D, c.S, c.O.options(), got, want)
		}
	}
	if c.N != "" {
		c.checkNumber(t, i)
		return
	}
	d := goldenDType(t, c.D)
	if c.G > 0 {
		c.B = ranged(d, layout.Size(c.S), c.G)
	}
	a := place(c.B, d, c.S, i)
	o := c.O.options()
	got, err := Repr(a, &o)
	if dtype.Native == dtype.Little { // the text names byte orders other than the maker's
		same("repr", got, err, c.Repr)
	}
	if c.Str != nil {
		got, err = Str(a, &o)
		same("str", got, err, *c.Str)
	}
	if c.Item != nil {
		got, err = ScalarStr(a, &o)
		same("scalar str", got, err, c.Item[0])
		got, err = ScalarRepr(a, &o)
		same("scalar repr", got, err, c.Item[1])
	}
	if c.Sep != nil {
		o.Separator, o.Prefix, o.Suffix = c.Sep[0], c.Sep[1], c.Sep[2]
		got, err = Array2String(a, &o)
		same("array2string", got, err, c.A2S)
	}
}

// ranged returns 0, 1, …, period-1, 0, … as items of d, native numbers.
func ranged(d dtype.DType, n, period int) []byte {
	var b bytes.Buffer
	for i := range n {
		v := i % period
		switch d.Kind() {
		case dtype.KindFloat64:
			b.Write(le(uint64(math.Float64bits(float64(v))), 8))
		case dtype.KindComplex128:
			b.Write(le(uint64(math.Float64bits(float64(v))), 8))
			b.Write(make([]byte, 8))
		case dtype.KindFloat32:
			b.Write(le(uint64(math.Float32bits(float32(v))), 4))
		default:
			b.Write(le(uint64(v), d.ItemSize()))
		}
	}
	return b.Bytes()
}

// le returns the low n bytes of v, little-endian, the order of the cases' dtypes.
func le(v uint64, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(v >> (8 * i))
	}
	return b
}

func (c *goldenCase) checkNumber(t *testing.T, i int) {
	t.Helper()
	word, err := strconv.ParseUint(c.X, 16, 64)
	if err != nil {
		t.Fatal(err)
	}
	x := math.Float64frombits(word)
	switch c.W {
	case 16:
		x = float16.FromBits(uint16(word)).Float64()
	case 32:
		x = float64(math.Float32frombits(uint32(word)))
	}
	f := Shortest
	for _, p := range []struct{ dst, v *int }{{&f.Precision, c.A.Precision}, {&f.MinDigits, c.A.MinDigits}, {&f.PadLeft, c.A.PadLeft}, {&f.PadRight, c.A.PadRight}, {&f.ExpDigits, c.A.ExpDigits}} {
		if p.v != nil {
			*p.dst = *p.v
		}
	}
	f.Unique = c.A.Unique == nil
	f.Sign = c.A.Sign
	if c.A.Trim != "" {
		f.Trim = Trim(c.A.Trim[0])
	}
	f.Significant = c.A.Fractional != nil
	if err := f.Check(); err != nil {
		t.Fatalf("case %d: %v", i, err)
	}
	write := AppendPositional
	if c.N == "s" {
		write = AppendScientific
	}
	if got := string(write(nil, x, c.W, &f)); got != c.R {
		t.Errorf("case %d: %s of %v (%d bits) %+v\ngot  %q\nwant %q", i, c.N, x, c.W, f, got, c.R)
	}
}

func checkCases(t *testing.T, r io.Reader) (n int) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c goldenCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.NumPy != "" {
			t.Logf("NumPy %s", c.NumPy)
			continue
		}
		c.check(t, n)
		n++
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestGolden(t *testing.T) {
	f, err := os.Open("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n := checkCases(t, f); n < 2400 { // half as many numbers as arrays
		t.Errorf("only %d cases", n)
	}
}

// TestLive holds fresh random arrays against the NumPy of the interpreter that
// ND_NUMPY names. ND_SEED repeats a run.
func TestLive(t *testing.T) {
	python := os.Getenv("ND_NUMPY")
	if python == "" {
		t.Skip("ND_NUMPY names no python interpreter")
	}
	seed := os.Getenv("ND_SEED")
	if seed == "" {
		seed = strconv.FormatInt(time.Now().UnixNano()%1e9, 10)
	}
	count := os.Getenv("ND_COUNT")
	if count == "" {
		count = "1500"
	}
	t.Logf("ND_SEED=%s", seed)
	out, err := exec.Command(python, "testdata/golden.py", "--live", seed, count).Output()
	if err != nil {
		t.Fatal(err)
	}
	checkCases(t, bytes.NewReader(out))
}
