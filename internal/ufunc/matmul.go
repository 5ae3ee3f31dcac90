package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/internal/gemm"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// MatMul multiplies stacks of matrices: the last two axes of a and b are the
// matrices, the others have been broadcast to those of out. All three have one
// native dtype; out's rows are contiguous, and it overlaps neither input.
func MatMul(out, a, b operand.Operand) {
	nd := len(out.Shape)
	m, n, depth := out.Shape[nd-2], out.Shape[nd-1], a.Shape[nd-1]
	s := loop.Borrow()
	defer s.Return()
	w := &s.Nest
	w.Reset(out.Shape[:nd-2])
	w.Add(out.Shape[:nd-2], out.Strides[:nd-2])
	w.Add(out.Shape[:nd-2], a.Strides[:nd-2])
	w.Add(out.Shape[:nd-2], b.Strides[:nd-2])
	if w.Empty() || m == 0 || n == 0 {
		return
	}
	at := func(o *operand.Operand, k int) gemm.Matrix {
		return gemm.Matrix{P: unsafe.Add(o.Ptr, w.Off[k]), Row: o.Strides[nd-2], Col: o.Strides[nd-1]}
	}
	for {
		gemm.Mul(out.DType.Kind(), at(&out, 0), at(&a, 1), at(&b, 2), m, n, depth)
		if !w.Next(0) {
			return
		}
	}
}
