package memmap_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

// scratch returns a path in a directory of its own and what removes it.
func scratch() (path string, remove func()) {
	dir, err := os.MkdirTemp("", "nd-example")
	if err != nil {
		log.Fatal(err)
	}
	return filepath.Join(dir, "newfile.dat"), func() { os.RemoveAll(dir) }
}

// A file is made, filled through the map, and read back in the other modes.
func Example() {
	path, remove := scratch()
	defer remove()

	fp, err := memmap.Open(path, memmap.Create, dtype.Float32, 3, 4)
	if err != nil {
		log.Fatal(err)
	}
	fp.Assign(nd.Arange(12).Reshape(3, 4))
	if err := memmap.Close(fp); err != nil { // flushes
		log.Fatal(err)
	}

	fpr, err := memmap.Open(path, memmap.ReadOnly, dtype.Float32, 3, 4)
	if err != nil {
		log.Fatal(err)
	}
	defer memmap.Close(fpr)
	fpc, err := memmap.Open(path, memmap.CopyOnWrite, dtype.Float32, 3, 4)
	if err != nil {
		log.Fatal(err)
	}
	defer memmap.Close(fpc)
	fpc.Index("2, :").Fill(1)
	fmt.Println(fpc.Repr())
	fmt.Println(fpr.Repr())
	fmt.Println(errors.Is(nd.Try(func() { fpr.Fill(0) }), nd.ErrReadOnly))
	// Output:
	// memmap([[0., 1., 2., 3.],
	//         [4., 5., 6., 7.],
	//         [1., 1., 1., 1.]], dtype=float32)
	// memmap([[ 0.,  1.,  2.,  3.],
	//         [ 4.,  5.,  6.,  7.],
	//         [ 8.,  9., 10., 11.]], dtype=float32)
	// true
}

// A part of a file, from an offset on, with the shape left to the file's length.
func ExampleOpenWith() {
	path, remove := scratch()
	defer remove()
	if err := nd.Arange(12).AsType(dtype.Float32).ToFile(path); err != nil {
		log.Fatal(err)
	}
	fpo, err := memmap.OpenWith(path, memmap.Options{Mode: memmap.ReadOnly, DType: dtype.Float32, Offset: 16})
	if err != nil {
		log.Fatal(err)
	}
	defer memmap.Close(fpo)
	fmt.Println(fpo.Repr())

	var e *memmap.Error
	_, err = memmap.Open(path, memmap.ReadOnly, dtype.Float32, 5, 5)
	if errors.As(err, &e) {
		fmt.Println(e.Err.Msg, e.Need, e.Have)
	}
	// Output:
	// memmap([ 4.,  5.,  6.,  7.,  8.,  9., 10., 11.], dtype=float32)
	// mmap length is greater than file size 100 48
}
