package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/ufunc"
)

// Accumulate returns the folds of all beginnings of a along axis 0, or the one
// given by Axis: result[i] = op(result[i-1], a[i]). Options: Axis, DType, Out.
func (u Binary) Accumulate(a *Array, opts ...Option) *Array {
	s := gather(u.Name(), optAxis|optDType|optOut, opts)
	if !s.has(optAxis) {
		s.axes = axis0
	}
	return accumulate(u.op, a, &s)
}

// alongPlan prepares an accumulate or a reduceat: the plan, the axis, the dtype
// of the result.
func alongPlan(op kernel.Op, method string, a *Array, s *settings) (*ufunc.Plan, int, dtype.DType) {
	p := ufunc.Borrow(op)
	name := s.opOr(p.Table.Name)
	a.use(name)
	if a.NDim() == 0 {
		fail(name, ErrType, "cannot %s on a scalar", method)
	}
	if s.axes == nil && a.NDim() == 1 {
		s.axes = axis0
	}
	if len(s.axes) != 1 {
		fail(name, ErrValue, "%s does not allow multiple axes", method)
	}
	axis := normAxis(name, s.axes[0], a.NDim())
	p.Ops[0] = a.operand()
	p.Ops[0].Weak = dtype.NotWeak
	dt := s.dtype.Native()
	var given dtype.DType
	if s.out != nil {
		given = s.out.dtype
	}
	must(name, p.ResolveReduce(dt, given))
	if !dt.IsValid() {
		dt = p.LoopOut[0]
	}
	return p, axis, dt
}

// alongOut allocates a result of a shape, ordered in memory as an operand with
// these strides, or checks the given one. inC says that the order is C.
func (s *settings) alongOut(op string, dt dtype.DType, shape, strides []int, inC bool) *Array {
	out := s.out
	if out == nil {
		n, err := layout.CheckedSize(shape, dt.ItemSize())
		must(op, err)
		if inC || len(shape) == 1 {
			return alloc(op, dt, shape, C, false)
		}
		perm := layout.Order(shape, strides)
		return allocStrides(op, dt, shape, layout.PermStrides(shape, perm, dt.ItemSize()), n, false)
	}
	out.use(op)
	if !out.flags.Has(Writeable) {
		fail(op, ErrReadOnly, "output array is read-only")
	}
	if !slices.Equal(out.lay.Shape, shape) {
		fail(op, ErrShape, "operands could not be broadcast together with shapes %s %s ", layout.ShapeString(shape), layout.ShapeString(out.lay.Shape))
	}
	return out
}

func accumulate(op kernel.Op, a *Array, s *settings) *Array {
	p, axis, dt := alongPlan(op, "accumulate", a, s)
	name := s.opOr(p.Table.Name)
	out := s.alongOut(name, dt, a.lay.Shape, a.lay.Strides, a.flags.Has(CContiguous))
	to := out.operand()
	work(name, s.out, func() error { return p.Accumulate(to, axis) }, a)
	p.Return()
	return out
}

// ReduceAt folds stretches of a along axis 0, or the one given by Axis: item k
// of the result is the fold of a[index[k]:index[k+1]] (up to the end for the
// last index), or a[index[k]] alone where the next index is not greater.
// Options: Axis, DType, Out. It panics with ErrIndex for an index outside. Places
// found as an array, of FlatNonZero for one, are a slice by Data[int].
func (u Binary) ReduceAt(a *Array, index []int, opts ...Option) *Array {
	s := gather(u.Name(), optAxis|optDType|optOut, opts)
	if !s.has(optAxis) {
		s.axes = axis0
	}
	if n := a.NDim(); n > 0 && (len(s.axes) == 1 || n == 1) {
		length := a.lay.Shape[0]
		if len(s.axes) == 1 {
			length = a.lay.Shape[normAxis(u.Name(), s.axes[0], n)]
		}
		for _, i := range index {
			if i < 0 || i >= length {
				fail(u.Name(), ErrIndex, "index %d out-of-bounds in %s.reduceat [0, %d)", i, u.Name(), length)
			}
		}
	}
	p, axis, dt := alongPlan(u.op, "reduceat", a, &s)
	name := s.op
	var room [2][inlineDims]int
	shape, strides := append(room[0][:0], a.lay.Shape...), append(room[1][:0], a.lay.Strides...)
	shape[axis] = len(index)
	strides[axis] = 0 // NumPy steps along this axis by itself
	out := s.alongOut(name, dt, shape, strides, false)
	to := out.operand()
	work(name, s.out, func() error { return p.ReduceAt(to, axis, index) }, a)
	p.Return()
	return out
}

// Outer applies the operation to all pairs: the result has a's axes, then b's.
// Options are those of Call.
func (u Binary) Outer[X, Y Operand](x X, y Y, opts ...Option) *Array {
	a, b := asArray(x), asArray(y)
	a.use(u.Name())
	lay := layout.Layout{Offset: a.lay.Offset}
	lay.Shape, lay.Strides = a.Shape(), a.Strides()
	for range b.NDim() {
		lay.Shape, lay.Strides = append(lay.Shape, 1), append(lay.Strides, 0)
	}
	v := a.view(a.dtype, lay)
	v.weak = a.weak
	return u.Call(v, b, opts...)
}

// At applies the operation in place to the items of a that index selects, one
// after another: a[index] = op(a[index], b), except that a place that index
// names several times is worked on several times. b is broadcast to the shape of
// the selection.
//
// Results are cast to a's dtype whatever they lose, as NumPy does here. It panics
// with ErrReadOnly for a read-only a (NumPy writes to it all the same).
func (u Binary) At[T Operand](a *Array, b T, index ...Idx) {
	if quickAt(u.op, a, b, index) {
		return
	}
	p := ufunc.Borrow(u.op)
	v := asArray(b)
	v.use(u.Name())
	p.Ops[0], p.Ops[1] = a.operand(), v.operand()
	if a.dtype.IsNumeric() && v.Size() > 0 {
		p.Ops[1].Shape, p.Ops[1].Strides = nil, nil
	}
	at(p, a, v, index)
}

// At applies the operation in place to the items of a that index selects, once
// for each time that index names them.
func (u Unary) At(a *Array, index ...Idx) {
	p := ufunc.Borrow(u.op)
	p.Ops[0] = a.operand()
	at(p, a, nil, index)
}

func at(p *ufunc.Plan, a, b *Array, index []Idx) {
	name := p.Table.Name
	a.mutate(name)
	p.SetOut(0, a.operand())
	p.Casting = dtype.Unsafe
	must(name, p.Resolve())
	places, shape := a.placesOf(name, index)
	if b != nil {
		w := b.weak
		if !loop.BroadcastsTo(b.lay.Shape, shape) {
			fail(name, ErrShape, "array is not broadcastable to correct shape")
		}
		b = b.copiedTo(name, b.dtype, shape).reshaped([]int{len(places)})
		b.weak = w
	}
	target := a.operand()
	items := target
	if b != nil {
		items = b.operand()
		items.Weak = dtype.NotWeak
	}
	work(name, a, func() error { return p.At(target, places, items) }, b)
	p.Return()
}

// placesOf returns the byte offsets of the items that index selects, from item
// [0,…,0], in the order of the selection, and the selection's shape.
func (a *Array) placesOf(op string, index []Idx) ([]int, []int) {
	// The same subscript applied to an array that holds its own offsets.
	var offsets *Array
	if a.NDim() != 1 {
		offsets = Zeros(dtype.Int64, a.lay.Shape...)
	}
	for k, d := range a.lay.Shape {
		step := Arange(d)
		step.Multiply(a.lay.Strides[k], Out(step))
		if offsets == nil {
			offsets = step
			break
		}
		for range a.NDim() - 1 - k {
			step = step.reshaped(append(step.Shape(), 1))
		}
		offsets.Add(step, Out(offsets))
	}
	sel := offsets.Subscript(index...)
	if !sel.flags.Has(CContiguous) {
		sel = sel.Copy()
	}
	if places, ok := sel.Data[int](); ok { // of 64 bits
		return places, sel.Shape()
	}
	places := make([]int, sel.Size())
	all, _ := sel.Data[int64]()
	for i, o := range all {
		places[i] = int(o)
	}
	return places, sel.Shape()
}
