package nd_test

import (
	"fmt"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

func ExampleArray_Slice() {
	a := nd.Arange(12).Reshape(3, 4)
	b := a.Slice(nd.All, nd.R(1, 3)) // a[:, 1:3]
	b.Fill(0)
	fmt.Println(a)
	fmt.Println(b.Shape(), b.Strides(), b.Base() == a.Base())
	// Output:
	// [[ 0  0  0  3]
	//  [ 4  0  0  7]
	//  [ 8  0  0 11]]
	// [3 2] [32 8] true
}

func ExampleArray_Index() {
	a := nd.Arange(12).Reshape(3, 4)
	fmt.Println(a.Index("::2, ::-1"))
	fmt.Println(a.Index("-1"))
	fmt.Println(nd.Try(func() { a.Index("3, 0") }))
	// Output:
	// [[ 3  2  1  0]
	//  [11 10  9  8]]
	// [ 8  9 10 11]
	// nd: index: index 3 is out of bounds for axis 0 with size 3
}

func ExampleArray_Reshape() {
	a := nd.Arange(6)
	b := a.Reshape(2, -1)
	fmt.Println(b)
	c := b.T().Reshape(6) // no strides read the columns one after another
	fmt.Println(c, b.SharesMemory(a), c.SharesMemory(a))
	// Output:
	// [[0 1 2]
	//  [3 4 5]]
	// [0 3 1 4 2 5] true false
}

func ExampleArray_BroadcastTo() {
	row := nd.Arange(3)
	b := row.BroadcastTo(2, 3)
	fmt.Println(b)
	fmt.Println(b.Strides(), b.Writeable())
	// Output:
	// [[0 1 2]
	//  [0 1 2]]
	// [0 8] false
}

func ExampleArray_Field() {
	type person struct {
		Name   [8]byte
		Age    int32
		Weight float32
	}
	people := []person{{Age: 32, Weight: 72.5}, {Age: 24, Weight: 65.25}}
	a := nd.Of(people)
	a.Field("Age").Fill(40)
	fmt.Println(people[0].Age, people[1].Age)
	fmt.Println(a.Field("Weight").Strides())
	// Output:
	// 40 40
	// [16]
}

func ExampleArray_View() {
	a := nd.Of([]float32{1, -2})
	fmt.Printf("%x\n", a.View(dtype.Uint32).At[uint32](1))
	fmt.Println(a.View(dtype.Uint8).Shape())
	// Output:
	// c0000000
	// [8]
}

func ExampleArray_SlidingWindowView() {
	a := nd.Arange(5)
	fmt.Println(a.SlidingWindowView([]int{3}))
	// Output:
	// [[0 1 2]
	//  [1 2 3]
	//  [2 3 4]]
}

func ExampleArray_SharesMemory() {
	a := nd.Arange(10)
	even, odd := a.Slice(nd.Step(2)), a.Slice(nd.From(1, 2))
	fmt.Println(even.MayShareMemory(odd), even.SharesMemory(odd))
	// Output: true false
}

func ExampleArray_Split() {
	a := nd.Arange(8).Reshape(2, 4)
	for _, part := range a.Split([]int{1, 3}, 1) {
		fmt.Println(part.Shape(), part.Strides())
	}
	// Output:
	// [2 1] [32 8]
	// [2 2] [32 8]
	// [2 1] [32 8]
}
