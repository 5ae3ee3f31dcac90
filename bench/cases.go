package main

import "github.com/stride-go/nd"

// sink keeps results alive, so that no call is optimised away.
//
//lint:ignore U1000 nobody reads it
var sink *nd.Array

// cases lists the comparisons; full adds more dtypes, sizes and layouts.
func cases(full bool) (out []*benchCase) {
	for _, f := range []func(bool) []*benchCase{
		smallCalls, fewItems, byNumber, elementwise, casts, fused, reductions, axisSums, indexing, moves, transcendental, functions, products, gonumProducts,
		sorting, rowCases, composed, pictures, rest, records, files,
	} {
		out = append(out, f(full)...)
	}
	return out
}

// sizes are one below the first-level cache, one below the second or third, and
// one beyond all.
var sizes = []int{1000, 100_000, 10_000_000}

// pick returns all for the full run and the first few for the quick one.
func pick[T any](full bool, first int, all ...T) []T {
	if full {
		return all
	}
	return all[:first]
}

// unary and binary are operations on one array and on two.
type (
	unary struct {
		name string
		call func(a *nd.Array, o ...nd.Option) *nd.Array
	}
	binary struct {
		name string
		call func(a, b *nd.Array, o ...nd.Option) *nd.Array
	}
)

// bySize is a target that depends on n = 1e3, 1e5 and 1e7.
func bySize(n int, small, middle, large float64) float64 {
	switch {
	case n < 10_000:
		return small
	case n < 1_000_000:
		return middle
	}
	return large
}
