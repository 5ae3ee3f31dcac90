//go:build unix

package gemm

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// A matrix and its own transpose have the product that they have as two matrices, whether
// a part of it is copied or not; what lies behind the rows of C stays.
func TestGram(t *testing.T) {
	settings(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(21, 22))
		sides, depths := []int{2, gramLeast - 1, gramLeast, gramLeast + 1, 200, 3*gramLeast + 45}, []int{1, 7, 90}
		if testing.Short() {
			sides, depths = []int{gramLeast + 1, 2*gramLeast + 5}, []int{3}
		}
		for _, n := range sides {
			for _, depth := range depths {
				if n == sides[len(sides)-1] && depth == 90 {
					depth = depthMost + 130 // packed, block after block
				}
				grams(t, dtype.KindFloat32, n, depth, real3[float32](r))
				grams(t, dtype.KindFloat64, n, depth, real3[float64](r))
				grams(t, dtype.KindComplex64, n, depth, complex3[complex64](r))
				grams(t, dtype.KindComplex128, n, depth, complex3[complex128](r))
			}
		}
	})
}

func grams[T number](t *testing.T, k dtype.Kind, n, depth int, item func() T) {
	size := int(unsafe.Sizeof(*new(T)))
	x, y := make([]T, n*depth), make([]T, n*depth)
	for i := range x {
		x[i] = item()
	}
	copy(y, x)
	for _, rows := range []bool{true, false} {
		a := Matrix{unsafe.Pointer(&x[0]), depth * size, size}
		if !rows {
			a.Row, a.Col = size, n*size
		}
		b := a.turned()
		b.P = unsafe.Pointer(&y[0])
		wide := n + 3
		got, want := bytes.Repeat([]byte{0xab}, n*wide*size), bytes.Repeat([]byte{0xab}, n*wide*size)
		Mul(k, Matrix{unsafe.Pointer(&got[0]), wide * size, size}, a, a.turned(), n, n, depth)
		Mul(k, Matrix{unsafe.Pointer(&want[0]), wide * size, size}, a, b, n, n, depth)
		if !bytes.Equal(got, want) {
			t.Errorf("%v %d×%d, by rows %t: the product with its own transpose is another", k, n, depth, rows)
		}
	}
}
