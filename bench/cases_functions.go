package main

import (
	"fmt"
	"slices"

	"github.com/stride-go/nd"
)

// functions are the elementary functions that transcendental leaves out, and the
// sizes that it leaves out, with -full alone.
func functions(full bool) (out []*benchCase) {
	if !full {
		return nil
	}
	ones := []unary{{"exp", (*nd.Array).Exp}, {"exp2", (*nd.Array).Exp2}, {"expm1", (*nd.Array).Expm1},
		{"log", (*nd.Array).Log}, {"log2", (*nd.Array).Log2}, {"log10", (*nd.Array).Log10}, {"log1p", (*nd.Array).Log1p},
		{"sin", (*nd.Array).Sin}, {"cos", (*nd.Array).Cos}, {"tan", (*nd.Array).Tan},
		{"arcsin", (*nd.Array).Arcsin}, {"arccos", (*nd.Array).Arccos}, {"arctan", (*nd.Array).Arctan},
		{"sinh", (*nd.Array).Sinh}, {"cosh", (*nd.Array).Cosh}, {"tanh", (*nd.Array).Tanh},
		{"arcsinh", (*nd.Array).Arcsinh}, {"arccosh", (*nd.Array).Arccosh}, {"arctanh", (*nd.Array).Arctanh}, {"cbrt", (*nd.Array).Cbrt}}
	twos := []binary{
		{"power", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Power(b, o...) }},
		{"hypot", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Hypot(b, o...) }},
		{"arctan2", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Arctan2(b, o...) }}}
	timed := transcendental(full)
	for _, dt := range []string{"f8", "f4"} {
		for _, n := range []int{1000, 100_000, 1_000_000} {
			a, b := input{"a", dt, []int{n}, ""}, input{"b", dt, []int{n}, "signed"}
			add := func(c benchCase) {
				c.dtype, c.layout, c.n, c.target = dt, "C", n, 1
				if !slices.ContainsFunc(timed, func(t *benchCase) bool { return t.name() == c.name() }) {
					out = append(out, &c)
				}
			}
			for _, o := range ones {
				in := a
				if o.name == "arccosh" {
					in.kind = "above 1"
				}
				add(benchCase{op: o.name, inputs: []input{in}, setup: "c = np.empty_like(a)", python: fmt.Sprintf("np.%s(a, out=c)", o.name),
					golang: func(v vars) func() { a, c := v["a"], nd.EmptyLike(v["a"]); return func() { o.call(a, nd.Out(c)) } }})
			}
			for _, o := range twos {
				add(benchCase{op: o.name, inputs: []input{a, b}, setup: "c = np.empty_like(a)", python: fmt.Sprintf("np.%s(a, b, out=c)", o.name),
					golang: func(v vars) func() {
						a, b, c := v["a"], v["b"], nd.EmptyLike(v["a"])
						return func() { o.call(a, b, nd.Out(c)) }
					}})
			}
		}
	}
	return out
}
