package npy_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
	"github.com/stride-go/nd/npy"
)

// scratch returns a directory of its own and what removes it.
func scratch() (dir string, remove func()) {
	dir, err := os.MkdirTemp("", "nd-example")
	if err != nil {
		log.Fatal(err)
	}
	return dir, func() { os.RemoveAll(dir) }
}

// An array is saved, then mapped: nothing is read until it is touched.
func Example() {
	dir, remove := scratch()
	defer remove()
	path := filepath.Join(dir, "x.npy")
	if err := npy.Save(path, nd.Arange(12).Reshape(3, 4)); err != nil {
		log.Fatal(err)
	}
	a, err := npy.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer a.Buffer().Close()
	fmt.Println(a.Index("1:, ::2").Repr())
	fmt.Println(a.Add(a).Index("2").Repr())
	// Output:
	// memmap([[ 4,  6],
	//         [ 8, 10]])
	// array([16, 18, 20, 22])
}

// A file larger than memory is made at its full size and filled piece by piece.
func ExampleCreate() {
	dir, remove := scratch()
	defer remove()
	a, err := npy.Create(filepath.Join(dir, "big.npy"), dtype.Float32, nd.C, 1000, 3)
	if err != nil {
		log.Fatal(err)
	}
	for i := range 1000 {
		a.Slice(nd.I(i)).Fill(i)
	}
	if err := a.Buffer().Close(); err != nil {
		log.Fatal(err)
	}
	b, err := npy.Load(filepath.Join(dir, "big.npy"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(b.Slice(nd.I(-1)))
	// Output: [999. 999. 999.]
}

// Several arrays under names in one archive; a stored one is mapped in place.
func ExampleSaveZ() {
	dir, remove := scratch()
	defer remove()
	path := filepath.Join(dir, "x.npz")
	if err := npy.SaveZ(path, npy.Member{Name: "weights", Array: nd.Arange(6).Reshape(2, 3)}, npy.Member{Name: "bias", Array: nd.Of([]float64{0.5})}); err != nil {
		log.Fatal(err)
	}
	z, err := npy.OpenZ(path)
	if err != nil {
		log.Fatal(err)
	}
	defer z.Close()
	w, err := z.Open("weights")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(z.Names(), w.Slice(nd.I(1)).Repr())
	// Output: [weights bias] array([3, 4, 5])
}

// A file that grows while others look at it: views stay where they are and as
// long as they were, and readers of the file see what Sync has counted.
func ExampleAppender() {
	dir, remove := scratch()
	defer remove()
	path := filepath.Join(dir, "log.npy")

	w, err := npy.NewAppender(path, dtype.Float32, 2)
	if err != nil {
		log.Fatal(err)
	}
	rows := nd.Arange(8).Reshape(4, 2).AsType(dtype.Float32)
	if err := w.Append(rows); err != nil {
		log.Fatal(err)
	}
	view, err := w.View()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Len(), "written,", w.Saved(), "saved")
	if err := w.Sync(); err != nil {
		log.Fatal(err)
	}
	if err := w.Append(rows.Index(":1")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(w.Len(), "written,", w.Saved(), "saved; the view has", view.Shape()[0])
	if err := w.Close(); err != nil { // saves the rest
		log.Fatal(err)
	}
	a, err := npy.Load(path)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Shape(), memmap.Close(view))
	// Output:
	// 4 written, 0 saved
	// 5 written, 4 saved; the view has 4
	// [5 2] <nil>
}
