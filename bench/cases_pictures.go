package main

import (
	"fmt"

	"github.com/stride-go/nd"
)

// pictures are calls on pictures and on tall tables of short rows, in the full run alone.
func pictures(full bool) (out []*benchCase) {
	if !full {
		return nil
	}
	add := func(op, dt, layout string, shape []int, inputs []input, python string, call func(v vars) *nd.Array) {
		n := 1
		for _, s := range shape {
			n *= s
		}
		out = append(out, &benchCase{op: op, dtype: dt, layout: layout, n: n, target: 1, python: python,
			inputs: append([]input{{"a", dt, shape, ""}}, inputs...),
			golang: func(v vars) func() { return func() { sink = call(v) } }})
	}
	for _, dt := range []string{"u1", "f4"} {
		picture := func(op, python string, call func(v vars) *nd.Array, more ...input) {
			add(op, dt, "480×640×3", []int{480, 640, 3}, more, python, call)
		}
		picture("copy", "a.copy()", func(v vars) *nd.Array { return v["a"].Copy() })
		picture("planes", "a.transpose(2, 0, 1).copy()", func(v vars) *nd.Array { return v["a"].Transpose(2, 0, 1).Copy() })
		picture("planes back", "a.reshape(3, 480, 640).transpose(1, 2, 0).copy()", func(v vars) *nd.Array { return v["a"].Reshape(3, 480, 640).Transpose(1, 2, 0).Copy() })
		picture("one colour", "a[..., 0].copy()", func(v vars) *nd.Array { return v["a"].Slice(nd.Ellipsis, nd.I(0)).Copy() })
		picture("colours backwards", "a[..., ::-1].copy()", func(v vars) *nd.Array { return v["a"].Slice(nd.Ellipsis, nd.Step(-1)).Copy() })
		picture("colours by index", "a[..., [2, 1, 0]]", func(v vars) *nd.Array { return v["a"].Pick(nd.Ellipsis, nd.Ints(2, 1, 0)) })
		picture("mean of colours", "a.mean(axis=(0, 1))", func(v vars) *nd.Array { return v["a"].Mean(nd.Axis(0, 1)) })
		picture("max of colours", "a.max(axis=(0, 1))", func(v vars) *nd.Array { return v["a"].Max(nd.Axis(0, 1)) })
		picture("grey", "a.mean(axis=-1)", func(v vars) *nd.Array { return v["a"].Mean(nd.Axis(-1)) })
		picture("clip", "a.clip(1, 200)", func(v vars) *nd.Array { return v["a"].Clip(1, 200) })
		if dt == "u1" {
			picture("through a table", "t[a]", func(v vars) *nd.Array { return v["t"].Pick(nd.By(v["a"])) }, input{"t", "f4", []int{256}, ""})
		}
	}
	for _, dt := range []string{"u1", "i4", "i8"} {
		for _, n := range []int{8, 64} { // 256 is among the rest
			add("a @ b", dt, fmt.Sprintf("%d×%d", n, n), []int{n, n}, []input{{"b", dt, []int{n, n}, ""}}, "a @ b", func(v vars) *nd.Array { return v["a"].MatMul(v["b"]) })
		}
		add("a @ b", dt, "10000×10·10", []int{10_000, 10}, []input{{"b", dt, []int{10}, ""}}, "a @ b", func(v vars) *nd.Array { return v["a"].MatMul(v["b"]) })
	}
	for _, dt := range []string{"f8", "f4"} {
		for _, s := range [][2]int{{100_000, 64}, {100_000, 100}, {25_000, 400}} {
			layout := fmt.Sprintf("%d×%d", s[0], s[1])
			tall := func(op, python string, call func(v vars) *nd.Array) {
				add(op, dt, layout, s[:], []input{{"v", dt, []int{s[1]}, ""}, {"w", dt, []int{s[1], 8}, ""}}, python, call)
			}
			tall("a @ v", "a @ v", func(v vars) *nd.Array { return v["a"].MatMul(v["v"]) })
			tall("a @ 8 columns", "a @ w", func(v vars) *nd.Array { return v["a"].MatMul(v["w"]) })
			tall("a.T @ a", "a.T @ a", func(v vars) *nd.Array { return v["a"].T().MatMul(v["a"]) })
			tall("sum axis=0", "a.sum(axis=0)", func(v vars) *nd.Array { return v["a"].Sum(nd.Axis(0)) })
		}
	}
	return out
}
