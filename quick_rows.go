package nd

import (
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// The short way of a few items that do not lie dense, are broadcast, or are not of the
// loop's dtypes, i/j or sqrt(i): operands of up to two axes are taken a tile at a time, what
// the loop cannot read or write in place through blocks (quick_tiles.go). A plan would take
// longer than the work.

// rowsMost is the number of items up to which this is done, if they do not lie dense: s + s
// of 4,000 takes 5.8 µs either way. Rows shorter than shortRow are taken so if there are
// fewer than rowsFew: 63 of seven items take 1.0 µs, and 2.3 by a plan. turnedMost is the
// number of items up to which a transposed copy is made row by row.
const (
	rowsMost   = 4096
	shortRow   = 8
	rowsFew    = 64
	turnedMost = 128
)

// short1 is the shorter way of a call with one operand, dense or in rows; nil if neither
// will do.
func short1(op kernel.Op, a *Array, opts []Option) *Array {
	if r := quick1(op, a, opts); r != nil {
		return r
	}
	return quickRows1(op, a, opts)[0]
}

// short2 is the shorter way of a call with two operands.
func short2(op kernel.Op, a, b *Array, opts []Option) *Array {
	if r := quick2(op, a, b, opts); r != nil {
		return r
	}
	return quickRows2(op, a, b, opts)[0]
}

// quickRows1 is the short way of a call with one operand; nil if there is none.
func quickRows1(op kernel.Op, a *Array, opts []Option) (r [2]*Array) {
	c := rowCalls.Get().(*rowCall)
	if c.sides[0].of(a) {
		r = c.callOp(op, 0, 0, &[3]*Array{a}, opts)
	}
	c.end()
	return r
}

// quickRows2 is the short way of a call with two operands.
func quickRows2(op kernel.Op, a, b *Array, opts []Option) (r [2]*Array) {
	if a == nil || b == nil {
		return r
	}
	if one, other := a.weak != dtype.NotWeak, b.weak != dtype.NotWeak; one != other {
		if one {
			return quickWeak(op, b, a, true, opts)
		}
		return quickWeak(op, a, b, false, opts)
	}
	c := rowCalls.Get().(*rowCall)
	if c.sides[0].of(a) && c.sides[1].of(b) {
		r = c.callOp(op, 0, 1, &[3]*Array{a, b}, opts)
	}
	c.end()
	return r
}

// quickRowsPair is the short way of an array and an array or number, in any order.
func quickRowsPair[X, Y Operand](op kernel.Op, x X, y Y, opts []Option) (r [2]*Array) {
	if a, ok := any(x).(*Array); !ok {
		if b, ok := any(y).(*Array); ok {
			r = quickRowsNumber(op, b, x, true, opts)
		}
	} else if b, ok := any(y).(*Array); ok {
		r = quickRows2(op, a, b, opts)
	} else {
		r = quickRowsNumber(op, a, y, false, opts)
	}
	return r
}

// quickRowsNumber is the short way of an array and a Go number, which comes first if
// before is set.
func quickRowsNumber[T Operand](op kernel.Op, a *Array, x T, before bool, opts []Option) (r [2]*Array) {
	at := 1
	if before {
		at = 0
	}
	c := rowCalls.Get().(*rowCall)
	if c.sides[1-at].of(a) {
		if bits, k, ok := strongNumber(op, x, before, c.sides[1-at].kind); ok {
			c.number(at, bits, k)
			r = c.callOp(op, 0, 1, &[3]*Array{a}, opts)
		}
	}
	c.end()
	return r
}

// quickRows3 is the short way of an array and two operands of one dtype.
func quickRows3[Y, Z Operand](op kernel.Op, a *Array, y Y, z Z, opts []Option) (r [2]*Array) {
	b, _ := any(y).(*Array)
	d, _ := any(z).(*Array)
	c := rowCalls.Get().(*rowCall)
	if c.sides[0].of(a) && bindSide(c, op, 1, b, y, 0) && bindSide(c, op, 2, d, z, 0) && c.sides[1].kind == c.sides[2].kind {
		r = c.callOp(op, 0, 1, &[3]*Array{a, b, d}, opts)
	}
	c.end()
	return r
}

// bindSide makes b, or where that is nil the number x beside operand other, operand i of c;
// false if it is none of a short way.
func bindSide[T Operand](c *rowCall, op kernel.Op, i int, b *Array, x T, other int) bool {
	if b != nil {
		return c.sides[i].of(b)
	}
	bits, k, ok := strongNumber(op, x, false, c.sides[other].kind)
	c.number(i, bits, k)
	return ok
}

// callOp is call of the loop of op for operands of the kinds of sides j and k.
func (c *rowCall) callOp(op kernel.Op, j, k int, arrays *[3]*Array, opts []Option) (r [2]*Array) {
	r = c.call(ufunc.MixedOf(op, c.sides[j].kind, c.sides[k].kind), arrays, opts)
	if r[0] == nil {
		return r
	}
	for _, a := range arrays {
		if a != nil {
			a.doneOp(op)
		}
	}
	return r
}

// call computes the results of the loop m, of arrays and of what is nil there, the numbers;
// none if the way is longer.
func (c *rowCall) call(m *ufunc.Mixed, arrays *[3]*Array, opts []Option) (r [2]*Array) {
	given, ok := onlyOuts(opts)
	if !ok || m == nil || (given[1] == nil) != (m.NOut == 1 || given[0] == nil) {
		return r
	}
	c.e, c.nin, c.nout = m.Entry, m.NIn, m.NOut
	for i := range c.nin {
		s := &c.sides[i]
		if s.cast, s.own = m.Cast[i], m.Size[i]; s.rounded(m, i) {
			return r
		}
	}
	for i, out := range given {
		if out != nil && !c.gives(i, out, m) {
			return r
		}
	}
	flat := flatOf(arrays, &given)
	if flat != nil {
		c.line(flat)
	} else if !c.fit(given[0] != nil) {
		return r
	}
	if given[0] != nil && !c.apart() {
		return r
	}
	rows, cols := c.rows, c.cols
	if n := rows * cols; n > rowsMost/8 && n*c.longestItem(m) > quickMost || flat == nil && !c.merge(given[0] != nil) && n > rowsMost {
		return r
	}
	if c.nin == 2 {
		c.byNumber(m)
	}
	cold := false
	for i := range c.nout {
		if r[i] = given[i]; r[i] == nil {
			if r[i] = c.fresh(m.Outs[i], flat, rows, cols, freshFill(m.Entry, m.Late)); r[i] == nil {
				return [2]*Array{}
			}
			c.takes(i, r[i])
			cold = c.nout == 1 && c.e.Streams && r[i].buf.Cold()
		}
	}
	if given[0] != nil && pinAll(&given) != nil {
		return [2]*Array{}
	}
	ok = c.run(cold)
	if given[0] != nil {
		unpinAll(&given)
	}
	if !ok {
		return [2]*Array{}
	}
	return r
}

// gives makes out, which is the caller's, result i of the loop m; false if it cannot be.
func (c *rowCall) gives(i int, out *Array, m *ufunc.Mixed) bool {
	s := &c.sides[c.nin+i]
	if !s.of(out) || out.flags&Writeable == 0 || out.dtype != m.Outs[i] && !dtype.CanCast(m.Outs[i], out.dtype, dtype.SameKind) {
		return false
	}
	s.cast, s.own = nil, m.Outs[i].ItemSize()
	if k := m.Outs[i].Kind(); k != s.kind {
		s.cast = kernel.Cast(k, s.kind)
	}
	return true
}

// takes makes r, which is fresh and of the loop's dtype, result i of the call.
func (c *rowCall) takes(i int, r *Array) {
	s, size := &c.sides[c.nin+i], r.dtype.ItemSize()
	s.p, s.rows, s.cols, s.down, s.along = r.ptr(), c.rows, c.cols, c.cols*size, size
	s.size, s.own, s.moved, s.one, s.swap, s.cast = size, size, false, false, 0, nil
}

// flatOf returns one of the arrays if all those of arrays and outs but operands without axes
// are C-contiguous and of one shape; else nil.
func flatOf(arrays *[3]*Array, outs *[2]*Array) (ref *Array) {
	for i, a := range [...]*Array{arrays[0], arrays[1], arrays[2], outs[0], outs[1]} {
		switch {
		case a == nil || i < len(arrays) && len(a.lay.Shape) == 0:
		case a.flags&CContiguous == 0 || ref != nil && !sameShape(ref, a):
			return nil
		default:
			ref = a
		}
	}
	return ref
}

// line makes one row of all sides, which lie as flat does or are one item.
func (c *rowCall) line(flat *Array) {
	c.rows, c.cols = 1, flat.Size()
	for i := range c.nin + c.nout {
		s := &c.sides[i]
		if s.down, s.along = 0, s.size; s.axes == 0 {
			s.along = 0
		}
	}
}

// fit broadcasts the operands to their common shape, which outputs that are given must have,
// and finds out how they lie: walks are along their rows or, if c.turned is set, columns. It
// is false if the shapes do not fit, and for walks that do better the long way.
func (c *rowCall) fit(outs bool) bool {
	c.rows, c.cols, c.axes = 1, 1, 0
	for i := range c.nin {
		s := &c.sides[i]
		c.rows, c.cols, c.axes = widest(c.rows, s.rows), widest(c.cols, s.cols), max(c.axes, s.axes)
	}
	down, across := false, false // operands that lie in columns, and in rows
	for i := range c.nin {
		s := &c.sides[i]
		if !s.fits(c.rows, c.cols) {
			return false
		}
		if s.down != 0 && s.along != 0 {
			down, across = down || s.turned(), across || !s.turned()
		}
	}
	n := c.rows * c.cols
	if c.axes > 2 {
		return false
	}
	c.turned = down && !across
	if outs {
		for i := range c.nout {
			s := &c.sides[c.nin+i]
			if s.axes != c.axes || s.rows != c.rows || s.cols != c.cols {
				return false
			}
			s.fits(c.rows, c.cols)
			c.turned = s.turned()
		}
	} else if down && across && n > turnedMost {
		return false // lines of both are used up at once by the long way
	}
	if c.turned {
		c.turn()
	}
	return c.cols >= shortRow || c.rows < rowsFew
}

// longestItem returns the length in bytes of the longest item.
func (c *rowCall) longestItem(m *ufunc.Mixed) int {
	n := m.Outs[0].ItemSize()
	for i := range c.nin {
		n = max(n, c.sides[i].size)
	}
	return n
}

// pinAll pins the outputs that are given. If one is closed it is returned, and none is pinned.
func pinAll(outs *[2]*Array) (closed *Array) {
	for i, out := range outs {
		if out != nil && !out.buf.Pin() {
			clear(outs[i:])
			unpinAll(outs)
			return out
		}
	}
	return nil
}

// unpinAll ends pinAll.
func unpinAll(outs *[2]*Array) {
	for _, out := range outs {
		if out != nil {
			out.buf.UnsafeUnpin()
		}
	}
}

// widest returns the common length of two axes; fits finds out whether there is one.
func widest(n, m int) int {
	if n == 1 {
		return m
	}
	return n
}

// fresh makes a result: of flat's shape if that is given, else of rows of cols items that
// lie side by side, seen as c has the axes.
func (c *rowCall) fresh(dt dtype.DType, flat *Array, rows, cols int, fill buffer.Fill) *Array {
	switch {
	case flat != nil:
		return dense(dt, flat.lay.Shape, cols, fill)
	case c.turned:
		shape := [2]int{cols, rows}
		return denseF(dt, shape[:], rows*cols, fill)
	}
	shape := [2]int{rows, cols}
	return dense(dt, shape[2-c.axes:], rows*cols, fill)
}
