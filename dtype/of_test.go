package dtype

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/nderr"
)

type celsius float32

type person struct {
	Name           [30]byte
	Age            int32
	Weight, Height float32
}

type reading struct {
	id    uint8 `nd:"id"`
	_     [3]byte
	T     celsius `nd:"temperature"`
	Grid  [2][3]int16
	Tags  [2][4]byte
	Raw   [4]byte  `nd:",array"`
	Blob  [4]byte  `nd:"blob,void"`
	Text  [3]rune  `nd:",str"`
	Skip  float64  `nd:"-"`
	Inner struct { // 16 bytes, aligned to 8
		F float16.Float16
		C complex64
		I int64
	}
}

func TestOfStruct(t *testing.T) {
	if unsafe.Alignof(int64(0)) != 8 {
		t.Skip("Go lays out 64-bit integers otherwise here")
	}
	d, err := Of[person]()
	if err != nil {
		t.Fatal(err)
	}
	want, _ := ParseAligned("[('Name','S30'),('Age','=i4'),('Weight','=f4'),('Height','=f4')]")
	if d != want || d.ItemSize() != 44 || !d.IsAlignedStruct() {
		t.Errorf("person: %v, want %v", d, want)
	}

	d, err = Of[reading]()
	if err != nil {
		t.Fatal(err)
	}
	var r reading
	_ = r.id
	grid, _ := SubArray(Int16, 2, 3)
	tags, _ := SubArray(Bytes(4), 2)
	raw, _ := SubArray(Uint8, 4)
	inner, _ := Struct([]Field{{Name: "F", DType: Float16}, {Name: "C", DType: Complex64}, {Name: "I", DType: Int64}}, StructOptions{Align: true})
	for i, want := range []Field{
		{"id", "", Uint8, 0},
		{"temperature", "", Float32, int(unsafe.Offsetof(r.T))},
		{"Grid", "", grid, int(unsafe.Offsetof(r.Grid))},
		{"Tags", "", tags, int(unsafe.Offsetof(r.Tags))},
		{"Raw", "", raw, int(unsafe.Offsetof(r.Raw))},
		{"blob", "", Void(4), int(unsafe.Offsetof(r.Blob))},
		{"Text", "", Str(3), int(unsafe.Offsetof(r.Text))},
		{"Inner", "", inner, int(unsafe.Offsetof(r.Inner))},
	} {
		if got := d.FieldAt(i); got != want {
			t.Errorf("field %d: %+v, want %+v", i, got, want)
		}
	}
	if d.NumField() != 8 || d.ItemSize() != int(unsafe.Sizeof(r)) || d.IsAlignedStruct() || d.Alignment() != 1 {
		t.Errorf("reading: %d fields, size %d, aligned %v", d.NumField(), d.ItemSize(), d.IsAlignedStruct())
	}
}

func TestOfPlain(t *testing.T) {
	check := func(got DType, err error, want DType) {
		t.Helper()
		if err != nil || got != want {
			t.Errorf("got %v (%v), want %v", got, err, want)
		}
	}
	word := func(signed, unsigned DType) (DType, DType) { return signed, unsigned }
	si, su := word(Int64, Uint64)
	if unsafe.Sizeof(0) == 4 {
		si, su = word(Int32, Uint32)
	}
	d, err := Of[int]()
	check(d, err, si)
	d, err = Of[uint]()
	check(d, err, su)
	d, err = Of[uintptr]()
	check(d, err, su)
	d, err = Of[celsius]()
	check(d, err, Float32)
	d, err = Of[float16.Float16]()
	check(d, err, Float16)
	d, err = Of[[30]byte]()
	check(d, err, Bytes(30))
	d, err = Of[[0]int32]()
	empty, _ := SubArray(Int32, 0)
	check(d, err, empty)
	for _, c := range []struct {
		v    any
		want DType
	}{{false, Bool}, {int8(0), Int8}, {uint8(0), Uint8}, {int16(0), Int16}, {uint16(0), Uint16}, {int32(0), Int32}, {uint32(0), Uint32},
		{int64(0), Int64}, {uint64(0), Uint64}, {float32(0), Float32}, {0.0, Float64}, {complex64(0), Complex64}, {0i, Complex128}} {
		d, err := OfType(reflect.TypeOf(c.v))
		check(d, err, c.want)
	}
	e, err := Of[struct{}]()
	if err != nil || !e.IsStruct() || e.ItemSize() != 0 {
		t.Errorf("struct{}: %v %v", e, err)
	}
}

func TestOfRefusesPointers(t *testing.T) {
	type bad struct {
		A int32
		B struct{ Names [2]string }
	}
	type hidden struct {
		A int32
		_ *int
	}
	type twice struct {
		A int32
		B int32 `nd:"A"`
	}
	type tagged struct {
		A int32 `nd:",void"`
	}
	for _, c := range []struct {
		t    reflect.Type
		want string
	}{
		{reflect.TypeFor[string](), "string: a string holds a pointer"},
		{reflect.TypeFor[[]int](), "[]int: a slice holds a pointer"},
		{reflect.TypeFor[map[int]int](), "a map holds a pointer"},
		{reflect.TypeFor[func()](), "a func holds a pointer"},
		{reflect.TypeFor[any](), "an interface"},
		{reflect.TypeFor[chan int](), "a chan holds a pointer"},
		{reflect.TypeFor[unsafe.Pointer](), "a unsafe.Pointer holds a pointer"},
		{reflect.TypeFor[bad](), "field B.Names string: a string holds a pointer"},
		{reflect.TypeFor[hidden](), "field _ *int: a ptr holds a pointer"},
		{reflect.TypeFor[twice](), "field 'A' occurs more than once"},
		{reflect.TypeFor[tagged](), `the tag option "void" is for arrays`},
		{reflect.TypeFor[[1 << 32]byte](), "must fit into a C int"},
		{nil, "nil"},
	} {
		_, err := OfType(c.t)
		if err == nil || !errors.Is(err, nderr.ErrDType) || !strings.Contains(err.Error(), strings.Replace(c.want, "an interface", "interface", 1)) {
			t.Errorf("%v: %v, want %s", c.t, err, c.want)
		}
	}
}

// TestOfAllocates checks that asking again costs no memory: Of stands in the way
// of every typed access.
func TestOfAllocates(t *testing.T) {
	n := testing.AllocsPerRun(100, func() {
		a, err1 := Of[float64]()
		b, err2 := Of[person]()
		if err1 != nil || err2 != nil || a != Float64 || !b.IsStruct() {
			t.Error(a, b, err1, err2)
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		if d, _ := Of[float64](); d != Float64 {
			b.Fatal(d)
		}
	}
}

func BenchmarkOfStruct(b *testing.B) {
	for b.Loop() {
		if d, _ := Of[person](); !d.IsStruct() {
			b.Fatal(d)
		}
	}
}
