package nd

import (
	"math/bits"
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/ufunc"
)

// Tiles of a call on rows (quick_rows.go): what a loop cannot read or write in place comes
// and goes through blocks of a pooled room.

// rowBlock is the length in bytes of the piece of an operand that is worked on at once.
const rowBlock = 4096

// rowSide is one array, or number, of a call on rows.
type rowSide struct {
	p           unsafe.Pointer
	rows, cols  int
	down, along int // bytes from row to row and from item to item
	axes        int
	number      bool // a Go number

	// Of operands and results of a loop:
	kind  dtype.Kind
	size  int            // bytes of an item
	own   int            // bytes of an item of the loop
	swap  int            // bytes of what is in the other order, 0 for none
	moved bool           // items are not aligned
	one   bool           // the loop takes one item for all
	apart bool           // tiles go through block
	cast  kernel.Unary   // between an item and the loop's; nil for none
	block unsafe.Pointer // where a tile of the loop's items lies; set once,
	raw   unsafe.Pointer // as is this: of items that are to be cast, or have been
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
		return rowSide{p: a.ptr(), rows: 1, cols: l.Shape[0], along: l.Strides[0], axes: 1}, true
	case 2:
		return rowSide{p: a.ptr(), rows: l.Shape[0], cols: l.Shape[1], down: l.Strides[0], along: l.Strides[1], axes: 2}, true
	}
	return s, false
}

// of makes s the side of an array of numbers, an operand or result of a loop; false if a has
// no side.
func (s *rowSide) of(a *Array) bool {
	if a == nil || a.weak != dtype.NotWeak || !a.buf.Plain() || !a.dtype.IsNumeric() {
		return false
	}
	l := &a.lay
	s.rows, s.cols, s.down, s.along, s.axes = 1, 1, 0, 0, len(l.Shape)
	switch s.axes {
	case 0:
	case 1:
		s.cols, s.along = l.Shape[0], l.Strides[0]
	case 2:
		s.rows, s.cols, s.down, s.along = l.Shape[0], l.Shape[1], l.Strides[0], l.Strides[1]
	default:
		if a.flags&CContiguous == 0 {
			return false
		}
		s.cols = a.Size()
	}
	if s.rows == 0 || s.cols == 0 {
		return false
	}
	s.p = unsafe.Add(a.buf.Pointer(), l.Offset) // of item [0,…,0], as there are items
	s.kind, s.size, s.moved, s.number, s.one, s.swap = a.dtype.Kind(), a.dtype.ItemSize(), a.flags&Aligned == 0, false, false, 0
	if !a.dtype.IsNative() {
		s.swap = s.size
		if a.dtype.IsComplex() {
			s.swap /= 2
		}
	}
	return true
}

// flatten makes one row of a, of which s is the side; false if its items do not follow on
// one another.
func (s *rowSide) flatten(a *Array) bool {
	if s.axes > 1 {
		s.rows, s.cols, s.down, s.along = 1, a.Size(), 0, s.size
	}
	return s.axes <= 1 || a.flags&CContiguous != 0
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

// dense tells whether the rows of cols items follow on one another.
func (s *rowSide) dense(cols int) bool { return s.down == cols*s.along }

// meets tells whether the bytes of s and t, which are not broadcast yet, may be the same.
func (s *rowSide) meets(t *rowSide) bool {
	low, high := s.bounds(s.rows, s.cols)
	l, h := t.bounds(t.rows, t.cols)
	return l < high && low < h
}

// bounds returns where the bytes of the items begin and end.
func (s *rowSide) bounds(rows, cols int) (low, high uintptr) {
	down, along := s.down*(rows-1), s.along*(cols-1)
	p := uintptr(s.p)
	return p + uintptr(min(down, 0)+min(along, 0)), p + uintptr(max(down, 0)+max(along, 0)+s.size)
}

// load returns the tile of k rows of n items from column col of row r on as the loop takes
// them: side by side, of its dtype.
func (s *rowSide) load(r, k, col, n int) unsafe.Pointer {
	p := unsafe.Add(s.p, r*s.down+col*s.along)
	if !s.apart {
		return p
	}
	still := s.down == 0 && s.along == 0
	if still && r+col > 0 || s.down == 0 && r > 0 && n == s.cols {
		return s.block // it is there already
	}
	to, size, count, swap := s.block, s.size, k*n, s.swap
	if s.cast != nil {
		to = s.raw
	}
	switch {
	case still:
		count = 1
		kernel.Copy(to, size, p, size, size, 1)
	case s.along == size && (k == 1 || s.dense(n)):
		switch {
		case swap != 0:
			kernel.ByteSwap(to, p, swap, count*size/swap)
			swap = 0
		case s.cast != nil && !s.moved:
			to = p
		default:
			kernel.Copy(to, size, p, size, size, count)
		}
	default:
		s.pack(to, p, size, k, n)
	}
	if swap != 0 {
		kernel.ByteSwap(to, to, swap, count*size/swap)
	}
	if s.cast != nil {
		s.cast(s.block, to, count)
	}
	if still {
		kernel.Fill(s.block, s.block, s.own, k*n)
	}
	return s.block
}

// pack copies k rows of n items of size bytes from p on to to, where they lie dense.
func (s *rowSide) pack(to, p unsafe.Pointer, size, k, n int) {
	for i := range k {
		d, q := unsafe.Add(to, i*n*size), unsafe.Add(p, i*s.down)
		if s.along == 0 {
			kernel.Fill(d, q, size, n)
		} else {
			kernel.Copy(d, size, q, s.along, size, n)
		}
	}
}

// store brings a tile of results from its block to its place.
func (s *rowSide) store(r, k, col, n int) {
	d, from, size := unsafe.Add(s.p, r*s.down+col*s.along), s.block, s.size
	if s.cast != nil {
		if s.along == size && s.swap == 0 && !s.moved && (k == 1 || s.dense(n)) {
			s.cast(d, from, k*n)
			return
		}
		s.cast(s.raw, from, k*n)
		from = s.raw
	}
	if s.swap != 0 {
		kernel.ByteSwap(from, from, s.swap, k*n*size/s.swap)
	}
	for i := range k {
		kernel.Copy(unsafe.Add(d, i*s.down), s.along, unsafe.Add(from, i*n*size), size, size, n)
	}
}

// rowCall is one such call: what is known of its arrays, which it does not hold, and of its
// numbers. It is pooled for its blocks.
type rowCall struct {
	e                *kernel.Entry
	nin, nout        int
	rows, cols, axes int
	turned           bool       // the results lie in columns
	sides            [5]rowSide // operands, then results
	numbers          [3]itemWords
	blocks           [5][2][rowBlock / 8]uint64
}

var rowCalls = sync.Pool{New: func() any {
	c := new(rowCall)
	for i := range c.sides {
		c.sides[i].block, c.sides[i].raw = unsafe.Pointer(&c.blocks[i][0]), unsafe.Pointer(&c.blocks[i][1])
	}
	return c
}}

// end gives c back, which keeps no memory of its caller.
func (c *rowCall) end() {
	for i := range c.sides {
		c.sides[i].p = nil
	}
	rowCalls.Put(c)
}

// number makes a number of kind k operand i of the call.
func (c *rowCall) number(i int, bits itemWords, k dtype.Kind) {
	size := dtype.OfKind(k).ItemSize()
	p := unsafe.Pointer(&c.numbers[i])
	setItem(p, bits, size)
	s := &c.sides[i]
	s.p, s.rows, s.cols, s.down, s.along, s.axes = p, 1, 1, 0, 0, 0 // p lies in c itself
	s.kind, s.size, s.moved, s.one, s.swap, s.number = k, size, false, false, 0, true
}

// rounded tells whether operand i is a number that has become an item of the array's dtype
// and lost digits which the loop would see.
func (s *rowSide) rounded(m *ufunc.Mixed, i int) bool {
	return s.number && s.kind > dtype.KindUint64 && s.kind != dtype.KindFloat64 && m != nil && m.Cast[i] != nil
}

// byNumber takes the loop for the number that the second operand is, if there is one.
func (c *rowCall) byNumber(m *ufunc.Mixed) {
	s := &c.sides[1]
	if m.Entry.Number == nil || !s.number {
		return
	}
	if s.cast != nil {
		s.cast(s.p, s.p, 1)
		s.cast, s.size = nil, s.own
	}
	if e := m.Entry.Number(s.p); e != nil {
		c.e, s.one = e, true
	}
}

// apart tells whether writing an item of an output cannot change another of an operand, or
// of the other output.
func (c *rowCall) apart() bool {
	for i := range c.nout {
		out := &c.sides[c.nin+i]
		low, high := out.bounds(c.rows, c.cols)
		for k := range c.nin + i {
			s := &c.sides[k]
			if k < c.nin && s.p == out.p && s.size == out.size && s.down == out.down && s.along == out.along {
				continue // the same items
			}
			if l, h := s.bounds(c.rows, c.cols); l < high && low < h {
				return false
			}
		}
	}
	return true
}

// turn makes columns of the rows of all sides.
func (c *rowCall) turn() {
	c.rows, c.cols = c.cols, c.rows
	for i := range c.nin + c.nout {
		c.sides[i].turn()
	}
}

// merge makes one row of all if they follow on one another on all sides that there are, and
// tells whether the items of that row are side by side, too.
func (c *rowCall) merge(outs bool) bool {
	if c.cols == 1 {
		c.turn()
	}
	one, dense, n := true, true, c.nin
	if outs {
		n += c.nout
	}
	for i := range n {
		s := &c.sides[i]
		one = one && (c.rows == 1 || s.dense(c.cols))
		dense = dense && (s.along == s.size || s.along == 0)
	}
	if one {
		c.rows, c.cols = 1, c.rows*c.cols
	}
	return one && dense
}

// run computes the rows tile by tile; false if the loop refuses items, of which it has
// written none then. cold tells the loop to bring the result past the caches.
func (c *rowCall) run(cold bool) bool {
	rows, cols, sides := c.rows, c.cols, c.sides[:c.nin+c.nout]
	apart, size := false, 1
	for i := range sides {
		s := &sides[i]
		s.apart = !s.one && (s.cast != nil || s.swap != 0 || s.moved || s.along != s.own && rows*cols > 1)
		apart, size = apart || s.apart, max(size, s.size, s.own)
	}
	if !apart && c.e.Check == nil && (c.e.Unary != nil || c.e.Binary != nil) {
		c.inPlace(cold)
		return true
	}
	k, most := 1, cols // the rows and columns of a tile
	if apart {
		if most = rowBlock >> bits.TrailingZeros(uint(size)); rows > 1 && cols*2 <= most {
			k, most = min(rows, most/cols), cols
			for i := range sides {
				s := &sides[i]
				s.apart = !s.one && (s.apart || !s.dense(cols))
			}
		}
	}
	if c.e.Check != nil && (k < rows || most < cols) {
		return false
	}
	var at [5]unsafe.Pointer
	for r := 0; r < rows; r += k {
		k := min(k, rows-r)
		for col := 0; col < cols; col += most {
			n := min(most, cols-col)
			for i := range sides {
				if s := &sides[i]; i < c.nin {
					at[i] = s.load(r, k, col, n)
				} else if at[i] = s.block; !s.apart {
					at[i] = unsafe.Add(s.p, r*s.down+col*s.along)
				}
			}
			if c.e.Check != nil && c.e.Check(at[0], at[1], k*n) != nil {
				return false
			}
			c.e.Apply(&at, kernel.ColdCount(cold && !sides[c.nin].apart, k*n))
			for i := c.nin; i < len(sides); i++ {
				if sides[i].apart {
					sides[i].store(r, k, col, n)
				}
			}
		}
	}
	return true
}

// inPlace is run for a loop with one result that takes all rows as they lie.
func (c *rowCall) inPlace(cold bool) {
	n := kernel.ColdCount(cold, c.cols)
	x, y, z := &c.sides[0], &c.sides[1], &c.sides[2]
	for r := range c.rows {
		p, q := unsafe.Add(x.p, r*x.down), unsafe.Add(y.p, r*y.down)
		if c.e.Unary != nil {
			c.e.Unary(q, p, n)
		} else {
			c.e.Binary(unsafe.Add(z.p, r*z.down), p, q, n)
		}
	}
}
