package sorting

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// Rows that are sorted together are those sorted one by one, bit by bit: NaNs, zeros of
// both signs and equal items included.
func TestSortRows(t *testing.T) {
	for _, dt := range []dtype.DType{dtype.Bool, dtype.Int8, dtype.Uint8, dtype.Int16, dtype.Uint16, dtype.Float16, dtype.Int32, dtype.Uint32, dtype.Float32,
		dtype.Int64, dtype.Uint64, dtype.Float64, dtype.Complex64, dtype.Complex128} {
		for n := range networkMost + 3 {
			for _, rows := range []int{0, 1, 15, 16, 127, 128, 129, 300} {
				if n > fewMost && n%7 != 0 && rows != 129 {
					continue
				}
				size := n * rows * dt.ItemSize()
				room := make([]uint64, size/8+2)
				got := unsafe.Slice((*byte)(unsafe.Pointer(&room[0])), size+8)
				for i := range got {
					got[i] = byte(rand.Uint32())
				}
				few := rows > 64 // rows without a NaN, and equal items
				for i := range n * rows {
					item := unsafe.Pointer(&got[i*dt.ItemSize()])
					switch {
					case dt == dtype.Bool:
						*(*bool)(item) = rand.IntN(2) == 0
					case dt == dtype.Float64 && few:
						*(*float64)(item) = float64(rand.IntN(9)-4) + 0.25
					case dt == dtype.Float32 && few:
						*(*float32)(item) = float32(rand.NormFloat64())
					case dt == dtype.Float64 && rand.IntN(200) == 0:
						*(*float64)(item) = math.Copysign(0, float64(rand.IntN(2))-0.5)
					}
				}
				want := bytes.Clone(got)
				p := make([]uint64, len(room)) // aligned
				q := unsafe.Slice((*byte)(unsafe.Pointer(&p[0])), len(want))
				copy(q, want)
				for i := range rows {
					if n == 0 {
						break
					}
					if err := Sort(dt, unsafe.Pointer(&q[i*n*dt.ItemSize()]), n); err != nil {
						t.Fatal(err)
					}
				}
				if err := SortRows(dt, unsafe.Pointer(&room[0]), n, rows); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, q) {
					t.Fatalf("%d rows of %d %s differ", rows, n, dt)
				}
			}
		}
	}
}
