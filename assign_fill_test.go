package nd

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// A number of another dtype is cast once for all items, in every layout.
func TestFillCasts(t *testing.T) {
	for _, n := range []int{1, 63, 64, 5000} {
		for _, dt := range []dtype.DType{dtype.Float32, dtype.Int16, dtype.Complex128, dtype.Float64.Swapped(), dtype.Float16} {
			a := Zeros(dt, n, 2)
			a.Slice(All, I(1)).Fill(3.0)
			a.Slice(All, I(0)).Assign(Full(dtype.Int64, 7, 1, 1, 1).Reshape(1))
			for k, want := range []float64{7, 3} {
				if col := a.Slice(All, I(k)).AsType(dtype.Float64, Casting(dtype.Unsafe)); !col.Equal(want).AllTrue().At[bool]() {
					t.Errorf("%d items of %s: column %d is not %v", n, dt, k, want)
				}
			}
		}
	}
	a := Arange(200).AsType(dtype.Float32)
	a.Assign(a.Slice(I(150)).AsType(dtype.Float64))
	if !a.Equal(150).AllTrue().At[bool]() {
		t.Error("an item of the array itself")
	}
	defer func() {
		if recover() == nil {
			t.Error("300 fits into uint8")
		}
	}()
	Zeros(dtype.Uint8, 100).Fill(300)
}

// A Go number that an integer dtype cannot hold is refused, a float by what is left of it
// without its fraction.
func TestFillRefusesFloats(t *testing.T) {
	for _, c := range []struct {
		dt dtype.DType
		x  float64
		ok bool
	}{
		{dtype.Int8, 127.9, true}, {dtype.Int8, 128, false}, {dtype.Int8, -128.9, true}, {dtype.Int8, -129, false},
		{dtype.Uint8, -0.9, true}, {dtype.Uint8, -1, false}, {dtype.Uint8, 256, false}, {dtype.Int16.Swapped(), 40000, false},
		{dtype.Int64, 1 << 63, false}, {dtype.Int64, -1 << 63, true}, {dtype.Uint64, 1 << 63, true}, {dtype.Uint64, 1 << 64, false},
		{dtype.Uint32, 1e300, false}, {dtype.Bool, 300, true},
	} {
		a := Zeros(c.dt, 3)
		for way, do := range map[string]func(){
			"fill": func() { a.Fill(c.x) },
			"set":  func() { a.Set(c.x, 1) },
			"pick": func() { a.SetPick(c.x, By(Of([]int{0, 2}))) },
		} {
			if err := Try(do); err == nil != c.ok || err != nil && !errors.Is(err, ErrOverflow) {
				t.Errorf("%s of %v in %s: %v", way, c.x, c.dt, err)
			}
		}
	}
}
