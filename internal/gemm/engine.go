package gemm

import "unsafe"

// column computes h rows of C, of a fixed number of vectors: C[i,j] =
// add·C[i,j] + Σ A[i,p]·B[p,j] for p < k; h, k > 0. strip is the bytes of A from one
// tile's rows to the next ones. lanes is the number of lanes (two an item if complex)
// of the last vector of a row. Meanwhile it brings ahead cache lines a row from far
// nearer, up to last.
type column func(c, a, b unsafe.Pointer, h, k, crs, ars, acs, brs, strip, lanes, add int, far, last uintptr, ahead int)

// columnTable holds columns by vectors.
type columnTable [4]column

// dotLine computes dst[i] = Σ A[i,p]·x[p] for i < m, a multiple of a fixed number of
// rows, p < n.
type dotLine func(dst, a, x unsafe.Pointer, n, ars, m int)

// sumLine computes y[j] = add·y[j] + Σ x[i]·B[i,j] for a fixed number of rows,
// j < n.
type sumLine func(y, x, b unsafe.Pointer, n, xs, brs, add int)

// shortLine computes dst[i] = Σ a[k*i+p]·x[p], p < k, for a fixed k and so many rows as
// fill vectors.
type shortLine func(dst, a, x unsafe.Pointer, m int)

// pairLine computes dst[i] = Σ A[i,p]·B[i,p] for i < m, a multiple of a fixed number of
// rows, p < n, no more than a vector has.
type pairLine func(dst, a, b unsafe.Pointer, n, ars, brs, m int)

// lineTable holds all of them, those for the most rows first and those for one row last.
// Dots for some rows or more, and short by k, have the same results, and so have pairs and
// dots for one row.
type lineTable struct {
	dots []dotRows
	sums []sumRows
	some int

	short      [5]shortLine
	alone      dotLine // one row after another, with the results of several
	pairs      pairLine
	pairRows   int
	conjugated dotLine // for one row, whose conjugates are multiplied; nil for real items
}

type (
	dotRows struct {
		rows int
		line dotLine
	}
	sumRows struct {
		rows int
		line sumLine
	}
)

// dot is the inner product of one row.
func (l *lineTable) dot() dotLine { return l.dots[len(l.dots)-1].line }

// copyLine copies n rows of bytes, line apart, to places step apart. A
// transposing one takes as many lines of n items.
type copyLine func(dst, src unsafe.Pointer, step, line, n int)

// engine is what the vectors of one level can do for one kind.
type engine struct {
	columns   *columnTable
	lines     *lineTable
	rows      [4]copyLine // copies of 1, 2, 3 vectors
	transpose copyLine    // nil: none for items of this size
	turn      int         // lines, and divisor of n, of transpose
	size      int         // bytes of an item
	parts     int         // lanes of an item
	items     int         // items of a vector
	high      int         // most rows of a tile
	cost      int         // multiplications of a product
	near      int         // bytes of B up to which it is read as it lies
	conjugate *engine     // dots of one row's conjugates, nil for real items
	partial   bool        // the last vector of several may be partial
	integer   bool        // items are integers
}

// panel returns how many vectors and columns of B the next tiles take, of rest
// columns.
func (e *engine) panel(rest int) (vecs, cols int) {
	v := rest / e.items
	if e.partial {
		v = (rest + e.items - 1) / e.items
	}
	switch {
	case v == 0:
		return 1, rest
	case v == 4:
		v = 2
	case v > 3:
		v = 3
	}
	return v, min(rest, v*e.items)
}

// lanes returns the lanes of the last of some vectors that hold cols columns.
func (e *engine) lanes(vecs, cols int) int { return (cols - (vecs-1)*e.items) * e.parts }
