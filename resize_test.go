package nd

import (
	"errors"
	"runtime"
	"testing"
)

const referencedText = "cannot resize an array that references or is referenced\nby another object in this way.\n" +
	"Use the np.resize function to get a new resized copy or\n set refcheck=False to disable this check"

func TestS88ResizeInPlace(t *testing.T) {
	a := Arange(12)
	ResizeInPlace(&a, true, 3, 5)
	if got := a.String(); got != "[[ 0  1  2  3  4]\n [ 5  6  7  8  9]\n [10 11  0  0  0]]" || !a.OwnData() {
		t.Errorf("%s", got)
	}
	ResizeInPlace(&a, true, 4)
	if got := a.String(); got != "[0 1 2 3]" {
		t.Errorf("%s", got)
	}
	// The items of an F-ordered array keep their places in memory.
	f := Of([]int64{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}).Reshape(4, 3).T().Copy(K)
	ResizeInPlace(&f, true, 2, 4)
	if got := f.String(); got != "[[0 8 5 2]\n [4 1 9 6]]" || !f.Flags().FNC() {
		t.Errorf("%s", got)
	}
}

func TestS88ResizeRefusesWhileReferenced(t *testing.T) {
	a := Arange(12)
	v := a.Slice(From(1))
	was := a
	err := Try(func() { ResizeInPlace(&a, true, 20) })
	if !errors.Is(err, ErrValue) || err.(*Error).Msg != referencedText {
		t.Fatalf("%v", err)
	}
	if a != was || v.Base() != a {
		t.Error("a refusal changed the variable")
	}
	// Equal size changes the header alone.
	ResizeInPlace(&a, true, 3, 4)
	if a.Shape()[1] != 4 || !a.SharesMemory(v) || !a.OwnData() {
		t.Error(a.Shape())
	}
	// Views of the stand-in's block count, whichever header they were taken from.
	was = nil
	if err := Try(func() { ResizeInPlace(&a, true, 20) }); err == nil || a == nil || a.Shape()[0] != 3 || !a.OwnData() {
		t.Error(err, a)
	}
	ResizeInPlace(&a, false, 20)
	if v.At[int64](10) != 11 || a.At[int64](11) != 11 || a.At[int64](12) != 0 || a.SharesMemory(v) {
		t.Error(a, v)
	}
	runtime.KeepAlive(v)
	// A view that is dropped does not count.
	b := Arange(12)
	if b.Slice(From(1)).Size() != 11 {
		t.Error(b)
	}
	ResizeInPlace(&b, true, 20)
}

func TestS88ResizeErrors(t *testing.T) {
	a := Arange(12).Reshape(3, 4).Copy()
	for want, f := range map[string]func(){
		"resize only works on single-segment arrays":                                                  func() { v := a.Slice(All, R(0, 2)); ResizeInPlace(&v, true, 20) },
		"cannot resize this array: it does not own its data":                                          func() { v := a.Slice(R(0, 2)); ResizeInPlace(&v, true, 20) },
		"negative dimensions not allowed":                                                             func() { ResizeInPlace(&a, true, -1) },
		"cannot resize a read-only array":                                                             func() { v := a.Copy(); v.SetWriteable(false); ResizeInPlace(&v, true, 20) },
		"array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.": func() { ResizeInPlace(&a, true, 1<<40, 1<<40) },
	} {
		var e *Error
		if err := Try(f); !errors.As(err, &e) || e.Msg != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	v := a.Slice(R(0, 2))
	ResizeInPlace(&v, true, 4, 2) // equal size: a view is given another header
	if v.OwnData() || !v.SharesMemory(a) || v.Shape()[0] != 4 {
		t.Error(v)
	}
	s := Scalar(int64(5))
	ResizeInPlace(&s, true, 3)
	if s.String() != "[5 0 0]" {
		t.Error(s)
	}
	z := Zeros(Arange(1).DType(), 0)
	ResizeInPlace(&z, true, 2)
	ResizeInPlace(&z, true)
	if z.NDim() != 0 || z.String() != "0" {
		t.Error(z)
	}
}
