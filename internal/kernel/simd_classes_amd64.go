package kernel

import (
	"bytes"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// classPiece is how many complex numbers are classified at once.
const classPiece = 512

var (
	classPool = sync.Pool{New: func() any { return new([2 * classPiece]byte) }}
	classOnes = bytes.Repeat([]byte{1}, 2*classPiece)
)

// installClasses makes isnan, isinf and isfinite of complex numbers of the loops for their
// parts: two bytes for each are zero, or not, or ones.
func installClasses() {
	for part, k := range map[dtype.Kind]dtype.Kind{kF32: kC64, kF64: kC128} {
		for _, op := range []Op{Isnan, Isinf, Isfinite} {
			f, size := tables[op].Find(part).Unary, itemSizes[k]
			fold := casts[kU16][kBool]
			if op == Isfinite {
				equal := tables[Equal].Find(kU16, kU16).Binary
				fold = func(d, a unsafe.Pointer, n int) { equal(d, a, unsafe.Pointer(&classOnes[0]), n) }
			}
			tables[op].Find(k).Unary = func(d, a unsafe.Pointer, n int) {
				b := classPool.Get().(*[2 * classPiece]byte)
				for i := 0; i < n; i += classPiece {
					m := min(classPiece, n-i)
					f(unsafe.Pointer(b), unsafe.Add(a, i*size), 2*m)
					fold(unsafe.Add(d, i), unsafe.Pointer(b), m)
				}
				classPool.Put(b)
			}
		}
	}
}
