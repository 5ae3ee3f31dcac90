package nd

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/printing"
)

// Text at the typed doors. A Go string holds a pointer, so no array has strings
// for items; those of an S or U are read as strings, and Set, Of and Scalar write
// them.

// isText tells whether t, of native, stands for Go's string.
func isText(t dtype.DType) bool { return !t.IsValid() }

// reads tells whether items of dtype dt can be read as those that t, of native,
// stands for.
func reads(dt, t dtype.DType) bool {
	if isText(t) {
		return dt.Kind() == dtype.KindStr || dt.Kind() == dtype.KindBytes
	}
	return holds(dt.NewByteOrder(dtype.Native), t)
}

// text returns the S or U at an offset of the block, which the caller has checked.
func (a *Array) text(op string, off int) string {
	raw := make([]byte, a.ItemSize())
	a.readItem(op, raw, unsafe.Slice((*byte)(unsafe.Add(a.buf.Pointer(), off)), len(raw)))
	return printing.Text(unsafe.Pointer(unsafe.SliceData(raw)), a.dtype)
}
