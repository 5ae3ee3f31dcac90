package main

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// rest are further operations, with -full alone: simple loops into a given output,
// reductions, partitions, searches and sets, and products of other kinds and shapes.
func rest(full bool) (out []*benchCase) {
	if !full {
		return nil
	}
	for _, cases := range [][]*benchCase{restOfLoops(), restOfReductions(), restOfSorting(), restOfProducts()} {
		out = append(out, cases...)
	}
	return out
}

func restOfLoops() (out []*benchCase) {
	const n = 100_000
	add := func(op, dt string, to dtype.DType, in []input, python string, call func(v vars, c *nd.Array)) {
		out = append(out, &benchCase{op: op, dtype: dt, layout: "C", n: n, inputs: in, target: 1,
			setup: fmt.Sprintf("c = np.zeros(%d, %q)", n, to.TypeStr()), python: python,
			golang: func(v vars) func() { c := nd.Zeros(to, n); return func() { call(v, c) } }})
	}
	one := func(dt string, to dtype.DType, ops ...unary) {
		for _, o := range ops {
			add(o.name, dt, to, []input{{"a", dt, []int{n}, "signed"}}, fmt.Sprintf("np.%s(a, out=c)", o.name), func(v vars, c *nd.Array) { o.call(v["a"], nd.Out(c)) })
		}
	}
	two := func(dt, kind string, to dtype.DType, ops ...binary) {
		for _, o := range ops {
			add(o.name, dt, to, []input{{"a", dt, []int{n}, "signed"}, {"b", dt, []int{n}, kind}}, fmt.Sprintf("np.%s(a, b, out=c)", o.name),
				func(v vars, c *nd.Array) { o.call(v["a"], v["b"], nd.Out(c)) })
		}
	}
	minimum := binary{"minimum", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.Minimum(b, o...) }}
	and := binary{"logical_and", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.LogicalAnd(b, o...) }}
	for _, dt := range []string{"f8", "f4"} {
		is := dtype.MustParse(dt)
		one(dt, is, unary{"absolute", (*nd.Array).Absolute}, unary{"negative", (*nd.Array).Negative}, unary{"floor", (*nd.Array).Floor}, unary{"rint", (*nd.Array).Rint})
		add("sqrt", dt, is, []input{{"a", dt, []int{n}, ""}}, "np.sqrt(a, out=c)", func(v vars, c *nd.Array) { v["a"].Sqrt(nd.Out(c)) })
		two(dt, "", is, minimum)
		two(dt, "", dtype.Bool, and)
	}
	for _, dt := range []string{"i8", "i4", "u1"} {
		is := dtype.MustParse(dt)
		two(dt, "", is, minimum, binary{"bitwise_and", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.BitwiseAnd(b, o...) }})
		two(dt, "index:8", is, binary{"left_shift", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.LeftShift(b, o...) }},
			binary{"right_shift", func(a, b *nd.Array, o ...nd.Option) *nd.Array { return a.RightShift(b, o...) }})
	}
	one("i4", dtype.Int32, unary{"invert", (*nd.Array).Invert})
	two("?", "mask", dtype.Bool, and)
	one("?", dtype.Bool, unary{"logical_not", (*nd.Array).LogicalNot})
	for _, c := range [][2]string{{"f2", "f4"}, {"f4", "f2"}, {"f8", "f8"}} {
		op := "cast to " + c[1]
		if c[0] == c[1] {
			op = "copy"
		}
		add(op, c[0], dtype.MustParse(c[1]), []input{{"a", c[0], []int{n}, "signed"}}, "np.copyto(c, a, casting='unsafe')", func(v vars, c *nd.Array) { c.Assign(v["a"]) })
	}
	add("fill", "f8", dtype.Float64, nil, "c.fill(2.5)", func(_ vars, c *nd.Array) { c.Fill(2.5) })
	return out
}

func restOfReductions() (out []*benchCase) {
	for _, n := range sizes {
		add := func(op, dt, layout, kind, python string, target float64, call func(a *nd.Array) *nd.Array) {
			out = append(out, &benchCase{op: op, dtype: dt, layout: layout, n: n, inputs: []input{{"a", dt, []int{n}, kind}}, python: python, target: target,
				golang: func(v vars) func() { a := v["a"]; return func() { sink = call(a) } }})
		}
		for _, dt := range []string{"?", "f8", "i4"} {
			add("all", dt, "C, all true", "", "a.all()", 1.5, func(a *nd.Array) *nd.Array { return a.AllTrue() })
		}
		for _, dt := range pick(n == 100_000, 1, "f8", "f4", "i4", "u1") {
			add("argmin", dt, "C", "signed", "a.argmin()", 1.2, func(a *nd.Array) *nd.Array { return a.ArgMin() })
		}
	}
	return out
}

// restOfSorting are partitions, searches and sets of a million items.
func restOfSorting() (out []*benchCase) {
	const n = 1_000_000
	add := func(op, dt string, target float64, in []input, setup, python string, golang func(v vars) func()) {
		out = append(out, &benchCase{op: op, dtype: dt, layout: "C", n: n, inputs: in, setup: setup, python: python, target: target, golang: golang})
	}
	asSort := 1.0
	if kernel.BestLevel() == kernel.LevelAVX512 {
		asSort = .7 // NumPy partitions with AVX-512 too
	}
	for _, dt := range []string{"f8", "f4", "i4"} {
		add("partition", dt, asSort, []input{{"a", dt, []int{n}, "signed"}}, "", fmt.Sprintf("np.partition(a, %d)", n/2),
			func(v vars) func() { a := v["a"]; return func() { sink = nd.Partitioned(a, n/2) } })
	}
	add("argpartition", "f8", asSort, []input{{"a", "f8", []int{n}, "signed"}}, "", fmt.Sprintf("np.argpartition(a, %d)", n/2),
		func(v vars) func() { a := v["a"]; return func() { sink = a.ArgPartition(n / 2) } })
	for _, dt := range []string{"f8", "i8"} {
		add("searchsorted of 100000", dt, 1, []input{{"a", dt, []int{n}, ""}, {"b", dt, []int{100_000}, ""}}, "s = np.sort(a)", "s.searchsorted(b)",
			func(v vars) func() {
				s, b := nd.Sorted(v["a"]), v["b"]
				return func() { sink = s.SearchSorted(b) }
			})
	}
	for _, in := range []input{{"a", "f8", []int{n}, ""}, {"a", "i8", []int{n}, "index:1000"}, {"a", "i4", []int{n}, ""}} {
		add("unique", in.dtype, 1, []input{in}, "", "np.unique(a)", func(v vars) func() { a := v["a"]; return func() { sink = nd.Unique(a).Values } })
	}
	for _, dt := range []string{"f8", "i8"} {
		kind := map[string]string{"i8": "index:1000000"}[dt]
		add("isin of 10000", dt, 1, []input{{"a", dt, []int{n}, kind}, {"b", dt, []int{10_000}, kind}}, "", "np.isin(a, b)",
			func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = nd.IsIn(a, b) } })
	}
	return out
}

func restOfProducts() (out []*benchCase) {
	add := func(op, dt, layout string, n int, shapes [][]int, python string, call func(a, b *nd.Array) *nd.Array) {
		c := &benchCase{op: op, dtype: dt, layout: layout, n: n, python: python, target: 1,
			golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = call(a, b) } }}
		for i, s := range shapes {
			kind := ""
			if dt[0] == 'i' {
				kind = "index:100"
			}
			c.inputs = append(c.inputs, input{string(rune('a' + i)), dt, s, kind})
		}
		out = append(out, c)
	}
	mul := func(a, b *nd.Array) *nd.Array { return a.MatMul(b) }
	square := [][]int{{256, 256}, {256, 256}}
	for _, dt := range []string{"i8", "i4"} {
		add("a @ b", dt, "256×256", 256*256, square, "a @ b", mul)
	}
	for _, dt := range []string{"f8", "f4", "c16"} {
		add("a @ b", dt, "100×32×32", 100*32*32, [][]int{{100, 32, 32}, {100, 32, 32}}, "a @ b", mul)
	}
	for _, dt := range []string{"f8", "f4", "c16", "i8"} {
		add("dot", dt, "C", 100_000, [][]int{{100_000}, {100_000}}, "a.dot(b)", func(a, b *nd.Array) *nd.Array { return a.Dot(b) })
	}
	add("vdot", "c16", "C", 100_000, [][]int{{100_000}, {100_000}}, "np.vdot(a, b)", func(a, b *nd.Array) *nd.Array { return a.VDot(b) })
	add("inner", "f8", "256×256", 256*256, square, "np.inner(a, b)", func(a, b *nd.Array) *nd.Array { return a.Inner(b) })
	add("tensordot", "f8", "30×40×50·40×30×60", 30*40*50, [][]int{{30, 40, 50}, {40, 30, 60}}, "np.tensordot(a, b, ([0, 1], [1, 0]))",
		func(a, b *nd.Array) *nd.Array { return a.TensorDot(b, []int{0, 1}, []int{1, 0}) })
	// NumPy's einsum is at its best with optimize, except where there is no matrix product.
	add("einsum ij,jk->ik", "f8", "256×256", 256*256, square, "np.einsum('ij,jk->ik', a, b, optimize=True)",
		func(a, b *nd.Array) *nd.Array { return nd.Einsum("ij,jk->ik", a, b) })
	add("einsum ijk,jil->kl", "f8", "30×40×50·40×30×60", 30*40*50, [][]int{{30, 40, 50}, {40, 30, 60}}, "np.einsum('ijk,jil->kl', a, b, optimize=True)",
		func(a, b *nd.Array) *nd.Array { return nd.Einsum("ijk,jil->kl", a, b) })
	add("einsum ij,jk,ik->i", "f8", "256×256", 256*256, square, "np.einsum('ij,jk,ik->i', a, b, a, optimize=True)",
		func(a, b *nd.Array) *nd.Array { return nd.Einsum("ij,jk,ik->i", a, b, a) })
	add("einsum ij,ij->i", "f8", "256×256", 256*256, square, "np.einsum('ij,ij->i', a, b)",
		func(a, b *nd.Array) *nd.Array { return nd.Einsum("ij,ij->i", a, b) })
	out = append(out, &benchCase{op: "outer out", dtype: "f8", layout: "300·300", n: 300 * 300, inputs: []input{{"a", "f8", []int{300}, ""}, {"b", "f8", []int{300}, ""}},
		setup: "c = np.zeros((300, 300))", python: "np.outer(a, b, out=c)", target: 1,
		golang: func(v vars) func() {
			a, b, c := v["a"], v["b"], nd.Zeros(dtype.Float64, 300, 300)
			return func() { a.OuterProduct(b, nd.Out(c)) }
		}})
	return out
}
