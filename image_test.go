package nd

import (
	"image"
	"image/color"
	"slices"
	"testing"

	"github.com/stride-go/nd/dtype"
)

func TestS43ImagesBothWays(t *testing.T) {
	r := image.Rect(0, 0, 5, 4)
	for _, c := range []struct {
		img    image.Image
		shape  []int
		stride []int
	}{
		{image.NewGray(r), []int{4, 5}, []int{5, 1}},
		{image.NewAlpha(r), []int{4, 5}, []int{5, 1}},
		{image.NewGray16(r), []int{4, 5}, []int{10, 2}},
		{image.NewRGBA(r), []int{4, 5, 4}, []int{20, 4, 1}},
		{image.NewNRGBA(r), []int{4, 5, 4}, []int{20, 4, 1}},
		{image.NewCMYK(r), []int{4, 5, 4}, []int{20, 4, 1}},
		{image.NewRGBA64(r), []int{4, 5, 4}, []int{40, 8, 2}},
		{image.NewPaletted(r, color.Palette{color.Black, color.White}), []int{4, 5}, []int{5, 1}},
	} {
		a, err := FromImage(c.img)
		ok(t, err)
		if !slices.Equal(a.Shape(), c.shape) || !slices.Equal(a.Strides(), c.stride) || !a.Writeable() || a.OwnData() {
			t.Errorf("%T: shape %v strides %v", c.img, a.Shape(), a.Strides())
		}
		a.Fill(1)
		if _, _, _, alpha := c.img.At(4, 3).RGBA(); alpha == 0 {
			t.Errorf("%T: the write did not reach the image", c.img)
		}
	}
}

func TestImageRoundTrips(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 8, 6))
	img.SetRGBA(5, 3, color.RGBA{1, 2, 3, 4})
	a, err := FromImage(img)
	ok(t, err)
	if got := values[uint8](a.Slice(I(3), I(5))); !slices.Equal(got, []uint8{1, 2, 3, 4}) {
		t.Error(got)
	}
	back, err := a.AsRGBA()
	ok(t, err)
	if &back.Pix[0] != &img.Pix[0] || back.Stride != img.Stride || back.Rect != img.Rect || len(back.Pix) != len(img.Pix) {
		t.Error("another image came back")
	}
	// A crop keeps its parent's stride, whoever made it.
	crop, err := a.Slice(R(1, 4), R(2, 7)).AsNRGBA()
	ok(t, err)
	sub := img.SubImage(image.Rect(2, 1, 7, 4)).(*image.RGBA)
	if crop.Stride != 32 || &crop.Pix[0] != &sub.Pix[0] || crop.Rect != image.Rect(0, 0, 5, 3) || crop.NRGBAAt(3, 2) != (color.NRGBA{1, 2, 3, 4}) {
		t.Error(crop.Stride, crop.Rect)
	}
	s, err := FromImage(sub)
	ok(t, err)
	if !slices.Equal(s.Shape(), []int{3, 5, 4}) || !slices.Equal(s.Strides(), []int{32, 4, 1}) || s.At[uint8](2, 3, 2) != 3 {
		t.Error(s.Shape(), s.Strides())
	}
	g := Arange(12).AsType(dtype.Uint8).Reshape(3, 4)
	gray, err := g.AsGray()
	ok(t, err)
	if gray.GrayAt(2, 1).Y != 6 {
		t.Error(gray.GrayAt(2, 1))
	}
	wide, err := Full(bigUint16, 0x1234, 3, 4).AsGray16()
	ok(t, err)
	if wide.Gray16At(3, 2).Y != 0x1234 {
		t.Error(wide.Gray16At(3, 2))
	}
	plane, err := a.Slice(All, All, I(0)).AsGray()
	if err == nil {
		t.Error("a channel of interleaved pixels is no Gray", plane.Rect)
	}
}

func TestImagesThatCannotBeShared(t *testing.T) {
	g := Zeros(dtype.Uint8, 3, 4)
	frozen := Zeros(dtype.Uint8, 3, 4)
	ok(t, frozen.SetWriteable(false))
	for name, c := range map[string]struct {
		a    *Array
		kind error
	}{
		"dtype":     {Zeros(dtype.Int8, 3, 4), ErrDType},
		"rank":      {Zeros(dtype.Uint8, 12), ErrShape},
		"upside":    {g.Slice(Step(-1)), ErrValue},
		"mirrored":  {g.Slice(All, Step(-1)), ErrValue},
		"turned":    {g.Transpose(), ErrValue},
		"broadcast": {g.Slice(I(0)).BroadcastTo(3, 4).Copy().Slice(Step(2), Step(2)), ErrValue},
		"read-only": {frozen, ErrReadOnly},
	} {
		if _, err := c.a.AsGray(); err == nil {
			t.Errorf("%s: no error", name)
		} else {
			wantErr(t, err, c.kind)
		}
	}
	_, err := Zeros(dtype.Uint8, 3, 4, 3).AsRGBA()
	wantErr(t, err, ErrShape)
	_, err = FromImage(image.NewYCbCr(image.Rect(0, 0, 2, 2), image.YCbCrSubsampleRatio420))
	wantErr(t, err, ErrType)
	_, err = FromImage(image.NewUniform(color.White))
	wantErr(t, err, ErrType)
	_, err = FromImage(&image.Gray{Pix: make([]byte, 5), Stride: 3, Rect: image.Rect(0, 0, 3, 2)})
	wantErr(t, err, ErrValue)
	_, err = FromImage(&image.Gray{Pix: make([]byte, 5), Stride: -3, Rect: image.Rect(0, 0, 3, 2)})
	wantErr(t, err, ErrValue)
	if a, err := FromImage(&image.RGBA{}); err != nil || a.Size() != 0 {
		t.Error(err)
	}
	if m, err := Zeros(dtype.Uint8, 0, 4).AsGray(); err != nil || !m.Rect.Empty() {
		t.Error(err)
	}
	if m, err := Zeros(dtype.Uint8, 5, 4).Slice(I(2)).ExpandDims(0).AsGray(); err != nil || len(m.Pix) != 4 {
		t.Error(err)
	}
}

func TestYCbCrPlanes(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		for _, r := range []image.Rectangle{image.Rect(0, 0, 7, 5), image.Rect(3, 1, 8, 8), image.Rect(-3, -3, 4, 2)} {
			img := image.NewYCbCr(r, ratio)
			y, cb, cr, err := FromYCbCr(img)
			ok(t, err)
			if y.Size() != r.Dx()*r.Dy() || cb.Size() != len(img.Cb) || cr.Size() != len(img.Cr) {
				t.Errorf("%s %s: %v %v %v", ratio, r, y.Shape(), cb.Shape(), len(img.Cb))
			}
			if r.Min != (image.Point{}) {
				continue
			}
			back, err := AsYCbCr(y, cb, cr, ratio)
			ok(t, err)
			y.Fill(9)
			cr.Fill(7)
			if c := back.YCbCrAt(6, 4); c.Y != 9 || c.Cr != 7 || &back.Cb[0] != &img.Cb[0] {
				t.Errorf("%s: %v", ratio, c)
			}
			if _, err := AsYCbCr(y, cb, cr.Slice(From(1)), ratio); err == nil {
				t.Error("planes of different shapes")
			}
		}
	}
}
