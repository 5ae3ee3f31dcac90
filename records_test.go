package nd

import (
	"math"
	"slices"
	"testing"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// The seeds' five packed records of id, sin, cos.
func capture(t testing.TB) *Array {
	t.Helper()
	dt := mustParse(t, "{'names': ['id', 'sin', 'cos'], 'formats': ['h', 'd', 'd']}")
	g := growing(t, dt, buffer.GrowOptions{})
	x := Arange(5).Multiply(0.1)
	sin, cos := x.Sin(), x.Cos() // correctly rounded here, as the C library's are
	rows := Zeros(dt, 5)
	rows.Field("id").Assign(Arange(5))
	rows.Field("sin").Assign(sin)
	rows.Field("cos").Assign(cos)
	ok(t, g.Append(rows))
	return g.View()
}

func TestS10PrintedForms(t *testing.T) {
	a := Of([]float64{1, 20, 3, 4})
	if a.String() != "[ 1. 20.  3.  4.]" || a.Repr() != "array([ 1., 20.,  3.,  4.])" {
		t.Error(a.String(), a.Repr())
	}
}

func TestS13SinCosReshaped(t *testing.T) {
	g := growing(t, dtype.Float64, buffer.GrowOptions{})
	for i := range 5 {
		x := 0.1 * float64(i)
		ok(t, g.AppendItems(math.Sin(x), math.Cos(x)))
	}
	na := g.View().Reshape(-1, 2)
	want := "[[0.         1.        ]\n [0.09983342 0.99500417]\n [0.19866933 0.98006658]\n [0.29552021 0.95533649]\n [0.38941834 0.92106099]]"
	if got := na.String(); got != want || !na.SharesMemory(g.View()) {
		t.Error(got)
	}
}

func TestS22FromBufferErrors(t *testing.T) {
	b := buffer.FromSlice(make([]byte, 10))
	for _, c := range []struct {
		dt            dtype.DType
		count, offset int
		n             int
		msg           string // NumPy's, or empty
	}{
		{dtype.Float64, -1, 0, 0, "buffer size must be a multiple of element size"},
		{dtype.Int16, -1, 0, 5, ""},
		{dtype.Int16, -1, -1, 0, "offset must be non-negative and no greater than buffer length (10)"},
		{dtype.Int16, -1, 11, 0, "offset must be non-negative and no greater than buffer length (10)"},
		{dtype.Int16, 6, 0, 0, "buffer is smaller than requested size"},
		{dtype.Int16, 4, 2, 4, ""},
		{dtype.Int16, 0, 0, 0, ""},
		{dtype.Int16, -1, 10, 0, ""},
		{dtype.Int16, -1, 3, 0, "buffer size must be a multiple of element size"},
		{dtype.Int16, -5, 0, 5, ""},
		{dtype.Int8, math.MaxInt, 0, 0, "buffer is smaller than requested size"},
		{dtype.Int64, math.MaxInt / 4, 0, 0, "buffer is smaller than requested size"},
		{dtype.Void(0), -1, 0, 0, "itemsize cannot be zero in type"},
		{dtype.Bytes(0), -1, 0, 0, "itemsize cannot be zero in type"},
	} {
		a, err := FromBuffer(b, c.dt, c.count, c.offset)
		if c.msg != "" {
			if e, isErr := err.(*Error); !isErr || e.Msg != c.msg {
				t.Errorf("%s count %d offset %d: %v, want %q", c.dt, c.count, c.offset, err, c.msg)
			}
			continue
		}
		if err != nil || a.Len() != c.n {
			t.Errorf("%s count %d offset %d: %v", c.dt, c.count, c.offset, err)
		}
	}
	empty, err := FromBytes(nil, dtype.Float64)
	ok(t, err)
	if !slices.Equal(empty.Shape(), []int{0}) {
		t.Error(empty.Shape())
	}
}

func TestS25PackedAndAlignedRecords(t *testing.T) {
	packed := capture(t).DType()
	aligned, err := dtype.Struct(packed.Fields(), dtype.StructOptions{Align: true})
	ok(t, err)
	for _, c := range []struct {
		dt      dtype.DType
		size    int
		offsets [3]int
	}{{packed, 18, [3]int{0, 2, 10}}, {aligned, 24, [3]int{0, 8, 16}}} {
		for i, off := range c.offsets {
			if c.dt.ItemSize() != c.size || c.dt.FieldAt(i).Offset != off {
				t.Errorf("%s: size %d, field %d at %d", c.dt, c.dt.ItemSize(), i, c.dt.FieldAt(i).Offset)
			}
		}
	}
}

func TestS26UnalignedColumnsCompute(t *testing.T) {
	d := capture(t)
	sin := d.Field("sin")
	if sin.Aligned() || sin.Strides()[0] != 18 || sin.Sum().Item[float64]() != 0.9834412964118795 {
		t.Error(sin.Flags(), sin.Sum())
	}
}

func TestS27PrintedRecords(t *testing.T) {
	want := "[(0, 0.        , 1.        ) (1, 0.09983342, 0.99500417)\n (2, 0.19866933, 0.98006658) (3, 0.29552021, 0.95533649)\n (4, 0.38941834, 0.92106099)]"
	if got := capture(t).String(); got != want {
		t.Error(got)
	}
}

func TestS28OneRecordPrintsInFull(t *testing.T) {
	d := capture(t)
	for i, want := range []string{
		"(0, 0.0, 1.0)", "(1, 0.09983341664682815, 0.9950041652780258)", "(2, 0.19866933079506122, 0.9800665778412416)",
		"(3, 0.2955202066613396, 0.955336489125606)", "(4, 0.3894183423086505, 0.9210609940028851)",
	} {
		if got := d.Slice(I(i)).ScalarStr(); got != want {
			t.Errorf("record %d: %s, want %s", i, got, want)
		}
	}
}

func TestS29FieldColumnsPrint(t *testing.T) {
	d := capture(t)
	for name, want := range map[string]string{
		"id":  "[0 1 2 3 4]",
		"sin": "[0.         0.09983342 0.19866933 0.29552021 0.38941834]",
		"cos": "[1.         0.99500417 0.98006658 0.95533649 0.92106099]",
	} {
		if got := d.Field(name).String(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// A record by position and by name; on the array an integer means a row.
func TestS30RecordsByPositionAndName(t *testing.T) {
	type row struct {
		ID       int16
		Sin, Cos float64
	}
	d := capture(t)
	one := d.Slice(I(1))
	if one.Field("sin").Item[float64]() != 0.09983341664682815 || one.DType().FieldAt(1).Name != "sin" {
		t.Error(one)
	}
	// The Go struct has padding, the record has not: values, not bytes.
	a := Zeros(mustParse(t, "{'names': ['id', 'sin', 'cos'], 'formats': ['i2', 'f8', 'f8'], 'offsets': [0, 8, 16], 'itemsize': 24}"), 5)
	a.Assign(d)
	if got := a.At[row](3); got.ID != 3 || got.Cos != 0.955336489125606 {
		t.Error(got)
	}
}
