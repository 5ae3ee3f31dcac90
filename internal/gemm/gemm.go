// Package gemm multiplies matrices: C = A·B for every numeric kind.
//
// Terms. A is m × k, B is k × n, C is m × n. Strides are in bytes. C has
// contiguous rows; A and B may lie anyhow.
//
// Floats, complex numbers and integers of 32 and 64 bits on a machine with vectors
// of them (blocks.go): C is cut into tiles that stay in registers while k runs,
// zmicro_amd64.s. Blocks of A and B are packed in the order in which the tiles read
// them, unless both are small enough to be read as they lie. The blocking is that of
// K. Goto and R. van de Geijn, Anatomy of High-Performance Matrix Multiplication
// (2008). One row or one column is a matter of memory and goes its own way
// (vector.go). Shorter items are made longer ones (widen.go). All else is plain Go
// (plain.go).
//
// Long products use all cores. An item of C is computed by the same operations
// in the same order however the work is shared, so results do not depend on the
// number of threads.
package gemm

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/parallel"
)

// Matrix is where a matrix lies: item [0,0] and the bytes from row to row and
// from column to column.
type Matrix struct {
	P        unsafe.Pointer
	Row, Col int
}

// at returns the address of item [i,j]. The caller of Mul promised that the items
// are there.
func (x Matrix) at(i, j int) unsafe.Pointer { return unsafe.Add(x.P, i*x.Row+j*x.Col) }

// from is the part of x that begins at item [i,j].
func (x Matrix) from(i, j int) Matrix { return Matrix{x.at(i, j), x.Row, x.Col} }

// turned is x with rows and columns exchanged.
func (x Matrix) turned() Matrix { return Matrix{x.P, x.Col, x.Row} }

// Shared is the number of multiplications from which on Mul uses all cores;
// complex ones count four times.
const Shared = 1 << 20

// Mul writes A·B into C, whose items lie one after another in each row. All items
// are native and aligned, of the kind named. Integers wrap; of bools the product
// is "and", the sum "or"; float16 is summed in float32. C is not read, and no
// byte beside the items is read or written.
func Mul(k dtype.Kind, c, a, b Matrix, m, n, depth int) {
	if m == 0 || n == 0 {
		return
	}
	if e := engineOf(k, kernel.CurrentLevel()); e != nil && depth > 0 {
		e.mul(c, a, b, m, n, depth)
		return
	}
	if wide, ok := widerOf(k, m*n*depth); ok {
		newWidener(k, wide).mul(c, a, b, m, n, depth)
		return
	}
	f := plain(k)
	if parts := min(parallel.Threads(), m); parts > 1 && m*n*depth >= Shared {
		parallel.Do(parts, func(i int) {
			from, to := i*m/parts, (i+1)*m/parts
			f(c.from(from, 0), a.from(from, 0), b, to-from, n, depth)
		})
		return
	}
	f(c, a, b, m, n, depth)
}

// MulEach is Mul for count products. Each C, A and B lies so many bytes of step behind the
// one before.
func MulEach(k dtype.Kind, count int, step [3]int, c, a, b Matrix, m, n, depth int) {
	few := m*n > 1 && m*n*depth <= 2*fewItems // and integers: one after another
	if wide, ok := widerOf(k, count*m*n*depth); ok && count > 1 && m > 0 && n > 0 && m*n*depth < Shared && (!few || k == dtype.KindFloat16) {
		newWidener(k, wide).each(count, step, c, a, b, m, n, depth)
		return
	}
	f := func(c, a, b Matrix) { Mul(k, c, a, b, m, n, depth) }
	// The rest is what Mul and vector come to, but for what they ask about each product.
	switch e := engineOf(k, kernel.CurrentLevel()); {
	case (e == nil || depth == 0) && m > 0 && n > 0 && m*n*depth < Shared:
		if k == dtype.KindFloat16 {
			break
		}
		g := plain(k)
		f = func(c, a, b Matrix) { g(c, a, b, m, n, depth) }
	case e == nil || depth == 0:
	case e.integer && few:
		g := plain(k)
		f = func(c, a, b Matrix) { g(c, a, b, m, n, depth) }
	case m == 1 && n == 1 && a.Col == e.size && b.Row == e.size && depth < 2*stretch:
		if rows := e.lines.pairRows; depth <= e.items && step[0] == e.size && count >= rows && rows > 0 {
			whole := count - count%rows
			e.lines.pairs(c.P, a.P, b.P, depth, step[1], step[2], whole)
			if count -= whole; count == 0 { // else no pointer is behind the last matrix
				return
			}
			c.P, a.P, b.P = unsafe.Add(c.P, whole*step[0]), unsafe.Add(a.P, whole*step[1]), unsafe.Add(b.P, whole*step[2])
		}
		dot := e.lines.dot()
		f = func(c, a, b Matrix) { dot(c.P, a.P, b.P, depth, 0, 1) }
	case n == 1 && m > 1 && a.Col == e.size && b.Row == e.size && c.Row == e.size && depth < 2*stretch:
		f = func(c, a, b Matrix) { e.dotAll(c.P, a, b.P, m, depth) }
	case m == 1 && n > 1 && a.Col == e.size && b.Col == e.size && b.Row != e.size:
		f = func(c, a, b Matrix) { e.sumAll(c.P, b.turned(), a.P, n, depth) }
	case m > 1 && n > 1 && !e.isGram(a, b, m, n):
		p := plan{engine: e, depth: depth}
		if p.choose(a, b, m, n); p.isShort(m, n) {
			f = func(c, a, b Matrix) { p.tilesOf(c, a, b, m, n, depth, -n, false) }
		}
	}
	for i := range count { // no pointer is ever behind the last matrix
		c, a, b := c, a, b
		c.P, a.P, b.P = unsafe.Add(c.P, i*step[0]), unsafe.Add(a.P, i*step[1]), unsafe.Add(b.P, i*step[2])
		f(c, a, b)
	}
}

// ConjugateDot computes c = Σ conj(a[p])·b[p], p < n, of dense items of a complex kind,
// size bytes each. It reports false, and does nothing, where there is no loop for it.
func ConjugateDot(k dtype.Kind, c, a, b unsafe.Pointer, size, n int) bool {
	e := engineOf(k, kernel.CurrentLevel())
	if e == nil || e.conjugate == nil || n == 0 {
		return false
	}
	e.conjugate.vector(Matrix{P: c, Row: size, Col: size}, Matrix{P: a, Row: n * size, Col: size}, Matrix{P: b, Row: size, Col: size}, 1, n)
	return true
}

// plain returns the Go loop of a kind.
func plain(k dtype.Kind) func(c, a, b Matrix, m, n, depth int) {
	switch k {
	case dtype.KindBool:
		return mulBool
	case dtype.KindInt8, dtype.KindUint8:
		return mulInts[uint8]
	case dtype.KindInt16, dtype.KindUint16:
		return mulInts[uint16]
	case dtype.KindInt32, dtype.KindUint32:
		return mulInts[uint32]
	case dtype.KindInt64, dtype.KindUint64:
		return mulInts[uint64]
	case dtype.KindFloat32:
		return mul[float32]
	case dtype.KindFloat64:
		return mul[float64]
	case dtype.KindComplex64:
		return mul[complex64]
	case dtype.KindComplex128:
		return mul[complex128]
	}
	panic("gemm: no product of kind " + k.String())
}
