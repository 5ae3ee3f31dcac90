package nd_test

import (
	"fmt"

	"github.com/stride-go/nd"
)

// A chain of operations in one pass over memory.
func ExampleLazy() {
	a, b := nd.Of([]float64{1, 2, 3}), nd.Of([]float64{4, 6, 8})
	c := nd.Zeros(a.DType(), 3)
	e := a.Lazy().Multiply(2).Add(b).Sqrt() // nothing is computed yet
	fmt.Println(e.Eval(nd.Out(c)))
	fmt.Println(e.Sum().Eval())
	// Output:
	// [2.44948974 3.16227766 3.74165739]
	// 9.353424789725498
}

// The squared distance between two points, without an array of differences.
func ExampleLazy_Sum() {
	p, q := nd.Of([]float64{1, 2, 3}), nd.Of([]float64{4, 6, 3})
	fmt.Println(p.Lazy().Subtract(q).Power(2).Sum().Eval())
	// Output: 25.0
}

// Expressions from the names of operations, as a calculator makes them.
func ExampleLazyCall() {
	x := nd.Arange(5).Lazy()
	e := nd.LazyCall("add", []*nd.Lazy{nd.LazyCall("square", []*nd.Lazy{x}), nd.LazyOf(1)})
	fmt.Println(e.DType(), e.Eval())
	// Output: int64 [ 1  2  5 10 17]
}

// A choice item by item.
func ExampleLazy_Where() {
	x := nd.Of([]float64{-2, 9, -1, 16})
	fmt.Println(x.Lazy().Less(0).Where(0, x.Lazy().Sqrt()).Eval())
	// Output: [0. 3. 0. 4.]
}
