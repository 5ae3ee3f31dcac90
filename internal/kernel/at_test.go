package kernel

import (
	"bytes"
	"math"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestAt holds each At against Binary, an item at a time, to the last bit.
func TestAt(t *testing.T) {
	f64 := []float64{0, math.Copysign(0, -1), 1, -1, 3.5, math.Inf(1), math.Inf(-1), math.NaN(), 1e300, -7}
	f32 := make([]float32, len(f64))
	for i, x := range f64 {
		f32[i] = float32(x)
	}
	places := make([]int, 200)
	for i := range places {
		places[i] = i * i % 7
	}
	for op := range tables {
		for _, e := range tables[op].Entries {
			if e.At == nil {
				continue
			}
			k := e.In[0]
			size := dtype.OfKind(k).ItemSize()
			room := make([]uint64, len(places))
			b := unsafe.Slice((*byte)(unsafe.Pointer(&room[0])), size*len(places))
			for i := range b {
				b[i] = byte(i * 73 >> 2)
			}
			for i := range places {
				switch k {
				case dtype.KindFloat32:
					unsafe.Slice((*float32)(unsafe.Pointer(&room[0])), len(places))[i] = f32[i*3%len(f32)]
				case dtype.KindFloat64:
					unsafe.Slice((*float64)(unsafe.Pointer(&room[0])), len(places))[i] = f64[i*3%len(f64)]
				}
			}
			var got, want [7]uint64
			at := make([]int, len(places))
			for i, p := range places {
				at[i] = p * size
				e.Binary(unsafe.Add(unsafe.Pointer(&want), at[i]), unsafe.Add(unsafe.Pointer(&want), at[i]), unsafe.Pointer(&b[i*size]), 1)
			}
			e.At(unsafe.Pointer(&got), at, unsafe.Pointer(&b[0]))
			if !bytes.Equal(unsafe.Slice((*byte)(unsafe.Pointer(&got)), 56), unsafe.Slice((*byte)(unsafe.Pointer(&want)), 56)) {
				t.Errorf("%s of %v: %x, want %x", Op(op), k, got, want)
			}
		}
	}
}
