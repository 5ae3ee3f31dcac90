package nd

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// quickSlice is Slice for integers and forward slices on few axes; nil for any
// other subscript, and for a mistake, which the long way puts into words.
//
// It makes its header without newArray: an item that a subscript selects is an
// item of a, so the view lies inside the block because a does.
func (a *Array) quickSlice(index []Idx) *Array {
	ndim := len(a.lay.Shape)
	if ndim > inlineDims || len(index) > ndim || a.buf.Closed() {
		return nil
	}
	axes := ndim
	for k := range index {
		if index[k].item.Kind == layout.IntItem {
			axes--
		}
	}
	v := newHeader(axes)
	off, to := a.lay.Offset, 0
	for k := range ndim {
		n, stride := a.lay.Shape[k], a.lay.Strides[k]
		if k < len(index) {
			it := &index[k]
			switch {
			case it.arr != nil:
				return nil
			case it.item.Kind == layout.IntItem:
				i := it.item.Start
				if i < 0 {
					i += n
				}
				if uint(i) >= uint(n) {
					return nil
				}
				off += i * stride
				continue
			case it.item.Kind != layout.SliceItem:
				return nil
			}
			first, last, step := 0, n, 1
			if it.item.HasStart {
				if first = it.item.Start; first < 0 {
					first = max(first+n, 0)
				}
				first = min(first, n)
			}
			if it.item.HasStop {
				if last = it.item.Stop; last < 0 {
					last = max(last+n, 0)
				}
				last = min(last, n)
			}
			if it.item.HasStep {
				if step = it.item.Step; step < 1 {
					return nil
				}
			}
			if first >= last {
				n = 0 // an empty slice starts where its axis starts, with the axis's stride
			} else {
				n = last - first
				if step != 1 {
					n = (n-1)/step + 1
				}
				off += first * stride
				stride *= step
			}
		}
		v.lay.Shape[to], v.lay.Strides[to] = n, stride
		to++
	}
	v.lay.Offset = off
	v.viewOf(a)
	return v
}

// viewOf completes a header over a's block whose layout is set.
func (v *Array) viewOf(a *Array) {
	v.buf, v.dtype = a.buf, a.dtype
	v.base = a.owner()
	v.class = v.base.class
	v.flags = a.flags & Writeable
	if a.buf.ReadOnly() {
		v.flags = 0
	}
	v.flags |= contiguity(v.lay, v.addr(), a.dtype.ItemSize(), a.dtype.Alignment())
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
