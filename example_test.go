package nd_test

import (
	"errors"
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// A table is made over a Go slice, its columns are centred in place, and the rows
// that lie near the middle are picked.
func Example() {
	rows := [][2]float64{{1, 10}, {2, 30}, {6, 50}}
	t := nd.Of(rows) // shape (3, 2), over the slice's own memory
	t.Subtract(t.Mean(nd.Axis(0)), nd.Out(t))
	fmt.Println(rows)
	near := t.Absolute().Max(nd.Axis(1)).Less(15)
	fmt.Println(t.Pick(nd.By(near)))
	// Output:
	// [[-2 -20] [-1 0] [3 20]]
	// [[-1.  0.]]
}

func ExampleOf() {
	s := []int32{1, 2, 3}
	a := nd.Of(s) // a view
	a.Set(7, 0)
	b := nd.Of([][]float64{{1, 2}, {3, 4}}) // slices of slices are copied
	c := nd.Of([]string{"go", "gopher"})    // text too
	fmt.Println(s, a.DType(), b.Shape(), c)
	// Output: [7 2 3] int32 [2 2] ['go' 'gopher']
}

func ExampleArray_Add() {
	a := nd.Of([]float32{1, 2, 3})
	fmt.Println(a.Add(0.5), a.Add(0.5).DType())               // a Go number takes the array's dtype
	fmt.Println(a.Add(nd.Scalar(0.5)).DType())                // one with a dtype of its own
	a.Add(a, nd.Out(a))                                       // in place
	fmt.Println(a, nd.Of([]int{10, 20}).ExpandDims(1).Add(a)) // broadcast: (2, 1) and (3,)
	// Output:
	// [1.5 2.5 3.5] float32
	// float64
	// [2. 4. 6.] [[12. 14. 16.]
	//  [22. 24. 26.]]
}

func ExampleArray_Sum() {
	a := nd.Arange(6).Reshape(2, 3)
	fmt.Println(a.Sum(), a.Sum(nd.Axis(0)), a.Sum(nd.Axis(1), nd.KeepDims()).Shape())
	n := a.Sum().Item[int]() // as a Go number
	fmt.Println(n, a.Sum(nd.Where(a.Greater(2))))
	// Output:
	// 15 [3 5 7] [2 1]
	// 15 12
}

func ExampleArray_At() {
	a := nd.Linspace(0, 1, 5)
	a.Set(9, -1)
	fmt.Println(a.At[float64](1), a.At[float64](-1))
	fmt.Println(nd.Try(func() { a.At[int](1) }))
	// Output:
	// 0.25 9
	// nd: At: an array of float64 does not hold items of Go type int
}

func ExampleArray_Data() {
	a := nd.Arange(4).AsType(dtype.Float32)
	s, ok := a.Data[float32]()
	s[0] = 5 // the array's own memory
	fmt.Println(a, ok)
	_, ok = a.Slice(nd.Step(2)).Data[float32]() // a slice has no steps
	fmt.Println(ok)
	// Output:
	// [5. 1. 2. 3.] true
	// false
}

func ExampleArray_Lanes() {
	a := nd.Arange(6).Reshape(2, 3)
	for column := range a.Lanes[int](0) {
		fmt.Println(column)
	}
	// Output:
	// [0 3]
	// [1 4]
	// [2 5]
}

func ExampleArray_Pick() {
	a := nd.Arange(12).Reshape(3, 4)
	fmt.Println(a.Pick(nd.By(a.Greater(8))))       // by a mask
	fmt.Println(a.Pick(nd.Ints(0, 2), nd.From(2))) // rows by their places
	a.SetPick(0, nd.By(a.Remainder(2).Equal(1)))   // a[a % 2 == 1] = 0
	fmt.Println(a)
	// Output:
	// [ 9 10 11]
	// [[ 2  3]
	//  [10 11]]
	// [[ 0  0  2  0]
	//  [ 4  0  6  0]
	//  [ 8  0 10  0]]
}

func ExampleArray_Where() {
	a := nd.Of([]float64{-2, 3, -1})
	fmt.Println(a.Less(0).Where(0, a))
	// Output: [0. 3. 0.]
}

func ExampleArray_AsType() {
	a := nd.Of([]float64{1.9, -1.9})
	fmt.Println(a.AsType(dtype.Int8))
	err := nd.Try(func() { a.AsType(dtype.Int8, nd.Casting(dtype.SameKind)) })
	fmt.Println(errors.Is(err, nd.ErrType))
	// Output:
	// [ 1 -1]
	// true
}

func ExampleConcatenate() {
	a, b := nd.Arange(4).Reshape(2, 2), nd.Zeros(dtype.Int64, 1, 2)
	fmt.Println(nd.Concatenate([]*nd.Array{a, b}))
	fmt.Println(nd.Stack([]*nd.Array{a, a}, nd.Axis(-1)).Shape())
	// Output:
	// [[0 1]
	//  [2 3]
	//  [0 0]]
	// [2 2 2]
}

func ExampleArray_MatMul() {
	a := nd.Arange(6).Reshape(2, 3)
	fmt.Println(a.MatMul(a.T()))
	// Output:
	// [[ 5 14]
	//  [14 50]]
}

func ExampleTry() {
	a := nd.Zeros(dtype.Float64, 2, 3)
	shape := []int{4, 2} // from a request, say
	err := nd.Try(func() { a = a.Reshape(shape...) })
	fmt.Println(err, errors.Is(err, nd.ErrShape))
	// Output: nd: reshape: cannot reshape array of size 6 into shape (4,2) true
}
