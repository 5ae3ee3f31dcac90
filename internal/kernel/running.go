package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// RunningSum writes the running sums of n integers at a, side by side, to dst: dst[i] =
// sum + a[0] + … + a[i], in the 64 bits in which integers are summed and wrap around.
// It returns the last. cold says that the result is in no cache.
type RunningSum func(dst, a unsafe.Pointer, n int, sum uint64, cold bool) uint64

var runningSums = [dtype.KindBytes]RunningSum{
	kI8: runningSum[int8], kU8: runningSum[uint8],
	kI16: runningSum[int16], kU16: runningSum[uint16],
	kI32: runningSum[int32], kU32: runningSum[uint32],
	kI64: runningSum[int64], kU64: runningSum[uint64],
}

// RunningSumOf returns the loop for items of kind k, nil unless they are integers.
func RunningSumOf(k dtype.Kind) RunningSum {
	ready()
	return runningSums[k]
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
