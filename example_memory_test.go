package nd_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
)

// A capture: records come in through a channel, views taken on the way stay true.
func ExampleGrowing() {
	records, err := dtype.FromFormat("=hdd")
	if err != nil {
		panic(err)
	}
	g, err := nd.NewGrowing(records, buffer.GrowOptions{})
	if err != nil {
		panic(err)
	}
	defer g.Close()
	type sample struct {
		id   int16
		x, y float64
	}
	samples := make(chan sample)
	go func() {
		defer close(samples)
		for i := range 5 {
			samples <- sample{int16(i), float64(i) / 2, float64(i * i)}
		}
	}()
	row := nd.Zeros(records)
	var early *nd.Array
	for s := range samples {
		row.Field("f0").Set(s.id)
		row.Field("f1").Set(s.x)
		row.Field("f2").Set(s.y)
		if err := g.Append(row); err != nil {
			panic(err)
		}
		if s.id == 1 {
			early = g.View()
		}
	}
	fmt.Println(early)
	fmt.Println(g.View().Field("f2"), g.Len(), early.Stale())
	// Output:
	// [(0, 0. , 0.) (1, 0.5, 1.)]
	// [ 0.  1.  4.  9. 16.] 5 false
}

func ExampleScope() {
	frames := []*nd.Array{nd.Arange(4).AsType(dtype.Float64), nd.Ones(dtype.Float64, 4)}
	sum := nd.Zeros(dtype.Float64, 4)
	var s nd.Scope
	for _, x := range frames {
		y := s.Temp(x.Multiply(2))
		sum.Add(s.Temp(y.Add(1)), nd.Out(sum))
		s.Release() // the next turn computes in the same blocks
	}
	fmt.Println(sum)
	// Output: [ 4.  6.  8. 10.]
}

func ExampleFromImage() {
	img := image.NewRGBA(image.Rect(0, 0, 3, 2))
	a, err := nd.FromImage(img)
	if err != nil {
		panic(err)
	}
	a.Slice(nd.All, nd.All, nd.I(0)).Fill(255) // all red, in the image itself
	fmt.Println(a.Shape(), a.Strides(), img.RGBAAt(2, 1))
	// Output: [2 3 4] [12 4 1] {255 0 0 0}
}

func ExampleArray_Memory() {
	big := nd.Zeros(dtype.Uint8, 1<<20)
	small := big.Slice(nd.To(10))
	fmt.Println(small.Memory())
	fmt.Println(small.Compact().Memory())
	// Output:
	// viewed 10 bytes of 1.00 MiB (heap)
	// viewed 10 bytes of 10 bytes (heap), owned
}

func ExampleArrayInterface() {
	a := nd.Arange(12).AsType(dtype.Float32.NewByteOrder(dtype.Big)).Reshape(3, 4).Slice(nd.All, nd.Step(2))
	text, err := json.Marshal(a.ArrayInterface())
	if err != nil {
		panic(err)
	}
	var ai nd.ArrayInterface // in another process, with the same block
	if err := json.Unmarshal(text, &ai); err != nil {
		panic(err)
	}
	b, err := ai.Over(a.Buffer())
	if err != nil {
		panic(err)
	}
	fmt.Println(b.DType(), b.Shape(), b.Strides(), b.SharesMemory(a))
	// Output: >f4 [3 2] [16 8] true
}

func ExampleArray_Compact() {
	frame := nd.Zeros(dtype.Uint8, 1080, 1920, 3)
	pixel := frame.Slice(nd.I(540), nd.I(960))
	kept := pixel.Compact() // without it, three bytes keep six million
	fmt.Println(pixel.Memory().Pinned, kept.Memory().Pinned)
	fmt.Println(kept.Compact() == kept) // already all of its block
	// Output:
	// 6220800 3
	// true
}

func ExampleArray_Release() {
	a := nd.Zeros(dtype.Float64, 1_000_000)
	row := a.Slice(nd.To(10))
	if err := a.Release(); err != nil { // 8 MB go back now, not at the next collection
		panic(err)
	}
	err := nd.Try(func() { row.Sum() })
	fmt.Println(errors.Is(err, nd.ErrClosed))
	// Output: true
}

func ExampleArray_RawSpan() {
	a := nd.ArangeAs(dtype.Uint8, 6).Reshape(2, 3)
	span, err := a.T().RawSpan() // dense, in another order: the bytes as they lie
	fmt.Println(span, err)
	_, err = a.Slice(nd.All, nd.To(2)).RawSpan()
	fmt.Println(err)
	// Output:
	// [0 1 2 3 4 5] <nil>
	// nd: RawSpan: items of shape (2, 2) with strides (3, 1) are not one dense ascending segment
}

func ExampleArray_ByteBounds() {
	a := nd.ArangeAs(dtype.Int32, 10)
	low, high := a.Slice(nd.Step(-3)).ByteBounds() // items 9, 6, 3, 0
	fmt.Println(low-a.DataPtr(), high-a.DataPtr())
	// Output: 0 40
}

func ExampleArray_MayShareMemory() {
	a := nd.Zeros(dtype.MustParse("i4,f4"), 100)
	x, y := a.Field("f0"), a.Field("f1")
	fmt.Println(x.MayShareMemory(y), x.SharesMemory(y)) // they interleave
	fmt.Println(x.MayShareMemory(y, 1))                 // one step of search tells, too
	err := nd.Try(func() { x.SharesMemory(y, 0) })      // none does not
	fmt.Println(errors.Is(err, nd.ErrTooHard))
	// Output:
	// true false
	// false
	// true
}
