package nd

import (
	"errors"
	"testing"

	"github.com/stride-go/nd/dtype"
)

func TestRavelIntoNothing(t *testing.T) {
	for _, mode := range []IndexMode{ModeRaise, ModeWrap, ModeClip} {
		wantPanic(t, func() { RavelMultiIndex([]*Array{Of([]int{0, 1})}, []int{0}, Mode(mode)) }, ErrValue, "cannot unravel if shape has zero entries (is empty).")
	}
}

// TestChooseLayouts holds Choose against Where, choice by choice: single items, rows, other
// dtypes and layouts, items of every size, numbers outside under each mode.
func TestChooseLayouts(t *testing.T) {
	const n = 600
	which := Arange(2*n).Multiply(7).Remainder(5).Subtract(1).Reshape(2, n)
	for _, k := range []string{"?", "i1", "<i2", ">i4", "<f4", "<f8", ">c8", "<c16", "S3", "U2"} {
		dt := dtype.MustParse(k)
		base := Arange(3 * n).Remainder(10).AsType(dt)
		choices := []*Array{base.Slice(To(n)), base.Slice(I(3)), base.Slice(To(2*n)).Reshape(2, n).Flip(), base.Slice(R(1, 2*n+1)).Reshape(n, 2).T()}
		for _, places := range []*Array{which, which.AsType(dtype.Int8), which.Slice(All, Step(-1)), which.Copy(F)} {
			for _, mode := range []IndexMode{ModeClip, ModeWrap, ModeRaise} {
				at := places
				switch mode {
				case ModeClip:
					at = places.Clip(0, 3)
				case ModeWrap:
					at = places.Remainder(4)
				case ModeRaise:
					if err := Try(func() { places.Choose(choices) }); !errors.Is(err, ErrValue) {
						t.Fatalf("%s: a number outside: %v", k, err)
					}
					places = at.Clip(0, 3)
					at = places
				}
				want := Zeros(dt.Native(), 2, n)
				for i, c := range choices {
					want.Assign(at.Equal(i).Where(c, want))
				}
				got := places.Choose(choices, Mode(mode))
				if got.DType() != want.DType() || !got.ArrayEqual(want) {
					t.Fatalf("%s, mode %d: %v, want %v", k, mode, got, want)
				}
				if out := Zeros(dt, 2, 2*n).Slice(All, Step(2)); places.Choose(choices, Mode(mode), Out(out)) != out || !out.ArrayEqual(want) {
					t.Fatalf("%s, mode %d: out is %v", k, mode, out)
				}
			}
		}
	}
}

// TestPutMaskLayouts holds PutMask against Where, values being repeated; what is not cast as
// safe is refused.
func TestPutMaskLayouts(t *testing.T) {
	a := Arange(60).Reshape(3, 20)
	mask := a.Remainder(3)
	for _, to := range []*Array{a.Copy(), a.Copy(F), a.Flip(), a.AsType(dtype.MustParse(">f4")), a.AsType(dtype.Int8)} {
		for _, on := range []*Array{mask, mask.Equal(1).Ravel(), mask.Copy(F)} {
			for _, values := range []*Array{Of([]float64{-7}), Of([]int{-1, -2, -3, -4, -5, -6, -7}), a.Negative(), a.Negative().Ravel(), a.Negative().Copy(F).AsType(dtype.Float32), Arange(100), Of([]int8{-1, -2, -3})} {
				got := to.Copy(K)
				if !dtype.CanCast(values.DType(), to.DType(), dtype.Safe) {
					if err := Try(func() { got.PutMask(on, values) }); !errors.Is(err, ErrType) || !got.ArrayEqual(to) {
						t.Fatalf("%v into %v: %v, %v", values, to, got, err)
					}
					values = values.AsType(to.DType())
				}
				want := on.Reshape(3, 20).Where(Resize(values, 3, 20).AsType(to.DType()), got)
				if got.PutMask(on, values); !got.ArrayEqual(want) {
					t.Fatalf("%v into %v: %v, want %v", values, to, got, want)
				}
			}
		}
	}
	self := Arange(6)
	self.PutMask(Ones(dtype.Bool, 6), self.Flip())
	if !self.ArrayEqual(Arange(6).Flip()) {
		t.Errorf("its own items reversed: %v", self)
	}
}

// TestUnravelDivides holds UnravelIndex and RavelMultiIndex against the division of every
// place, for shapes on both sides of what 32 bits hold.
func TestUnravelDivides(t *testing.T) {
	for _, shape := range [][]int{{7}, {3, 1, 5}, {1, 1}, {1 << 16, 1<<16 - 1}, {1<<16 - 1, 65537}, {1 << 16, 1 << 16}, {10, 641, 6700417}, {3, 1 << 40, 5}, {2, 0}} {
		n := 1
		for _, d := range shape {
			n *= d
		}
		flat := []int64{}
		for _, p := range []int{0, 1, 2, n / 3, n / 2, n - 2, n - 1} {
			if p < n && p >= 0 {
				flat = append(flat, int64(p))
			}
		}
		for k := range uint64(2000) {
			if n > 0 {
				flat = append(flat, int64(k*0x9e3779b97f4a7c15>>1%uint64(n)))
			}
		}
		got := UnravelIndex(Of(flat), shape...)
		for i, p := range flat {
			for k := len(shape) - 1; k >= 0; k-- {
				if at := got[k].At[int64](i); at != p%int64(shape[k]) {
					t.Fatalf("%d in %v: axis %d is %d", flat[i], shape, k, at)
				}
				p /= int64(shape[k])
			}
		}
		if n == 0 {
			continue
		}
		wide := make([]*Array, len(got))
		for k, g := range got {
			wide[k] = g.AsType(dtype.MustParse(">i8"))
			if shape[k] == 1 {
				wide[k] = Zeros(dtype.Int8) // broadcasts
			}
		}
		if back := RavelMultiIndex(wide, shape); !back.ArrayEqual(Of(flat)) && n > 1 {
			t.Errorf("%v: %v, want %v", shape, back, flat)
		}
	}
	for _, p := range []int{6, -1, -7} {
		if err := Try(func() { UnravelIndex(Of([]int{0, p}), 2, 3) }); !errors.Is(err, ErrValue) {
			t.Errorf("%d in (2, 3): %v", p, err)
		}
	}
	if r := RavelMultiIndex([]*Array{Of([]int{-1, 5}), Of([]int{4, -4})}, []int{2, 3}, Mode(ModeClip)); !r.ArrayEqual(Of([]int{2, 3})) {
		t.Errorf("clipped: %v", r)
	}
	if r := RavelMultiIndex([]*Array{Of([]int{-1, 5}), Of([]int{4, -4})}, []int{2, 3}, Mode(ModeWrap)); !r.ArrayEqual(Of([]int{4, 5})) {
		t.Errorf("wrapped: %v", r)
	}
}
