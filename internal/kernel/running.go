package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// RunningFold writes the running sums, or products, of n integers or bools at a, side by
// side, to dst: dst[i] = before + a[0] + … + a[i], in the 64 bits in which integers are
// summed and wrap around. It returns the last. cold says that the result is in no cache.
// dst may be a where items have 64 bits.
type RunningFold func(dst, a unsafe.Pointer, n int, before uint64, cold bool) uint64

var runningSums = [dtype.KindBytes]RunningFold{
	kBool: runningCount,
	kI8:   runningSum[int8], kU8: runningSum[uint8],
	kI16: runningSum[int16], kU16: runningSum[uint16],
	kI32: runningSum[int32], kU32: runningSum[uint32],
	kI64: runningSum[int64], kU64: runningSum[uint64],
}

var runningProductLoops = [dtype.KindBytes]RunningFold{
	kBool: runningTruth,
	kI8:   runningProduct[int8], kU8: runningProduct[uint8],
	kI16: runningProduct[int16], kU16: runningProduct[uint16],
	kI32: runningProduct[int32], kU32: runningProduct[uint32],
	kI64: runningProduct[int64], kU64: runningProduct[uint64],
}

// RunningFoldOf returns the loop of Add or Multiply for items of kind k, and what it
// starts with; nil if there is none.
func RunningFoldOf(op Op, k dtype.Kind) (f RunningFold, start uint64) {
	ready()
	switch {
	case k >= dtype.KindBytes:
	case op == Add:
		f = runningSums[k]
	case op == Multiply:
		f, start = runningProductLoops[k], 1
	}
	return f, start
}

// runningSum converts to uint64 by way of the sign, if T has one.
func runningSum[T integer](dst, a unsafe.Pointer, n int, sum uint64, _ bool) uint64 {
	d := items[uint64](dst, n)
	for i, x := range items[T](a, n) {
		sum += uint64(x)
		d[i] = sum
	}
	return sum
}

// runningProduct is to products what runningSum is to sums.
func runningProduct[T integer](dst, a unsafe.Pointer, n int, product uint64, _ bool) uint64 {
	d := items[uint64](dst, n)
	for i, x := range items[T](a, n) {
		product *= uint64(x)
		d[i] = product
	}
	return product
}

// runningCount is runningSum of bytes that count once if they are not zero.
func runningCount(dst, a unsafe.Pointer, n int, sum uint64, _ bool) uint64 {
	d := items[uint64](dst, n)
	for i, x := range items[uint8](a, n) {
		sum += uint64(min(x, 1))
		d[i] = sum
	}
	return sum
}

// runningTruth is runningProduct of such bytes.
func runningTruth(dst, a unsafe.Pointer, n int, product uint64, _ bool) uint64 {
	d := items[uint64](dst, n)
	for i, x := range items[uint8](a, n) {
		product &= -uint64(min(x, 1))
		d[i] = product
	}
	return product
}
