package nd

import (
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
)

// Assign writes src into a, item for item: a[...] = src. src is broadcast to a's
// shape, surplus leading axes of length 1 being ignored, and cast to a's dtype
// without regard to loss. Records are filled field by field in order, whatever
// the names; a value that is no record fills every field. Where the two share
// memory the result is as if src had been copied first.
//
// It panics with ErrReadOnly ("assignment destination is read-only"), ErrShape
// ("could not broadcast input array from shape (3,) into shape (2,)"),
// ErrOverflow for a Go integer outside the range of a's dtype, and ErrValue for
// text that is no number.
func (a *Array) Assign[T Operand](src T) { assign("Assign", a, src) }

// assign is Assign in the name of another operation.
func assign[T Operand](op string, dst *Array, src T) {
	if _, array := any(src).(*Array); array || !quickAssignNumber(dst, src) {
		copyInto(op, dst, asArray(src))
	}
}

// Fill sets every item to x, which must be a number or an array of one item.
func (a *Array) Fill[T Operand](x T) {
	if quickAssignNumber(a, x) {
		return
	}
	v := asArray(x)
	if v.Size() != 1 {
		fail("Fill", ErrValue, "Input object to FillWithScalar is not a scalar")
	}
	if v.NDim() > 0 {
		v = v.view(v.dtype, layout.Layout{Offset: v.lay.Offset})
	}
	copyInto("Fill", a, v)
}

// Copy returns a fresh, writeable array of the same items, in C order, or in the
// order given: 'F', 'A' or 'K'.
func (a *Array) Copy(order ...Order) *Array {
	const op = "Copy"
	o := optional(op, "order", order, C).of(op, "CFAK")
	a.use(op)
	return a.copied(op, a.dtype, o)
}

// copied returns a fresh array of a's items, cast to dt, in memory order C, F, A or K.
func (a *Array) copied(op string, dt dtype.DType, order Order) *Array {
	b := allocLike(op, dt, a, order, !dt.IsNumeric())
	copyFresh(op, b, a)
	return b
}

// copiedTo returns a fresh array of a's items, cast to dt and broadcast to shape, in C order.
func (a *Array) copiedTo(op string, dt dtype.DType, shape []int) *Array {
	b := alloc(op, dt, shape, C, !dt.IsNumeric())
	copyFresh(op, b, a)
	return b
}

// copyFresh is copyInto for a dst that was made for it.
func copyFresh(op string, dst, src *Array) {
	if !dst.buf.Cold() && (quickAssign(op, dst, src) || quickAssignRows(op, dst, src, true)) {
		return
	}
	src.use(op)
	d, s := dst.operand(), src.operand()
	d.Cold = dst.buf.Cold()
	work(op, dst, func() error { return loop.Assign(d, s) }, src)
}

// copyInto copies the items of src, broadcast and cast, into dst.
func copyInto(op string, dst, src *Array) {
	if quickAssign(op, dst, src) || quickAssignRows(op, dst, src, false) {
		return
	}
	dst.mutate(op)
	src.use(op)
	d, s := dst.operand(), src.operand()
	work(op, dst, func() error { return loop.Assign(d, s) }, src)
}
