package nd

import (
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Rows S68 to S86: layout, on the seed's (3, 4) array. S74 is in memory_test.go.

// blockHex is the bytes of the block in hexadecimal, not the logical order.
func blockHex(t testing.TB, a *Array) string {
	t.Helper()
	b, err := a.RawSpan()
	ok(t, err)
	return hex.EncodeToString(b)
}

// countingHex returns the hexadecimal of counting 4-byte numbers, in native order.
func countingHex(n ...int) string {
	var b []byte
	for _, i := range n {
		word := []byte{0, 0, 0, byte(i)}
		if dtype.Native == dtype.Little {
			slices.Reverse(word)
		}
		b = append(b, word...)
	}
	return hex.EncodeToString(b)
}

func TestS68Attributes(t *testing.T) {
	a := int32s(12).Reshape(3, 4)
	wantInts(t, "shape", a.Shape(), 3, 4)
	wantInts(t, "strides", a.Strides(), 16, 4)
	if a.NDim() != 2 || a.At[int32](1, 2) != 6 || a.ClassName() != "ndarray" || a.DType().String() != "int32" {
		t.Error(a.NDim(), a.At[int32](1, 2), a.ClassName(), a.DType())
	}
	if dt := Arange(12).DType(); dt != dtype.Int64 { // the default of every platform
		t.Error(dt)
	}
}

func TestS69Columns(t *testing.T) {
	a := int32s(12).Reshape(3, 4)
	v := a.Slice(All, R(1, 3))
	wantText(t, v.String(), "[[ 1  2]\n [ 5  6]\n [ 9 10]]")
	wantText(t, v.Repr(), "array([[ 1,  2],\n       [ 5,  6],\n       [ 9, 10]], dtype=int32)")
	wantInts(t, "strides", v.Strides(), 16, 4)
	if v.Set(int32(50), 1, 0); a.At[int32](1, 1) != 50 {
		t.Error("a copy")
	}
}

func TestS70Reshape(t *testing.T) {
	a := int32s(12).Reshape(3, 4)
	b := a.Reshape(4, 3)
	wantInts(t, "strides", b.Strides(), 12, 4)
	if a == b || a.DataPtr() != b.DataPtr() {
		t.Error("not a view")
	}
}

func TestS71BlockBytes(t *testing.T) {
	wantText(t, blockHex(t, int32s(12).Reshape(3, 4)), countingHex(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
}

func TestS72Transpose(t *testing.T) {
	b := int32s(12).Reshape(4, 3)
	c := b.T()
	wantInts(t, "strides", c.Strides(), 4, 12)
	if c.DataPtr() != b.DataPtr() || !c.Flags().FNC() || c.Flags().Has(CContiguous) {
		t.Error(c.Flags())
	}
	wantText(t, blockHex(t, c), blockHex(t, b))                                            // the block
	wantText(t, blockHex(t, c.Copy(C)), countingHex(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11)) // tobytes
}

// The seed prints a 4 in the last row, which is there only after its later
// a[1,1] = 4.
func TestS73PrintedTranspose(t *testing.T) {
	a := int32s(12).Reshape(3, 4)
	c := a.Reshape(4, 3).T()
	wantText(t, c.String(), "[[ 0  3  6  9]\n [ 1  4  7 10]\n [ 2  5  8 11]]")
	a.Set(int32(4), 1, 1)
	wantText(t, c.Slice(I(2)).String(), "[ 2  4  8 11]")
}

func TestS75CopyHasItsOwnBlock(t *testing.T) {
	b := int32s(12).Reshape(4, 3)
	c := b.Copy()
	if c.DataPtr() == b.DataPtr() || c.SharesMemory(b) || c.Base() != nil || !c.OwnData() {
		t.Error("not a copy")
	}
	wantText(t, blockHex(t, c), blockHex(t, b))
}

func TestS76SliceLiesInTheBlock(t *testing.T) {
	b := int32s(12).Reshape(4, 3)
	d := b.Slice(R(1, 3), All)
	if d.DataPtr() != b.DataPtr()+12 {
		t.Error(d.DataPtr() - b.DataPtr())
	}
	if lo, hi := d.ByteBounds(); lo < b.DataPtr() || hi > b.DataPtr()+48 {
		t.Error("outside of the block")
	}
	wantText(t, d.String(), "[[3 4 5]\n [6 7 8]]")
}

func TestS77ByteBounds(t *testing.T) {
	b := int32s(12).Reshape(4, 3)
	for name, v := range map[string]*Array{"b": b, "b.T": b.T(), "b[::-1]": b.Slice(Step(-1)), "b[::-1, ::-1]": b.Flip()} {
		if lo, hi := v.ByteBounds(); lo != b.DataPtr() || hi != b.DataPtr()+48 {
			t.Errorf("%s: from %d to %d", name, int(lo-b.DataPtr()), int(hi-b.DataPtr()))
		}
	}
	if lo, hi := b.Slice(All, I(1)).ByteBounds(); lo != b.DataPtr()+4 || hi != b.DataPtr()+4+3*12+4 {
		t.Error("a column", lo-b.DataPtr(), hi-b.DataPtr())
	}
}

// dtype, shape and strides address every item: ptr + Σ i·stride.
func TestS78AddressFormula(t *testing.T) {
	rng := rand.New(rand.NewPCG(78, 0))
	block := ArangeAs(dtype.Int32, 4*5*6)
	base := block.DataPtr()
	for range 300 {
		v := block.Reshape(4, 5, 6)
		for range 3 {
			switch rng.IntN(4) {
			case 0:
				v = v.Transpose(rng.Perm(3)...)
			case 1:
				v = v.Flip(rng.IntN(3))
			case 2:
				v = v.Slice(All, Step(1+rng.IntN(2)))
			case 3:
				v = v.Slice(All, All, From(rng.IntN(v.Dim(2))))
			}
		}
		idx := []int{rng.IntN(v.Dim(0)), rng.IntN(v.Dim(1)), rng.IntN(v.Dim(2))}
		addr := v.DataPtr()
		for k, i := range idx {
			addr += uintptr(i * v.Strides()[k])
		}
		if got, want := v.At[int32](idx...), int32(addr-base)/4; got != want {
			t.Fatalf("shape %v strides %v item %v: %d, want %d", v.Shape(), v.Strides(), idx, got, want)
		}
	}
}

func TestS79StridesAreNotMultiples(t *testing.T) {
	weight := persons(t).Field("weight")
	wantInts(t, "strides", weight.Strides(), 44)
	dt, err := dtype.FromFormat("=hdd")
	ok(t, err)
	f := Ones(dt, 5).Field(dt.Names()[1])
	wantInts(t, "strides", f.Strides(), 18)
	if f.Strides()[0]%f.ItemSize() == 0 || f.Aligned() || f.Sum(AllAxes()).Item[float64]() != 5 {
		t.Error(f.Flags(), f)
	}
}

// Six lines; the seed's seventh, UPDATEIFCOPY, is gone.
func TestS80PrintedFlags(t *testing.T) {
	wantText(t, int32s(12).Reshape(3, 4).Copy().Flags().String(), `  C_CONTIGUOUS : True
  F_CONTIGUOUS : False
  OWNDATA : True
  WRITEABLE : True
  ALIGNED : True
  WRITEBACKIFCOPY : False
`)
}

func TestS81ScalarsAreValues(t *testing.T) {
	a := int32s(12).Reshape(3, 4)
	i, j := a.At[int32](1, 1), a.At[int32](1, 1)
	a.Set(int32(4), 1, 1)
	if i != 5 || j != 5 || a.At[int32](1, 1) != 4 {
		t.Error(i, j, a)
	}
}

// Contiguous means neighbouring addresses of the process, and is true of the
// block; a view of it need not be.
func TestS82ContiguousIsTheBlock(t *testing.T) {
	a := int32s(12).Reshape(3, 4)
	if v := a.Slice(All, R(1, 3)); v.Flags().Forc() || v.Memory().Pinned != 48 {
		t.Error(v.Flags())
	}
}

// Items of one fixed size are why it works, not matrices: records and text too.
func TestS83OneFixedSize(t *testing.T) {
	for _, a := range []*Array{int32s(4), persons(t), Of([]string{"a", "bcd"})} {
		if a.Strides()[0] != a.ItemSize() || a.NBytes() != a.Len()*a.ItemSize() {
			t.Error(a.DType(), a.Strides())
		}
	}
}

// np.array is a function, ndarray the class; here constructors make *Array.
func TestS84ConstructorsMakeArrays(t *testing.T) {
	for name, a := range map[string]*Array{"Of": Of([]int64{0, 1}), "Arange": Arange(2), "Zeros": Zeros(dtype.Int64, 2)} {
		if a.ClassName() != "ndarray" || a.DType() != dtype.Int64 {
			t.Errorf("%s: %s %s", name, a.ClassName(), a.DType())
		}
	}
}

func TestS85ByteOrder(t *testing.T) {
	big := ArangeAs(mustParse(t, ">i4"), 4)
	const counting = "00000000000000010000000200000003"
	const swapped = "00000000010000000200000003000000"
	wantText(t, blockHex(t, big), counting)
	s := big.ByteSwap() // other bytes, same dtype: other values
	wantText(t, blockHex(t, s), swapped)
	if s.DType() != big.DType() || s.At[int32](1) != 1<<24 {
		t.Error(s.DType(), s)
	}
	v := big.NewByteOrder(dtype.Little) // same bytes, other dtype: other values
	if !v.SharesMemory(big) || v.DType() != mustParse(t, "<i4") || v.At[int32](1) != 1<<24 {
		t.Error(v.DType(), v)
	}
	c := big.AsType(mustParse(t, "<i4")) // other bytes, other dtype: same values
	wantText(t, blockHex(t, c), swapped)
	wantText(t, c.String(), "[0 1 2 3]")
}

func TestS86Orders(t *testing.T) {
	f := ZerosOrder(F, dtype.Int32, 3, 4)
	wantInts(t, "strides", f.Strides(), 4, 12)
	a := int32s(12)
	v := a.ReshapeOrder(F, 3, 4)
	wantInts(t, "strides", v.Strides(), 4, 12)
	wantText(t, v.String(), "[[ 0  3  6  9]\n [ 1  4  7 10]\n [ 2  5  8 11]]")
	wantText(t, a.Reshape(3, 4).ReshapeOrder(F, 2, 6).String(), "[[ 0  8  5  2 10  7]\n [ 4  1  9  6  3 11]]")
}

// Objects are pointers: there is no such dtype, so none lies over raw bytes.
func TestX6ObjectsAreRefused(t *testing.T) {
	for _, s := range []string{"O", "|O8", "object"} {
		if _, err := dtype.Parse(s); err == nil {
			t.Errorf("%s is understood", s)
		}
	}
	if err := Try(func() { Of([]any{1}) }); err == nil {
		t.Error("a slice of interfaces became an array")
	}
	if err := Try(func() { Of([]*int{nil}) }); err == nil {
		t.Error("a slice of pointers became an array")
	}
}
