package nd

import (
	"errors"
	"math"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// AsStrided accepts exactly the layouts whose items all lie in the block.
func TestAsStridedIsChecked(t *testing.T) {
	block := Zeros(dtype.Int16, 6) // 12 bytes
	a := block.Slice(From(2))
	accepted, refused := 0, 0
	for n := range 4 {
		for m := range 4 {
			for s := -8; s <= 8; s++ {
				for u := -6; u <= 6; u += 3 {
					inside := true
					for i := range n {
						for j := range m {
							at := 4 + i*s + j*u
							inside = inside && at >= 0 && at+2 <= 12
						}
					}
					var v *Array
					err := Try(func() { v = a.AsStrided([]int{n, m}, []int{s, u}) })
					if inside != (err == nil) {
						t.Fatalf("shape (%d, %d), strides (%d, %d): %v", n, m, s, u, err)
					}
					if err != nil {
						refused++
						if !errors.Is(err, ErrValue) {
							t.Fatal(err)
						}
						continue
					}
					accepted++
					if v.Base() != block || v.Aligned() != (n == 0 || m == 0 || (n == 1 || s%2 == 0) && (m == 1 || u%2 == 0)) {
						t.Fatalf("shape (%d, %d), strides (%d, %d): %v", n, m, s, u, v.Flags())
					}
				}
			}
		}
	}
	if accepted < 200 || refused < 200 {
		t.Error(accepted, refused)
	}
}

func TestAsStridedOverflow(t *testing.T) {
	a := Zeros(dtype.Int8, 4)
	for _, c := range []struct{ shape, strides []int }{
		{[]int{3}, []int{math.MaxInt}},
		{[]int{3}, []int{math.MinInt}},
		{[]int{2, 2}, []int{math.MaxInt, math.MaxInt}},
		{[]int{2, 2, 2}, []int{math.MaxInt, math.MaxInt, 2}},
		{[]int{math.MaxInt}, []int{1}},
		{[]int{math.MaxInt, 2}, []int{0, 0}},
	} {
		if err := Try(func() { a.AsStrided(c.shape, c.strides) }); !errors.Is(err, ErrValue) && !errors.Is(err, ErrShape) {
			t.Errorf("%v, %v: %v", c.shape, c.strides, err)
		}
	}
	if v := a.AsStrided([]int{1 << 40}, []int{0}); v.Size() != 1<<40 {
		t.Error("a stride of 0 needs no memory")
	}
}

// A view of a read-only array cannot be made writeable by a trick.
func TestTricksKeepReadOnly(t *testing.T) {
	a := Zeros(dtype.Int8, 4)
	a.flags &^= Writeable
	if a.AsStrided([]int{2}, []int{1}).Writeable() || a.View(dtype.Uint8).Writeable() || a.Reshape(2, 2).Writeable() {
		t.Error("writeable")
	}
}
