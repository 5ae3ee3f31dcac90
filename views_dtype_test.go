package nd

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// Seed row S85: swapping bytes, reading them in another order, and converting
// are three things.
func TestThreeWaysToSwap(t *testing.T) {
	a := viewBase(">i4", Arange(4), 4)
	if got := itemBytes(a)[:8]; !bytes.Equal(got, []byte{0, 0, 0, 0, 0, 0, 0, 1}) {
		t.Errorf("% x", got)
	}
	swapped := a.ByteSwap()
	if swapped.DType() != a.DType() || swapped.At[int32](1) != 1<<24 || swapped.SharesMemory(a) {
		t.Error("ByteSwap keeps the dtype and changes the values of a copy")
	}
	read := a.NewByteOrder(dtype.Little)
	if read.At[int32](1) != 1<<24 || !read.SharesMemory(a) {
		t.Error("NewByteOrder changes the values by reading the same bytes")
	}
	if got := a.AsType(typed("<i4")); got.At[int32](1) != 1 {
		t.Error("AsType keeps the values")
	}
}

func TestByteSwapInPlace(t *testing.T) {
	a := viewBase("<i2", Arange(6), 2, 3)
	v := a.T().Flip(0)
	if got := v.ByteSwap(Out(v)); got != v || a.At[int16](1, 2) != 5<<8 {
		t.Error(got, a)
	}
	if a.ByteSwap(Out(a)); a.At[int16](1, 2) != 5 {
		t.Error("twice is not at all")
	}
	if err := Try(func() { a.ByteSwap(Out(Zeros(dtype.Int8, 2, 3))) }); !errors.Is(err, ErrType) {
		t.Error(err)
	}
	a.flags &^= Writeable
	if err := Try(func() { a.ByteSwap(Out(a)) }); !errors.Is(err, ErrReadOnly) {
		t.Error(err)
	}
	// A NaN keeps its payload.
	nan := Of([]uint32{0x7fa00001}).View(dtype.Float32)
	if nan.ByteSwap(Out(nan)); nan.View(dtype.Uint32).At[uint32](0) != 0x0100a07f {
		t.Errorf("%x", itemBytes(nan))
	}
}

// Sub-arrays of sub-arrays unfold axis by axis.
func TestSubArrayField(t *testing.T) {
	inner, err := dtype.SubArray(typed("<i2"), 3)
	must("test", err)
	outer, err := dtype.SubArray(inner, 2)
	must("test", err)
	rec, err := dtype.Struct([]dtype.Field{{Name: "x", DType: dtype.Uint8}, {Name: "m", DType: outer}})
	must("test", err)
	m := Zeros(rec, 4).Flip().Field("m")
	if !sameInts(m.lay.Shape, []int{4, 2, 3}) || !sameInts(m.lay.Strides, []int{-13, 6, 2}) || m.DType() != typed("<i2") {
		t.Error(m.lay, m.DType())
	}
}

func TestBasicIndex(t *testing.T) {
	a := Arange(12).Reshape(3, 4)
	index, err := BasicIndex("1:, ::-2")
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Slice(index...); !bytes.Equal(itemBytes(got), itemBytes(a.Index("1:, ::-2"))) {
		t.Error(got)
	}
	if _, err := BasicIndex("1:, x"); !errors.Is(err, ErrIndex) {
		t.Error(err)
	}
}
