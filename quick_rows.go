package nd

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way of a few items that do not lie dense, or are broadcast: operands of one
// dtype with up to two axes are taken row by row, a row whose items are apart through
// a block. A plan would take longer than the work.

// rowsMost is the number of items up to which this is done: s + s of 4,000 takes 2.3 µs so
// and 2.7 by a plan. Rows shorter than shortRow are taken so if there are fewer than
// rowsFew: 63 of seven items take 0.7 µs, and 1.7 by a plan.
const (
	rowsMost = 4096
	shortRow = 8
	rowsFew  = 64
)

// short1 is the shorter way of a call with one operand, dense or in rows; nil if neither
// will do.
func short1(op kernel.Op, a *Array, opts []Option) *Array {
	if r := quick1(op, a, opts); r != nil {
		return r
	}
	return quickRows1(op, a, opts)
}

// short2 is the shorter way of a call with two operands.
func short2(op kernel.Op, a, b *Array, opts []Option) *Array {
	if r := quick2(op, a, b, opts); r != nil {
		return r
	}
	return quickRows2(op, a, b, opts)
}

// turnedMost is the number of items up to which a transposed copy is made row by row.
const turnedMost = 128

// rowBlock is the length in bytes of the piece of a row that is worked on at once.
const rowBlock = 4096

// rowRoom lends a block to each of two operands and the result.
type rowRoom [3][rowBlock / 8]uint64

var rowRooms = sync.Pool{New: func() any { return new(rowRoom) }}

// rowSide is one array, or number, of such a call.
type rowSide struct {
	p           unsafe.Pointer
	rows, cols  int
	down, along int            // bytes from row to row and from item to item
	one         bool           // the loop takes one item for all
	moved       bool           // items are not aligned
	block       unsafe.Pointer // where a piece of a row lies dense; nil for in place
}

// side describes an array of up to two axes in memory that cannot fault; ok is false
// for any other.
func (a *Array) side() (s rowSide, ok bool) {
	if a == nil || a.weak != dtype.NotWeak || !a.buf.Plain() {
		return s, false
	}
	switch l := &a.lay; len(l.Shape) {
	case 0:
		return rowSide{p: a.ptr(), rows: 1, cols: 1}, true
	case 1:
		return rowSide{p: a.ptr(), rows: 1, cols: l.Shape[0], along: l.Strides[0]}, true
	case 2:
		return rowSide{p: a.ptr(), rows: l.Shape[0], cols: l.Shape[1], down: l.Strides[0], along: l.Strides[1]}, true
	}
	return s, false
}

// fits broadcasts s to the shape; false if that cannot be.
func (s *rowSide) fits(rows, cols int) bool {
	if s.rows != rows && s.rows != 1 || s.cols != cols && s.cols != 1 {
		return false
	}
	if s.rows == 1 {
		s.down = 0
	}
	if s.cols == 1 {
		s.along = 0
	}
	return true
}

// turn makes columns of the rows.
func (s *rowSide) turn() {
	s.rows, s.cols = s.cols, s.rows
	s.down, s.along = s.along, s.down
}

// turned tells whether the items of a column lie closer together than those of a row.
func (s *rowSide) turned() bool {
	return s.down != 0 && s.along != 0 && max(s.down, -s.down) < max(s.along, -s.along)
}

// operandSide is side of an array of native items.
func (a *Array) operandSide() (s rowSide, ok bool) {
	if s, ok = a.side(); ok {
		ok, s.moved = a.dtype.IsNative(), a.flags&Aligned == 0
	}
	return s, ok
}

// dense tells whether the rows of cols items follow on one another.
func (s *rowSide) dense(cols int) bool { return s.down == cols*s.along }

// piece returns n items of size bytes from column c of row r on, side by side.
func (s *rowSide) piece(r, c, n, size int) unsafe.Pointer {
	p := unsafe.Add(s.p, r*s.down+c*s.along)
	switch {
	case s.block == nil:
		return p
	case s.along == 0 && s.down == 0 && (r > 0 || c > 0): // it is there already
	case s.along == 0:
		kernel.Fill(s.block, p, size, n)
	default:
		kernel.Copy(s.block, size, p, s.along, size, n)
	}
	return s.block
}

// quickRows1 is the short way of a call with one operand; nil if there is none.
func quickRows1(op kernel.Op, a *Array, opts []Option) *Array {
	s, ok := a.operandSide()
	if !ok {
		return nil
	}
	return quickRows(ufunc.LoopOf(op, a.dtype.Kind()), op, a, nil, [2]rowSide{s}, 1, opts)
}

// quickRows2 is the short way of a call with two operands.
func quickRows2(op kernel.Op, a, b *Array, opts []Option) *Array {
	s, ok := a.operandSide()
	t, too := b.operandSide()
	if !ok || !too || a.dtype != b.dtype {
		return nil
	}
	return quickRows(ufunc.LoopOf(op, a.dtype.Kind()), op, a, b, [2]rowSide{s, t}, 2, opts)
}

// quickRowsNumber is the short way of an array and a Go number, which comes first if
// before is set.
func quickRowsNumber[T Operand](op kernel.Op, a *Array, x T, before bool, opts []Option) *Array {
	s, ok := a.operandSide()
	if !ok {
		return nil
	}
	bits, ok := numberBits(x, a.dtype.Kind())
	if !ok {
		return nil
	}
	number := scalarBlocks.Get().(*scalarBlock)
	defer scalarBlocks.Put(number)
	number.set(bits, a.dtype.ItemSize())
	l, ok := number.loop(op, a.dtype.Kind(), before)
	if !ok {
		return nil
	}
	in := [2]rowSide{s, {p: unsafe.Pointer(number), rows: 1, cols: 1, one: l.One}}
	if before {
		in[0], in[1] = in[1], in[0]
	}
	return quickRows(&l, op, a, nil, in, 2, opts)
}

// quickRows calls the loop on the n sides in, which are those of a, and of b if it is not
// nil.
func quickRows(l *ufunc.Loop, op kernel.Op, a, b *Array, in [2]rowSide, n int, opts []Option) *Array {
	out, ok := onlyOut(opts)
	if !ok || l == nil || l.Entry.Check != nil || (n == 1) != (l.Entry.Unary != nil) {
		return nil
	}
	rows, cols, axes := in[0].rows, in[0].cols, len(a.lay.Shape)
	if n == 2 {
		rows, cols = widest(rows, in[1].rows), widest(cols, in[1].cols)
	}
	if b != nil {
		axes = max(axes, len(b.lay.Shape))
	}
	if items := rows * cols; items == 0 || items > rowsMost {
		return nil
	}
	turned := 0
	for k := range in[:n] {
		if !in[k].fits(rows, cols) {
			return nil
		}
		if in[k].turned() {
			turned++
		}
	}
	if b == nil && n == 2 && turned == 1 { // a number lies as the array does
		turned = 2
	}
	if turned != 0 && turned != n && out == nil {
		return nil
	}
	var to rowSide
	flip := turned == n
	if out != nil {
		if to, ok = out.operandSide(); !ok || out.dtype != l.Out || out.flags&Writeable == 0 || len(out.lay.Shape) != axes || to.rows != rows || to.cols != cols ||
			!out.itemwise(a) || b != nil && !out.itemwise(b) {
			return nil
		}
		flip = to.turned()
	}
	if flip {
		rows, cols = cols, rows
	}
	if cols < shortRow && rows >= rowsFew {
		return nil
	}
	if out == nil {
		if out = denseTurned(l.Out, rows, cols, axes, flip); out == nil {
			return nil
		}
		to, _ = out.side()
		opts = nil
	} else if !out.buf.Pin() {
		return nil
	}
	if flip {
		to.turn()
		for k := range in[:n] {
			in[k].turn()
		}
	}
	if to.dense(cols) && in[0].dense(cols) && (n == 1 || in[1].dense(cols)) {
		rows, cols = 1, rows*cols
	}
	rowsOf(l.Entry, &in, &to, rows, cols, a.dtype.ItemSize(), l.Out.ItemSize())
	if len(opts) > 0 {
		out.buf.UnsafeUnpin()
	}
	a.doneOp(op)
	if b != nil {
		b.doneOp(op)
	}
	return out
}

// widest returns the common length of two axes; fits finds out whether there is one.
func widest(n, m int) int {
	if n == 1 {
		return m
	}
	return n
}

// itemwise tells whether writing an item of out cannot change another of a: they are the
// same ones, or apart.
func (out *Array) itemwise(a *Array) bool {
	same := out.addr() == a.addr() && out.dtype.ItemSize() == a.dtype.ItemSize() && sameShape(out, a)
	for k := 0; same && k < len(a.lay.Strides); k++ {
		same = out.lay.Strides[k] == a.lay.Strides[k]
	}
	return same || !out.MayShareMemory(a)
}

// denseTurned makes an array of rows of cols items that lie side by side, seen with the two
// axes exchanged if turned is set, and of one axis if axes is 1.
func denseTurned(dt dtype.DType, rows, cols, axes int, turned bool) *Array {
	if turned {
		return denseF(dt, []int{cols, rows}, rows*cols, buffer.Soon)
	}
	shape := [2]int{rows, cols}
	return dense(dt, shape[2-axes:], rows*cols, buffer.Soon)
}

// rowsOf calls the kernel of e on every row, or on pieces of it. Items are of size bytes,
// those of the result of outSize.
func rowsOf(e *kernel.Entry, in *[2]rowSide, to *rowSide, rows, cols, size, outSize int) {
	room := rowRooms.Get().(*rowRoom)
	most := cols
	for k := range in {
		if in[k].p != nil && (in[k].along != size || in[k].moved) && !in[k].one {
			in[k].block, most = unsafe.Pointer(&room[k]), min(most, rowBlock/size)
		}
	}
	if to.along != outSize || to.moved {
		to.block, most = unsafe.Pointer(&room[2]), min(most, rowBlock/outSize)
	}
	for r := range rows {
		for c := 0; c < cols; c += most {
			n := min(most, cols-c)
			d := unsafe.Add(to.p, r*to.down+c*to.along)
			w := d
			if to.block != nil {
				w = to.block
			}
			p := in[0].piece(r, c, n, size)
			if e.Unary != nil {
				e.Unary(w, p, n)
			} else {
				e.Binary(w, p, in[1].piece(r, c, n, size), n)
			}
			if to.block != nil {
				kernel.Copy(d, to.along, w, outSize, outSize, n)
			}
		}
	}
	rowRooms.Put(room)
}
