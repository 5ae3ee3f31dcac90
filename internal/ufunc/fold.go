package ufunc

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
)

// bufferItems is the length of NumPy's iterator buffer. It decides where a sum
// of floats is cut into runs, and so how it is rounded.
const bufferItems = 8192

type buffer [bufferItems * 2]uint64

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// fold walks accumulators and items together. Runs along which the accumulator
// stands still go to the reducing loop; otherwise rows are folded one after
// another, item by item.
func (p *Plan) fold(acc, a operand.Operand) error {
	s := p.scr()
	n := &s.Nest
	n.Reset(a.Shape)
	n.Add(acc.Shape, acc.Strides)
	n.Add(a.Shape, a.Strides)
	if p.Masked {
		n.Add(p.Where.Shape, p.Where.Strides)
	}
	n.Sort() // backward axes are not turned round: NumPy sums them as they lie
	n.Coalesce()
	m := &p.passes[0].mover
	var err error
	if *m, err = loop.NewMover(p.LoopIn[1], a.DType); err != nil {
		return err
	}
	if p.shortRuns(n) {
		n.Swap(0)
	}
	if n.Stride[0][0] != 0 || p.Entry.Reduce == nil && !p.sameKinds() {
		return p.foldRows(acc.Ptr, &a, n, m)
	}
	return p.foldRuns(acc.Ptr, &a, n, m)
}

// fewItems is the number of items up to which a run is so short that all first items of
// many runs are folded, then all second ones, and so on; manyRuns is how many are many.
// Fewer than eight floats are added one after another in either way.
const (
	fewItems = 7
	manyRuns = 32
)

// shortRuns tells whether the runs of n, which walks accumulators and items, are short and
// many, and their results the same item by item.
func (p *Plan) shortRuns(n *loop.Nest) bool {
	if n.N < 2 || n.Stride[0][0] != 0 || n.Stride[0][1] == 0 || n.Shape[0] > fewItems || n.Shape[1] < manyRuns || p.Masked || !p.sameKinds() || !p.Table.Reorderable {
		return false
	}
	switch k := p.LoopOut[0].Kind(); {
	case k == dtype.KindBool:
		return false // there are loops for such rows
	case p.Op != kernel.Add && p.Op != kernel.Multiply || p.LoopOut[0].IsInteger():
		return true
	case p.LoopOut[0].IsComplex(): // whose parts count one by one
		return p.Op == kernel.Add && p.Initial.Ptr == nil && 2*n.Shape[0] <= fewItems
	default:
		return k != dtype.KindFloat16 && p.Initial.Ptr == nil
	}
}

func (p *Plan) sameKinds() bool { return p.LoopIn[1] == p.LoopOut[0] }

// foldRuns folds runs of items into one accumulator each. NumPy's iterator
// decides what one run is: with one inner axis that needs no buffer the whole
// axis; else as many whole inner axes as fit the buffer, and as many times that
// as fit along the next axis.
func (p *Plan) foldRuns(acc unsafe.Pointer, a *operand.Operand, n *loop.Nest, m *loop.Mover) error {
	if sum := p.wideRuns(a, n); sum != nil {
		foldWide(sum, acc, a.Ptr, n)
		return nil
	}
	item := p.LoopIn[1]
	size := item.ItemSize()
	direct := usable(a, item)
	still := 1 // inner axes along which the accumulator stands still
	for still < n.N && n.Stride[0][still] == 0 {
		still++
	}
	inner := n.Shape[0]
	var on []byte
	mask := &p.passes[1].mover
	if p.Masked {
		if most := min(max(inner, bufferItems), n.Size()); most <= loop.BlockBytes {
			on = unsafe.Slice((*byte)(p.scratch.Block(maskBlock)), most)
		} else {
			on = make([]byte, most)
		}
		var err error
		if *mask, err = loop.NewMover(dtype.Bool, p.Where.DType); err != nil {
			return err
		}
	}
	// loadMask moves k mask items from place i of the present row behind the first
	// in of them.
	loadMask := func(in, i, k int) error {
		if on == nil {
			return nil
		}
		return mask.Move(unsafe.Pointer(&on[in]), 1, unsafe.Add(p.Where.Ptr, n.Off[2]+i*n.Stride[2][0]), n.Stride[2][0], k, p.scratch, moverBlock)
	}
	if direct && still == 1 && n.N > 1 && on == nil && inner <= kernel.TruthRowsMost && n.Stride[1][0] == size {
		if f := kernel.TruthRowsOf(p.Op, item.Kind()); f != nil && p.LoopOut[0].Kind() == dtype.KindBool {
			for {
				f(unsafe.Add(acc, n.Off[0]), n.Stride[0][1], unsafe.Add(a.Ptr, n.Off[1]), n.Stride[1][1], inner, n.Shape[1])
				if !n.Next(2) {
					return nil
				}
			}
		}
	}
	if e := p.folding(); direct && still == 1 && n.N > 1 && on == nil && inner < pairLeaf && e != nil && e.Reduce != nil {
		for {
			to, from := unsafe.Add(acc, n.Off[0]), unsafe.Add(a.Ptr, n.Off[1])
			for r := range n.Shape[1] { // short rows, whose number counts
				e.Reduce(unsafe.Add(to, r*n.Stride[0][1]), unsafe.Add(from, r*n.Stride[1][1]), n.Stride[1][0], inner)
			}
			if !n.Next(2) {
				return nil
			}
		}
	}
	if direct && (still == 1 || inner > bufferItems) {
		for {
			if err := loadMask(0, 0, inner); err != nil {
				return err
			}
			p.foldTrue(unsafe.Add(acc, n.Off[0]), unsafe.Add(a.Ptr, n.Off[1]), n.Stride[1][0], inner, on)
			if !n.Next(1) {
				return nil
			}
		}
	}
	b := buffers.Get().(*buffer)
	defer buffers.Put(b)
	buf := unsafe.Pointer(b)
	if inner > bufferItems {
		for {
			for i := 0; i < inner; i += bufferItems {
				k, at := min(bufferItems, inner-i), unsafe.Add(acc, n.Off[0])
				load := func(first, k int) error {
					return m.Move(buf, size, unsafe.Add(a.Ptr, n.Off[1]+(i+first)*n.Stride[1][0]), n.Stride[1][0], k, p.scratch, moverBlock)
				}
				if on == nil {
					if err := p.foldPieces(at, buf, load, k); err != nil {
						return err
					}
					continue
				}
				if err := load(0, k); err != nil {
					return err
				}
				if err := loadMask(0, i, k); err != nil {
					return err
				}
				p.foldTrue(at, buf, size, k, on)
			}
			if !n.Next(1) {
				return nil
			}
		}
	}
	// core items fill axes 0 … top-1; times of them go into one run along axis top.
	core, top := inner, 1
	for top < still && core*n.Shape[top] <= bufferItems {
		core *= n.Shape[top]
		top++
	}
	rows, perRow := core/inner, 1
	if top < still {
		perRow = bufferItems / core
	}
	for {
		in, at, more := 0, unsafe.Add(acc, n.Off[0]), true
		left := 1
		if top < still {
			left = min(perRow, n.Shape[top]-n.Index(top))
		}
		for range left * rows {
			if err := m.Move(unsafe.Add(buf, in*size), size, unsafe.Add(a.Ptr, n.Off[1]), n.Stride[1][0], inner, p.scratch, moverBlock); err != nil {
				return err
			}
			if err := loadMask(in, 0, inner); err != nil {
				return err
			}
			in += inner
			more = n.Next(1)
		}
		p.foldTrue(at, buf, size, in, on)
		if !more {
			return nil
		}
	}
}

// folding returns the entry whose loop folds the items.
func (p *Plan) folding() *kernel.Entry {
	if k := p.LoopIn[1].Kind(); k != p.Entry.In[1] { // a logical operation on items of their own kind
		return p.Table.Find(k, k)
	}
	return p.Entry
}

// foldRun folds n aligned native items, stride bytes apart.
func (p *Plan) foldRun(acc, a unsafe.Pointer, stride, n int) {
	e := p.folding()
	if e.Reduce != nil {
		if k := e.In[1]; n >= pairLeaf && stride == p.LoopIn[1].ItemSize() {
			foldLong(e, splitsInPairs(p.Op, k), splitsAnywhere(p.Op, k), acc, a, stride, n)
			return
		}
		e.Reduce(acc, a, stride, n)
		return
	}
	if p.LoopOut[0].Kind() == dtype.KindFloat16 && (p.Op == kernel.Subtract || p.Op == kernel.Divide) {
		foldHalf(p.Op, acc, a, stride, n)
		return
	}
	for i := range n {
		e.Binary(acc, acc, unsafe.Add(a, i*stride), 1)
	}
}

// foldHalf is the fold by minus or division of float16, which NumPy rounds once a
// run.
func foldHalf(op kernel.Op, acc, a unsafe.Pointer, stride, n int) {
	r := (*float16.Float16)(acc).Float32()
	for i := range n {
		x := (*float16.Float16)(unsafe.Add(a, i*stride)).Float32()
		if op == kernel.Divide {
			r /= x
		} else {
			r -= x
		}
	}
	*(*float16.Float16)(acc) = float16.FromFloat32(r)
}

// foldTrue folds the items whose mask is true, each run of them by itself; all
// where there is no mask.
func (p *Plan) foldTrue(acc, a unsafe.Pointer, stride, n int, on []byte) {
	if on == nil {
		p.foldRun(acc, a, stride, n)
		return
	}
	for i := 0; i < n; i++ {
		j := i
		for j < n && on[j] != 0 {
			j++
		}
		if j > i {
			p.foldRun(acc, unsafe.Add(a, i*stride), stride, j-i)
			i = j
		}
	}
}

// rowBytes is how much of a row of accumulators takes the rows of items before the
// next piece does: so long a run of memory is read in order, so little is kept in
// the second-level cache.
const rowBytes = 64 << 10

// foldRows folds items into a row of accumulators, one row after another.
func (p *Plan) foldRows(acc unsafe.Pointer, a *operand.Operand, n *loop.Nest, m *loop.Mover) error {
	if many := p.longRows(a, n); many > 1 {
		return p.foldNarrow(acc, a, n, m, many)
	}
	s := p.scratch
	e, item, d := p.Entry, p.LoopIn[1], p.LoopOut[0]
	if item.Kind() != e.In[1] { // logical: by way of bools
		item = dtype.OfKind(e.In[1])
		var err error
		if *m, err = loop.NewMover(item, a.DType); err != nil {
			return err
		}
	}
	mask := &p.passes[1].mover
	if p.Masked {
		var err error
		if *mask, err = loop.NewMover(dtype.Bool, p.Where.DType); err != nil {
			return err
		}
	}
	size, dsize := item.ItemSize(), d.ItemSize()
	inner := n.Shape[0]
	most := loop.BlockBytes / max(size, dsize)
	accDirect := n.Stride[0][0] == dsize || inner == 1
	aDirect := usable(a, item) && (n.Stride[1][0] == size || inner == 1)
	if accDirect && aDirect && !p.Masked {
		most = rowBytes / max(size, dsize)
	}
	row, items, on := s.Block(0), s.Block(1), s.Block(maskBlock)
	// Along axis 1, if the accumulators stand still there, one block of them takes
	// all the rows before the next block.
	rows, outer := 1, 1
	if n.N > 1 && n.Stride[0][1] == 0 {
		rows, outer = n.Shape[1], 2
	}
	for {
		for c := 0; c < inner; c += most {
			k := min(most, inner-c)
			r := unsafe.Add(acc, n.Off[0]+c*n.Stride[0][0])
			if !accDirect {
				kernel.Copy(row, dsize, r, n.Stride[0][0], dsize, k)
				r = row
			}
			j := 0
			if e.Rows != nil && accDirect && aDirect && !p.Masked && !(outer > 1 && kernel.OneByOne(rows, n.Stride[1][1])) {
				for ; j+kernel.RowsAtOnce <= rows; j += kernel.RowsAtOnce {
					e.Rows(r, unsafe.Add(a.Ptr, n.Off[1]+c*n.Stride[1][0]+j*n.Stride[1][1]), n.Stride[1][1], k)
				}
			}
			for ; j < rows; j++ {
				x := unsafe.Add(a.Ptr, n.Off[1]+c*n.Stride[1][0]+j*n.Stride[1][1])
				if !aDirect {
					if err := m.Move(items, size, x, n.Stride[1][0], k, s, moverBlock); err != nil {
						return err
					}
					x = items
				}
				if !p.Masked {
					e.Binary(r, r, x, k)
					continue
				}
				if err := mask.Move(on, 1, unsafe.Add(p.Where.Ptr, n.Off[2]+c*n.Stride[2][0]+j*n.Stride[2][1]), n.Stride[2][0], k, s, moverBlock); err != nil {
					return err
				}
				bits := unsafe.Slice((*byte)(on), k)
				for i := range bits {
					if bits[i] != 0 {
						q := unsafe.Add(r, i*dsize)
						e.Binary(q, q, unsafe.Add(x, i*size), 1)
					}
				}
			}
			if !accDirect {
				kernel.Copy(unsafe.Add(acc, n.Off[0]+c*n.Stride[0][0]), n.Stride[0][0], row, dsize, dsize, k)
			}
		}
		if !n.Next(outer) {
			return nil
		}
	}
}
