package nd

import (
	"slices"
)

// Kron returns the Kronecker product: each item of a times all of b, in blocks.
// The operand with fewer axes gets axes of length 1 in front.
func (a *Array) Kron(b *Array) *Array {
	n := max(a.NDim(), b.NDim())
	if a.NDim() == 0 || b.NDim() == 0 {
		return a.Multiply(b)
	}
	x, y := make([]int, 0, 2*n), make([]int, 0, 2*n)
	shape := make([]int, n)
	for i := range n {
		p, q := 1, 1
		if k := i - n + a.NDim(); k >= 0 {
			p = a.lay.Shape[k]
		}
		if k := i - n + b.NDim(); k >= 0 {
			q = b.lay.Shape[k]
		}
		x, y = append(x, p, 1), append(y, 1, q)
		shape[i] = p * q
	}
	return a.Reshape(x...).Multiply(b.Reshape(y...)).Reshape(shape...).owned()
}

// MatrixPower returns the square matrix a, or each of a stack, multiplied by
// itself n-1 times; of n = 0 the identity. It squares and multiplies. It panics
// with ErrLinAlg if a is not a stack of square matrices; n must not be negative.
func (a *Array) MatrixPower(n int) *Array {
	const op = "matrix_power"
	a.use(op)
	switch d := a.NDim(); {
	case d < 2:
		fail(op, ErrLinAlg, "%d-dimensional array given. Array must be at least two-dimensional", d)
	case a.lay.Shape[d-1] != a.lay.Shape[d-2]:
		fail(op, ErrLinAlg, "Last 2 dimensions of the array must be square")
	case n < 0:
		fail(op, ErrValue, "matrix_power needs the inverse for a negative exponent")
	}
	if n == 0 {
		return Identity(a.dtype, a.Dim(-1)).copiedTo(op, a.dtype, a.lay.Shape)
	}
	if n == 1 {
		return a.Copy()
	}
	var r *Array
	for square := a; ; square = square.MatMul(square) {
		if n&1 != 0 {
			if r == nil {
				r = square
			} else {
				r = r.MatMul(square)
			}
		}
		if n >>= 1; n == 0 {
			return r
		}
	}
}

// MultiDot returns the product of two or more matrices, multiplied in the order
// that takes the fewest operations (T. Cormen and others, Introduction to
// Algorithms, 15.2). The first may be a row and the last a column, 1-d arrays.
func MultiDot(arrays ...*Array) *Array {
	const op = "multi_dot"
	n := len(arrays)
	if n < 2 {
		fail(op, ErrValue, "Expecting at least two arrays.")
	}
	if n == 2 {
		return arrays[0].Dot(arrays[1])
	}
	m := slices.Clone(arrays)
	row, column := m[0].NDim() == 1, m[n-1].NDim() == 1
	if row {
		m[0] = m[0].ExpandDims(0)
	}
	if column {
		m[n-1] = m[n-1].ExpandDims(1)
	}
	for _, a := range m {
		if a.NDim() != 2 {
			fail(op, ErrLinAlg, "%d-dimensional array given. Array must be two-dimensional", a.NDim())
		}
	}
	split := chainOrder(m)
	var product func(i, j int) *Array
	product = func(i, j int) *Array {
		if i == j {
			return m[i]
		}
		k := split[i][j]
		return product(i, k).Dot(product(k+1, j))
	}
	r := product(0, n-1)
	shape := r.Shape()
	if column {
		shape = shape[:1]
	}
	if row {
		shape = shape[1:]
	}
	if len(shape) < 2 {
		return r.Reshape(shape...).owned()
	}
	return r
}

// chainOrder returns after which matrix to split the product of those from i to j.
func chainOrder(m []*Array) [][]int {
	n := len(m)
	length := make([]float64, n+1)
	for i, a := range m {
		length[i], length[i+1] = float64(a.lay.Shape[0]), float64(a.lay.Shape[1])
	}
	cost, split := make([][]float64, n), make([][]int, n)
	for i := range n {
		cost[i], split[i] = make([]float64, n), make([]int, n)
	}
	for span := 1; span < n; span++ {
		for i := 0; i+span < n; i++ {
			j := i + span
			for k := i; k < j; k++ {
				c := cost[i][k] + cost[k+1][j] + length[i]*length[k+1]*length[j+1]
				if k == i || c < cost[i][j] {
					cost[i][j], split[i][j] = c, k
				}
			}
		}
	}
	return split
}
