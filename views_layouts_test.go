package nd

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/layout"
)

// presentations returns the items of a in other layouts: same shape, same
// values, different memory.
func presentations(a *Array) map[string]*Array {
	shape, dt := a.Shape(), a.dtype
	fill := func(v *Array) *Array { copyInto("test", v, a); return v }
	wide := make([]int, len(shape))
	whole := make([]Idx, len(shape))
	for k, n := range shape {
		wide[k], whole[k] = 2*n, Step(2)
	}
	back := make([]Idx, len(shape))
	for k := range back {
		back[k] = Step(-1)
	}
	record, err := dtype.Struct([]dtype.Field{{Name: "pad", DType: dtype.Uint8}, {Name: "x", DType: dt}})
	must("test", err)
	out := map[string]*Array{
		"C":          a.Copy(),
		"F":          a.Copy(F),
		"reversed":   fill(Zeros(dt, shape...).Slice(back...)),
		"stepped":    fill(Zeros(dt, wide...).Slice(whole...)),
		"misaligned": fill(Zeros(record, shape...).Field("x")),
		"read-only":  a.Copy(),
	}
	out["read-only"].flags &^= Writeable
	return out
}

// itemPlaces lists the addresses of the items in C order.
func itemPlaces(a *Array) []uintptr {
	at := []uintptr{a.addr()}
	for k, n := range a.lay.Shape {
		next := make([]uintptr, 0, len(at)*n)
		for _, p := range at {
			for i := range n {
				next = append(next, p+uintptr(i*a.lay.Strides[k]))
			}
		}
		at = next
	}
	return at
}

// viewOps are operations that keep the dtype and make views of any layout.
var viewOps = map[string]func(a *Array) []*Array{
	"slice":       func(a *Array) []*Array { return []*Array{a.Index("1:, ..., ::-2")} },
	"integer":     func(a *Array) []*Array { return []*Array{a.Index("..., 1, :, None")} },
	"T":           func(a *Array) []*Array { return []*Array{a.T()} },
	"transpose":   func(a *Array) []*Array { return []*Array{a.Transpose(1, 2, 0)} },
	"swapaxes":    func(a *Array) []*Array { return []*Array{a.SwapAxes(0, 2)} },
	"moveaxis":    func(a *Array) []*Array { return []*Array{a.MoveAxis(2, 0)} },
	"squeeze":     func(a *Array) []*Array { return []*Array{a.Slice(All, To(1)).Squeeze(1)} },
	"expand_dims": func(a *Array) []*Array { return []*Array{a.ExpandDims(1, -1)} },
	"broadcast":   func(a *Array) []*Array { return []*Array{a.BroadcastTo(2, 2, 3, 4)} },
	"arrays":      func(a *Array) []*Array { return BroadcastArrays(a, a.Slice(From(1)))[1:] },
	"flip":        func(a *Array) []*Array { return []*Array{a.Flip(0, -1)} },
	"rot90":       func(a *Array) []*Array { return []*Array{a.Rot90(1), a.Rot90(2, 1, 2), a.Rot90(-1, 2, 0)} },
	"diagonal":    func(a *Array) []*Array { return []*Array{a.Diagonal(1, 0, 2)} },
	"windows":     func(a *Array) []*Array { return []*Array{a.SlidingWindowView([]int{2, 3}, 1, 2)} },
	"split":       func(a *Array) []*Array { return a.Split(2, 2) },
	"array_split": func(a *Array) []*Array { return a.ArraySplit(2, 1) },
	"unstack":     func(a *Array) []*Array { return a.Unstack(1) },
}

// readOnlyOps make read-only views of writeable arrays.
var readOnlyOps = map[string]bool{"broadcast": true, "diagonal": true, "windows": true}

// TestViewsOfAnyLayout runs every operation on the same values in several
// layouts: the values must not depend on the layout, each item must be one of
// the array's own, and the writeable flag must follow the array.
func TestViewsOfAnyLayout(t *testing.T) {
	base := viewBase("<i8", Arange(24), 2, 3, 4)
	for name, op := range viewOps {
		want := op(base)
		for kind, a := range presentations(base) {
			own := map[uintptr]bool{}
			for _, p := range itemPlaces(a) {
				own[p] = true
			}
			for i, r := range op(a) {
				if !bytes.Equal(itemBytes(r), itemBytes(want[i])) || !sameInts(r.lay.Shape, want[i].lay.Shape) {
					t.Errorf("%s of %s: other items", name, kind)
				}
				for _, p := range itemPlaces(r) {
					if !own[p] {
						t.Fatalf("%s of %s: an item that is none of the array's", name, kind)
					}
				}
				if !r.SharesMemory(a) || r.Base() != a.owner() || r.flags.Has(OwnData) {
					t.Errorf("%s of %s: no view", name, kind)
				}
				if r.Writeable() != (a.Writeable() && !readOnlyOps[name]) {
					t.Errorf("%s of %s: writeable %v", name, kind, r.Writeable())
				}
				lay := layout.Layout{Shape: r.lay.Shape, Strides: r.lay.Strides}
				if got := r.flags & (CContiguous | FContiguous | Aligned); got != contiguity(lay, r.addr(), r.ItemSize(), r.dtype.Alignment()) {
					t.Errorf("%s of %s: flags %v", name, kind, got)
				}
			}
		}
	}
}

func sameInts(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if a[k] != b[k] {
			return false
		}
	}
	return true
}

// TestReshapeOfAnyLayout: the items in the order asked for are the same whether
// the result is a view or a copy, and a view is writeable if the array is.
func TestReshapeOfAnyLayout(t *testing.T) {
	base := viewBase("<i8", Arange(24), 2, 3, 4)
	for kind, a := range presentations(base) {
		for _, order := range []Order{C, F} {
			for _, shape := range [][]int{{24}, {6, 4}, {4, 6}, {2, 12}, {8, 3}, {2, 1, 3, 4, 1}, {2, 3, 2, 2}, {-1, 2}} {
				got, want := a.ReshapeOrder(order, shape...), base.ReshapeOrder(order, shape...)
				if !bytes.Equal(itemBytes(got), itemBytes(want)) {
					t.Errorf("%s: reshape %v in order %c: other items", kind, shape, order)
				}
				if shares := got.SharesMemory(a); shares && got.Writeable() != a.Writeable() || !shares && !got.Writeable() {
					t.Errorf("%s: reshape %v in order %c: writeable %v", kind, shape, order, got.Writeable())
				}
			}
		}
		for _, order := range []Order{C, F, A} {
			flat := a.Flatten(OrderIs(order))
			if !bytes.Equal(itemBytes(flat), itemBytes(a.Ravel(OrderIs(order)))) {
				t.Errorf("%s: ravel and flatten in order %c differ", kind, order)
			}
			if flat.SharesMemory(a) || !flat.OwnData() || !flat.Writeable() {
				t.Errorf("%s: flatten in order %c is no copy", kind, order)
			}
		}
	}
}

// TestChainsOfViews applies random operations one after another: whatever comes
// out addresses only items of the array at the start.
func TestChainsOfViews(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	base := viewBase("<i8", Arange(24), 2, 3, 4)
	own := map[uintptr]bool{}
	for _, p := range itemPlaces(base) {
		own[p] = true
	}
	applied := 0
	for range 400 {
		a := base
		for range 4 {
			var next []*Array
			names := []string{"slice", "T", "swapaxes", "flip", "rot90", "expand_dims", "moveaxis", "diagonal"}
			if Try(func() { next = viewOps[names[r.IntN(len(names))]](a) }) != nil {
				continue // too few axes are left
			}
			a = next[len(next)-1]
			applied++
			for _, p := range itemPlaces(a) {
				if !own[p] {
					t.Fatalf("shape %v, strides %v leave the array", a.lay.Shape, a.lay.Strides)
				}
			}
			if a.Base() != base {
				t.Fatal("the base is not the owner")
			}
		}
	}
	if applied < 800 {
		t.Error(applied)
	}
}

// What is written through a view is read in the array (seed rows S51, S67).
func TestWriteThroughViews(t *testing.T) {
	for name, op := range viewOps {
		if readOnlyOps[name] {
			continue
		}
		a := viewBase("<i8", Arange(24), 2, 3, 4)
		for _, v := range op(a) {
			v.Fill(-1)
			changed := map[uintptr]bool{}
			for _, p := range itemPlaces(v) {
				changed[p] = true
			}
			data := itemBytes(a)
			for i, p := range itemPlaces(a) {
				if changed[p] != bytes.Equal(data[8*i:8*i+8], bytes.Repeat([]byte{255}, 8)) {
					t.Errorf("%s: item %d", name, i)
				}
			}
			copyInto("test", a, viewBase("<i8", Arange(24), 2, 3, 4))
		}
	}
	err := Try(func() { Arange(4).BroadcastTo(2, 4).Fill(1) })
	if err == nil || err.(*Error).Msg != "assignment destination is read-only" {
		t.Error(err)
	}
}
