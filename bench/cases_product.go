package main

import (
	"fmt"

	"github.com/stride-go/nd"
)

func products(full bool) (out []*benchCase) {
	mul := func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = a.MatMul(b) } }
	add := func(dt, layout, python string, n int, a, b []int, golang func(v vars) func()) {
		for _, all := range []bool{false, true} {
			out = append(out, &benchCase{op: python, dtype: dt, layout: layout, n: n, all: all, target: 1,
				inputs: []input{{"a", dt, a, ""}, {"b", dt, b, ""}}, python: python, golang: golang})
		}
	}
	for _, dt := range []string{"f8", "f4", "c8", "c16"} {
		square := pick(full, 3, 64, 256, 1024, 2048)
		if dt[0] == 'c' {
			square = pick(full, 1, 256, 64, 1024)
		}
		for _, n := range square {
			add(dt, fmt.Sprintf("%d×%d", n, n), "a @ b", n*n, []int{n, n}, []int{n, n}, mul)
		}
		if dt[0] == 'c' && !full {
			continue
		}
		if full || dt == "f8" {
			add(dt, "4096×64·64×4096", "a @ b", 4096*4096, []int{4096, 64}, []int{64, 4096}, mul)
		}
		for _, n := range pick(full, 1, 2000, 300) {
			add(dt, fmt.Sprintf("%d×%d·%d", n, n, n), "a @ b", n*n, []int{n, n}, []int{n}, mul)
			add(dt, fmt.Sprintf("%d·%d×%d", n, n, n), "a @ b", n*n, []int{n}, []int{n, n}, mul)
		}
		for _, k := range pick(full, 0, 3, 8, 16) { // colours to grey, points, short features
			add(dt, fmt.Sprintf("100000×%d·%d", k, k), "a @ b", 100_000*k, []int{100_000, k}, []int{k}, mul)
		}
		for _, n := range pick(full, 1, 256, 1024) {
			add(dt, fmt.Sprintf("%d×%d", n, n), "a.T @ b", n*n, []int{n, n}, []int{n, n}, func(v vars) func() {
				a, b := v["a"].T(), v["b"]
				return func() { sink = a.MatMul(b) }
			})
			add(dt, fmt.Sprintf("%d×%d", n, n), "a @ b.T", n*n, []int{n, n}, []int{n, n}, func(v vars) func() {
				a, b := v["a"], v["b"].T()
				return func() { sink = a.MatMul(b) }
			})
		}
	}
	return out
}

// gonumProducts stand beside gonum, in float64 on one thread.
func gonumProducts(full bool) (out []*benchCase) {
	for _, n := range pick(full, 1, 256, 64, 1024) {
		out = append(out, &benchCase{op: "a @ b", dtype: "f8", layout: fmt.Sprintf("%d×%d", n, n), n: n * n, peer: gonum,
			inputs: []input{{"a", "f8", []int{n, n}, ""}, {"b", "f8", []int{n, n}, ""}}, python: "gemm",
			golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = a.MatMul(b) } }})
	}
	for _, n := range pick(full, 1, 100_000, 1000, 10_000_000) {
		in := []input{{"a", "f8", []int{n}, ""}, {"b", "f8", []int{n}, "signed"}}
		out = append(out,
			&benchCase{op: "dot", dtype: "f8", layout: "C", n: n, peer: gonum, inputs: in, python: "dot",
				golang: func(v vars) func() { a, b := v["a"], v["b"]; return func() { sink = a.Dot(b) } }},
			&benchCase{op: "sum", dtype: "f8", layout: "C", n: n, peer: gonum, inputs: in, python: "sum",
				golang: func(v vars) func() { a := v["a"]; return func() { sink = a.Sum() } }},
			&benchCase{op: "add out", dtype: "f8", layout: "C", n: n, peer: gonum, inputs: in, python: "add",
				golang: func(v vars) func() {
					a, b, c := v["a"], v["b"], nd.EmptyLike(v["a"])
					return func() { a.Add(b, nd.Out(c)) }
				}})
	}
	return out
}
