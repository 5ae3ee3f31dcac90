// Package samples holds three small sets of real data, embedded as .npy files:
// handwritten digits with their labels, a photograph, and a table with mixed
// columns. README.md beside this file names their sources and licences.
package samples

import (
	"bytes"
	_ "embed" // the files
	"unsafe"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/npy"
)

var (
	//go:embed digits.npy
	digits []byte
	//go:embed labels.npy
	labels []byte
	//go:embed penguins.npy
	penguins []byte
	//go:embed photo.npy
	photo []byte
)

// Names are the samples: the file of each is its name and ".npy".
var Names = []string{"digits", "labels", "penguins", "photo"}

// files are slices and not strings because the linker aligns those.
var files = map[string][]byte{"digits": digits, "labels": labels, "penguins": penguins, "photo": photo}

// Penguin is one record of penguins.npy. The fields of the file lie exactly
// where Go lays out this struct, so the table can be read in place.
type Penguin struct {
	Species       [10]byte
	Island        [10]byte
	BillLength    float32 // millimetres; NaN where it was not measured
	BillDepth     float32 // millimetres
	FlipperLength float32 // millimetres
	BodyMass      float32 // grams
	Sex           [6]byte // "male", "female" or empty
	Year          int16
}

// Bytes returns a copy of the whole .npy file of a sample. It panics when name
// is not one of Names.
func Bytes(name string) []byte { return bytes.Clone(file(name)) }

// Array returns a sample as a read-only array over the embedded file: no item is
// copied. It panics when name is not one of Names.
func Array(name string) *nd.Array {
	data := file(name)
	r := bytes.NewReader(data)
	h, err := npy.ReadHeader(r)
	if err != nil {
		panic(err)
	}
	data = data[len(data)-r.Len():]
	// The pointer and the length are those of one slice that lives for ever.
	buf := buffer.UnsafeForeign(unsafe.Pointer(unsafe.SliceData(data)), len(data), true, data)
	a, err := nd.OverOrder(h.Order(), buf, h.DType, h.Shape, 0)
	if err != nil {
		panic(err)
	}
	return a
}

func file(name string) []byte {
	data, ok := files[name]
	if !ok {
		panic("samples: no sample is named " + name)
	}
	return data
}
