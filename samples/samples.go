// Package samples holds three small sets of real data, embedded as .npy files:
// handwritten digits with their labels, a photograph, and a table with mixed
// columns. README.md beside this file names their sources and licences.
package samples

import "embed"

// FS holds the .npy files, one for each of Names.
//
//go:embed *.npy
var FS embed.FS

// Names are the samples: the file of each is its name and ".npy".
var Names = []string{"digits", "labels", "penguins", "photo"}

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

// Bytes returns the whole .npy file of a sample. It panics when name is not
// one of Names.
func Bytes(name string) []byte {
	raw, err := FS.ReadFile(name + ".npy")
	if err != nil {
		panic("samples: no sample is named " + name)
	}
	return raw
}
