package kernel

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// divmodPiece is how many items the two loops of divmod take in turn, so that the second
// finds them in the first-level cache.
const divmodPiece = 1024

// installDivmod makes divmod of floats of the loops of its two results.
func installDivmod() {
	for _, k := range []dtype.Kind{kF32, kF64} {
		e, size := tables[Divmod].Find(k, k), itemSizes[k]
		quotient, remainder, both := tables[FloorDivide].Find(k, k).Binary, tables[Remainder].Find(k, k).Binary, twin(Divmod, e).Binary2
		e.Binary2 = func(d0, d1, a, b unsafe.Pointer, n int) {
			if (d0 == a || d0 == b) && (d1 == a || d1 == b) {
				both(d0, d1, a, b, n) // neither result can be written before the other is known
				return
			}
			first, second := quotient, remainder
			to, then := d0, d1
			if d0 == a || d0 == b {
				first, second, to, then = remainder, quotient, d1, d0
			}
			for i := 0; i < n; i += divmodPiece {
				at, m := i*size, min(divmodPiece, n-i)
				first(unsafe.Add(to, at), unsafe.Add(a, at), unsafe.Add(b, at), m)
				second(unsafe.Add(then, at), unsafe.Add(a, at), unsafe.Add(b, at), m)
			}
		}
	}
}
