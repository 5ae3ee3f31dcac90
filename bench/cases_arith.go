package main

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

func smallCalls(bool) []*benchCase {
	in := []input{{"a", "f8", []int{8}, ""}, {"b", "f8", []int{8}, ""}}
	return []*benchCase{
		{op: "add out", dtype: "f8", layout: "C", n: 8, inputs: in, setup: "c = np.empty(8)", python: "np.add(a, b, out=c)", target: 10,
			golang: func(v vars) func() {
				a, b, c := v["a"], v["b"], nd.Empty(dtype.Float64, 8)
				return func() { a.Add(b, nd.Out(c)) }
			}},
		{op: "add fresh", dtype: "f8", layout: "C", n: 8, inputs: in, python: "a + b", target: 2.5,
			golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = a.Add(b) } }},
		{op: "multiply by 2.0 fresh", dtype: "f8", layout: "C", n: 8, inputs: in, python: "a * 2.0", target: 2.5,
			golang: func(v vars) func() { a := v["a"]; return func() { sink = a.Multiply(2.0) } }},
		{op: "slice", dtype: "f8", layout: "C", n: 8, inputs: in, python: "a[1:]", target: 2,
			golang: func(v vars) func() { a := v["a"]; return func() { sink = a.Slice(nd.From(1)) } }},
		{op: "scalar read", dtype: "f8", layout: "C", n: 8, inputs: in, python: "a[3]", target: 5,
			golang: func(v vars) func() {
				a := v["a"]
				s := 0.0
				return func() { s += a.At[float64](3) }
			}},
		{op: "sum", dtype: "f8", layout: "C", n: 8, inputs: in, python: "a.sum()",
			golang: func(v vars) func() { a := v["a"]; return func() { sink = a.Sum() } }},
	}
}

// byNumber multiplies by a Go number, as long as the arrays of other cases.
func byNumber(full bool) (out []*benchCase) {
	for i, n := range append([]int{8}, sizes...) {
		if !full && n == sizes[len(sizes)-1] {
			continue // as add
		}
		out = append(out, &benchCase{op: "multiply by 2.0 out", dtype: "f8", layout: "C", n: n, inputs: []input{{"a", "f8", []int{n}, ""}},
			setup: fmt.Sprintf("c = np.empty(%d)", n), python: "np.multiply(a, 2.0, out=c)", target: []float64{10, 3, 1, 1}[i],
			golang: func(v vars) func() {
				a, c := v["a"], nd.Empty(dtype.Float64, n)
				return func() { a.Multiply(2.0, nd.Out(c)) }
			}})
	}
	return out
}

func elementwise(full bool) (out []*benchCase) {
	ops := []binary{
		{"add", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Add(b, o...) }},
		{"multiply", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Multiply(b, o...) }},
		{"greater", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Greater(b, o...) }},
		{"maximum", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Maximum(b, o...) }},
		{"subtract", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Subtract(b, o...) }},
		{"equal", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Equal(b, o...) }},
		{"divide", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Divide(b, o...) }},
	}
	for _, n := range sizes {
		for _, dt := range pick(full, 2, "f8", "f4", "i4", "i8", "u1") {
			first := 4
			if dt != "f8" {
				first = 1
			}
			in := []input{{"a", dt, []int{n}, ""}, {"b", dt, []int{n}, "signed"}}
			for _, o := range pick(full, first, ops...) {
				if o.name == "divide" && dt[0] != 'f' {
					continue
				}
				res := dtype.MustParse(dt)
				if o.name == "greater" || o.name == "equal" {
					res = dtype.Bool
				}
				c := benchCase{op: o.name + " out", dtype: dt, layout: "C", n: n, inputs: in, target: bySize(n, 3, 1, 1),
					setup:  fmt.Sprintf("c = np.zeros(%d, %q)", n, res.TypeStr()),
					python: fmt.Sprintf("np.%s(a, b, out=c)", o.name),
					golang: func(v vars) func() {
						a, b, c := v["a"], v["b"], nd.Zeros(res, n)
						return func() { o.call(a, b, nd.Out(c)) }
					}}
				out = append(out, &c)
				if n == 10_000_000 && (full || o.name == "add") {
					all := c
					all.all, all.target = true, 1.4
					out = append(out, &all)
				}
				if o.name != "add" && !(full && o.name == "greater") {
					continue
				}
				fresh := benchCase{op: o.name + " fresh", dtype: dt, layout: "C", n: n, inputs: in, target: bySize(n, .9, .9, 1.2),
					python: fmt.Sprintf("np.%s(a, b)", o.name),
					golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = o.call(a, b) } }}
				released := fresh
				released.op = o.name + " released"
				released.golang = func(v vars) func() {
					a, b := v["a"], v["b"]
					return func() { o.call(a, b).Release() }
				}
				out = append(out, &fresh, &released)
			}
		}
	}
	return out
}

func casts(full bool) (out []*benchCase) {
	for _, n := range sizes {
		for _, c := range pick(full, 2, [2]string{"f8", "f4"}, [2]string{"i4", "f8"}, [2]string{"f4", "f8"}, [2]string{"f4", "i4"}, [2]string{"f8", "i8"}, [2]string{"u1", "f4"}, [2]string{"i8", "f8"}, [2]string{"i4", "u1"}) {
			to := dtype.MustParse(c[1])
			one := benchCase{op: "cast to " + c[1], dtype: c[0], layout: "C", n: n, inputs: []input{{"a", c[0], []int{n}, "signed"}},
				setup: fmt.Sprintf("c = np.zeros(%d, %q)", n, c[1]), python: "np.copyto(c, a, casting='unsafe')", target: bySize(n, 3, 1, 1),
				golang: func(v vars) func() {
					a, b := v["a"], nd.Zeros(to, n)
					return func() { b.Assign(a) }
				}}
			out = append(out, &one)
			if n == 10_000_000 && full {
				all := one
				all.all, all.target = true, 1.4
				out = append(out, &all)
			}
		}
	}
	return out
}

// fused expressions stand beside NumPy, which makes an array of each step, and
// numexpr, which does not.
func fused(full bool) (out []*benchCase) {
	const n = 10_000_000
	in := func(names ...string) (out []input) {
		for i, name := range names {
			out = append(out, input{name, "f8", []int{n}, []string{"", "signed"}[i%2]})
		}
		return out
	}
	type expression struct {
		benchCase
		numexpr string
	}
	cases := []expression{
		{benchCase{op: "2*a + 3*b*c - d", inputs: in("a", "b", "cc", "dd"), python: "2*a + 3*b*cc - dd", target: 4,
			golang: func(v vars) func() {
				a, b, c, d := v["a"].Lazy(), v["b"].Lazy(), v["cc"].Lazy(), v["dd"].Lazy()
				return func() { sink = a.Multiply(2).Add(b.Multiply(3).Multiply(c)).Subtract(d).Eval() }
			}}, "2*a + 3*b*cc - dd"},
		{benchCase{op: "((a-b)**2).sum()", inputs: in("a", "b"), python: "((a-b)**2).sum()", target: 4,
			golang: func(v vars) func() {
				a, b := v["a"].Lazy(), v["b"].Lazy()
				return func() { sink = a.Subtract(b).Power(2).Sum().Eval() }
			}}, "sum((a-b)**2)"},
	}
	if full {
		cases = append(cases, []expression{
			{benchCase{op: "where(a > b, 2*a, b)", inputs: in("a", "b"), python: "np.where(a > b, 2*a, b)",
				golang: func(v vars) func() {
					a, b := v["a"].Lazy(), v["b"].Lazy()
					return func() { sink = a.Greater(b).Where(a.Multiply(2), b).Eval() }
				}}, "where(a > b, 2*a, b)"},
			{benchCase{op: "(a > 0.5) & (b < 0.5)", inputs: in("a", "b"), python: "(a > 0.5) & (b < 0.5)",
				golang: func(v vars) func() {
					a, b := v["a"].Lazy(), v["b"].Lazy()
					return func() { sink = a.Greater(0.5).BitwiseAnd(b.Less(0.5)).Eval() }
				}}, "(a > 0.5) & (b < 0.5)"},
		}...)
	}
	for _, c := range cases {
		c.dtype, c.layout, c.n = "f8", "C", n
		x := c.benchCase
		x.peer, x.target, x.python = numexpr, 1.2, fmt.Sprintf("ne.evaluate('%s')", c.numexpr)
		for _, c := range []benchCase{c.benchCase, x} {
			all := c
			all.all = true
			out = append(out, &c, &all)
		}
	}
	return out
}

func transcendental(full bool) (out []*benchCase) {
	const n = 1_000_000
	ops := []unary{{"exp", (*nd.Array).Exp}, {"log", (*nd.Array).Log}, {"sin", (*nd.Array).Sin}, {"cos", (*nd.Array).Cos}, {"tanh", (*nd.Array).Tanh}}
	for _, dt := range []string{"f8", "f4"} {
		for _, o := range ops {
			name, call := o.name, o.call
			for _, all := range []bool{false, true} {
				target := 1.0
				if all {
					target = 1.6
				}
				out = append(out, &benchCase{op: name, dtype: dt, layout: "C", n: n, inputs: []input{{"a", dt, []int{n}, ""}}, setup: "c = np.empty_like(a)",
					python: fmt.Sprintf("np.%s(a, out=c)", name), target: target, all: all,
					golang: func(v vars) func() { a, c := v["a"], nd.EmptyLike(v["a"]); return func() { call(a, nd.Out(c)) } }})
			}
		}
		for _, all := range pick(full, 1, false, true) {
			target := 1.0
			if all {
				target = 1.6
			}
			out = append(out, &benchCase{op: "power", dtype: dt, layout: "C", n: n, inputs: []input{{"a", dt, []int{n}, ""}, {"b", dt, []int{n}, "signed"}}, setup: "c = np.empty_like(a)",
				python: "np.power(a, b, out=c)", target: target, all: all,
				golang: func(v vars) func() {
					a, b, c := v["a"], v["b"], nd.EmptyLike(v["a"])
					return func() { a.Power(b, nd.Out(c)) }
				}})
		}
	}
	return out
}
