package ufunc

import (
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/loop"
	"github.com/stride-go/nd/internal/nderr"
	"github.com/stride-go/nd/internal/operand"
)

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
		if loop.Textual(a) && p.Op == kernel.Add {
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

// HasStart reports whether a fold of no items has a value.
func (p *Plan) HasStart() bool {
	return p.Initial.Ptr != nil || p.Table.Identity != kernel.NoIdentity
}

// Reduce folds those axes of Ops[0] into out, which has the operand's shape with
// stride 0 along them. Masked items are left out.
func (p *Plan) Reduce(out operand.Operand, axes []bool) error {
	a := p.Ops[0]
	folded, count, axis := 1, 0, 0
	for i, f := range axes {
		if f {
			folded *= a.Shape[i]
			count++
			axis = i
		}
	}
	if count > 1 && !p.Table.Reorderable {
		return p.fail(nderr.ErrValue, "reduction operation '%s' is not reorderable, so at most one axis may be specified", p.Table.Name)
	}
	if p.Masked && !p.HasStart() {
		return p.fail(nderr.ErrValue, "reduction operation '%s' does not have an identity, so to use a where mask one has to specify 'initial'", p.Table.Name)
	}
	if folded == 0 && !p.HasStart() {
		return p.fail(nderr.ErrValue, "zero-size array to reduction operation %s which has no identity", p.Table.Name)
	}
	result := p.once(out, axes)
	if result.Size() == 0 {
		return nil
	}
	acc := result
	d := p.LoopOut[0]
	if !usable(&result, d) || loop.Overlap(&result, &a) || p.Masked && loop.Overlap(&result, &p.Where) {
		acc = fresh(result.Shape, d)
	}
	if err := p.start(acc, a); err != nil {
		return err
	}
	if !p.HasStart() && count == 1 {
		// The first item is in the accumulator already. With several axes it is
		// folded once more, which the reorderable operations do not mind.
		a.Shape = append(p.dims[:0], a.Shape...)
		if a.Shape[axis]--; a.Shape[axis] > 0 {
			a.Ptr = unsafe.Add(a.Ptr, a.Strides[axis])
		}
		folded = a.Shape[axis]
	}
	if folded > 0 && (count > 0 || p.HasStart()) {
		out.Shape = a.Shape
		if acc.Ptr != result.Ptr {
			out = spread(acc, a.Shape, axes)
		}
		if err := p.foldAll(out, a, axes); err != nil {
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
func (p *Plan) start(acc, a operand.Operand) error {
	if !p.HasStart() {
		a.Shape = acc.Shape
		return loop.Assign(acc, a)
	}
	if p.Initial.Ptr != nil {
		return loop.Assign(acc, p.Initial)
	}
	one := identity(p.Table.Identity, p.LoopOut[0], unsafe.Pointer(&p.number))
	if n, size := acc.Size(), one.DType.ItemSize(); n*size <= loop.BlockBytes && layout.IsC(acc.Shape, acc.Strides, size) {
		kernel.Fill(acc.Ptr, one.Ptr, size, n)
		return nil
	}
	return loop.Assign(acc, one)
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
func (p *Plan) once(out operand.Operand, axes []bool) operand.Operand {
	shape := p.ones[:len(out.Shape)]
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
	if a.Size() > 0 { // without items no address is one of the block's
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
