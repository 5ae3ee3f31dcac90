package nd

import (
	"slices"

	"github.com/stride-go/nd/internal/layout"
)

// AsStrided reads the block under any shape and strides (bytes), from item
// [0,…,0] of a on. It is a view, writeable if a is, and unlike NumPy's it is
// always checked: ErrValue if an item would lie outside the block that a's owner
// was made with. Items may overlap one another; writing through such a view
// changes several at once.
func (a *Array) AsStrided(shape, strides []int) *Array {
	const op = "as_strided"
	a.use(op)
	if len(shape) != len(strides) {
		fail(op, ErrValue, "mismatch in length of strides and shape")
	}
	_, err := layout.CheckedSize(shape, a.ItemSize())
	must(op, err)
	lo, hi, ok := layout.CheckedSpan(shape, strides, a.ItemSize())
	if !ok || lo < hi && (lo < -a.lay.Offset || hi > a.buf.Len()-a.lay.Offset) {
		fail(op, ErrValue, "shape %s with strides %s leaves the block: its %d bytes reach from %d to %d around item 0",
			shapeText(shape), shapeText(strides), a.buf.Len(), -a.lay.Offset, a.buf.Len()-a.lay.Offset)
	}
	return a.view(a.dtype, layout.Layout{Shape: shape, Strides: strides, Offset: a.lay.Offset})
}

// SlidingWindowView returns every window of the given shape: axis k of the
// result is the place of the window along axis k of a, and the window's own axes
// follow. Without axes the window has one length for each axis of a; otherwise
// window[i] is its length along axes[i], and an axis may be named again. It is a
// read-only view. ErrValue if a window is longer than its axis or negative.
func (a *Array) SlidingWindowView(window []int, axes ...int) *Array {
	const op = "sliding_window_view"
	a.use(op)
	for _, w := range window {
		if w < 0 {
			fail(op, ErrValue, "`window_shape` cannot contain negative values")
		}
	}
	if len(axes) == 0 {
		if len(window) != a.NDim() {
			fail(op, ErrValue, "Since axis is `None`, must provide window_shape for all dimensions of `x`; got %d window_shape elements and `x.ndim` is %d.",
				len(window), a.NDim())
		}
		for k := range window {
			axes = append(axes, k)
		}
	}
	places := make([]int, len(axes))
	for i, axis := range axes {
		places[i] = namedAxis(op, "", axis, a.NDim())
	}
	if len(window) != len(axes) {
		fail(op, ErrValue, "Must provide matching length window_shape and axis; got %d window_shape elements and %d axes elements.",
			len(window), len(axes))
	}
	lay := layout.Layout{Shape: slices.Clone(a.lay.Shape), Strides: slices.Clone(a.lay.Strides), Offset: a.lay.Offset}
	for i, k := range places {
		if lay.Shape[k] < window[i] {
			fail(op, ErrValue, "window shape cannot be larger than input array shape")
		}
		lay.Shape[k] -= window[i] - 1
		lay.Strides = append(lay.Strides, a.lay.Strides[k])
	}
	lay.Shape = append(lay.Shape, window...)
	_, err := layout.CheckedSize(lay.Shape, a.ItemSize())
	must(op, err)
	v := a.view(a.dtype, lay)
	v.flags &^= Writeable
	return v
}
