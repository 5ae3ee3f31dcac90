package nd

import (
	"bytes"
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// The short way of Assign, Copy, AsType and Fill gives what the long way gives, for all
// pairs of numeric kinds, and leaves alone what it must.
func TestQuickAssign(t *testing.T) {
	values := Of([]float64{0, 1, -1, 2.5, -3.75, 127, 128, 255, 300, 1e9, -1e9, 1e19, 1e300, math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 65519})
	n := values.Size()
	check := func(want bool, got, src, expected *Array) {
		t.Helper()
		if done := quickAssign("test", got, src); done != want {
			t.Errorf("%s %v to %s %v: quick %t", src.DType(), src.Shape(), got.DType(), got.Shape(), done)
		}
		if !want {
			expected = Zeros(got.DType(), got.Shape()...)
		}
		if !bytes.Equal(got.bytesInC(), expected.bytesInC()) {
			t.Errorf("%s to %s: %v, want %v", src.DType(), got.DType(), got, expected)
		}
	}
	for _, from := range numericDTypes {
		src := Zeros(from, 2*n).Slice(Step(2)) // every second item is not for quickAssign
		src.Assign(values)
		dense := src.Copy()
		for _, to := range numericDTypes {
			expected := Zeros(to, 2*n).Slice(Step(2))
			expected.Assign(src)
			check(true, Zeros(to, n), dense, expected)
			check(false, Zeros(to, n), src, nil)
			check(false, Zeros(to, 2, n), dense, nil)
			all := Zeros(to, 2*n).Slice(Step(2))
			one := dense.Slice(I(7))
			all.Assign(one)
			check(from == to, Zeros(to, n), one, all)
		}
	}
	// Weak numbers keep their checks and their kinds.
	check(true, Zeros(dtype.Float32, 3), asArray(0.1), Full(dtype.Float32, float32(0.1), 3))
	check(true, Zeros(dtype.Float16, 3), asArray(1.5), Full(dtype.Float16, 1.5, 3))
	check(true, Zeros(dtype.Int64, 3), asArray(7), Full(dtype.Int64, 7, 3))
	check(false, Zeros(dtype.Uint8, 3), asArray(300), nil)
	check(false, Zeros(dtype.Int32, 3), asArray(1.5), nil)
	check(false, Zeros(dtype.Float64.Swapped(), n), values, nil)
	// Read-only, and overlapping operands of which one is cast.
	fixed := Zeros(dtype.Float64, n)
	fixed.SetWriteable(false)
	check(false, fixed, values, nil)
	a := Arange(8.0)
	if b := a.View(dtype.Int32); quickAssign("test", b.Slice(R(1, 9)), a) {
		t.Error("overlapping operands of two dtypes went the short way")
	}
	a.Slice(R(1, 8)).Assign(a.Slice(R(0, 7)))
	if want := Of([]float64{0, 0, 1, 2, 3, 4, 5, 6}); !a.ArrayEqual(want) {
		t.Errorf("items moved over themselves: %v", a)
	}
}
