package gemm

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
)

// The product of a matrix and its own transpose is symmetric: what lies above the
// diagonal is copied from below it (as BLAS's syrk leaves it to the caller).

// gramLeast is the number of rows from which that pays: the parts are worth their own
// products, and the copy takes less than half of one.
const gramLeast = 128

// isGram tells whether n × n items of a·b are those of a and its transpose.
func (e *engine) isGram(a, b Matrix, m, n int) bool {
	return m == n && n >= gramLeast && b == a.turned()
}

// gram is mul for b = a.turned().
func (e *engine) gram(c, a Matrix, n, depth int) {
	if n < gramLeast {
		e.product(c, a, a.turned(), n, n, depth)
		return
	}
	h := (n/2 + e.high - 1) / e.high * e.high
	e.gram(c, a, h, depth)
	e.product(c.from(h, 0), a.from(h, 0), a.turned(), n-h, h, depth)
	e.gram(c.from(h, h), a.from(h, 0), n-h, depth)
	switch e.size {
	case 4:
		mirror[[4]byte](c, h, n)
	case 8:
		mirror[[8]byte](c, h, n)
	default:
		mirror[[16]byte](c, h, n)
	}
}

// mirror copies the items below h of the first h columns to the right of h in the first h
// rows.
func mirror[T any](c Matrix, h, n int) {
	size := int(unsafe.Sizeof(*new(T)))
	if kernel.Transpose(c.at(0, h), c.Row, c.at(h, 0), c.Row, size, n-h, h) {
		return
	}
	for i := range n - h {
		for j := range h {
			*(*T)(c.at(j, h+i)) = *(*T)(c.at(h+i, j))
		}
	}
}
