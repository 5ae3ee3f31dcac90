package nd

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/indexing"
	"github.com/stride-go/nd/internal/kernel"
)

// The short ways of assigning to some items: a number that the dtype holds to those of a
// few places or of a mask, and the items of an array of one layout to those of a mask.

// quickSetNumber is SetPick of a number that the dtype holds; false for anything else, and for
// a place that is outside.
func quickSetNumber[T Operand](a *Array, x T, index []Idx) bool {
	if _, array := any(x).(*Array); array || !a.buf.Plain() {
		return false
	}
	bits, ok := itemBits(x, a.dtype)
	if !ok {
		return false
	}
	item := scalarBlocks.Get().(*scalarBlock)
	defer scalarBlocks.Put(item)
	item.set(bits, a.dtype.ItemSize())
	if len(index) == 1 && index[0].arr != nil && a.fillTrue("index", item, index[0].arr) {
		return true
	}
	return a.fillPlaces("index", item, index)
}

// fillPlaces writes the first item of a block to the items that a subscript selects, if its
// places are few.
func (a *Array) fillPlaces(op string, item *scalarBlock, index []Idx) bool {
	s := selections.Get().(*selection)
	defer s.release()
	a.selectItems(op, s, index)
	runs, _ := s.runs()
	size := a.dtype.ItemSize()
	if runs.Count*size > len(item)*8 || !a.locateFew(op, s) || !a.buf.Pin() {
		return false
	}
	item.fill(size, runs.Count)
	if len(s.places) > 0 && runs.Count > 0 {
		indexing.Scatter(a.buf.Pointer(), unsafe.Pointer(item), size, true, s.places, runs)
	}
	a.buf.UnsafeUnpin()
	return true
}

// fillTrue writes the first item of a block to the items of a, few and dense, at which a
// mask of its shape is true.
func (a *Array) fillTrue(op string, item *scalarBlock, mask *Array) bool {
	n, size := a.Size(), a.dtype.ItemSize()
	if n*size > len(item)*8 || !a.masked(mask) || !a.buf.Pin() {
		return false
	}
	item.fill(size, n)
	kernel.AssignTrue(a.ptr(), mask.ptr(), unsafe.Pointer(item), size, n)
	a.buf.UnsafeUnpin()
	mask.done(op)
	return true
}

// copyTrue copies the items of src, of a's dtype, shape and layout, that stand where mask
// is true.
func (a *Array) copyTrue(op string, src, mask *Array) bool {
	n, size := a.Size(), a.dtype.ItemSize()
	if n*size > quickMost || src.dtype != a.dtype || !a.dtype.IsNumeric() || !src.plain() || !sameShape(a, src) || !apart(a, src, n) || !a.masked(mask) || !a.buf.Pin() {
		return false
	}
	kernel.AssignTrue(a.ptr(), mask.ptr(), src.ptr(), size, n)
	a.buf.UnsafeUnpin()
	src.done(op)
	mask.done(op)
	return true
}

// masked tells whether a and a mask of its shape lie dense, in memory that cannot fault and
// is not the same, and a has items that may be written.
func (a *Array) masked(mask *Array) bool {
	return a.flags&Writeable != 0 && a.plain() && mask.dtype == dtype.Bool && mask.plain() && sameShape(a, mask) && a.Size() > 0 && !mask.meets(a)
}

// quickAssignWhere is AssignWhere for few items; false for others, and for mistakes.
func quickAssignWhere[T Operand](a *Array, x T, mask *Array) bool {
	if src, array := any(x).(*Array); array {
		return src != nil && a.copyTrue("copyto", src, mask)
	}
	if !a.dtype.IsNative() {
		return false
	}
	bits, ok := numberBits(x, a.dtype.Kind())
	if !ok {
		return false
	}
	item := scalarBlocks.Get().(*scalarBlock)
	defer scalarBlocks.Put(item)
	item.set(bits, a.dtype.ItemSize())
	return a.fillTrue("copyto", item, mask)
}
