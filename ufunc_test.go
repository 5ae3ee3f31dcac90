package nd

import (
	"testing"

	"github.com/stride-go/nd/dtype"
)

func TestCallMessages(t *testing.T) {
	littleEndian(t)
	z := func(shape ...int) *Array { return Zeros(dtype.Float64, shape...) }
	u1 := Zeros(dtype.Uint8, 2)
	boo := Zeros(dtype.Bool, 1)
	i4 := Zeros(dtype.Int64, 1)
	str := Zeros(dtype.Str(1), 2)
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { Add.Call(z(3), z(2)) }, "operands could not be broadcast together with shapes (3,) (2,) "},
		{func() { Add.Call(z(3), z(3), Out(z(2))) }, "operands could not be broadcast together with shapes (3,) (3,) (2,) "},
		{func() { Add.Call(z(1, 3), z(1, 3), Out(z(3))) }, "non-broadcastable output operand with shape (3,) doesn't match the broadcast shape (1,3)"},
		{func() { Add.Call(z(2, 3), z(3), Out(z(1, 3))) }, "non-broadcastable output operand with shape (1,3) doesn't match the broadcast shape (2,3)"},
		{func() { u1.Add(300) }, "Python integer 300 out of bounds for uint8"},
		{func() { u1.Add(-1) }, "Python integer -1 out of bounds for uint8"},
		{func() { boo.Subtract(true) }, "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead."},
		{func() { boo.Negative() }, "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead."},
		{func() { i4.Add(1.5, Out(i4)) }, "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'"},
		{func() { z(2).Add(2, DType(dtype.Int32)) }, "Cannot cast ufunc 'add' input 0 from dtype('float64') to dtype('int32') with casting rule 'same_kind'"},
		{func() { z(2).Sin(DType(dtype.Int32)) }, "No loop matching the specified signature and casting was found for ufunc sin"},
		{func() { z(2).Sin(DType(dtype.Float32), Casting(dtype.Safe)) }, "Cannot cast ufunc 'sin' input from dtype('float64') to dtype('float32') with casting rule 'safe'"},
		{func() { z(2).BitwiseAnd(z(2)) }, "ufunc 'bitwise_and' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''"},
		{func() { str.Multiply(str) }, "ufunc 'multiply' did not contain a loop with signature matching types (dtype('<U1'), dtype('<U1')) -> None"},
		{func() { str.Add(1) }, "ufunc 'add' did not contain a loop with signature matching types (dtype('<U1'), dtype('int64')) -> None"},
		{func() { str.Less(1) }, "ufunc 'less' did not contain a loop with signature matching types (<class 'numpy.dtypes.StrDType'>, <class 'numpy.dtypes._PyLongDType'>) -> None"},
		{func() { i4.Power(-1) }, "Integers to negative integer powers are not allowed."},
		{func() {
			r := z(2)
			r.SetWriteable(false)
			r.Add(1, Out(r))
		}, "output array is read-only"},
	} {
		if got := message(c.f); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

// TestWeak holds NEP 50 against NumPy 2.4.6.
func TestWeak(t *testing.T) {
	u1, f4, f2, i1 := Zeros(dtype.Uint8, 2), Zeros(dtype.Float32, 2), Zeros(dtype.Float16, 2), Zeros(dtype.Int8, 2)
	u8 := Of([]uint64{1<<63 + 5, 3})
	for i, c := range []struct {
		got  *Array
		want dtype.DType
		text string
	}{
		{u1.Add(5), dtype.Uint8, "5 5"},
		{u1.Add(2.5), dtype.Float64, "2.5 2.5"},
		{f4.Add(2.5), dtype.Float32, "2.5 2.5"},
		{f2.Add(2.5), dtype.Float16, "2.5 2.5"},
		{f4.Add(1i), dtype.Complex64, "1j 1j"},
		{f4.Add(Scalar(1.0)), dtype.Float64, "1.0 1.0"},
		{i1.Add(true), dtype.Int8, "1 1"},
		{u1.Equal(300), dtype.Bool, "False False"},
		{u1.Less(300), dtype.Bool, "True True"},
		{u8.Greater(-1), dtype.Bool, "True True"},
		{u8.Less(Of([]int64{-1, 4})), dtype.Bool, "False True"},
		{Add.Call(1, 2.5), dtype.Float64, "3.5"},
		{Of([]int64{7, -7}).FloorDivide(2), dtype.Int64, "3 -4"},
		{Of([]int64{7, -7}).Divide(2), dtype.Float64, "3.5 -3.5"},
		{LDExp.Call(f4, 2), dtype.Float32, "0.0 0.0"},
	} {
		if c.got.DType() != c.want || texts(c.got) != c.text {
			t.Errorf("%d: %s %s, want %s %s", i, c.got.DType(), texts(c.got), c.want, c.text)
		}
	}
}

// TestOutOverlap: an output that overlaps its inputs gives what copies would.
func TestOutOverlap(t *testing.T) {
	a := Arange(5)
	hi, lo := a.span(1, 5), a.span(0, 4)
	hi.Add(lo, Out(hi))
	if texts(a) != "0 1 3 5 7" {
		t.Errorf("a[1:] += a[:-1]: %s", texts(a))
	}
	b := Arange(9).reshaped([]int{3, 3})
	b.Add(b.Transpose(), Out(b))
	if texts(b) != "0 4 8 4 8 12 8 12 16" {
		t.Errorf("a += a.T: %s", texts(b))
	}
}

func TestWhere(t *testing.T) {
	a := Arange(6).reshaped([]int{2, 3})
	mask := Of([]bool{true, false, true})
	out := Full(dtype.Float32, 9, 2, 3)
	Add.Call(a, 10, Where(mask), Out(out))
	if texts(out) != "10.0 9.0 12.0 13.0 9.0 15.0" {
		t.Errorf("where: %s", texts(out))
	}
	if m := message(func() { Add.Call(a, 1, Where(a)) }); m != "Cannot cast array data from dtype('int64') to dtype('bool') according to the rule 'safe'" {
		t.Error(m)
	}
}

// TestKOrder: a fresh result lies as its operands lie.
func TestKOrder(t *testing.T) {
	a := Zeros(dtype.Float64, 2, 3, 4).Transpose(2, 0, 1)
	if s := a.Add(1).Strides(); s[0] != 8 || s[1] != 96 || s[2] != 32 {
		t.Errorf("strides %v, want [8 96 32]", s)
	}
	if s := a.Add(1, OrderIs(C)).Strides(); s[2] != 8 {
		t.Errorf("strides %v, want C", s)
	}
}

// TestText: comparison and concatenation of strings, also of items longer than a
// block of scratch.
func TestText(t *testing.T) {
	a, b := letters("abc"), letters("acb")
	for i, c := range []struct {
		got  *Array
		want string
	}{
		{a.Less(b), "False True False"},
		{a.GreaterEqual(b), "True False True"},
		{a.Add(b), "aa bc cb"},
		{a.AsType(dtype.Bytes(3)).Add(b.AsType(dtype.Bytes(1))), "aa bc cb"},
		{a.AsType(dtype.Str(5000)).Equal(b), "True False False"},
		{a.AsType(dtype.Str(5000).NewByteOrder(dtype.Big)).Add(b, Where(Of([]bool{true, false, true}))), "aa  cb"},
		{a.LogicalAnd(Of([]int64{1, 0, 2})), "True False True"},
		{LogicalOr.Reduce(a), "True"},
	} {
		if got := texts(c.got); got != c.want {
			t.Errorf("%d: %s, want %s", i, got, c.want)
		}
	}
	if d := a.Add(b).DType(); d != dtype.Str(2) {
		t.Errorf("dtype of the concatenation: %s", d)
	}
}
