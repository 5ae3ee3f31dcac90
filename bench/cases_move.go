package main

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

func indexing(full bool) (out []*benchCase) {
	for _, n := range sizes {
		for _, dt := range pick(full, 1, "f8", "f4", "i4") {
			in := []input{{"a", dt, []int{n}, ""}, {"m", "?", []int{n}, "mask"}, {"i", "i8", []int{n}, fmt.Sprintf("index:%d", n)}}
			out = append(out,
				&benchCase{op: "a[mask]", dtype: dt, layout: "C", n: n, inputs: in, python: "a[m]", target: 1.2,
					golang: func(v vars) func() { a, m := v["a"], v["m"]; return func() { sink = a.Pick(nd.By(m)) } }},
				&benchCase{op: "take", dtype: dt, layout: "C", n: n, inputs: in, python: "a.take(i)", target: 1.2,
					golang: func(v vars) func() { a, i := v["a"], v["i"]; return func() { sink = a.Take(i) } }},
				&benchCase{op: "where", dtype: dt, layout: "C", n: n, inputs: in, python: "np.where(m, a, 0)", target: 1.2,
					golang: func(v vars) func() { a, m := v["a"], v["m"]; return func() { sink = m.Where(a, 0) } }})
			if !full && n == sizes[len(sizes)-1] {
				continue // the same places once more take seconds
			}
			out = append(out,
				&benchCase{op: "take released", dtype: dt, layout: "C", n: n, inputs: in, python: "a.take(i)", target: 1.2,
					golang: func(v vars) func() { a, i := v["a"], v["i"]; return func() { a.Take(i).Release() } }},
				&benchCase{op: "a[indices]", dtype: dt, layout: "C", n: n, inputs: in, python: "a[i]", target: 1.2,
					golang: func(v vars) func() { a, i := v["a"], v["i"]; return func() { sink = a.Pick(nd.By(i)) } }})
		}
		in := []input{{"m", "?", []int{n}, "mask"}}
		out = append(out,
			&benchCase{op: "nonzero", dtype: "?", layout: "C", n: n, inputs: in, python: "m.nonzero()", target: 1.2,
				golang: func(v vars) func() { m := v["m"]; return func() { sink = m.NonZero()[0] } }},
			&benchCase{op: "nonzero released", dtype: "?", layout: "C", n: n, inputs: in, python: "m.nonzero()", target: 1.2,
				golang: func(v vars) func() { m := v["m"]; return func() { m.NonZero()[0].Release() } }})
	}
	return out
}

func moves(full bool) (out []*benchCase) {
	const n = 4000
	for _, dt := range pick(full, 1, "f8", "f4", "u1") {
		in := []input{{"a", dt, []int{n, n}, ""}}
		res := dtype.MustParse(dt)
		move := func(op, layout, python string, view func(a *nd.Array) *nd.Array, to dtype.DType) {
			for _, all := range []bool{false, true} {
				out = append(out, &benchCase{op: op, dtype: dt, layout: layout, n: n * n, inputs: in, all: all,
					setup: fmt.Sprintf("v = %s; c = np.zeros(v.shape, %q)", python, to.TypeStr()), python: "np.copyto(c, v, casting='unsafe')", target: 1.5,
					golang: func(v vars) func() {
						src := view(v["a"])
						c := nd.Zeros(to, src.Shape()...)
						return func() { c.Assign(src) }
					}})
			}
		}
		move("copy", "T", "a.T", func(a *nd.Array) *nd.Array { return a.T() }, res)
		move("copy", "[:, ::2]", "a[:, ::2]", func(a *nd.Array) *nd.Array { return a.Slice(nd.All, nd.Step(2)) }, res)
		move("copy", "[::-1, ::-1]", "a[::-1, ::-1]", func(a *nd.Array) *nd.Array { return a.Flip() }, res)
		if dt != "u1" {
			move("byte swap", "C", "a", func(a *nd.Array) *nd.Array { return a }, res.Swapped())
			move("cast to i4", "[:, ::2]", "a[:, ::2]", func(a *nd.Array) *nd.Array { return a.Slice(nd.All, nd.Step(2)) }, dtype.Int32)
		}
	}
	return out
}

func sorting(full bool) (out []*benchCase) {
	const n = 1_000_000
	for _, dt := range pick(full, 3, "f8", "i4", "u1", "f4", "i8") {
		target := 1.0
		if dt != "u1" && kernel.BestLevel() == kernel.LevelAVX512 {
			target = .7 // NumPy sorts with AVX-512 too
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

func records(bool) []*benchCase {
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
