package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// PrependIs puts items before the first along the axis before Diff subtracts.
func PrependIs[T Operand](x T) Option { return Option{kind: optPrepend, arr: asArray(x)} }

// AppendIs puts items behind the last along the axis before Diff subtracts.
func AppendIs[T Operand](x T) Option { return Option{kind: optAppend, arr: asArray(x)} }

// Diff returns the n-th differences along the last axis, or the one given by
// Axis: a[i+1] - a[i], done n times. Of bools it is whether neighbours differ.
// For n = 0 it is a itself. Options: Axis, PrependIs, AppendIs.
func (a *Array) Diff(n int, opts ...Option) *Array {
	const op = "diff"
	a.use(op)
	s := gather(op, optAxis|optPrepend|optAppend, opts)
	if n < 0 {
		fail(op, ErrValue, "order must be non-negative but got %d", n)
	}
	if n == 0 {
		return a
	}
	if a.NDim() == 0 {
		fail(op, ErrValue, "diff requires input that is at least one dimensional")
	}
	axis := a.sortAxis(op, &s)
	var made *Array // what a is, if nobody else has seen it
	if parts := a.extended(axis, &s); len(parts) > 1 {
		made = Concatenate(parts, Axis(axis))
		a = made
	}
	sub := Subtract
	if a.dtype.Kind() == dtype.KindBool {
		sub = NotEqual
	}
	for i := range n {
		if i > 0 && a.lay.Shape[axis] == 0 {
			break // and stays so
		}
		a = spend(sub.Call(a.along(op, axis, From(1)), a.along(op, axis, To(-1))), made)
		made = a
		if a.lay.Shape[axis] == 0 {
			break // the differences of nothing are nothing
		}
	}
	return a
}

// extended returns a with what PrependIs and AppendIs put around it.
func (a *Array) extended(axis int, s *settings) []*Array {
	parts := []*Array{a}
	around := func(k optKind) *Array {
		o := s.rarely(k)
		if o == nil || o.arr.NDim() > 0 {
			if o == nil {
				return nil
			}
			return o.arr
		}
		shape := a.Shape()
		shape[axis] = 1
		return o.arr.BroadcastTo(shape...)
	}
	if x := around(optPrepend); x != nil {
		parts = append([]*Array{x}, parts...)
	}
	if x := around(optAppend); x != nil {
		parts = append(parts, x)
	}
	return parts
}

// EDiff1D returns the differences between neighbours of the items in C order,
// between the items that PrependIs and AppendIs put around them. It panics with
// ErrType if those do not cast to a's dtype by same_kind.
func (a *Array) EDiff1D(opts ...Option) *Array {
	const op = "ediff1d"
	a.use(op)
	s := gather(op, optPrepend|optAppend, opts)
	flat := a.flat(op)
	ends := func(k optKind, name string) *Array {
		o := s.rarely(k)
		if o == nil {
			return nil
		}
		if !dtype.CanCast(o.arr.dtype, a.dtype, dtype.SameKind) {
			fail(op, ErrType, "dtype of `%s` must be compatible with input `ary` under the `same_kind` rule.", name)
		}
		return o.arr.AsType(a.dtype).flat(op)
	}
	before, after := ends(optPrepend, "to_begin"), ends(optAppend, "to_end")
	mid := flat
	if flat.Size() > 0 {
		mid = flat.along(op, 0, From(1)).Subtract(flat.along(op, 0, To(-1)))
	}
	parts := make([]*Array, 0, 3)
	for _, p := range []*Array{before, mid, after} {
		if p != nil {
			parts = append(parts, p)
		}
	}
	if len(parts) == 1 {
		return mid
	}
	return Concatenate(parts).AsType(a.dtype, CopyIs(false))
}

// Steps sets the distance between neighbours, or with a 1-d array the
// coordinates, along the axes of Gradient (once for all axes, or once an axis)
// and of Trapezoid, whose coordinates may have the array's shape.
func Steps[T Operand](x T) Option { return Option{kind: optSpacing, arr: asArray(x)} }

// EdgeOrder sets the order of accuracy at the ends of Gradient: 1 or 2.
func EdgeOrder(n int) Option { return optEdgeOrder.with(&optMore{ints: []int{n}}) }

// lazyLeast is the number of items from which an expression of a few operations beats them
// one by one.
const lazyLeast = 512

// Trapezoid returns the integral along the last axis, or the one given by Axis,
// by the trapezoidal rule. Options: Axis, Steps (1 by default).
func (a *Array) Trapezoid(opts ...Option) *Array {
	const op = "trapezoid"
	a.use(op)
	s := gather(op, optAxis|optSpacing, opts)
	axis := a.sortAxis(op, &s)
	d := asArray(1.0)
	if o := s.rarely(optSpacing); o != nil {
		d = o.arr
	}
	switch d.NDim() {
	case 0:
	case 1:
		shape := slices.Repeat([]int{1}, a.NDim())
		d = d.Diff(1)
		shape[axis] = d.Size()
		d = d.Reshape(shape...)
	default:
		d = d.Diff(1, Axis(axis))
	}
	x, y := a.along(op, axis, From(1)), a.along(op, axis, To(-1))
	if a.Size() < lazyLeast {
		return d.Multiply(x.Add(y)).Divide(2.0).Sum(Axis(axis))
	}
	sums := x.Lazy().Add(y)
	return d.Lazy().Multiply(sums).Divide(2.0).Sum(Axis(axis)).Eval()
}

// IncludeInitial puts the start, 0 or 1, before the sums or products.
func IncludeInitial() Option { return Option{kind: optIncludeInitial} }

// CumulativeSum returns the sums of all beginnings along the axis given by Axis,
// which an array of several axes needs (the array API's form of CumSum).
// Options: Axis, DType, Out, IncludeInitial.
func (a *Array) CumulativeSum(opts ...Option) *Array {
	return a.cumulative(kernel.Add, "cumulative_sum", 0, opts)
}

// CumulativeProd is CumulativeSum for products.
func (a *Array) CumulativeProd(opts ...Option) *Array {
	return a.cumulative(kernel.Multiply, "cumulative_prod", 1, opts)
}

func (a *Array) cumulative(k kernel.Op, op string, start int, opts []Option) *Array {
	a.use(op)
	s := gather(op, optAxis|optDType|optOut|optIncludeInitial, opts)
	a = a.AtLeast1D()
	if s.axes == nil {
		if a.NDim() > 1 {
			fail(op, ErrValue, "For arrays which have more than one dimension ``axis`` argument is required.")
		}
		s.axes = []int{0}
	}
	if !s.has(optIncludeInitial) {
		return accumulate(k, a, &s)
	}
	axis := normAxis(op, s.axes[0], a.NDim())
	out := s.out
	if out == nil {
		t := s
		sums := accumulate(k, a, &t)
		shape := a.Shape()
		shape[axis]++
		out = alloc(op, sums.dtype, shape, C, false)
		copyInto(op, out.along(op, axis, From(1)), sums)
	} else {
		s.out = out.along(op, axis, From(1))
		accumulate(k, a, &s)
	}
	copyInto(op, out.along(op, axis, I(0)), asArray(start))
	return out
}
