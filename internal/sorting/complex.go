package sorting

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// partOf returns the dtype of the parts of n complex numbers, and whether they are native and
// none is NaN.
func partOf(dt dtype.DType, p unsafe.Pointer, n int) (part dtype.DType, ok bool) {
	if !dt.IsComplex() || !dt.IsNative() {
		return part, false
	}
	part = dtype.Float32
	if dt.ItemSize() == 16 {
		part = dtype.Float64
	}
	nan := make([]bool, n)
	kernel.Lookup(kernel.Isnan).Find(dt.Kind()).Unary(unsafe.Pointer(unsafe.SliceData(nan)), p, n)
	return part, !slices.Contains(nan, true)
}

// argSortComplex is ArgSort for native complex numbers of which none is NaN: their imaginary
// parts are sorted first, then, stably, their real parts. It reports whether it is.
func argSortComplex(dt dtype.DType, p unsafe.Pointer, order []int64) bool {
	n := len(order)
	if n <= fewMost {
		return false
	}
	part, ok := partOf(dt, p, n)
	if !ok {
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
