package sorting

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// argSortComplex is ArgSort for native complex numbers of which none is NaN: their imaginary
// parts are sorted first, then, stably, their real parts. It reports whether it is.
func argSortComplex(dt dtype.DType, p unsafe.Pointer, order []int64) bool {
	n := len(order)
	if !dt.IsComplex() || !dt.IsNative() || n <= fewMost {
		return false
	}
	part := dtype.Float32
	if dt.ItemSize() == 16 {
		part = dtype.Float64
	}
	nan := make([]bool, n)
	kernel.Lookup(kernel.Isnan).Find(dt.Kind()).Unary(unsafe.Pointer(unsafe.SliceData(nan)), p, n)
	if slices.Contains(nan, true) {
		return false
	}
	size := part.ItemSize()
	parts := make([]uint64, 2*((n*size+7)/8))
	reals := unsafe.Pointer(unsafe.SliceData(parts))
	imags := unsafe.Pointer(unsafe.SliceData(parts[len(parts)/2:]))
	kernel.Gather(reals, p, 2*size, size, n)
	kernel.Gather(imags, unsafe.Add(p, size), 2*size, size, n)
	LexSort([]dtype.DType{part, part}, []unsafe.Pointer{imags, reals}, order)
	return true
}
