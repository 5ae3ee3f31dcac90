package nd

import (
	"errors"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// TestFreshRefused makes arrays of no dtype and in memory orders that there are not.
func TestFreshRefused(t *testing.T) {
	a := Arange(6).Reshape(2, 3)
	var none dtype.DType
	for name, c := range map[string]struct {
		want error
		call func()
	}{
		"zeros of no dtype":    {ErrDType, func() { Zeros(none, 2) }},
		"empty of no dtype":    {ErrDType, func() { Empty(none, 0) }},
		"full of no dtype":     {ErrDType, func() { Full(none, 1, 2) }},
		"cast to no dtype":     {ErrDType, func() { a.AsType(none) }},
		"lazy cast to none":    {ErrDType, func() { a.Lazy().AsType(none) }},
		"zeros in order A":     {ErrValue, func() { ZerosOrder(A, dtype.Int8, 2) }},
		"empty in order K":     {ErrValue, func() { EmptyOrder(K, dtype.Int8, 2) }},
		"copy in order f":      {ErrValue, func() { a.Copy('f') }},
		"flatten in order X":   {ErrValue, func() { a.Flatten(OrderIs('X')) }},
		"cast in order f":      {ErrValue, func() { a.AsType(dtype.Int8, OrderIs('f')) }},
		"operation in order c": {ErrValue, func() { a.Add(1, OrderIs('c')) }},
	} {
		if err := Try(c.call); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestScalarOfArray makes arrays of Go arrays, whose axes are the result's.
func TestScalarOfArray(t *testing.T) {
	x := [2][3]int32{{1, 2, 3}, {4, 5, 6}}
	a := Scalar(x)
	if want := Of([][]int32{x[0][:], x[1][:]}); a.DType() != want.DType() || !a.ArrayEqual(want) || !a.OwnData() {
		t.Errorf("Scalar of %v is %v of %v", x, a, a.DType())
	}
	x[0][0] = 9
	if a.At[int32](0, 0) != 1 {
		t.Error("Scalar does not copy")
	}
	if b := Scalar([4]byte{'a', 'b'}); b.NDim() != 0 || b.DType() != dtype.Bytes(4) || b.At[string]() != "ab" {
		t.Errorf("Scalar of bytes is %v of %v, shape %v", b, b.DType(), b.Shape())
	}
	if e := Scalar([0]int64{}); !slices.Equal(e.Shape(), []int{0}) {
		t.Errorf("Scalar of no items has shape %v", e.Shape())
	}
}
