package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// WideSum returns the sum of n integers or bools at a, side by side, in the 64 bits in
// which these are summed and wrap around.
type WideSum func(a unsafe.Pointer, n int) uint64

var wideSums = [dtype.KindBytes]WideSum{
	kBool: func(a unsafe.Pointer, n int) uint64 { return uint64(searches[kBool].count(a, 1, n)) },
	kI8:   wideSum[int8], kU8: wideSum[uint8],
	kI16: wideSum[int16], kU16: wideSum[uint16],
	kI32: wideSum[int32], kU32: wideSum[uint32],
}

// WideSumOf returns the loop for items of kind k, nil unless they have less than 64
// bits and are summed in 64.
func WideSumOf(k dtype.Kind) WideSum {
	ready()
	if k >= dtype.KindBytes {
		return nil
	}
	return wideSums[k]
}

// wideSum converts to uint64 by way of the sign, if T has one.
func wideSum[T integer](a unsafe.Pointer, n int) (sum uint64) {
	for _, x := range items[T](a, n) {
		sum += uint64(x)
	}
	return sum
}
