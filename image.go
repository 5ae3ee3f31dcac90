package nd

import (
	"image"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// Images of the standard library and arrays share pixels in both directions. An
// image's Pix and Stride are a block and the stride of axis 0:
//
//	image.Gray, Alpha, Paletted   shape (h, w)     strides (Stride, 1)     uint8
//	image.Gray16, Alpha16         shape (h, w)     strides (Stride, 2)     >u2
//	image.RGBA, NRGBA, CMYK       shape (h, w, 4)  strides (Stride, 4, 1)  uint8
//	image.RGBA64, NRGBA64         shape (h, w, 4)  strides (Stride, 8, 2)  >u2
//
// A sub-image keeps its parent's Stride, so its array has padded rows.

// FromImage returns the pixels of img as an array: a view, writes go both ways,
// and the array keeps the pixels alive. Item [0, 0] is the pixel at
// img.Bounds().Min. An image.YCbCr has three planes: see FromYCbCr. ErrType for
// other implementations of image.Image, ErrValue if Pix is too short for the
// bounds.
func FromImage(img image.Image) (*Array, error) {
	switch m := img.(type) {
	case *image.Gray:
		return pixels(m.Pix, m.Stride, m.Rect, 1, dtype.Uint8)
	case *image.Alpha:
		return pixels(m.Pix, m.Stride, m.Rect, 1, dtype.Uint8)
	case *image.Paletted:
		return pixels(m.Pix, m.Stride, m.Rect, 1, dtype.Uint8)
	case *image.Gray16:
		return pixels(m.Pix, m.Stride, m.Rect, 1, bigUint16)
	case *image.Alpha16:
		return pixels(m.Pix, m.Stride, m.Rect, 1, bigUint16)
	case *image.RGBA:
		return pixels(m.Pix, m.Stride, m.Rect, 4, dtype.Uint8)
	case *image.NRGBA:
		return pixels(m.Pix, m.Stride, m.Rect, 4, dtype.Uint8)
	case *image.CMYK:
		return pixels(m.Pix, m.Stride, m.Rect, 4, dtype.Uint8)
	case *image.RGBA64:
		return pixels(m.Pix, m.Stride, m.Rect, 4, bigUint16)
	case *image.NRGBA64:
		return pixels(m.Pix, m.Stride, m.Rect, 4, bigUint16)
	case *image.YCbCr, *image.NYCbCrA:
		return nil, &Error{Op: "FromImage", Err: ErrType, Msg: "an image.YCbCr has three planes: FromYCbCr returns them"}
	}
	return nil, &Error{Op: "FromImage", Err: ErrType, Msg: sprintf("pixels of a %T are not in memory that arrays can share", img)}
}

// bigUint16 is the item of images with 16 bits a channel.
var bigUint16 = dtype.Uint16.NewByteOrder(dtype.Big)

// pixels returns an array over the pixels of an image.
func pixels(pix []byte, stride int, r image.Rectangle, channels int, dt dtype.DType) (*Array, error) {
	item := dt.ItemSize()
	shape, strides := []int{r.Dy(), r.Dx()}, []int{stride, channels * item}
	if channels > 1 {
		shape, strides = append(shape, channels), append(strides, item)
	}
	return Over(buffer.FromSlice(pix), dt, shape, strides, 0)
}

// FromYCbCr returns the three planes of img as views of shape (h, w) for Y and
// the subsampled shapes for Cb and Cr. Writes go both ways.
func FromYCbCr(img *image.YCbCr) (y, cb, cr *Array, err error) {
	if y, err = pixels(img.Y, img.YStride, img.Rect, 1, dtype.Uint8); err != nil {
		return nil, nil, nil, err
	}
	chroma := chromaRect(img.Rect, img.SubsampleRatio)
	if cb, err = pixels(img.Cb, img.CStride, chroma, 1, dtype.Uint8); err == nil {
		cr, err = pixels(img.Cr, img.CStride, chroma, 1, dtype.Uint8)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	return y, cb, cr, nil
}

// chromaRect returns the size of the colour planes of an image with bounds r.
func chromaRect(r image.Rectangle, ratio image.YCbCrSubsampleRatio) image.Rectangle {
	dx, dy := 1, 1
	switch ratio {
	case image.YCbCrSubsampleRatio422:
		dx = 2
	case image.YCbCrSubsampleRatio420:
		dx, dy = 2, 2
	case image.YCbCrSubsampleRatio440:
		dy = 2
	case image.YCbCrSubsampleRatio411:
		dx = 4
	case image.YCbCrSubsampleRatio410:
		dx, dy = 4, 2
	}
	if r.Empty() {
		return image.Rectangle{}
	}
	// The division is Go's, towards zero, as in package image.
	return image.Rect(0, 0, (r.Max.X+dx-1)/dx-r.Min.X/dx, (r.Max.Y+dy-1)/dy-r.Min.Y/dy)
}

// AsGray returns the array as an image, without copying: shape (h, w), uint8,
// writeable, the columns of a row one after another and the rows ascending, no
// mapped file. Any other array is ErrShape, ErrDType, ErrReadOnly or ErrValue; Copy
// or AsType makes one that fits. ErrClosed after Release.
func (a *Array) AsGray() (*image.Gray, error) {
	pix, stride, r, err := a.asPixels("AsGray", 1, dtype.Uint8)
	if err != nil {
		return nil, err
	}
	return &image.Gray{Pix: pix, Stride: stride, Rect: r}, nil
}

// AsGray16 is AsGray for dtype >u2, the byte order of Go's images.
func (a *Array) AsGray16() (*image.Gray16, error) {
	pix, stride, r, err := a.asPixels("AsGray16", 1, bigUint16)
	if err != nil {
		return nil, err
	}
	return &image.Gray16{Pix: pix, Stride: stride, Rect: r}, nil
}

// AsRGBA is AsGray for shape (h, w, 4): red, green, blue premultiplied by alpha,
// and alpha.
func (a *Array) AsRGBA() (*image.RGBA, error) {
	pix, stride, r, err := a.asPixels("AsRGBA", 4, dtype.Uint8)
	if err != nil {
		return nil, err
	}
	return &image.RGBA{Pix: pix, Stride: stride, Rect: r}, nil
}

// AsNRGBA is AsGray for shape (h, w, 4): red, green, blue not premultiplied, and
// alpha.
func (a *Array) AsNRGBA() (*image.NRGBA, error) {
	pix, stride, r, err := a.asPixels("AsNRGBA", 4, dtype.Uint8)
	if err != nil {
		return nil, err
	}
	return &image.NRGBA{Pix: pix, Stride: stride, Rect: r}, nil
}

// AsYCbCr returns three planes as an image, without copying. The planes are as
// AsGray asks; cb and cr have one shape and one row stride, that which the ratio
// gives for y's shape.
func AsYCbCr(y, cb, cr *Array, ratio image.YCbCrSubsampleRatio) (*image.YCbCr, error) {
	const op = "AsYCbCr"
	img := &image.YCbCr{SubsampleRatio: ratio}
	var err error
	var rb, rr image.Rectangle
	var stride int
	if img.Y, img.YStride, img.Rect, err = y.asPixels(op, 1, dtype.Uint8); err != nil {
		return nil, err
	}
	if img.Cb, img.CStride, rb, err = cb.asPixels(op, 1, dtype.Uint8); err != nil {
		return nil, err
	}
	if img.Cr, stride, rr, err = cr.asPixels(op, 1, dtype.Uint8); err != nil {
		return nil, err
	}
	if want := chromaRect(img.Rect, ratio); rb != want || rr != want || stride != img.CStride {
		return nil, &Error{Op: op, Err: ErrShape, Msg: sprintf("planes of shape %s, %s, %s are no image with ratio %s",
			shapeText(y.lay.Shape), shapeText(cb.lay.Shape), shapeText(cr.lay.Shape), ratio)}
	}
	return img, nil
}

// asPixels returns Pix, Stride and bounds of an image over the array.
func (a *Array) asPixels(op string, channels int, dt dtype.DType) ([]byte, int, image.Rectangle, error) {
	no := func(kind error, format string, args ...any) ([]byte, int, image.Rectangle, error) {
		return nil, 0, image.Rectangle{}, &Error{Op: op, Err: kind, Msg: sprintf(format, args...)}
	}
	if err := a.buf.Err(); err != nil {
		return nil, 0, image.Rectangle{}, err
	}
	lay, item := a.lay, dt.ItemSize()
	if a.dtype != dt {
		return no(ErrDType, "the image needs items of %s, the array has %s", dt, a.dtype)
	}
	if !a.Writeable() {
		return no(ErrReadOnly, "an image cannot be read-only, the array is")
	}
	if a.mapped() {
		return no(ErrValue, "the block is a mapped file, which may shrink or be closed behind the image; Copy the array first")
	}
	want := 2
	if channels > 1 {
		want = 3
	}
	if len(lay.Shape) != want || channels > 1 && lay.Shape[2] != channels {
		return no(ErrShape, "the image needs shape %s, the array has %s", imageShape(channels), shapeText(lay.Shape))
	}
	h, w := lay.Shape[0], lay.Shape[1]
	if h == 0 || w == 0 {
		return nil, w * channels * item, image.Rect(0, 0, w, h), nil
	}
	stride := lay.Strides[0]
	if h == 1 {
		stride = w * channels * item
	}
	if channels > 1 && lay.Strides[2] != item || w > 1 && lay.Strides[1] != channels*item || stride < w*channels*item {
		return no(ErrValue, "rows with strides %s are no image's; Copy the array first", shapeText(lay.Strides))
	}
	if err := a.buf.Escape(); err != nil {
		return nil, 0, image.Rectangle{}, err
	}
	// Invariant: the last pixel, the highest item, ends where the slice does.
	n := (h-1)*stride + w*channels*item
	return unsafe.Slice((*byte)(a.ptr()), n), stride, image.Rect(0, 0, w, h), nil
}

func imageShape(channels int) string {
	if channels > 1 {
		return sprintf("(h, w, %d)", channels)
	}
	return "(h, w)"
}
