package nd

import (
	"unsafe"

	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
)

// castMost is the number of items up to which rows are cast one by one: the long way has
// loops that gather and cast at once.
const castMost = 512

// quickAssignRows is quickAssign for numbers that lie in rows on both sides, or are
// broadcast. A fresh dst shares no memory with src.
func quickAssignRows(op string, dst, src *Array, fresh bool) bool {
	to, ok := dst.side()
	from, too := src.side()
	if !ok || !too || dst.flags&Writeable == 0 || !dst.dtype.IsNumeric() || len(src.lay.Shape) > len(dst.lay.Shape) {
		return false
	}
	if to.size, from.size = dst.dtype.ItemSize(), src.dtype.ItemSize(); !fresh && to.meets(&from) {
		return false
	}
	if dst.dtype == src.dtype {
		ok = assignRows(dst, to, from, nil, nil)
	} else {
		ok = src.dtype.IsNumeric() && castRows(dst, src, to, from)
	}
	if ok {
		src.done(op)
	}
	return ok
}

// castRows is assignRows for items of src's dtype, another than dst's.
func castRows(dst, src *Array, to, from rowSide) bool {
	if n := to.rows * to.cols; n == 0 || n > castMost {
		return false
	}
	s := loop.Borrow()
	defer s.Return()
	m, err := s.NewMover(dst.dtype, src.dtype)
	return err == nil && assignRows(dst, to, from, m, s)
}

// assignRows writes the items of from to those of dst, which are to; false if they are not
// a few, or do not fit. They are of dst's dtype, or carried by m, with the room of s.
func assignRows(dst *Array, to, from rowSide, m *loop.Mover, s *loop.Scratch) bool {
	rows, cols := to.rows, to.cols
	if n := rows * cols; n == 0 || n > rowsMost || !from.fits(rows, cols) {
		return false
	}
	if n := rows * cols; n > turnedMost && to.turned() != from.turned() && rows >= shortRow && cols >= shortRow {
		return false // lines of both are used up at once by the long way
	}
	if !dst.buf.Pin() {
		return false
	}
	if to.turned() || cols < shortRow && rows > cols {
		to.turn()
		from.turn()
		rows, cols = cols, rows
	}
	if to.dense(cols) && from.dense(cols) {
		rows, cols = 1, rows*cols
	}
	size := dst.dtype.ItemSize()
	for r := range rows {
		d, f := unsafe.Add(to.p, r*to.down), unsafe.Add(from.p, r*from.down)
		switch {
		case m != nil:
			m.Move(d, to.along, f, from.along, cols, s, 0) // of numbers, which cannot fail
		case from.along == 0 && to.along == size:
			kernel.Fill(d, f, size, cols)
		default:
			kernel.Copy(d, to.along, f, from.along, size, cols)
		}
	}
	dst.buf.UnsafeUnpin()
	return true
}
