package dtype

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/internal/nderr"
)

// TestPlain holds the builtin dtypes against NumPy's attributes on a
// little-endian and on a big-endian machine.
func TestPlain(t *testing.T) {
	o := Native.String()
	for _, c := range []struct {
		d           DType
		name, str   string
		char        byte
		size, align int
	}{
		{Bool, "bool", "|b1", '?', 1, 1},
		{Int8, "int8", "|i1", 'b', 1, 1},
		{Uint8, "uint8", "|u1", 'B', 1, 1},
		{Int16, "int16", o + "i2", 'h', 2, 2},
		{Uint16, "uint16", o + "u2", 'H', 2, 2},
		{Int32, "int32", o + "i4", 'i', 4, 4},
		{Uint32, "uint32", o + "u4", 'I', 4, 4},
		{Int64, "int64", o + "i8", 'l', 8, 8},
		{Uint64, "uint64", o + "u8", 'L', 8, 8},
		{Float16, "float16", o + "f2", 'e', 2, 2},
		{Float32, "float32", o + "f4", 'f', 4, 4},
		{Float64, "float64", o + "f8", 'd', 8, 8},
		{Complex64, "complex64", o + "c8", 'F', 8, 4},
		{Complex128, "complex128", o + "c16", 'D', 16, 8},
		{Bytes(5), "bytes40", "|S5", 'S', 5, 1},
		{Str(3), "str96", o + "U3", 'U', 12, 4},
		{Void(7), "void56", "|V7", 'V', 7, 1},
		{Bytes(0), "bytes", "|S0", 'S', 0, 1},
	} {
		if c.d.Name() != c.name || c.d.TypeStr() != c.str || c.d.Char() != c.char ||
			c.d.ItemSize() != c.size || c.d.Alignment() != c.align || !c.d.IsNative() {
			t.Errorf("%v: got %s %s %c %d %d, want %s %s %c %d %d", c.d, c.d.Name(), c.d.TypeStr(),
				c.d.Char(), c.d.ItemSize(), c.d.Alignment(), c.name, c.str, c.char, c.size, c.align)
		}
	}
}

// TestRefused takes kinds that NumPy has and nd does not.
func TestRefused(t *testing.T) {
	for s, want := range map[string]string{
		"O": "O", "object": "object", "M8": "M8", "<M8[ns]": "<M8[ns]", "datetime64[25s]": "datetime64[25s]", "timedelta64": "timedelta64",
		"g": "g", "G": "G", "f16": "f16", "c32": "c32", "longdouble": "longdouble", "T": "T", "i4,O": "O", "M8[s],i4": "M8[s]", ">m8[us]": ">m8[us]",
		"[('a', 'O')]": "O", "('M8[D]', (2,))": "M8[D]",
	} {
		_, err := Parse(s)
		var e *nderr.Error
		if !errors.As(err, &e) || e.Msg != "data type '"+want+"' not understood" || e.Err != nderr.ErrDType {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestByteOrder(t *testing.T) {
	d := Int32.NewByteOrder(Native.Swapped())
	if d == Int32 || d.IsNative() || d.Native() != Int32 || d.Swapped() != Int32 {
		t.Errorf("swapping int32: %v", d)
	}
	if Int8.Swapped() != Int8 || Bytes(3).Swapped() != Bytes(3) {
		t.Error("single bytes have no order")
	}
	sub, _ := SubArray(Float32, 2, 3)
	s, err := Struct([]Field{{Name: "a", DType: Int16}, {Name: "b", DType: sub}})
	if err != nil {
		t.Fatal(err)
	}
	w := s.Swapped()
	if w.IsNative() || w == s || w.Swapped() != s {
		t.Errorf("swapping a structure: %v", w)
	}
}

func TestStructLayout(t *testing.T) {
	person := []Field{{Name: "name", DType: Bytes(30)}, {Name: "age", DType: Int32},
		{Name: "weight", DType: Float32}, {Name: "height", DType: Float32}}
	d, err := Struct(person, StructOptions{Align: true})
	if err != nil {
		t.Fatal(err)
	}
	if d.ItemSize() != 44 || d.Alignment() != 4 || !d.IsAlignedStruct() || d.NumField() != 4 {
		t.Errorf("aligned: size %d alignment %d", d.ItemSize(), d.Alignment())
	}
	for i, want := range []int{0, 32, 36, 40} {
		if f := d.FieldAt(i); f.Offset != want {
			t.Errorf("field %s at %d, want %d", f.Name, f.Offset, want)
		}
	}
	p, err := Struct(person)
	if err != nil {
		t.Fatal(err)
	}
	if p.ItemSize() != 42 || p.Alignment() != 1 || p == d {
		t.Errorf("packed: size %d alignment %d", p.ItemSize(), p.Alignment())
	}
	again, _ := Struct(person)
	if again != p {
		t.Error("equal structures are not ==")
	}
}
