package nd

import (
	"slices"

	"github.com/stride-go/nd/internal/layout"
)

// Reshape gives the items, taken in C order, another shape of the same size. One
// length may be negative: it is inferred.
//
// It is a view whenever some strides read the items in that order, as they
// always do for a C-contiguous array; otherwise it is a view of a fresh copy,
// and its Base is that copy. SharesMemory tells. ErrShape if the sizes differ or
// two lengths are unknown.
func (a *Array) Reshape(shape ...int) *Array { return a.reshape("reshape", C, shape) }

// ReshapeOrder is Reshape with the items read from the array, and placed into
// the result, in the given order: C, F, or A (F if the array is Fortran- and not
// C-contiguous, else C). K is refused with ErrValue.
func (a *Array) ReshapeOrder(order Order, shape ...int) *Array {
	if order != C && order != F && order != A {
		fail("reshape", ErrValue, "order '%c' is not permitted for reshaping", order)
	}
	return a.reshape("reshape", order, shape)
}

func (a *Array) reshape(op string, order Order, shape []int) *Array {
	if order == C {
		if v := a.quickReshape(shape); v != nil {
			return v
		}
	}
	a.use(op)
	if slices.Equal(shape, a.lay.Shape) {
		// The strides of axes of length 1 survive only if no length is inferred.
		return a.view(a.dtype, a.lay)
	}
	to, err := layout.ResolveReshape(a.Size(), shape)
	must(op, err)
	if order == A {
		order = Order(layout.OrderOf(a.lay.Shape, a.lay.Strides, a.ItemSize()))
	}
	if strides, ok := layout.Reshape(a.lay.Shape, a.lay.Strides, a.ItemSize(), to, byte(order)); ok {
		return a.view(a.dtype, layout.Layout{Shape: to, Strides: strides, Offset: a.lay.Offset})
	}
	c := a.copied(op, a.dtype, order)
	return c.view(c.dtype, layout.Layout{Shape: to, Strides: layout.StridesOver(to, c.ItemSize(), byte(order))})
}

// Ravel returns the items in one axis, in C order or that of the option OrderIs:
// C, F, A, or K, the order of the items in memory.
//
// It is a view if the items lie one after another in that order (for K: if
// they fill a piece of memory without gaps or reversed axes), otherwise a copy. Reshape(-1) finds more views.
func (a *Array) Ravel(opts ...Option) *Array {
	order := flatOrder("ravel", opts)
	a.use("ravel")
	switch {
	case order == K && a.flags.Has(CContiguous):
		order = C
	case order == K && a.flags.Has(FContiguous):
		order = F
	case order == A:
		order = Order(layout.OrderOf(a.lay.Shape, a.lay.Strides, a.ItemSize()))
	}
	switch {
	case order == C && a.flags.Has(CContiguous) || order == F && a.flags.Has(FContiguous):
		return a.reshape("ravel", order, []int{-1})
	case order == K:
		if layout.IsDense(a.lay.Shape, a.lay.Strides, a.ItemSize()) {
			return a.view(a.dtype, layout.Layout{Shape: []int{a.Size()}, Strides: []int{a.ItemSize()}, Offset: a.lay.Offset})
		}
	}
	return a.flatten("ravel", order)
}

// Flatten returns a copy of the items in one axis, in C order or that of the
// option OrderIs: C, F, A, or K, the order of the items in memory.
func (a *Array) Flatten(opts ...Option) *Array {
	order := flatOrder("flatten", opts)
	a.use("flatten")
	if order == A {
		order = Order(layout.OrderOf(a.lay.Shape, a.lay.Strides, a.ItemSize()))
	}
	return a.flatten("flatten", order)
}

// flatOrder reads the one option of Ravel and Flatten.
func flatOrder(op string, opts []Option) Order {
	s := gather(op, optOrder, opts)
	if !s.has(optOrder) {
		return C
	}
	return s.order
}

// flatten copies a, laid out densely in the given order (C, F or K), into a
// fresh array of one axis.
func (a *Array) flatten(op string, order Order) *Array {
	flat := alloc(op, a.dtype, []int{a.Size()}, C, !a.dtype.IsNumeric())
	var strides []int
	if order == K {
		// Broadcast axes stay in C order here, whereas a copy in order K puts
		// them innermost.
		strides = layout.PermStrides(a.lay.Shape, layout.Order(a.lay.Shape, a.lay.Strides), a.ItemSize())
	} else {
		strides = layout.StridesOver(a.lay.Shape, a.ItemSize(), byte(order))
	}
	copyFresh(op, flat.view(a.dtype, layout.Layout{Shape: a.lay.Shape, Strides: strides}), a)
	return flat
}

// Squeeze removes axes of length 1: those named, or all. It is a view, or a
// itself if all are asked for and there is none. ErrValue if a named axis is
// longer, ErrAxis if there is no such axis; of no axes, axis 0 alone may be named.
func (a *Array) Squeeze(axes ...int) *Array {
	a.use("squeeze")
	if a.NDim() == 0 && len(axes) == 1 && (axes[0] == 0 || axes[0] == -1) {
		axes = nil
	}
	named, err := layout.NormAxes(axes, a.NDim())
	must("squeeze", err)
	var room room
	lay := room.layout()
	lay.Offset = a.lay.Offset
	for k, n := range a.lay.Shape {
		drop := n == 1
		if len(axes) > 0 {
			drop = slices.Contains(named, k)
			if drop && n != 1 {
				fail("squeeze", ErrValue, "cannot select an axis to squeeze out which has size not equal to one")
			}
		}
		if !drop {
			lay.Shape, lay.Strides = append(lay.Shape, n), append(lay.Strides, a.lay.Strides[k])
		}
	}
	if len(axes) == 0 && len(lay.Shape) == a.NDim() {
		return a
	}
	return a.within(a.dtype, lay)
}

// ExpandDims adds axes of length 1 at the given places of the result. It is a
// view. ErrAxis if a place is outside the result, ErrValue if one is named twice.
func (a *Array) ExpandDims(axes ...int) *Array {
	ndim := a.NDim() + len(axes)
	places := normTuple("expand_dims", "", axes, ndim)
	shape := make([]int, 0, ndim)
	rest := a.lay.Shape
	for k := range ndim {
		if slices.Contains(places, k) {
			shape = append(shape, 1)
		} else {
			shape, rest = append(shape, rest[0]), rest[1:]
		}
	}
	return a.reshape("expand_dims", C, shape)
}

// AtLeast1D returns a itself, or the only item of a 0-d array as a view of shape
// (1,).
func (a *Array) AtLeast1D() *Array {
	if a.NDim() == 0 {
		return a.Reshape(1)
	}
	return a
}

// AtLeast2D returns a itself if it has two axes or more, else a view with axes
// of length 1 before: shape (n,) becomes (1, n).
func (a *Array) AtLeast2D() *Array {
	switch a.NDim() {
	case 0:
		return a.Reshape(1, 1)
	case 1:
		return a.Slice(NewAxis, All)
	}
	return a
}

// AtLeast3D returns a itself if it has three axes or more, else a view with axes
// of length 1 around: shape (n,) becomes (1, n, 1), shape (m, n) (m, n, 1).
func (a *Array) AtLeast3D() *Array {
	switch a.NDim() {
	case 0:
		return a.Reshape(1, 1, 1)
	case 1:
		return a.Slice(NewAxis, All, NewAxis)
	case 2:
		return a.Slice(All, All, NewAxis)
	}
	return a
}
