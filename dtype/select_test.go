package dtype

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

func mustParse(t *testing.T, s string) DType {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSelect(t *testing.T) {
	d := mustParse(t, "{'names':['a','b','c'],'formats':['S30','>i4','>f4'],'offsets':[0,32,36],'aligned':True}")
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"a", "c"}, "dtype({'names': ['a', 'c'], 'formats': ['S30', '>f4'], 'offsets': [0, 36], 'itemsize': 40}, align=True)"},
		{[]string{"c", "a"}, "dtype({'names': ['c', 'a'], 'formats': ['>f4', 'S30'], 'offsets': [36, 0], 'itemsize': 40}, align=True)"},
		{nil, "dtype({'names': [], 'formats': [], 'offsets': [], 'itemsize': 40}, align=True)"},
	} {
		got, err := d.Select(c.names...)
		if err != nil || got.Repr() != c.want || got.Alignment() != 4 {
			t.Errorf("%v: %v (%v), want %s", c.names, got.Repr(), err, c.want)
		}
	}
	titled := mustParse(t, "[(('t','a'),'i4'),('b','i4')]")
	for _, c := range []struct {
		d     DType
		names []string
		kind  error
		msg   string
	}{
		{d, []string{"x"}, nderr.ErrNotFound, "'x'"},
		{d, []string{"a", "a"}, nderr.ErrValue, "duplicate field of name 'a'"},
		{titled, []string{"t"}, nderr.ErrNotFound, "'cannot use field titles in multi-field index'"},
		{Float64, []string{"x"}, nderr.ErrNotFound, "There are no fields in dtype float64."},
	} {
		_, err := c.d.Select(c.names...)
		var e *nderr.Error
		if !errors.As(err, &e) || e.Msg != c.msg || e.Err != c.kind {
			t.Errorf("%v of %v: %v, want %s", c.names, c.d, err, c.msg)
		}
	}
}

// TestRepack holds Repack against numpy.lib.recfunctions.repack_fields.
func TestRepack(t *testing.T) {
	d := mustParse(t, "{'names':['a','c'],'formats':['S30','>f4'],'offsets':[0,36],'itemsize':40}")
	inner, err := ParseAligned("i1,>i4")
	if err != nil {
		t.Fatal(err)
	}
	pair, _ := SubArray(inner, 2)
	nested, _ := Struct([]Field{{Name: "x", DType: pair}})
	for _, c := range []struct {
		d    DType
		o    RepackOptions
		want string
		size int
	}{
		{d, RepackOptions{}, "dtype([('a', 'S30'), ('c', '>f4')])", 34},
		{d, RepackOptions{Align: true}, "dtype([('a', 'S30'), ('c', '>f4')], align=True)", 36},
		{nested, RepackOptions{}, "dtype([('x', [('f0', 'i1'), ('f1', '>i4')], (2,))])", 16},
		{nested, RepackOptions{Recurse: true}, "dtype([('x', [('f0', 'i1'), ('f1', '>i4')], (2,))])", 10},
		{Int8, RepackOptions{}, "dtype('int8')", 1},
	} {
		if got := c.d.Repack(c.o); got.Repr() != c.want || got.ItemSize() != c.size {
			t.Errorf("%v %+v: %s of %d bytes, want %s of %d", c.d, c.o, got.Repr(), got.ItemSize(), c.want, c.size)
		}
	}
}

func TestResultTypeWeak(t *testing.T) {
	for _, c := range []struct {
		w    Weak
		ds   []DType
		want DType
	}{
		{WeakInt, nil, Int64}, {WeakFloat, []DType{Float32, Int8}, Float32}, {WeakComplex, []DType{Float32}, Complex64},
		{WeakFloat, []DType{Int8, Uint16}, Float64}, {NotWeak, []DType{Int16.Swapped()}, Int16},
	} {
		if got, err := ResultType(c.w, c.ds...); err != nil || got != c.want {
			t.Errorf("%v %v: %v (%v), want %v", c.w, c.ds, got, err, c.want)
		}
	}
	var e *nderr.Error
	if _, err := ResultType(WeakInt, Bytes(3)); !errors.As(err, &e) || e.Msg != "The DType <class 'numpy.dtypes.BytesDType'> could not be promoted by <class 'numpy.dtypes._PyLongDType'>. This means that no common DType exists for the given inputs. For example they cannot be stored in a single array unless the dtype is `object`. The full list of DTypes is: (<class 'numpy.dtypes.BytesDType'>, <class 'numpy.dtypes._PyLongDType'>)" {
		t.Errorf("weak int with bytes: %v", err)
	}
	if _, err := ResultType(NotWeak); !errors.As(err, &e) || e.Msg != "at least one array or dtype is required" {
		t.Errorf("nothing: %v", err)
	}
}
