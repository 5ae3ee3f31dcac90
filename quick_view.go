package nd

import (
	"slices"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// quickSlice is Slice for all kinds of items but arrays, on few axes; nil for any
// other subscript, and for a mistake, which the long way puts into words.
//
// It makes its header without newArray: an item that a subscript selects is an
// item of a, so the view lies inside the block because a does.
func (a *Array) quickSlice(index []Idx) *Array {
	axes, used, ellipsis := len(a.lay.Shape), 0, false
	for k := range index {
		switch it := &index[k]; {
		case it.arr != nil:
			return nil
		case it.item.Kind == layout.IntItem:
			axes--
			used++
		case it.item.Kind == layout.SliceItem:
			used++
		case it.item.Kind == layout.NewAxisItem:
			axes++
		case ellipsis: // a second one
			return nil
		default:
			ellipsis = true
		}
	}
	if used > len(a.lay.Shape) || axes > inlineDims || a.buf.Closed() {
		return nil
	}
	v := newHeader(axes)
	off, to, rest := a.lay.Offset, 0, a.lay
	for k := range index {
		it := &index[k].item
		n, stride := 1, 0
		switch it.Kind {
		case layout.NewAxisItem:
		case layout.EllipsisItem:
			for range len(a.lay.Shape) - used {
				v.lay.Shape[to], v.lay.Strides[to] = rest.Shape[0], rest.Strides[0]
				rest.Shape, rest.Strides = rest.Shape[1:], rest.Strides[1:]
				to++
			}
			continue
		default:
			n, stride = rest.Shape[0], rest.Strides[0]
			rest.Shape, rest.Strides = rest.Shape[1:], rest.Strides[1:]
		}
		switch it.Kind {
		case layout.IntItem:
			i := it.Start
			if i < 0 {
				i += n
			}
			if uint(i) >= uint(n) {
				return nil
			}
			off += i * stride
			continue
		case layout.SliceItem:
			first, step, count, ok := quickRange(it, n)
			if !ok {
				return nil
			}
			if n = count; n > 0 { // an empty slice starts where its axis starts, with the axis's stride
				off += first * stride
				stride *= step
			}
		}
		v.lay.Shape[to], v.lay.Strides[to] = n, stride
		to++
	}
	for k, n := range rest.Shape {
		v.lay.Shape[to+k], v.lay.Strides[to+k] = n, rest.Strides[k]
	}
	v.lay.Offset = off
	v.viewOf(a)
	return v
}

// quickRange returns the places first, first+step, … that a slice selects on an axis of n
// items; ok is false for a step of 0, or a greater one backwards than the axis is long.
func quickRange(it *layout.Item, n int) (first, step, count int, ok bool) {
	step = 1
	if it.HasStep {
		step = it.Step
	}
	first, last, low, high := 0, n, 0, n // as far as an end may lie
	if step < 0 {
		first, last, low, high = n-1, -1, -1, n-1
	}
	if it.HasStart {
		if first = it.Start; first < 0 {
			first = max(first+n, low)
		}
		first = min(first, high)
	}
	if it.HasStop {
		if last = it.Stop; last < 0 {
			last = max(last+n, low)
		}
		last = min(last, high)
	}
	switch {
	case step == 1 && first < last: // without a division
		return first, 1, last - first, true
	case step == 0 || step < -n:
		return 0, 0, 0, false
	case step > 0 && first < last:
		count = (last - first - 1) / step
	case step < 0 && first > last:
		count = (first - last - 1) / -step
	default:
		return 0, step, 0, true
	}
	return first, step, count + 1, true
}

// quickReshape is Reshape, in C order, of an array that lies so, to another shape of few
// axes; nil for any other, and for a mistake.
func (a *Array) quickReshape(shape []int) *Array {
	size := a.Size()
	if !a.flags.Has(CContiguous) || len(shape) > inlineDims || size == 0 || a.buf.Closed() || slices.Equal(shape, a.lay.Shape) {
		return nil
	}
	known, open := 1, -1
	for k, n := range shape {
		switch {
		case n < 0 && open >= 0 || n == 0 || n > size/known:
			return nil
		case n < 0:
			open = k
		default:
			known *= n
		}
	}
	if open < 0 && known != size || size%known != 0 {
		return nil
	}
	v := newHeader(len(shape))
	step := a.ItemSize()
	for k := len(shape) - 1; k >= 0; k-- {
		n := shape[k]
		if k == open {
			n = size / known
		}
		v.lay.Shape[k], v.lay.Strides[k] = n, step
		step *= n
	}
	v.lay.Offset = a.lay.Offset
	v.viewOf(a)
	return v
}

// within is view for items of which each lies inside one of a's, which newArray need not
// prove.
func (a *Array) within(dt dtype.DType, lay layout.Layout) *Array {
	v := newHeader(len(lay.Shape))
	copy(v.lay.Shape, lay.Shape)
	copy(v.lay.Strides, lay.Strides)
	v.lay.Offset = lay.Offset
	v.viewAs(a, dt)
	return v
}

// viewOf completes a header over a's block whose layout is set.
func (v *Array) viewOf(a *Array) { v.viewAs(a, a.dtype) }

// viewAs is viewOf for items of another dtype.
func (v *Array) viewAs(a *Array, dt dtype.DType) {
	v.buf, v.dtype = a.buf, dt
	v.base = a.owner()
	v.class = v.base.class
	v.flags = a.flags & Writeable
	if a.buf.ReadOnly() {
		v.flags = 0
	}
	v.flags |= contiguity(v.lay, v.addr(), dt.ItemSize(), dt.Alignment())
}

// quickAt returns where the item at idx is, if the items are of dtype t, aligned,
// in memory that cannot fault, and every place is inside and counted from the
// start; else nil.
func (a *Array) quickAt(idx []int, t dtype.DType) unsafe.Pointer {
	shape, strides := a.lay.Shape, a.lay.Strides
	if len(idx) != len(shape) || len(idx) > len(strides) || a.dtype != t || a.flags&Aligned == 0 || !a.buf.Plain() {
		return nil
	}
	off := a.lay.Offset
	for k, i := range idx {
		if uint(i) >= uint(shape[k]) {
			return nil
		}
		off += i * strides[k]
	}
	return unsafe.Add(a.buf.Pointer(), off)
}
