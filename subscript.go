package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/layout"
)

// An advanced subscript is worked out in three steps.
//
//  1. Integers and index arrays select places on their axes, slices select
//     ranges. Applying the slices alone gives a view in which the places' axes
//     are still whole.
//  2. The items of each index array are checked against the length of its axis and
//     turned into offsets, which are added up, broadcast together.
//  3. Items are moved: for every place, the range that the slices select.
//
// The axes of the places come first in the result, unless all index arrays stand
// side by side in the subscript: then they come where the first of them stood.

// place is one index array with the axis that it selects on.
type place struct {
	arr   *Array // int64, native
	axis  int    // axis of the source, -1 for the one or no place of a 0-d bool
	fresh bool   // arr is known to nobody else
}

// selectItems works out step 1 of an advanced subscript, and the shape of step 2.
func (a *Array) selectItems(op string, s *selection, index []Idx) {
	index = withArray(index)
	used, ellipsis := 0, -1
	for k := range index {
		used += index[k].consumes(op)
		if index[k].arr == nil && index[k].item.Kind == layout.EllipsisItem {
			if ellipsis >= 0 {
				fail(op, ErrIndex, "an index can only have a single ellipsis ('...')")
			}
			ellipsis = k
		}
	}
	if used > a.NDim() {
		fail(op, ErrIndex, "too many indices for array: array is %d-dimensional, but %d were indexed", a.NDim(), used)
	}
	var (
		basic  = s.room.basic[:0] // the subscript with whole axes for the index arrays
		arrays = s.room.arrays[:0]
		source int                // next axis of a
		kept   = s.list(listKept) // for each axis of the basic view: -1, or the number of its index array
		first  = -1               // axis of the rest where the first index array stood
		last   = -1               // item number of the last index array
		apart  bool
		rest   int // axes of the rest so far
	)
	whole := func(n int) {
		for range n {
			basic, kept = append(basic, layout.Item{}), append(kept, -1)
			source++
			rest++
		}
	}
	advanced := func(k int) {
		if first < 0 {
			first = rest
		} else if last >= 0 && last < k-1 {
			apart = true
		}
		last = k
	}
	along := func(arr *Array, fresh bool) {
		arrays = append(arrays, place{arr, source, fresh})
		basic, kept = append(basic, layout.Item{}), append(kept, len(arrays)-1)
		source++
	}
	for k := range index {
		it := &index[k]
		switch {
		case it.arr == nil && it.item.Kind == layout.EllipsisItem:
			whole(a.NDim() - used)
		case it.arr == nil && it.item.Kind == layout.NewAxisItem:
			basic, kept = append(basic, it.item), append(kept, -1)
			rest++
		case it.arr == nil && it.item.Kind == layout.SliceItem:
			basic, kept = append(basic, it.item), append(kept, -1)
			source++
			rest++
		case it.arr == nil: // an integer counts as an index array without axes
			advanced(k)
			basic = append(basic, it.item)
			source++
		case it.arr.dtype == dtype.Bool && it.arr.NDim() == 0:
			n := 0
			if it.arr.Item[bool]() {
				n = 1
			}
			advanced(k)
			arrays = append(arrays, place{Zeros(dtype.Int64, n), -1, true})
		case it.arr.dtype == dtype.Bool:
			for j, n := range it.arr.lay.Shape {
				if have := a.lay.Shape[source+j]; have != n {
					fail(op, ErrIndex, "boolean index did not match indexed array along axis %d; size of axis is %d but size of corresponding boolean axis is %d", source+j, have, n)
				}
			}
			for _, arr := range it.arr.trueIndices(op) {
				advanced(k)
				along(arr, true)
			}
		default:
			advanced(k)
			arr := it.arr.asPlaces(op)
			along(arr, arr != it.arr)
		}
	}
	if ellipsis < 0 {
		whole(a.NDim() - source)
	}
	view, err := layout.AppendView(layout.Layout{Shape: s.list(listViewShape), Strides: s.list(listViewStrides)}, a.lay, basic)
	must(op, err)
	s.at = first
	if apart {
		s.at = 0
	}
	strides := append(s.list(listStrides), make([]int, len(arrays))...)
	s.rest = layout.Layout{Shape: s.list(listRestShape), Strides: s.list(listRestStrides)}
	for k, j := range kept {
		if j >= 0 {
			strides[j] = view.Strides[k]
			continue
		}
		s.rest.Shape = append(s.rest.Shape, view.Shape[k])
		s.rest.Strides = append(s.rest.Strides, view.Strides[k])
	}
	s.arrays, s.strides, s.start = arrays, strides, view.Offset
	s.index = s.broadcastPlaces(op)
	if len(s.index)+len(s.rest.Shape) > layout.MaxDims {
		fail(op, ErrIndex, "number of dimensions must be within [0, %d], indexing result would have %d", layout.MaxDims, len(s.index)+len(s.rest.Shape))
	}
}

// locate works out step 2 to its end: the offsets of the places, which are checked.
func (a *Array) locate(op string, s *selection) {
	if !a.locateFew(op, s) {
		a.locateMany(op, s)
	}
}

// locateMany is locate for any places: array by array.
func (a *Array) locateMany(op string, s *selection) {
	if layout.Size(s.index) == 0 { // nothing is selected, so no place is looked at
		for k := range s.arrays {
			s.arrays[k].arr.use(op)
		}
		return
	}
	start := s.start
	for k := range s.arrays {
		places := a.offsetsOf(op, &s.arrays[k], start, s.strides[k])
		if s.kept == nil {
			s.kept, start = places, 0
		} else {
			s.kept = s.kept.Add(places)
		}
	}
	s.places = items[int](s.kept)
}

// locateFew is locate for a few places on up to two axes; false for others, and for a place
// that is outside, which the long way puts into words.
func (a *Array) locateFew(op string, s *selection) bool {
	n := layout.Size(s.index)
	if n > len(s.room.few) || len(s.index) > 2 {
		return false
	}
	rows, cols := 1, 1
	for _, d := range s.index {
		rows, cols = cols, d
	}
	places := s.room.few[:n]
	for i := range places {
		places[i] = s.start
	}
	for k := range s.arrays {
		p := &s.arrays[k]
		from, ok := p.arr.side()
		if !ok || p.arr.flags&Aligned == 0 || !from.fits(rows, cols) {
			return false
		}
		length, step := 1, s.strides[k]
		if p.axis >= 0 {
			length = a.lay.Shape[p.axis]
		}
		for i := range places {
			r, c := 0, i
			if rows > 1 {
				r, c = i/cols, i%cols
			}
			at := *(*int64)(unsafe.Add(from.p, r*from.down+c*from.along))
			if at < 0 {
				at += int64(length)
			}
			if uint64(at) >= uint64(length) {
				return false
			}
			places[i] += int(at) * step
		}
		p.arr.done(op)
	}
	s.places = places
	return true
}

// consumes returns how many axes of the source the item stands for.
func (x *Idx) consumes(op string) int {
	switch {
	case x.arr == nil && (x.item.Kind == layout.IntItem || x.item.Kind == layout.SliceItem):
		return 1
	case x.arr == nil:
		return 0
	case x.arr.dtype == dtype.Bool:
		return x.arr.NDim()
	case x.arr.dtype.IsInteger():
		return 1
	}
	fail(op, ErrIndex, "arrays used as indices must be of integer (or boolean) type")
	return 0
}

// asPlaces returns an integer array as native int64; uint64 wraps, as in NumPy.
func (a *Array) asPlaces(op string) *Array {
	if a.dtype == dtype.Int64 {
		return a
	}
	return a.copied(op, dtype.Int64, C)
}

// broadcastPlaces returns the common shape of the index arrays.
func (s *selection) broadcastPlaces(op string) []int {
	shapes := s.room.shapes[:0]
	for k := range s.arrays {
		shapes = append(shapes, s.arrays[k].arr.lay.Shape)
	}
	to, err := layout.AppendBroadcast(s.list(listIndex), shapes...)
	if err != nil {
		text := ""
		for _, s := range shapes {
			if len(s) == 0 {
				continue // a single place broadcasts to anything
			}
			text += layout.ShapeString(s) + " "
		}
		fail(op, ErrIndex, "shape mismatch: indexing arrays could not be broadcast together with shapes %s", text)
	}
	return to
}

// offsetsOf returns the offset of every place of p, which are checked, from one
// that starts at start; a step on the axis is stride bytes.
func (a *Array) offsetsOf(op string, p *place, start, stride int) *Array {
	from, to := p.arr, p.arr
	from.use(op)
	switch {
	case p.fresh:
	case from.plain():
		to = alloc(op, dtype.Int64, from.lay.Shape, C, false)
	default: // strided, or in a map, which may fault
		to = from.copied(op, dtype.Int64, C)
		from = to
	}
	if to.Size() == 0 {
		return to
	}
	length := 1
	if p.axis >= 0 {
		length = a.lay.Shape[p.axis]
	}
	bad := indexing.Offsets(items[int](to), items[int64](from), length, start, stride)
	from.done(op)
	if bad >= 0 {
		checkPlace(op, items[int64](from)[bad], length, p.axis)
	}
	return to
}

// checkPlace returns a place on an axis counted from its start.
func checkPlace(op string, i int64, length, axis int) int {
	if i < -int64(length) || i >= int64(length) {
		fail(op, ErrIndex, "index %d is out of bounds for axis %d with size %d", i, axis, length)
	}
	if i < 0 {
		i += int64(length)
	}
	return int(i)
}

// start is the list of the one offset 0, and the order of one axis.
var start [1]int

// runs returns the items at a place in the order of rest's memory: axes sorted
// by stride, the innermost as one run.
func (s *selection) runs() (indexing.Runs, []int) {
	switch len(s.rest.Shape) {
	case 0:
		return indexing.Runs{Outer: start[:], Count: 1}, nil
	case 1:
		return indexing.Runs{Outer: start[:], Count: s.rest.Shape[0], Stride: s.rest.Strides[0]}, start[:]
	}
	order := layout.AppendKOrder(s.list(listOrder), s.rest.Strides)
	sorted := layout.Layout{Shape: s.list(listSorted), Strides: s.list(listSortedSteps)}
	for _, k := range order {
		sorted.Shape = append(sorted.Shape, s.rest.Shape[k])
		sorted.Strides = append(sorted.Strides, s.rest.Strides[k])
	}
	return s.merged(sorted), order
}

// merged returns the items of a layout in C order: inner axes that continue each other are
// one run.
func (s *selection) merged(lay layout.Layout) indexing.Runs {
	if layout.Size(lay.Shape) == 0 {
		return indexing.Runs{}
	}
	count, stride, d := 1, 0, len(lay.Shape)
	for ; d > 0; d-- {
		switch n, step := lay.Shape[d-1], lay.Strides[d-1]; {
		case n == 1:
			continue
		case count == 1:
			stride = step
		case step != count*stride:
			return indexing.Runs{Outer: appendOffsets(s.room.outer[:0], lay.Shape[:d], lay.Strides[:d]), Count: count, Stride: stride}
		}
		count *= lay.Shape[d-1]
	}
	return indexing.Runs{Outer: start[:], Count: count, Stride: stride}
}

// result makes the array of an advanced subscript: a dense block in the order
// places, then rest in its memory order, seen with the axes where they belong.
// It returns the dense array and the view of it that is the result.
func (s *selection) result(op string, dt dtype.DType, order []int) (dense, view *Array) {
	lead := len(s.index)
	shape := append(s.list(listDense), s.index...)
	for _, k := range order {
		shape = append(shape, s.rest.Shape[k])
	}
	dense = alloc(op, dt, shape, C, false)
	if s.at == 0 && slices.IsSorted(order) {
		return dense, dense
	}
	lay := layout.Layout{Shape: s.shape(), Strides: append(s.list(listSteps), shape...)}
	for k := range lead {
		lay.Strides[s.at+k] = dense.lay.Strides[k]
	}
	for j, k := range order {
		to := k
		if k >= s.at {
			to += lead
		}
		lay.Strides[to] = dense.lay.Strides[lead+j]
	}
	if s.at == 0 || lead == 0 {
		return dense, newArray(dense.buf, dt, lay, OwnData|Writeable, nil)
	}
	return dense, dense.view(dt, lay)
}
