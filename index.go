package nd

import (
	"github.com/stride-go/nd/buffer"
	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
	"github.com/stride-go/nd/internal/nderr"
)

// Idx is one item of a subscript: an integer, a slice, Ellipsis, NewAxis, or an
// array of integers or bools. The zero Idx is All.
//
//	NumPy                     Go
//	a[1:3, ::2]               a.Slice(nd.R(1, 3), nd.Step(2))
//	a[..., None, -1]          a.Slice(nd.Ellipsis, nd.NewAxis, nd.I(-1))
//	a[[0, 2], 1:]             a.Pick(nd.Ints(0, 2), nd.From(1))
//	a[mask]                   a.Pick(nd.By(mask))
//
// Slice takes basic items (the first four) and returns a view. Pick takes any
// and returns a copy.
type Idx struct {
	item layout.Item
	arr  *Array
}

// The items that take no argument.
var (
	All      = Idx{}                                             // ":", the whole axis
	Ellipsis = Idx{item: layout.Item{Kind: layout.EllipsisItem}} // "...", as many whole axes as are left
	NewAxis  = Idx{item: layout.Item{Kind: layout.NewAxisItem}}  // "None", a new axis of length 1
)

// errSteps stands ready, so that the three below are inlined.
var errSteps = nderr.New("slice", ErrType, "a slice takes one step, not several")

// R is the slice start:stop, or start:stop:step. Two steps are ErrType, here and in From
// and To.
func R(start, stop int, step ...int) (x Idx) {
	x.item.Start, x.item.HasStart = start, true
	x.item.Stop, x.item.HasStop = stop, true
	if len(step) > 0 {
		if len(step) > 1 {
			panic(errSteps)
		}
		x.item.Step, x.item.HasStep = step[0], true
	}
	return x
}

// From is the slice start:, or start::step.
func From(start int, step ...int) (x Idx) {
	x.item.Start, x.item.HasStart = start, true
	if len(step) > 0 {
		if len(step) > 1 {
			panic(errSteps)
		}
		x.item.Step, x.item.HasStep = step[0], true
	}
	return x
}

// To is the slice :stop, or :stop:step.
func To(stop int, step ...int) (x Idx) {
	x.item.Stop, x.item.HasStop = stop, true
	if len(step) > 0 {
		if len(step) > 1 {
			panic(errSteps)
		}
		x.item.Step, x.item.HasStep = step[0], true
	}
	return x
}

// Step is the slice ::step; Step(-1) reverses the axis.
func Step(step int) (x Idx) {
	x.item.Step, x.item.HasStep = step, true
	return x
}

// I is the integer i: one place on an axis, which goes away.
func I(i int) Idx { return Idx{item: layout.Item{Kind: layout.IntItem, Start: i}} }

// Ints is a list of places on an axis.
func Ints(places ...int) Idx {
	wide := make([]int64, len(places))
	for k, i := range places {
		wide[k] = int64(i)
	}
	return Idx{arr: overBlock(buffer.FromSlice(wide), dtype.Int64, len(wide))}
}

// By is an array of integers (places on an axis) or of bools (a mask over as many
// axes as it has).
func By(index *Array) Idx { return Idx{arr: index} }

// IsAdvanced tells whether the item is an array, which makes the subscript copy.
func (x Idx) IsAdvanced() bool { return x.arr != nil }

// appendBasic appends the basic items of a subscript to dst, which may be room on the
// caller's stack, and panics if there is an array.
func appendBasic(dst []layout.Item, op string, index []Idx) []layout.Item {
	for k := range index {
		if index[k].arr != nil {
			fail(op, ErrIndex, "a view takes slices and integers; an index array needs Pick")
		}
		dst = append(dst, index[k].item)
	}
	return dst
}
