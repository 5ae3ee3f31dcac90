// Package operand holds what the engine sees of an array: where item [0,…,0]
// is, what one item is, and the geometry. Owners, flags and lifetimes stay with
// the root package, which keeps the block alive while the engine works.
package operand

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Operand is one array as the engine sees it.
//
// Invariant, proved by the root's checked constructor: every item that Shape
// and Strides reach from Ptr lies inside one live block.
type Operand struct {
	Ptr      unsafe.Pointer // item [0,…,0]
	DType    dtype.DType
	Shape    []int // items per axis
	Strides  []int // bytes per axis
	Weak     dtype.Weak
	ReadOnly bool
	Cold     bool // no cache has any of the items: what is written may bypass them
}

// Size returns the number of items.
func (o *Operand) Size() int {
	n := 1
	for _, d := range o.Shape {
		n *= d
	}
	return n
}
