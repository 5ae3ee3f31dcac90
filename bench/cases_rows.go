package main

import (
	"fmt"

	"github.com/stride-go/nd"
)

// rowCases are operations along the last axis of matrices with many short rows, 400,000
// items in all.
func rowCases(full bool) (out []*benchCase) {
	const n = 400_000
	lengths, kinds := []int{40}, []string{"f8"}
	if full {
		lengths, kinds = []int{10, 40, 100}, []string{"f8", "f4", "i4"}
	}
	for _, dt := range kinds {
		for _, m := range lengths {
			for i, o := range []struct {
				name, python string
				call         func(a *nd.Array) *nd.Array
			}{
				{"argsort", "a.argsort()", func(a *nd.Array) *nd.Array { return a.ArgSort() }},
				{"median", "np.median(a, axis=1)", func(a *nd.Array) *nd.Array { return a.Median(nd.Axis(1)) }},
				{"sort", "np.sort(a)", func(a *nd.Array) *nd.Array { return nd.Sorted(a) }},
				{"partition", fmt.Sprintf("np.partition(a, %d)", m/2), func(a *nd.Array) *nd.Array { return nd.Partitioned(a, m/2) }},
				{"any", "a.any(axis=1)", func(a *nd.Array) *nd.Array { return a.AnyTrue(nd.Axis(1)) }},
				{"all", "a.all(axis=1)", func(a *nd.Array) *nd.Array { return a.AllTrue(nd.Axis(1)) }},
				{"sum", "a.sum(axis=1)", func(a *nd.Array) *nd.Array { return a.Sum(nd.Axis(1)) }},
				{"max", "a.max(axis=1)", func(a *nd.Array) *nd.Array { return a.Max(nd.Axis(1)) }},
				{"argmax", "a.argmax(axis=1)", func(a *nd.Array) *nd.Array { return a.ArgMax(nd.Axis(1)) }},
				{"diff", "np.diff(a)", func(a *nd.Array) *nd.Array { return a.Diff(1) }},
				{"repeat", "np.repeat(a, 2)", func(a *nd.Array) *nd.Array { return a.Repeat(2) }},
			} {
				if i > 1 && !full {
					continue
				}
				out = append(out, &benchCase{op: o.name + " of rows", dtype: dt, layout: fmt.Sprintf("%d×%d", n/m, m), n: n, target: 1,
					inputs: []input{{"a", dt, []int{n / m, m}, ""}}, python: o.python,
					golang: func(v vars) func() { a := v["a"]; return func() { sink = o.call(a) } }})
			}
		}
	}
	return out
}
