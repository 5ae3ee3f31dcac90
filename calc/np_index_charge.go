package calc

import (
	"slices"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// indexArray is an array in a subscript, and its place there.
type indexArray struct {
	at int
	a  *nd.Array
}

// chargeSelection counts the items that a subscript copies out of x: as many as its
// arrays choose together, times those of the axes that they leave. What does not fit x is
// the library's to refuse.
func (in *Interp) chargeSelection(x *nd.Array, idx []nd.Idx, advanced []indexArray) {
	most := float64(x.NBytes())
	for _, b := range advanced {
		most *= float64(b.a.Size())
	}
	if most < 1<<20 {
		return
	}
	var shapes [][]int
	var rest, chosen *nd.Array
	one := slices.Clone(idx) // of the places that the arrays choose
	for _, b := range slices.Backward(advanced) {
		shape, axes := b.a.Shape(), 1
		if b.a.DType() == dtype.Bool {
			shape, axes = []int{int(b.a.CountNonzero(nd.AllAxes()).Item[int64]())}, b.a.NDim()
		}
		shapes = append(shapes, shape)
		one = slices.Replace(one, b.at, b.at+1, slices.Repeat([]nd.Idx{nd.I(0)}, axes)...)
	}
	if nd.Try(func() {
		rest = x.Slice(one...)
		chosen = nd.Zeros(dtype.Bool).BroadcastTo(nd.BroadcastShapes(shapes...)...)
	}) == nil {
		in.chargeArray(x.DType(), []int{chosen.Size(), rest.Size()})
	}
}
