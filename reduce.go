package nd

import (
	"math"

	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/operand"
	"github.com/stride-go/nd/internal/ufunc"
)

const reduceOptions = optAxis | optKeepDims | optDType | optOut | optInitial | optWhere

// Reduce folds a with the operation along axis 0, or along the axes given by
// Axis, which leave the shape unless KeepDims is given; AllAxes folds them all.
// An operation that is not commutative, such as Subtract, folds one axis only.
// Add and Multiply widen bools and small integers to 64 bits. Options: Axis,
// KeepDims, DType, Out, Initial, Where.
//
// Floats are summed in pairs along the axis that lies densest in memory (an
// error bound that grows with log n), and row by row along others, with exactly
// NumPy's rounding.
//
// It panics with ErrValue for no items where the operation has no identity
// ("zero-size array to reduction operation maximum which has no identity").
func (u Binary) Reduce(a *Array, opts ...Option) *Array {
	s := gather(u.Name(), reduceOptions, opts)
	if !s.has(optAxis) {
		s.axes = axis0
	}
	return reduce(u.op, a, &s)
}

var axis0 = []int{0}

// folded returns which of a's axes a call folds: all for nil. For a 0-d array
// axis 0 is allowed, as in NumPy.
func (a *Array) folded(op string, axes []int) []bool { return a.foldedIn(nil, op, axes) }

// foldedIn is folded in room, which may be too little.
func (a *Array) foldedIn(room []bool, op string, axes []int) []bool {
	nd := a.NDim()
	if nd > cap(room) {
		room = make([]bool, nd)
	}
	out := room[:nd]
	if axes == nil || nd == 0 && len(axes) == 1 && (axes[0] == 0 || axes[0] == -1) {
		for i := range out {
			out[i] = true
		}
		return out
	}
	clear(out)
	for _, k := range axes {
		k = normAxis(op, k, nd)
		if out[k] {
			_, err := layout.NormAxes(axes, nd) // which has the words
			must(op, err)
		}
		out[k] = true
	}
	return out
}

// shortFold is a shorter way of reduce; nil if there is none.
func shortFold(op kernel.Op, a *Array, s *settings) *Array {
	floats := s.dtype == dtype.Float64 && a.dtype.Kind() <= dtype.KindUint64 && op == kernel.Add
	switch {
	case s.out != nil || s.where != nil || s.initial != nil || s.dtype.IsValid() && !floats:
	case len(s.axes) == 1:
		return quickFold(op, a, s.axes[0], s.keepDims, floats)
	case s.axes == nil && !s.keepDims && !floats:
		return quickReduce(op, a)
	}
	return nil
}

// reduce is every reduction by a binary operation; s.axes nil folds all axes.
func reduce(op kernel.Op, a *Array, s *settings) *Array {
	if r := shortFold(op, a, s); r != nil {
		return r
	}
	p := ufunc.Borrow(op)
	name := s.opOr(p.Table.Name)
	a.use(name)
	var room [inlineDims]bool
	axes := a.foldedIn(room[:], name, s.axes)
	p.Ops[0] = a.operand()
	p.Ops[0].Weak = dtype.NotWeak
	dt := s.dtype.Native()
	var given dtype.DType
	if s.out != nil {
		given = s.out.dtype
	}
	must(name, p.ResolveReduce(dt, given))
	if s.initial != nil {
		s.initial.use(name)
		p.Initial = s.initial.operand()
		if s.initial.NDim() != 0 {
			fail(name, ErrValue, "initial must be a scalar")
		}
	}
	if s.where != nil {
		w := s.where
		w.use(name)
		if w.dtype.Kind() != dtype.KindBool {
			fail(name, ErrType, "Cannot cast array data from %s to dtype('bool') according to the rule 'safe'", w.dtype.Repr())
		}
		if !loop.BroadcastsTo(w.lay.Shape, a.lay.Shape) {
			if w.NDim() > a.NDim() {
				fail(name, ErrShape, "input operand has more dimensions than allowed by the axis remapping")
			}
			both, err := layout.Broadcast(a.lay.Shape, w.lay.Shape)
			if err == nil { // together they are larger than a
				fail(name, ErrShape, "non-broadcastable operand with shape %s doesn't match the broadcast shape %s", layout.ShapeString(a.lay.Shape), layout.ShapeString(both))
			}
			fail(name, ErrShape, "operands could not be broadcast together with remapped shapes [original->remapped]: %s %s ", layout.ShapeString(a.lay.Shape), layout.ShapeString(w.lay.Shape))
		}
		p.Where, p.Masked = w.operand(), true
	}
	out := s.out
	if out == nil {
		d := p.LoopOut[0]
		if dt.IsValid() {
			d = dt
		}
		out = a.reduced(name, d, axes, s.keepDims, s.where)
	} else {
		out.use(name)
		if !out.flags.Has(Writeable) {
			fail(name, ErrReadOnly, "output array is read-only")
		}
		checkReduced(name, p.Table.Name, out, a, axes, s.keepDims)
	}
	full := out.spread(p.Steps(a.NDim()), a.lay.Shape, axes)
	work(name, s.out, func() error { return p.Reduce(full, axes) }, a, s.where, s.initial)
	p.Return()
	return out
}

// reduced allocates the result of folding axes of a under a mask, which may be
// nil.
func (a *Array) reduced(op string, dt dtype.DType, axes []bool, keep bool, mask *Array) *Array {
	if out := a.reducedDense(dt, axes, keep, mask); out != nil {
		return out
	}
	shape, strides, n := a.reducedLayout(op, dt, axes, keep, mask)
	return allocStrides(op, dt, shape, strides, n, false)
}

// reducedDense is reduced for results of numbers that lie in C order as a and the mask do,
// or have no two axes that could lie in another; nil for all others.
func (a *Array) reducedDense(dt dtype.DType, axes []bool, keep bool, mask *Array) *Array {
	var room [inlineDims]int
	shape, n := room[:0], 1
	for i, f := range axes {
		d := a.lay.Shape[i]
		if f {
			d = 1
		}
		if n *= d; !f || keep {
			if len(shape) == len(room) {
				return nil
			}
			shape = append(shape, d)
		}
	}
	inC := a.flags.Has(CContiguous) && (mask == nil || mask.flags.Has(CContiguous) && sameShape(a, mask))
	if n == 0 || len(shape) > 1 && !inC || !dt.IsNumeric() || n > math.MaxInt/16 {
		return nil
	}
	return dense(dt, shape, n, buffer.Soon)
}

// reducedLayout returns the shape and strides of the result of folding axes of a
// under a mask, which may be nil, and how many items it has: the axes that are
// left lie in memory as those of a and the mask do.
func (a *Array) reducedLayout(op string, dt dtype.DType, axes []bool, keep bool, mask *Array) (shape, strides []int, n int) {
	strides = a.lay.Strides
	perm := layout.Order(a.lay.Shape, strides)
	if mask != nil {
		m, err := layout.BroadcastStrides(mask.lay.Shape, mask.lay.Strides, a.lay.Shape)
		must(op, err)
		perm = layout.Order(a.lay.Shape, strides, m)
	}
	shape = a.Shape()
	for i, f := range axes {
		if f {
			shape[i] = 1
		}
	}
	item := dt.ItemSize()
	n, err := layout.CheckedSize(shape, item)
	must(op, err)
	strides = layout.PermStrides(shape, perm, item)
	if !keep {
		k := 0
		for i, f := range axes {
			if !f {
				shape[k], strides[k] = shape[i], strides[i]
				k++
			}
		}
		shape, strides = shape[:k], strides[:k]
	}
	return shape, strides, n
}

// spread gives the engine the result of a reduction with the shape of what is
// folded: stride 0 along the folded axes. strides is room for as many.
func (a *Array) spread(strides, shape []int, axes []bool) operand.Operand {
	o := a.operand()
	clear(strides)
	kept := len(o.Shape) == len(shape)
	k := 0
	for i := range shape {
		if !axes[i] {
			strides[i] = o.Strides[k]
		}
		if !axes[i] || kept {
			k++
		}
	}
	o.Shape, o.Strides, o.Weak = shape, strides, dtype.NotWeak
	return o
}

// checkReduced refuses an out= whose shape is not that of the result of a fold.
func checkReduced(op, fold string, out, a *Array, axes []bool, keep bool) {
	var room [inlineDims]int
	want := room[:0]
	for i, f := range axes {
		switch {
		case !f:
			want = append(want, a.lay.Shape[i])
		case keep:
			want = append(want, 1)
		}
	}
	if len(want) != out.NDim() {
		fail(op, ErrValue, "output parameter for reduction operation %s has the wrong number of dimensions: Found %d but expected %d", fold, out.NDim(), len(want))
	}
	for i, d := range want {
		if out.lay.Shape[i] != d {
			fail(op, ErrShape, "operands could not be broadcast together with remapped shapes [original->remapped]: %s->%s %s ",
				layout.ShapeString(out.lay.Shape), remapped(out.lay.Shape, axes, keep), layout.ShapeString(a.lay.Shape))
		}
	}
}

// remapped prints an output's shape with a newaxis for each folded axis, leading
// ones left out.
func remapped(shape []int, axes []bool, keep bool) string {
	s, k := "(", 0
	for i, f := range axes {
		switch {
		case f && s == "(":
		case f:
			s += "newaxis,"
		default:
			s += layout.ShapeString(shape[k : k+1])[1:]
			s = s[:len(s)-1]
		}
		if !f || keep && i < len(shape) {
			k++
		}
	}
	if s[len(s)-1] == ',' {
		s = s[:len(s)-1]
	}
	return s + ")"
}
