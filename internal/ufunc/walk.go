package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// mode is how an operand reaches the kernel.
type mode uint8

const (
	direct   mode = iota // in place
	constant             // one tile, loaded once, serves the whole walk
	blocked              // moved through a block
)

// Blocks of the scratch: one for each operand by its number, then the mask's, then
// two for whichever mover is at work, then those of short copies.
const (
	maskBlock  = maxOps
	moverBlock = maxOps + 1
	copyBlock  = maxOps + 3
)

// pass is one operand's way through a walk.
type pass struct {
	mode  mode
	num   int // in the nest
	size  int // bytes of an item of the loop
	dtype dtype.DType
	mover loop.Mover // between the operand and its block; not for direct
}

// walker is a plan at work on operands that one kernel call cannot take. It goes
// from tile to tile: cols items of the innermost axis, on rows places of the axis
// outside it. rows is 1 unless the innermost axis is short.
type walker struct {
	p      *Plan
	n      *loop.Nest
	s      *loop.Scratch
	ops    int
	planes bool // the axis outside of the rows is that of the rows of a small plane
	mask   loop.Mover
}

// smallPlane is the number of items up to which the two inner axes make so small a tile, as a
// matrix of three by three is, that tiles of the same row of many such planes are taken instead.
const smallPlane = 32

func (p *Plan) walk() error {
	w := walker{p: p, s: p.scr(), ops: p.NIn + p.NOut}
	n := &w.s.Nest
	w.n = n
	n.Reset(p.Shape)
	// Outputs lead, so that they are written in the order of memory.
	for k := range w.ops {
		i := (p.NIn + k) % w.ops
		p.passes[i] = pass{num: n.Add(p.Ops[i].Shape, p.Ops[i].Strides), dtype: p.loopDType(i), size: p.loopDType(i).ItemSize()}
	}
	if p.Masked {
		n.Add(p.Where.Shape, p.Where.Strides)
		m, err := loop.NewMover(dtype.Bool, p.Where.DType)
		if err != nil {
			return err
		}
		w.mask = m
	}
	n.Sort()
	n.Flip()
	n.Coalesce()
	w.planes = n.N > 2 && n.Shape[0]*n.Shape[1] <= smallPlane && n.Shape[2] >= 2*n.Shape[1]
	if w.planes {
		n.Swap(1)
	}

	inner, most := n.Shape[0], loop.BlockBytes
	inPlace, constants := true, 0
	for i := range w.ops {
		q := &p.passes[i]
		q.mode = w.modeOf(q, &p.Ops[i], i < p.NIn)
		most = min(most, loop.BlockBytes/q.size)
		inPlace = inPlace && q.mode != blocked
		if q.mode == constant {
			constants++
		}
	}
	if constants > 1 {
		most /= 2 // or the first-level cache holds little but their blocks
	}
	rows := 1
	if n.N > 1 && inner*2 <= most && (!inPlace || inner < 32) && !(inPlace && inner >= 8 && w.repeats()) {
		rows = min(n.Shape[1], most/inner)
	}
	var known [maxOps]bool
	movers := func() error {
		for i := range w.ops {
			if known[i] || p.passes[i].mode == direct {
				continue
			}
			known[i] = true
			if err := w.setMover(i); err != nil {
				return err
			}
		}
		return nil
	}
	if err := movers(); err != nil {
		return err
	}
	band, cols := w.bandOf(inner, rows)
	if band > 0 {
		rows = 1
	}
	if rows > 1 {
		w.tileModes(inner)
		if err := movers(); err != nil {
			return err
		}
	}
	for i := range p.NIn {
		if p.passes[i].mode == constant {
			if err := w.load(i, 0, rows, 0, min(most, inner)); err != nil {
				return err
			}
		}
	}
	number := w.takesNumber()
	p.Cold = constants < 2 && p.goesCold() // so short tiles would wait for their stores
	switch {
	case rows > 1:
		return w.tiles(rows, inner)
	case band > 0:
		return w.bands(inner, band, cols)
	}
	if inPlace && !p.Masked {
		if constants == 0 || number && p.passes[0].mode != constant {
			most = inner
		}
		if w.runs(inner, most) {
			return nil
		}
	}
	for {
		for c := 0; c < inner; c += most {
			if err := w.tile(0, 1, c, min(most, inner-c)); err != nil {
				return err
			}
		}
		if !n.Next(1) {
			return nil
		}
	}
}

// takesNumber reports whether the loop reads one item of the second operand. Where that is
// one for all and the results are those of the loop at hand, those of integers, it takes
// the loop for it.
func (w *walker) takesNumber() bool {
	p := w.p
	if p.Entry.Number == nil || p.passes[1].mode != constant || p.Entry.In[1] > dtype.KindUint64 {
		return p.one
	}
	if w.n.Stride[p.passes[1].num][0] != 0 { // a row that is the same in all
		return false
	}
	e := p.Entry.Number(w.s.Block(1))
	if e == nil {
		return false
	}
	p.Entry = e
	return true
}

// runs calls a loop that cannot fail on the runs of n items in place, most at a time, one
// after another, and tells whether the entry has such a loop: a run of a hundred bytes
// takes no longer than a tile's preparation.
func (w *walker) runs(n, most int) bool {
	p, e := w.p, w.p.Entry
	if w.ops > 3 || e.Check != nil || e.Binary == nil && e.Unary == nil || p.Cold && (!e.Streams || dear(p.Op, e.In[0])) {
		return false
	}
	rows := 1
	if w.n.N > 1 {
		rows = w.n.Shape[1]
	}
	for {
		var at [3]unsafe.Pointer
		var down, along [3]int // bytes from row to row and from item to item
		for i := range w.ops {
			q := &p.passes[i]
			if q.mode == constant {
				at[i] = w.s.Block(i)
				continue
			}
			at[i], along[i] = w.at(p.Ops[i].Ptr, q.num, 0, 0), w.n.Stride[q.num][0]
			if w.n.N > 1 {
				down[i] = w.n.Stride[q.num][1]
			}
		}
		for r := range rows {
			for c := 0; c < n; c += most {
				k := kernel.ColdCount(p.Cold, min(most, n-c))
				x, y := unsafe.Add(at[0], r*down[0]+c*along[0]), unsafe.Add(at[1], r*down[1]+c*along[1])
				if e.Unary != nil {
					e.Unary(y, x, k)
				} else {
					e.Binary(unsafe.Add(at[2], r*down[2]+c*along[2]), x, y, k)
				}
			}
		}
		if !w.n.Next(2) {
			return true
		}
	}
}

// goesCold tells whether the pieces of the one output bypass the caches: where it is
// cold, or too long for them, and its pieces are written where they belong.
func (p *Plan) goesCold() bool {
	out := &p.passes[p.NIn]
	return p.NOut == 1 && !p.Masked && p.Entry.Streams && out.mode == direct &&
		(p.Cold || product(p.Shape)*out.size >= kernel.StreamBytes)
}

// tiles goes through the two innermost axes several rows at a time, and through all rows of
// small planes before it goes on to the next of them.
func (w *walker) tiles(rows, inner int) error {
	outer := 2
	if w.planes {
		outer = 3
	}
	for {
		for r := 0; r < w.n.Shape[1]; r += rows {
			k := min(rows, w.n.Shape[1]-r)
			if err := w.tile(r, k, 0, inner); err != nil {
				return err
			}
			if !w.planes {
				continue
			}
			for range w.n.Shape[2] - 1 {
				w.n.Shift(2, 1)
				if err := w.tile(r, k, 0, inner); err != nil {
					return err
				}
			}
			w.n.Shift(2, 1-w.n.Shape[2])
		}
		if !w.n.Next(outer) {
			return nil
		}
	}
}

// repeats tells whether an input is the same in each row of a tile, but not in every tile: for
// tiles of several rows it would have to be copied again and again.
func (w *walker) repeats() bool {
	for i := range w.p.NIn {
		st := &w.n.Stride[w.p.passes[i].num]
		for k := 2; k < w.n.N && st[0] != 0 && st[1] == 0; k++ {
			if st[k] != 0 {
				return true
			}
		}
	}
	return false
}

// modeOf decides how operand o reaches the loop row by row.
func (w *walker) modeOf(q *pass, o *operand.Operand, input bool) mode {
	st := &w.n.Stride[q.num]
	still := true
	bits := uintptr(o.Ptr) + uintptr(w.n.Off[q.num])
	for i := range w.n.N {
		still = still && st[i] == 0
		bits |= uintptr(st[i])
	}
	if input && still && product(w.p.Shape) > 1 {
		return constant
	}
	if o.DType == q.dtype && bits&uintptr(q.dtype.Alignment()-1) == 0 && (st[0] == q.size || w.n.Shape[0] == 1) {
		return direct
	}
	return blocked
}

// tileModes changes the modes to those of tiles of several rows: an operand stays
// direct if its rows follow on one another, and one that is the same in every
// row is constant.
func (w *walker) tileModes(inner int) {
	for i := range w.ops {
		q := &w.p.passes[i]
		st := &w.n.Stride[q.num]
		if q.mode == direct && st[1] != inner*q.size {
			q.mode = blocked
		}
		still := i < w.p.NIn
		for k := 1; k < w.n.N; k++ {
			still = still && st[k] == 0
		}
		if still {
			q.mode = constant
		}
	}
}

// setMover chooses the mover between operand i and its block.
func (w *walker) setMover(i int) (err error) {
	q, o := &w.p.passes[i], &w.p.Ops[i]
	if i < w.p.NIn {
		q.mover, err = loop.NewMover(q.dtype, o.DType)
	} else {
		q.mover, err = loop.NewMover(o.DType, q.dtype)
	}
	return err
}

// at returns where the first item of a tile of nest operand num lies.
func (w *walker) at(p unsafe.Pointer, num, row, col int) unsafe.Pointer {
	return unsafe.Add(p, w.n.Off[num]+col*w.n.Stride[num][0]+row*w.n.Stride[num][1])
}

// load moves a tile of input i into its block.
func (w *walker) load(i, row, rows, col, cols int) error {
	q := &w.p.passes[i]
	return w.move(&q.mover, w.s.Block(i), q.size, w.at(w.p.Ops[i].Ptr, q.num, row, col), w.p.Ops[i].DType.ItemSize(), q.num, rows, cols)
}

// move loads a tile of nest operand num at src into a block of items of size bytes,
// along the longer side of the tile; items of itemSize bytes where these lie side by side
// across the rows, as a whole.
func (w *walker) move(m *loop.Mover, block unsafe.Pointer, size int, src unsafe.Pointer, itemSize, num, rows, cols int) error {
	s0, s1 := w.n.Stride[num][0], w.n.Stride[num][1]
	if rows > 1 && s0 != 0 && s1 == itemSize && m.CanTurn(cols, rows) {
		m.MoveTurned(block, src, s0, cols, rows, w.s.Wide(maxOps))
		return nil
	}
	if rows > cols {
		for c := range cols {
			if err := m.Move(unsafe.Add(block, c*size), cols*size, unsafe.Add(src, c*s0), s1, rows, w.s, moverBlock); err != nil {
				return err
			}
		}
		return nil
	}
	for r := range rows {
		if err := m.Move(unsafe.Add(block, r*cols*size), size, unsafe.Add(src, r*s1), s0, cols, w.s, moverBlock); err != nil {
			return err
		}
	}
	return nil
}

// store moves a tile of output i out of its block, along its longer side.
func (w *walker) store(i, row, rows, col, cols int) error {
	q := &w.p.passes[i]
	block, dst := w.s.Block(i), w.at(w.p.Ops[i].Ptr, q.num, row, col)
	s0, s1 := w.n.Stride[q.num][0], w.n.Stride[q.num][1]
	if rows > cols {
		for c := range cols {
			if err := q.mover.Move(unsafe.Add(dst, c*s0), s1, unsafe.Add(block, c*q.size), cols*q.size, rows, w.s, moverBlock); err != nil {
				return err
			}
		}
		return nil
	}
	for r := range rows {
		if err := q.mover.Move(unsafe.Add(dst, r*s1), s0, unsafe.Add(block, r*cols*q.size), q.size, cols, w.s, moverBlock); err != nil {
			return err
		}
	}
	return nil
}

// tile runs the kernel on one tile.
func (w *walker) tile(row, rows, col, cols int) error {
	p := w.p
	var at [maxOps]unsafe.Pointer
	for i := range w.ops {
		q := &p.passes[i]
		if q.mode == direct {
			at[i] = w.at(p.Ops[i].Ptr, q.num, row, col)
			continue
		}
		at[i] = w.s.Block(i)
		if q.mode == blocked && i < p.NIn {
			if err := w.load(i, row, rows, col, cols); err != nil {
				return err
			}
		}
	}
	if p.Masked {
		return w.masked(at, row, rows, col, cols)
	}
	if err := p.kernel(at, rows*cols); err != nil {
		return err
	}
	for i := p.NIn; i < w.ops; i++ {
		if p.passes[i].mode != direct {
			if err := w.store(i, row, rows, col, cols); err != nil {
				return err
			}
		}
	}
	return nil
}
