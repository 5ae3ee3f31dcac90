package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// installRunning puts the running sums of a level in place of the Go loops.
func installRunning(l Level) {
	type loops = map[dtype.Kind]func(dst, a unsafe.Pointer, n, sum int) int
	with := loops{
		kBool: runningSumBoolAVX2,
		kI8:   runningSumI8AVX2, kU8: runningSumU8AVX2,
		kI16: runningSumI16AVX2, kU16: runningSumU16AVX2,
		kI32: runningSumI32AVX2, kU32: runningSumU32AVX2,
		kI64: runningSumI64AVX2, kU64: runningSumI64AVX2,
	}
	if l >= LevelAVX512 {
		with = loops{
			kBool: runningSumBoolAVX512,
			kI8:   runningSumI8AVX512, kU8: runningSumU8AVX512,
			kI16: runningSumI16AVX512, kU16: runningSumU16AVX512,
			kI32: runningSumI32AVX512, kU32: runningSumU32AVX512,
			kI64: runningSumI64AVX512, kU64: runningSumI64AVX512,
		}
	}
	for k, f := range with {
		runningSums[k] = runningEights(f, twins.running[k], itemSizes[k])
	}
}

// runningEights leaves to rest what a multiple of eight leaves, and for a cold result
// what lies before its first cache line.
func runningEights(f func(dst, a unsafe.Pointer, n, sum int) int, rest RunningFold, size int) RunningFold {
	return func(dst, a unsafe.Pointer, n int, sum uint64, cold bool) uint64 {
		flag := 0
		if cold && n >= ColdLeast && uintptr(dst)%8 == 0 {
			flag = Cold
			if head := int(-uintptr(dst) & 63 / 8); head > 0 {
				sum = rest(dst, a, head, sum, true)
				dst, a, n = unsafe.Add(dst, 8*head), unsafe.Add(a, size*head), n-head
			}
		}
		m := n &^ 7
		if m > 0 {
			sum = uint64(f(dst, a, m|flag, int(sum)))
		}
		if m < n {
			sum = rest(unsafe.Add(dst, 8*m), unsafe.Add(a, size*m), n-m, sum, cold)
		}
		return sum
	}
}
