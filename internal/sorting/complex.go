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

// argSortComplex is ArgSort for native complex numbers of which none is NaN: their real
// parts are sorted first, then the imaginary parts of those that are equal. It reports whether
// it is.
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
	reals, imags := partsOf(p, n, size)
	ArgSortRows(part, reals, order, n)
	if size == 4 {
		sortEqual(part, at[float32](reals, n), at[float32](imags, n), order)
	} else {
		sortEqual(part, at[float64](reals, n), at[float64](imags, n), order)
	}
	return true
}

// partsOf copies the parts, of size bytes, of n complex numbers.
func partsOf(p unsafe.Pointer, n, size int) (reals, imags unsafe.Pointer) {
	parts := make([]uint64, 2*((n*size+7)/8))
	reals = unsafe.Pointer(unsafe.SliceData(parts))
	imags = unsafe.Pointer(unsafe.SliceData(parts[len(parts)/2:]))
	kernel.Gather(reals, p, 2*size, size, n)
	kernel.Gather(imags, unsafe.Add(p, size), 2*size, size, n)
	return reals, imags
}

// sortEqual sorts those places stably by their imaginary parts that lie side by side and have
// equal real parts.
func sortEqual[F float32 | float64](part dtype.DType, reals, imags []F, order []int64) {
	var row []F
	var before, at []int64
	for i := 0; i < len(order); {
		first, sorted := order[i], true
		last := first
		j := i + 1
		for ; j < len(order) && reals[order[j]] == reals[first]; j++ {
			sorted = sorted && imags[last] <= imags[order[j]]
			last = order[j]
		}
		if equal := order[i:j]; !sorted {
			row, before, at = row[:0], append(before[:0], equal...), slices.Grow(at[:0], len(equal))[:len(equal)]
			for _, k := range equal {
				row = append(row, imags[k])
			}
			ArgSortRows(part, unsafe.Pointer(&row[0]), at, len(at))
			for i, k := range at {
				equal[i] = before[k]
			}
		}
		i = j
	}
}

// sortComplex sorts n native complex numbers of which none is NaN and none has a zero with a
// sign: those that are equal are alike, and go by words. It reports whether it has.
func sortComplex[T int32 | int64](p unsafe.Pointer, n int, part dtype.DType) bool {
	how, _ := keyOf(part)
	parts := at[T](p, 2*n)
	odd := turnWords(parts, how, true)
	switch {
	case odd:
	case how.size == 4 && n <= wordsMost && uintptr(p)%8 == 0:
		sortAsWords(at[int64](p, n))
	default:
		sortPairsOfWords(unsafe.Slice((*[2]T)(p), n))
	}
	turnWords(parts, how, false)
	return !odd
}

// wordsMost is how many pairs of words of four bytes are sorted as words of eight, wordsSooner
// how many sooner than one is selected.
const (
	wordsMost   = 4096
	wordsSooner = 256
)

// sortAsWords sorts pairs of signed words of four bytes, the first of which count first.
func sortAsWords(s []int64) {
	const sign = 1 << 31 // of the second, which becomes the lower half
	p := unsafe.Pointer(unsafe.SliceData(s))
	pairs := unsafe.Slice((*[2]uint32)(p), len(s))
	for i, x := range pairs {
		s[i] = int64(x[0])<<32 | int64(x[1]^sign)
	}
	sortNumbers(keysAt[uint64](p, len(s)), keyed{form: asSigned, size: 8})
	for i, x := range s {
		pairs[i] = [2]uint32{uint32(x >> 32), uint32(x) ^ sign}
	}
}
