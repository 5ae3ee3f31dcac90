package nd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// Einsum sums products of the operands as the subscripts say, Einstein's
// convention: in "ij,jk->ik" each letter names an axis, axes of one letter go
// together, and letters that are not behind the arrow are summed. Without an
// arrow the letters that occur once remain, in the order of the alphabet.
// Letters that occur twice in one operand take its diagonal; "..." stands for
// the other axes, which broadcast.
//
// One operand of which nothing is summed gives a view of it. Products are matrix
// products where two operands share a letter that is summed; three operands or
// more are multiplied in the order that keeps the intermediate results small
// (EinsumPath), so floats may be rounded other than in NumPy's plain loop. A result of
// two axes or more lies in memory as the last product leaves it, which need not be the
// order that NumPy gives it; OrderIs asks for one.
//
// It panics with ErrValue or ErrShape in the words of NumPy's einsum without
// optimize.
func Einsum(subscripts string, operands ...*Array) *Array {
	return EinsumWith(subscripts, operands)
}

// EinsumWith is Einsum with options: Out, DType, Casting (safe if not given),
// OrderIs.
func EinsumWith(subscripts string, operands []*Array, opts ...Option) *Array {
	if len(opts) == 0 {
		if r := quickEinsum(subscripts, operands); r != nil {
			return r
		}
	}
	s := gather(einsum, optOut|optDType|optCasting|optOrder, opts)
	if !s.has(optCasting) {
		s.casting = dtype.Safe
	}
	ndim := make([]int, len(operands))
	for i, a := range operands {
		a.use(einsum)
		ndim[i] = a.NDim()
	}
	x := readSubscripts(subscripts, ndim)
	view := len(operands) == 1 && s.out == nil
	for _, l := range x.out {
		view = view && slices.Contains(x.in[0], l)
	}
	for _, l := range x.in[0] {
		view = view && slices.Contains(x.out, l)
	}
	where := "single operand"
	if view && !s.dtype.IsValid() && !s.has(optOrder) {
		return operands[0].diagonals(x.in[0], where).permutedTo(x.out).array
	}
	terms := make([]term, len(operands))
	for i, a := range operands {
		if !view {
			where = fmt.Sprintf("operand %d", i)
		}
		terms[i] = a.diagonals(x.in[i], where)
	}
	lengths := einsumLengths(&x, terms, operands, s.out)
	dt := einsumDType(operands, &s)
	for i := range terms {
		terms[i].array = terms[i].array.ready(dt)
	}
	r := contractAll(terms, x.out, lengths, operands)
	if s.out == nil && s.has(optOrder) {
		return r.inTheOrder(s.order)
	}
	return handed(einsum, s.out, r)
}

func (a *Array) inTheOrder(o Order) *Array {
	if o == K || a.inOrder(o) {
		return a
	}
	return a.Copy(o)
}

// A term is an operand, or a product of some, with the label of each of its axes.
type term struct {
	array  *Array
	labels []label
}

// diagonals makes one axis of the axes that have the same label.
func (a *Array) diagonals(labels []label, where string) term {
	var t term
	lay := layout.Layout{Offset: a.lay.Offset}
	for i, l := range labels {
		n, st := a.lay.Shape[i], a.lay.Strides[i]
		k := slices.Index(t.labels, l)
		if k < 0 {
			t.labels = append(t.labels, l)
			lay.Shape, lay.Strides = append(lay.Shape, n), append(lay.Strides, st)
			continue
		}
		if lay.Shape[k] != n {
			fail(einsum, ErrShape, "dimensions in %s for collapsing index '%c' don't match (%d != %d)", where, rune(l), lay.Shape[k], n)
		}
		lay.Strides[k] += st
	}
	t.array = a.view(a.dtype, lay)
	return t
}

// permutedTo orders the axes by labels, all of which t has.
func (t term) permutedTo(labels []label) term {
	perm := make([]int, len(labels))
	for i, l := range labels {
		perm[i] = slices.Index(t.labels, l)
	}
	return term{t.array.permuted(perm), labels}
}

// length returns the length of the axis with that label, or 1.
func (t term) length(l label) int {
	if i := slices.Index(t.labels, l); i >= 0 {
		return t.array.lay.Shape[i]
	}
	return 1
}

// einsumLengths returns the length of every label.
func einsumLengths(x *subscripts, terms []term, operands []*Array, out *Array) map[label]int {
	n := map[label]int{}
	ok := true
	for _, t := range terms {
		for i, l := range t.labels {
			d := t.array.lay.Shape[i]
			if have, seen := n[l]; !seen || have == 1 {
				n[l] = d
			} else if d != 1 && d != have {
				ok = false
			}
		}
	}
	if out != nil {
		out.mutate(einsum)
		if out.NDim() < len(x.out) {
			fail(einsum, ErrValue, "einstein sum subscripts string contains too many subscripts for operand %d", len(terms))
		}
		if out.NDim() > len(x.out) {
			fail(einsum, ErrValue, "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.")
		}
		for i, l := range x.out {
			ok = ok && out.lay.Shape[i] == n[l]
		}
	}
	if !ok {
		einsumMismatch(x, terms, operands, out)
	}
	return n
}

// einsumMismatch reports lengths that do not go together: each operand's shape, and its
// axes in the order of the walk.
func einsumMismatch(x *subscripts, terms []term, operands []*Array, out *Array) {
	var b strings.Builder
	add := func(shape []int, t term) {
		var axes []string
		for _, l := range x.walk() {
			if i := slices.Index(t.labels, l); i >= 0 {
				axes = append(axes, commas(t.array.lay.Shape[i]))
			} else if len(axes) > 0 {
				axes = append(axes, "newaxis")
			}
		}
		if len(x.walk()) == 1 {
			axes[0] += "," // as of a tuple
		}
		fmt.Fprintf(&b, "%s->(%s) ", layout.ShapeString(shape), strings.Join(axes, ","))
	}
	for i, t := range terms {
		add(operands[i].lay.Shape, t)
	}
	if out != nil {
		add(out.lay.Shape, term{out, x.out})
	}
	fail(einsum, ErrShape, "operands could not be broadcast together with remapped shapes [original->remapped]: %s", b.String())
}

// einsumDType is the dtype in which the sums are taken.
func einsumDType(operands []*Array, s *settings) dtype.DType {
	dt := operands[0].dtype
	for _, a := range operands[1:] {
		var err error
		dt, err = dtype.Promote(dt, a.dtype)
		must(einsum, err)
	}
	if s.dtype.IsValid() {
		dt = s.dtype
	}
	dt = dt.Native()
	if !dt.IsNumeric() {
		fail(einsum, ErrType, "invalid data type for einsum")
	}
	for i, a := range operands {
		if !dtype.CanCast(a.dtype, dt, s.casting) {
			fail(einsum, ErrType, "Iterator operand %d dtype could not be cast from %s to %s according to the rule '%s'", i, a.dtype.Repr(), dt.Repr(), s.casting)
		}
	}
	if s.out != nil && !dtype.CanCast(dt, s.out.dtype, s.casting) {
		fail(einsum, ErrType, "Iterator requested dtype could not be cast from %s to %s, the operand %d dtype, according to the rule '%s'", dt.Repr(), s.out.dtype.Repr(), len(operands), s.casting)
	}
	return dt
}
