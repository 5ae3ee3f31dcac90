package nd

import (
	"math"
	"slices"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// contractAll multiplies the terms pair by pair, sums what is not wanted, and
// returns the sum with the axes out, not a view of any operand.
func contractAll(terms []term, out []label, lengths map[label]int, operands []*Array) *Array {
	terms = slices.Clone(terms)
	for i := range terms {
		terms[i] = terms[i].withoutOnes(lengths)
	}
	for _, pair := range orderOf(terms, out, lengths) {
		if len(pair) == 1 {
			break
		}
		i, j := pair[0], pair[1]
		a, b := terms[i], terms[j]
		terms = slices.Delete(terms, j, j+1)
		terms = slices.Delete(terms, i, i+1)
		kept := func(l label) bool {
			return slices.Contains(out, l) || slices.ContainsFunc(terms, func(t term) bool { return slices.Contains(t.labels, l) })
		}
		terms = append(terms, pairProduct(a, b, kept, out))
	}
	t := terms[0].summed(func(l label) bool { return slices.Contains(out, l) })
	t = t.permutedTo(out)
	for _, a := range operands {
		if t.array.buf == a.buf {
			return t.array.Copy(K)
		}
	}
	return t.array.owned()
}

// withoutOnes drops axes of length 1 that others have longer.
func (t term) withoutOnes(lengths map[label]int) term {
	var lay layout.Layout
	lay.Offset = t.array.lay.Offset
	var labels []label
	for i, l := range t.labels {
		if n := t.array.lay.Shape[i]; n != 1 || lengths[l] == 1 {
			labels = append(labels, l)
			lay.Shape, lay.Strides = append(lay.Shape, n), append(lay.Strides, t.array.lay.Strides[i])
		}
	}
	if len(labels) == len(t.labels) {
		return t
	}
	return term{t.array.view(t.array.dtype, lay), labels}
}

// orderOf returns the pairs of terms to multiply, one after the other: the greedy path
// with any room and at any cost.
func orderOf(terms []term, out []label, lengths map[label]int) [][]int {
	if len(terms) <= 2 {
		return [][]int{allOf(len(terms))}
	}
	o := ordering{out: axesOf(out)}
	for l, n := range lengths {
		o.length[l.number()] = float64(n)
	}
	sets := make([]axisSet, len(terms))
	for i, t := range terms {
		sets[i] = axesOf(t.labels)
	}
	return o.greedy(sets, math.Inf(1), math.Inf(1))
}

// summed sums the axes that are not kept.
func (t term) summed(kept func(label) bool) term {
	var axes []int
	var labels []label
	for i, l := range t.labels {
		if kept(l) {
			labels = append(labels, l)
		} else {
			axes = append(axes, i)
		}
	}
	if len(axes) == 0 {
		return t
	}
	if dt := t.array.dtype; dt.IsInteger() || dt.IsFloat() || dt.IsComplex() {
		return term{t.array.Sum(Axis(axes...), DType(dt)), labels}
	}
	return term{t.array.AnyTrue(Axis(axes...)), labels}
}

// pairProduct multiplies two terms and sums the labels that are not kept.
func pairProduct(a, b term, kept func(label) bool, out []label) term {
	a = a.summed(func(l label) bool { return kept(l) || slices.Contains(b.labels, l) })
	b = b.summed(func(l label) bool { return kept(l) || slices.Contains(a.labels, l) })
	var both, inner, left, right []label
	for _, l := range a.labels {
		switch {
		case !slices.Contains(b.labels, l):
			left = append(left, l)
		case kept(l):
			both = append(both, l)
		default:
			inner = append(inner, l)
		}
	}
	for _, l := range b.labels {
		if !slices.Contains(a.labels, l) {
			right = append(right, l)
		}
	}
	if len(inner) == 0 {
		labels := slices.Concat(both, left, right)
		slices.SortStableFunc(labels, func(x, y label) int { return standing(out, x) - standing(out, y) })
		return term{a.spreadOver(labels).Multiply(b.spreadOver(labels)), labels}
	}
	x := a.stacked(both, left, inner)
	y := b.stacked(both, inner, right)
	r := matmul(x, y, &settings{casting: dtype.No})
	x.releaseUnless(a.array)
	y.releaseUnless(b.array)
	var shape []int
	for _, l := range both {
		shape = append(shape, a.length(l))
	}
	for _, l := range left {
		shape = append(shape, a.length(l))
	}
	for _, l := range right {
		shape = append(shape, b.length(l))
	}
	return term{r.Reshape(shape...).owned(), slices.Concat(both, left, right)}
}

// standing is where a label stands in the output; those that are summed stand last.
func standing(out []label, l label) int {
	if i := slices.Index(out, l); i >= 0 {
		return i
	}
	return len(out)
}

// spreadOver orders the axes by labels, with an axis of length 1 for each that t
// has not.
func (t term) spreadOver(labels []label) *Array {
	lay := layout.Layout{Offset: t.array.lay.Offset}
	for _, l := range labels {
		n, st := 1, 0
		if i := slices.Index(t.labels, l); i >= 0 {
			n, st = t.array.lay.Shape[i], t.array.lay.Strides[i]
		}
		lay.Shape, lay.Strides = append(lay.Shape, n), append(lay.Strides, st)
	}
	return t.array.view(t.array.dtype, lay)
}

// stacked makes matrices of t: the axes both, then one of all of rows, one of all
// of columns. It is a view where strides allow.
func (t term) stacked(both, rows, columns []label) *Array {
	v := t.permutedTo(slices.Concat(both, rows, columns))
	shape := slices.Clone(v.array.lay.Shape[:len(both)])
	n := len(both)
	for _, group := range [...][]label{rows, columns} {
		shape = append(shape, layout.Size(v.array.lay.Shape[n:n+len(group)]))
		n += len(group)
	}
	return v.array.Reshape(shape...)
}
