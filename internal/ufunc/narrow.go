package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// Rows of few items that follow one another, such as the colours of pixels, are folded many
// at a time, as one long row, where the order of the items does not show in the result.

const (
	narrowRow  = 32 // items of a row at the most
	leastTurns = 8  // long rows that are folded at the least
)

// longRows returns how many rows of n, which walks accumulators and items, are folded as one;
// 1 if they should be folded one by one.
func (p *Plan) longRows(a *operand.Operand, n *loop.Nest) int {
	inner := n.Shape[0]
	if n.N < 2 || inner > narrowRow || n.Stride[0][1] != 0 || n.Stride[1][1] != inner*n.Stride[1][0] || p.Masked || !p.sameKinds() || !p.anyOrder(a, n) {
		return 1
	}
	return max(1, min(loop.BlockBytes/(inner*p.LoopOut[0].ItemSize()), n.Shape[1]/leastTurns))
}

// anyOrder tells whether the items of a, which n walks, give the same result in any order.
func (p *Plan) anyOrder(a *operand.Operand, n *loop.Nest) bool {
	d := p.LoopOut[0]
	switch p.Op {
	case kernel.Maximum, kernel.Minimum, kernel.Fmax, kernel.Fmin:
		return !d.IsComplex() && d.Kind() != dtype.KindFloat16
	case kernel.Add:
		// Sums of integers in float64 are exact below 2^53.
		k, each := a.DType.Kind(), 1
		if d.Kind() == dtype.KindFloat64 && p.Initial.Ptr == nil && (k == dtype.KindBool || a.DType.IsInteger()) {
			for i := range n.N {
				if n.Stride[0][i] == 0 {
					each *= n.Shape[i]
				}
			}
			bits := 8 * a.DType.ItemSize()
			return bits <= 32 && each <= 1<<(53-bits)
		}
	}
	return p.Table.Reorderable && (d.IsInteger() || d.Kind() == dtype.KindBool)
}

// foldNarrow is foldRows for so many rows at a time.
func (p *Plan) foldNarrow(acc unsafe.Pointer, a *operand.Operand, n *loop.Nest, m *loop.Mover, many int) error {
	s, e := p.scratch, p.Entry
	inner, rows, size := n.Shape[0], n.Shape[1], p.LoopOut[0].ItemSize()
	sums, items, row := s.Block(0), s.Block(1), s.Block(2)
	step, direct := n.Stride[1][0], usable(a, p.LoopIn[1]) && n.Stride[1][0] == size
	for {
		from := unsafe.Add(a.Ptr, n.Off[1])
		if err := m.Move(sums, size, from, step, many*inner, s, moverBlock); err != nil {
			return err
		}
		for j := many; j < rows; j += many {
			k := min(many, rows-j) * inner
			x := unsafe.Add(from, j*n.Stride[1][1])
			if !direct {
				if err := m.Move(items, size, x, step, k, s, moverBlock); err != nil {
					return err
				}
				x = items
			}
			e.Binary(sums, sums, x, k)
		}
		to := unsafe.Add(acc, n.Off[0])
		kernel.Copy(row, size, to, n.Stride[0][0], size, inner)
		for j := range many {
			e.Binary(row, row, unsafe.Add(sums, j*inner*size), inner)
		}
		kernel.Copy(to, n.Stride[0][0], row, size, size, inner)
		if !n.Next(2) {
			return nil
		}
	}
}
