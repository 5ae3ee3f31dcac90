package nd

import (
	"slices"

	"github.com/stride-go/nd/internal/layout"
)

// BroadcastTo stretches a to a shape: axes are aligned at the last one, and those
// of length 1, or missing, repeat without memory (stride 0). It is a read-only
// view, since many of its items are one. ErrShape if a does not stretch to shape.
func (a *Array) BroadcastTo(shape ...int) *Array { return a.broadcastTo("broadcast_to", shape) }

// broadcastTo is BroadcastTo for a call of the name op.
func (a *Array) broadcastTo(op string, shape []int) *Array {
	a.use(op)
	for _, n := range shape {
		if n < 0 {
			fail(op, ErrValue, "all elements of broadcast shape must be non-negative")
		}
	}
	if len(shape) == 0 && a.NDim() > 0 {
		fail(op, ErrValue, "cannot broadcast a non-scalar to a scalar array")
	}
	_, err := layout.CheckedSize(shape, a.ItemSize())
	must(op, err)
	v := a.stretched(op, shape)
	v.flags &^= Writeable
	return v
}

// stretched is BroadcastTo for a shape that is known to be valid. The view is
// writeable if a is.
func (a *Array) stretched(op string, shape []int) *Array {
	strides, err := layout.BroadcastStrides(a.lay.Shape, a.lay.Strides, shape)
	must(op, err)
	return a.view(a.dtype, layout.Layout{Shape: shape, Strides: strides, Offset: a.lay.Offset})
}

// BroadcastArrays stretches the arrays to one shape. If they all have it already
// it returns them; otherwise views, writeable where the array is (as in NumPy,
// which warns that this will end): writing to a stretched item writes to all its
// repetitions. ErrShape if the shapes do not fit.
func BroadcastArrays(arrays ...*Array) []*Array {
	shapes := make([][]int, len(arrays))
	same := true
	for k, a := range arrays {
		a.use("broadcast_arrays")
		shapes[k] = a.lay.Shape
		same = same && slices.Equal(shapes[k], shapes[0])
	}
	if same {
		return slices.Clone(arrays)
	}
	shape := broadcastShapes("broadcast_arrays", shapes)
	out := make([]*Array, len(arrays))
	for k, a := range arrays {
		out[k] = a.stretched("broadcast_arrays", shape)
	}
	return out
}

// BroadcastShapes returns the shape to which arrays of these shapes stretch
// together. ErrShape if there is none.
func BroadcastShapes(shapes ...[]int) []int {
	for _, s := range shapes {
		_, err := layout.CheckedSize(s, 1)
		must("broadcast_shapes", err)
	}
	return broadcastShapes("broadcast_shapes", shapes)
}

// broadcastShapes reports a mismatch by the first shape that does not fit and
// the earlier one that set the axis, as np.broadcast_shapes does.
func broadcastShapes(op string, shapes [][]int) []int {
	shape, err := layout.Broadcast(shapes...)
	if err == nil {
		return shape
	}
	if i, j, ok := layout.Mismatch(shapes...); ok {
		fail(op, ErrShape, "shape mismatch: objects cannot be broadcast to a single shape.  "+
			"Mismatch is between arg %d with shape %s and arg %d with shape %s.",
			i, shapeText(shapes[i]), j, shapeText(shapes[j]))
	}
	must(op, err)
	return nil
}
