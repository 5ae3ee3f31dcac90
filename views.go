package nd

import (
	"slices"

	"github.com/stride-go/nd/internal/layout"
)

// Flip reverses the order of the items along the given axes, or along all. It is
// a view. ErrAxis if an axis is out of bounds, ErrValue if one is named twice.
func (a *Array) Flip(axes ...int) *Array {
	a.use("flip")
	turned := normTuple("flip", "", axes, a.NDim())
	items := make([]layout.Item, a.NDim())
	for k := range items {
		if len(axes) == 0 || slices.Contains(turned, k) {
			items[k] = Step(-1).item
		}
	}
	return a.subscript("flip", items)
}

// FlipUD reverses the first axis. It is a view. ErrValue for a 0-d array.
func (a *Array) FlipUD() *Array {
	if a.NDim() < 1 {
		fail("flipud", ErrValue, "Input must be >= 1-d.")
	}
	return a.along("flipud", 0, Step(-1))
}

// FlipLR reverses the second axis. It is a view. ErrValue if there is none.
func (a *Array) FlipLR() *Array {
	if a.NDim() < 2 {
		fail("fliplr", ErrValue, "Input must be >= 2-d.")
	}
	return a.along("fliplr", 1, Step(-1))
}

// Rot90 turns the plane of two axes, the first two if none are given, by k
// quarter turns from the first axis towards the second. It is a view. ErrValue if
// the axes are not two different ones of a's.
func (a *Array) Rot90(k int, axes ...int) *Array {
	const op = "rot90"
	a.use(op)
	if len(axes) == 0 {
		axes = firstTwo[:]
	}
	if len(axes) != 2 {
		fail(op, ErrValue, "len(axes) must be 2.")
	}
	i, j, n := axes[0], axes[1], a.NDim()
	if i == j || i-j == n || j-i == n {
		fail(op, ErrValue, "Axes must be different.")
	}
	if i >= n || i < -n || j >= n || j < -n {
		fail(op, ErrValue, "Axes=%s out of range for array of ndim=%d.", shapeText(axes), n)
	}
	switch k & 3 {
	case 1:
		return a.Flip(j).SwapAxes(i, j)
	case 2:
		return a.Flip(i, j)
	case 3:
		return a.SwapAxes(i, j).Flip(j)
	}
	return a.Slice()
}

// firstTwo are the axes of Diagonal and Rot90 that are not given.
var firstTwo = [2]int{0, 1}

// Diagonal returns the items whose places on two axes, the first two if none are
// given, differ by offset: place on the second minus place on the first. The two
// axes are replaced by one at the end. It is a read-only view. ErrValue if a has
// fewer than two axes or the two are the same, ErrAxis if one is out of bounds.
func (a *Array) Diagonal(offset int, axes ...int) *Array { return a.diagonal("diagonal", offset, axes) }

// diagonal is Diagonal for a call of the name op.
func (a *Array) diagonal(op string, offset int, axes []int) *Array {
	a.use(op)
	if len(axes) == 0 {
		axes = firstTwo[:]
	}
	if len(axes) != 2 {
		fail(op, ErrType, "%s() takes two axes, not %d", op, len(axes))
	}
	if a.NDim() < 2 {
		fail(op, ErrValue, "diag requires an array of at least two dimensions")
	}
	i := namedAxis(op, "axis1", axes[0], a.NDim())
	j := namedAxis(op, "axis2", axes[1], a.NDim())
	if i == j {
		fail(op, ErrValue, "axis1 and axis2 cannot be the same")
	}
	n, m := a.lay.Shape[i], a.lay.Shape[j]
	at := a.lay.Offset
	if offset >= 0 {
		n = max(0, min(n, m-min(offset, m)))
		if n > 0 {
			at += offset * a.lay.Strides[j]
		}
	} else {
		n = max(0, min(m, n+max(offset, -n)))
		if n > 0 {
			at -= offset * a.lay.Strides[i]
		}
	}
	var room room
	lay := room.layout()
	lay.Offset = at
	for k := range a.lay.Shape {
		if k != i && k != j {
			lay.Shape, lay.Strides = append(lay.Shape, a.lay.Shape[k]), append(lay.Strides, a.lay.Strides[k])
		}
	}
	lay.Shape = append(lay.Shape, n)
	lay.Strides = append(lay.Strides, a.lay.Strides[i]+a.lay.Strides[j])
	v := a.within(a.dtype, lay)
	v.flags &^= Writeable
	return v
}
