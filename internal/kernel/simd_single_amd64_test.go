package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stride-go/nd/dtype"
)

// TestHalvesAgreeWithTwins holds every loop over float16 against the Go loop: all patterns
// as the first argument, beside random ones, in pieces of many lengths and in place.
// Elementary functions may differ in the last place.
func TestHalvesAgreeWithTwins(t *testing.T) {
	const n = 1 << 16
	r := rand.New(rand.NewPCG(13, 14))
	var in [3][]half
	for i := range in {
		in[i] = make([]half, n)
		for j := range in[i] {
			if in[i][j] = half(j); i > 0 {
				in[i][j] = half(r.Uint32())
			}
			if i > 0 && r.IntN(8) == 0 {
				in[i][j] = in[0][j] ^ half(r.IntN(2)<<15) // or the same of the other sign
			}
		}
	}
	exponents, exponents32 := make([]int64, n), make([]int32, n)
	for i := range n {
		exponents32[i] = int32(r.Uint32()) >> r.IntN(32)
		exponents[i] = int64(exponents32[i]) << (32 * r.IntN(2))
	}
	atLevel(t, func(t *testing.T, _ Level) {
		count := 0
		for op := Op(0); op < NumOps; op++ {
			tab := &tables[op]
			for i := range tab.Entries {
				e := &tab.Entries[i]
				if tab.NOut > 1 || op != Ldexp && slices.ContainsFunc(e.In[:tab.NIn], func(k dtype.Kind) bool { return k != kF16 }) || e.In[0] != kF16 {
					continue
				}
				count++
				ulps := int64(0)
				if slices.Contains(transcendental, op.String()) {
					ulps = 1
				}
				size := itemSizes[e.Out[0]]
				got, want := make([]byte, n*size), make([]byte, n*size)
				a := [3]unsafe.Pointer{unsafe.Pointer(&in[0][0]), unsafe.Pointer(&in[1][0]), unsafe.Pointer(&in[2][0])}
				if op == Ldexp {
					if a[1] = unsafe.Pointer(&exponents[0]); e.In[1] == kI32 {
						a[1] = unsafe.Pointer(&exponents32[0])
					}
				}
				runEntry(twin(op, e), [2]unsafe.Pointer{first(want)}, a, n)
				agree := func(how string) bool {
					for i := range n {
						if e.Out[0] == kBool {
							if got[i] == want[i] {
								continue
							}
						} else {
							x, y := *(*half)(first(got[2*i:])), *(*half)(first(want[2*i:]))
							if distance(kF16, x.Float64(), y.Float64()) <= ulps {
								continue
							}
						}
						t.Errorf("%v%s of %v, %v, %v: % x, want % x", op, how, in[0][i].Float32(), in[1][i].Float32(), in[2][i].Float32(), got[i*size:][:size], want[i*size:][:size])
						return false
					}
					return true
				}
				for at, m := 0, 1; at < n; at += m {
					m = min(1+r.IntN(2*singlePiece), n-at)
					var x [3]unsafe.Pointer
					for j := range x {
						x[j] = unsafe.Add(a[j], max(1, itemSizes[e.In[j]])*at)
					}
					runEntry(e, [2]unsafe.Pointer{first(got[at*size:])}, x, m)
				}
				if agree("") && size == 2 {
					copy(got, unsafe.Slice((*byte)(a[0]), 2*n))
					a[0] = first(got)
					runEntry(e, [2]unsafe.Pointer{first(got)}, a, n)
					agree(" in place")
				}
			}
		}
		if count < 60 {
			t.Errorf("only %d loops", count)
		}
	})
}
