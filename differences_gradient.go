package nd

import (
	"slices"

	"github.com/stride-go/nd/dtype"
)

// Gradient returns the derivative along each axis, or those given by Axis, by
// second-order central differences inside and one-sided differences at the ends,
// of order 1 or EdgeOrder(2). Integers give float64. Options: Axis, Steps,
// EdgeOrder. It panics with ErrValue for an axis that is too short.
func Gradient(a *Array, opts ...Option) []*Array {
	const op = "gradient"
	a.use(op)
	s := gather(op, optAxis|optSpacing|optEdgeOrder, opts)
	axes := make([]int, a.NDim())
	for k := range axes {
		axes[k] = k
	}
	if s.axes != nil {
		axes = normTuple(op, "", s.axes, a.NDim())
	}
	steps := a.spacings(op, &s, axes)
	order := 1
	if o := s.rarely(optEdgeOrder); o != nil {
		order = o.said().ints[0]
	}
	if order > 2 {
		fail(op, ErrValue, "'edge_order' greater than 2 not supported")
	}
	dt := a.dtype
	if !dt.IsFloat() && !dt.IsComplex() {
		if dt.IsInteger() {
			a = a.AsType(dtype.Float64)
		}
		dt = dtype.Float64
	}
	out := make([]*Array, len(axes))
	for i, axis := range axes {
		if a.lay.Shape[axis] < order+1 {
			fail(op, ErrValue, "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.")
		}
		g := slope{f: a, out: EmptyLike(a, DType(dt)), axis: axis, step: steps[i]}
		g.inside()
		if order == 1 {
			g.ends1()
		} else {
			g.ends2()
		}
		out[i] = g.out
	}
	return out
}

// spacings returns the distance along each axis: 0-d, or 1-d if they differ.
func (a *Array) spacings(op string, s *settings, axes []int) []*Array {
	var given []*Array
	for _, o := range s.rare {
		if o.kind == optSpacing {
			given = append(given, o.arr)
		}
	}
	switch {
	case len(given) == 0:
		return slices.Repeat([]*Array{asArray(1.0)}, len(axes))
	case len(given) == 1 && given[0].NDim() == 0:
		return slices.Repeat(given, len(axes))
	case len(given) != len(axes):
		fail(op, ErrType, "invalid number of arguments")
	}
	for i, d := range given {
		switch {
		case d.NDim() == 0:
			continue
		case d.NDim() != 1:
			fail(op, ErrValue, "distances must be either scalars or 1d")
		case d.Size() != a.lay.Shape[axes[i]]:
			fail(op, ErrValue, "when 1d, distances must match the length of the corresponding dimension")
		}
		if d.dtype.IsInteger() {
			d = d.AsType(dtype.Float64)
		}
		step := d.Diff(1)
		if first := step.along(op, 0, I(0)); step.Equal(first).AllTrue().Item[bool]() {
			step = first
		}
		given[i] = step
	}
	return given
}

// slope is the derivative of f along one axis on its way to out.
type slope struct {
	f, out *Array
	axis   int
	step   *Array // between neighbours: 0-d, or one for each pair
}

func (g *slope) at(it Idx) *Array { return g.f.along("gradient", g.axis, it) }

func (g *slope) put(it Idx, x *Array) { copyInto("gradient", g.out.along("gradient", g.axis, it), x) }

// fill is put for many items, which are computed where they belong.
func (g *slope) fill(it Idx, x *Lazy) {
	if to := g.out.along("gradient", g.axis, it); x.DType() == to.dtype {
		x.Eval(Out(to))
	} else {
		copyInto("gradient", to, x.Eval())
	}
}

// between returns the step between two neighbours, by the number of the first.
func (g *slope) between(i int) *Array {
	if g.step.NDim() == 0 {
		return g.step
	}
	return g.step.along("gradient", 0, I(i))
}

// times returns c*x, weak if x is.
func times(c float64, x *Array) *Array { return weakly(x, asArray(c).Multiply(x)) }

// weakly returns r, weak if x is a Go number.
func weakly(x, r *Array) *Array {
	if x.weak != dtype.NotWeak && r.NDim() == 0 {
		return Weak(r)
	}
	return r
}

// inside computes all but the two ends.
func (g *slope) inside() {
	mid := R(1, -1)
	if g.step.NDim() == 0 {
		x, y, h := g.at(From(2)), g.at(To(-2)), times(2, g.step)
		if g.f.Size() < lazyLeast {
			g.put(mid, x.Subtract(y).Divide(h))
		} else {
			g.fill(mid, x.Lazy().Subtract(y).Divide(h))
		}
		return
	}
	h1, h2 := g.step.along("", 0, To(-1)), g.step.along("", 0, From(1))
	sum := h1.Add(h2)
	a := h2.Negative().Divide(h1.Multiply(sum))
	b := h2.Subtract(h1).Divide(h1.Multiply(h2))
	c := h1.Divide(h2.Multiply(sum))
	shape := slices.Repeat([]int{1}, g.f.NDim())
	shape[g.axis] = a.Size()
	g.fill(mid, a.Reshape(shape...).Lazy().Multiply(g.at(To(-2))).
		Add(b.Reshape(shape...).Lazy().Multiply(g.at(mid))).
		Add(c.Reshape(shape...).Lazy().Multiply(g.at(From(2)))))
}

// ends1 computes the ends from two items each.
func (g *slope) ends1() {
	g.put(I(0), g.at(I(1)).Subtract(g.at(I(0))).Divide(g.between(0)))
	g.put(I(-1), g.at(I(-1)).Subtract(g.at(I(-2))).Divide(g.between(-1)))
}

// ends2 computes the ends from three items each.
func (g *slope) ends2() {
	three := func(to int, x, y, z int, a, b, c *Array) {
		g.put(I(to), a.Multiply(g.at(I(x))).Add(b.Multiply(g.at(I(y)))).Add(c.Multiply(g.at(I(z)))))
	}
	if g.step.NDim() == 0 {
		over := func(c float64) *Array { return weakly(g.step, asArray(c).Divide(g.step)) }
		three(0, 0, 1, 2, over(-1.5), over(2), over(-0.5))
		three(-1, -3, -2, -1, over(0.5), over(-2), over(1.5))
		return
	}
	h1, h2 := g.between(0), g.between(1)
	sum := h1.Add(h2)
	three(0, 0, 1, 2, times(2, h1).Add(h2).Negative().Divide(h1.Multiply(sum)),
		sum.Divide(h1.Multiply(h2)), h1.Negative().Divide(h2.Multiply(sum)))
	h1, h2 = g.between(-2), g.between(-1)
	sum = h1.Add(h2)
	three(-1, -3, -2, -1, h2.Divide(h1.Multiply(sum)),
		h2.Add(h1).Negative().Divide(h1.Multiply(h2)), times(2, h2).Add(h1).Divide(h2.Multiply(sum)))
}
