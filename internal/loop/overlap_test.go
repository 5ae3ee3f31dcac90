package loop

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/operand"
)

// TestOverlap holds Overlap to the bytes of random operands over one block: what it calls
// apart shares none, and columns of a table are apart.
func TestOverlap(t *testing.T) {
	block := make([]byte, 4096)
	r := rand.New(rand.NewPCG(3, 4))
	bytesOf := func(o *operand.Operand) map[int]bool {
		seen := map[int]bool{}
		at := int(uintptr(o.Ptr) - uintptr(unsafe.Pointer(&block[0])))
		for i := range o.Shape[0] {
			for j := range o.Shape[1] {
				for b := range o.DType.ItemSize() {
					seen[at+i*o.Strides[0]+j*o.Strides[1]+b] = true
				}
			}
		}
		return seen
	}
	apart := 0
	for range 100000 {
		var o [2]operand.Operand
		unit := 1 + r.IntN(8)
		for k := range o {
			shape := []int{1 + r.IntN(4), 1 + r.IntN(4)}
			strides := []int{unit * (r.IntN(9) - 4), unit * (r.IntN(9) - 4)}
			o[k] = operand.Operand{Ptr: unsafe.Pointer(&block[2048+r.IntN(40)]), DType: dtype.Bytes(1 + r.IntN(6)), Shape: shape, Strides: strides}
		}
		a, met := bytesOf(&o[0]), false
		for b := range bytesOf(&o[1]) {
			met = met || a[b]
		}
		got := Overlap(&o[0], &o[1])
		if met && !got || got != Overlap(&o[1], &o[0]) {
			t.Fatalf("Overlap of %v %v %v and %v %v %v, %d bytes on: %v, bytes met: %v", o[0].DType, o[0].Shape, o[0].Strides, o[1].DType, o[1].Shape, o[1].Strides, int(uintptr(o[1].Ptr)-uintptr(o[0].Ptr)), got, met)
		}
		if !got {
			apart++
		}
	}
	if apart < 20000 {
		t.Errorf("only %d are apart", apart)
	}
	x := operand.Operand{Ptr: unsafe.Pointer(&block[100]), DType: dtype.Float64, Shape: []int{9}, Strides: []int{20}}
	y := operand.Operand{Ptr: unsafe.Pointer(&block[108]), DType: dtype.Float32, Shape: []int{9}, Strides: []int{-20}}
	y.Ptr = unsafe.Add(y.Ptr, 160)
	if Overlap(&x, &y) || Overlap(&y, &x) {
		t.Error("two columns of a table are said to overlap")
	}
	if y.Ptr = unsafe.Add(y.Ptr, -1); !Overlap(&x, &y) || !Overlap(&y, &x) {
		t.Error("columns that share a byte are said to be apart")
	}
}
