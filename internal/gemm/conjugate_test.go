package gemm

import (
	"math"
	"math/cmplx"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
	"github.com/stride-go/nd/internal/kernel"
)

// TestConjugateDot holds the dots of conjugates against a plain loop over whole
// numbers, at every level, with NaNs before and behind the items.
func TestConjugateDot(t *testing.T) {
	defer kernel.SetLevel(kernel.CurrentLevel())
	for l := kernel.LevelGo; l <= kernel.BestLevel(); l++ {
		kernel.SetLevel(l)
		conjugateDot[complex128](t, dtype.KindComplex128, cmplx.Conj)
		conjugateDot(t, dtype.KindComplex64, func(x complex64) complex64 { return complex(real(x), -imag(x)) })
	}
}

func conjugateDot[C complex64 | complex128](t *testing.T, k dtype.Kind, conj func(C) C) {
	var zero C
	size := int(unsafe.Sizeof(zero))
	nan := C(complex(math.NaN(), math.NaN()))
	for n := range 301 {
		a, b, out := make([]C, n+8), make([]C, n+8), make([]C, 3)
		for i := range a {
			a[i], b[i] = nan, nan
		}
		from := 1 + n%4
		want := zero
		for i := from; i < from+n; i++ {
			a[i], b[i] = C(complex(float64(i%5-2), float64(i%7-3))), C(complex(float64(i%3-1), float64(i%11-5)))
			want += conj(a[i]) * b[i]
		}
		did := ConjugateDot(k, unsafe.Pointer(&out[1]), unsafe.Pointer(&a[from]), unsafe.Pointer(&b[from]), size, n)
		if did && (out[1] != want || out[0] != 0 || out[2] != 0) {
			t.Fatalf("%v, %d items of %d bytes: %v, want %v between zeros", kernel.CurrentLevel(), n, size, out, want)
		}
		if has := n > 0 && engineOf(k, kernel.CurrentLevel()) != nil; did != has {
			t.Fatalf("%v, %d items: done %v, want %v", kernel.CurrentLevel(), n, did, has)
		}
	}
}
