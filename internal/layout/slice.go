package layout

import (
	"math"
	"slices"

	"github.com/stride-go/nd/internal/nderr"
)

// ItemKind tells the four basic index items apart.
type ItemKind uint8

const (
	SliceItem    ItemKind = iota // start:stop:step
	IntItem                      // one place on an axis; the axis goes away
	EllipsisItem                 // as many full slices as are needed; at most one
	NewAxisItem                  // a new axis of length 1
)

// Item is one item of a basic index. The zero Item is the full slice ":".
type Item struct {
	Kind              ItemKind
	HasStart          bool
	HasStop           bool
	HasStep           bool
	Start, Stop, Step int // of a SliceItem, where the flag is set; Start is the place of an IntItem, which may count from the end
}

// SliceAxis is Python's slice.indices for an axis of length n: a missing bound
// is nil, a bound outside is moved to the edge. The items are start,
// start+step, …, count of them.
func SliceAxis(n int, start, stop, step *int) (first, stride, count int, err error) {
	stride = 1
	if step != nil {
		stride = *step
	}
	if stride == 0 {
		return 0, 0, 0, nderr.New("slice", nderr.ErrValue, "slice step cannot be zero")
	}
	// Python clips the step too, so that its negation never overflows.
	stride = max(stride, -math.MaxInt)
	low, high := 0, n // where a bound may lie
	if stride < 0 {
		low, high = -1, n-1
	}
	first, last := low, high
	if stride < 0 {
		first, last = high, low
	}
	if start != nil {
		first = clip(*start, n, low, high)
	}
	if stop != nil {
		last = clip(*stop, n, low, high)
	}
	switch {
	case stride > 0 && first < last:
		count = (last-first-1)/stride + 1
	case stride < 0 && last < first:
		count = (first-last-1)/-stride + 1
	}
	return first, stride, count, nil
}

func clip(i, n, low, high int) int {
	if i < 0 {
		i += n
		return max(i, low)
	}
	return min(i, high)
}

// axis applies a SliceItem to an axis of length n.
func (it *Item) axis(n int) (first, stride, count int, err error) {
	var start, stop, step *int
	if it.HasStart {
		start = &it.Start
	}
	if it.HasStop {
		stop = &it.Stop
	}
	if it.HasStep {
		step = &it.Step
	}
	return SliceAxis(n, start, stop, step)
}

// CheckIndex turns a place on an axis of length n, maybe counted from the end,
// into one counted from the start.
func CheckIndex(i, n, axis int) (int, error) {
	if i < -n || i >= n {
		return 0, nderr.New("index", nderr.ErrIndex,
			"index %d is out of bounds for axis %d with size %d", i, axis, n)
	}
	if i < 0 {
		i += n
	}
	return i, nil
}

// View applies a basic index. Axes that the index does not reach are kept whole.
// A slice without items starts where its axis starts, with the axis's stride; a
// new axis has stride 0.
func View(l Layout, items ...Item) (Layout, error) { return AppendView(Layout{}, l, items) }

// AppendView is View with the result's shape and strides appended to those of
// dst, which may be room on the caller's stack.
func AppendView(dst, l Layout, items []Item) (Layout, error) {
	used, added, ellipsis := 0, 0, -1
	for k := range items {
		switch items[k].Kind {
		case NewAxisItem:
			added++
		case EllipsisItem:
			if ellipsis >= 0 {
				return Layout{}, nderr.New("index", nderr.ErrIndex, "an index can only have a single ellipsis ('...')")
			}
			ellipsis = k
		default:
			if items[k].Kind == IntItem {
				added--
			}
			used++
		}
	}
	ndim := len(l.Shape)
	if used > ndim {
		return Layout{}, nderr.New("index", nderr.ErrIndex,
			"too many indices for array: array is %d-dimensional, but %d were indexed", ndim, used)
	}
	if ndim+added > MaxDims {
		return Layout{}, nderr.New("index", nderr.ErrIndex,
			"number of dimensions must be within [0, %d], indexing result would have %d", MaxDims, ndim+added)
	}
	out := Layout{dst.Shape, dst.Strides, l.Offset}
	axis := 0
	for k := range items {
		it := &items[k]
		switch it.Kind {
		case NewAxisItem:
			out.Shape, out.Strides = append(out.Shape, 1), append(out.Strides, 0)
		case EllipsisItem:
			for range ndim - used {
				out.Shape, out.Strides = append(out.Shape, l.Shape[axis]), append(out.Strides, l.Strides[axis])
				axis++
			}
		case IntItem:
			i, err := CheckIndex(it.Start, l.Shape[axis], axis)
			if err != nil {
				return Layout{}, err
			}
			out.Offset += i * l.Strides[axis]
			axis++
		default:
			first, stride, count, err := it.axis(l.Shape[axis])
			if err != nil {
				return Layout{}, err
			}
			if count == 0 {
				first, stride = 0, 1
			}
			out.Offset += first * l.Strides[axis]
			out.Shape, out.Strides = append(out.Shape, count), append(out.Strides, stride*l.Strides[axis])
			axis++
		}
	}
	for ; axis < ndim; axis++ {
		out.Shape, out.Strides = append(out.Shape, l.Shape[axis]), append(out.Strides, l.Strides[axis])
	}
	return out, nil
}

// Clone returns a layout that shares no memory with l.
func (l Layout) Clone() Layout {
	return Layout{slices.Clone(l.Shape), slices.Clone(l.Strides), l.Offset}
}
