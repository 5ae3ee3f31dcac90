package main

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

type vars = map[string]*nd.Array

// unary is an operation on one array.
type unary struct {
	name string
	call func(a *nd.Array, o ...nd.Option) *nd.Array
}

// sink keeps results alive, so that no call is optimised away.
//
//lint:ignore U1000 nobody reads it
var sink *nd.Array

// cases lists the comparisons of issue and README; full adds more dtypes, sizes
// and layouts.
func cases(full bool) (out []*benchCase) {
	sizes := []int{1000, 100_000, 10_000_000}
	for _, f := range []func([]int, bool) []*benchCase{
		smallCalls, elementwise, reductions, indexing, axisSums, moves, transcendental, products, sorting, records,
	} {
		out = append(out, f(sizes, full)...)
	}
	return out
}

// pick returns all for the full run and the first few for the quick one.
func pick[T any](full bool, first int, all ...T) []T {
	if full {
		return all
	}
	return all[:first]
}

func smallCalls([]int, bool) []*benchCase {
	in := []input{{"a", "f8", []int{8}, ""}, {"b", "f8", []int{8}, ""}}
	return []*benchCase{
		{op: "add out", dtype: "f8", layout: "C", n: 8, inputs: in, setup: "c = np.empty(8)", python: "np.add(a, b, out=c)", target: 10,
			golang: func(v vars) func() {
				a, b, c := v["a"], v["b"], nd.Empty(dtype.Float64, 8)
				return func() { a.Add(b, nd.Out(c)) }
			}},
		{op: "add fresh", dtype: "f8", layout: "C", n: 8, inputs: in, python: "a + b", target: 2.5,
			golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = a.Add(b) } }},
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

func elementwise(sizes []int, full bool) (out []*benchCase) {
	type op struct {
		name, python string
		call         func(a, b *nd.Array, opts ...nd.Option) *nd.Array
		result       dtype.DType
	}
	add := func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Add(b, o...) }
	for _, n := range sizes {
		for _, dt := range pick(full, 2, "f8", "f4", "i4", "i8", "u1") {
			res := dtype.MustParse(dt)
			ops := []op{{"add", "np.add(a, b, out=c)", add, res},
				{"multiply", "np.multiply(a, b, out=c)", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Multiply(b, o...) }, res},
				{"greater", "np.greater(a, b, out=c)", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Greater(b, o...) }, dtype.Bool},
				{"maximum", "np.maximum(a, b, out=c)", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Maximum(b, o...) }, res}}
			if !full && dt != "f8" {
				ops = ops[:1]
			}
			in := []input{{"a", dt, []int{n}, ""}, {"b", dt, []int{n}, ""}}
			outTarget := map[int]float64{1000: 3, 100_000: 1, 10_000_000: 1}[n]
			for _, o := range ops {
				golang := func(v vars) func() {
					a, b, c := v["a"], v["b"], nd.Zeros(o.result, n)
					return func() { o.call(a, b, nd.Out(c)) }
				}
				setup := fmt.Sprintf("c = np.zeros(%d, %q)", n, o.result.TypeStr())
				out = append(out, &benchCase{op: o.name + " out", dtype: dt, layout: "C", n: n, inputs: in, setup: setup, python: o.python, target: outTarget, golang: golang})
				if n == 10_000_000 && o.name == "add" {
					out = append(out, &benchCase{op: o.name + " out", dtype: dt, layout: "C", n: n, inputs: in, setup: setup, python: o.python, target: 1.4, all: true, golang: golang})
				}
			}
			out = append(out, &benchCase{op: "add fresh", dtype: dt, layout: "C", n: n, inputs: in, python: "a + b",
				target: map[int]float64{1000: .9, 100_000: .9, 10_000_000: 1.2}[n],
				golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = a.Add(b) } }})
			out = append(out, &benchCase{op: "add released", dtype: dt, layout: "C", n: n, inputs: in, python: "a + b",
				target: map[int]float64{1000: .9, 100_000: .9, 10_000_000: 1.2}[n],
				golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { a.Add(b).Release() } }})
		}
		for _, c := range pick(full, 2, [2]string{"f8", "f4"}, [2]string{"i4", "f8"}, [2]string{"f4", "i4"}, [2]string{"u1", "f4"}, [2]string{"i8", "f8"}) {
			to := dtype.MustParse(c[1])
			out = append(out, &benchCase{op: "cast to " + c[1], dtype: c[0], layout: "C", n: n, inputs: []input{{"a", c[0], []int{n}, ""}},
				setup: fmt.Sprintf("c = np.zeros(%d, %q)", n, c[1]), python: "np.copyto(c, a, casting='unsafe')", target: map[int]float64{1000: 3, 100_000: 1, 10_000_000: 1}[n],
				golang: func(v vars) func() {
					a, b := v["a"], nd.Zeros(to, n)
					return func() { b.Assign(a) }
				}})
		}
	}
	return out
}

func reductions(sizes []int, full bool) (out []*benchCase) {
	for _, n := range sizes {
		for _, dt := range pick(full, 2, "f8", "f4", "i4", "u1") {
			in := []input{{"a", dt, []int{n}, "signed"}}
			for _, r := range []unary{
				{"sum", (*nd.Array).Sum}, {"min", (*nd.Array).Min}, {"max", (*nd.Array).Max}, {"mean", (*nd.Array).Mean},
				{"var", (*nd.Array).Var}, {"argmax", (*nd.Array).ArgMax}, {"cumsum", (*nd.Array).CumSum},
			} {
				name, call := r.name, r.call
				if !full && (name == "min" || name == "mean" || name == "var") && dt != "f8" {
					continue
				}
				target := 1.5
				if name == "argmax" || name == "cumsum" {
					target = 1.2
				}
				out = append(out, &benchCase{op: name, dtype: dt, layout: "C", n: n, inputs: in, python: "a." + name + "()", target: target,
					golang: func(v vars) func() { a := v["a"]; return func() { sink = call(a) } }})
			}
		}
		mask := []input{{"m", "?", []int{n}, "mask"}}
		out = append(out,
			&benchCase{op: "count_nonzero", dtype: "?", layout: "C", n: n, inputs: mask, python: "np.count_nonzero(m)", target: 1.5,
				golang: func(v vars) func() { m := v["m"]; return func() { sink = m.CountNonzero() } }},
			&benchCase{op: "any", dtype: "?", layout: "C, all false", n: n, inputs: mask, setup: "m[:] = False", python: "m.any()", target: 1.5,
				golang: func(v vars) func() { m := v["m"]; m.Fill(false); return func() { sink = m.AnyTrue() } }})
	}
	return out
}

func indexing(sizes []int, full bool) (out []*benchCase) {
	for _, n := range sizes {
		for _, dt := range pick(full, 1, "f8", "f4", "i4") {
			in := []input{{"a", dt, []int{n}, ""}, {"m", "?", []int{n}, "mask"}, {"i", "i8", []int{n}, fmt.Sprintf("index:%d", n)}}
			out = append(out,
				&benchCase{op: "a[mask]", dtype: dt, layout: "C", n: n, inputs: in, python: "a[m]", target: 1.2,
					golang: func(v vars) func() { a, m := v["a"], v["m"]; return func() { sink = a.Pick(nd.By(m)) } }},
				&benchCase{op: "take", dtype: dt, layout: "C", n: n, inputs: in, python: "a.take(i)", target: 1.2,
					golang: func(v vars) func() { a, i := v["a"], v["i"]; return func() { sink = a.Take(i) } }},
				&benchCase{op: "a[indices]", dtype: dt, layout: "C", n: n, inputs: in, python: "a[i]", target: 1.2,
					golang: func(v vars) func() { a, i := v["a"], v["i"]; return func() { sink = a.Pick(nd.By(i)) } }},
				&benchCase{op: "where", dtype: dt, layout: "C", n: n, inputs: in, python: "np.where(m, a, 0)", target: 1.2,
					golang: func(v vars) func() { a, m := v["a"], v["m"]; return func() { sink = m.Where(a, 0) } }},
				&benchCase{op: "nonzero", dtype: "?", layout: "C", n: n, inputs: in, python: "m.nonzero()", target: 1.2,
					golang: func(v vars) func() { m := v["m"]; return func() { sink = m.NonZero()[0] } }})
		}
	}
	return out
}

func axisSums(_ []int, full bool) (out []*benchCase) {
	const n = 4000
	for _, dt := range pick(full, 1, "f8", "f4") {
		in := []input{{"a", dt, []int{n, n}, ""}}
		for _, axis := range []int{0, 1} {
			for _, t := range []bool{false, true} {
				layout, python := "C", fmt.Sprintf("a.sum(axis=%d)", axis)
				if t {
					layout, python = "T", fmt.Sprintf("a.T.sum(axis=%d)", axis)
				}
				out = append(out, &benchCase{op: fmt.Sprintf("sum axis=%d", axis), dtype: dt, layout: layout, n: n * n, inputs: in, python: python, target: 1.2,
					golang: func(v vars) func() {
						a := v["a"]
						if t {
							a = a.T()
						}
						return func() { sink = a.Sum(nd.Axis(axis)) }
					}})
			}
		}
	}
	return out
}

func moves(_ []int, full bool) (out []*benchCase) {
	const n = 4000
	for _, dt := range pick(full, 1, "f8", "f4", "u1") {
		in := []input{{"a", dt, []int{n, n}, ""}}
		res := dtype.MustParse(dt)
		move := func(op, layout, python string, view func(a *nd.Array) *nd.Array, to dtype.DType) {
			out = append(out, &benchCase{op: op, dtype: dt, layout: layout, n: n * n, inputs: in,
				setup: fmt.Sprintf("v = %s; c = np.zeros(v.shape, %q)", python, to.TypeStr()), python: "np.copyto(c, v, casting='unsafe')", target: 1.5,
				golang: func(v vars) func() {
					src := view(v["a"])
					c := nd.Zeros(to, src.Shape()...)
					return func() { c.Assign(src) }
				}})
		}
		move("copy", "T", "a.T", func(a *nd.Array) *nd.Array { return a.T() }, res)
		move("copy", "[:, ::2]", "a[:, ::2]", func(a *nd.Array) *nd.Array { return a.Slice(nd.All, nd.Step(2)) }, res)
		move("copy", "[::-1, ::-1]", "a[::-1, ::-1]", func(a *nd.Array) *nd.Array { return a.Flip() }, res)
		if dt != "u1" {
			move("byte swap", "C", "a", func(a *nd.Array) *nd.Array { return a }, res.Swapped())
			move("cast to f4", "[:, ::2]", "a[:, ::2]", func(a *nd.Array) *nd.Array { return a.Slice(nd.All, nd.Step(2)) }, dtype.Int32)
		}
	}
	return out
}

func transcendental(_ []int, full bool) (out []*benchCase) {
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
		out = append(out, &benchCase{op: "power", dtype: dt, layout: "C", n: n, inputs: []input{{"a", dt, []int{n}, ""}, {"b", dt, []int{n}, "signed"}}, setup: "c = np.empty_like(a)",
			python: "np.power(a, b, out=c)", target: 1,
			golang: func(v vars) func() {
				a, b, c := v["a"], v["b"], nd.EmptyLike(v["a"])
				return func() { a.Power(b, nd.Out(c)) }
			}})
	}
	_ = full
	return out
}

func products(_ []int, full bool) (out []*benchCase) {
	mul := func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = a.MatMul(b) } }
	for _, dt := range []string{"f8", "f4"} {
		for _, n := range pick(full, 3, 64, 256, 1024, 2048) {
			for _, all := range []bool{false, true} {
				out = append(out, &benchCase{op: "a @ b", dtype: dt, layout: fmt.Sprintf("%d×%d", n, n), n: n * n, all: all, target: 1,
					inputs: []input{{"a", dt, []int{n, n}, ""}, {"b", dt, []int{n, n}, ""}}, python: "a @ b", golang: mul})
			}
		}
		out = append(out,
			&benchCase{op: "a @ b", dtype: dt, layout: "4096×64·64×4096", n: 4096 * 4096, target: 1, inputs: []input{{"a", dt, []int{4096, 64}, ""}, {"b", dt, []int{64, 4096}, ""}}, python: "a @ b", golang: mul},
			&benchCase{op: "a @ x", dtype: dt, layout: "2000×2000·2000", n: 4_000_000, target: 1, inputs: []input{{"a", dt, []int{2000, 2000}, ""}, {"b", dt, []int{2000}, ""}}, python: "a @ b", golang: mul})
	}
	return out
}

func sorting(_ []int, full bool) (out []*benchCase) {
	const n = 1_000_000
	for _, dt := range pick(full, 3, "f8", "i4", "u1", "f4", "i8") {
		target := 1.0
		if dt != "u1" {
			target = .7
		}
		in := []input{{"a", dt, []int{n}, "signed"}}
		out = append(out,
			&benchCase{op: "sort", dtype: dt, layout: "C", n: n, inputs: in, python: "np.sort(a)", target: target,
				golang: func(v vars) func() { a := v["a"]; return func() { sink = nd.Sorted(a) } }},
			&benchCase{op: "argsort", dtype: dt, layout: "C", n: n, inputs: in, python: "np.argsort(a)", target: target,
				golang: func(v vars) func() { a := v["a"]; return func() { sink = a.ArgSort() } }})
	}
	return out
}

func records([]int, bool) []*benchCase {
	const n = 1_000_000
	in := []input{{"a", "f8", []int{n}, ""}}
	packed := dtype.MustParse("[('id', '<i2'), ('x', '<f8'), ('y', '<f8')]")
	setup := fmt.Sprintf("r = np.zeros(%d, [('id', '<i2'), ('x', '<f8'), ('y', '<f8')]); r['x'] = a; s = a.astype('>f8')", n)
	return []*benchCase{
		{op: "sum of a packed field", dtype: "f8", layout: "stride 18", n: n, inputs: in, setup: setup, python: "r['x'].sum()", target: 2,
			golang: func(v vars) func() {
				r := nd.Zeros(packed, n)
				r.Field("x").Assign(v["a"])
				return func() { sink = r.Field("x").Sum() }
			}},
		{op: "sum of a swapped column", dtype: ">f8", layout: "C", n: n, inputs: in, setup: setup, python: "s.sum()", target: 2,
			golang: func(v vars) func() {
				s := v["a"].AsType(dtype.Float64.Swapped())
				return func() { sink = s.Sum() }
			}},
		{op: "sort by a field", dtype: "record", layout: "stride 18", n: n, inputs: in, setup: setup, python: "np.argsort(r['x'])", target: 2,
			golang: func(v vars) func() {
				r := nd.Zeros(packed, n)
				r.Field("x").Assign(v["a"])
				return func() { sink = r.Field("x").ArgSort() }
			}},
	}
}
