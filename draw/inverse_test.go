package draw

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stride-go/nd"
	"github.com/stride-go/nd/dtype"
)

// The inverse finds at each byte the items that a walk finds.
func TestInverse(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 400 {
		a := nd.Arange(2*3*4*5).AsType(dtype.Int16).Reshape(2, 3, 4, 5)
		for range 3 {
			index := make([]nd.Idx, a.NDim())
			for k := range index {
				index[k] = []nd.Idx{nd.All, nd.Step(-1), nd.Step(2), nd.From(a.Dim(k) / 2), nd.I(0)}[r.IntN(5)]
			}
			a = a.Slice(index...)
		}
		a = a.T()
		if r.IntN(2) == 0 {
			a = a.BroadcastTo(append([]int{2}, a.Shape()...)...)
		}
		if a.Size() == 0 {
			continue
		}
		in := newInverse(a)
		if !in.unique {
			t.Fatalf("strides %v of shape %v do not nest", a.Strides(), a.Shape())
		}
		at := map[int][]int{} // by the byte at which items begin
		for i := range a.Size() {
			at[offsetOf(a, i)] = append(at[offsetOf(a, i)], i)
		}
		for off := range 2 * 120 {
			item, begin, ok := in.at(off)
			list := at[off&^1]
			if ok != (len(list) > 0) || ok && begin != off&^1 {
				t.Fatalf("byte %d of %v %v: %d at %d, %v; want %v", off, a.Shape(), a.Strides(), item, begin, ok, list)
			}
			if !ok {
				continue
			}
			found++
			got := make([]int, in.repeats)
			for k := range got {
				got[k] = in.again(item, k)
			}
			if slices.Sort(got); !slices.Equal(got, list) {
				t.Fatalf("byte %d of %v %v: %v, want %v", off, a.Shape(), a.Strides(), got, list)
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d bytes", found)
	}
}
