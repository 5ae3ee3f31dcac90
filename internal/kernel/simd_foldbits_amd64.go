package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Bits are folded by words, whatever the items are, whose parts are folded at the end. Loads
// of 32 bytes fetch as much as the second-level cache gives, so one loop serves all levels.

func andWordsAVX2(a unsafe.Pointer, n int) uint64 {
	w := ^uint64(0)
	foldAndAVX2(unsafe.Pointer(&w), a, n)
	return w
}

func orWordsAVX2(a unsafe.Pointer, n int) (w uint64) {
	foldOrAVX2(unsafe.Pointer(&w), a, n)
	return w
}

func xorWordsAVX2(a unsafe.Pointer, n int) (w uint64) {
	foldXorAVX2(unsafe.Pointer(&w), a, n)
	return w
}

// minWords is the number of words from which a call of a loop pays.
const minWords = 8

// foldBitsBy makes a reduction of words, which folds a multiple of four of them, and of f,
// which is the same of two items.
func foldBitsBy[T integer](words func(a unsafe.Pointer, n int) uint64, f func(x, y T) T) func(rest Reduce) Reduce {
	size := int(unsafe.Sizeof(T(0)))
	return func(rest Reduce) Reduce {
		return func(acc, a unsafe.Pointer, stride, n int) {
			m := n * size / 8 &^ 3
			if stride != size || m < minWords {
				rest(acc, a, stride, n)
				return
			}
			r, w := *(*T)(acc), words(a, m)
			for range 8 / size {
				r = f(r, T(w))
				w >>= 8 * size
			}
			*(*T)(acc) = r
			if done := m * 8 / size; done < n {
				rest(acc, unsafe.Add(a, m*8), stride, n-done)
			}
		}
	}
}

func installFoldBits[T integer](k dtype.Kind) {
	foldWith(k, foldBitsBy(andWordsAVX2, func(x, y T) T { return x & y }), BitwiseAnd)
	foldWith(k, foldBitsBy(orWordsAVX2, func(x, y T) T { return x | y }), BitwiseOr)
	foldWith(k, foldBitsBy(xorWordsAVX2, func(x, y T) T { return x ^ y }), BitwiseXor)
}

func installFoldsOfBits() {
	installFoldBits[int8](kI8)
	installFoldBits[uint8](kU8)
	installFoldBits[int16](kI16)
	installFoldBits[uint16](kU16)
	installFoldBits[int32](kI32)
	installFoldBits[uint32](kU32)
	installFoldBits[int64](kI64)
	installFoldBits[uint64](kU64)
}
