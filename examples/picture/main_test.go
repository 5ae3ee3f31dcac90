package main

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"github.com/stride-go/nd/npy"
	"github.com/stride-go/nd/samples"
)

func TestPicture(t *testing.T) {
	img, err := picture()
	if err != nil {
		t.Fatal(err)
	}
	photo, err := npy.Read(bytes.NewReader(samples.Bytes("photo")))
	if err != nil {
		t.Fatal(err)
	}
	h, w := photo.Dim(0), photo.Dim(1)
	at := func(y, x, c int) uint8 { return photo.At[uint8](y, x, c) }
	check := func(y, x int, want color.NRGBA) {
		t.Helper()
		if got := img.NRGBAAt(x, y); got != want {
			t.Errorf("pixel (%d, %d) is %v, want %v", y, x, got, want)
		}
	}
	for _, y := range []int{0, 17, h - 1} {
		check(y, 5, color.NRGBA{at(y, 5, 2), at(y, 5, 1), at(y, 5, 0), 255})
		x := w - 2
		sum := int(at(y, x, 0)) + int(at(y, x, 1)) + int(at(y, x, 2))
		check(y, x, color.NRGBA{uint8(sum / 3), uint8(sum / 3), uint8(sum / 3), 255})
	}
	y, x := h/2, w/3+4
	mirrored := w/3 + (w - w/3) - 1 - x
	bright := func(v uint8) uint8 { return uint8(min(float32(v)*1.4, 255)) }
	check(y, x, color.NRGBA{bright(at(y, mirrored, 0)), bright(at(y, mirrored, 1)), bright(at(y, mirrored, 2)), 255})

	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	back, err := png.Decode(&file)
	if err != nil || back.Bounds() != img.Bounds() {
		t.Fatalf("the PNG reads back as %v, %v", back, err)
	}
}
