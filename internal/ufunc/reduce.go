package ufunc

import (
	"sync"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/float16"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

// bufferItems is the length of NumPy's iterator buffer. It decides where a sum
// of floats is cut into runs, and so how it is rounded.
const bufferItems = 8192

// ResolveReduce chooses the loop that folds items of Ops[0]. dt is the dtype=
// option, or invalid; out the dtype of a given output, or invalid, which NumPy
// promotes with the items' dtype. LoopOut[0] is then the dtype of the
// accumulator, LoopIn[1] that of the items.
func (p *Plan) ResolveReduce(dt, out dtype.DType) error {
	a := p.Ops[0].DType
	p.Ops[1] = p.Ops[0]
	in := [3]dtype.DType{a, a}
	p.DType = dt
	switch {
	case !a.IsNumeric():
		if textual(a) && p.Op == kernel.Add {
			double := withLength(a.Kind(), 2*length(a))
			return p.fail(nderr.ErrType, "the resolved dtypes are not compatible with add.reduce. Resolved (%s, %s, %s)", a.Repr(), a.Repr(), double.Repr())
		}
		if comparison(p.Op) {
			return p.noSignature()
		}
		if !p.logical() || a.Kind() == dtype.KindVoid {
			return p.noLoop(&in)
		}
		in[0], in[1] = dtype.Bool, dtype.Bool // text is true unless empty
	case dt.IsValid():
		in[0], in[1] = dt, dt
	case out.IsValid() && out.IsNumeric():
		in[0] = out.Native()
		p.Ops[0].DType = in[0]
	case p.Op == kernel.Add || p.Op == kernel.Multiply:
		in[0] = widened(a)
		in[1] = in[0]
	}
	err := p.resolveFold(&in)
	p.Ops[0].DType = a
	return err
}

func (p *Plan) resolveFold(in *[3]dtype.DType) error {
	if err := p.refuseBool(in); err != nil {
		return err
	}
	a := p.Ops[1].DType
	if p.logical() {
		if p.DType.IsValid() && p.DType.Kind() != dtype.KindBool {
			return p.noSignature()
		}
		// The items are only asked for truth: any dtype goes, and the answer is bool.
		p.setEntry(p.Table.Find(dtype.KindBool, dtype.KindBool))
		if e := p.Table.Find(a.Kind(), a.Kind()); a.IsNumeric() && e != nil && e.Reduce != nil {
			p.LoopIn[1] = a.Native()
		}
		return nil
	}
	if !p.DType.IsValid() {
		p.divideWhole(in)
	}
	e := p.firstSafe(in)
	switch {
	case e == nil && p.DType.IsValid():
		return p.noSignature()
	case e == nil:
		return p.noLoop(in)
	case p.DType.IsValid() && e.Out[0] != in[0].Kind():
		return p.noSignature()
	case e.Out[0] != e.In[0]:
		if comparison(p.Op) {
			return p.noSignature()
		}
		if e = p.Table.Find(e.Out[0], e.Out[0]); e == nil {
			return p.noSignature()
		}
	}
	p.setEntry(e)
	return nil
}

func (p *Plan) logical() bool {
	return p.Op == kernel.LogicalAnd || p.Op == kernel.LogicalOr || p.Op == kernel.LogicalXor
}

// widened is the dtype in which sums and products of a are formed: bools and
// signed integers as int64, unsigned ones as uint64, others as they are.
func widened(a dtype.DType) dtype.DType {
	switch k := a.Kind(); {
	case k == dtype.KindBool, a.IsSigned():
		return dtype.Int64
	case a.IsInteger():
		return dtype.Uint64
	default:
		return a.Native()
	}
}

// Reduction is what a reduction does beyond the plan's operand and entry.
type Reduction struct {
	Axes    []bool          // which axes of the operand are folded
	Initial operand.Operand // 0-d; Ptr nil when not given
}

// HasStart reports whether a fold of no items has a value.
func (p *Plan) HasStart(r *Reduction) bool {
	return r.Initial.Ptr != nil || p.Table.Identity != kernel.NoIdentity
}

// Reduce folds Ops[0] into out, which has the operand's shape with stride 0
// along the folded axes. Masked items are left out.
func (p *Plan) Reduce(out operand.Operand, r *Reduction) error {
	a := p.Ops[0]
	folded, count, axis := 1, 0, 0
	for i, f := range r.Axes {
		if f {
			folded *= a.Shape[i]
			count++
			axis = i
		}
	}
	if count > 1 && !p.Table.Reorderable {
		return p.fail(nderr.ErrValue, "reduction operation '%s' is not reorderable, so at most one axis may be specified", p.Table.Name)
	}
	if p.Masked && !p.HasStart(r) {
		return p.fail(nderr.ErrValue, "reduction operation '%s' does not have an identity, so to use a where mask one has to specify 'initial'", p.Table.Name)
	}
	result := once(out, r.Axes)
	if result.Size() == 0 {
		return nil
	}
	if folded == 0 && !p.HasStart(r) {
		return p.fail(nderr.ErrValue, "zero-size array to reduction operation %s which has no identity", p.Table.Name)
	}
	acc := result
	d := p.LoopOut[0]
	if !usable(&result, d) || loop.Overlap(&result, &a) || p.Masked && loop.Overlap(&result, &p.Where) {
		acc = fresh(result.Shape, d)
	}
	if err := p.start(acc, r, a, count); err != nil {
		return err
	}
	if !p.HasStart(r) && count == 1 {
		// The first item is in the accumulator already. With several axes it is
		// folded once more, which the reorderable operations do not mind.
		a = slice(a, axis, 1, a.Shape[axis]-1)
		folded = a.Shape[axis]
	}
	if folded > 0 && (count > 0 || p.HasStart(r)) {
		if err := p.fold(spread(acc, a.Shape, r.Axes), a); err != nil {
			return err
		}
	}
	if acc.Ptr == result.Ptr {
		return nil
	}
	return loop.Assign(result, acc)
}

// start writes what the accumulators hold before the first item: the initial
// value, the identity, or the first items.
func (p *Plan) start(acc operand.Operand, r *Reduction, a operand.Operand, folded int) error {
	if !p.HasStart(r) {
		for i, f := range r.Axes {
			if f {
				a = slice(a, i, 0, 1)
			}
		}
		return loop.Assign(acc, a)
	}
	if r.Initial.Ptr != nil {
		return loop.Assign(acc, r.Initial)
	}
	var room [2]uint64
	return loop.Assign(acc, identity(p.Table.Identity, p.LoopOut[0], unsafe.Pointer(&room)))
}

// identity writes an operation's neutral item of dtype d at p.
func identity(id kernel.Identity, d dtype.DType, p unsafe.Pointer) operand.Operand {
	n := loop.Number{Kind: d.Kind()}
	switch id {
	case kernel.IdentityOne:
		n.I, n.Re = 1, 1
	case kernel.IdentityMinusOne:
		n.I = -1
		if n.Kind == dtype.KindBool {
			n.I = 1
		}
	case kernel.IdentityMinusInf:
		n.Re = minusInf
	}
	loop.WriteNumber(p, d, n)
	return operand.Operand{Ptr: p, DType: d}
}

// once gives out's view of each accumulator once: length 1 along the folded axes.
func once(out operand.Operand, axes []bool) operand.Operand {
	shape := make([]int, len(out.Shape))
	for i, d := range out.Shape {
		if axes[i] {
			d = 1
		}
		shape[i] = d
	}
	out.Shape = shape
	return out
}

// spread gives an accumulator the operand's shape, with stride 0 along the folded axes.
func spread(acc operand.Operand, shape []int, axes []bool) operand.Operand {
	strides := make([]int, len(shape))
	for i := range shape {
		if !axes[i] {
			strides[i] = acc.Strides[i]
		}
	}
	acc.Shape, acc.Strides = shape, strides
	return acc
}

// slice cuts n places from first on out of one axis.
func slice(a operand.Operand, axis, first, n int) operand.Operand {
	shape := append([]int(nil), a.Shape...)
	shape[axis] = n
	a.Shape = shape
	if n > 0 {
		a.Ptr = unsafe.Add(a.Ptr, first*a.Strides[axis])
	}
	return a
}

func fresh(shape []int, d dtype.DType) operand.Operand {
	strides := make([]int, len(shape))
	n := d.ItemSize()
	for i := len(shape) - 1; i >= 0; i-- {
		strides[i] = n
		n *= shape[i]
	}
	return operand.Operand{Ptr: loop.Temp(n), DType: d, Shape: shape, Strides: strides}
}

// usable reports whether every item of o is an aligned native item of d.
func usable(o *operand.Operand, d dtype.DType) bool {
	if o.DType != d {
		return false
	}
	bits := uintptr(o.Ptr)
	for i, n := range o.Shape {
		if n > 1 {
			bits |= uintptr(o.Strides[i])
		}
	}
	return bits&uintptr(d.Alignment()-1) == 0
}

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
	m, err := loop.NewMover(p.LoopIn[1], a.DType)
	if err != nil {
		return err
	}
	if n.Stride[0][0] != 0 || p.Entry.Reduce == nil && !p.sameKinds() {
		return p.foldRows(acc.Ptr, &a, n, &m)
	}
	return p.foldRuns(acc.Ptr, &a, n, &m)
}

func (p *Plan) sameKinds() bool { return p.LoopIn[1] == p.LoopOut[0] }

// foldRuns folds runs of items into one accumulator each. NumPy's iterator
// decides what one run is: with one inner axis that needs no buffer the whole
// axis; else as many whole inner axes as fit the buffer, and as many times that
// as fit along the next axis.
func (p *Plan) foldRuns(acc unsafe.Pointer, a *operand.Operand, n *loop.Nest, m *loop.Mover) error {
	item := p.LoopIn[1]
	size := item.ItemSize()
	direct := usable(a, item)
	still := 1 // inner axes along which the accumulator stands still
	for still < n.N && n.Stride[0][still] == 0 {
		still++
	}
	inner := n.Shape[0]
	var on []byte
	mask := loop.Mover{}
	if p.Masked {
		on = make([]byte, min(max(inner, bufferItems), n.Size()))
		var err error
		if mask, err = loop.NewMover(dtype.Bool, p.Where.DType); err != nil {
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
				k := min(bufferItems, inner-i)
				if err := m.Move(buf, size, unsafe.Add(a.Ptr, n.Off[1]+i*n.Stride[1][0]), n.Stride[1][0], k, p.scratch, moverBlock); err != nil {
					return err
				}
				if err := loadMask(0, i, k); err != nil {
					return err
				}
				p.foldTrue(unsafe.Add(acc, n.Off[0]), buf, size, k, on)
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

// foldRun folds n aligned native items, stride bytes apart.
func (p *Plan) foldRun(acc, a unsafe.Pointer, stride, n int) {
	e := p.Entry
	if p.LoopIn[1].Kind() != e.In[1] { // logical operation on items of their own kind
		e = p.Table.Find(p.LoopIn[1].Kind(), p.LoopIn[1].Kind())
	}
	if e.Reduce != nil {
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

// foldRows folds items into a row of accumulators, one row after another.
func (p *Plan) foldRows(acc unsafe.Pointer, a *operand.Operand, n *loop.Nest, m *loop.Mover) error {
	s := p.scratch
	e, item, d := p.Entry, p.LoopIn[1], p.LoopOut[0]
	if item.Kind() != e.In[1] { // logical: by way of bools
		item = dtype.OfKind(e.In[1])
		var err error
		if *m, err = loop.NewMover(item, a.DType); err != nil {
			return err
		}
	}
	var mask loop.Mover
	if p.Masked {
		var err error
		if mask, err = loop.NewMover(dtype.Bool, p.Where.DType); err != nil {
			return err
		}
	}
	size, dsize := item.ItemSize(), d.ItemSize()
	inner := n.Shape[0]
	most := loop.BlockBytes / max(size, dsize)
	accDirect := n.Stride[0][0] == dsize || inner == 1
	aDirect := usable(a, item) && (n.Stride[1][0] == size || inner == 1)
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
			for j := range rows {
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
