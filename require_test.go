package nd

import (
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

// What NumPy 2.4.6 answered for a = np.arange(6).reshape(2, 3): is it a itself,
// C- and F-contiguous, owning, writeable; the shape.
func TestRequireAsNumPy(t *testing.T) {
	a := Arange(6).Reshape(2, 3)
	ro := a.Copy()
	ok(t, ro.SetWriteable(false))
	tr := a.Transpose()
	for _, c := range []struct {
		name                  string
		from                  *Array
		f                     func() *Array
		same, c, f2, own, wri bool
		shape                 []int
	}{
		{"C", a, func() *Array { return Require(a, CContiguous) }, true, true, false, false, true, []int{2, 3}},
		{"F", a, func() *Array { return Require(a, FContiguous) }, false, false, true, true, true, []int{2, 3}},
		{"rows O", a, func() *Array { return Require(a.Slice(Step(2)), OwnData) }, false, true, true, true, true, []int{1, 3}},
		{"ro W", ro, func() *Array { return Require(ro, Writeable) }, false, true, false, true, true, []int{2, 3}},
		{"T C", tr, func() *Array { return Require(tr, CContiguous) }, false, true, false, true, true, []int{3, 2}},
		{"T O", tr, func() *Array { return Require(tr, OwnData) }, false, false, true, true, true, []int{3, 2}},
		{"f4 F", a, func() *Array { return Require(a, FContiguous, DType(dtype.Float32)) }, false, false, true, true, true, []int{2, 3}},
		{"T F", tr, func() *Array { return Require(tr, FContiguous) }, true, false, true, false, true, []int{3, 2}},
		{"T W A", tr, func() *Array { return Require(tr, Writeable|Aligned) }, true, false, true, false, true, []int{3, 2}},
		{"columns C O", a, func() *Array { return Require(a.Slice(All, Step(2)), CContiguous|OwnData) }, false, true, false, true, true, []int{2, 2}},
		{"ascontiguous", a, func() *Array { return AsContiguousArray(a) }, true, true, false, false, true, []int{2, 3}},
		{"asfortran", a, func() *Array { return AsFortranArray(a) }, false, false, true, true, true, []int{2, 3}},
		{"ascontiguous T", tr, func() *Array { return AsContiguousArray(tr) }, false, true, false, true, true, []int{3, 2}},
		{"asarray i8", a, func() *Array { return AsArray(a, CopyIfNeeded, DType(dtype.Int64)) }, true, true, false, false, true, []int{2, 3}},
		{"asarray A", a, func() *Array { return AsArray(a, CopyIfNeeded, OrderIs(A)) }, true, true, false, false, true, []int{2, 3}},
		{"array T", tr, func() *Array { return AsArray(tr, CopyAlways) }, false, false, true, true, true, []int{3, 2}},
		{"never", a, func() *Array { return AsArray(a, CopyNever) }, true, true, false, false, true, []int{2, 3}},
	} {
		b := c.f()
		fl := b.Flags()
		if (b == c.from) != c.same || fl.Has(CContiguous) != c.c || fl.Has(FContiguous) != c.f2 || fl.Has(OwnData) != c.own ||
			b.Writeable() != c.wri || !slices.Equal(b.Shape(), c.shape) {
			t.Errorf("%s: same %v, shape %v\n%s", c.name, b == c.from, b.Shape(), fl)
		}
		if b != c.from && c.own && b.SharesMemory(c.from) {
			t.Errorf("%s shares memory", c.name)
		}
	}
	for _, f := range []func(*Array, ...Option) *Array{AsContiguousArray, AsFortranArray} {
		if got := f(Scalar(3.0)); !slices.Equal(got.Shape(), []int{1}) {
			t.Error(got.Shape())
		}
	}
	wantErr(t, Try(func() { Require(a, CContiguous|FContiguous) }), ErrValue)
}

// copy=False means never copy, or raise.
func TestS38CopyNever(t *testing.T) {
	a := Arange(6).Reshape(2, 3)
	for _, o := range []Option{DType(dtype.Float32), DType(dtype.Int64.Swapped()), OrderIs(F)} {
		err := Try(func() { AsArray(a, CopyNever, o) })
		wantErr(t, err, ErrValue)
		if err != nil && err.(*Error).Msg != "Unable to avoid copy while creating an array as requested." {
			t.Error(err)
		}
	}
	if b := AsArray(a, CopyIfNeeded, DType(dtype.Float32)); b.DType() != dtype.Float32 || b.SharesMemory(a) {
		t.Error(b.DType())
	}
	if b := AsArray(a, CopyAlways); b == a || b.SharesMemory(a) {
		t.Error("not a copy")
	}
}
