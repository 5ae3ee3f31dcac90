package nd

import (
	"strings"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Rows S44 to S54: fields of structured arrays, on the seed's two persons.

func personType(t testing.TB) dtype.DType {
	t.Helper()
	dt, err := dtype.Struct([]dtype.Field{
		{Name: "name", DType: dtype.Bytes(30)}, {Name: "age", DType: dtype.Int32},
		{Name: "weight", DType: dtype.Float32}, {Name: "height", DType: dtype.Float32},
	}, dtype.StructOptions{Align: true})
	ok(t, err)
	return dt
}

func persons(t testing.TB) *Array {
	t.Helper()
	a := Zeros(personType(t), 2)
	for i, p := range []struct {
		name           string
		age            int32
		weight, height float32
	}{{"Zhang", 32, 72.5, 167}, {"Wang", 24, 65.2, 170}} {
		a.Field("name").Set(p.name, i)
		a.Field("age").Set(p.age, i)
		a.Field("weight").Set(p.weight, i)
		a.Field("height").Set(p.height, i)
	}
	return a
}

// fieldsView is the seed's fields_view: the chosen fields where they lie.
func fieldsView(t testing.TB, a *Array, names ...string) *Array {
	t.Helper()
	var fields []dtype.Field
	for _, n := range names {
		f, found := a.DType().Field(n)
		if !found {
			t.Fatal(n)
		}
		fields = append(fields, f)
	}
	dt, err := dtype.Struct(fields, dtype.StructOptions{Offsets: true})
	ok(t, err)
	v, err := OverArray(a, dt, a.Shape(), a.Strides(), 0)
	ok(t, err)
	return v
}

func wantOffsets(t testing.TB, dt dtype.DType, size int, want ...int) {
	t.Helper()
	var got []int
	for _, f := range dt.Fields() {
		got = append(got, f.Offset)
	}
	wantInts(t, "offsets", got, want...)
	if dt.ItemSize() != size {
		t.Errorf("itemsize %d, want %d", dt.ItemSize(), size)
	}
}

func TestS44AlignedPersons(t *testing.T) {
	dt := personType(t)
	wantOffsets(t, dt, 44, 0, 32, 36, 40)
	if dt.Alignment() != 4 || !dt.IsAlignedStruct() {
		t.Error(dt.Alignment(), dt.IsAlignedStruct())
	}
	type Person struct {
		Name           [30]byte
		Age            int32
		Weight, Height float32
	}
	of := Of([]Person{{Age: 32}}).DType() // a Go struct lies the same way
	wantOffsets(t, of, 44, 0, 32, 36, 40)
}

// Text shorter than its field is padded with NUL bytes, longer text is cut; both
// in silence.
func TestS45BytesArePaddedAndCut(t *testing.T) {
	a := persons(t)
	name := a.Field("name")
	if raw := name.At[[30]byte](0); string(raw[:]) != "Zhang"+strings.Repeat("\x00", 25) {
		t.Errorf("%q", raw)
	}
	wantText(t, name.String(), "[b'Zhang' b'Wang']")
	name.Set(strings.Repeat("x", 30)+"y", 1) // 31 bytes
	if raw := name.At[[30]byte](1); string(raw[:]) != strings.Repeat("x", 30) {
		t.Errorf("%q", raw)
	}
	if a.Field("age").At[int32](1) != 24 {
		t.Error("the text ran over its field")
	}
}

func TestS46FieldIsAView(t *testing.T) {
	a := persons(t)
	v := a.Field("age")
	if v.Base() != a || v.DType() != dtype.Int32 || v.DataPtr()-a.DataPtr() != 32 {
		t.Error(v.Base() == a, v.DType(), v.Offset())
	}
	wantInts(t, "strides", v.Strides(), 44)
}

// The seed says that two fields are a copy. Since NumPy 1.16 they are a view; a
// packed copy has to be asked for.
func TestS47FieldsAreAView(t *testing.T) {
	a := persons(t)
	v := a.Fields("age", "height")
	if v.Base() != a || !v.SharesMemory(a) || !v.DType().IsAlignedStruct() {
		t.Error("two fields are a copy")
	}
	wantOffsets(t, v.DType(), 44, 32, 40)
	wantInts(t, "strides", v.Strides(), 44)
	p := v.Repack()
	if p.SharesMemory(a) {
		t.Error("Repack shares memory")
	}
	wantOffsets(t, p.DType(), 8, 0, 4)
	wantText(t, p.String(), "[(32, 167.) (24, 170.)]")
	wantText(t, v.String(), p.String())
}

// base is None is no test for a copy: this one has a base, and shares nothing.
func TestS48BaseIsNoTestForCopies(t *testing.T) {
	x := Arange(6).Reshape(2, 3)
	y := x.T().Reshape(-1)
	if y.SharesMemory(x) || y.MayShareMemory(x) {
		t.Error("x.T.reshape(-1) is a view")
	}
	wantText(t, y.String(), "[0 3 1 4 2 5]")
	if v := x.Slice(From(1)); v.Base() == nil || !v.SharesMemory(x) {
		t.Error("a slice is a copy")
	}
}

func TestS49FieldsViewSharesTheBlock(t *testing.T) {
	a := persons(t)
	v := fieldsView(t, a, "age", "weight")
	if v.Base() != a || !v.SharesMemory(a) {
		t.Error("fields_view is a copy")
	}
	wantOffsets(t, v.DType(), 40, 32, 36)
	wantInts(t, "strides", v.Strides(), 44)
	_, err := OverArray(a, v.DType(), []int{3}, a.Strides(), 0)
	wantErr(t, err, ErrValue) // a third person lies outside of the block
}

// np.dtype({name: (format, offset)}) orders the names by offset.
func TestS50FieldsByOffset(t *testing.T) {
	dt, err := dtype.Parse("{'names': ['b', 'a'], 'formats': ['<i4', '<f4'], 'offsets': [4, 0]}")
	ok(t, err)
	if n := dt.Names(); n[0] != "b" || n[1] != "a" { // a list of names keeps its order
		t.Error(n)
	}
	dt, err = dtype.Parse("{'height': ('f4', 8), 'age': ('i4', 4)}")
	ok(t, err)
	if n := dt.Names(); n[0] != "age" || n[1] != "height" {
		t.Error(n)
	}
}

func TestS51FieldsWriteThrough(t *testing.T) {
	a := persons(t)
	age := fieldsView(t, a, "age", "weight").Field("age")
	age.Add(10, Out(age))
	wantText(t, a.Field("age").String(), "[42 34]")
}

func TestS52PrintedPersons(t *testing.T) {
	a := persons(t)
	age := a.Field("age")
	age.Add(10, Out(age))
	wantText(t, a.String(), "[(b'Zhang', 42, 72.5, 167.) (b'Wang', 34, 65.2, 170.)]")
}

func TestS53FieldsInOrder(t *testing.T) {
	want := []struct {
		name string
		dt   dtype.DType
		off  int
	}{{"name", dtype.Bytes(30), 0}, {"age", dtype.Int32, 32}, {"weight", dtype.Float32, 36}, {"height", dtype.Float32, 40}}
	fields := personType(t).Fields()
	if len(fields) != len(want) {
		t.Fatal(fields)
	}
	for i, f := range fields {
		if f.Name != want[i].name || f.DType != want[i].dt || f.Offset != want[i].off || f.Title != "" {
			t.Errorf("field %d: %+v", i, f)
		}
	}
}

func TestS54PrintedDTypes(t *testing.T) {
	if dtype.Native != dtype.Little {
		t.Skip("the golden text is of a little-endian machine")
	}
	dt := personType(t)
	wantText(t, dt.String(), "{'names': ['name', 'age', 'weight', 'height'], 'formats': ['S30', '<i4', '<f4', '<f4'], 'offsets': [0, 32, 36, 40], 'itemsize': 44, 'aligned': True}")
	wantText(t, dt.Repr(), "dtype([('name', 'S30'), ('age', '<i4'), ('weight', '<f4'), ('height', '<f4')], align=True)")
	v := fieldsView(t, persons(t), "age", "weight").DType()
	wantText(t, v.String(), "{'names': ['age', 'weight'], 'formats': ['<i4', '<f4'], 'offsets': [32, 36], 'itemsize': 40}")
	wantText(t, v.Repr(), "dtype({'names': ['age', 'weight'], 'formats': ['<i4', '<f4'], 'offsets': [32, 36], 'itemsize': 40})")
}
