package nd

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// atBlock is how many places quickAt turns into offsets at a time.
const atBlock = 512

// quickAt is the short way of Binary.At at the places that one vector of int64 names in
// another vector, each with an item of b or with a number that is one: no list of all
// offsets is made. It reports false, and does nothing, where the long way must go, as for
// a place that is outside.
func quickAt[T Operand](op kernel.Op, a *Array, b T, index []Idx) bool {
	if len(index) != 1 || index[0].arr == nil || !a.plain() || len(a.lay.Shape) != 1 || a.flags&Writeable == 0 || !a.dtype.IsNative() {
		return false
	}
	by := index[0].arr
	if !by.plain() || by.dtype != dtype.Int64 || len(by.lay.Shape) != 1 || meetsVector(a, by) {
		return false
	}
	l := ufunc.LoopOf(op, a.dtype.Kind())
	if l == nil || l.Entry.At == nil {
		return false
	}
	places := items[int64](by)
	size, step := a.dtype.ItemSize(), a.dtype.ItemSize()
	var from unsafe.Pointer
	given, isArray := any(b).(*Array)
	if isArray {
		if !given.plain() || given.dtype != a.dtype || !sameShape(given, by) || meetsVector(a, given) {
			return false
		}
		from = given.ptr()
	} else {
		bits, ok := numberBits(b, a.dtype.Kind())
		if !ok {
			return false
		}
		item := scalarBlocks.Get().(*scalarBlock)
		defer scalarBlocks.Put(item)
		item.set(bits, size)
		item.fill(size, min(atBlock, len(places)))
		from, step = unsafe.Pointer(item), 0
	}
	n := a.lay.Shape[0]
	for _, p := range places {
		if p < -int64(n) || p >= int64(n) {
			return false
		}
	}
	if !a.buf.Pin() {
		return false
	}
	defer a.buf.UnsafeUnpin()
	room := scalarBlocks.Get().(*scalarBlock)
	defer scalarBlocks.Put(room)
	offsets := (*[atBlock]int)(unsafe.Pointer(room))
	for i := 0; i < len(places); i += atBlock {
		part := places[i:min(i+atBlock, len(places))]
		for k, p := range part {
			if p < 0 {
				p += int64(n)
			}
			if uint64(p) >= uint64(n) { // somebody has changed it since
				by.doneOp(op)
				fail(op.String(), ErrIndex, "index %d is out of bounds for axis 0 with size %d", p, n)
			}
			offsets[k] = int(p) * size
		}
		l.Entry.At(a.ptr(), offsets[:len(part)], unsafe.Add(from, i*step))
	}
	by.doneOp(op)
	if isArray {
		given.doneOp(op)
	}
	return true
}

// meetsVector tells whether two dense vectors may have bytes in common.
func meetsVector(a, b *Array) bool {
	return a.addr() == b.addr() || !apart(a, b, max(a.Size(), b.Size()))
}
