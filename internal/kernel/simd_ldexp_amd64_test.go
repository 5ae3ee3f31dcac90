package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestLdexpAgreesWithTwin: numbers of every exponent by powers that bring them to every other,
// and some below and above all.
func TestLdexpAgreesWithTwin(t *testing.T) {
	const n = 1 << 14
	r := rand.New(rand.NewPCG(9, 10))
	double, single := make([]float64, n), make([]float32, n)
	ints, longs := make([]int32, n), make([]int64, n)
	for i := range n {
		double[i] = math.Float64frombits(r.Uint64())
		single[i] = math.Float32frombits(r.Uint32())
		ints[i] = int32(r.IntN(4400) - 2200)
		switch i % 4 {
		case 0: // to the least numbers
			_, e := math.Frexp(double[i])
			ints[i] = int32(-1074 - e + r.IntN(60))
		case 1:
			_, e := math.Frexp(float64(single[i]))
			ints[i] = int32(-149 - e + r.IntN(30))
		}
		longs[i] = int64(ints[i])
		if i%64 == 0 {
			longs[i], ints[i] = int64(r.Uint64()), int32(r.Uint32())
		}
	}
	x := map[dtype.Kind]unsafe.Pointer{kF64: unsafe.Pointer(&double[0]), kF32: unsafe.Pointer(&single[0])}
	y := map[dtype.Kind]unsafe.Pointer{kI32: unsafe.Pointer(&ints[0]), kI64: unsafe.Pointer(&longs[0])}
	atLevel(t, func(t *testing.T, _ Level) {
		for kx, p := range x {
			for ky, q := range y {
				e := tables[Ldexp].Find(kx, ky)
				got, want := make([]byte, n*itemSizes[kx]), make([]byte, n*itemSizes[kx])
				e.Binary(first(got), p, q, n)
				twin(Ldexp, e).Binary(first(want), p, q, n)
				same(t, fmt.Sprintf("%s %s", letters[kx], letters[ky]), kx, got, want)
			}
		}
	})
}
