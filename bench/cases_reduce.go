package main

import (
	"fmt"

	"github.com/stride-go/nd"
)

func reductions(full bool) (out []*benchCase) {
	for _, n := range sizes {
		for _, dt := range []string{"f8", "f4", "i4", "u1"} {
			in := []input{{"a", dt, []int{n}, "signed"}}
			for _, r := range []unary{
				{"sum", (*nd.Array).Sum}, {"max", (*nd.Array).Max}, {"min", (*nd.Array).Min}, {"mean", (*nd.Array).Mean},
				{"var", (*nd.Array).Var}, {"argmax", (*nd.Array).ArgMax}, {"cumsum", (*nd.Array).CumSum},
			} {
				if !full && !quickReduction(r.name, dt, n) {
					continue
				}
				target := 1.5
				if r.name == "argmax" || r.name == "cumsum" {
					target = 1.2
				}
				one := benchCase{op: r.name, dtype: dt, layout: "C", n: n, inputs: in, python: "a." + r.name + "()", target: target,
					golang: func(v vars) func() { a := v["a"]; return func() { sink = r.call(a) } }}
				out = append(out, &one)
				if n == sizes[len(sizes)-1] && (full || dt == "f8" && (r.name == "sum" || r.name == "max" || r.name == "argmax")) {
					all := one
					all.all = true
					out = append(out, &all)
				}
			}
		}
		for _, dt := range []string{"?", "f8", "f4", "i4", "u1"} {
			if !full && dt != "?" && n != 100_000 {
				continue
			}
			// any has to read all of its input if nothing is true.
			out = append(out,
				&benchCase{op: "count_nonzero", dtype: dt, layout: "C", n: n, inputs: []input{{"m", dt, []int{n}, "mask"}}, python: "np.count_nonzero(m)", target: 1.5,
					golang: func(v vars) func() { m := v["m"]; return func() { sink = m.CountNonzero() } }},
				&benchCase{op: "any", dtype: dt, layout: "C, all false", n: n, inputs: []input{{"m", dt, []int{n}, "zeros"}}, python: "m.any()", target: 1.5,
					golang: func(v vars) func() { m := v["m"]; return func() { sink = m.AnyTrue() } }})
		}
	}
	return out
}

// quickReduction chooses what the quick run times: all of float64, of float32
// what differs most, of integers one size.
func quickReduction(op, dt string, n int) bool {
	switch dt {
	case "f8":
		return true
	case "f4":
		return op != "min" && op != "mean" && op != "var" || n == 100_000
	}
	return n == 100_000 && op != "min" && op != "cumsum"
}

func axisSums(full bool) (out []*benchCase) {
	const n = 4000
	for _, dt := range pick(full, 1, "f8", "f4") {
		in := []input{{"a", dt, []int{n, n}, ""}}
		for _, axis := range []int{0, 1} {
			for _, t := range []bool{false, true} {
				layout, python := "C", fmt.Sprintf("a.sum(axis=%d)", axis)
				if t {
					layout, python = "T", fmt.Sprintf("a.T.sum(axis=%d)", axis)
				}
				for _, all := range []bool{false, true} {
					if all && t && !full {
						continue
					}
					out = append(out, &benchCase{op: fmt.Sprintf("sum axis=%d", axis), dtype: dt, layout: layout, n: n * n, inputs: in, all: all, python: python, target: 1.2,
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
	}
	return out
}
