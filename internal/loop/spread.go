package loop

import (
	"sync/atomic"
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/parallel"
)

// inParts calls run for parts of a walk over out and the operands that broadcast
// to its shape, on all cores if that pays. The parts are cut along the axis of out
// on which the others lie between two neighbours, so that no two parts share
// bytes of out; a walk without such an axis stays whole. Which item run computes
// in which part must not matter.
func inParts(out *operand.Operand, from []operand.Operand, run func(out operand.Operand, from []operand.Operand) error) error {
	axis, least := SpreadAxis(out)
	if axis < 0 {
		return run(*out, from)
	}
	return spread(axis, least, out, from, run)
}

func spread(axis, least int, out *operand.Operand, from []operand.Operand, run func(out operand.Operand, from []operand.Operand) error) error {
	var failed atomic.Pointer[error]
	parallel.For(out.Shape[axis], least, func(lo, hi int) {
		part := make([]operand.Operand, len(from))
		for i := range from {
			part[i] = Part(from[i], axis-len(out.Shape), lo, hi)
		}
		if err := run(Part(*out, axis-len(out.Shape), lo, hi), part); err != nil {
			failed.CompareAndSwap(nil, &err)
		}
	})
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// SpreadAxis returns the axis along which a walk that writes out may be cut, and
// the number of places on it that make a part; -1 if the walk should stay whole.
func SpreadAxis(out *operand.Operand) (axis, least int) {
	size := out.DType.ItemSize()
	n := out.Size()
	if n*size < 2*parallel.LeastBytes || parallel.Threads() == 1 {
		return -1, 0
	}
	axis = -1
	for i, d := range out.Shape {
		if d > 1 && (axis < 0 || abs(out.Strides[i]) > abs(out.Strides[axis])) {
			axis = i
		}
	}
	if axis < 0 {
		return -1, 0
	}
	// What one place on the axis covers must fit between two places.
	one := Part(*out, axis-len(out.Shape), 0, 1)
	if lo, hi := layout.Span(one.Shape, one.Strides, size); hi-lo > abs(out.Strides[axis]) {
		return -1, 0
	}
	bytes := parallel.LeastBytes
	if n*size >= 2*kernel.StreamBytes {
		bytes = kernel.StreamBytes // parts that still go past the caches
	}
	least = max(1, bytes*out.Shape[axis]/(n*size))
	if parallel.Split(out.Shape[axis], least) <= 1 {
		return -1, 0
	}
	return axis, least
}

// Part cuts the places lo:hi out of an axis of o, counted from the last (-1). An
// axis that o does not have, or of length 1, is broadcast and stays.
func Part(o operand.Operand, axis, lo, hi int) operand.Operand {
	k := len(o.Shape) + axis
	if k < 0 || o.Shape[k] == 1 {
		return o
	}
	shape := append([]int(nil), o.Shape...)
	shape[k] = hi - lo
	o.Shape = shape
	o.Ptr = unsafe.Add(o.Ptr, lo*o.Strides[k])
	return o
}
