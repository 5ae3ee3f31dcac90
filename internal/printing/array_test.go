package printing

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

// of returns an operand over the items, of the shape (one axis when not given).
func of[T any](t testing.TB, items []T, shape ...int) operand.Operand {
	t.Helper()
	d, err := dtype.Of[T]()
	if err != nil {
		t.Fatal(err)
	}
	if shape == nil {
		shape = []int{len(items)}
	}
	o := operand.Operand{Ptr: unsafe.Pointer(unsafe.SliceData(items)), DType: d, Shape: shape}
	o.Strides = layout.CStrides(o.Shape, d.ItemSize())
	return o
}

func repr(t *testing.T, a operand.Operand, change ...func(o *Options)) string {
	t.Helper()
	o := Default()
	for _, f := range change {
		f(&o)
	}
	s, err := Repr(a, &o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func arange(n int) []int64 {
	a := make([]int64, n)
	for i := range a {
		a[i] = int64(i)
	}
	return a
}

// The golden lines of the specification.
func TestGoldenLines(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	f := func(x ...float64) operand.Operand { return of(t, x) }
	big := make([]byte, 8)
	binary.BigEndian.PutUint32(big, 1)
	binary.BigEndian.PutUint32(big[4:], 2)
	swapped := of(t, big, 2)
	swapped.DType, swapped.Strides = dtype.Int32.NewByteOrder(dtype.Big), []int{4}
	tests := []struct {
		a    operand.Operand
		want string
	}{
		{f(1.5, nan, inf), `array([1.5, nan, inf])`},
		{f(1.5, nan, -inf), `array([ 1.5,  nan, -inf])`},
		{f(nan, 1), `array([nan,  1.])`},
		{f(1e-5, 1), `array([1.e-05, 1.e+00])`},
		{f(1, 1000), `array([   1., 1000.])`},
		{f(1, 1001), `array([1.000e+00, 1.001e+03])`},
		{f(99999999), `array([99999999.])`},
		{f(1e8), `array([1.e+08])`},
		{of(t, []float32{1e6}), `array([1.e+06], dtype=float32)`},
		{f(1./3, 1e100), `array([3.33333333e-001, 1.00000000e+100])`},
		{f(0.1, 0.25), `array([0.1 , 0.25])`},
		{f(math.Copysign(0, -1), 0), `array([-0.,  0.])`},
		{f(0.30000000000000004), `array([0.3])`},
		{f(123456.789), `array([123456.789])`},
		{f(123456.789, 0.001), `array([1.23456789e+05, 1.00000000e-03])`},
		{of(t, []float32{0.1, 0.2, 1. / 3}), `array([0.1       , 0.2       , 0.33333334], dtype=float32)`},
		{of(t, []complex64{1./3 + 2i}), `array([0.33333334+2.j], dtype=complex64)`},
		{of(t, []bool{true, false}), `array([ True, False])`},
		{of(t, arange(1001)), `array([   0,    1,    2, ...,  998,  999, 1000], shape=(1001,))`},
		{swapped, `array([1, 2], dtype='>i4')`},
		{f(), `array([], dtype=float64)`},
		{of(t, []float64{}, 0, 3), `array([], shape=(0, 3), dtype=float64)`},
		{of(t, []float64{}, 1, 0), `array([], shape=(1, 0), dtype=float64)`},
		{of(t, []int16{3}, []int{}...), `array(3, dtype=int16)`},
		{of(t, arange(30)), "array([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16,\n       17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])"},
		{of(t, arange(8), 2, 2, 2), "array([[[0, 1],\n        [2, 3]],\n\n       [[4, 5],\n        [6, 7]]])"},
	}
	for _, tt := range tests {
		if dtype.Native == dtype.Big && tt.a.DType == swapped.DType {
			continue
		}
		if got := repr(t, tt.a); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

func TestClassName(t *testing.T) {
	a := of(t, make([]float32, 12), 3, 4)
	want := "memmap([[0., 0., 0., 0.],\n        [0., 0., 0., 0.],\n        [0., 0., 0., 0.]], dtype=float32)"
	if got := repr(t, a, func(o *Options) { o.ClassName = "memmap" }); got != want {
		t.Errorf("got %s", got)
	}
}

// A summary reads and allocates for what it prints: here every item is the same
// eight bytes, 2^42 of them.
func TestSummaryCost(t *testing.T) {
	x := 1.5
	a := operand.Operand{Ptr: unsafe.Pointer(&x), DType: dtype.Float64, Shape: []int{1 << 21, 1 << 21}, Strides: []int{0, 0}}
	row := "[1.5, 1.5, 1.5, ..., 1.5, 1.5, 1.5]"
	rows := row + ",\n       " + row + ",\n       " + row
	want := "array([" + rows + ",\n       ...,\n       " + rows + "], shape=(2097152, 2097152))"
	if got := repr(t, a); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if n := testing.AllocsPerRun(10, func() { repr(t, a) }); n > 200 {
		t.Errorf("%v allocations for 36 items", n)
	}
}

func TestFormatter(t *testing.T) {
	hex := map[string]func(any) string{"int": func(x any) string { return "0x" + strconv.FormatInt(x.(int64), 16) }}
	lines := map[string]func(any) string{"int_kind": func(any) string { return "a\nb\nc" }}
	all := map[string]func(any) string{"all": func(any) string { return "?" }, "float_kind": func(x any) string { return "<" + strconv.FormatFloat(x.(float64), 'g', -1, 64) + ">" }}
	tests := []struct {
		a    operand.Operand
		f    map[string]func(any) string
		sep  string
		want string
	}{
		{of(t, []int64{1, 20, 3}), hex, " ", "[0x1 0x14 0x3]"},
		{of(t, []int64{1, 2, 3}), lines, "|", "[a\n b\n c|a\n   b\n   c|a\n     b\n     c]"},
		{of(t, []float64{1.5, 2}), all, " ", "[<1.5> <2>]"},
		{of(t, []bool{true, false}), all, ",", "[?,?]"},
		{of(t, []float64{1.5, 2}), hex, " ", "[1.5 2. ]"},
	}
	for _, tt := range tests {
		o := Default()
		o.Formatter, o.Separator = tt.f, tt.sep
		if got, err := Array2String(tt.a, &o); err != nil || got != tt.want {
			t.Errorf("got %q, %v, want %q", got, err, tt.want)
		}
	}
}

func TestVerb(t *testing.T) {
	o := Default()
	half := of(t, []uint16{0x3800})
	half.DType = dtype.Float16
	for _, tt := range []struct {
		a          operand.Operand
		verb, want string
	}{
		{of(t, []float64{1, -20.5, math.NaN()}), "%.3f", "[  1.000 -20.500     NaN]"},
		{of(t, []float64{1.25}, []int{}...), "%.3f", "1.250"},
		{half, "%5.2f", "[ 0.50]"},
		{of(t, []uint8{10, 255}, 2, 1), "%#x", "[[ 0xa]\n [0xff]]"},
	} {
		if got, err := StrVerb(tt.a, &o, tt.verb); err != nil || got != tt.want {
			t.Errorf("%s: got %q, %v, want %q", tt.verb, got, err, tt.want)
		}
	}
}

func TestOptionErrors(t *testing.T) {
	a := of(t, []float64{1})
	for _, tt := range []struct {
		change func(o *Options)
		want   string
	}{
		{func(o *Options) { o.FloatMode = "x" }, `floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal"`},
		{func(o *Options) { o.Sign = 'x' }, "sign option must be one of ' ', '+', or '-'"},
		{func(o *Options) { o.Precision = -2 }, "precision must be >= 0"},
	} {
		o := Default()
		tt.change(&o)
		_, err := Repr(a, &o)
		var e *nderr.Error
		if !errors.As(err, &e) || e.Msg != tt.want || !errors.Is(err, nderr.ErrValue) {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}
