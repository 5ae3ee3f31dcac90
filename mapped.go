package nd

import (
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/nderr"
)

// OverOrder is Over for a dense layout in memory order C or F, offset bytes into
// the block; any other order is ErrValue. A sub-array dtype folds into the shape first.
func OverOrder(order Order, buf *buffer.Buffer, dt dtype.DType, shape []int, offset int) (*Array, error) {
	if order != C && order != F {
		return nil, nderr.New("ndarray", ErrValue, "order must be one of CF (got %q)", order)
	}
	if dt.IsSubArray() {
		shape = append(append([]int(nil), shape...), dt.SubShape()...)
		dt = dt.Base()
	}
	item := dt.ItemSize()
	if _, err := layout.CheckedSize(shape, item); err != nil {
		return nil, err
	}
	return Over(buf, dt, shape, denseStrides(order, shape, item), offset)
}

// denseStrides returns the strides that NumPy gives to a dense array over a
// block that exists already. They differ from those of a fresh array only where
// there are no items: an axis of length 0 counts as one of length 1.
func denseStrides(order Order, shape []int, item int) []int {
	strides := make([]int, len(shape))
	step := item
	for i := range shape {
		k := len(shape) - 1 - i
		if order == F {
			k = i
		}
		strides[k] = step
		step *= max(shape[k], 1)
	}
	return strides
}

// classOf returns the name under which NumPy prints an array made over buf: a
// map of a file is a memmap, a member mapped inside an archive a plain array.
func classOf(buf *buffer.Buffer) class {
	if info, ok := buf.MapInfo(); ok && !info.Member {
		return classMemmap
	}
	return classArray
}

// ClassName returns the class that NumPy would give the array: "memmap" for a
// map of a file and its views, "ndarray" for every other.
func (a *Array) ClassName() string {
	if a.class == classMemmap {
		return "memmap"
	}
	return "ndarray"
}
