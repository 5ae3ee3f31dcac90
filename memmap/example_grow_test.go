//go:build unix || windows

package memmap_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/memmap"
)

// A map grows in place: the first view is true still, and lies where it lay.
func ExampleGrow() {
	path, remove := scratch()
	defer remove()
	a, err := memmap.OpenWith(path, memmap.Options{
		Mode: memmap.Create, DType: dtype.Int32, Shape: []int{2, 3},
		Reserve: 1 << 20, Lock: memmap.ExclusiveLock,
	})
	if err != nil {
		log.Fatal(err)
	}
	first := a.Index("0")
	longer, err := memmap.Grow(a, 4)
	if err != nil {
		log.Fatal(err)
	}
	longer.Assign(nd.Arange(12).Reshape(4, 3))
	fmt.Println(first, a.Shape(), longer.Shape())
	_, err = memmap.OpenWith(path, memmap.Options{Lock: memmap.SharedLock})
	fmt.Println(errors.Is(err, nd.ErrLocked))
	fmt.Println(memmap.Close(longer), errors.Is(nd.Try(func() { first.Copy() }), nd.ErrClosed))
	// Output:
	// [0 1 2] [2 3] [4 3]
	// true
	// <nil> true
}
