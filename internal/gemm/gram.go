package gemm

import (
	"math"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// The product of a matrix and its own transpose is symmetric: what lies above the
// diagonal is copied from below it (as BLAS's syrk leaves it to the caller).

// gramLeast is the number of rows from which that pays.
const gramLeast = 96

// isGram tells whether n × n items of a·b are those of a and its transpose.
func (e *engine) isGram(a, b Matrix, m, n int) bool {
	return m == n && n >= gramLeast && b == a.turned()
}

// gram is mul for b = a.turned(). It is shared by columns: those of the first parts are
// longer, so there are fewer.
func (e *engine) gram(c, a Matrix, n, depth int) {
	b := a.turned()
	p := plan{engine: e, depth: depth, lower: true}
	p.choose(a, b, n, n)
	parts := p.begin(c, a, b, n, n)
	from := func(i int) int {
		if i == 0 {
			return 0
		}
		left := math.Sqrt(float64(parts-i) / float64(parts)) // of the side
		return n - int(left*float64(n)/float64(p.items))*p.items
	}
	parallel.Do(parts, func(i int) {
		j := from(i)
		p.run(j/p.high*p.high, n, j, from(i+1))
	})
	switch e.size {
	case 4:
		mirror[[4]byte](c, n)
	case 8:
		mirror[[8]byte](c, n)
	default:
		mirror[[16]byte](c, n)
	}
}

// mirrored is the number of columns that mirror copies at a time.
const mirrored = 64

// mirror copies the items of n × n below the diagonal to above it.
func mirror[T any](c Matrix, n int) {
	size := int(unsafe.Sizeof(*new(T)))
	for j := 0; j < n; j += mirrored {
		end := min(j+mirrored, n)
		left := n // rows that are left to do
		if end < n && kernel.Transpose(c.at(j, end), c.Row, c.at(end, j), c.Row, size, n-end, end-j) {
			left = end
		}
		for i := j; i < left; i++ {
			for k := j; k < min(i, end); k++ {
				*(*T)(c.at(k, i)) = *(*T)(c.at(i, k))
			}
		}
	}
}
