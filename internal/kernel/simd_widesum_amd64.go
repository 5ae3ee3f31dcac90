package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// installWide puts the sums in 64 bits of a level in place of the Go loops.
func installWide(l Level) {
	type loops = map[dtype.Kind]func(a unsafe.Pointer, n int) int
	with, width := loops{
		kI8: sumWideI8AVX2, kU8: sumWideU8AVX2, kI16: sumWideI16AVX2, kU16: sumWideU16AVX2, kI32: sumWideI32AVX2, kU32: sumWideU32AVX2,
	}, 32
	if l >= LevelAVX512 {
		with, width = loops{
			kI8: sumWideI8AVX512, kU8: sumWideU8AVX512, kI16: sumWideI16AVX512, kU16: sumWideU16AVX512, kI32: sumWideI32AVX512, kU32: sumWideU32AVX512,
		}, 64
	}
	for k, f := range with {
		size, rest := itemSizes[k], twins.wide[k]
		wideSums[k] = func(a unsafe.Pointer, n int) uint64 {
			m := n &^ (width/size - 1)
			var sum uint64
			if m > 0 {
				sum = uint64(f(a, m))
			}
			if m < n {
				sum += rest(unsafe.Add(a, m*size), n-m)
			}
			return sum
		}
	}
}
