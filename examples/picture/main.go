// Picture changes a photograph in place through views and writes it as PNG. The
// pixels live in Go's image.NRGBA; the arrays are headers over them.
//
//	go run ./examples/picture out.png
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"log"
	"os"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/npy"
	"github.com/stride-go/nd/samples"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: picture out.png")
	}
	img, err := picture()
	if err != nil {
		log.Fatal(err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], file.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Println(os.Args[1], img.Bounds().Size())
}

// picture returns the changed photograph.
func picture() (*image.NRGBA, error) {
	photo, err := npy.Read(bytes.NewReader(samples.Bytes("photo")))
	if err != nil {
		return nil, err
	}
	h, w := photo.Dim(0), photo.Dim(1)
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	pixels := nd.Of(img.Pix).Reshape(h, w, 4) // the image's own bytes

	rgb := pixels.Slice(nd.Ellipsis, nd.To(3))
	rgb.Assign(photo)
	pixels.Slice(nd.Ellipsis, nd.I(3)).Fill(255)

	// Left third: red and blue change places.
	left := rgb.Slice(nd.All, nd.To(w/3))
	left.Assign(left.Slice(nd.Ellipsis, nd.Step(-1)))

	// Right third: grey, the mean of the channels.
	right := rgb.Slice(nd.All, nd.From(w-w/3))
	right.Assign(right.Mean(nd.Axis(-1), nd.KeepDims()))

	// The middle band is mirrored and brightened, clipped at white.
	band := rgb.Slice(nd.R(h/3, 2*h/3), nd.R(w/3, w-w/3))
	band.Assign(band.Slice(nd.All, nd.Step(-1)))
	band.Assign(band.Multiply(nd.Scalar(float32(1.4))).Minimum(255))
	return img, nil
}
