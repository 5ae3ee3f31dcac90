package nd

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// texts returns the items of a in C order as str() prints NumPy's scalars.
func texts(a *Array) string {
	c := a.Copy()
	var b []string
	size := c.ItemSize()
	for i := range c.Size() {
		p := unsafe.Add(c.ptr(), i*size)
		if c.dtype.IsNumeric() {
			b = append(b, loop.ReadNumber(p, c.dtype).Text())
		} else {
			b = append(b, loop.ReadText(p, c.dtype))
		}
	}
	return strings.Join(b, " ")
}

func parseDType(t *testing.T, s string) dtype.DType {
	t.Helper()
	d, err := dtype.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestAsType holds casts against NumPy 2.4.6.
func TestAsType(t *testing.T) {
	for _, c := range []struct {
		from, to string
		in       any
		want     string
	}{
		{"i8", "U", []int64{1, -5}, "1 -5"},
		{"f8", "U", []float64{1.5, 1e16, 1e-5, 123456789.123}, "1.5 1e+16 1e-05 123456789.123"},
		{"f4", "U", []float32{1e7, 1e6, 123456, 0.1}, "1e+07 1e+06 123456.0 0.1"},
		{"c16", "U", []complex128{1 + 2i, 1.5i}, "(1+2j) 1.5j"},
		{"b1", "U3", []bool{true, false}, "Tru Fal"},
		{"f8", ">i2", []float64{1.9, -1.9}, "1 -1"},
		{"i8", ">f4", []int64{3, -7}, "3.0 -7.0"},
		{"f8", "f2", []float64{65504, 0.1, 65520}, "6.55e+04 0.1 inf"},
	} {
		var a *Array
		switch x := c.in.(type) {
		case []int64:
			a = Of(x)
		case []float64:
			a = Of(x)
		case []float32:
			a = Of(x)
		case []complex128:
			a = Of(x)
		case []bool:
			a = Of(x)
		}
		got := a.AsType(parseDType(t, c.to))
		if texts(got) != c.want {
			t.Errorf("%s to %s: %s, want %s", c.from, c.to, texts(got), c.want)
		}
		back := got.AsType(a.dtype, CopyIs(false))
		if c.to == "U" && texts(back) != texts(a) {
			t.Errorf("%s through %s: %s, want %s", c.from, c.to, texts(back), texts(a))
		}
	}
}

func TestAsTypeLengths(t *testing.T) {
	littleEndian(t)
	for from, want := range map[string]string{"?": "<U5", "u1": "<U3", "i1": "<U4", "u2": "<U5", "i2": "<U6",
		"u4": "<U10", "i4": "<U11", "u8": "<U20", "i8": "<U21", "f2": "<U32", "f8": "<U32", "c8": "<U64", "S3": "<U3"} {
		if got := Zeros(parseDType(t, from), 2).AsType(dtype.Str(0)).DType().TypeStr(); got != want {
			t.Errorf("%s to U: %s, want %s", from, got, want)
		}
	}
}

func message(f func()) string {
	if err := Try(f); err != nil {
		return err.(*Error).Msg
	}
	return ""
}

func TestAssignErrors(t *testing.T) {
	str := func(s string) *Array {
		a := Zeros(dtype.Str(max(len(s), 1)))
		copy(block(a), block(Of([]byte(s)).AsType(dtype.Uint32)))
		return a
	}
	for _, c := range []struct {
		f    func()
		want string
	}{
		{func() { Zeros(dtype.Float64, 2).Assign(Zeros(dtype.Float64, 3)) }, "could not broadcast input array from shape (3,) into shape (2,)"},
		{func() { Zeros(dtype.Float64, 2, 1).Assign(Zeros(dtype.Float64, 2, 2, 1)) }, "could not broadcast input array from shape (2,2,1) into shape (2,1)"},
		{func() { Zeros(dtype.Uint8, 2).Assign(300) }, "Python integer 300 out of bounds for uint8"},
		{func() { Zeros(dtype.Int64, 2).Assign(uint64(1 << 63)) }, "Python int too large to convert to C long"},
		{func() { str("x").AsType(dtype.Int64) }, "invalid literal for int() with base 10: np.str_('x')"},
		{func() { str("1.5x").AsType(dtype.Float64) }, "could not convert string to float: np.str_('1.5x')"},
		{func() { str("1+2x").AsType(dtype.Complex128) }, "complex() arg is a malformed string"},
		{func() { str("300").AsType(dtype.Int8) }, "Python integer 300 out of bounds for int8"},
		{func() { Zeros(dtype.Float64).AsType(dtype.Int32, Casting(dtype.Safe)) }, "Cannot cast scalar from dtype('float64') to dtype('int32') according to the rule 'safe'"},
		{func() {
			a := Zeros(dtype.Float64, 2)
			a.SetWriteable(false)
			a.Assign(1)
		}, "assignment destination is read-only"},
	} {
		if got := message(c.f); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if got := texts(str(" -3_0 ").AsType(dtype.Int64)); got != "-30" {
		t.Errorf("int of text: %s", got)
	}
}

// block returns the bytes of a's block.
func block(a *Array) []byte { return unsafe.Slice((*byte)(a.buf.Pointer()), a.buf.Len()) }

// TestAssignOverlap: every assignment between views of one block is as if the
// source had been copied first (2.5.4).
func TestAssignOverlap(t *testing.T) {
	base := func() *Array { return Arange(12) }
	view := func(a *Array, off, stride, n int) *Array {
		return a.view(a.dtype, layout.Layout{Shape: []int{n}, Strides: []int{8 * stride}, Offset: 8 * off})
	}
	for do := range 12 {
		for _, ds := range []int{-2, -1, 1, 2} {
			for so := range 12 {
				for _, ss := range []int{-2, -1, 0, 1, 2} {
					n := 4
					if do+3*ds < 0 || do+3*ds > 11 || so+3*ss < 0 || so+3*ss > 11 {
						continue
					}
					a, b := base(), base()
					src := view(a, so, ss, n).Copy()
					view(a, do, ds, n).Assign(src)
					view(b, do, ds, n).Assign(view(b, so, ss, n))
					if texts(a) != texts(b) {
						t.Fatalf("dst %d:%d src %d:%d: %s, want %s", do, ds, so, ss, texts(b), texts(a))
					}
				}
			}
		}
	}
}

func TestCopyOrders(t *testing.T) {
	a := Arange(24).reshaped([]int{2, 3, 4})
	tr := a.view(a.dtype, layout.Layout{Shape: []int{4, 3, 2}, Strides: []int{-8, 32, 96}, Offset: 24})
	for o, want := range map[Order]string{C: "[48 16 8]", F: "[8 32 96]", K: "[8 32 96]", A: "[48 16 8]"} {
		b := tr.Copy(o)
		if got := fmt.Sprint(b.Strides()); got != want {
			t.Errorf("copy %c: strides %s, want %s", o, got, want)
		}
		if texts(b) != texts(tr) || !slices.Equal(b.Shape(), tr.Shape()) {
			t.Errorf("copy %c: %s, want %s", o, texts(b), texts(tr))
		}
	}
	if got := texts(tr); !strings.HasPrefix(got, "3 15 7 19 11 23 2") {
		t.Errorf("C order of the view: %s", got)
	}
}

// TestAssignStruct: fields by position, padding untouched, a number into every field.
func TestAssignStruct(t *testing.T) {
	from := parseDType(t, "[('a','<i4'),('b','>f8')]")
	to := parseDType(t, "{'names':['x','y'],'formats':['>f4','<i2'],'offsets':[4,1],'itemsize':12}")
	a := Zeros(from, 3)
	a.Assign(7)
	b := Zeros(to, 3)
	for i := range block(b) {
		block(b)[i] = 0xee
	}
	b.Assign(a)
	if got, want := fmt.Sprintf("%x", block(b)[:12]), "ee0700ee40e00000eeeeeeee"; got != want {
		t.Errorf("bytes %s, want %s", got, want)
	}
	sub := Zeros(parseDType(t, "[('a','<i4',(2,2)),('b','<i2')]"), 2)
	sub.Assign(Of([]int16{5, 6}))
	if got := fmt.Sprintf("%x", block(sub)[18:]); got != "060000000600000006000000060000000600" {
		t.Errorf("sub-array bytes %s", got)
	}
	if m := message(func() { Zeros(from, 1).AsType(dtype.Int32) }); m != "Cannot cast array data from dtype([('a', '<i4'), ('b', '>f8')]) to dtype('int32') according to the rule 'unsafe'" {
		t.Error(m)
	}
}

// TestTransposedCopies: sizes and strides at which the copy goes by strips.
func TestTransposedCopies(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Uint8, dtype.Float16, dtype.Int32, dtype.Float64, dtype.Complex128} {
		for _, shape := range [][]int{{17, 4096}, {2050, 19}, {16, 512}, {3, 33, 2048}} {
			a := Arange(prod(shape)).Remainder(251).AsType(dt).Reshape(shape...)
			perm := []int{1, 0}
			if len(shape) == 3 {
				perm = []int{0, 2, 1}
			}
			b := a.Transpose(perm...).Copy()
			if !b.Transpose(perm...).ArrayEqual(a) || !b.Flags().Has(CContiguous) {
				t.Errorf("%s %v: the transpose of the transposed copy differs", dt, shape)
			}
		}
	}
}

// TestPixelCopies: rows so short that each is copied as one item, of every length, mirrored,
// stepped, repeated, into dense and other memory, fresh and old.
func TestPixelCopies(t *testing.T) {
	for _, long := range []int{9, 700} {
		for width := 1; width <= 40; width++ {
			a := Arange(2*long*(width+1)).Remainder(253).AsType(dtype.Uint8).Reshape(2, long, width+1).Slice(All, All, To(width))
			for name, v := range map[string]*Array{
				"plain":    a,
				"mirrored": a.Slice(All, Step(-1)),
				"stepped":  a.Slice(All, Step(3)),
				"turned":   a.Transpose(1, 0, 2),
				"repeated": a.Slice(All, R(0, 1)).BroadcastTo(2, long, width),
			} {
				want := v.Shape()
				old := Zeros(dtype.Uint8, want[0], 2*want[1], want[2]+1).Slice(All, Step(2), To(want[2]))
				old.Assign(v)
				wide := v.AsType(dtype.Uint16) // goes another way
				if c := v.Copy(C); !c.AsType(dtype.Uint16).ArrayEqual(wide) || !old.AsType(dtype.Uint16).ArrayEqual(wide) {
					t.Fatalf("%s rows of %d bytes, %d of them: not what was copied", name, width, long)
				}
				if base := old.Base(); base.Slice(All, From(1, 2)).Max().Item[uint8]() != 0 || base.Slice(All, All, I(want[2])).Max().Item[uint8]() != 0 {
					t.Fatalf("%s rows of %d bytes: other bytes were written", name, width)
				}
			}
		}
	}
}

// TestPixelCasts: the channels of few that change places on the way to another dtype.
func TestPixelCasts(t *testing.T) {
	for width := 2; width <= 6; width++ {
		for _, dt := range []dtype.DType{dtype.Uint8, dtype.Int16, dtype.Int16.Swapped(), dtype.Float64} {
			a := Arange(3*9000*width).Remainder(251).AsType(dt).Reshape(3, 9000, width)
			for _, index := range []string{"..., ::-1", ":, ::3, ::-1", ":, 5:70, ::-1", "..., :0:-1"} {
				v := a.Index(index)
				got := v.AsType(dtype.Float32)
				for c := range v.Dim(2) {
					if !got.Slice(Ellipsis, I(c)).ArrayEqual(v.Slice(Ellipsis, I(c)).Copy().AsType(dtype.Float32)) {
						t.Fatalf("%d channels of %s, %s: channel %d differs", width, dt, index, c)
					}
				}
			}
		}
	}
}
