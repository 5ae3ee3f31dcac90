package ufunc

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/gemm"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/parallel"
)

// MatMul multiplies stacks of matrices: the last two axes of a and b are the
// matrices, the others have been broadcast to those of out. All three have one
// native dtype; out's rows are contiguous, and it overlaps neither input.
func MatMul(out, a, b operand.Operand) {
	nd := len(out.Shape) - 2
	var p stack
	for i, o := range [...]*operand.Operand{&out, &a, &b} {
		p.at[i] = gemm.Matrix{P: o.Ptr, Row: o.Strides[nd], Col: o.Strides[nd+1]}
	}
	m, n, depth := out.Shape[nd], out.Shape[nd+1], a.Shape[nd+1]
	if nd == 0 {
		gemm.Mul(out.DType.Kind(), p.at[0], p.at[1], p.at[2], m, n, depth)
		return
	}
	s := loop.Borrow()
	defer s.Return()
	w := &s.Nest
	w.Reset(out.Shape[:nd])
	w.Add(out.Shape[:nd], out.Strides[:nd])
	w.Add(out.Shape[:nd], a.Strides[:nd])
	w.Add(out.Shape[:nd], b.Strides[:nd])
	if w.Empty() || m == 0 || n == 0 {
		return
	}
	w.Coalesce()
	if st := &w.Stride; st[2][0] == 0 && st[0][0] == m*p.at[0].Row && st[1][0] == m*p.at[1].Row {
		// One b for matrices that lie one below the other: they are one matrix.
		m *= w.Shape[0]
		w.Shape[0] = 1
	}
	p.kind, p.m, p.n, p.depth = out.DType.Kind(), m, n, depth
	p.shape = w.Shape[:w.N]
	for i := range p.strides {
		p.strides[i] = w.Stride[i][:w.N]
	}
	count := 1
	for _, d := range p.shape {
		count *= d
	}
	if threads := parallel.Threads(); threads > 1 && count > 1 && m*n*depth < gemm.Shared && m*n*depth*count >= gemm.Shared {
		p.share(count, min(4*threads, count))
		return
	}
	p.run(0, count)
}

// At is where a matrix of a Product lies.
type At = gemm.Matrix

// Product writes the product of the matrices a, m × depth, and b, depth × n, to c, whose
// rows are contiguous. Items are aligned, native and of kind k.
func Product(k dtype.Kind, c, a, b At, m, n, depth int) { gemm.Mul(k, c, a, b, m, n, depth) }

// Dot writes the inner product of the n items of kind k at a and at b, both dense and
// native, to out.
func Dot(k dtype.Kind, out, a, b unsafe.Pointer, size, n int) {
	gemm.Mul(k, gemm.Matrix{P: out, Row: size, Col: size}, gemm.Matrix{P: a, Col: size}, gemm.Matrix{P: b, Row: size}, 1, 1, n)
}

// ConjugateDot is Dot of a's conjugates, of a complex kind. It reports false, and does
// nothing, where there is no loop for it.
func ConjugateDot(k dtype.Kind, out, a, b unsafe.Pointer, size, n int) bool {
	return gemm.ConjugateDot(k, out, a, b, size, n)
}

// stack is a number of products, numbered with the first axis of shape fastest.
type stack struct {
	kind        dtype.Kind
	m, n, depth int
	at          [3]gemm.Matrix // out, a and b
	shape       []int
	strides     [3][]int
}

// run multiplies those numbered from … to-1, a run of the first axis at a time.
func (p *stack) run(from, to int) {
	for i := from; i < to; {
		at, step := p.at, [3]int{}
		rest, count := i, 1
		for d, n := range p.shape {
			j := rest
			if d < len(p.shape)-1 {
				j = rest % n
				rest /= n
			}
			if d == 0 {
				count = min(n-j, to-i)
			}
			for o := range at {
				at[o].P = unsafe.Add(at[o].P, j*p.strides[o][d])
				if d == 0 {
					step[o] = p.strides[o][0]
				}
			}
		}
		gemm.MulEach(p.kind, count, step, at[0], at[1], at[2], p.m, p.n, p.depth)
		i += count
	}
}

// share runs the product in parts on all cores.
func (p *stack) share(count, parts int) {
	q := *p
	q.shape = slices.Clone(p.shape)
	for i, s := range p.strides {
		q.strides[i] = slices.Clone(s)
	}
	parallel.Do(parts, func(i int) { q.run(i*count/parts, (i+1)*count/parts) })
}
